package dev.skerry.benchmarks;

import dev.skerry.benchmarks.HttpConnection.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// This project's server beside the reference server, each a process of its own, asked by the same client.
final class HttpRuns {

    private static final int ROUNDS = 5;
    private static final Duration TIME = Duration.ofSeconds(1);
    private static final int READ_EVENTS = 300_000;

    private static final int SSE_ROUNDS = 3;
    private static final int SSE_EVENTS_PER_SECOND = 500;
    private static final int SSE_EVENTS = 6 * SSE_EVENTS_PER_SECOND;

    private final Sales sales;
    private final Scratch scratch;
    private final List<byte[]> batches;
    private final AtomicInteger streams = new AtomicInteger();

    /// The most cores that the client was busy with, by the name of what it asked.
    private final Map<String, Double> clientCoresMax = new TreeMap<>();

    HttpRuns(Sales sales, Scratch scratch) {
        this.sales = sales;
        this.scratch = scratch;
        this.batches = sales.batchBodies();
    }

    /// Both servers, or ours alone where the other cannot be had.
    private final class Servers implements AutoCloseable {
        private final StreamServer ours = StreamServer.ours(scratch);
        private final @Nullable StreamServer reference;

        Servers() throws Exception {
            Optional<StreamServer> other = StreamServer.reference(scratch);
            reference = other.orElse(null);
        }

        List<StreamServer> all() {
            return reference == null ? List.of(ours) : List.of(ours, reference);
        }

        @Override
        public void close() {
            ours.close();
            if (reference != null) {
                reference.close();
            }
        }
    }

    private void note(Cores cores) {
        clientCoresMax.merge(cores.server().name(), cores.client(), Math::max);
    }

    /// Whether the client kept up: one that is not near one core was not what held anything back.
    List<String> remarks() {
        return clientCoresMax.entrySet().stream()
                .map(most ->
                        String.format(
                                Locale.ROOT,
                                "The client beside %s used at most %.2f cores.",
                                most.getKey(),
                                most.getValue()))
                .toList();
    }

    private static String side(StreamServer server, String what) {
        return server.name() + ", " + what;
    }

    /// What one server is held to, beside the other if that is there.
    private static Aim[] aims(Servers servers, StreamServer server, String what, Aim... others) {
        List<Aim> aims = new ArrayList<>();
        if (server == servers.ours) {
            aims.addAll(List.of(others));
            if (servers.reference != null) {
                aims.add(new Aim.Times(side(servers.reference, what), 3));
            }
        }
        return aims.toArray(Aim[]::new);
    }

    private String create(StreamServer server) throws IOException {
        String path = StreamServer.path("store-0042/orders-" + streams.incrementAndGet());
        try (HttpConnection connection = server.connect()) {
            connection.send("PUT", path, new byte[0]);
        }
        return path;
    }

    // ---- appending

    Comparison.Results append() throws Exception {
        try (Servers servers = new Servers()) {
            Comparison comparison =
                    new Comparison("http-append: durable appends over HTTP, events/s", ROUNDS);
            for (int connections : new int[] {1, 4}) {
                String what = "batches of 1,000, " + connections + " at a time";
                for (StreamServer server : servers.all()) {
                    comparison.side(
                            side(server, what),
                            () -> append(server, connections, true),
                            aims(servers, server, what));
                }
            }
            String what = "single events, 16 at a time";
            for (StreamServer server : servers.all()) {
                Aim[] shown =
                        server == servers.ours && servers.reference != null
                                ? new Aim[] {new Aim.Shown(side(servers.reference, what))}
                                : new Aim[0];
                comparison.side(side(server, what), () -> append(server, 16, false), shown);
            }
            return comparison.run();
        }
    }

    private double append(StreamServer server, int count, boolean batched) throws Exception {
        String path = create(server);
        List<HttpConnection> connections = new ArrayList<>();
        List<Load.Act> callers = new ArrayList<>();
        AtomicLong n = new AtomicLong();
        for (int i = 0; i < count; i++) {
            HttpConnection connection = server.connect();
            connections.add(connection);
            callers.add(() -> {
                long mine = n.getAndIncrement();
                byte[] body =
                        batched
                                ? batches.get((int) (mine % batches.size()))
                                : sales.event(mine).array();
                connection.send("POST", path, body);
                return batched ? Sales.BATCH_EVENTS : 1;
            });
        }
        Cores cores = new Cores(server);
        double perSecond = Load.perSecond(TIME, Thread.ofPlatform().factory(), callers);
        note(cores);
        for (HttpConnection connection : connections) {
            connection.close();
        }
        return perSecond;
    }

