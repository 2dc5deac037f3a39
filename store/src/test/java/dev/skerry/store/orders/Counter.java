package dev.skerry.store.orders;

import dev.skerry.context.Book.Command;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.inventory.Availability;
import dev.skerry.language.orders.Order.BookVersions;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderTender;
import dev.skerry.store.orders.Basket.Line;
import dev.skerry.store.orders.Orders.Settled;
import dev.skerry.store.orders.Pricer.Priced;
import dev.skerry.store.orders.Pricer.PricedLine;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.Follower;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.memory.Faults;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryDisk;
import dev.skerry.stream.memory.MemorySettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Orders in a store of a few articles with fixed prices and no promotions, where money is taken by word.
final class Counter implements AutoCloseable, Goods, Pricer {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z"));

    private static final Map<String, Long> PRICES =
            Map.ofEntries(
                    Map.entry("milk", 119L),
                    Map.entry("apples", 399L),
                    Map.entry("beer16", 99L),
                    Map.entry("empty", 8L),
                    Map.entry("vodka18", 999L),
                    Map.entry("burger", 890L),
                    Map.entry("fries", 290L),
                    Map.entry("cola", 250L),
                    Map.entry("shot", 80L),
                    Map.entry("bacon", 150L),
                    Map.entry("onion", 10L),
                    Map.entry("menu", 1150L));

    private static final StreamName PAYMENTS = StreamName.of("store-0042/payments");

    private final Path folder;

    /// What is made to order.
    final Map<Sku, Making> makings = new HashMap<>();

    /// What cannot be had as always.
    final Map<Sku, Availability> limited = new HashMap<>();

    private final AtomicInteger commands = new AtomicInteger();
    private SqliteDatabase database;
    private final MoneyBox box = new MoneyBox();
    private Orders orders;
    private Follower<SqliteTransaction> payments;

    Counter(Path folder) {
        this.folder = folder;
        open();
    }

    private void open() {
        database =
                SqliteDatabase.open(
                        folder.resolve("orders.db"),
                        SqliteSettings.defaults(),
                        CLOCK,
                        Orders.tables());
        orders =
                new Orders(
                        database,
                        new Orders.Site("0042", ZoneId.of("Europe/Berlin"), EUR),
                        this,
                        this,
                        (code, _) ->
                                code.equals("used")
                                        ? Optional.of("it was used already")
                                        : Optional.empty(),
                        OrderPolicy.defaults(EUR),
                        CLOCK,
                        new TimeOrderedIds(CLOCK, new Random(3)));
        payments = orders.payments(box.source(), box::settled);
    }

    private static final Currency EUR = Currency.getInstance("EUR");

    Orders orders() {
        return orders;
    }

    Command command() {
        return new Command("c" + commands.incrementAndGet(), "same");
    }

    void restart() {
        database.close();
        open();
    }

    @Override
    public void close() {
        database.close();
        box.database.close();
    }

    /// What was to be paid was paid in cash.
    void settle(String basket, LocalDate day) {
        settle(basket, day, "till-1", "CASH", null);
    }

    /// @param detail of the tender, as on the receipt
    void settle(String basket, LocalDate day, String till, String kind, @Nullable String detail) {
        Money total = ((BasketResult.Changed) orders.basket(basket)).basket().priced().total();
        box.take(
                new Settled(
                        basket,
                        day,
                        till,
                        "anna",
                        CLOCK.instant(),
                        List.of(new OrderTender("t", kind, total, detail)),
                        Money.zero(EUR),
                        Money.zero(EUR)));
        follow();
    }

    /// Money was taken for what this machine knows nothing of.
    void settleUnknown(String basket, LocalDate day) {
        box.take(
                new Settled(
                        basket,
                        day,
                        "till-1",
                        "anna",
                        CLOCK.instant(),
                        List.of(new OrderTender("u", "CASH", eur(500), null)),
                        Money.zero(EUR),
                        Money.zero(EUR)));
        follow();
    }

    /// The money of an order that is taken back has gone back.
    void giveBack(String order, Money total, LocalDate day) {
        box.take(
                new Settled(
                        Orders.voidPayment(order),
                        day,
                        "till-1",
                        "anna",
                        CLOCK.instant(),
                        List.of(new OrderTender("v", "CASH", total.negated(), null)),
                        Money.zero(EUR),
                        Money.zero(EUR)));
        follow();
    }

    /// A follower that begins anew finds nothing new.
    void settleAgain() {
        payments = orders.payments(box.source(), box::settled);
        follow();
    }

    private void follow() {
        while (payments.step() instanceof Steps.Step.Moved) {}
        if (payments.status().trouble() != null) {
            throw new AssertionError(payments.status());
        }
    }

    List<OrderEvent> published() {
        List<OrderEvent> all = new ArrayList<>();
        Read.Page page =
                (Read.Page) database.read(StreamName.of("store-0042/orders"), 0, 1000, 10_000_000);
        page.events()
                .forEach(event ->
                        all.add(OrderEvent.FORM.read(CloudEvents.read(event)).orElseThrow()));
        return all;
    }

