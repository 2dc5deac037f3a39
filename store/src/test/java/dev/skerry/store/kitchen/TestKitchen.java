package dev.skerry.store.kitchen;

import dev.skerry.context.Book.Command;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.kitchen.KitchenEvent;
import dev.skerry.language.kitchen.KitchenScreenEvent;
import dev.skerry.language.kitchen.KitchenScreenEvent.TicketGone;
import dev.skerry.language.kitchen.KitchenScreenEvent.TicketShown;
import dev.skerry.language.kitchen.Ticket;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.Order.BookVersions;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.OrderCancelled;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderPlaced;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.language.orders.ReceiptNumber;
import dev.skerry.store.kitchen.Kitchen.Cook;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Follower;
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
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The kitchen of a store, and the orders that it follows. What is called `2-…` is of the second course, and what is called
/// `deposit` is none of the kitchen's business.
final class TestKitchen implements AutoCloseable, Kitchen.Goods {

    static final Instant NOON = Instant.parse("2026-03-02T11:00:00Z");
    static final Cook COOK = new Cook("cleo", "screen-1");

    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final StreamName ORDERS = StreamName.of("store-0042/orders");
    private static final Money NOTHING = Money.of(0, "EUR");

    private final Path folder;
    private final Kitchen.Rules rules;
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final InstantSource clock = now::get;
    private final AtomicInteger commands = new AtomicInteger();
    private final MemoryDatabase orders =
            new MemoryDatabase(new MemoryDisk(), MemorySettings.defaults(), Faults.NONE, clock);
    private SqliteDatabase database;
    private Kitchen kitchen;
    private Follower<SqliteTransaction> follower;

    TestKitchen(Path folder) {
        this(folder, Kitchen.Rules.defaults());
    }

    TestKitchen(Path folder, Kitchen.Rules rules) {
        this.folder = folder;
        this.rules = rules;
        orders.write(tx -> {
            tx.open(ORDERS, StreamSettings.keepAll());
            return true;
        });
        database = opened("kitchen.db");
        open();
    }

    private SqliteDatabase opened(String file) {
        return SqliteDatabase.open(
                folder.resolve(file), SqliteSettings.defaults(), clock, Kitchen.tables());
    }

    private void open() {
        kitchen =
                new Kitchen(
                        database,
                        "0042",
                        rules,
                        this,
                        clock,
                        new TimeOrderedIds(clock, new Random(5)));
        follower = kitchen.follower(orders.source(ORDERS, "kitchen"));
    }

    @Override
    public int course(Sku sku) {
        return sku.value().startsWith("2-") ? 2 : 1;
    }

    @Override
    public boolean concernsKitchen(Sku sku) {
        return !sku.value().equals("deposit");
    }

    Kitchen kitchen() {
        return kitchen;
    }

    Command command() {
        return new Command("c" + commands.incrementAndGet(), "same");
    }

    void later(Duration time) {
        now.set(now.get().plus(time));
    }

    @Override
    public void close() {
        database.close();
        orders.close();
    }

    /// A new machine has the kitchen's stream from HQ, and nothing else.
    void replaceMachine() {
        Read.Page page = (Read.Page) database.read(Kitchen.stream("0042"), 0, 1000, 10_000_000);
        database.close();
        database = opened("new.db");
        database.write(tx -> {
            tx.open(Kitchen.stream("0042"), StreamSettings.keepAll());
            page.events().forEach(it -> tx.append(Kitchen.stream("0042"), it.content()));
            return true;
        });
        open();
        follow();
    }

    // ---- orders

    private void publish(OrderEvent event) {
        append(event);
        follow();
    }

    private void append(OrderEvent event) {
        CloudEvent envelope =
                CloudEvent.of(
                                "e" + commands.incrementAndGet(),
                                ORDERS.value(),
                                OrderEvent.FORM.type(event),
                                clock.instant(),
                                OrderEvent.FORM.data(event))
                        .withSubject(event.order());
        orders.write(tx -> tx.append(ORDERS, CloudEvents.write(envelope)));
    }

    void follow() {
        while (follower.step() instanceof Steps.Step.Moved) {}
        if (follower.status().trouble() != null || !follower.parked().isEmpty()) {
            throw new AssertionError(follower.status() + " " + follower.parked());
        }
    }

    void place(String order, OrderSource source, OrderLine... lines) {
        publish(placed(order, source, lines));
    }