    // ---- catching up

    Comparison.Results read() throws Exception {
        try (Servers servers = new Servers()) {
            Comparison comparison =
                    new Comparison("http-read: 300,000 events over HTTP, events/s", ROUNDS);
            String what = "one reader";
            for (StreamServer server : servers.all()) {
                String path = create(server);
                try (HttpConnection connection = server.connect()) {
                    for (int n = 0; n < READ_EVENTS / Sales.BATCH_EVENTS; n++) {
                        connection.send("POST", path, batches.get(n % batches.size()));
                    }
                }
                comparison.side(
                        side(server, what),
                        () -> read(server, path),
                        aims(servers, server, what, new Aim.AtLeast(300_000)));
            }
            return comparison.run();
        }
    }

    private double read(StreamServer server, String path) throws IOException {
        try (HttpConnection connection = server.connect()) {
            Cores cores = new Cores(server);
            long begin = System.nanoTime();
            long bytes = 0;
            long pages = 0;
            String offset = "-1";
            Answer page;
            do {
                page = connection.get(path + "?offset=" + offset);
                bytes += page.bodyBytes();
                pages++;
                offset = page.header("stream-next-offset");
            } while (!page.headers().containsKey("stream-up-to-date"));
            long nanos = System.nanoTime() - begin;
            note(cores);
            // A page of n events has n + 1 brackets and commas.
            long expected = sales.bytes(READ_EVENTS) + READ_EVENTS + pages;
            if (bytes != expected) {
                throw new IllegalStateException(
                        server.name() + " answered " + bytes + " bytes, not " + expected);
            }
            return READ_EVENTS * 1e9 / nanos;
        }
    }

    // ---- live

    Comparison.Results sse() throws Exception {
        try (Servers servers = new Servers()) {
            Comparison comparison =
                    new Comparison(
                            "sse: append to reader at "
                                    + SSE_EVENTS_PER_SECOND
                                    + " events/s, ms from when the append was due",
                            SSE_ROUNDS);
            for (StreamServer server : servers.all()) {
                comparison.sides(
                        List.of(side(server, "p50"), side(server, "p99"), side(server, "max")),
                        () -> latencies(server));
            }
            return comparison.aim(side(servers.ours, "p99"), new Aim.AtMost(5)).run();
        }
    }

    private double[] latencies(StreamServer server) throws Exception {
        String path = create(server);
        List<byte[]> events = new ArrayList<>();
        for (int i = 0; i < SSE_EVENTS; i++) {
            events.add(sales.numbered(i));
        }
        long[] dueNanos = new long[SSE_EVENTS];
        long[] nanos = new long[SSE_EVENTS];
        try (HttpConnection appends = server.connect();
                HttpConnection reads = server.connect()) {
            BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    reads.open(path + "?offset=-1&live=sse"),
                                    StandardCharsets.UTF_8));
            FutureTask<Boolean> reader =
                    new FutureTask<>(() -> {
                        receive(lines, nanos);
                        return true;
                    });
            Thread.ofPlatform().start(reader);
            Cores cores = new Cores(server);
            long begin = System.nanoTime();
            for (int i = 0; i < SSE_EVENTS; i++) {
                dueNanos[i] = begin + i * 1_000_000_000L / SSE_EVENTS_PER_SECOND;
                awaitNanoTime(dueNanos[i]);
                appends.send("POST", path, events.get(i));
            }
            reader.get();
            note(cores);
        }
        double[] ms = new double[SSE_EVENTS];
        Arrays.setAll(ms, i -> (nanos[i] - dueNanos[i]) / 1e6);
        Arrays.sort(ms);
        return new double[] {ms[ms.length / 2], ms[ms.length * 99 / 100], ms[ms.length - 1]};
    }

    private static void awaitNanoTime(long due) {
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }

    /// Notes when each event came, until all are there.
    private static void receive(BufferedReader lines, long[] nanos) throws IOException {
        String mark = "\"sequence\":\"";
        int received = 0;
        while (received < nanos.length) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the event stream ended early");
            }
            long now = System.nanoTime();
            int at = line.indexOf(mark);
            while (at >= 0) {
                int from = at + mark.length();
                int number = Integer.parseInt(line, from, from + 8, 10);
                if (number != received++) {
                    throw new IOException("event " + number + " came as number " + received);
                }
                nanos[number] = now;
                at = line.indexOf(mark, from);
            }
        }
    }
}
