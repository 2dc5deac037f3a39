package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.shop.TestShop.Answer;
import dev.skerry.hq.reconciliation.Difference;
import dev.skerry.hq.reconciliation.Reconciliation;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.stream.Follower;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.memory.Faults;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryDisk;
import dev.skerry.stream.memory.MemorySettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// What all say of a business day when its rush is over: the journal, receipts, drawers, the day's report, stock, and the streams that
/// HQ gets. To the cent and to the unit, or a test fails.
final class Agreement {

    private static final Duration CAUGHT_UP_WITHIN = Duration.ofMinutes(2);

    private final TestShop shop;
    private final String day;

    /// By till: what its drawer has taken in and given back.
    private final Map<String, Long> kept = new TreeMap<>();

    /// By SKU: what was sold and not brought back.
    private final Map<String, BigDecimal> sold = new TreeMap<>();

    /// By id: what was due of each order.
    private final Map<String, Long> due = new TreeMap<>();

    private final Set<String> takenBack = new TreeSet<>();
    private long standing;
    private long total;

    private Agreement(TestShop shop, String day) {
        this.shop = shop;
        this.day = day;
    }

    /// Reads the journal, in which each order agrees with itself.
    static Agreement of(TestShop shop, String day) {
        Agreement agreement = new Agreement(shop, day);
        agreement.journal();
        return agreement;
    }

    /// How many orders were not taken back.
    long standing() {
        return standing;
    }

    static Answer done(Answer answer) {
        assertTrue(answer.status() < 300, answer::toString);
        return answer;
    }

