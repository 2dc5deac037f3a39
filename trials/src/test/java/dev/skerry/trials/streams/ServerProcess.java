package dev.skerry.trials.streams;

import dev.skerry.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// `skerry streams` in a process of its own, as a newcomer would start it.
final class ServerProcess implements AutoCloseable {

    private static final String SERVES = "Serves durable streams at ";

    private final Process process;
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final String url;

    /// Starts it, and waits until it serves.
    ///
    /// @param port 0 for any free one
    /// @param options more of the command line
    ServerProcess(Path data, int port, String... options) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "streams",
                                "--data",
                                data.toString(),
                                "--port",
                                Integer.toString(port)));
        command.addAll(List.of(options));
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        url = serving(lines);
        Thread.ofVirtual().start(() -> listen(lines));
    }

    private void listen(BufferedReader lines) {
        try {
            lines.lines().forEach(said::add);
        } catch (UncheckedIOException e) {
            // Killed in the middle of a word.
        }
    }

    private String serving(BufferedReader lines) {
        try {
            String line = lines.readLine();
            while (line != null) {
                said.add(line);
                if (line.startsWith(SERVES)) {
                    return line.substring(SERVES.length());
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("the server did not start: " + said);
    }

    /// Where its streams are, with a slash at the end.
    String url() {
        return url;
    }

    int port() {
        return java.net.URI.create(url).getPort();
    }

    /// As a power cut would.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// Asks it to stop.
    ///
    /// @return how long that took, in milliseconds
    long stop() throws InterruptedException {
        long before = System.nanoTime();
        process.destroy();
        process.waitFor();
        return (System.nanoTime() - before) / 1_000_000;
    }

    List<String> said() {
        return List.copyOf(said);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
