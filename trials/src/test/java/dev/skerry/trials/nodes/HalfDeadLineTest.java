package dev.skerry.trials.nodes;

import static dev.skerry.trials.nodes.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.line.BadLine;
import dev.skerry.app.line.Shape;
import dev.skerry.language.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Lines that are neither up nor down: the store sells as if nothing were, says what is wrong, and is well again by itself.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HalfDeadLineTest {

    /// From the moment when the line is good again. Far more than it takes, for busy machines.
    private static final Duration HEALED_WITHIN = Duration.ofSeconds(15);

    /// The same on a line where an answer takes four seconds: a connection and its greeting take seven of them.
    private static final Duration FAR_AWAY_WITHIN = Duration.ofSeconds(60);

    /// Until the status says that something is wrong.
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(15);

    /// The slowest of some dozen sales may take so long, on a busy machine.
    private static final Duration SALE_MAX = Duration.ofSeconds(1);

    private static final int OUTAGES = 3;
    private static final String SALES = "store-0042/sales";

    private final HttpClient http = HttpClient.newHttpClient();
    private final SplittableRandom random = new SplittableRandom();
    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir static Path folder;

    private Node hq;
    private Node store;
    private BadLine line;
    private int sold;

    @BeforeAll
    void open() throws Exception {
        hq = Node.hq(folder.resolve("hq"), Ports.free(random), Ports.free(random), http);
        open.add(hq);
        hq.start();
        line = new BadLine(Ports.free(random), hq.linkAddress());
        open.add(line);
        store = Node.store(folder.resolve("store"), Ports.free(random), http);
        open.add(store);
        store.start(
                "--hq",
                "https://127.0.0.1:" + line.port(),
                "--join",
                hq.invite("0042", "Main Street", "north"));
        until("it trades", HEALED_WITHIN, () -> store.ready() == 200);
        store.create(SALES);
        sell(50);
        mend();
    }

    @AfterAll
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        http.close();
    }

    /// Makes the line good, and waits until all is at HQ and the status says so.
    @AfterEach
    void mend() throws InterruptedException {
        line.shape(Shape.UNLIMITED, Duration.ZERO);
        line.up();
        Duration took =
                until(
                        "all is at HQ after the line has come back",
                        HEALED_WITHIN,
                        () -> atHq() == sold);
        until(
                "the status says so",
                HEALED_WITHIN,
                () ->
                        store.status().text("line").equals("up")
                                && orders().text("state").equals("up to date"));
        System.out.printf("healed_ms=%d%n", took.toMillis());
    }

    /// @return the slowest of them
    private Duration sell(int sales) throws IOException, InterruptedException {
        Duration slowest = Duration.ZERO;
        for (int i = 0; i < sales; i++) {
            long before = System.nanoTime();
            Node.Answer answer =
                    store.append(SALES, "{\"sale\":%d,\"pad\":\"%s\"}".formatted(sold, pad()));
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            assertEquals(204, answer.status(), answer.text());
            sold++;
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
        }
        return slowest;
    }

    private String pad() {
        StringBuilder text = new StringBuilder();
        while (text.length() < 200) {
            text.append(Long.toString(random.nextLong(), Character.MAX_RADIX));
        }
        return text.toString();
    }

    private void sellsAtFullSpeed() throws IOException, InterruptedException {
        Duration slowest = sell(30);
        assertTrue(slowest.compareTo(SALE_MAX) < 0, "a sale took " + slowest);
        System.out.printf("slowest_sale_ms=%d%n", slowest.toMillis());
    }

    private long atHq() throws IOException, InterruptedException {
        return hq.tail(SALES);
    }

    private JsonObject orders() throws IOException, InterruptedException {
        return store.status().objects("streams").stream()
                .filter(stream -> stream.text("name").equals(SALES))
                .findFirst()
                .orElseThrow(() -> new IOException("no orders in the status"));
    }

    private String lineState() throws IOException, InterruptedException {
        return store.status().text("line");
    }

    private void report(String what, Duration took) throws IOException, InterruptedException {
        JsonObject status = store.status();
        System.out.printf(
                "%s after_ms=%d line=%s why=\"%s\" orders=%s%n",
                what, took.toMillis(), status.text("line"), status.text("why"), orders().write());
    }

    @Test
    void a_line_that_accepts_and_never_answers() throws Exception {
        line.stall();
        sellsAtFullSpeed();
        Duration noticed = until("it is seen", NOTICED_WITHIN, () -> !lineState().equals("up"));
        report("stall", noticed);
        // Long enough for the store to give that wire up.
        until("it is given up", NOTICED_WITHIN, () -> lineState().equals("down"));
        report("stall", noticed);
        assertEquals("offline", orders().text("state"));
        assertEquals(30, orders().number("eventsWaiting"));
        sellsAtFullSpeed();
    }

    @Test
    void a_store_that_starts_on_a_line_that_never_answers() throws Exception {
        line.stall();
        store.kill();
        store.start();
        Duration waited = until("it trades", NOTICED_WITHIN, () -> store.ready() == 200);
        System.out.printf("trades_after_ms=%d%n", waited.toMillis());
        sellsAtFullSpeed();
        assertEquals("offline", orders().text("state"));
    }

    @Test
    void a_line_of_100_bytes_a_second() throws Exception {
        line.shape(100, Duration.ZERO);
        sellsAtFullSpeed();
        Duration noticed =
                until(
                        "it is seen",
                        NOTICED_WITHIN,
                        () -> !orders().text("state").equals("up to date"));
        report("slow", noticed);
        // Whether it creeps or has given up: what waits is what HQ does not have.
        for (int i = 0; i < 3; i++) {
            Thread.sleep(4_000);
            sellsAtFullSpeed();
            until("it says so", NOTICED_WITHIN, () -> orders().number("tail") == sold);
            JsonObject orders = orders();
            assertTrue(List.of("draining", "offline").contains(orders.text("state")));
            assertEquals(orders.number("eventsWaiting"), sold - orders.number("cursor"));
            assertTrue(orders.number("cursor") <= atHq());
        }
        report("slow", noticed);
    }

    @Test
    void a_line_of_two_seconds_each_way() throws Exception {
        line.shape(Shape.UNLIMITED, Duration.ofSeconds(2));
        sellsAtFullSpeed();
        Duration arrived = until("all is at HQ", HEALED_WITHIN, () -> atHq() == sold);
        report("delay", arrived);
        line.resetAll();
        sellsAtFullSpeed();
        Duration again = until("all is at HQ", FAR_AWAY_WITHIN, () -> atHq() == sold);
        report("delay, reset", again);
        until(
                "the status says so",
                HEALED_WITHIN,
                () -> orders().text("state").equals("up to date"));
    }

    @Test
    void resets_in_a_row() throws Exception {
        for (int i = 0; i < 50; i++) {
            line.resetAll();
            sell(1);
            Thread.sleep(random.nextInt(200));
        }
        sellsAtFullSpeed();
        report("resets", Duration.ZERO);
    }

    @Test
    void the_first_waiting_event_goes_as_soon_as_the_line_is_back() throws Exception {
        for (boolean cut : List.of(true, false)) {
            List<Long> firstMs = new ArrayList<>();
            List<Long> allMs = new ArrayList<>();
            for (int i = 0; i < OUTAGES; i++) {
                if (cut) {
                    line.cut();
                } else {
                    line.stall();
                }
                Thread.sleep(random.nextInt(1_000, 2_000));
                sell(50);
                Thread.sleep(1_000);
                long before = atHq();
                line.up();
                long up = System.nanoTime();
                until("the first is at HQ", HEALED_WITHIN, () -> atHq() > before);
                firstMs.add((System.nanoTime() - up) / 1_000_000);
                until("all are at HQ", HEALED_WITHIN, () -> atHq() == sold);
                allMs.add((System.nanoTime() - up) / 1_000_000);
            }
            System.out.printf(
                    "outages=%d by=%s first_p50_ms=%d first_max_ms=%d all_max_ms=%d%n",
                    OUTAGES,
                    cut ? "cut" : "stall",
                    firstMs.stream().sorted().toList().get(OUTAGES / 2),
                    firstMs.stream().max(Long::compare).orElseThrow(),
                    allMs.stream().max(Long::compare).orElseThrow());
        }
        List<String> expected =
                IntStream.range(0, sold).mapToObj("{\"sale\":%d,"::formatted).toList();
        List<String> there =
                hq.messages(SALES).stream()
                        .map(message -> message.substring(0, message.indexOf(',') + 1))
                        .toList();
        assertEquals(expected, there);
    }
}
