package dev.skerry.trials.streams;

import dev.skerry.trials.nodes.NodeProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `skerry streams` in a process of its own, as a newcomer would start it.
final class ServerProcess implements AutoCloseable {

    private final NodeProcess process;
    private final String url;

    /// Starts it, and waits until it serves.
    ///
    /// @param port 0 for any free one
    /// @param options more of the command line
    ServerProcess(Path data, int port, String... options) throws InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "streams",
                                "--data",
                                data.toString(),
                                "--port",
                                Integer.toString(port)));
        command.addAll(List.of(options));
        process = new NodeProcess(command);
        url = process.await("Serves durable streams at ");
    }

    /// Where its streams are, with a slash at the end.
    String url() {
        return url;
    }

    int port() {
        return URI.create(url).getPort();
    }

    /// As a power cut would.
    void kill() throws InterruptedException {
        process.kill();
    }

    /// Asks it to stop.
    ///
    /// @return how long that took, in milliseconds
    long stop() throws InterruptedException {
        return process.stop().toMillis();
    }

    List<String> said() {
        return process.said();
    }

    @Override
    public void close() {
        process.close();
    }
}
