package dev.skerry.store.inventory;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Fact;
import dev.skerry.context.Handle;
import dev.skerry.context.Query;
import dev.skerry.language.Json;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.inventory.Availability;
import dev.skerry.language.inventory.AvailabilityEvent;
import dev.skerry.language.inventory.AvailabilityEvent.AvailabilityChanged;
import dev.skerry.language.inventory.AvailabilityEvent.AvailabilityRestored;
import dev.skerry.language.inventory.ChainStockEvent;
import dev.skerry.language.inventory.ChainStockEvent.StoreStockChanged;
import dev.skerry.language.inventory.ChainStockEvent.StoreStockRemoved;
import dev.skerry.language.inventory.CountLine;
import dev.skerry.language.inventory.InventoryEvent;
import dev.skerry.language.inventory.InventoryEvent.Cause;
import dev.skerry.language.inventory.InventoryEvent.GoodsAdjusted;
import dev.skerry.language.inventory.InventoryEvent.GoodsArrived;
import dev.skerry.language.inventory.InventoryEvent.GoodsCounted;
import dev.skerry.language.inventory.InventoryEvent.GoodsReceived;
import dev.skerry.language.inventory.InventoryEvent.GoodsSent;
import dev.skerry.language.inventory.InventoryEvent.GoodsSold;
import dev.skerry.language.inventory.InventoryEvent.GoodsWasted;
import dev.skerry.language.inventory.InventoryEvent.ItemBackInStock;
import dev.skerry.language.inventory.InventoryEvent.ItemRanOut;
import dev.skerry.language.inventory.InventoryEvent.SaleTakenBack;
import dev.skerry.language.inventory.InventoryEvent.ThresholdSet;
import dev.skerry.language.inventory.Movement;
import dev.skerry.language.inventory.MovementKind;
import dev.skerry.store.inventory.Inventory.Elsewhere;
import dev.skerry.store.inventory.Inventory.LedgerEntry;
import dev.skerry.store.inventory.Inventory.Stock;
import dev.skerry.stream.sqlite.Migrations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All SQL of this context.
///
/// The ledger is in the order of what happened: an entry that becomes known late is put in its place. A count's entry holds the
/// difference it found. Whatever is put in before a count changes that difference, and no figure after it; so the entries of an article
/// always add up to its stock.
///
/// `entry` grows by about 120 bytes with its index for each line sold: 1 GB a year in a store with 5,000 sales of five lines a day. It is kept,
/// because a count or a delivery that becomes known late is compared with what the books said then, and a sale that is taken back
/// with what it had moved. `document` grows by some dozen rows a day; all other tables are as large as the assortment.
final class InventoryTables implements Book.State<Object> {

    static final Migrations MIGRATIONS =
            new Migrations(
                    "inventory",
                    List.of(
                            """
                            CREATE TABLE entry (
                              sku TEXT NOT NULL,
                              at INTEGER NOT NULL,
                              is_count INTEGER NOT NULL,
                              source TEXT NOT NULL,
                              document TEXT NOT NULL,
                              place INTEGER NOT NULL,
                              kind TEXT NOT NULL,
                              quantity INTEGER NOT NULL,
                              counted INTEGER,
                              line TEXT,
                              made_into TEXT,
                              lot TEXT,
                              PRIMARY KEY (sku, at, is_count, document, source, place)
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX entry_of_document ON entry (document, source);
                            CREATE INDEX entry_counted ON entry (sku, at, document) WHERE is_count = 1;
                            CREATE TABLE stock (
                              sku TEXT PRIMARY KEY,
                              quantity INTEGER NOT NULL,
                              counted_at INTEGER,
                              negative_since INTEGER
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX stock_negative ON stock (sku) WHERE quantity < 0;
                            CREATE TABLE document (
                              id TEXT PRIMARY KEY,
                              kind TEXT NOT NULL,
                              at INTEGER NOT NULL,
                              body TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX document_by_time ON document (kind, at);
                            CREATE TABLE item (
                              sku TEXT PRIMARY KEY,
                              threshold INTEGER,
                              out_by TEXT,
                              out_since INTEGER,
                              trusted INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX item_out ON item (sku) WHERE out_by IS NOT NULL;
                            CREATE TABLE availability (
                              sku TEXT PRIMARY KEY,
                              at INTEGER NOT NULL,
                              body TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE article (
                              sku TEXT PRIMARY KEY,
                              body TEXT NOT NULL,
                              deposit TEXT
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX article_deposit ON article (deposit) WHERE deposit IS NOT NULL;
                            CREATE TABLE uses (
                              used TEXT NOT NULL,
                              article TEXT NOT NULL,
                              PRIMARY KEY (used, article)
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX uses_of ON uses (article);
                            CREATE TABLE elsewhere (
                              sku TEXT NOT NULL,
                              store TEXT NOT NULL,
                              quantity INTEGER NOT NULL,
                              as_of INTEGER NOT NULL,
                              PRIMARY KEY (sku, store)
                            ) STRICT, WITHOUT ROWID;
                            """));

