package dev.skerry.store.inventory;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.Publication;
import dev.skerry.context.Handle;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.inventory.Availability;
import dev.skerry.language.inventory.AvailabilityEvent;
import dev.skerry.language.inventory.AvailabilityEvent.AvailabilityChanged;
import dev.skerry.language.inventory.AvailabilityEvent.AvailabilityRestored;
import dev.skerry.language.inventory.CountLine;
import dev.skerry.language.inventory.InventoryEvent;
import dev.skerry.language.inventory.InventoryEvent.Cause;
import dev.skerry.language.inventory.InventoryEvent.GoodsAdjusted;
import dev.skerry.language.inventory.InventoryEvent.GoodsArrived;
import dev.skerry.language.inventory.InventoryEvent.GoodsCounted;
import dev.skerry.language.inventory.InventoryEvent.GoodsReceived;
import dev.skerry.language.inventory.InventoryEvent.GoodsSent;
import dev.skerry.language.inventory.InventoryEvent.GoodsWasted;
import dev.skerry.language.inventory.InventoryEvent.ItemBackInStock;
import dev.skerry.language.inventory.InventoryEvent.ItemRanOut;
import dev.skerry.language.inventory.InventoryEvent.ThresholdSet;
import dev.skerry.language.inventory.MovementKind;
import dev.skerry.language.inventory.StockLine;
import dev.skerry.store.inventory.RunningOut.Turn;
import dev.skerry.store.inventory.StockDocument.Kind;
import dev.skerry.store.inventory.StockResult.Recorded;
import dev.skerry.store.inventory.StockResult.Refusal;
import dev.skerry.store.inventory.StockResult.Refused;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The stock of a store, and what can be had: commands and queries. Any thread.
public final class Inventory {

    /// How many articles, entries or documents an answer has at most.
    public static final int ANSWER_MAX = 500;

    public static final StreamName AVAILABILITY = StreamName.of(AvailabilityEvent.STREAM);

    /// How far back it is looked how fast an article is used up.
    public static final Duration USE_LOOKED_AT = Duration.ofDays(7);

    /// Which articles are asked for.
    public enum Which {
        /// All that were ever moved.
        ALL,
        /// Below zero.
        NEGATIVE,
        /// Counts as run out.
        OUT,
        /// Used up within a day if it sells as in the last days (see [#USE_LOOKED_AT]), or at its threshold and still said to be there.
        LOW
    }

    /// Where this store is.
    ///
    /// @param id such as `0042`
    public record Site(String id, ZoneId zone) {}

    /// What the store has decided.
    ///
    /// @param damaged the reasons of a return, in lower case, for which goods are not put back on the shelf
    public record Rules(Set<String> damaged) {
        public Rules {
            damaged = Set.copyOf(damaged);
        }

        public static Rules defaults() {
            return new Rules(Set.of("damaged", "defective", "spoiled", "expired", "opened"));
        }
    }

    /// What every document says of itself.
    ///
    /// @param id the client's choice, unique among all documents of the store
    /// @param at when it happened; null for now
    /// @param by a person; empty where nobody is signed on
    public record Header(String id, @Nullable Instant at, String by, String device) {}

    /// What somebody found on the shelf.
    ///
    /// @param at when the shelf was looked at; null for the document's time
    public record Counted(Sku sku, Quantity counted, @Nullable Instant at) {}

    /// The stock of an article.
    ///
    /// @param name null if the catalogue does not have it
    /// @param negativeSince when it went below zero; null if it is not
    /// @param countedAt when its shelf was last looked at; null if it never was
    /// @param threshold at which it counts as run out; null if its stock does not decide that
    /// @param out it counts as run out
    public record Stock(
            Sku sku,
            @Nullable String name,
            Quantity quantity,
            @Nullable Instant negativeSince,
            @Nullable Instant countedAt,
            @Nullable Quantity threshold,
            boolean out) {}

    /// What another store has of an article, as HQ knows it.
    ///
    /// @param ageSeconds how old the figure is
    public record Elsewhere(String store, Quantity quantity, Instant asOf, long ageSeconds) {}

    /// A change of the stock of an article.
    ///
    /// @param quantity by which it changed; of a count, the difference it found
    /// @param balance the stock after it
    /// @param counted what a count found; null if it is none
    /// @param source `SALE`, `VOID`, or the kind of document
    /// @param document the id of the order or document
    public record LedgerEntry(
            Instant at,
            MovementKind kind,
            Quantity quantity,
            Quantity balance,
            @Nullable Quantity counted,
            String source,
            String document,
            @Nullable String line,
            @Nullable Sku madeInto,
            @Nullable String lot) {}

