package dev.skerry.hq.stock;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.Publication;
import dev.skerry.context.Handle;
import dev.skerry.hq.stock.Transfer.State;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.inventory.ChainStockEvent;
import dev.skerry.language.inventory.TransferEvent;
import dev.skerry.language.inventory.TransferEvent.TransferClosed;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The stock of all stores, and what is on its way between them. Any thread.
public final class Stock {

    /// What was sent longer ago, and has not arrived, is taken for lost.
    public static final Duration LOST_AFTER = Duration.ofDays(7);

    /// Articles in one answer.
    public static final int ARTICLES_MAX = 500;

    /// Transfers in one answer.
    public static final int TRANSFERS_MAX = 500;

    static final int REASON_LENGTH_MAX = 200;

    /// Which articles are wanted.
    public enum Which {
        ALL,
        /// Of which a store has less than nothing.
        NEGATIVE,
        /// Which a store says ran out.
        OUT
    }

    /// An article over all stores, or in one.
    ///
    /// @param name null if the catalogue does not have it
    /// @param quantity in the stores together
    /// @param stores that have or had it
    /// @param negative of these, how many have less than nothing
    /// @param out of these, in how many it ran out
    /// @param asOf the oldest of the figures
    /// @param onTheWay sent, and not arrived
    public record Article(
            Sku sku,
            @Nullable String name,
            Quantity quantity,
            int stores,
            int negative,
            int out,
            Instant asOf,
            Quantity onTheWay) {}

    /// Articles, in the order of their SKUs.
    ///
    /// @param all how many there are, with those that are not in the list
    public record Articles(int all, List<Article> articles) {
        public Articles {
            articles = List.copyOf(articles);
        }
    }

    /// An article in a store.
    ///
    /// @param asOf the time of the store's own event by which this is known
    /// @param heardAt the time of the store's newest event about any stock: a store that is away is older than its figures look
    /// @param countedAt of its last count; null if there was none
    /// @param onTheWay sent to this store, and not arrived
    public record AtStore(
            String store,
            Quantity quantity,
            Instant asOf,
            Instant heardAt,
            @Nullable Instant countedAt,
            boolean ranOut,
            Quantity onTheWay) {}

    /// An article in each store that has or had it.
    public record Everywhere(Sku sku, @Nullable String name, List<AtStore> stores) {
        public Everywhere {
            stores = List.copyOf(stores);
        }
    }

    /// What came of closing a transfer.
    public sealed interface Closing {

        /// Nothing more is to be done about it, now or before.
        record Done(Transfer transfer) implements Closing {}

        record NoSuchTransfer() implements Closing {}

        /// It arrived as it was sent: there is nothing to decide.
        record Arrived() implements Closing {}

        /// @param detail for people
        record Malformed(String detail) implements Closing {}
    }

    private final Book<Object> book;

    /// @param database of this context alone, with [#tables]
    public Stock(SqliteDatabase database, InstantSource clock, TimeOrderedIds ids) {
        this.book =
                new Book<>(
                        database,
                        List.of(
                                new Publication<>(
                                        StreamName.of(ChainStockEvent.STREAM),
                                        ChainStockEvent.FORM,
                                        true),
                                new Publication<>(
                                        StreamName.of(TransferEvent.STREAM),
                                        TransferEvent.FORM,
                                        false)),
                        new StockTables(),
                        clock,
                        ids);
    }

    /// What its database is to be opened with.
    public static Migrations[] tables() {
        return new Migrations[] {Book.TABLES, StockTables.MIGRATIONS};
    }

    /// What is in its database.
    public static List<StreamPattern> streams() {
        return List.of(
                StreamPattern.of(ChainStockEvent.STREAM), StreamPattern.of(TransferEvent.STREAM));
    }

    Book<Object> book() {
        return book;
    }

    // ---- following

    /// To be driven.
    ///
    /// @param inventories of all stores: `store-*/inventory`
    public Follower<SqliteTransaction> stores(EventSource inventories) {
        return book.follower(
                "stock inventories",
                inventories,
                FollowerSettings.byKey(),
                new StockFollowers.OfStores());
    }

    /// To be driven.
    ///
    /// @param catalog `hq/catalog`
    public Follower<SqliteTransaction> catalog(EventSource catalog) {
        return book.follower(
                "stock catalog", catalog, FollowerSettings.byKey(), new StockFollowers.OfCatalog());
    }

    // ---- questions

    /// @param find a part of the SKU or name; empty for all
    /// @param store such as `store-0042`: its figures alone; null for all stores together
    /// @param from how many are passed over
    /// @param max 1 to [#ARTICLES_MAX]
    public Articles articles(Which which, String find, @Nullable String store, int from, int max) {
        return book.query(tables ->
                new Articles(
                        StockTables.count(which, find, store, tables),
                        StockTables.articles(which, find, store, from, max, tables)));
    }

    /// Empty if no store has or had it, and the catalogue does not have it.
    public Optional<Everywhere> article(Sku sku) {
        return book.query(tables -> {
            List<AtStore> stores = StockTables.stores(sku, tables);
            Optional<String> name = StockTables.name(sku, tables);
            return stores.isEmpty() && name.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Everywhere(sku, name.orElse(null), stores));
        });
    }

    /// The newest first.
    ///
    /// @param state null for all
    /// @param max 1 to [#TRANSFERS_MAX]
    public List<Transfer> transfers(@Nullable State state, int max) {
        return book.query(tables -> StockTables.transfers(state, lost(), max, tables));
    }

    public Optional<Transfer> transfer(String sender, String document) {
        return book.query(tables -> StockTables.transfer(sender, document, lost(), tables));
    }

    private Instant lost() {
        return book.clock().instant().minus(LOST_AFTER);
    }

    // ---- commands

    /// Says that nothing more is to be done about a transfer. The stock of stores is theirs: where it is wrong, they correct it.
    ///
    /// @throws Book.CommandIdReused if another command had this id
    public Closing close(
            Command command, String sender, String document, String reason, String by) {
        requireNonNull(by, "by");
        if (reason.isBlank() || reason.length() > REASON_LENGTH_MAX) {
            return new Closing.Malformed(
                    "a reason has 1 to %d characters".formatted(REASON_LENGTH_MAX));
        }
        return book.<Closing>once(
                        command,
                        (tables, publish) -> {
                            Optional<Transfer> found =
                                    StockTables.transfer(sender, document, lost(), tables);
                            if (found.isEmpty()) {
                                return new Closing.NoSuchTransfer();
                            }
                            if (found.get().state() == State.ARRIVED) {
                                return new Closing.Arrived();
                            }
                            publish.accept(
                                    new TransferClosed(
                                            sender, document, reason, by, book.clock().instant()));
                            return done(sender, document, tables);
                        })
                .orElseGet(() -> book.query(tables -> done(sender, document, tables)));
    }

    private Closing done(String sender, String document, Handle tables) {
        return StockTables.transfer(sender, document, lost(), tables)
                .<Closing>map(Closing.Done::new)
                .orElseGet(Closing.NoSuchTransfer::new);
    }
}
