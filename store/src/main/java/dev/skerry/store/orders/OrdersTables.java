package dev.skerry.store.orders;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Fact;
import dev.skerry.context.Handle;
import dev.skerry.context.Query;
import dev.skerry.language.Json;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.BasketAbandoned;
import dev.skerry.language.orders.OrderEvent.OrderCancelled;
import dev.skerry.language.orders.OrderEvent.OrderLeft;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderPlaced;
import dev.skerry.language.orders.OrderEvent.OrderSent;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.language.orders.ReceiptNumber;
import dev.skerry.store.orders.BasketEvent.BasketChanged;
import dev.skerry.store.orders.BasketEvent.BasketClosed;
import dev.skerry.store.orders.BasketEvent.OrderRehearsed;
import dev.skerry.store.orders.BasketEvent.RehearsalForgotten;
import dev.skerry.store.orders.BasketEvent.VoidBegun;
import dev.skerry.store.orders.BasketEvent.VoidEnded;
import dev.skerry.stream.sqlite.Migrations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// All SQL of this context. What is searched for has a column; the rest is in the JSON beside it.
final class OrdersTables implements Book.State<Object> {

    /// What the kitchen was told of an order is forgotten after this.
    private static final Period SENT_KEPT = Period.ofDays(7);

    /// So many orders of the journal are looked at with one question.
    private static final int JOURNAL_PAGE = 50;

    /// What was paid in cash is not farther from the total.
    private static final long CASH_ROUNDING_MINOR_MAX = 100;

    static final Migrations MIGRATIONS =
            new Migrations(
                    "orders",
                    List.of(
                            """
                            CREATE TABLE basket (
                              id TEXT PRIMARY KEY,
                              status TEXT NOT NULL,
                              changed_at INTEGER NOT NULL,
                              version INTEGER NOT NULL,
                              body TEXT NOT NULL
                            ) STRICT;
                            CREATE TABLE closed_basket (
                              id TEXT PRIMARY KEY,
                              outcome TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE paid (
                              id TEXT PRIMARY KEY,
                              receipt TEXT NOT NULL UNIQUE,
                              business_day TEXT NOT NULL,
                              till TEXT NOT NULL,
                              sequence INTEGER NOT NULL,
                              at TEXT NOT NULL,
                              cashier TEXT NOT NULL,
                              customer TEXT,
                              total INTEGER NOT NULL,
                              voided TEXT,
                              body TEXT NOT NULL,
                              UNIQUE (till, business_day, sequence)
                            ) STRICT;
                            CREATE INDEX paid_by_time ON paid (business_day, at);
                            CREATE TABLE receipt (
                              till TEXT NOT NULL,
                              business_day TEXT NOT NULL,
                              last INTEGER NOT NULL,
                              PRIMARY KEY (till, business_day)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE returned (
                              order_id TEXT NOT NULL,
                              line_id TEXT NOT NULL,
                              quantity INTEGER NOT NULL,
                              PRIMARY KEY (order_id, line_id)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE voiding (
                              order_id TEXT PRIMARY KEY,
                              body TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE guest_number (
                              day TEXT PRIMARY KEY,
                              last INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            """,
                            """
                            CREATE TABLE sent (
                              order_id TEXT PRIMARY KEY,
                              day TEXT NOT NULL,
                              body TEXT NOT NULL
                            ) STRICT;
                            CREATE INDEX sent_by_day ON sent (day);
                            """,
                            """
                            CREATE TABLE rehearsed (
                              id TEXT PRIMARY KEY,
                              at_offset INTEGER NOT NULL UNIQUE,
                              body TEXT NOT NULL
                            ) STRICT;
                            """,
                            """
                            CREATE INDEX paid_by_total ON paid (total, business_day);
                            """,
                            """
                            CREATE TABLE left_store (
                              order_id TEXT PRIMARY KEY,
                              body TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            """));

    // ---- the state, from events

    @Override
    public void apply(Fact<?> fact, Handle tables) {
        switch (fact.event()) {
            case BasketEvent event -> apply(event, fact.offset(), tables);
            case OrderEvent event -> apply(event, tables);
            default -> throw new IllegalArgumentException("no event of orders: " + fact.event());
        }
    }