    private final Book<Object> book;
    private final InventoryFollowers followers;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    /// @param database with [#tables]
    public Inventory(
            SqliteDatabase database,
            Site site,
            Rules rules,
            InstantSource clock,
            TimeOrderedIds ids) {
        this.clock = requireNonNull(clock, "clock");
        this.ids = requireNonNull(ids, "ids");
        this.book =
                new Book<>(
                        database,
                        List.of(
                                new Publication<>(stream(site.id()), InventoryEvent.FORM, false),
                                new Publication<>(AVAILABILITY, AvailabilityEvent.FORM, true)),
                        new InventoryTables(),
                        clock,
                        ids);
        this.followers =
                new InventoryFollowers(
                        book,
                        site,
                        rules,
                        new InventoryFollowers.Consequences() {
                            @Override
                            public void moved(
                                    Collection<Sku> skus, Handle tables, Consumer<Object> publish) {
                                Inventory.this.moved(skus, Set.of(), tables, publish);
                            }

                            @Override
                            public void changed(
                                    Sku article, Handle tables, Consumer<Object> publish) {
                                settle(Set.of(article), tables, publish);
                            }
                        });
        // A machine that has fetched its past from HQ knows what ran out, and has a local stream to
        // fill.
        book.write((tables, publish) -> {
            settle(InventoryTables.out(tables), tables, publish);
            return true;
        });
    }

    /// What its database is to be opened with.
    public static Migrations[] tables() {
        return new Migrations[] {Book.TABLES, InventoryTables.MIGRATIONS};
    }

    /// Where a store's stock is published.
    ///
    /// @param store such as `0042`
    public static StreamName stream(String store) {
        return StreamName.of("store-" + store + "/inventory");
    }

    /// Which streams the database of this context holds.
    public static List<StreamPattern> streams(String store) {
        return List.of(
                StreamPattern.of(stream(store).value()), StreamPattern.of(AVAILABILITY.value()));
    }

    /// To be driven. What comes first is to be caught up before the others begin, where a store starts for the first time: a recipe
    /// that is not known yet uses nothing up.
    ///
    /// @param source where the store has `hq/catalog`, `hq/stock` and its own orders
    public List<Follower<SqliteTransaction>> followers(Function<StreamName, EventSource> source) {
        return followers.all(source);
    }

    // ---- documents

    /// A delivery came.
    ///
    /// @param delivery the supplier's number of it
    public StockResult receive(
            Command command,
            Header header,
            String supplier,
            @Nullable String delivery,
            List<StockLine> lines) {
        return record(
                command,
                header,
                Kind.RECEIVED,
                lines.stream().map(StockLine::sku).toList(),
                true,
                rules -> rules.goods(header, lines, false, supplier),
                (at, _) ->
                        new GoodsReceived(
                                header.id(),
                                at,
                                supplier,
                                delivery,
                                lines,
                                header.by(),
                                header.device()));
    }

    /// Goods came from another store.
    ///
    /// @param from such as `store-0043`
    /// @param sent the other store's document
    public StockResult arrive(
            Command command,
            Header header,
            String from,
            @Nullable String sent,
            List<StockLine> lines) {
        return record(
                command,
                header,
                Kind.ARRIVED,
                lines.stream().map(StockLine::sku).toList(),
                true,
                rules -> rules.goods(header, lines, false, from),
                (at, _) ->
                        new GoodsArrived(
                                header.id(), at, from, sent, lines, header.by(), header.device()));
    }

    /// Goods leave for another store.
    ///
    /// @param to such as `store-0043`
    public StockResult send(Command command, Header header, String to, List<StockLine> lines) {
        return record(
                command,
                header,
                Kind.SENT,
                lines.stream().map(StockLine::sku).toList(),
                false,
                rules -> rules.goods(header, lines, false, to),
                (at, _) -> new GoodsSent(header.id(), at, to, lines, header.by(), header.device()));
    }

    /// Goods, or dishes, are not sold any more: spoiled, broken, given away.
    public StockResult waste(Command command, Header header, String reason, List<StockLine> lines) {
        return record(
                command,
                header,
                Kind.WASTED,
                List.of(),
                false,
                rules -> rules.goods(header, lines, true, reason),
                (at, tables) ->
                        new GoodsWasted(
                                header.id(),
                                at,
                                reason,
                                lines,
                                Selling.wasted(
                                        lines,
                                        InventoryFollowers.recipes(
                                                InventoryTables.outSince(at, tables), tables)),
                                header.by(),
                                header.device()));
    }