    private static final String SALE = "SALE";
    private static final String VOID = "VOID";

    // ---- the state, from events

    @Override
    public void apply(Fact<?> fact, Handle tables) {
        switch (fact.event()) {
            case InventoryEvent event -> apply(event, fact.at(), tables);
            case AvailabilityChanged(Availability availability, Instant at) ->
                    tables.execute(
                            "REPLACE INTO availability (sku, at, body) VALUES (?, ?, ?)",
                            availability.sku().value(),
                            at.toEpochMilli(),
                            Json.write(availability));
            case AvailabilityRestored restored ->
                    tables.execute(
                            "DELETE FROM availability WHERE sku = ?", restored.sku().value());
            default -> throw new IllegalArgumentException("no event of inventory: " + fact.event());
        }
    }

    private static void apply(InventoryEvent event, Instant known, Handle tables) {
        switch (event) {
            case GoodsSold sold ->
                    new Entering(sold.at(), SALE, sold.order(), known, tables)
                            .enter(sold.movements());
            case SaleTakenBack back ->
                    new Entering(back.at(), VOID, back.order(), known, tables)
                            .enter(back.movements());
            case GoodsReceived it ->
                    document(StockDocument.of(it), tables, known)
                            .enter(Selling.moved(it.lines(), MovementKind.RECEIVED));
            case GoodsArrived it ->
                    document(StockDocument.of(it), tables, known)
                            .enter(Selling.moved(it.lines(), MovementKind.ARRIVED));
            case GoodsSent it ->
                    document(StockDocument.of(it), tables, known)
                            .enter(Selling.moved(it.lines(), MovementKind.SENT));
            case GoodsWasted it ->
                    document(StockDocument.of(it), tables, known).enter(it.movements());
            case GoodsAdjusted it ->
                    document(StockDocument.of(it), tables, known).enter(it.movements());
            case GoodsCounted it -> {
                Entering entering = document(StockDocument.of(it), tables, known);
                it.lines().forEach(entering::count);
            }
            case ItemRanOut(Sku sku, Cause cause, _, Instant at, _) -> {
                item(sku, tables);
                tables.execute(
                        "UPDATE item SET out_by = ?, out_since = ?, trusted = 0 WHERE sku = ?",
                        cause.name(),
                        at.toEpochMilli(),
                        sku.value());
            }
            case ItemBackInStock(Sku sku, Cause cause, Quantity stock, _, _) -> {
                item(sku, tables);
                tables.execute(
                        "UPDATE item SET out_by = NULL, out_since = NULL,"
                                + " trusted = CASE WHEN ? AND threshold >= ? THEN 1 ELSE 0 END"
                                + " WHERE sku = ?",
                        cause == Cause.HAND,
                        stock.thousandths(),
                        sku.value());
            }
            case ThresholdSet(Sku sku, Quantity threshold, _) -> {
                item(sku, tables);
                tables.execute(
                        "UPDATE item SET threshold = ?, trusted = 0 WHERE sku = ?",
                        threshold == null ? null : threshold.thousandths(),
                        sku.value());
            }
        }
    }

    private static void item(Sku sku, Handle tables) {
        tables.execute("INSERT OR IGNORE INTO item (sku, trusted) VALUES (?, 0)", sku.value());
    }

    private static Entering document(StockDocument document, Handle tables, Instant known) {
        tables.execute(
                "INSERT INTO document (id, kind, at, body) VALUES (?, ?, ?, ?)",
                document.id(),
                document.kind().name(),
                document.at().toEpochMilli(),
                Json.write(document));
        return new Entering(document.at(), document.kind().name(), document.id(), known, tables);
    }