    private static void apply(BasketEvent event, long offset, Handle tables) {
        switch (event) {
            case BasketChanged(Basket basket, _) ->
                    tables.execute(
                            "REPLACE INTO basket (id, status, changed_at, version, body)"
                                    + " VALUES (?, ?, ?, ?, ?)",
                            basket.id(),
                            basket.status().name(),
                            basket.changedAt().toEpochMilli(),
                            basket.version(),
                            Json.write(basket));
            case BasketClosed(String id, String outcome) -> {
                tables.execute("DELETE FROM basket WHERE id = ?", id);
                tables.execute(
                        "REPLACE INTO closed_basket (id, outcome) VALUES (?, ?)", id, outcome);
            }
            case VoidBegun begun ->
                    tables.execute(
                            "REPLACE INTO voiding (order_id, body) VALUES (?, ?)",
                            begun.order(),
                            Json.write(begun));
            case VoidEnded(String order) ->
                    tables.execute("DELETE FROM voiding WHERE order_id = ?", order);
            case OrderRehearsed(Order order) ->
                    tables.execute(
                            "REPLACE INTO rehearsed (id, at_offset, body) VALUES (?, ?, ?)",
                            order.id(),
                            offset,
                            Json.write(order));
            case RehearsalForgotten(String order) ->
                    tables.execute("DELETE FROM rehearsed WHERE id = ?", order);
        }
    }

    private static void apply(OrderEvent event, Handle tables) {
        switch (event) {
            case OrderPlaced placed -> numbered(placed.day(), tables);
            case OrderSent sent -> {
                tables.execute(
                        "DELETE FROM sent WHERE day < ?", sent.day().minus(SENT_KEPT).toString());
                tables.execute(
                        "REPLACE INTO sent (order_id, day, body) VALUES (?, ?, ?)",
                        sent.order(),
                        sent.day().toString(),
                        Json.write(sent));
            }
            case OrderPaid(Order paid) -> {
                tables.execute(
                        "INSERT INTO paid (id, receipt, business_day, till, sequence, at, cashier,"
                                + " customer, total, voided, body)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)",
                        paid.id(),
                        paid.receipt().toString(),
                        paid.businessDay().toString(),
                        paid.receipt().till(),
                        paid.receipt().sequence(),
                        paid.at().toString(),
                        paid.cashier(),
                        paid.customer(),
                        paid.total().minor(),
                        Json.write(paid));
                used(paid.receipt(), tables);
                LocalDate day = paid.numberedOn();
                if (day != null) {
                    numbered(day, tables);
                }
                paid.lines().forEach(line -> returned(line, tables));
            }
            case OrderVoided voided -> {
                tables.execute(
                        "UPDATE paid SET voided = ? WHERE id = ?",
                        Json.write(voided),
                        voided.order());
                used(voided.receipt(), tables);
            }
            case OrderLeft left ->
                    tables.execute(
                            "REPLACE INTO left_store (order_id, body) VALUES (?, ?)",
                            left.order(),
                            Json.write(left));
            case OrderCancelled _, OrderEvent.OrderLost _, BasketAbandoned _ -> {}
        }
    }

    private static void numbered(LocalDate day, Handle tables) {
        tables.execute(
                "INSERT INTO guest_number (day, last) VALUES (?, 1)"
                        + " ON CONFLICT DO UPDATE SET last = last + 1",
                day.toString());
    }

    private static void used(ReceiptNumber receipt, Handle tables) {
        tables.execute(
                "INSERT INTO receipt (till, business_day, last) VALUES (?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET last = excluded.last",
                receipt.till(),
                receipt.businessDay().toString(),
                receipt.sequence());
    }

    private static void returned(OrderLine line, Handle tables) {
        OrderLine.ReturnOf of = line.returnOf();
        if (of != null && !line.voided()) {
            tables.execute(
                    "INSERT INTO returned (order_id, line_id, quantity) VALUES (?, ?, ?)"
                            + " ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity",
                    of.order(),
                    of.line(),
                    line.quantity().abs().thousandths());
        }
    }

    @Override
    public void clear(Handle tables) {
        List.of(
                        "basket",
                        "closed_basket",
                        "paid",
                        "receipt",
                        "returned",
                        "voiding",
                        "guest_number",
                        "sent",
                        "rehearsed",
                        "left_store")
                .forEach(table -> tables.execute("DELETE FROM " + table));
    }

    @Override
    public @Nullable String key(Object event) {
        return switch (event) {
            case BasketChanged changed -> changed.basket().id();
            case BasketClosed closed -> closed.id();
            // Beside the basket that the order was.
            case VoidBegun begun -> "void " + begun.order();
            case VoidEnded ended -> "void " + ended.order();
            case OrderRehearsed rehearsed -> "rehearsal " + rehearsed.order().id();
            case RehearsalForgotten forgotten -> "rehearsal " + forgotten.order();
            case OrderEvent order -> order.order();
            default -> null;
        };
    }

