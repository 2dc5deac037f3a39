package dev.skerry.app;

import static dev.skerry.node.config.NodeSettings.HTTP_BODY_BYTES_MAX;
import static dev.skerry.node.config.NodeSettings.HTTP_CORS_ORIGINS;
import static dev.skerry.node.config.NodeSettings.HTTP_LIVE_READERS_MAX;
import static dev.skerry.node.config.NodeSettings.HTTP_LONG_POLL_WAIT;
import static dev.skerry.node.config.NodeSettings.HTTP_PAGE_BYTES_MAX;
import static dev.skerry.node.config.NodeSettings.HTTP_SSE_LIFETIME;
import static dev.skerry.node.config.NodeSettings.STORE_WRITES_QUEUED_BYTES_MAX;
import static dev.skerry.node.config.NodeSettings.STREAMS_COUNT_MAX;

import dev.skerry.node.config.Configuration;
import dev.skerry.node.http.HttpHost;
import dev.skerry.node.http.HttpSetup;
import dev.skerry.stream.Driver;
import dev.skerry.stream.Pacer;
import dev.skerry.stream.Streams;
import dev.skerry.stream.server.EndpointSettings;
import dev.skerry.stream.server.Gate;
import dev.skerry.stream.server.ServedStreams;
import dev.skerry.stream.server.StreamsEndpoint;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// What every node has: the streams that clients make and write, in `streams.db`, served over HTTP beside those of its contexts.
final class ClientStreams implements AutoCloseable {

    /// Where streams are, on every node.
    static final String MOUNT = "/v1/stream/";

    static final String FILE = "streams.db";

    /// A connection without traffic for so long is taken for dead, unless it may be an event stream.
    private static final Duration QUIET_MAX = Duration.ofMinutes(5);

    private final Configuration configuration;
    private final InstantSource clock;
    private final SqliteDatabase database;
    private final ServedStreams served;

    ClientStreams(Path folder, Configuration configuration, InstantSource clock) {
        this.configuration = configuration;
        this.clock = clock;
        database = Databases.open(folder, FILE, configuration, clock, ServedStreams.MIGRATIONS);
        served = new ServedStreams(database, clock, configuration.value(STREAMS_COUNT_MAX));
    }

    SqliteDatabase database() {
        return database;
    }

    ServedStreams served() {
        return served;
    }

    /// Serves them.
    ///
    /// @param contexts databases whose streams are served too, read-only
    /// @return the same set-up
    HttpSetup serve(HttpSetup setup, List<Streams> contexts, Gate gate) {
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
                new StreamsEndpoint(
                        settings, served, contexts, gate, Pacer.REAL, clock, new Random());
        Duration longest =
                settings.sseLifetime().compareTo(settings.longPollWait()) > 0
                        ? settings.sseLifetime()
                        : settings.longPollWait();
        return setup.streams(MOUNT, endpoint).quietMax(QUIET_MAX.plus(longest));
    }

    private static Set<String> origins(String setting) {
        return setting.equals("none") ? Set.of() : Set.copyOf(List.of(setting.split(",", -1)));
    }

    /// Keeps them in order.
    ///
    /// @param mayCompact asked before each piece of compaction and retention
    void drive(Driver driver, HttpHost host, BooleanSupplier mayCompact) {
        driver.drive(new Upkeep("expiry", served::upkeep));
        driver.drive(
                new Upkeep("compaction", () -> mayCompact.getAsBoolean() && database.upkeep()));
        driver.drive(host.connections());
    }

    @Override
    public void close() {
        try (database) {
            served.rememberReads();
        }
    }
}
