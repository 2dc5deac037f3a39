package dev.skerry.store.reports;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Fact;
import dev.skerry.context.Handle;
import dev.skerry.context.Query;
import dev.skerry.language.Json;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.orders.Figures.Figure;
import dev.skerry.language.orders.Figures.Kind;
import dev.skerry.language.orders.Order;
import dev.skerry.store.reports.DayReport.Row;
import dev.skerry.stream.sqlite.Migrations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// All SQL of this context.
final class ReportsTables implements Book.State<Object> {

    /// Orders are kept as long as they may be taken back, which is on their own day; and a day longer, for one that closes late.
    private static final int ORDERS_KEPT_DAYS = 2;

    /// Exceptions are kept for as long as somebody may have to be asked about it: a store writes some hundred entries a day.
    private static final int EXCEPTIONS_KEPT_DAYS = 730;

    static final Migrations MIGRATIONS =
            new Migrations(
                    "reports",
                    List.of(
                            """
                            CREATE TABLE figure (
                              day TEXT NOT NULL,
                              kind TEXT NOT NULL,
                              key TEXT NOT NULL,
                              count INTEGER NOT NULL,
                              quantity INTEGER NOT NULL,
                              amount INTEGER NOT NULL,
                              tax INTEGER NOT NULL,
                              PRIMARY KEY (day, kind, key)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE counted (
                              id TEXT PRIMARY KEY,
                              day TEXT NOT NULL,
                              body TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX counted_on ON counted (day);
                            """,
                            """
                            CREATE TABLE exception_entry (
                              source TEXT NOT NULL,
                              at_offset INTEGER NOT NULL,
                              part INTEGER NOT NULL,
                              day TEXT NOT NULL,
                              at INTEGER NOT NULL,
                              kind TEXT NOT NULL,
                              device TEXT NOT NULL,
                              person TEXT NOT NULL,
                              approved_by TEXT,
                              amount INTEGER,
                              about_order TEXT,
                              shift TEXT,
                              detail TEXT NOT NULL,
                              PRIMARY KEY (source, at_offset, part)
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX exception_by_day ON exception_entry (day, at);
                            CREATE INDEX exception_by_shift ON exception_entry (shift, at) WHERE shift IS NOT NULL;
                            """));

    /// Nothing is published here.
    @Override
    public void apply(Fact<?> fact, Handle tables) {
        throw new IllegalStateException("reports publish nothing: " + fact.event());
    }

    @Override
    public void clear(Handle tables) {
        clearFigures(tables);
        tables.execute("DELETE FROM exception_entry");
    }

    static void clearFigures(Handle tables) {
        tables.execute("DELETE FROM figure");
        tables.execute("DELETE FROM counted");
    }

    // ---- exceptions

    /// @param source what was followed
    /// @param offset of the event
    static void note(String source, long offset, List<ExceptionEntry> entries, Handle tables) {
        for (int part = 0; part < entries.size(); part++) {
            ExceptionEntry entry = entries.get(part);
            Money amount = entry.amount();
            tables.execute(
                    "INSERT INTO exception_entry (source, at_offset, part, day, at, kind, device, person,"
                            + " approved_by, amount, about_order, shift, detail)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    source,
                    offset,
                    part,
                    entry.day().toString(),
                    entry.at().toEpochMilli(),
                    entry.kind().name(),
                    entry.device(),
                    entry.person(),
                    entry.approvedBy(),
                    amount == null ? null : amount.minor(),
                    entry.order(),
                    entry.shift(),
                    entry.detail());
            tables.execute(
                    "DELETE FROM exception_entry WHERE day < ?",
                    entry.day().minusDays(EXCEPTIONS_KEPT_DAYS).toString());
        }
    }

    static void clearExceptions(String source, Handle tables) {
        tables.execute("DELETE FROM exception_entry WHERE source = ?", source);
    }

    /// Empty if it is not known any more.
    static String till(String shift, Handle tables) {
        return tables.createQuery("SELECT device FROM exception_entry WHERE shift = ? AND kind = ?")
                .bind(0, shift)
                .bind(1, ExceptionEntry.Kind.CASH_FLOAT.name())
                .mapTo(String.class)
                .findOne()
                .orElse("");
    }

