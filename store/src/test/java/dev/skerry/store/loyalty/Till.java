package dev.skerry.store.loyalty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.skerry.context.Book.Command;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.customers.CustomerEvent;
import dev.skerry.language.customers.CustomerEvent.CustomerChanged;
import dev.skerry.language.customers.CustomerEvent.PointsCounted;
import dev.skerry.language.loyalty.CustomerListEvent;
import dev.skerry.language.loyalty.LoyaltyEvent;
import dev.skerry.language.loyalty.OfferEvent;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.Order.BookVersions;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderLine.ReturnOf;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.language.orders.ReceiptNumber;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.Follower;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A store's loyalty with all that it follows, and a clock that is moved. For one thread, but for what it says of [#loyalty].
final class Till implements AutoCloseable {

    static final StreamName ORDERS = StreamName.of("store-0042/orders");
    static final StreamName OWN = Loyalty.stream("0042");
    static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final StreamName CUSTOMERS = StreamName.of(CustomerEvent.STREAM);
    private static final StreamName OFFERS = StreamName.of(OfferEvent.STREAM);
    private static final Currency EUR = Currency.getInstance("EUR");

    private final Path folder;
    private final SqliteDatabase link;
    private final SqliteDatabase orders;
    private SqliteDatabase database;
    private List<Steps> followers;
    private String file = "loyalty.db";
    private int commands;
    Instant now = Instant.parse("2026-03-02T10:00:00Z");
    boolean lineUp = true;
    Loyalty loyalty;
    final InstantSource clock = () -> now;

    Till(Path folder) {
        this.folder = folder;
        link = SqliteDatabase.open(folder.resolve("link.db"), SqliteSettings.defaults(), clock);
        orders = SqliteDatabase.open(folder.resolve("orders.db"), SqliteSettings.defaults(), clock);
        mirrorBegins(CUSTOMERS);
        mirrorBegins(OFFERS);
        orders.write(tx -> {
            tx.open(ORDERS, StreamSettings.keepAll());
            return true;
        });
        database = open();
        loyalty = made();
        followers = following();
    }

    private SqliteDatabase open() {
        return SqliteDatabase.open(
                folder.resolve(file), SqliteSettings.defaults(), clock, Loyalty.tables());
    }

    private Loyalty made() {
        return new Loyalty(
                database,
                new Loyalty.Site("0042", ZoneId.of("Europe/Berlin")),
                new LoyaltyPolicy(600, 1000),
                () -> lineUp,
                clock,
                new TimeOrderedIds(clock, new Random(1)));
    }

    private List<Steps> following() {
        LoyaltyFollowers all = new LoyaltyFollowers(loyalty);
        return List.of(
                all.customers(link.source(CUSTOMERS, "loyalty")),
                all.offers(link.source(OFFERS, "loyalty")),
                all.orders(orders.source(ORDERS, "loyalty")));
    }

    private void mirrorBegins(StreamName stream) {
        link.write(tx -> {
            if (tx.exists(stream)) {
                tx.delete(stream);
            }
            tx.open(stream, StreamSettings.compactedByKey());
            return true;
        });
    }

    /// Nothing was put aside.
    @Override
    public void close() {
        for (Steps follower : followers) {
            assertEquals(List.of(), ((Follower<?>) follower).parked());
        }
        database.close();
        orders.close();
        link.close();
    }

    void restart() {
        database.close();
        database = open();
        loyalty = made();
        followers = following();
    }

    /// Another machine takes over: it has what this context had published, from HQ, and nothing else.
    void replaced() {
        List<NewEvent> published = events().stream().map(Event::content).toList();
        database.close();
        file = "replaced.db";
        database = open();
        database.write(tx -> {
            tx.open(OWN, StreamSettings.keepAll());
            published.forEach(it -> tx.append(OWN, it));
            return true;
        });
        loyalty = made();
        followers = following();
        follow();
    }

    void customersBeginAnew() {
        mirrorBegins(CUSTOMERS);
    }

