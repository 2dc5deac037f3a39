package dev.skerry.hq.stock;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Fact;
import dev.skerry.context.Handle;
import dev.skerry.context.Query;
import dev.skerry.hq.stock.Stock.Article;
import dev.skerry.hq.stock.Stock.AtStore;
import dev.skerry.hq.stock.Stock.Which;
import dev.skerry.hq.stock.Transfer.Closed;
import dev.skerry.hq.stock.Transfer.State;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.inventory.ChainStockEvent;
import dev.skerry.language.inventory.ChainStockEvent.StoreStockChanged;
import dev.skerry.language.inventory.ChainStockEvent.StoreStockRemoved;
import dev.skerry.language.inventory.InventoryEvent.GoodsArrived;
import dev.skerry.language.inventory.InventoryEvent.GoodsSent;
import dev.skerry.language.inventory.StockLine;
import dev.skerry.language.inventory.TransferEvent.TransferClosed;
import dev.skerry.stream.sqlite.Migrations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All SQL of this context. `level` has a row for each article of each store, about 150 bytes; `transfer` grows by some rows a day and
/// store. `told` and `closed` are made of what this context publishes, all others of what it follows.
final class StockTables implements Book.State<Object> {

    static final Migrations MIGRATIONS =
            new Migrations(
                    "stock",
                    List.of(
                            """
                            CREATE TABLE level (
                              sku TEXT NOT NULL,
                              store TEXT NOT NULL,
                              quantity INTEGER NOT NULL,
                              counted_at INTEGER,
                              counted_by TEXT,
                              as_of INTEGER NOT NULL,
                              ran_out INTEGER NOT NULL DEFAULT 0,
                              PRIMARY KEY (sku, store)
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX level_of_store ON level (store, sku);
                            CREATE INDEX level_negative ON level (sku) WHERE quantity < 0;
                            CREATE INDEX level_out ON level (sku) WHERE ran_out = 1;
                            CREATE TABLE heard (
                              store TEXT PRIMARY KEY,
                              at INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE transfer (
                              sender TEXT NOT NULL,
                              document TEXT NOT NULL,
                              receiver TEXT NOT NULL,
                              sent_at INTEGER,
                              arrived_at INTEGER,
                              sent_by TEXT,
                              arrived_by TEXT,
                              differs INTEGER NOT NULL,
                              PRIMARY KEY (sender, document)
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX transfer_open ON transfer (receiver)
                              WHERE differs = 1;
                            CREATE TABLE transfer_line (
                              sender TEXT NOT NULL,
                              document TEXT NOT NULL,
                              sku TEXT NOT NULL,
                              sent INTEGER NOT NULL,
                              arrived INTEGER NOT NULL,
                              PRIMARY KEY (sender, document, sku)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE article (
                              sku TEXT PRIMARY KEY,
                              name TEXT NOT NULL,
                              search TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE told (
                              sku TEXT NOT NULL,
                              store TEXT NOT NULL,
                              quantity INTEGER NOT NULL,
                              PRIMARY KEY (sku, store)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE closed (
                              sender TEXT NOT NULL,
                              document TEXT NOT NULL,
                              reason TEXT NOT NULL,
                              by TEXT NOT NULL,
                              at INTEGER NOT NULL,
                              PRIMARY KEY (sender, document)
                            ) STRICT, WITHOUT ROWID;
                            """));

    // ---- what is published here

    @Override
    public void apply(Fact<?> fact, Handle tables) {
        switch (fact.event()) {
            case StoreStockChanged(String store, Sku sku, Quantity quantity, _) ->
                    tables.execute(
                            "REPLACE INTO told (sku, store, quantity) VALUES (?, ?, ?)",
                            sku.value(),
                            store,
                            quantity.thousandths());
            case StoreStockRemoved(String store, Sku sku) ->
                    tables.execute(
                            "DELETE FROM told WHERE sku = ? AND store = ?", sku.value(), store);
            case TransferClosed closed ->
                    tables.execute(
                            "REPLACE INTO closed (sender, document, reason, by, at)"
                                    + " VALUES (?, ?, ?, ?, ?)",
                            closed.sender(),
                            closed.document(),
                            closed.reason(),
                            closed.by(),
                            closed.at().toEpochMilli());
            default -> throw new IllegalArgumentException("no event of stock: " + fact.event());
        }
    }

