package dev.skerry.hq.sales;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Fact;
import dev.skerry.context.Handle;
import dev.skerry.hq.sales.Sales.Row;
import dev.skerry.language.Json;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.orders.Figures.Figure;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.payments.TenderTakings;
import dev.skerry.language.payments.ZReport;
import dev.skerry.stream.sqlite.Migrations;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All SQL of this context. `figure`, `sale`, `journal`, `article` and `place` are built from orders alone, `business_day` and `z` from payments alone,
/// so that it does not matter which come first.
final class SalesTables implements Book.State<Object> {

    static final Migrations MIGRATIONS =
            new Migrations(
                    "sales",
                    List.of(
                            """
                            CREATE TABLE figure (
                              day TEXT NOT NULL,
                              kind TEXT NOT NULL,
                              store TEXT NOT NULL,
                              key TEXT NOT NULL,
                              currency TEXT NOT NULL,
                              count INTEGER NOT NULL,
                              quantity INTEGER NOT NULL,
                              amount INTEGER NOT NULL,
                              tax INTEGER NOT NULL,
                              PRIMARY KEY (day, kind, store, key, currency)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE sale (
                              store TEXT NOT NULL,
                              day TEXT NOT NULL,
                              offset INTEGER NOT NULL,
                              id TEXT NOT NULL,
                              at INTEGER NOT NULL,
                              total INTEGER NOT NULL,
                              voided INTEGER NOT NULL,
                              PRIMARY KEY (store, day, offset)
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX sale_id ON sale (id);
                            CREATE TABLE article (
                              sku TEXT PRIMARY KEY,
                              name TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE place (
                              store TEXT PRIMARY KEY,
                              currency TEXT NOT NULL,
                              ahead_minutes INTEGER NOT NULL,
                              last_at INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE business_day (
                              store TEXT NOT NULL,
                              day TEXT NOT NULL,
                              opened_at INTEGER,
                              closed_at INTEGER,
                              takings TEXT,
                              PRIMARY KEY (store, day)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE z (
                              store TEXT NOT NULL,
                              day TEXT NOT NULL,
                              till TEXT NOT NULL,
                              number INTEGER NOT NULL,
                              body TEXT NOT NULL,
                              PRIMARY KEY (store, day, till, number)
                            ) STRICT, WITHOUT ROWID;
                            """,
                            """
                            CREATE TABLE journal (
                              number INTEGER PRIMARY KEY,
                              store TEXT NOT NULL,
                              day TEXT NOT NULL,
                              offset INTEGER NOT NULL
                            ) STRICT;
                            CREATE INDEX journal_day ON journal (store, day);
                            """,
                            """
                            CREATE INDEX business_day_open ON business_day (store, day)
                              WHERE opened_at IS NOT NULL AND closed_at IS NULL;
                            """));

    /// A sale, and where it stands in its store's orders.
    record Sale(String store, LocalDate day, long offset, String id, boolean voided) {}

    /// @param aheadMinutes by how much the store's wall clock is ahead of UTC
    record Place(String store, Currency currency, int aheadMinutes, Instant lastAt) {}

    /// @param closedAt null while it is open
    record Day(
            @Nullable Instant openedAt, @Nullable Instant closedAt, List<TenderTakings> takings) {}

    private record Takings(List<TenderTakings> all) {}

    /// Nothing is published here.
    @Override
    public void apply(Fact<?> fact, Handle tables) {
        throw new IllegalStateException("sales publish nothing: " + fact.event());
    }

    @Override
    public void clear(Handle tables) {
        clearOrders(tables);
        clearPayments(tables);
    }

    static void clearOrders(Handle tables) {
        tables.execute("DELETE FROM figure");
        tables.execute("DELETE FROM sale");
        tables.execute("DELETE FROM journal");
        tables.execute("DELETE FROM article");
        tables.execute("DELETE FROM place");
    }

    static void clearPayments(Handle tables) {
        tables.execute("DELETE FROM business_day");
        tables.execute("DELETE FROM z");
    }

