package dev.skerry.app;

import static dev.skerry.node.config.NodeSettings.HTTP_HOST;
import static dev.skerry.node.config.NodeSettings.HTTP_PORT;

import dev.skerry.node.config.Configuration;
import dev.skerry.node.http.HttpHost;
import dev.skerry.stream.Driver;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.server.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// A bare Durable Streams server: a folder, and a port.
public final class StreamsServer implements AutoCloseable {

    /// Where streams are, on every node.
    static final String MOUNT = ClientStreams.MOUNT;

    private static final Duration UPKEEP_EVERY = Duration.ofSeconds(1);

    private final ClientStreams streams;
    private final Driver driver;
    private final HttpHost host;

    /// Starts it.
    ///
    /// @throws StreamException if the folder cannot be used
    /// @throws dev.skerry.node.http.HttpHostException if the port cannot be used
    public static StreamsServer start(Path data, Configuration configuration) {
        return new StreamsServer(data, configuration, InstantSource.system());
    }

    private StreamsServer(Path data, Configuration configuration, InstantSource clock) {
        streams = new ClientStreams(Databases.folder(data), configuration, clock);
        try {
            host =
                    streams.serve(
                                    HttpHost.at(
                                            configuration.value(HTTP_HOST),
                                            configuration.value(HTTP_PORT)),
                                    List.of(),
                                    Gate.OPEN)
                            .start();
        } catch (RuntimeException e) {
            streams.close();
            throw e;
        }
        driver = Drivers.looking(UPKEEP_EVERY, clock);
        streams.drive(driver, host, () -> true);
    }

    public int port() {
        return host.port();
    }

    /// Ends live reads, finishes what was begun, and closes the files.
    @Override
    public void close() {
        try (streams) {
            host.close();
            driver.close();
        }
    }
}