    /// All rows of all tables of the context.
    String dump() {
        StringBuilder all = new StringBuilder();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("orders.db"));
                var statement = connection.createStatement()) {
            for (String table :
                    List.of(
                            "basket",
                            "closed_basket",
                            "paid",
                            "receipt",
                            "returned",
                            "voiding",
                            "guest_number",
                            "sent",
                            "command")) {
                all.append(table).append('\n');
                try (var rows =
                        statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1, 2")) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            all.append(rows.getString(i)).append('|');
                        }
                        all.append('\n');
                    }
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return all.toString();
    }

    // ---- the catalogue

    @Override
    public Found identify(String code, LocalDateTime at) {
        String[] parts = code.split(":", -1);
        if (parts[0].equals("recalled")) {
            return new Found.NotForSale("Soft cheese", "recalled");
        }
        return article(new Sku(parts[0]), at)
                .<Found>map(item ->
                        new Found.Known(
                                parts.length == 1
                                        ? item
                                        : item(parts[0], new Quantity(Long.parseLong(parts[1])))))
                .orElseGet(Found.Unknown::new);
    }

    @Override
    public Optional<Item> article(Sku sku, LocalDateTime at) {
        return PRICES.containsKey(sku.value())
                        || sku.value().equals("priceless")
                        || sku.value().equals("tenner")
                ? Optional.of(item(sku.value(), null))
                : Optional.empty();
    }

    @Override
    public Making making(Sku sku) {
        return makings.getOrDefault(sku, Making.NONE);
    }

    @Override
    public Availability availability(Sku sku) {
        return limited.getOrDefault(sku, Availability.full(sku));
    }

    private static Item item(String sku, @org.jspecify.annotations.Nullable Quantity quantity) {
        return new Item(
                new Sku(sku),
                sku,
                sku.equals("apples") ? "KILOGRAM" : "PIECE",
                sku.equals("apples"),
                quantity,
                null,
                List.of("Food"),
                "",
                List.of(),
                "standard",
                sku.endsWith("18") ? 18 : 0,
                !sku.equals("empty"),
                true,
                sku.startsWith("beer") ? new Sku("empty") : null,
                sku.startsWith("beer") ? 2 : 0,
                null,
                null,
                null,
                null);
    }

    // ---- the prices

    @Override
    public Priced price(Basket basket, ZonedDateTime at) {
        Map<String, PricedLine> lines = new HashMap<>();
        Money total = Money.zero(EUR);
        for (Line line : basket.live()) {
            String sku = line.item().sku().value();
            Money refund = line.refund();
            if (line.is(Line.Part.LEFT_OUT) || line.is(Line.Part.COMPONENT)) {
                lines.put(line.id(), priced(eur(0), eur(0), List.of()));
            } else if (refund != null) {
                lines.put(line.id(), priced(refund.negated(), refund.negated(), List.of()));
                total = total.minus(refund);
            } else if (sku.equals("tenner")) {
                // 10.00 over 7 units.
                List<Money> units = new ArrayList<>(java.util.Collections.nCopies(6, eur(143)));
                units.add(eur(142));
                lines.put(line.id(), priced(eur(143), eur(1000), units));
                total = total.plus(eur(1000));
            } else if (PRICES.containsKey(sku)) {
                Money unit = eur(PRICES.get(sku));
                Money net = unit.times(line.quantity());
                lines.put(line.id(), priced(unit, net, List.of()));
                total = total.plus(net);
            }
        }
        return new Priced(
                lines,
                List.of(),
                List.of(),
                total,
                true,
                new BookVersions("1", "1"),
                true,
                0,
                List.of(),
                List.of(),
                null);
    }

    private static PricedLine priced(Money unit, Money net, List<Money> units) {
        return new PricedLine(unit, unit, "CHAIN", net, net, units, List.of(), null);
    }

    private static Money eur(long cents) {
        return new Money(cents, EUR);
    }

    // ---- the payments

    /// Payments that only say what is settled.
    private static final class MoneyBox {

        private final MemoryDatabase database =
                new MemoryDatabase(new MemoryDisk(), MemorySettings.defaults(), Faults.NONE, CLOCK);
        private final List<Settled> all = new ArrayList<>();

        MoneyBox() {
            database.write(tx -> {
                tx.open(PAYMENTS, StreamSettings.keepAll());
                return true;
            });
        }

        void take(Settled settled) {
            all.add(settled);
            database.write(tx -> tx.append(PAYMENTS, NewEvent.of(settled.order())));
        }

        dev.skerry.stream.EventSource source() {
            return database.source(PAYMENTS, "payments");
        }

        Optional<Settled> settled(Event event) {
            String order = new String(event.payload().copy(), StandardCharsets.UTF_8);
            return all.stream().filter(it -> it.order().equals(order)).findFirst();
        }
    }
}