    @Override
    public void clear(Handle tables) {
        tables.execute("DELETE FROM told");
        tables.execute("DELETE FROM closed");
    }

    @Override
    public @Nullable String key(Object event) {
        return event instanceof ChainStockEvent stock ? stock.key() : null;
    }

    @Override
    public boolean isDeletion(Object event) {
        return event instanceof ChainStockEvent stock && stock.ends();
    }

    static @Nullable Quantity told(String store, Sku sku, Handle tables) {
        return tables.createQuery("SELECT quantity FROM told WHERE sku = ? AND store = ?")
                .bind(0, sku.value())
                .bind(1, store)
                .mapTo(Long.class)
                .map(Quantity::new)
                .findOne()
                .orElse(null);
    }

    static List<String> toldOf(Sku sku, Handle tables) {
        return tables.createQuery("SELECT store FROM told WHERE sku = ? ORDER BY store")
                .bind(0, sku.value())
                .mapTo(String.class)
                .list();
    }

    // ---- what stores say

    static void forgetStores(Handle tables) {
        List.of("level", "heard", "transfer", "transfer_line")
                .forEach(table -> tables.execute("DELETE FROM " + table));
    }

    static void heard(String store, Instant at, Handle tables) {
        tables.execute(
                "INSERT INTO heard (store, at) VALUES (?, ?)"
                        + " ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
                store,
                at.toEpochMilli());
    }

    static Level level(String store, Sku sku, Handle tables) {
        return tables.createQuery(
                        "SELECT quantity, counted_at, counted_by FROM level WHERE sku = ? AND store = ?")
                .bind(0, sku.value())
                .bind(1, store)
                .map((row, _) ->
                        new Level(new Quantity(row.getLong(1)), instant(row, 2), row.getString(3)))
                .findOne()
                .orElse(Level.NOTHING);
    }

    static void save(String store, Sku sku, Level level, Instant asOf, Handle tables) {
        Instant counted = level.countedAt();
        tables.execute(
                "INSERT INTO level (sku, store, quantity, counted_at, counted_by, as_of)"
                        + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                        + " quantity = excluded.quantity, counted_at = excluded.counted_at,"
                        + " counted_by = excluded.counted_by, as_of = max(as_of, excluded.as_of)",
                sku.value(),
                store,
                level.quantity().thousandths(),
                counted == null ? null : counted.toEpochMilli(),
                level.countedBy(),
                asOf.toEpochMilli());
    }

    static void ranOut(String store, Sku sku, boolean out, Instant asOf, Handle tables) {
        tables.execute(
                "INSERT INTO level (sku, store, quantity, as_of, ran_out) VALUES (?, ?, 0, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET ran_out = excluded.ran_out",
                sku.value(),
                store,
                asOf.toEpochMilli(),
                out);
    }

    static void sent(String store, GoodsSent sent, Handle tables) {
        tables.execute(
                "INSERT INTO transfer (sender, document, receiver, sent_at, sent_by, differs)"
                        + " VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET"
                        + " receiver = excluded.receiver, sent_at = excluded.sent_at, sent_by = excluded.sent_by",
                store,
                sent.document(),
                sent.to(),
                sent.at().toEpochMilli(),
                sent.by());
        for (StockLine line : sent.lines()) {
            line(store, sent.document(), line, true, tables);
        }
        compare(store, sent.document(), tables);
    }

    static void arrived(String store, GoodsArrived arrived, Handle tables) {
        String document = arrived.sent();
        if (document == null) {
            document = "arrival " + store + " " + arrived.document();
        }
        tables.execute(
                "INSERT INTO transfer (sender, document, receiver, arrived_at, arrived_by, differs)"
                        + " VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET"
                        + " arrived_at = max(coalesce(arrived_at, 0), excluded.arrived_at),"
                        + " arrived_by = excluded.arrived_by",
                arrived.from(),
                document,
                store,
                arrived.at().toEpochMilli(),
                arrived.by());
        for (StockLine line : arrived.lines()) {
            line(arrived.from(), document, line, false, tables);
        }
        compare(arrived.from(), document, tables);
    }

