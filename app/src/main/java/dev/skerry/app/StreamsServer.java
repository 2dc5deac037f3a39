package dev.skerry.app;

import static dev.skerry.node.config.NodeSettings.HTTP_BODY_BYTES_MAX;
import static dev.skerry.node.config.NodeSettings.HTTP_CORS_ORIGINS;
import static dev.skerry.node.config.NodeSettings.HTTP_HOST;
import static dev.skerry.node.config.NodeSettings.HTTP_LIVE_READERS_MAX;
import static dev.skerry.node.config.NodeSettings.HTTP_LONG_POLL_WAIT;
import static dev.skerry.node.config.NodeSettings.HTTP_PAGE_BYTES_MAX;
import static dev.skerry.node.config.NodeSettings.HTTP_PORT;
import static dev.skerry.node.config.NodeSettings.HTTP_SSE_LIFETIME;
import static dev.skerry.node.config.NodeSettings.STORE_INTEGRITY_CHECK_BYTES_MAX;
import static dev.skerry.node.config.NodeSettings.STORE_WRITES_QUEUED_BYTES_MAX;
import static dev.skerry.node.config.NodeSettings.STREAMS_COUNT_MAX;

import dev.skerry.node.config.Configuration;
import dev.skerry.node.http.HttpHost;
import dev.skerry.stream.Driver;
import dev.skerry.stream.DriverSettings;
import dev.skerry.stream.Pacer;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.server.EndpointSettings;
import dev.skerry.stream.server.ServedStreams;
import dev.skerry.stream.server.StreamsEndpoint;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// A bare Durable Streams server: a folder, and a port.
public final class StreamsServer implements AutoCloseable {

    /// Where streams are, on every node.
    static final String MOUNT = "/v1/stream/";

    private static final String FILE = "streams.db";

    private static final Duration UPKEEP_EVERY = Duration.ofSeconds(1);

    /// A connection without traffic for so long is taken for dead, unless it may be an event stream.
    private static final Duration QUIET_MAX = Duration.ofMinutes(5);

    private final SqliteDatabase database;
    private final ServedStreams served;
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
        SqliteSettings settings =
                SqliteSettings.defaults()
                        .withIntegrityCheckBytesMax(
                                configuration.value(STORE_INTEGRITY_CHECK_BYTES_MAX));
        database =
                SqliteDatabase.open(
                        folder(data).resolve(FILE), settings, clock, ServedStreams.MIGRATIONS);
        try {
            served = new ServedStreams(database, clock, configuration.value(STREAMS_COUNT_MAX));
            host = host(configuration, clock);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        DriverSettings pauses = DriverSettings.defaults();
        driver =
                new Driver(
                        new DriverSettings(UPKEEP_EVERY, pauses.backOffMin(), pauses.backOffMax()),
                        Pacer.REAL,
                        new Random(),
                        clock);
        driver.drive(new Upkeep("expiry", served::upkeep));
        driver.drive(new Upkeep("compaction", database::upkeep));
        driver.drive(host.connections());
    }

    private HttpHost host(Configuration configuration, InstantSource clock) {
        EndpointSettings settings =
                new EndpointSettings(
                        MOUNT,
                        configuration.value(HTTP_BODY_BYTES_MAX),
                        configuration.value(STORE_WRITES_QUEUED_BYTES_MAX),
                        configuration.value(HTTP_PAGE_BYTES_MAX),
                        configuration.value(HTTP_LIVE_READERS_MAX),
                        configuration.value(HTTP_LONG_POLL_WAIT),
                        configuration.value(HTTP_SSE_LIFETIME),
                        origins(configuration.value(HTTP_CORS_ORIGINS)));
        StreamsEndpoint endpoint =
                new StreamsEndpoint(settings, served, List.of(), Pacer.REAL, clock, new Random());
        Duration longest =
                settings.sseLifetime().compareTo(settings.longPollWait()) > 0
                        ? settings.sseLifetime()
                        : settings.longPollWait();
        return HttpHost.start(
                configuration.value(HTTP_HOST),
                configuration.value(HTTP_PORT),
                MOUNT,
                endpoint,
                QUIET_MAX.plus(longest));
    }

    private static Set<String> origins(String setting) {
        return setting.equals("none") ? Set.of() : Set.copyOf(List.of(setting.split(",", -1)));
    }

    private static Path folder(Path data) {
        try {
            return Files.createDirectories(data);
        } catch (IOException e) {
            throw new StreamException(
                    Kind.IO,
                    "cannot use " + data + " as data folder: " + e,
                    "choose a folder that belongs to the user that runs this",
                    false,
                    e);
        }
    }

    public int port() {
        return host.port();
    }

    /// Ends live reads, finishes what was begun, and closes the files.
    @Override
    public void close() {
        try (database) {
            host.close();
            driver.close();
            served.rememberReads();
        }
    }
}
