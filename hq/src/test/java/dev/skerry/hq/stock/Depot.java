package dev.skerry.hq.stock;

import dev.skerry.context.Book.Command;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.inventory.ChainStockEvent;
import dev.skerry.language.inventory.InventoryEvent;
import dev.skerry.language.inventory.InventoryEvent.GoodsArrived;
import dev.skerry.language.inventory.InventoryEvent.GoodsReceived;
import dev.skerry.language.inventory.InventoryEvent.GoodsSent;
import dev.skerry.language.inventory.InventoryEvent.GoodsSold;
import dev.skerry.language.inventory.Movement;
import dev.skerry.language.inventory.MovementKind;
import dev.skerry.language.inventory.StockLine;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Follower;
import dev.skerry.stream.Read;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
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
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Headquarters' stock, and what stores say of theirs.
final class Depot implements AutoCloseable {

    static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");
    static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    static final Sku MILK = new Sku("milk");
    static final Sku BREAD = new Sku("bread");

    private static final StreamName CATALOG = StreamName.of(CatalogEvent.STREAM);

    private final AtomicReference<Instant> now = new AtomicReference<>(MORNING);
    private final InstantSource clock = now::get;
    private final AtomicInteger numbers = new AtomicInteger();
    private final MemoryDatabase stores =
            new MemoryDatabase(new MemoryDisk(), MemorySettings.defaults(), Faults.NONE, clock);
    private final Path file;
    private final SqliteDatabase database;
    private final List<Follower<SqliteTransaction>> followers;
    final Stock stock;

    Depot(Path folder) {
        this(folder, "stock.db");
    }

    private Depot(Path folder, String name) {
        file = folder.resolve(name);
        stores.write(tx -> {
            tx.open(CATALOG, StreamSettings.compactedByKey());
            return true;
        });
        database = SqliteDatabase.open(file, SqliteSettings.defaults(), clock, Stock.tables());
        stock = new Stock(database, clock, new TimeOrderedIds(clock, new Random(5)));
        followers =
                List.of(
                        stock.stores(stores.source(StreamPattern.of("store-*/inventory"), "stock")),
                        stock.catalog(stores.source(CATALOG, "stock")));
    }

    static Instant at(int minute) {
        return MORNING.plusSeconds(60L * minute);
    }

    void itIs(Instant time) {
        now.set(time);
    }

    Command command() {
        return new Command("c" + numbers.incrementAndGet(), "same");
    }

    // ---- what stores say

    void say(String store, InventoryEvent event) {
        publish(StreamName.of(store + "/inventory"), InventoryEvent.FORM, event, null);
    }

    void article(Sku sku, String name) {
        CatalogEvent event = new ArticleChanged(Article.draft(sku, name, "food", "Food").article());
        publish(CATALOG, CatalogEvent.FORM, event, event.key());
    }

    void catalog(CatalogEvent event) {
        publish(CATALOG, CatalogEvent.FORM, event, event.key());
    }

    private <E> void publish(StreamName stream, EventForm<E> form, E event, @Nullable String key) {
        CloudEvent envelope =
                CloudEvent.of(
                                "e" + numbers.incrementAndGet(),
                                stream.value(),
                                form.type(event),
                                clock.instant(),
                                form.data(event))
                        .withSubject(key);
        stores.write(tx -> {
            if (!tx.exists(stream)) {
                tx.open(stream, StreamSettings.keepAll());
            }
            return tx.append(stream, CloudEvents.write(envelope));
        });
        follow();
    }

    void follow() {
        for (Follower<SqliteTransaction> follower : followers) {
            while (follower.step() instanceof Steps.Step.Moved) {}
            if (follower.status().trouble() != null || !follower.parked().isEmpty()) {
                throw new AssertionError(follower.status() + " " + follower.parked());
            }
        }
    }

    /// Another machine at headquarters, which knows what this one's stores have said.
    Depot another(Path folder) {
        Depot other = new Depot(folder, "another.db");
        List<StreamName> streams = new ArrayList<>(List.of(CATALOG));
        stores.matching(StreamPattern.of("store-*/**")).forEach(it -> streams.add(it.name()));
        for (StreamName stream : streams) {
            Read.Page page = (Read.Page) stores.read(stream, 0, 10_000, 100_000_000);
            other.stores.write(tx -> {
                if (!tx.exists(stream)) {
                    tx.open(stream, StreamSettings.keepAll());
                }
                page.events().forEach(it -> tx.append(stream, it.content()));
                return true;
            });
        }
        other.itIs(now.get());
        other.follow();
        return other;
    }

    void receives(String store, String document, Instant at, Sku sku, long whole) {
        say(
                store,
                new GoodsReceived(
                        document, at, "Dairy", null, List.of(line(sku, whole)), "anna", "h-1"));
    }

    void sells(String store, String order, Instant at, Sku sku, long whole) {
        say(
                store,
                new GoodsSold(
                        order,
                        at,
                        DAY,
                        List.of(
                                new Movement(
                                        sku,
                                        MovementKind.SOLD,
                                        Quantity.of(-whole),
                                        "1",
                                        null,
                                        null))));
    }

    void sends(String store, String document, Instant at, String to, StockLine... lines) {
        say(store, new GoodsSent(document, at, to, List.of(lines), "anna", "h-1"));
    }

    void takes(
            String store,
            String document,
            Instant at,
            String from,
            @Nullable String sent,
            StockLine... lines) {
        say(store, new GoodsArrived(document, at, from, sent, List.of(lines), "ben", "h-2"));
    }

    static StockLine line(Sku sku, long whole) {
        return new StockLine(sku, Quantity.of(whole), null, null);
    }

    // ---- what there is

    Quantity at(String store, Sku sku) {
        return stock.article(sku).orElseThrow().stores().stream()
                .filter(it -> it.store().equals(store))
                .findFirst()
                .orElseThrow()
                .quantity();
    }

    /// What stores were told, in order.
    List<ChainStockEvent> told() {
        Read.Page page =
                (Read.Page)
                        database.read(
                                StreamName.of(ChainStockEvent.STREAM), 0, 10_000, 100_000_000);
        List<ChainStockEvent> all = new ArrayList<>();
        page.events()
                .forEach(it -> ChainStockEvent.FORM.read(CloudEvents.read(it)).ifPresent(all::add));
        return all;
    }

    /// All rows of these tables.
    List<String> rows(String... tables) {
        List<String> all = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            for (String table : tables) {
                try (var statement = connection.createStatement();
                        var rows = statement.executeQuery("SELECT * FROM " + table)) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        StringBuilder row = new StringBuilder(table);
                        for (int i = 1; i <= columns; i++) {
                            row.append('|').append(rows.getString(i));
                        }
                        all.add(row.toString());
                    }
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return all.stream().sorted().toList();
    }

    @Override
    public void close() {
        database.close();
        stores.close();
    }
}