    // ---- from orders

    static void add(
            String store, LocalDate day, Currency currency, List<Figure> figures, Handle tables) {
        for (Figure figure : figures) {
            tables.execute(
                    "INSERT INTO figure (day, kind, store, key, currency, count, quantity, amount, tax)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                            + " count = count + excluded.count, quantity = quantity + excluded.quantity,"
                            + " amount = amount + excluded.amount, tax = tax + excluded.tax",
                    day.toString(),
                    figure.kind().name(),
                    store,
                    figure.key(),
                    currency.getCurrencyCode(),
                    figure.count(),
                    figure.quantity(),
                    figure.amount(),
                    figure.tax());
        }
    }

    /// @param keptDays sales of the store that are so much older are forgotten with the first one of a day
    static void remember(
            String store, Order order, long offset, Instant at, int keptDays, Handle tables) {
        String day = order.businessDay().toString();
        boolean first =
                tables.createQuery("SELECT 1 FROM sale WHERE store = ? AND day = ? LIMIT 1")
                        .bind(0, store)
                        .bind(1, day)
                        .mapTo(Integer.class)
                        .list()
                        .isEmpty();
        if (first) {
            tables.execute(
                    "DELETE FROM sale WHERE store = ? AND day < ?",
                    store,
                    order.businessDay().minusDays(keptDays).toString());
            tables.execute(
                    "DELETE FROM journal WHERE store = ? AND day < ?",
                    store,
                    order.businessDay().minusDays(keptDays).toString());
        }
        tables.execute(
                "INSERT INTO sale (store, day, offset, id, at, total, voided) VALUES (?, ?, ?, ?, ?, ?, 0)",
                store,
                day,
                offset,
                order.id(),
                at.toEpochMilli(),
                order.total().minor());
    }

    /// The next number, in the order in which HQ takes them.
    static void journal(String store, LocalDate day, long offset, Handle tables) {
        tables.execute(
                "INSERT INTO journal (store, day, offset) VALUES (?, ?, ?)",
                store,
                day.toString(),
                offset);
    }

    /// Where a transaction stands in its store's orders.
    record Entry(long number, String store, long offset) {}

    static List<Entry> entries(long after, int max, Handle tables) {
        return tables.createQuery(
                        "SELECT number, store, offset FROM journal WHERE number > ? ORDER BY number LIMIT ?")
                .bind(0, after)
                .bind(1, max)
                .map((row, _) -> new Entry(row.getLong(1), row.getString(2), row.getLong(3)))
                .list();
    }

    /// Stores that have sold anything on a day.
    static List<String> stores(LocalDate day, Handle tables) {
        return tables.createQuery(
                        "SELECT DISTINCT store FROM figure WHERE day = ? AND kind = 'TOTAL' ORDER BY store")
                .bind(0, day.toString())
                .mapTo(String.class)
                .list();
    }

    static void name(Map<Sku, OrderLine> articles, Handle tables) {
        articles.forEach((sku, line) ->
                tables.execute(
                        "INSERT INTO article (sku, name) VALUES (?, ?) ON CONFLICT DO UPDATE"
                                + " SET name = excluded.name WHERE name <> excluded.name",
                        sku.value(),
                        line.name()));
    }

    static void place(Place place, Handle tables) {
        tables.execute(
                "INSERT INTO place (store, currency, ahead_minutes, last_at) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET currency = excluded.currency,"
                        + " ahead_minutes = excluded.ahead_minutes, last_at = excluded.last_at"
                        + " WHERE excluded.last_at >= last_at",
                place.store(),
                place.currency().getCurrencyCode(),
                place.aheadMinutes(),
                place.lastAt().toEpochMilli());
    }

    static void voided(Sale sale, Handle tables) {
        tables.execute(
                "UPDATE sale SET voided = 1 WHERE store = ? AND day = ? AND offset = ?",
                sale.store(),
                sale.day().toString(),
                sale.offset());
    }