    /// Puts the entries of one document into the ledger.
    private static final class Entering {

        private final Instant at;
        private final String source;
        private final String document;
        private final Instant known;
        private final Handle tables;
        private int place;

        Entering(Instant at, String source, String document, Instant known, Handle tables) {
            this.at = at;
            this.source = source;
            this.document = document;
            this.known = known;
            this.tables = tables;
        }

        void enter(List<Movement> movements) {
            movements.forEach(it -> {
                insert(
                        it.sku(),
                        at.toEpochMilli(),
                        it.kind(),
                        it.quantity().thousandths(),
                        null,
                        it.line(),
                        it.madeInto(),
                        it.lot());
                carry(it.sku(), at.toEpochMilli(), "", it.quantity().thousandths());
            });
        }

        void count(CountLine line) {
            long moment = line.at().toEpochMilli();
            long found = line.counted().thousandths();
            long difference = found - expectedAt(line.sku(), moment, document, tables);
            insert(line.sku(), moment, MovementKind.COUNTED, difference, found, null, null, null);
            carry(line.sku(), moment, document, difference);
            tables.execute(
                    "UPDATE stock SET counted_at = max(coalesce(counted_at, 0), ?) WHERE sku = ?",
                    moment,
                    line.sku().value());
        }

        private void insert(
                Sku sku,
                long moment,
                MovementKind kind,
                long quantity,
                @Nullable Long counted,
                @Nullable String line,
                @Nullable Sku madeInto,
                @Nullable String lot) {
            tables.execute(
                    "INSERT INTO entry (sku, at, is_count, source, document, place, kind, quantity,"
                            + " counted, line, made_into, lot)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    sku.value(),
                    moment,
                    counted == null ? 0 : 1,
                    source,
                    document,
                    place++,
                    kind.name(),
                    quantity,
                    counted,
                    line,
                    madeInto == null ? null : madeInto.value(),
                    lot);
        }

        /// What changes before a count makes that count's difference another; what changes after the last one changes the stock.
        ///
        /// @param after the count that changes it; empty for a movement, which comes before all counts of its moment
        private void carry(Sku sku, long moment, String after, long change) {
            int counts =
                    tables.execute(
                            "UPDATE entry SET quantity = quantity - ? WHERE is_count = 1 AND sku = ?"
                                    + " AND (at, document) = (SELECT at, document FROM entry"
                                    + " WHERE is_count = 1 AND sku = ? AND (at, document) > (?, ?)"
                                    + " ORDER BY at, document LIMIT 1)",
                            change,
                            sku.value(),
                            sku.value(),
                            moment,
                            after);
            tables.execute(
                    "INSERT INTO stock (sku, quantity) VALUES (?, ?)"
                            + " ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity",
                    sku.value(),
                    counts == 0 ? change : 0);
            tables.execute(
                    "UPDATE stock SET negative_since ="
                            + " CASE WHEN quantity < 0 THEN coalesce(negative_since, ?) END"
                            + " WHERE sku = ?",
                    known.toEpochMilli(),
                    sku.value());
            tables.execute(
                    "UPDATE item SET trusted = 0 WHERE sku = ? AND trusted = 1 AND threshold <"
                            + " (SELECT quantity FROM stock WHERE stock.sku = item.sku)",
                    sku.value());
        }
    }

    @Override
    public void clear(Handle tables) {
        List.of("entry", "stock", "document", "item", "availability")
                .forEach(table -> tables.execute("DELETE FROM " + table));
    }

    @Override
    public @Nullable String key(Object event) {
        return switch (event) {
            case AvailabilityEvent availability -> availability.key();
            case GoodsSold sold -> sold.order();
            case SaleTakenBack back -> back.order();
            case GoodsReceived it -> it.document();
            case GoodsWasted it -> it.document();
            case GoodsAdjusted it -> it.document();
            case GoodsCounted it -> it.document();
            case GoodsSent it -> it.document();
            case GoodsArrived it -> it.document();
            case ItemRanOut it -> it.sku().value();
            case ItemBackInStock it -> it.sku().value();
            case ThresholdSet it -> it.sku().value();
            default -> null;
        };
    }

    @Override
    public boolean isDeletion(Object event) {
        return event instanceof AvailabilityEvent availability && availability.ends();
    }

