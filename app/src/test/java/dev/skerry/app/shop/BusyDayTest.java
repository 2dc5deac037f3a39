package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.shop.TestShop.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Many tills at once for a day, with the line coming and going: in the end everybody has the same sums.
@Tag("slow") // A day of many tills.
@Tag("slow")
class BusyDayTest {

    private static final int TILLS = 20;
    private static final int SALES_A_TILL = 6;
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofMinutes(2);

    private static final List<String> CODES =
            List.of("4006381333931", "96385074", "4000417025005", "5449000000996");

    @TempDir private Path folder;
    @TempDir private Path other;
    private TestShop shop;

    /// Suspended by some till, for any till to go on with.
    private final Queue<String> suspended = new ConcurrentLinkedQueue<>();

    private final Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void open() {
        shop = new TestShop(folder);
        shop.tax();
        shop.article("milk", "Whole milk 1 l", CODES.get(0), "Dairy", 119);
        shop.article("bread", "Rye bread", CODES.get(1), "Bakery", 342);
        shop.article("chocolate", "Milk chocolate", CODES.get(2), "Sweets", 99);
        shop.article("cola", "Cola", CODES.get(3), "Drinks", 169);
        shop.promotion(
                "3for2",
                "{\"id\":\"3for2\",\"effect\":{\"type\":\"take-pay\",\"articles\":{\"skus\":[\"chocolate\"]},\"take\":3,\"pay\":2}}");
        done(shop.ask("POST", "/api/business-day/open", "{\"day\":\"2026-03-02\"}"));
        CODES.forEach(shop::await);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Answer done(Answer answer) {
        assertTrue(answer.status() < 300, answer::toString);
        return answer;
    }

    @Test
    void tills_z_reports_orders_and_stock_agree_and_so_does_a_new_machine() throws Exception {
        List<Thread> tills = new ArrayList<>();
        for (int till = 1; till <= TILLS; till++) {
            String device = "till-" + till;
            Random random = new Random(till);
            tills.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            work(device, random);
                        } catch (AssertionError | RuntimeException e) {
                            wrong.add(e);
                        }
                    }));
        }
        for (Thread till : tills) {
            till.join();
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError(wrong.peek());
        }
        agree();
        // What was stored stays so: who goes up with it now is another question.
        shop.lineUp.set(false);
        Map<String, String> before = figures();
        Map<String, Long> streams = shop.ownStreams();
        shop.onNewMachine(other);
        awaitSame(before, this::figures, "a new machine");
        assertEquals(streams, shop.ownStreams(), "a new machine publishes nothing twice");
    }

    /// What follows the orders gets there in its own time.
    private static <T> void awaitSame(T expected, Supplier<T> found, String what) {
        long deadline = System.nanoTime() + CAUGHT_UP_WITHIN.toNanos();
        while (!found.get().equals(expected) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(expected, found.get(), what);
    }

    /// What is told of the day.
    private Map<String, String> figures() {
        Map<String, String> all = new TreeMap<>();
        List<String> paths =
                new ArrayList<>(
                        List.of(
                                "/api/orders?day=2026-03-02",
                                "/api/reports/2026-03-02",
                                "/api/stock"));
        for (int till = 1; till <= TILLS; till++) {
            paths.add("/api/shifts/till-" + till + "-s");
        }
        paths.forEach(path -> all.put(path, done(shop.ask("GET", path, "")).json().toString()));
        return all;
    }

    private void work(String device, Random random) {
        done(
                shop.ask(
                        "POST",
                        "/api/shifts",
                        "{\"shift\":\"%s-s\",\"cashFloat\":{\"amount\":10000,\"currency\":\"EUR\"}}"
                                .formatted(device),
                        device));
        String last = "";
        for (int i = 0; i < SALES_A_TILL; i++) {
            shop.lineUp.set(random.nextInt(3) > 0);
            String basket = device + "-" + i;
            String other = random.nextInt(4) == 0 ? suspended.poll() : null;
            if (other != null) {
                done(shop.ask("POST", "/api/baskets/" + other + "/recall", "{}", device));
                basket = other;
            } else {
                done(shop.ask("PUT", "/api/baskets/" + basket, "{}", device));
            }
            int lines = 1 + random.nextInt(6);
            for (int line = 0; line < lines; line++) {
                String body =
                        "{\"id\":\"%s-%d-%d\",\"code\":\"%s\"}"
                                .formatted(
                                        device, i, line, CODES.get(random.nextInt(CODES.size())));
                done(shop.ask("POST", "/api/baskets/" + basket + "/lines", body, device));
            }
            if (!last.isEmpty() && random.nextInt(6) == 0) {
                giveSomethingBack(basket, last, device);
            }
            if (random.nextInt(6) == 0) {
                done(shop.ask("POST", "/api/baskets/" + basket + "/suspend", "{}", device));
                suspended.add(basket);
            } else {
                Answer paid = pay(basket, device, random);
                last = basket;
                if (random.nextInt(8) == 0 && paid.number("/order/order/total/amount") > 0) {
                    takeBack(basket, device);
                    last = "";
                }
            }
        }
    }

    /// The first article of an order, if it has not come back already.
    private void giveSomethingBack(String basket, String order, String device) {
        Answer bought = done(shop.ask("GET", "/api/orders/" + order, "", device));
        for (JsonNode line : bought.json().at("/order/lines")) {
            if (line.path("quantity").asInt() > 0 && !line.path("voided").asBoolean()) {
                shop.ask(
                        "POST",
                        "/api/baskets/" + basket + "/returns",
                        "{\"id\":\"r-%s\",\"order\":\"%s\",\"line\":\"%s\",\"quantity\":1,\"reason\":\"x\"}"
                                .formatted(order, order, line.path("id").asString()),
                        device);
                return;
            }
        }
    }

    private Answer pay(String basket, String device, Random random) {
        String path = "/api/baskets/" + basket + "/pay";
        Answer begun = done(shop.ask("POST", path, "{}", device));
        if (begun.json().at("/order").isObject()) {
            return begun;
        }
        long left = begun.number("/payment/left/amount");
        if (left < 0) {
            return begun;
        }
        boolean card = random.nextInt(3) == 0;
        String tender =
                "{\"tenders\":[{\"id\":\"%s-t\",\"kind\":\"%s\",\"amount\":{\"amount\":%d,\"currency\":\"EUR\"}}]}"
                        .formatted(
                                basket,
                                card ? "CARD" : "CASH",
                                card ? left : left + 500 - left % 5);
        Answer paid = shop.ask("POST", path, tender, device);
        if (card && paid.status() == 409) {
            // The simulator declines some amounts, and loses some answers.
            paid =
                    shop.ask(
                            "POST",
                            path,
                            tender.replace("-t\"", "-c\"")
                                    .replace("CARD", "CASH")
                                    .replace("" + left, "" + (left + 10)),
                            device);
        }
        done(paid);
        // Where a card had too little on it, cash pays the rest.
        while (!paid.json().at("/order").isObject()) {
            paid =
                    done(
                            shop.ask(
                                    "POST",
                                    path,
                                    "{\"tenders\":[{\"id\":\"%s-rest\",\"kind\":\"CASH\"}]}"
                                            .formatted(basket),
                                    device));
        }
        return paid;
    }

    private void takeBack(String order, String device) {
        shop.ask(
                "POST",
                "/api/orders/" + order + "/void",
                "{\"reason\":\"x\",\"approval\":{\"person\":\"chief\",\"pin\":\"1\"}}",
                device);
    }

    /// Receipts, drawers, Zs and the day's report say the same.
    private void agree() {
        Map<String, Long> kept = new TreeMap<>();
        Map<String, List<Long>> receipts = new TreeMap<>();
        Map<String, Long> sold = new TreeMap<>();
        long total = 0;
        long standing = 0;
        for (JsonNode one :
                done(shop.ask("GET", "/api/orders?day=2026-03-02", "")).json().at("/orders")) {
            JsonNode order = one.path("order");
            String till = order.at("/receipt/till").asString();
            receipts.computeIfAbsent(till, _ -> new ArrayList<>())
                    .add(order.at("/receipt/sequence").asLong());
            long cash = cash(order.path("tenders")) - order.at("/change/amount").asLong();
            JsonNode voided = one.path("voided");
            if (voided.isObject()) {
                String by = voided.at("/receipt/till").asString();
                receipts.computeIfAbsent(by, _ -> new ArrayList<>())
                        .add(voided.at("/receipt/sequence").asLong());
                kept.merge(by, cash(voided.path("refunds")), Long::sum);
            } else {
                total += order.at("/total/amount").asLong();
                standing++;
                for (JsonNode line : order.path("lines")) {
                    if (!line.path("voided").asBoolean()) {
                        sold.merge(
                                line.path("sku").asString(),
                                line.path("quantity").asLong(),
                                Long::sum);
                    }
                }
            }
            kept.merge(till, cash, Long::sum);
        }
        receipts.forEach((till, numbers) -> {
            numbers.sort(null);
            for (int i = 0; i < numbers.size(); i++) {
                assertEquals(i + 1, numbers.get(i), till + " " + numbers);
            }
        });
        for (int till = 1; till <= TILLS; till++) {
            String device = "till-" + till;
            long drawer =
                    done(shop.ask("GET", "/api/shifts/" + device + "-s", ""))
                            .number("/takings/drawer/amount");
            assertEquals(10000 + kept.getOrDefault(device, 0L), drawer, device);
        }
        awaitSame(
                List.of(standing, total),
                () -> {
                    Answer report = done(shop.ask("GET", "/api/reports/2026-03-02", ""));
                    return List.of(report.number("/orders"), report.number("/total/amount"));
                },
                "the day's report");
        sold.forEach((sku, count) ->
                awaitSame(
                        -count,
                        () ->
                                done(shop.ask("GET", "/api/stock/" + sku, ""))
                                        .number("/stock/quantity"),
                        sku));
        assertTrue(standing > TILLS * SALES_A_TILL / 2, "too few sales to mean anything");
    }

    private static long cash(JsonNode tenders) {
        long sum = 0;
        for (JsonNode tender : tenders) {
            if (tender.path("kind").asString().equals("CASH")) {
                sum += tender.at("/amount/amount").asLong();
            }
        }
        return sum;
    }
}