    /// The books are wrong, and somebody says why. Where the shelf was looked at, a count is better: it knows what was sold meanwhile.
    ///
    /// @param lines by how much; below zero if less is there
    public StockResult adjust(
            Command command, Header header, String reason, List<StockLine> lines) {
        return record(
                command,
                header,
                Kind.ADJUSTED,
                lines.stream().map(StockLine::sku).toList(),
                false,
                rules -> rules.adjustment(header, lines, reason),
                (at, _) ->
                        new GoodsAdjusted(
                                header.id(),
                                at,
                                reason,
                                Selling.moved(lines, MovementKind.ADJUSTED),
                                header.by(),
                                header.device()));
    }

    /// Shelves were looked at. What was sold since then is not in the figures, and is taken off by itself.
    public StockResult count(Command command, Header header, List<Counted> lines) {
        return record(
                command,
                header,
                Kind.COUNTED,
                lines.stream().map(Counted::sku).toList(),
                true,
                rules -> rules.count(header, lines),
                (at, tables) ->
                        new GoodsCounted(
                                header.id(),
                                at,
                                lines.stream()
                                        .map(it -> countLine(header.id(), at, it, tables))
                                        .toList(),
                                header.by(),
                                header.device()));
    }

    private static CountLine countLine(String document, Instant at, Counted line, Handle tables) {
        Instant moment = line.at() == null ? at : line.at();
        return new CountLine(
                line.sku(),
                line.counted(),
                moment,
                InventoryTables.expected(line.sku(), moment, document, tables));
    }

    private interface Writing {
        InventoryEvent event(Instant at, Handle tables);
    }

    private StockResult record(
            Command command,
            Header header,
            Kind kind,
            Collection<Sku> skus,
            boolean seen,
            Function<StockRules, Optional<Refused>> check,
            Writing writing) {
        return book.<StockResult>once(
                        command,
                        (tables, publish) -> {
                            Instant now = clock.instant();
                            Optional<StockDocument> there =
                                    InventoryTables.document(header.id(), tables);
                            if (there.isPresent()) {
                                return recorded(there.get(), kind);
                            }
                            Optional<Refused> refused =
                                    check.apply(
                                            new StockRules(
                                                    InventoryFollowers.recipes(Set.of(), tables),
                                                    now));
                            if (refused.isPresent()) {
                                return refused.get();
                            }
                            Instant at = header.at() == null ? now : header.at();
                            InventoryEvent event = writing.event(at, tables);
                            publish.accept(event);
                            Set<Sku> moved = new TreeSet<>(skus);
                            if (event instanceof GoodsWasted wasted) {
                                wasted.movements().forEach(it -> moved.add(it.sku()));
                            }
                            moved(moved, seen ? moved : Set.of(), tables, publish);
                            return recorded(
                                    InventoryTables.document(header.id(), tables).orElseThrow(),
                                    kind);
                        })
                .orElseGet(() ->
                        book.query(tables ->
                                recorded(
                                        InventoryTables.document(header.id(), tables).orElseThrow(),
                                        kind)));
    }

    private static StockResult recorded(StockDocument document, Kind kind) {
        return document.kind() == kind
                ? new Recorded(document)
                : new Refused(
                        Refusal.ID_TAKEN,
                        "the document %s is about goods that were %s: give a new one an id of its own"
                                .formatted(
                                        document.id(),
                                        document.kind().name().toLowerCase(java.util.Locale.ROOT)));
    }

    // ---- running out

    /// Says by hand that an article cannot be had, or can be had again; if it is said already, nothing happens.
    public Stock setAvailable(Command command, Sku sku, boolean available, String by) {
        book.once(
                command,
                (tables, publish) -> {
                    RunningOut.Item item = InventoryTables.standing(sku, tables);
                    Instant now = clock.instant();
                    if (available && item.out() != null) {
                        publish.accept(new ItemBackInStock(sku, Cause.HAND, item.stock(), now, by));
                    } else if (!available && item.out() != Cause.HAND) {
                        publish.accept(new ItemRanOut(sku, Cause.HAND, item.stock(), now, by));
                    }
                    settle(Set.of(sku), tables, publish);
                    return true;
                });
        return stock(sku);
    }

    /// Sets at which stock an article counts as run out.
    ///
    /// @param threshold not below zero; null if its stock is not to decide that
    public Stock setThreshold(Command command, Sku sku, @Nullable Quantity threshold, String by) {
        book.once(
                command,
                (tables, publish) -> {
                    publish.accept(new ThresholdSet(sku, threshold, by));
                    moved(Set.of(sku), Set.of(), tables, publish);
                    return true;
                });
        return stock(sku);
    }