    // ---- what HQ publishes

    static void save(Product product, Handle tables) {
        Sku deposit = product.deposit();
        tables.execute(
                "REPLACE INTO article (sku, body, deposit) VALUES (?, ?, ?)",
                product.sku().value(),
                Json.write(product),
                deposit == null ? null : deposit.value());
        tables.execute("DELETE FROM uses WHERE article = ?", product.sku().value());
        for (Sku used : product.uses()) {
            tables.execute(
                    "INSERT INTO uses (used, article) VALUES (?, ?)",
                    used.value(),
                    product.sku().value());
        }
    }

    static void remove(Sku sku, Handle tables) {
        tables.execute("DELETE FROM article WHERE sku = ?", sku.value());
        tables.execute("DELETE FROM uses WHERE article = ?", sku.value());
    }

    static void forgetArticles(Handle tables) {
        tables.execute("DELETE FROM article");
        tables.execute("DELETE FROM uses");
    }

    static void elsewhere(ChainStockEvent event, Handle tables) {
        switch (event) {
            case StoreStockChanged(String store, Sku sku, Quantity quantity, Instant asOf) ->
                    tables.execute(
                            "REPLACE INTO elsewhere (sku, store, quantity, as_of) VALUES (?, ?, ?, ?)",
                            sku.value(),
                            store,
                            quantity.thousandths(),
                            asOf.toEpochMilli());
            case StoreStockRemoved(String store, Sku sku) ->
                    tables.execute(
                            "DELETE FROM elsewhere WHERE sku = ? AND store = ?",
                            sku.value(),
                            store);
        }
    }

    static void forgetElsewhere(Handle tables) {
        tables.execute("DELETE FROM elsewhere");
    }

    static Optional<Product> product(Sku sku, Handle tables) {
        return tables.createQuery("SELECT body FROM article WHERE sku = ?")
                .bind(0, sku.value())
                .mapTo(String.class)
                .findOne()
                .map(body -> Json.read(body, Product.class));
    }

    static boolean isDeposit(Sku sku, Handle tables) {
        return exists("SELECT 1 FROM article WHERE deposit = ?", tables, sku.value());
    }

    /// These, and all articles whose availability may depend on them.
    static Set<Sku> usersOf(Collection<Sku> skus, Handle tables) {
        return new TreeSet<>(
                tables.createQuery(
                                "WITH RECURSIVE up (sku) AS (SELECT value FROM json_each(?)"
                                        + " UNION SELECT uses.article FROM uses JOIN up ON uses.used = up.sku)"
                                        + " SELECT sku FROM up")
                        .bind(0, Json.write(skus))
                        .mapTo(String.class)
                        .map(Sku::new)
                        .list());
    }

    /// Articles that cannot be had as always, and that the catalogue does not have any more.
    static List<Sku> leftOver(Handle tables) {
        return tables.createQuery(
                        "SELECT sku FROM availability WHERE sku NOT IN (SELECT sku FROM article)")
                .mapTo(String.class)
                .map(Sku::new)
                .list();
    }

    // ---- questions

    static boolean isSold(String order, Handle tables) {
        return isEntered(SALE, order, tables);
    }

    static boolean isTakenBack(String order, Handle tables) {
        return isEntered(VOID, order, tables);
    }

    private static boolean isEntered(String source, String document, Handle tables) {
        return exists(
                "SELECT 1 FROM entry WHERE source = ? AND document = ?", tables, source, document);
    }

    private static boolean exists(String query, Handle tables, Object... values) {
        var asked = tables.createQuery("SELECT EXISTS (" + query + ")");
        for (int i = 0; i < values.length; i++) {
            asked.bind(i, values[i]);
        }
        return asked.mapTo(Integer.class).one() == 1;
    }

    /// What an order moved.
    static List<Movement> sold(String order, Handle tables) {
        return tables.createQuery(
                        "SELECT sku, kind, quantity, line, made_into, lot FROM entry"
                                + " WHERE source = ? AND document = ? ORDER BY place")
                .bind(0, SALE)
                .bind(1, order)
                .map((row, _) ->
                        new Movement(
                                new Sku(row.getString(1)),
                                MovementKind.valueOf(row.getString(2)),
                                new Quantity(row.getLong(3)),
                                row.getString(4),
                                sku(row.getString(5)),
                                row.getString(6)))
                .list();
    }