    static Optional<Sale> sale(String store, String id, Handle tables) {
        return tables.createQuery(
                        "SELECT store, day, offset, id, voided FROM sale WHERE id = ? AND store = ?")
                .bind(0, id)
                .bind(1, store)
                .map((row, _) ->
                        new Sale(
                                row.getString(1),
                                LocalDate.parse(row.getString(2)),
                                row.getLong(3),
                                row.getString(4),
                                row.getInt(5) == 1))
                .findOne();
    }

    /// In the order in which they were made, from an offset on.
    static List<Sale> sales(String store, LocalDate day, long from, int max, Handle tables) {
        return tables.createQuery(
                        "SELECT store, day, offset, id, voided FROM sale"
                                + " WHERE store = ? AND day = ? AND offset >= ? ORDER BY offset LIMIT ?")
                .bind(0, store)
                .bind(1, day.toString())
                .bind(2, from)
                .bind(3, max)
                .map((row, _) ->
                        new Sale(
                                row.getString(1),
                                LocalDate.parse(row.getString(2)),
                                row.getLong(3),
                                row.getString(4),
                                row.getInt(5) == 1))
                .list();
    }

    // ---- from payments

    static void opened(String store, LocalDate day, Instant at, Handle tables) {
        tables.execute(
                "INSERT INTO business_day (store, day, opened_at) VALUES (?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET opened_at = coalesce(opened_at, excluded.opened_at)",
                store,
                day.toString(),
                at.toEpochMilli());
    }

    static void closed(
            String store, LocalDate day, Instant at, List<TenderTakings> takings, Handle tables) {
        tables.execute(
                "INSERT INTO business_day (store, day, closed_at, takings) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET closed_at = excluded.closed_at, takings = excluded.takings",
                store,
                day.toString(),
                at.toEpochMilli(),
                Json.write(new Takings(takings)));
    }

    static void z(String store, ZReport z, Handle tables) {
        tables.execute(
                "REPLACE INTO z (store, day, till, number, body) VALUES (?, ?, ?, ?, ?)",
                store,
                z.day().toString(),
                z.till(),
                z.number(),
                Json.write(z));
    }

    // ---- questions

    static List<Place> places(Handle tables) {
        return tables.createQuery(
                        "SELECT store, currency, ahead_minutes, last_at FROM place ORDER BY store")
                .map((row, _) ->
                        new Place(
                                row.getString(1),
                                Currency.getInstance(row.getString(2)),
                                row.getInt(3),
                                Instant.ofEpochMilli(row.getLong(4))))
                .list();
    }

    /// Asked whenever a screen looks at today: days that are closed, which only get more, are not looked at.
    static final String OPEN_DAYS =
            "SELECT store, max(day) FROM business_day WHERE opened_at IS NOT NULL"
                    + " AND closed_at IS NULL GROUP BY store";

    /// By store, the latest day that was opened and not closed.
    static Map<String, LocalDate> openDays(Handle tables) {
        Map<String, LocalDate> all = new TreeMap<>();
        tables.createQuery(OPEN_DAYS)
                .map((row, _) -> all.put(row.getString(1), LocalDate.parse(row.getString(2))))
                .list();
        return all;
    }

    static Optional<Day> day(String store, LocalDate day, Handle tables) {
        return tables.createQuery(
                        "SELECT opened_at, closed_at, takings FROM business_day WHERE store = ? AND day = ?")
                .bind(0, store)
                .bind(1, day.toString())
                .map((row, _) -> {
                    long opened = row.getLong(1);
                    boolean isOpened = !row.wasNull();
                    long closed = row.getLong(2);
                    boolean isClosed = !row.wasNull();
                    String takings = row.getString(3);
                    return new Day(
                            isOpened ? Instant.ofEpochMilli(opened) : null,
                            isClosed ? Instant.ofEpochMilli(closed) : null,
                            takings == null ? List.of() : Json.read(takings, Takings.class).all());
                })
                .findOne();
    }