    /// What follows the orders gets there in its own time.
    static <T> void awaitSame(T expected, Supplier<T> found, String what) {
        long deadline = System.nanoTime() + CAUGHT_UP_WITHIN.toNanos();
        while (!found.get().equals(expected) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(expected, found.get(), what);
    }

    private void journal() {
        Map<String, List<Long>> receipts = new TreeMap<>();
        List<String> numbers = new ArrayList<>();
        for (JsonNode one :
                done(shop.ask("GET", "/api/orders?day=" + day, "")).json().at("/orders")) {
            JsonNode order = one.path("order");
            agreesWithItself(order);
            String till = numbered(order, receipts);
            long cash = cash(order.path("tenders")) - order.at("/change/amount").asLong();
            kept.merge(till, cash, Long::sum);
            due.put(order.path("id").asString(), order.at("/total/amount").asLong());
            if (order.has("number")) {
                numbers.add(order.path("number").asString());
            }
            JsonNode voided = one.path("voided");
            if (voided.isObject()) {
                kept.merge(numbered(voided, receipts), cash(voided.path("refunds")), Long::sum);
                takenBack.add(order.path("id").asString());
            } else {
                total += order.at("/total/amount").asLong();
                standing++;
                lines(order).forEach((sku, count) -> sold.merge(sku, count, BigDecimal::add));
            }
        }
        assertEquals(numbers.size(), numbers.stream().distinct().count(), numbers::toString);
        receipts.forEach((till, sequence) -> {
            sequence.sort(null);
            for (int i = 0; i < sequence.size(); i++) {
                assertEquals(i + 1, sequence.get(i), till + " " + sequence);
            }
        });
    }

    private static void agreesWithItself(JsonNode order) {
        long due = order.at("/total/amount").asLong();
        long net = 0;
        for (JsonNode line : order.path("lines")) {
            if (!line.path("voided").asBoolean()) {
                net += line.at("/net/amount").asLong();
            }
        }
        assertEquals(due, net, order::toString);
        long taxed = 0;
        for (JsonNode tax : order.path("taxes")) {
            taxed += tax.at("/gross/amount").asLong();
        }
        assertEquals(due, taxed, order::toString);
        assertEquals(
                due + order.at("/rounding/amount").asLong(),
                sum(order.path("tenders")) - order.at("/change/amount").asLong(),
                order::toString);
    }

    /// @return the till whose receipt it is
    private static String numbered(JsonNode document, Map<String, List<Long>> receipts) {
        String till = document.at("/receipt/till").asString();
        receipts.computeIfAbsent(till, _ -> new ArrayList<>())
                .add(document.at("/receipt/sequence").asLong());
        return till;
    }

    private static Map<String, BigDecimal> lines(JsonNode order) {
        Map<String, BigDecimal> counts = new TreeMap<>();
        for (JsonNode line : order.path("lines")) {
            if (!line.path("voided").asBoolean()) {
                counts.merge(
                        line.path("sku").asString(),
                        line.path("quantity").decimalValue(),
                        BigDecimal::add);
            }
        }
        return counts;
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

    private static long sum(JsonNode tenders) {
        long sum = 0;
        for (JsonNode tender : tenders) {
            sum += tender.at("/amount/amount").asLong();
        }
        return sum;
    }

    // ---- drawers

    /// Every drawer has what its receipts say.
    void withDrawers(Collection<String> tills, long cashFloat) {
        tills.forEach(till ->
                assertEquals(
                        cashFloat + kept.getOrDefault(till, 0L),
                        done(shop.ask("GET", "/api/shifts/" + till + "-s", ""))
                                .number("/takings/drawer/amount"),
                        till));
    }

    /// Every Z expects what its receipts say, and what was counted.
    void withZs(Collection<String> tills, long cashFloat) {
        for (String till : tills) {
            String shift = "/api/shifts/" + till + "-s";
            long drawer = cashFloat + kept.getOrDefault(till, 0L);
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
    }

    // ---- what follows

    void withReport() {
        awaitSame(
                List.of(standing, total),
                () -> {
                    Answer report = done(shop.ask("GET", "/api/reports/" + day, ""));
                    return List.of(report.number("/orders"), report.number("/total/amount"));
                },
                "the day's report");
    }

    /// @return how many were sold of an article or a dish
    BigDecimal sold(String sku) {
        return sold.getOrDefault(sku, BigDecimal.ZERO);
    }

    /// What was sold of these together has left the stock of an article, one for one.
    void withStock(String sku, String... soldAs) {
        BigDecimal left = BigDecimal.ZERO;
        for (String one : soldAs) {
            left = left.subtract(sold(one));
        }
        awaitSame(plain(left), () -> plain(stock(sku)), "stock of " + sku);
    }

    private BigDecimal stock(String sku) {
        Answer answer = done(shop.ask("GET", "/api/stock/" + sku, ""));
        return answer.json().at("/stock/quantity").decimalValue();
    }

    private static String plain(BigDecimal quantity) {
        return quantity.signum() == 0 ? "0" : quantity.stripTrailingZeros().toPlainString();
    }

    /// Headquarters find nothing that does not agree; but no processor has told of any card yet.
    void withHeadquarters(Path folder) {
        InstantSource later = InstantSource.fixed(Instant.parse("2026-04-01T00:00:00Z"));
        try (MemoryDatabase copies =
                        new MemoryDatabase(
                                new MemoryDisk(), MemorySettings.defaults(), Faults.NONE, later);
                SqliteDatabase database =
                        SqliteDatabase.open(
                                folder.resolve("reconciliation.db"),
                                SqliteSettings.defaults(),
                                later,
                                Reconciliation.tables())) {
            shop.copyOwnStreams(copies);
            Reconciliation reconciliation =
                    new Reconciliation(database, later, new TimeOrderedIds(later, new Random(1)));
            Follower<SqliteTransaction> follower =
                    reconciliation.follower(
                            copies.source(StreamPattern.of("store-*/**"), "reconciliation"));
            while (follower.step() instanceof Steps.Step.Moved) {}
            assertEquals(List.of(), follower.parked());
            assertEquals(
                    List.of(),
                    reconciliation
                            .differences(Reconciliation.Which.OPEN, null, null, 0, 500)
                            .differences()
                            .stream()
                            .filter(it -> it.kind() != Difference.Kind.NOT_SETTLED)
                            .filter(it -> it.kind() != Difference.Kind.LATE_DECLINE)
                            .toList());
        }
    }

    /// What HQ gets says the same: what was paid, for what, and what it took from the shelves.
    void withStreams(String... stocked) {
        Map<String, Long> ordered = new TreeMap<>();
        Set<String> reversed = new TreeSet<>();
        Map<String, Long> paid = new TreeMap<>();
        Map<String, BigDecimal> moved = new TreeMap<>();
        shop.everyStream((stream, events) -> {
            for (JsonNode event : events) {
                JsonNode data = event.path("data");
                switch (stream + " " + event.path("type").asString().replaceFirst(".*\\.", "")) {
                    case "store-0042/orders OrderPaid" ->
                            ordered.put(
                                    data.at("/paid/id").asString(),
                                    data.at("/paid/total/amount").asLong());
                    case "store-0042/orders OrderVoided" ->
                            reversed.add(data.path("order").asString());
                    case "store-0042/payments PaymentCompleted" ->
                            paid.merge(
                                    data.path("order").asString(),
                                    sum(data.path("tenders"))
                                            - data.at("/change/amount").asLong()
                                            - data.at("/rounding/amount").asLong(),
                                    Long::sum);
                    case "store-0042/inventory GoodsSold", "store-0042/inventory SaleTakenBack" -> {
                        for (JsonNode movement : data.path("movements")) {
                            moved.merge(
                                    movement.path("sku").asString(),
                                    movement.path("quantity").decimalValue(),
                                    BigDecimal::add);
                        }
                    }
                    default -> {}
                }
            }
        });
        assertEquals(due, ordered, "store-0042/orders");
        assertEquals(takenBack, reversed, "store-0042/orders");
        due.forEach((order, amount) -> assertEquals(amount, paid.get(order), order));
        assertEquals(
                total,
                paid.values().stream().mapToLong(Long::longValue).sum(),
                "store-0042/payments");
        for (String sku : stocked) {
            assertEquals(plain(stock(sku)), plain(moved.getOrDefault(sku, BigDecimal.ZERO)), sku);
        }
    }
}
