package dev.skerry.trials.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.OffsetToken;
import dev.skerry.stream.Pacer;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.client.BlockingReading;
import dev.skerry.stream.client.ClientSettings;
import dev.skerry.stream.client.Compression;
import dev.skerry.stream.client.Creation;
import dev.skerry.stream.client.Live;
import dev.skerry.stream.client.ProducerDriver;
import dev.skerry.stream.client.ProducerSettings;
import dev.skerry.stream.client.StreamClient;
import dev.skerry.stream.client.StreamReading.Heard;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;

/// One producer writes and two readers read at the same time, one by long-poll and one by event stream, all through a line
/// that is cut again and again. Nothing may be lost, nothing doubled, nothing out of order.
@NullMarked
final class ClientThroughBadLine {

    private static final StreamName STREAM = StreamName.of("store-0042/orders");

    private final URI server;
    private final long seed;
    private final int messages;
    private final Compression compression;

    ClientThroughBadLine(URI server, long seed, int messages, Compression compression) {
        this.server = server;
        this.seed = seed;
        this.messages = messages;
        this.compression = compression;
    }

    /// @return how often the line was cut
    int run() throws IOException, InterruptedException, ExecutionException {
        List<String> expected =
                IntStream.range(0, messages).mapToObj(ClientThroughBadLine::order).toList();
        try (HttpClient http = http();
                ClientCuttingProxy line = new ClientCuttingProxy(server, seed, 12_000);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            StreamClient direct = client(http, server);
            direct.create(STREAM, Creation.json());
            StreamClient cut = client(http, line.address());
            Future<List<String>> polled = threads.submit(() -> read(cut, Live.LONG_POLL));
            Future<List<String>> heard = threads.submit(() -> read(cut, Live.SSE));

            write(cut, expected);
            direct.close(STREAM);
            assertEquals(expected, polled.get(), "by long-poll, seed " + seed);
            assertEquals(expected, heard.get(), "by event stream, seed " + seed);
            assertEquals(expected, read(direct, Live.NO), "without the bad line, seed " + seed);
            return line.cuts();
        }
    }

    private void write(StreamClient client, List<String> orders) throws InterruptedException {
        ProducerSettings settings =
                ProducerSettings.of("till-1", 0).withBatches(8000, 60).withWaiting(8000, 60);
        try (ProducerDriver producer =
                ProducerDriver.start(
                        client.producer(STREAM, "application/json", settings), Pacer.REAL)) {
            for (String order : orders) {
                producer.append(Bytes.of(order));
            }
            producer.flush();
            assertTrue(producer.unacknowledged().isEmpty());
        }
    }

    private static List<String> read(StreamClient client, Live live) throws InterruptedException {
        List<String> read = new ArrayList<>();
        try (BlockingReading reading =
                new BlockingReading(
                        client.reading(STREAM, OffsetToken.BEGINNING, live), Pacer.REAL)) {
            while (reading.next() instanceof Heard.Batch batch) {
                batch.messages().forEach(message -> read.add(message.text()));
            }
        }
        return read;
    }

    private StreamClient client(HttpClient http, URI base) {
        return new StreamClient(
                base,
                http,
                InstantSource.system(),
                new SplittableRandom(seed),
                ClientSettings.defaults()
                        .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10))
                        .withPauses(Duration.ofMillis(1), Duration.ofMillis(10))
                        .withCompression(compression));
    }

    private static HttpClient http() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static String order(int number) {
        return "{\"order\":" + number + ",\"lines\":\"" + "[x]".repeat(number % 60) + "\"}";
    }
}