    Command command() {
        commands++;
        return new Command("c" + commands, "same");
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    // ---- what others publish

    void hq(CustomerEvent event) {
        publish(link, CUSTOMERS, CustomerEvent.FORM, event, event.key(), event.ends());
    }

    void hq(CustomerListEvent event) {
        publish(link, CUSTOMERS, CustomerListEvent.FORM, event, event.key(), false);
    }

    void hq(OfferEvent event) {
        publish(link, OFFERS, OfferEvent.FORM, event, event.key(), event.ends());
    }

    /// A customer with one card, `card-` and the id, and so many points.
    void customer(String id, String name, long points, String... segments) {
        hq(
                new CustomerChanged(
                        id, List.of("card-" + id), name, List.of(segments), null, null, false));
        hq(new PointsCounted(id, points, now));
    }

    void order(OrderEvent event) {
        publish(orders, ORDERS, OrderEvent.FORM, event, event.order(), false);
    }

    private <E> void publish(
            SqliteDatabase to,
            StreamName stream,
            EventForm<E> form,
            E event,
            String key,
            boolean ends) {
        CloudEvent envelope =
                CloudEvent.of("1", stream.value(), form.type(event), now, form.data(event))
                        .withSubject(key);
        to.write(tx ->
                tx.append(
                        stream,
                        CloudEvents.write(ends ? CloudEvents.deletionOf(envelope) : envelope)));
        follow();
    }

    private void follow() {
        for (Steps follower : followers) {
            while (follower.step() instanceof Steps.Step.Moved) {}
            assertNull(((Follower<?>) follower).status().trouble());
        }
    }

    // ---- orders

    static OrderVoided voided(String order) {
        return new OrderVoided(
                order,
                new ReceiptNumber("0042", "till-1", DAY, 1),
                "anna",
                "chief",
                "wrong",
                List.of());
    }

    /// @param cents what one line is sold for
    void sell(String id, @Nullable String customer, long points, long cents, String... coupons) {
        order(new OrderPaid(new Sale(id, customer, points).sold(cents).with(coupons).order()));
    }

    /// Cents of an earlier order come back.
    void giveBack(String id, String of, long cents) {
        order(new OrderPaid(new Sale(id, null, 0).returned(of, cents).order()));
    }

    /// An order on its way.
    static final class Sale {
        private final String id;
        private final @Nullable String customer;
        private final long points;
        private final List<OrderLine> lines = new ArrayList<>();
        private List<String> coupons = List.of();
        private long reward;

        Sale(String id, @Nullable String customer, long points) {
            this.id = id;
            this.customer = customer;
            this.points = points;
        }

        Sale sold(long cents) {
            lines.add(line(cents, null));
            return this;
        }

        Sale returned(String of, long cents) {
            lines.add(line(-cents, new ReturnOf(of, "l0")));
            return this;
        }

        Sale with(String... codes) {
            coupons = List.of(codes);
            return this;
        }

        Sale reward(long cents) {
            reward = cents;
            return this;
        }

        private OrderLine line(long cents, @Nullable ReturnOf of) {
            return new OrderLine(
                    "l" + lines.size(),
                    null,
                    new Sku("milk"),
                    "Milk",
                    cents < 0 ? Quantity.of(-1) : Quantity.ONE,
                    "PIECE",
                    eur(Math.abs(cents)),
                    "CHAIN",
                    eur(cents),
                    eur(cents),
                    List.of(),
                    List.of(),
                    "food",
                    "Food",
                    of,
                    of == null ? null : "sour",
                    false,
                    null,
                    null,
                    null,
                    null);
        }

        Order order() {
            return new Order(
                    id,
                    OrderSource.TILL,
                    "till-1",
                    new ReceiptNumber("0042", "till-1", DAY, id.hashCode()),
                    DAY,
                    DAY.atTime(11, 0),
                    "anna",
                    null,
                    customer,
                    null,
                    null,
                    lines,
                    reward == 0
                            ? List.of()
                            : List.of(
                                    new OrderDiscount("REWARD", "FIVE", "Five", eur(reward), null)),
                    List.of(),
                    eur(lines.stream().mapToLong(it -> it.net().minor()).sum()),
                    true,
                    List.of(),
                    eur(0),
                    eur(0),
                    new BookVersions("1", "1"),
                    true,
                    points,
                    coupons);
        }
    }

    private static Money eur(long cents) {
        return new Money(cents, EUR);
    }

    // ---- what has come of it

    List<Event> events() {
        List<Event> all = new ArrayList<>();
        long from = 0;
        while (database.read(OWN, from, 1000, 1 << 22) instanceof Read.Page page
                && page.next() > from) {
            all.addAll(page.events());
            from = page.next();
        }
        return all;
    }

    List<LoyaltyEvent> published() {
        return events().stream()
                .map(it -> LoyaltyEvent.FORM.read(CloudEvents.read(it)).orElseThrow())
                .toList();
    }

    long balance(String customer) {
        return loyalty.balance(customer, now).balance();
    }

    /// All tables that follow from the store's own events.
    String dump() {
        return dump("signup", "signup_card", "booking", "used_code", "reservation", "command");
    }

    /// All tables that are HQ's.
    String dumpOfHq() {
        return dump("customer", "card", "word", "list", "offer", "used_up");
    }

    private String dump(String... tables) {
        StringBuilder all = new StringBuilder();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
                var statement = connection.createStatement()) {
            for (String table : tables) {
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
            throw new IllegalStateException(e);
        }
        return all.toString();
    }
}
