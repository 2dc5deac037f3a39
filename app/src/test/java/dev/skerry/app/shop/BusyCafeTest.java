package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.shop.TestShop.Answer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A café's rush: tables with courses and split checks, kiosks, and an ingredient that comes and goes while it is ordered. In the end
/// receipts, drawers, Zs, the day's report, the kitchen and the stock say the same.
@Tag("slow")
class BusyCafeTest {

    private static final int DEVICES = 4;
    private static final int ORDERS_A_DEVICE = 5;

    private static final List<String> DISHES =
            List.of(
                    "\"sku\":\"burger\",\"options\":[{\"option\":\"medium\"},{\"option\":\"bacon\"}],\"without\":[\"i-onion\"]",
                    "\"sku\":\"burger\",\"quantity\":2,\"options\":[{\"option\":\"done\"}]",
                    "\"sku\":\"salad\",\"without\":[\"i-bacon\"]",
                    "\"sku\":\"fries\",\"quantity\":3",
                    "\"sku\":\"coffee\",\"options\":[{\"option\":\"oat\"}]",
                    "\"sku\":\"menu\",\"options\":[{\"option\":\"burger\",\"options\":[{\"option\":\"medium\"}]}]");

    @TempDir private Path folder;
    private TestShop shop;
    private final Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void open() {
        shop = new TestShop(folder);
        CafeMenu.in(shop);
        done(shop.ask("POST", "/api/business-day/open", "{\"day\":\"2026-03-02\"}"));
        CafeMenu.await(shop);
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
    void a_rush_agrees_to_the_cent_and_to_the_patty() throws InterruptedException {
        List<Thread> all = new ArrayList<>();
        for (int i = 1; i <= DEVICES; i++) {
            String device = "till-" + i;
            Random random = new Random(i);
            all.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            work(device, random);
                        } catch (AssertionError | RuntimeException e) {
                            wrong.add(e);
                        }
                    }));
        }
        boolean out = false;
        while (all.stream().anyMatch(Thread::isAlive)) {
            out = !out;
            available(!out);
        }
        for (Thread each : all) {
            each.join();
        }
        available(true);
        if (!wrong.isEmpty()) {
            throw new AssertionError(wrong.peek());
        }
        agree();
    }

    private void available(boolean now) {
        done(shop.ask("PUT", "/api/availability/i-patty", "{\"available\":" + now + "}"));
    }

    // ---- the rush

    private void work(String device, Random random) {
        done(
                shop.ask(
                        "POST",
                        "/api/shifts",
                        "{\"shift\":\"%s-s\",\"cashFloat\":{\"amount\":10000,\"currency\":\"EUR\"}}"
                                .formatted(device),
                        device));
        for (int i = 0; i < ORDERS_A_DEVICE; i++) {
            String basket = device + "-" + i;
            boolean table = random.nextBoolean();
            done(
                    shop.ask(
                            "PUT",
                            "/api/baskets/" + basket,
                            table
                                    ? "{\"source\":\"TABLE\",\"table\":\"%s\",\"guests\":3}"
                                            .formatted(basket)
                                    : "{\"source\":\"KIOSK\"}",
                            device));
            int lines = 2 + random.nextInt(3);
            for (int line = 0; line < lines; line++) {
                add(basket, line, 1 + random.nextInt(2), random, device);
            }
            done(
                    shop.ask(
                            "POST",
                            "/api/baskets/" + basket + "/lines",
                            "{\"id\":\"last\",\"sku\":\"fries\"}",
                            device));
            if (table) {
                insisting(basket, "/send", "", device);
                if (random.nextBoolean()) {
                    done(shop.ask("DELETE", "/api/baskets/" + basket + "/lines/last", "", device));
                    done(
                            shop.ask(
                                    "POST",
                                    "/api/baskets/" + basket + "/lines",
                                    "{\"id\":\"cake\",\"sku\":\"coffee\",\"course\":2}",
                                    device));
                }
                for (String check : split(basket, random, device)) {
                    pay(check, device);
                }
            } else {
                pay(basket, device);
            }
        }
    }

    private void add(String basket, int line, int course, Random random, String device) {
        Answer answer =
                shop.ask(
                        "POST",
                        "/api/baskets/" + basket + "/lines",
                        "{\"id\":\"l%d\",\"course\":%d,%s}"
                                .formatted(line, course, DISHES.get(random.nextInt(DISHES.size()))),
                        device);
        if (answer.status() == 409) {
            ranOut(answer);
        } else {
            done(answer);
        }
    }

    private static void ranOut(Answer answer) {
        assertEquals("urn:skerry:problem:ran-out", answer.text("/type"), answer::toString);
    }

    /// What has run out since is taken out again.
    private Answer insisting(String basket, String what, String body, String device) {
        while (true) {
            Answer answer = shop.ask("POST", "/api/baskets/" + basket + what, body, device);
            if (answer.status() != 409) {
                return done(answer);
            }
            ranOut(answer);
            for (JsonNode line :
                    done(shop.ask("GET", "/api/baskets/" + basket, "", device))
                            .json()
                            .path("lines")) {
                String sku = line.at("/item/sku").asString();
                if (!line.has("parent")
                        && !line.has("sent")
                        && !line.path("voided").asBoolean()
                        && (sku.equals("burger") || sku.equals("menu"))) {
                    done(
                            shop.ask(
                                    "DELETE",
                                    "/api/baskets/%s/lines/%s"
                                            .formatted(basket, line.path("id").asString()),
                                    "",
                                    device));
                }
            }
        }
    }

    private List<String> split(String basket, Random random, String device) {
        String into =
                switch (random.nextInt(3)) {
                    case 0 -> "{\"id\":\"%1$s-a\"},{\"id\":\"%1$s-b\"}";
                    case 1 -> "{\"id\":\"%1$s-a\",\"amount\":{\"amount\":77,\"currency\":\"EUR\"}}";
                    default -> "";
                };
        if (into.isEmpty()) {
            return List.of(basket);
        }
        Answer answer =
                done(
                        shop.ask(
                                "POST",
                                "/api/baskets/" + basket + "/split",
                                "{\"into\":[%s]}".formatted(into.formatted(basket)),
                                device));
        List<String> checks = new ArrayList<>();
        answer.json().path("baskets").forEach(it -> checks.add(it.path("id").asString()));
        return checks;
    }

    private void pay(String basket, String device) {
        Answer paid =
                insisting(
                        basket,
                        "/pay",
                        "{\"tenders\":[{\"id\":\"t-%s\",\"kind\":\"CASH\"}]}".formatted(basket),
                        device);
        assertTrue(paid.json().at("/order").isObject(), paid::toString);
    }

    // ---- what all of them say

    private void agree() {
        Map<String, Long> kept = new TreeMap<>();
        Map<String, List<Long>> receipts = new TreeMap<>();
        Map<String, BigDecimal> dishes = new TreeMap<>();
        List<String> numbers = new ArrayList<>();
        long total = 0;
        int orders = 0;
        for (JsonNode one :
                done(shop.ask("GET", "/api/orders?day=2026-03-02", "")).json().at("/orders")) {
            JsonNode order = one.path("order");
            long due = order.at("/total/amount").asLong();
            long net = 0;
            for (JsonNode line : order.path("lines")) {
                if (!line.path("voided").asBoolean()) {
                    net += line.at("/net/amount").asLong();
                    dishes.merge(
                            line.path("sku").asString(),
                            line.path("quantity").decimalValue(),
                            BigDecimal::add);
                }
            }
            assertEquals(due, net, order::toString);
            long taxed = 0;
            for (JsonNode tax : order.path("taxes")) {
                taxed += tax.at("/gross/amount").asLong();
            }
            assertEquals(due, taxed, order::toString);
            if (order.has("number")) {
                numbers.add(order.path("number").asString());
            }
            String till = order.at("/receipt/till").asString();
            receipts.computeIfAbsent(till, _ -> new ArrayList<>())
                    .add(order.at("/receipt/sequence").asLong());
            kept.merge(till, due + order.at("/rounding/amount").asLong(), Long::sum);
            total += due;
            orders++;
        }
        assertTrue(orders > DEVICES * ORDERS_A_DEVICE, "no check was split");
        assertEquals(numbers.size(), numbers.stream().distinct().count(), numbers::toString);
        receipts.forEach((till, sequence) -> {
            sequence.sort(null);
            for (int i = 0; i < sequence.size(); i++) {
                assertEquals(i + 1, sequence.get(i), till + " " + sequence);
            }
        });
        kept.forEach(this::drawer);
        shop.awaitReport("2026-03-02", orders);
        Answer report = done(shop.ask("GET", "/api/reports/2026-03-02", ""));
        assertEquals(total, report.number("/total/amount"));
        assertEquals(orders, report.number("/orders"));
        for (String dish : List.of("burger", "fries", "salad", "coffee")) {
            BigDecimal sold = dishes.getOrDefault(dish, BigDecimal.ZERO);
            shop.await(() -> made(dish), it -> it.compareTo(sold) == 0);
        }
        BigDecimal patties = dishes.getOrDefault("burger", BigDecimal.ZERO).negate();
        shop.await(
                () ->
                        new BigDecimal(
                                done(shop.ask("GET", "/api/stock/i-patty", ""))
                                        .text("/stock/quantity")),
                it -> it.compareTo(patties) == 0);
    }

    private void drawer(String till, long takings) {
        String shift = "/api/shifts/" + till + "-s";
        long drawer = 10000 + takings;
        assertEquals(drawer, done(shop.ask("GET", shift, "")).number("/takings/drawer/amount"));
        done(
                shop.ask(
                        "POST",
                        shift + "/counts",
                        "{\"id\":\"c-%s\",\"amount\":{\"amount\":%d,\"currency\":\"EUR\"}}"
                                .formatted(till, drawer),
                        till));
        Answer closed = done(shop.ask("POST", shift + "/close", "{}", till));
        assertEquals(0, closed.number("/z/overShort/amount"), closed::toString);
        assertEquals(drawer, closed.number("/z/expectedCash/amount"), closed::toString);
    }

    /// How many of a dish the kitchen's tickets ask for.
    private BigDecimal made(String sku) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode count :
                done(shop.ask("GET", "/api/kitchen/counts", "")).json().path("counts")) {
            if (count.path("sku").asString().equals(sku)) {
                sum =
                        sum.add(count.path("fired").decimalValue())
                                .add(count.path("held").decimalValue());
            }
        }
        return sum;
    }
}
