package dev.skerry.trials.nodes;

import static dev.skerry.trials.nodes.Patience.until;

import dev.skerry.app.line.BadLine;
import dev.skerry.app.line.Shape;
import dev.skerry.language.JsonObject;
import dev.skerry.stream.Comparison;
import dev.skerry.stream.Pacer;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.client.Creation;
import dev.skerry.stream.client.ProducerDriver;
import dev.skerry.stream.client.ProducerSettings;
import dev.skerry.stream.client.StreamClient;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// HQ, a store and the line between them, through rounds of chaos: everybody writes while processes are killed and the line is
/// spoilt. After each round all is mended, and both sides must soon have the same: every sale that was answered as accepted, once,
/// in order, and nothing that nobody wrote.
///
/// What happens is drawn from the seed; when it meets what, is up to the machine.
final class Chaos {

    /// From the moment when both servers run and the line is good.
    private static final Duration CONVERGED_WITHIN = Duration.ofSeconds(30);

    private static final Duration STATUS_WITHIN = Duration.ofSeconds(5);

    private static final StreamName SALES = StreamName.of("store-0042/sales");
    private static final StreamName STOCK = StreamName.of("store-0042/stock");
    private static final StreamName CATALOG = StreamName.of("hq/trial/catalog");

    private static final int BURST_SALES = 3_000;
    private static final int LARGE_CHARS = 400_000;

    private final long seed;
    private final int rounds;
    private final SplittableRandom random;
    private final Path folder;
    private final Node hq;
    private final Node store;
    private final BadLine line;

    private final Copy ordersHere;
    private final Copy ordersAtHq;
    private final Copy stockHere;
    private final Copy stockAtHq;
    private final Copy catalogHere;
    private final Copy catalogAtHq;

    private volatile boolean trading;
    private final AtomicInteger burst = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final List<String> journal = new ArrayList<>();

    private final AtomicLong sold = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong booked = new AtomicLong();

    /// Bookings of stock are sent once: answered as accepted, or nobody knows.
    private final Set<Long> accepted = Collections.synchronizedSet(new HashSet<>());

    private int round;
    private int stockChecked;
    private int kills;
    private int troubles;
    private final List<Duration> healed = new ArrayList<>();

    /// What a run came to.
    ///
    /// @param kills with `kill -9`
    /// @param troubles of the line
    /// @param healed per round, from the end of the trouble until both sides were the same
    record Report(
            int rounds,
            long sales,
            long bookings,
            long articles,
            int kills,
            int troubles,
            List<Duration> healed) {}

    /// @param parent where the data folders are made; they stay there if something is wrong
    Chaos(long seed, int rounds, Path parent, HttpClient http) throws IOException {
        this.seed = seed;
        this.rounds = rounds;
        this.random = new SplittableRandom(seed);
        this.folder =
                Files.createTempDirectory(Files.createDirectories(parent), "seed-" + seed + "-");
        SplittableRandom ports = new SplittableRandom();
        hq = Node.hq(folder.resolve("hq"), Ports.free(ports), Ports.free(ports), http);
        store = Node.store(folder.resolve("store"), Ports.free(ports), http);
        line = new BadLine(Ports.free(ports), hq.linkAddress());
        ordersHere = new Copy(store.client(), SALES);
        ordersAtHq = new Copy(hq.client(), SALES);
        stockHere = new Copy(store.client(), STOCK);
        stockAtHq = new Copy(hq.client(), STOCK);
        catalogHere = new Copy(store.client(), CATALOG);
        catalogAtHq = new Copy(hq.client(), CATALOG);
    }