    static List<ZReport> zs(String store, LocalDate day, Handle tables) {
        return tables
                .createQuery("SELECT body FROM z WHERE store = ? AND day = ? ORDER BY till, number")
                .bind(0, store)
                .bind(1, day.toString())
                .mapTo(String.class)
                .list()
                .stream()
                .map(it -> Json.read(it, ZReport.class))
                .toList();
    }

    /// How many sales of a day were made after it was closed, and what they come to in minor units.
    record Late(long count, long minor) {}

    static Late late(String store, LocalDate day, Instant closedAt, Handle tables) {
        return tables.createQuery(
                        "SELECT count(*), coalesce(sum(total), 0) FROM sale"
                                + " WHERE store = ? AND day = ? AND at > ? AND voided = 0")
                .bind(0, store)
                .bind(1, day.toString())
                .bind(2, closedAt.toEpochMilli())
                .map((row, _) -> new Late(row.getLong(1), row.getLong(2)))
                .one();
    }

    /// Figures of one kind of one store on one day.
    static List<Row> rows(String store, LocalDate day, String kind, Handle tables) {
        return rows(
                "SELECT f.key, NULL, f.currency, f.count, f.quantity, f.amount, f.tax FROM figure f"
                        + " WHERE f.day = ? AND f.kind = ? AND f.store = ? ORDER BY f.key",
                List.of(day.toString(), kind, store),
                tables);
    }

    /// Sums by what stands for `key`.
    ///
    /// @param sql gives key, name, currency, count, quantity, amount, tax
    static List<Row> rows(String sql, List<Object> values, Handle tables) {
        var query = tables.createQuery(sql);
        for (int i = 0; i < values.size(); i++) {
            query.bind(i, values.get(i));
        }
        return query.map(
                        (row, _) -> {
                            Currency currency = Currency.getInstance(row.getString(3));
                            return new Row(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getLong(4),
                                    new Quantity(row.getLong(5)),
                                    new Money(row.getLong(6), currency),
                                    new Money(row.getLong(7), currency));
                        })
                .list();
    }

    private static final String SUMS =
            ", f.currency, sum(f.count), sum(f.quantity), sum(f.amount), sum(f.tax)";
    private static final String WHERE =
            " WHERE f.day BETWEEN ? AND ? AND f.kind = ? AND (? = '' OR f.store = ?)"
                    + " GROUP BY 1, f.currency ORDER BY ";
    private static final String LIMIT = " LIMIT ?";

    static final String BY_DAY =
            "SELECT f.day, NULL" + SUMS + " FROM figure f" + WHERE + "1, 3" + LIMIT;
    static final String BY_STORE =
            "SELECT f.store, NULL" + SUMS + " FROM figure f" + WHERE + "6 DESC, 1, 3" + LIMIT;
    static final String BY_HOUR =
            "SELECT substr(f.key, 1, 2), NULL" + SUMS + " FROM figure f" + WHERE + "1, 3" + LIMIT;
    static final String BY_KEY =
            "SELECT f.key, NULL" + SUMS + " FROM figure f" + WHERE + "6 DESC, 1, 3" + LIMIT;
    static final String BY_QUARTER =
            "SELECT f.key, NULL" + SUMS + " FROM figure f" + WHERE + "1, 3" + LIMIT;
    static final String BY_ARTICLE =
            "SELECT f.key, a.name"
                    + SUMS
                    + " FROM figure f LEFT JOIN article a ON a.sku = f.key"
                    + WHERE
                    + "6 DESC, 1, 3"
                    + LIMIT;

    /// A sum by store, of quarters of an hour before one.
    static final String BEFORE_QUARTER =
            "SELECT f.store, NULL"
                    + SUMS
                    + " FROM figure f WHERE f.day = ? AND f.kind = 'QUARTER' AND f.key < ?"
                    + " GROUP BY f.store, f.currency";

    static final String TOTALS =
            "SELECT f.store, NULL, f.currency, f.count, f.quantity, f.amount, f.tax"
                    + " FROM figure f WHERE f.day = ? AND f.kind = 'TOTAL'";
}
