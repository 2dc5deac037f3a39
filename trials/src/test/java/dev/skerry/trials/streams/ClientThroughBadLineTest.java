package dev.skerry.trials.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.http.HttpHost;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.Pacer;
import dev.skerry.stream.Steps.Step;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.client.ClientSettings;
import dev.skerry.stream.client.Compression;
import dev.skerry.stream.client.Creation;
import dev.skerry.stream.client.Live;
import dev.skerry.stream.client.StreamClient;
import dev.skerry.stream.server.EndpointSettings;
import dev.skerry.stream.server.ServedStreams;
import dev.skerry.stream.server.StreamsEndpoint;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
@Timeout(120)
@Tag("slow")
class ClientThroughBadLineTest {

    private static final InstantSource CLOCK = InstantSource.system();

    private final Path folder;
    private final SqliteDatabase database;
    private final HttpHost host;

    ClientThroughBadLineTest(@TempDir Path folder) {
        this.folder = folder;
        database =
                SqliteDatabase.open(
                        folder.resolve("streams.db"),
                        SqliteSettings.defaults(),
                        CLOCK,
                        ServedStreams.MIGRATIONS);
        EndpointSettings defaults = EndpointSettings.defaults();
        // Small pages, for a page larger than the line ever carries would never arrive.
        EndpointSettings settings =
                new EndpointSettings(
                        defaults.mount(),
                        defaults.bodyBytesMax(),
                        defaults.heldBytesMax(),
                        16 * 1024,
                        defaults.liveReadersMax(),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2));
        StreamsEndpoint endpoint =
                new StreamsEndpoint(
                        settings,
                        new ServedStreams(database, CLOCK, 1000),
                        List.of(),
                        Pacer.REAL,
                        CLOCK,
                        new SecureRandom());
        host = HttpHost.start("127.0.0.1", 0, settings.mount(), endpoint, Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        host.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void nothing_is_lost_or_doubled_and_order_is_kept(long seed) throws Exception {
        int cuts = new ClientThroughBadLine(address(), seed, 3000, Compression.none()).run();
        assertTrue(cuts >= 5, "the line was cut only " + cuts + " times");
    }

    @Test
    void compressed_batches_fare_no_worse() throws Exception {
        int cuts = new ClientThroughBadLine(address(), 3, 3000, Compression.zstd()).run();
        assertTrue(cuts >= 5, "the line was cut only " + cuts + " times");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LONG_POLL", "SSE"})
    void a_follower_across_it_applies_each_event_once(Live live) throws Exception {
        StreamName stream = StreamName.of("hq/catalog");
        StreamName mirror = StreamName.of("mirror");
        int events = 3000;
        try (HttpClient http = HttpClient.newHttpClient();
                ClientCuttingProxy line = new ClientCuttingProxy(address(), 5, 4_000);
                SqliteDatabase store =
                        SqliteDatabase.open(
                                folder.resolve("store.db"), SqliteSettings.defaults(), CLOCK)) {
            store.write(tx -> {
                tx.open(mirror, StreamSettings.keepAll());
                return 0;
            });
            StreamClient hq = client(http, address());
            hq.create(stream, Creation.json());
            EventSource source = client(http, line.address()).source(stream, live);
            Follower<SqliteTransaction> follower =
                    new Follower<>(
                            "mirroring",
                            source,
                            store,
                            (event, tx) ->
                                    assertEquals(
                                            event.offset(), tx.append(mirror, event.content())),
                            FollowerSettings.inOrder(),
                            CLOCK);
            Semaphore news = new Semaphore(0);
            follower.watch(news::release);
            int sent = 0;
            long cursor = 0;
            while (cursor < events) {
                if (sent < events) {
                    hq.appendJson(stream, catalogEvents(sent, 100));
                    sent += 100;
                }
                news.drainPermits();
                switch (follower.step()) {
                    case Step.Moved moved -> cursor = moved.cursor();
                    case Step.CaughtUp _ -> {
                        if (sent == events) {
                            assertTrue(news.tryAcquire(60, TimeUnit.SECONDS), "no news");
                        }
                    }
                    case Step.Hindered _ -> Thread.sleep(2);
                    case Step.Stopped stopped -> throw new AssertionError(stopped.why());
                }
            }
            assertEquals(
                    database.find(stream).orElseThrow().checksum(),
                    store.find(mirror).orElseThrow().checksum());
            assertTrue(line.cuts() >= 5, "the line was cut only " + line.cuts() + " times");
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + host.port() + "/v1/stream/");
    }

    private static StreamClient client(HttpClient http, URI base) {
        return new StreamClient(
                base,
                http,
                CLOCK,
                new SplittableRandom(5),
                ClientSettings.defaults()
                        .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10))
                        .withPauses(Duration.ofMillis(1), Duration.ofMillis(10)));
    }

    /// Nothing that compression could make small: every page is to feel the line.
    private static List<Bytes> catalogEvents(int from, int count) {
        SplittableRandom random = new SplittableRandom(from);
        byte[] picture = new byte[100];
        List<Bytes> events = new ArrayList<>();
        for (int sku = from; sku < from + count; sku++) {
            random.nextBytes(picture);
            events.add(
                    Bytes.of(
                            "{\"sku\":%d,\"picture\":\"%s\"}"
                                    .formatted(sku, HexFormat.of().formatHex(picture))));
        }
        return events;
    }
}