    private static @Nullable Sku sku(@Nullable String value) {
        return value == null ? null : new Sku(value);
    }

    /// What the books say of a moment, as a count of this document finds them.
    static Quantity expected(Sku sku, Instant at, String document, Handle tables) {
        return new Quantity(expectedAt(sku, at.toEpochMilli(), document, tables));
    }

    private static long expectedAt(Sku sku, long at, String document, Handle tables) {
        record Before(long at, long counted) {}
        Before before =
                tables.createQuery(
                                "SELECT at, counted FROM entry WHERE is_count = 1 AND sku = ?"
                                        + " AND (at, document) < (?, ?)"
                                        + " ORDER BY at DESC, document DESC LIMIT 1")
                        .bind(0, sku.value())
                        .bind(1, at)
                        .bind(2, document)
                        .map((row, _) -> new Before(row.getLong(1), row.getLong(2)))
                        .findOne()
                        .orElse(new Before(Long.MIN_VALUE, 0));
        long moved =
                tables.createQuery(
                                "SELECT coalesce(sum(quantity), 0) FROM entry"
                                        + " WHERE sku = ? AND at > ? AND at <= ? AND is_count = 0")
                        .bind(0, sku.value())
                        .bind(1, before.at)
                        .bind(2, at)
                        .mapTo(Long.class)
                        .one();
        return before.counted + moved;
    }

    static Optional<StockDocument> document(String id, Handle tables) {
        return tables.createQuery("SELECT body FROM document WHERE id = ?")
                .bind(0, id)
                .mapTo(String.class)
                .findOne()
                .map(body -> Json.read(body, StockDocument.class));
    }

    /// The newest first.
    static List<StockDocument> documents(StockDocument.Kind kind, int max, Handle tables) {
        return tables.createQuery(
                        "SELECT body FROM document WHERE kind = ? ORDER BY at DESC, id DESC LIMIT ?")
                .bind(0, kind.name())
                .bind(1, max)
                .mapTo(String.class)
                .map(body -> Json.read(body, StockDocument.class))
                .list();
    }

    private static final String STOCK =
            "SELECT known.sku, article.body ->> 'name', coalesce(stock.quantity, 0), stock.negative_since,"
                    + " stock.counted_at, item.threshold, item.out_by FROM %s known"
                    + " LEFT JOIN stock ON stock.sku = known.sku"
                    + " LEFT JOIN item ON item.sku = known.sku"
                    + " LEFT JOIN article ON article.sku = known.sku";

    static Stock stock(Sku sku, Handle tables) {
        return tables.createQuery(STOCK.formatted("(SELECT ? AS sku)"))
                .bind(0, sku.value())
                .map((row, _) -> stock(row))
                .one();
    }

    /// In the order of their SKUs.
    ///
    /// @param since what was sold from then on says how fast a stock is used up
    /// @param days since then
    static List<Stock> stocks(
            Inventory.Which which, String after, Instant since, long days, int max, Handle tables) {
        String known =
                switch (which) {
                    case ALL -> "SELECT sku FROM stock";
                    case NEGATIVE -> "SELECT sku FROM stock WHERE quantity < 0";
                    case OUT -> "SELECT sku FROM item WHERE out_by IS NOT NULL";
                    case LOW ->
                            "SELECT sku FROM stock WHERE quantity >= 0"
                                    + " AND sku NOT IN (SELECT sku FROM item WHERE out_by IS NOT NULL)"
                                    + " AND (quantity * :days <= (SELECT -sum(entry.quantity) FROM entry"
                                    + " WHERE entry.sku = stock.sku AND entry.at > :since"
                                    + " AND entry.kind IN ('SOLD', 'CONSUMED'))"
                                    + " OR quantity <= (SELECT threshold FROM item WHERE item.sku = stock.sku))";
                };
        Query query =
                tables.createQuery(
                                STOCK.formatted("(" + known + ")")
                                        + " WHERE known.sku > :after ORDER BY known.sku LIMIT :max")
                        .bind("after", after)
                        .bind("max", max);
        if (which == Inventory.Which.LOW) {
            query.bind("since", since.toEpochMilli()).bind("days", days);
        }
        return query.map((row, _) -> stock(row)).list();
    }