    /// Runs all rounds.
    ///
    /// @throws AssertionError if anything was lost, doubled, out of order or stuck; says how to see it again
    Report run() throws InterruptedException {
        try (hq;
                store;
                line) {
            try {
                begin();
                trade();
                end();
            } catch (AssertionError | RuntimeException | IOException e) {
                throw new AssertionError(
                        "seed %d, round %d: %s%nEverything is in %s; try again with ./dev crash %d %d"
                                .formatted(seed, round, e, leaveBehind(), rounds, seed),
                        e);
            }
        }
        return new Report(
                rounds,
                sold.get(),
                accepted.size(),
                written.get(),
                kills,
                troubles,
                List.copyOf(healed));
    }

    private void trade() throws IOException, InterruptedException {
        StreamClient atStore = store.client();
        try (ProducerDriver sales = producer(atStore, SALES, "till-1");
                ProducerDriver articles = producer(hq.client(), CATALOG, "head-office")) {
            while (round < rounds) {
                round++;
                spoil(sales, articles, atStore);
                heal(sales, articles);
            }
        }
    }

    private void begin() throws IOException, InterruptedException {
        hq.start();
        String token = hq.invite("0042", "Main Street", "north");
        store.start("--hq", "https://127.0.0.1:" + line.port(), "--join", token);
        store.client().create(SALES, Creation.json());
        store.client().create(STOCK, Creation.json());
        hq.client().create(CATALOG, Creation.json());
    }

    private static ProducerDriver producer(StreamClient client, StreamName stream, String id) {
        return ProducerDriver.start(
                client.producer(
                        stream,
                        "application/json",
                        ProducerSettings.of(id, 0).withWaiting(64L << 20, 100_000)),
                Pacer.REAL);
    }

    // ---- a round of trouble