    /// The kitchen does not come to see it before [#follow].
    void placeUnseen(String order, OrderSource source, OrderLine... lines) {
        append(placed(order, source, lines));
    }

    private static OrderPlaced placed(String order, OrderSource source, OrderLine... lines) {
        return new OrderPlaced(
                order, source, "till-1", "7", DAY, "Table 4", Arrays.asList(lines), NOTHING);
    }

    void pay(String order, OrderSource source, OrderLine... lines) {
        publish(
                new OrderPaid(
                        new Order(
                                order,
                                source,
                                "till-1",
                                new ReceiptNumber("0042", "till-1", DAY, 1),
                                DAY,
                                LocalDateTime.of(2026, 3, 2, 12, 0),
                                "anna",
                                null,
                                null,
                                "7",
                                "Table 4",
                                Arrays.asList(lines),
                                List.of(),
                                List.of(),
                                NOTHING,
                                true,
                                List.of(),
                                NOTHING,
                                NOTHING,
                                new BookVersions("1", "1"),
                                true,
                                0,
                                List.of())));
    }

    void cancel(String order) {
        publish(new OrderCancelled(order, "anna", "changed their minds"));
    }

    void voidOrder(String order) {
        publish(
                new OrderVoided(
                        order,
                        new ReceiptNumber("0042", "till-1", DAY, 2),
                        "anna",
                        "meg",
                        "mistake",
                        List.of()));
    }

    static OrderLine line(String id, String sku, @Nullable String station, int count) {
        return line(id, null, sku, station, count, false);
    }

    static OrderLine line(
            String id,
            @Nullable String parent,
            String sku,
            @Nullable String station,
            int count,
            boolean voided) {
        return new OrderLine(
                id,
                parent,
                new Sku(sku),
                sku,
                Quantity.of(count),
                "PIECE",
                NOTHING,
                "CHAIN",
                NOTHING,
                NOTHING,
                List.of(),
                List.of(),
                "food",
                "Food",
                null,
                null,
                voided,
                station,
                null,
                null,
                null);
    }

    // ---- what it comes to

    /// The tickets of an order, each in a few words: `grill FIRED: burger 1`.
    List<String> tickets(String order) {
        return kitchen.order(order).stream().map(TestKitchen::text).toList();
    }

    static String text(Ticket ticket) {
        return ticket.station()
                + " "
                + ticket.state()
                + (ticket.supplement() ? " +" : "")
                + ": "
                + ticket.lines().stream()
                        .map(it ->
                                (it.parent() == null ? "" : "> ")
                                        + it.name()
                                        + (it.of() == null ? "" : " for " + it.of())
                                        + " "
                                        + it.wanted())
                        .collect(Collectors.joining(", "));
    }

    List<KitchenEvent> published() {
        return read(Kitchen.stream("0042"), KitchenEvent.FORM);
    }

    /// What a screen shows that reads its stream from the start.
    Map<String, Ticket> screen() {
        Map<String, Ticket> all = new TreeMap<>();
        for (KitchenScreenEvent event : read(Kitchen.SCREENS, KitchenScreenEvent.FORM)) {
            switch (event) {
                case TicketShown shown -> all.put(shown.key(), shown.ticket());
                case TicketGone gone -> all.remove(gone.key());
            }
        }
        return all;
    }

    private <E> List<E> read(StreamName stream, EventForm<E> form) {
        List<E> all = new ArrayList<>();
        Read.Page page = (Read.Page) database.read(stream, 0, 1000, 10_000_000);
        page.events().forEach(event -> all.add(form.read(CloudEvents.read(event)).orElseThrow()));
        return all;
    }

    /// All rows of all tables of the context.
    String dump() {
        StringBuilder all = new StringBuilder();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("kitchen.db"));
                var statement = connection.createStatement()) {
            for (String table : List.of("ticket", "kitchen_order", "shown", "command")) {
                all.append(table).append('\n');
                List<String> lines = new ArrayList<>();
                try (var rows = statement.executeQuery("SELECT * FROM " + table)) {
                    while (rows.next()) {
                        StringBuilder line = new StringBuilder();
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            line.append(rows.getString(i)).append('|');
                        }
                        lines.add(line.append('\n').toString());
                    }
                }
                Collections.sort(lines);
                lines.forEach(all::append);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return all.toString();
    }
}