    private static Stock stock(ResultSet row) throws SQLException {
        Quantity threshold = quantity(row, 6);
        return new Stock(
                new Sku(row.getString(1)),
                row.getString(2),
                new Quantity(row.getLong(3)),
                instant(row, 4),
                instant(row, 5),
                threshold,
                row.getString(7) != null);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(value);
    }

    private static @Nullable Quantity quantity(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : new Quantity(value);
    }

    /// The last first.
    static List<LedgerEntry> ledger(Sku sku, int max, Handle tables) {
        List<LedgerEntry> all = new ArrayList<>();
        tables.createQuery(
                        "SELECT at, kind, quantity, counted, source, document, line, made_into, lot"
                                + " FROM entry WHERE sku = ? ORDER BY at DESC, is_count DESC,"
                                + " document DESC, source DESC, place DESC LIMIT ?")
                .bind(0, sku.value())
                .bind(1, max)
                .map((row, _) -> {
                    Quantity balance =
                            all.isEmpty()
                                    ? stock(sku, tables).quantity()
                                    : all.getLast().balance().minus(all.getLast().quantity());
                    all.add(
                            new LedgerEntry(
                                    Instant.ofEpochMilli(row.getLong(1)),
                                    MovementKind.valueOf(row.getString(2)),
                                    new Quantity(row.getLong(3)),
                                    balance,
                                    quantity(row, 4),
                                    row.getString(5),
                                    row.getString(6),
                                    row.getString(7),
                                    sku(row.getString(8)),
                                    row.getString(9)));
                    return true;
                })
                .list();
        return all;
    }

    static RunningOut.Item standing(Sku sku, Handle tables) {
        return tables.createQuery(
                        "SELECT coalesce(quantity, 0), threshold, out_by, coalesce(trusted, 0)"
                                + " FROM (SELECT ? AS sku) known"
                                + " LEFT JOIN stock ON stock.sku = known.sku"
                                + " LEFT JOIN item ON item.sku = known.sku")
                .bind(0, sku.value())
                .map((row, _) -> {
                    String out = row.getString(3);
                    return new RunningOut.Item(
                            new Quantity(row.getLong(1)),
                            quantity(row, 2),
                            out == null ? null : Cause.valueOf(out),
                            row.getInt(4) == 1);
                })
                .one();
    }

    /// What has run out.
    static Set<Sku> out(Handle tables) {
        return new TreeSet<>(
                tables.createQuery("SELECT sku FROM item WHERE out_by IS NOT NULL")
                        .mapTo(String.class)
                        .map(Sku::new)
                        .list());
    }

    /// What has run out, and had at a moment.
    static Set<Sku> outSince(Instant at, Handle tables) {
        return new TreeSet<>(
                tables.createQuery(
                                "SELECT sku FROM item WHERE out_by IS NOT NULL AND out_since <= ?")
                        .bind(0, at.toEpochMilli())
                        .mapTo(String.class)
                        .map(Sku::new)
                        .list());
    }

    static boolean allAvailable(Handle tables) {
        return !exists("SELECT 1 FROM item WHERE out_by IS NOT NULL", tables)
                && !exists("SELECT 1 FROM availability", tables);
    }

    static Optional<Availability> availability(Sku sku, Handle tables) {
        return tables.createQuery("SELECT body FROM availability WHERE sku = ?")
                .bind(0, sku.value())
                .mapTo(String.class)
                .findOne()
                .map(body -> Json.read(body, Availability.class));
    }

    /// In the order of their SKUs.
    static List<Availability> availabilities(Handle tables) {
        return tables.createQuery("SELECT body FROM availability ORDER BY sku")
                .mapTo(String.class)
                .map(body -> Json.read(body, Availability.class))
                .list();
    }

    /// In the order of their ids.
    static List<Elsewhere> elsewhere(Sku sku, Instant now, Handle tables) {
        return tables.createQuery(
                        "SELECT store, quantity, as_of FROM elsewhere WHERE sku = ? ORDER BY store")
                .bind(0, sku.value())
                .map((row, _) -> {
                    long asOf = row.getLong(3);
                    return new Elsewhere(
                            row.getString(1),
                            new Quantity(row.getLong(2)),
                            Instant.ofEpochMilli(asOf),
                            Math.max(0, (now.toEpochMilli() - asOf) / 1000));
                })
                .list();
    }
}