    private void spoil(ProducerDriver sales, ProducerDriver articles, StreamClient atStore)
            throws InterruptedException {
        note("round " + round);
        trading = true;
        List<Thread> writers =
                List.of(
                        writer(pace -> sell(sales, pace)),
                        writer(pace -> write(articles, pace)),
                        writer(pace -> book(atStore, pace)));
        int acts = 2 + random.nextInt(3);
        int kill = random.nextInt(acts);
        for (int act = 0; act < acts; act++) {
            Thread.sleep(30 + random.nextInt(300));
            if (act == kill) {
                kill();
            } else {
                trouble();
            }
        }
        Thread.sleep(30 + random.nextInt(300));
        trading = false;
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private void kill() throws InterruptedException {
        switch (random.nextInt(9)) {
            case 0, 1, 2, 3 -> kill(store, "store");
            case 4, 5, 6, 7 -> kill(hq, "HQ");
            default -> {
                kill(store, "store");
                kill(hq, "HQ");
            }
        }
    }

    private void kill(Node node, String name) throws InterruptedException {
        boolean later = random.nextInt(4) == 0;
        note("kill " + name + (later ? "" : " and start it again"));
        kills++;
        node.kill();
        if (!later) {
            // Not awaited: it starts in the middle of what comes next.
            node.launch();
        }
    }

    private void trouble() throws InterruptedException {
        troubles++;
        switch (random.nextInt(9)) {
            case 0, 1 -> {
                note("cut");
                line.cut();
            }
            case 2 -> {
                note("stall");
                line.stall();
            }
            case 3 -> {
                note("strand");
                line.strand();
            }
            case 4 -> {
                note("flap");
                for (int i = random.nextInt(1, 6); i > 0; i--) {
                    line.resetAll();
                    Thread.sleep(random.nextInt(40));
                }
            }
            case 5 -> {
                int bytes = random.nextInt(2_000, 100_000);
                Duration delay = Duration.ofMillis(random.nextInt(200));
                note("slow: %d bytes/s, %s".formatted(bytes, delay));
                line.shape(bytes, delay);
            }
            case 6 -> {
                note("burst");
                burst.set(BURST_SALES);
            }
            default -> {
                note("up");
                line.up();
            }
        }
    }

    // ---- who writes meanwhile

    private interface Writing {
        void go(SplittableRandom pace) throws InterruptedException;
    }

    private Thread writer(Writing writing) {
        SplittableRandom pace = random.split();
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        while (trading) {
                            writing.go(pace);
                        }
                    } catch (RuntimeException e) {
                        failures.add(e);
                    } catch (InterruptedException e) {
                        throw new AssertionError("nobody knows this thread", e);
                    }
                });
    }

    private void sell(ProducerDriver sales, SplittableRandom pace) throws InterruptedException {
        for (int i = burst.getAndSet(0); i >= 0; i--) {
            sales.append(Copy.message(sold.get() + 1, padding(pace)));
            sold.incrementAndGet();
        }
        Thread.sleep(pace.nextInt(8));
    }

    private void write(ProducerDriver articles, SplittableRandom pace) throws InterruptedException {
        articles.append(Copy.message(written.get() + 1, padding(pace)));
        written.incrementAndGet();
        Thread.sleep(pace.nextInt(10));
    }

    private void book(StreamClient atStore, SplittableRandom pace) throws InterruptedException {
        long number = booked.incrementAndGet();
        try {
            atStore.appendJson(STOCK, List.of(Copy.message(number, padding(pace))));
            accepted.add(number);
        } catch (StreamException e) {
            if (!e.retryable()) {
                throw e;
            }
            Thread.sleep(20);
        }
        Thread.sleep(pace.nextInt(15));
    }

    private static String padding(SplittableRandom pace) {
        int chars = pace.nextInt(1_000) == 0 ? LARGE_CHARS : pace.nextInt(20, 600);
        StringBuilder text = new StringBuilder(chars);
        while (text.length() < chars) {
            text.append(Long.toString(pace.nextLong(), Character.MAX_RADIX));
        }
        return text.toString();
    }

    // ---- mended

    private void heal(ProducerDriver sales, ProducerDriver articles)
            throws IOException, InterruptedException {
        line.shape(Shape.UNLIMITED, Duration.ZERO);
        line.up();
        for (Node node : List.of(hq, store)) {
            if (!node.launched()) {
                node.launch();
            }
        }
        hq.awaitReady();
        store.awaitReady();
        note("mended");
        Instant mended = Instant.now();
        until("every sale is accepted", CONVERGED_WITHIN, () -> done(sales, sold.get()));
        until("every article is accepted", CONVERGED_WITHIN, () -> done(articles, written.get()));
        until(
                "the store is read",
                CONVERGED_WITHIN,
                () -> ordersHere.readOn() && stockHere.readOn());
        until("HQ is read", CONVERGED_WITHIN, catalogAtHq::readOn);
        counted(ordersHere, sold.get());
        counted(catalogAtHq, written.get());
        booked();
        converge(ordersHere, ordersAtHq);
        converge(stockHere, stockAtHq);
        converge(catalogAtHq, catalogHere);
        healed.add(Duration.between(mended, Instant.now()));
        until("the status says so", STATUS_WITHIN, this::statusSaysSo);
        if (!failures.isEmpty()) {
            throw new AssertionError("a writer failed", failures.peek());
        }
        note(
                "round %d converged after %s, %d sales"
                        .formatted(round, healed.getLast(), sold.get()));
    }

    private static boolean done(ProducerDriver driver, long all) {
        driver.ended()
                .ifPresent(end -> {
                    throw new AssertionError("the producer has ended: " + end.why());
                });
        return driver.acknowledged() == all;
    }

    /// Everything that was accepted is there once and in order, and nothing else.
    private static void counted(Copy copy, long upTo) {
        List<Long> numbers = copy.numbers();
        int equal = 0;
        while (equal < numbers.size() && numbers.get(equal) == equal + 1) {
            equal++;
        }
        if (equal != upTo || numbers.size() != upTo) {
            throw new AssertionError(
                    "%s, of %d written; wrong from message %d on: %s"
                            .formatted(
                                    copy,
                                    upTo,
                                    equal + 1,
                                    numbers.subList(equal, Math.min(equal + 5, numbers.size()))));
        }
    }

    /// Those answered as accepted are there; the others may be, but once and in order.
    private void booked() {
        List<Long> numbers = stockHere.numbers();
        for (int i = Math.max(1, stockChecked); i < numbers.size(); i++) {
            if (numbers.get(i) <= numbers.get(i - 1)) {
                throw new AssertionError(
                        "booking %d comes after %d".formatted(numbers.get(i), numbers.get(i - 1)));
            }
        }
        stockChecked = numbers.size();
        Set<Long> lost = new HashSet<>(accepted);
        numbers.forEach(lost::remove);
        if (!lost.isEmpty()) {
            throw new AssertionError("accepted and not there: bookings " + lost);
        }
    }

    private void converge(Copy origin, Copy mirror) throws IOException, InterruptedException {
        until(
                mirror + " is like " + origin,
                CONVERGED_WITHIN,
                () -> mirror.readOn() && mirror.numbers().size() >= origin.numbers().size());
        if (!mirror.checksum().equals(origin.checksum()) || !mirror.tail().equals(origin.tail())) {
            throw new AssertionError("the mirror differs: " + mirror + ", " + origin);
        }
    }

    private boolean statusSaysSo() throws IOException, InterruptedException {
        JsonObject status = store.status();
        return status.text("line").equals("up")
                && status.object("standing").text("state").equals("open")
                && status.objects("streams").size() >= 3
                && status.objects("streams").stream()
                        .allMatch(stream ->
                                stream.text("state").equals("up to date")
                                        && stream.number("eventsWaiting") == 0
                                        && stream.number("tail") == stream.number("cursor"))
                && hq.status().objects("stores").getFirst().text("line").equals("up");
    }

    // ---- the end

    /// Once more, without any server: what is in the files.
    private void end() throws InterruptedException {
        note("stop");
        store.stop();
        hq.stop();
        try (SqliteDatabase here = open("store/streams.db");
                SqliteDatabase mirrorsHere = open("store/link.db");
                SqliteDatabase atHq = open("hq/streams.db");
                SqliteDatabase mirrorsAtHq = open("hq/estate.db")) {
            same(SALES, here, mirrorsAtHq);
            same(STOCK, here, mirrorsAtHq);
            same(CATALOG, atHq, mirrorsHere);
        }
        line.close();
        delete();
    }

    private SqliteDatabase open(String file) {
        return SqliteDatabase.open(
                folder.resolve(file), SqliteSettings.defaults(), InstantSource.system());
    }

    private static void same(StreamName stream, SqliteDatabase origin, SqliteDatabase mirror) {
        StreamInfo one = origin.find(stream).orElseThrow();
        StreamInfo other = mirror.find(stream).orElseThrow();
        if (one.tail() != other.tail() || !one.checksum().equals(other.checksum())) {
            throw new AssertionError(
                    "%s: %s and %s: %s"
                            .formatted(
                                    stream,
                                    one,
                                    other,
                                    new Comparison(
                                                    Comparison.Copy.of(origin, stream),
                                                    Comparison.Copy.of(mirror, stream))
                                            .upTo(Math.min(one.tail(), other.tail()))));
        }
    }

    private void note(String what) {
        journal.add(Instant.now() + " " + what);
    }

    private Path leaveBehind() throws InterruptedException {
        try {
            Files.write(folder.resolve("journal.txt"), journal);
            Files.write(folder.resolve("hq.log"), hq.said());
            Files.write(folder.resolve("store.log"), store.said());
            Files.writeString(folder.resolve("hq-status.json"), status(hq));
            Files.writeString(folder.resolve("store-status.json"), status(store));
        } catch (IOException e) {
            journal.add("cannot be written: " + e);
        }
        return folder.toAbsolutePath();
    }

    private static String status(Node node) throws InterruptedException {
        try {
            return node.status().write();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void delete() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