    /// The last first.
    static List<ExceptionEntry> exceptions(
            ExceptionSearch search, Currency currency, Handle tables) {
        List<String> wanted = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        LocalDate from = search.from();
        LocalDate until = search.until();
        if (from != null && until != null) {
            wanted.add("day BETWEEN ? AND ?");
            values.addAll(List.of(from.toString(), until.toString()));
        }
        if (search.shift() != null) {
            wanted.add("shift = ?");
            values.add(search.shift());
        }
        if (search.device() != null) {
            wanted.add("device = ?");
            values.add(search.device());
        }
        if (search.person() != null) {
            wanted.add("(person = ? OR approved_by = ?)");
            values.addAll(List.of(search.person(), search.person()));
        }
        if (!search.kinds().isEmpty()) {
            wanted.add(
                    search.kinds().stream()
                            .map(_ -> "?")
                            .collect(Collectors.joining(", ", "kind IN (", ")")));
            search.kinds().forEach(it -> values.add(it.name()));
        }
        Query query =
                tables.createQuery(
                        "SELECT day, at, kind, device, person, approved_by, amount, about_order,"
                                + " shift, detail FROM exception_entry WHERE "
                                + String.join(" AND ", wanted)
                                + " ORDER BY at DESC, source, at_offset DESC, part LIMIT "
                                + ExceptionSearch.LISTED_MAX);
        for (int i = 0; i < values.size(); i++) {
            query.bind(i, values.get(i));
        }
        return query.map((row, _) -> entry(row, currency)).list();
    }

    private static ExceptionEntry entry(ResultSet row, Currency currency) throws SQLException {
        long amount = row.getLong("amount");
        boolean none = row.wasNull();
        return new ExceptionEntry(
                LocalDate.parse(row.getString("day")),
                Instant.ofEpochMilli(row.getLong("at")),
                ExceptionEntry.Kind.valueOf(row.getString("kind")),
                row.getString("device"),
                row.getString("person"),
                row.getString("approved_by"),
                none ? null : new Money(amount, currency),
                row.getString("about_order"),
                row.getString("shift"),
                row.getString("detail"));
    }

    // ---- figures

    static void add(LocalDate day, List<Figure> figures, Handle tables) {
        for (Figure figure : figures) {
            tables.execute(
                    "INSERT INTO figure (day, kind, key, count, quantity, amount, tax)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                            + " count = count + excluded.count, quantity = quantity + excluded.quantity,"
                            + " amount = amount + excluded.amount, tax = tax + excluded.tax",
                    day.toString(),
                    figure.kind().name(),
                    figure.key(),
                    figure.count(),
                    figure.quantity(),
                    figure.amount(),
                    figure.tax());
        }
    }

    static void remember(Order order, Handle tables) {
        tables.execute(
                "INSERT INTO counted (id, day, body) VALUES (?, ?, ?)",
                order.id(),
                order.businessDay().toString(),
                Json.write(order));
        tables.execute(
                "DELETE FROM counted WHERE day < ?",
                order.businessDay().minusDays(ORDERS_KEPT_DAYS).toString());
    }

    static Optional<Order> counted(String id, Handle tables) {
        return tables.createQuery("SELECT body FROM counted WHERE id = ?")
                .bind(0, id)
                .mapTo(String.class)
                .findOne()
                .map(body -> Json.read(body, Order.class));
    }

    /// Of several days together.
    static List<Row> rows(
            LocalDate from, LocalDate until, Kind kind, Currency currency, Handle tables) {
        return tables.createQuery(
                        "SELECT key, sum(count), sum(quantity), sum(amount), sum(tax) FROM figure"
                                + " WHERE day BETWEEN ? AND ? AND kind = ? GROUP BY key ORDER BY key")
                .bind(0, from.toString())
                .bind(1, until.toString())
                .bind(2, kind.name())
                .map((row, _) -> row(row, currency))
                .list();
    }

    /// The totals of each.
    static List<Row> days(LocalDate from, LocalDate until, Currency currency, Handle tables) {
        return tables.createQuery(
                        "SELECT day, count, quantity, amount, tax FROM figure"
                                + " WHERE day BETWEEN ? AND ? AND kind = ? ORDER BY day")
                .bind(0, from.toString())
                .bind(1, until.toString())
                .bind(2, Kind.TOTAL.name())
                .map((row, _) -> row(row, currency))
                .list();
    }

    private static Row row(ResultSet row, Currency currency) throws SQLException {
        return new Row(
                row.getString(1),
                row.getLong(2),
                new Quantity(row.getLong(3)),
                new Money(row.getLong(4), currency),
                new Money(row.getLong(5), currency));
    }
}