    /// Draws the consequences of new stock figures.
    ///
    /// @param seen of which goods were received, or found by a count
    private void moved(
            Collection<Sku> skus, Set<Sku> seen, Handle tables, Consumer<Object> publish) {
        Set<Sku> turned = new TreeSet<>();
        Instant now = clock.instant();
        for (Sku sku : new TreeSet<>(skus)) {
            RunningOut.Item item = InventoryTables.standing(sku, tables);
            Optional<Turn> turn = RunningOut.after(item, seen.contains(sku));
            if (turn.isPresent()) {
                Cause cause = turn.get().cause();
                publish.accept(
                        turn.get().out()
                                ? new ItemRanOut(sku, cause, item.stock(), now, "")
                                : new ItemBackInStock(sku, cause, item.stock(), now, ""));
                turned.add(sku);
            }
        }
        if (!turned.isEmpty()) {
            settle(turned, tables, publish);
        }
    }

    /// Publishes what can be had of these articles, and of all that need them, as far as that has changed.
    private void settle(Set<Sku> about, Handle tables, Consumer<Object> publish) {
        if (InventoryTables.allAvailable(tables)) {
            return;
        }
        Instant now = clock.instant();
        Menu menu = new Menu(InventoryFollowers.recipes(InventoryTables.out(tables), tables));
        Set<Sku> affected = InventoryTables.usersOf(about, tables);
        affected.addAll(InventoryTables.leftOver(tables));
        for (Sku sku : affected) {
            Availability before =
                    InventoryTables.availability(sku, tables).orElse(Availability.full(sku));
            Availability after = menu.of(sku);
            if (!after.equals(before)) {
                publish.accept(
                        after.state() == Availability.State.AVAILABLE
                                ? new AvailabilityRestored(sku, now)
                                : new AvailabilityChanged(after, now));
            }
        }
    }

    // ---- questions

    /// Zero for an article that was never moved.
    public Stock stock(Sku sku) {
        return book.query(tables -> InventoryTables.stock(sku, tables));
    }

    /// In the order of their SKUs, at most [#ANSWER_MAX].
    ///
    /// @param after only SKUs after this; may be empty
    public List<Stock> stocks(Which which, String after) {
        Instant since = clock.instant().minus(USE_LOOKED_AT);
        return book.query(tables ->
                InventoryTables.stocks(
                        which, after, since, USE_LOOKED_AT.toDays(), ANSWER_MAX, tables));
    }

    /// What other stores have of an article.
    public List<Elsewhere> elsewhere(Sku sku) {
        return book.query(tables -> InventoryTables.elsewhere(sku, clock.instant(), tables));
    }

    /// What changed the stock of an article, in the order in which it happened, the last first; at most [#ANSWER_MAX].
    public List<LedgerEntry> ledger(Sku sku) {
        return book.query(tables -> InventoryTables.ledger(sku, ANSWER_MAX, tables));
    }

    public Optional<StockDocument> document(String id) {
        return book.query(tables -> InventoryTables.document(id, tables));
    }

    /// The newest first.
    ///
    /// @param kinds of any of these
    /// @param max at most so many, and at most [#ANSWER_MAX]
    public List<StockDocument> documents(Set<Kind> kinds, int max) {
        int most = Math.min(max, ANSWER_MAX);
        return book.query(tables ->
                kinds.stream()
                        .flatMap(it -> InventoryTables.documents(it, most, tables).stream())
                        .sorted(
                                Comparator.comparing(StockDocument::at)
                                        .thenComparing(StockDocument::id)
                                        .reversed())
                        .limit(most)
                        .toList());
    }

    /// All that cannot be had, or not as always, in the order of their SKUs.
    public List<Availability> availability() {
        return book.query(InventoryTables::availabilities);
    }

    /// Is another whenever it may be another for some article whether it can be had.
    public long availabilityVersion() {
        return book.version(AVAILABILITY);
    }

    public Availability availability(Sku sku) {
        return book.query(
                tables -> InventoryTables.availability(sku, tables).orElse(Availability.full(sku)));
    }

    /// For a command that need not be told from a repetition of itself.
    String newId() {
        return ids.next().toString();
    }

    /// For tests and repairs: makes all tables anew from the streams. Nobody else may use this meanwhile.
    void rebuild() {
        book.rebuild();
    }
}