    @Override
    public boolean isDeletion(Object event) {
        return event instanceof BasketClosed
                || event instanceof VoidEnded
                || event instanceof RehearsalForgotten;
    }

    // ---- questions

    static Optional<Basket> basket(String id, Handle tables) {
        return tables.createQuery("SELECT body FROM basket WHERE id = ?")
                .bind(0, id)
                .mapTo(String.class)
                .findOne()
                .map(body -> Json.read(body, Basket.class));
    }

    static Optional<Order> rehearsed(String id, Handle tables) {
        return tables.createQuery("SELECT body FROM rehearsed WHERE id = ?")
                .bind(0, id)
                .mapTo(String.class)
                .findOne()
                .map(body -> Json.read(body, Order.class));
    }

    /// All but the newest.
    static List<String> rehearsedBefore(int kept, Handle tables) {
        return tables.createQuery(
                        "SELECT id FROM rehearsed ORDER BY at_offset DESC LIMIT -1 OFFSET ?")
                .bind(0, kept)
                .mapTo(String.class)
                .list();
    }

    /// What the kitchen was told of an order last.
    static Optional<OrderSent> sent(String order, Handle tables) {
        return tables.createQuery("SELECT body FROM sent WHERE order_id = ?")
                .bind(0, order)
                .mapTo(String.class)
                .findOne()
                .map(body -> Json.read(body, OrderSent.class));
    }