    private static void line(
            String sender, String document, StockLine line, boolean sent, Handle tables) {
        long quantity = line.quantity().thousandths();
        tables.execute(
                "INSERT INTO transfer_line (sender, document, sku, sent, arrived)"
                        + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                        + " sent = sent + excluded.sent, arrived = arrived + excluded.arrived",
                sender,
                document,
                line.sku().value(),
                sent ? quantity : 0,
                sent ? 0 : quantity);
    }

    private static void compare(String sender, String document, Handle tables) {
        tables.execute(
                "UPDATE transfer SET differs = EXISTS (SELECT 1 FROM transfer_line l"
                        + " WHERE l.sender = transfer.sender AND l.document = transfer.document"
                        + " AND l.sent <> l.arrived) WHERE sender = ? AND document = ?",
                sender,
                document);
    }

    // ---- the catalogue

    static void name(Sku sku, String name, Handle tables) {
        tables.execute(
                "REPLACE INTO article (sku, name, search) VALUES (?, ?, ?)",
                sku.value(),
                name,
                (sku.value() + " " + name).toLowerCase(Locale.ROOT));
    }

    static void unname(Sku sku, Handle tables) {
        tables.execute("DELETE FROM article WHERE sku = ?", sku.value());
    }

    static void forgetNames(Handle tables) {
        tables.execute("DELETE FROM article");
    }

    // ---- questions

    private static final String ON_THE_WAY =
            "(SELECT coalesce(sum(l.sent), 0) FROM transfer t JOIN transfer_line l USING (sender, document)"
                    + " WHERE t.differs = 1 AND t.arrived_at IS NULL AND l.sku = known.sku%s"
                    + " AND NOT EXISTS (SELECT 1 FROM closed c WHERE c.sender = t.sender"
                    + " AND c.document = t.document))";

    private static String skus(Which which, boolean find, boolean store) {
        String of =
                switch (which) {
                    case ALL -> "SELECT DISTINCT sku FROM level WHERE TRUE";
                    case NEGATIVE -> "SELECT DISTINCT sku FROM level WHERE quantity < 0";
                    case OUT -> "SELECT DISTINCT sku FROM level WHERE ran_out = 1";
                };
        return of
                + (store ? " AND store = :store" : "")
                + (find
                        ? " AND (sku IN (SELECT sku FROM article WHERE instr(search, :find) > 0)"
                                + " OR instr(lower(sku), :find) > 0)"
                        : "");
    }

    private static Query bound(Query query, String find, @Nullable String store) {
        if (!find.isEmpty()) {
            query.bind("find", find.toLowerCase(Locale.ROOT));
        }
        return store == null ? query : query.bind("store", store);
    }

    static int count(Which which, String find, @Nullable String store, Handle tables) {
        return bound(
                        tables.createQuery(
                                "SELECT count(*) FROM ("
                                        + skus(which, !find.isEmpty(), store != null)
                                        + ")"),
                        find,
                        store)
                .mapTo(Integer.class)
                .one();
    }

    /// In the order of their SKUs.
    ///
    /// @param store the figures of that one alone; null for all
    static List<Article> articles(
            Which which, String find, @Nullable String store, int from, int max, Handle tables) {
        String mine = store == null ? "" : " AND store = :store";
        return bound(
                        tables.createQuery(
                                "SELECT known.sku, (SELECT name FROM article a WHERE a.sku = known.sku),"
                                        + " sum(quantity), count(*), sum(quantity < 0), sum(ran_out), min(as_of), "
                                        + ON_THE_WAY.formatted(
                                                store == null ? "" : " AND t.receiver = :store")
                                        + " FROM ("
                                        + skus(which, !find.isEmpty(), store != null)
                                        + " ORDER BY sku LIMIT :max OFFSET :from) known"
                                        + " JOIN level ON level.sku = known.sku"
                                        + mine
                                        + " GROUP BY known.sku ORDER BY known.sku"),
                        find,
                        store)
                .bind("max", max)
                .bind("from", from)
                .map((row, _) ->
                        new Article(
                                new Sku(row.getString(1)),
                                row.getString(2),
                                new Quantity(row.getLong(3)),
                                row.getInt(4),
                                row.getInt(5),
                                row.getInt(6),
                                Instant.ofEpochMilli(row.getLong(7)),
                                new Quantity(row.getLong(8))))
                .list();
    }

