package dev.skerry.store.reports;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Fact;
import dev.skerry.context.Handle;
import dev.skerry.language.Json;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.orders.Figures.Figure;
import dev.skerry.language.orders.Figures.Kind;
import dev.skerry.language.orders.Order;
import dev.skerry.store.reports.DayReport.Row;
import dev.skerry.stream.sqlite.Migrations;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/// All SQL of this context.
final class ReportsTables implements Book.State<Object> {

    /// Orders are kept as long as they may be taken back, which is on their own day; and a day longer, for one that closes late.
    private static final int ORDERS_KEPT_DAYS = 2;

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
                            """));

    /// Nothing is published here.
    @Override
    public void apply(Fact<?> fact, Handle tables) {
        throw new IllegalStateException("reports publish nothing: " + fact.event());
    }

    @Override
    public void clear(Handle tables) {
        tables.execute("DELETE FROM figure");
        tables.execute("DELETE FROM counted");
    }

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

    static List<Row> rows(LocalDate day, Kind kind, Currency currency, Handle tables) {
        return tables.createQuery(
                        "SELECT key, count, quantity, amount, tax FROM figure"
                                + " WHERE day = ? AND kind = ? ORDER BY key")
                .bind(0, day.toString())
                .bind(1, kind.name())
                .map((row, _) ->
                        new Row(
                                row.getString(1),
                                row.getLong(2),
                                new Quantity(row.getLong(3)),
                                new Money(row.getLong(4), currency),
                                new Money(row.getLong(5), currency)))
                .list();
    }
}