    /// 0 if there is none.
    static long version(String id, Handle tables) {
        return tables.createQuery("SELECT version FROM basket WHERE id = ?")
                .bind(0, id)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /// The one changed last comes first. What is in a shopper's hands is nobody else's business until it is to be paid.
    static List<Basket> baskets(int max, Handle tables) {
        return tables.createQuery(
                        "SELECT body FROM basket WHERE status <> 'OPEN' OR json_extract(body, '$.source') <> ?"
                                + " OR json_extract(body, '$.device') <> id"
                                + " ORDER BY changed_at DESC, id LIMIT ?")
                .bind(0, OrderSource.SCAN_AND_GO.name())
                .bind(1, max)
                .mapTo(String.class)
                .map(body -> Json.read(body, Basket.class))
                .list();
    }

    /// Of shoppers who went away.
    static List<String> phoneBasketsUnchangedSince(Instant before, int max, Handle tables) {
        return tables.createQuery(
                        "SELECT id FROM basket WHERE changed_at < ? AND status IN ('OPEN', 'SUSPENDED')"
                                + " AND json_extract(body, '$.source') = ? LIMIT ?")
                .bind(0, before.toEpochMilli())
                .bind(1, OrderSource.SCAN_AND_GO.name())
                .bind(2, max)
                .mapTo(String.class)
                .list();
    }

    /// Paid on one of two days, with a telephone.
    static List<String> paidByPhone(LocalDate day, LocalDate other, Handle tables) {
        return tables.createQuery(
                        "SELECT id FROM paid WHERE business_day IN (?, ?) AND json_extract(body, '$.source') = ?")
                .bind(0, day.toString())
                .bind(1, other.toString())
                .bind(2, OrderSource.SCAN_AND_GO.name())
                .mapTo(String.class)
                .list();
    }

    static Optional<OrderLeft> left(String order, Handle tables) {
        return tables.createQuery("SELECT body FROM left_store WHERE order_id = ?")
                .bind(0, order)
                .mapTo(String.class)
                .findOne()
                .map(body -> Json.read(body, OrderLeft.class));
    }

    /// `paid` or `abandoned`; empty if there was no such basket.
    static Optional<String> outcome(String id, Handle tables) {
        return tables.createQuery("SELECT outcome FROM closed_basket WHERE id = ?")
                .bind(0, id)
                .mapTo(String.class)
                .findOne();
    }

    static Optional<PaidOrder> paid(String id, Handle tables) {
        return tables.createQuery("SELECT body, voided FROM paid WHERE id = ? OR receipt = ?")
                .bind(0, id)
                .bind(1, id)
                .map((row, _) -> paidOrder(row.getString(1), row.getString(2)))
                .findOne();
    }

    /// The last first.
    static List<PaidOrder> journal(JournalSearch search, Handle tables) {
        List<PaidOrder> found = new ArrayList<>();
        Optional<Place> place =
                Optional.ofNullable(search.older()).flatMap(it -> place(it, tables));
        while (found.size() < search.max()) {
            List<Row> page = journalPage(search, place, tables);
            page.stream()
                    .map(Row::paid)
                    .filter(it -> search.fits(it.order()))
                    .limit(search.max() - found.size())
                    .forEach(found::add);
            if (page.size() < JOURNAL_PAGE) {
                break;
            }
            place = Optional.of(page.getLast().place());
        }
        return found;
    }

    /// Where an order stands in the journal.
    private record Place(String day, String at, String receipt) {}

    private record Row(Place place, PaidOrder paid) {}

    private static Optional<Place> place(String order, Handle tables) {
        return tables.createQuery("SELECT business_day, at, receipt FROM paid WHERE id = ?")
                .bind(0, order)
                .map((row, _) -> place(row))
                .findOne();
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(
                row.getString("business_day"), row.getString("at"), row.getString("receipt"));
    }

    /// What fits as far as the database can tell.
    private static List<Row> journalPage(
            JournalSearch search, Optional<Place> after, Handle tables) {
        List<String> wanted = new ArrayList<>(List.of("business_day BETWEEN ? AND ?"));
        List<Object> values =
                new ArrayList<>(List.of(search.from().toString(), search.until().toString()));
        BiConsumer<String, @Nullable Object> and =
                (condition, value) -> {
                    if (value != null) {
                        wanted.add(condition);
                        values.add(value);
                    }
                };
        and.accept("till = ?", search.till());
        and.accept("cashier = ?", search.cashier());
        and.accept("substr(at, 12, 5) >= ?", minute(search.since()));
        and.accept("substr(at, 12, 5) < ?", minute(search.before()));
        and.accept("instr(body, ?) > 0", search.card());
        Money amount = search.amount();
        if (amount != null) {
            long least = Math.abs(amount.minor()) - CASH_ROUNDING_MINOR_MAX;
            long most = Math.abs(amount.minor()) + CASH_ROUNDING_MINOR_MAX;
            wanted.add("(total BETWEEN ? AND ? OR total BETWEEN ? AND ?)");
            values.addAll(List.of(least, most, -most, -least));
        }
        if (!search.plainText().isEmpty()) {
            wanted.add(
                    "instr(lower(receipt || ' ' || till || printf('-%04d ', sequence) || body), ?) > 0");
            values.add(search.plainText());
        }
        after.ifPresent(it -> {
            wanted.add("(business_day, at, receipt) < (?, ?, ?)");
            values.addAll(List.of(it.day(), it.at(), it.receipt()));
        });
        Query query =
                tables.createQuery(
                        "SELECT business_day, at, receipt, body, voided FROM paid WHERE "
                                + String.join(" AND ", wanted)
                                + " ORDER BY business_day DESC, at DESC, receipt DESC LIMIT "
                                + JOURNAL_PAGE);
        for (int i = 0; i < values.size(); i++) {
            query.bind(i, values.get(i));
        }
        return query.map((row, _) ->
                        new Row(
                                place(row),
                                paidOrder(row.getString("body"), row.getString("voided"))))
                .list();
    }

    private static @Nullable String minute(@Nullable LocalTime time) {
        return time == null ? null : "%02d:%02d".formatted(time.getHour(), time.getMinute());
    }

    private static PaidOrder paidOrder(String body, @Nullable String voided) {
        return new PaidOrder(
                Json.read(body, Order.class),
                voided == null ? null : Json.read(voided, OrderVoided.class));
    }

    static Optional<VoidBegun> voiding(String order, Handle tables) {
        return tables.createQuery("SELECT body FROM voiding WHERE order_id = ?")
                .bind(0, order)
                .mapTo(String.class)
                .findOne()
                .map(body -> Json.read(body, VoidBegun.class));
    }

    static boolean anyReturned(String order, Handle tables) {
        return tables.createQuery("SELECT count(*) FROM returned WHERE order_id = ?")
                        .bind(0, order)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    static Quantity returned(String order, String line, Handle tables) {
        return new Quantity(
                tables.createQuery(
                                "SELECT quantity FROM returned WHERE order_id = ? AND line_id = ?")
                        .bind(0, order)
                        .bind(1, line)
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L));
    }

    static int nextReceipt(String till, LocalDate day, Handle tables) {
        return 1
                + tables.createQuery("SELECT last FROM receipt WHERE till = ? AND business_day = ?")
                        .bind(0, till)
                        .bind(1, day.toString())
                        .mapTo(Integer.class)
                        .findOne()
                        .orElse(0);
    }

    static int nextGuestNumber(LocalDate day, Handle tables) {
        return 1
                + tables.createQuery("SELECT last FROM guest_number WHERE day = ?")
                        .bind(0, day.toString())
                        .mapTo(Integer.class)
                        .findOne()
                        .orElse(0);
    }
}