    static List<AtStore> stores(Sku sku, Handle tables) {
        return tables.createQuery(
                        "SELECT level.store, quantity, as_of, heard.at, counted_at, ran_out, "
                                + ON_THE_WAY
                                        .formatted(" AND t.receiver = level.store")
                                        .replace("known.sku", "level.sku")
                                + " FROM level JOIN heard ON heard.store = level.store"
                                + " WHERE sku = ? ORDER BY level.store")
                .bind(0, sku.value())
                .map((row, _) ->
                        new AtStore(
                                row.getString(1),
                                new Quantity(row.getLong(2)),
                                Instant.ofEpochMilli(row.getLong(3)),
                                Instant.ofEpochMilli(row.getLong(4)),
                                instant(row, 5),
                                row.getInt(6) == 1,
                                new Quantity(row.getLong(7))))
                .list();
    }

    static Optional<String> name(Sku sku, Handle tables) {
        return tables.createQuery("SELECT name FROM article WHERE sku = ?")
                .bind(0, sku.value())
                .mapTo(String.class)
                .findOne();
    }

    private static final String TRANSFER =
            "SELECT * FROM (SELECT t.sender AS sender, t.document AS document, t.receiver, t.sent_at, t.arrived_at,"
                    + " t.sent_by, t.arrived_by, c.reason, c.by, c.at, max(coalesce(t.sent_at, 0), coalesce(t.arrived_at, 0)) AS moment,"
                    + " CASE WHEN c.reason IS NOT NULL THEN 'CLOSED'"
                    + " WHEN t.differs = 0 THEN 'ARRIVED'"
                    + " WHEN t.sent_at IS NULL THEN 'UNANNOUNCED'"
                    + " WHEN t.arrived_at IS NOT NULL THEN 'DIFFERENT'"
                    + " WHEN t.sent_at < :lost THEN 'LOST' ELSE 'ON_THE_WAY' END AS state"
                    + " FROM transfer t LEFT JOIN closed c USING (sender, document))";

    /// The newest first.
    ///
    /// @param lost sent before, and not arrived: lost
    /// @param state null for all
    static List<Transfer> transfers(@Nullable State state, Instant lost, int max, Handle tables) {
        return tables.createQuery(
                        TRANSFER
                                + " WHERE :state IS NULL OR state = :state"
                                + " ORDER BY moment DESC, sender, document LIMIT :max")
                .bind("lost", lost.toEpochMilli())
                .bind("state", state == null ? null : state.name())
                .bind("max", max)
                .map((row, _) -> transfer(row, tables))
                .list();
    }

    static Optional<Transfer> transfer(
            String sender, String document, Instant lost, Handle tables) {
        return tables.createQuery(TRANSFER + " WHERE sender = :sender AND document = :document")
                .bind("lost", lost.toEpochMilli())
                .bind("sender", sender)
                .bind("document", document)
                .map((row, _) -> transfer(row, tables))
                .findOne();
    }

    private static Transfer transfer(ResultSet row, Handle tables) throws SQLException {
        String reason = row.getString(8);
        return new Transfer(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                State.valueOf(row.getString("state")),
                instant(row, 4),
                instant(row, 5),
                row.getString(6),
                row.getString(7),
                lines(row.getString(1), row.getString(2), tables),
                reason == null
                        ? null
                        : new Closed(
                                reason, row.getString(9), Instant.ofEpochMilli(row.getLong(10))));
    }

    private static List<Transfer.Line> lines(String sender, String document, Handle tables) {
        return tables.createQuery(
                        "SELECT l.sku, a.name, l.sent, l.arrived FROM transfer_line l"
                                + " LEFT JOIN article a ON a.sku = l.sku"
                                + " WHERE l.sender = ? AND l.document = ? ORDER BY l.sku")
                .bind(0, sender)
                .bind(1, document)
                .map((row, _) ->
                        new Transfer.Line(
                                new Sku(row.getString(1)),
                                row.getString(2),
                                new Quantity(row.getLong(3)),
                                new Quantity(row.getLong(4))))
                .list();
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(value);
    }
}
