package dev.skerry.store.inventory;

import dev.skerry.context.Book.Command;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.Article.Ingredient;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.inventory.AvailabilityEvent;
import dev.skerry.language.inventory.ChainStockEvent;
import dev.skerry.language.inventory.InventoryEvent;
import dev.skerry.language.inventory.StockLine;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.Order.BookVersions;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.language.orders.ReceiptNumber;
import dev.skerry.store.inventory.Inventory.Header;
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
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The inventory of a store, and the streams that it follows.
final class StockRoom implements AutoCloseable {

    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");
    static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    private static final StreamName ORDERS = StreamName.of("store-0042/orders");
    private static final StreamName CATALOG = StreamName.of(CatalogEvent.STREAM);
    private static final StreamName CHAIN = StreamName.of(ChainStockEvent.STREAM);
    private static final Money NOTHING = Money.of(0, "EUR");

    private final Path folder;
    private final AtomicReference<Instant> now = new AtomicReference<>(MORNING);
    private final InstantSource clock = now::get;
    private final AtomicInteger commands = new AtomicInteger();
    private final MemoryDatabase others =
            new MemoryDatabase(new MemoryDisk(), MemorySettings.defaults(), Faults.NONE, clock);
    private SqliteDatabase database;
    private Inventory inventory;
    private List<Follower<SqliteTransaction>> followers;

    StockRoom(Path folder) {
        this.folder = folder;
        others.write(tx -> {
            tx.open(ORDERS, StreamSettings.keepAll());
            tx.open(CATALOG, StreamSettings.compactedByKey());
            tx.open(CHAIN, StreamSettings.compactedByKey());
            return true;
        });
        database = opened("inventory.db");
        openInventory();
    }

    private SqliteDatabase opened(String file) {
        return SqliteDatabase.open(
                folder.resolve(file), SqliteSettings.defaults(), clock, Inventory.tables());
    }

    private void openInventory() {
        inventory =
                new Inventory(
                        database,
                        new Inventory.Site("0042", BERLIN),
                        Inventory.Rules.defaults(),
                        clock,
                        new TimeOrderedIds(clock, new Random(5)));
        followers = inventory.followers(stream -> others.source(stream, "inventory"));
    }

    Inventory inventory() {
        return inventory;
    }

    Command command() {
        return new Command("c" + commands.incrementAndGet(), "same");
    }

    Header header(String id, Instant at) {
        return new Header(id, at, "anna", "handheld-1");
    }

    static Instant at(int minute) {
        return MORNING.plusSeconds(60L * minute);
    }

    void itIs(Instant time) {
        now.set(time);
    }

    @Override
    public void close() {
        database.close();
        others.close();
    }

    /// A new machine has the store's stock from HQ, and nothing else.
    void replaceMachine() {
        Read.Page page = (Read.Page) database.read(Inventory.stream("0042"), 0, 1000, 10_000_000);
        database.close();
        database = opened("new.db");
        database.write(tx -> {
            tx.open(Inventory.stream("0042"), StreamSettings.keepAll());
            page.events().forEach(it -> tx.append(Inventory.stream("0042"), it.content()));
            return true;
        });
        openInventory();
        follow();
    }

    // ---- what others publish

    private <E> void publish(
            StreamName stream, EventForm<E> form, E event, @Nullable String key, boolean ends) {
        CloudEvent envelope =
                CloudEvent.of(
                                "e" + commands.incrementAndGet(),
                                stream.value(),
                                form.type(event),
                                clock.instant(),
                                form.data(event))
                        .withSubject(key);
        others.write(tx ->
                tx.append(
                        stream,
                        CloudEvents.write(ends ? CloudEvents.deletionOf(envelope) : envelope)));
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

    void catalog(CatalogEvent event) {
        publish(CATALOG, CatalogEvent.FORM, event, event.key(), event.ends());
    }

    void article(Article.Draft draft) {
        catalog(new CatalogEvent.ArticleChanged(draft.article()));
    }

    void chain(ChainStockEvent event) {
        publish(CHAIN, ChainStockEvent.FORM, event, event.key(), event.ends());
    }

    void orders(OrderEvent event) {
        publish(ORDERS, OrderEvent.FORM, event, event.order(), false);
    }

    void sell(String order, Instant at, OrderLine... lines) {
        orders(new OrderPaid(order(order, LocalDateTime.ofInstant(at, BERLIN), lines)));
    }

    void voidOrder(String order) {
        orders(
                new OrderVoided(
                        order,
                        new ReceiptNumber("0042", "till-1", DAY, 99),
                        "anna",
                        "meg",
                        "mistake",
                        List.of()));
    }

    // ---- values

    static Article.Draft goods(String sku) {
        return Article.draft(new Sku(sku), sku, "food", "Food");
    }

    static Article.Draft dish(String sku, Ingredient... recipe) {
        return goods(sku).recipe(Arrays.asList(recipe)).menu("Menu", "grill");
    }

    static Ingredient part(String sku, long thousandths) {
        return new Ingredient(new Sku(sku), new Quantity(thousandths), false, false, null);
    }

    static Ingredient optional(String sku, long thousandths, @Nullable String credit) {
        return new Ingredient(
                new Sku(sku),
                new Quantity(thousandths),
                true,
                true,
                credit == null ? null : new Sku(credit));
    }

    static StockLine goods(String sku, long whole) {
        return new StockLine(new Sku(sku), Quantity.of(whole), null, null);
    }

    static OrderLine line(String id, String sku, long thousandths) {
        return line(id, null, sku, thousandths, null, null, false);
    }

    static OrderLine line(
            String id,
            @Nullable String parent,
            String sku,
            long thousandths,
            OrderLine.@Nullable ReturnOf returnOf,
            @Nullable String returnReason,
            boolean voided) {
        return new OrderLine(
                id,
                parent,
                new Sku(sku),
                sku,
                new Quantity(thousandths),
                "PIECE",
                NOTHING,
                "CHAIN",
                NOTHING,
                NOTHING,
                List.of(),
                List.of(),
                "food",
                "Food",
                returnOf,
                returnReason,
                voided,
                null,
                null,
                null,
                null);
    }

    static Order order(String id, LocalDateTime at, OrderLine... lines) {
        return new Order(
                id,
                OrderSource.TILL,
                "till-1",
                new ReceiptNumber("0042", "till-1", DAY, 1),
                DAY,
                at,
                "anna",
                null,
                null,
                null,
                null,
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
                List.of());
    }

    // ---- what it comes to

    Quantity stock(String sku) {
        return inventory.stock(new Sku(sku)).quantity();
    }

    List<InventoryEvent> published() {
        return read(Inventory.stream("0042"), InventoryEvent.FORM);
    }

    List<AvailabilityEvent> told() {
        return read(Inventory.AVAILABILITY, AvailabilityEvent.FORM);
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
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("inventory.db"));
                var statement = connection.createStatement()) {
            for (String table :
                    List.of(
                            "entry",
                            "stock",
                            "document",
                            "item",
                            "availability",
                            "article",
                            "uses",
                            "elsewhere",
                            "command")) {
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
