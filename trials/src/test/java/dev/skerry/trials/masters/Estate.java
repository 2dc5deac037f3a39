package dev.skerry.trials.masters;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Changes.Outcome;
import dev.skerry.context.Changes.Proposal;
import dev.skerry.hq.prices.Prices;
import dev.skerry.language.Money;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.gs1.InStoreLayouts;
import dev.skerry.node.link.Bandwidth;
import dev.skerry.node.link.Estate.Joining;
import dev.skerry.node.link.Estate.Token;
import dev.skerry.node.link.Home;
import dev.skerry.node.link.Homes;
import dev.skerry.node.link.HqLink;
import dev.skerry.node.link.HqSettings;
import dev.skerry.node.link.Lanes;
import dev.skerry.node.link.LinkSettings;
import dev.skerry.node.link.StoreLink;
import dev.skerry.pricing.Policies.TaxRounding;
import dev.skerry.store.catalog.Catalog;
import dev.skerry.store.catalog.CatalogFollowers;
import dev.skerry.store.pricing.Pricing;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;

/// HQ with its catalog and prices, and stores that follow them over lines which can be cut; time passes when told. For one thread.
final class Estate implements AutoCloseable {

    static final Currency EUR = Currency.getInstance("EUR");

    private static final Duration STEP = Duration.ofMillis(200);

    private Instant now = Instant.parse("2026-03-01T08:00:00Z");
    private final InstantSource clock = () -> now;
    private final Path folder;
    private final Random random = new Random(11);
    private final List<SqliteDatabase> opened = new ArrayList<>();
    private final List<Steps> sessions = new ArrayList<>();
    private final List<Store> stores = new ArrayList<>();
    private final SqliteDatabase catalogDatabase;
    private final SqliteDatabase pricesDatabase;
    private final SqliteDatabase mirrors;
    private final dev.skerry.node.link.Estate register;
    private final HqLink link;
    final dev.skerry.hq.catalog.Catalog catalog;
    final Prices prices;

    Estate(Path folder) {
        this.folder = folder;
        catalogDatabase = open("catalog.db", dev.skerry.hq.catalog.Catalog.tables());
        pricesDatabase = open("prices.db", Prices.tables());
        mirrors = open("estate.db");
        TimeOrderedIds ids = new TimeOrderedIds(clock, random);
        catalog = new dev.skerry.hq.catalog.Catalog(catalogDatabase, clock, ids);
        prices = new Prices(pricesDatabase, EUR, catalog::article, (_, _, _, _) -> {}, clock, ids);
        register = new dev.skerry.node.link.Estate(mirrors, clock, random);
        link =
                new HqLink(
                        register,
                        new Homes(
                                List.of(
                                        place("hq/catalog", catalogDatabase),
                                        place("hq/prices", pricesDatabase),
                                        place("hq/promotions", pricesDatabase),
                                        place("hq/taxes", pricesDatabase)),
                                home(mirrors)),
                        Lanes.defaults(),
                        "test",
                        "HQ",
                        HqSettings.defaults(),
                        new HqLink.Hosting() {
                            @Override
                            public void start(Steps session) {
                                sessions.add(session);
                            }

                            @Override
                            public void stop(Steps session) {
                                sessions.remove(session);
                            }
                        },
                        clock);
    }

    /// A store: its end of the link, and the contexts that follow.
    final class Store {
        final ShortLine line;
        final Catalog catalog;
        final Pricing pricing;
        private final StoreLink end;
        private final List<Steps> followers = new ArrayList<>();

        Store(String id, String zone) {
            String fingerprint = "fingerprint " + id;
            register.invite(
                    id, "Store " + id, zone, new Token("hash", now.plus(Duration.ofDays(1))));
            Joining.Joined joined =
                    (Joining.Joined) register.join(id, "hash", "key " + id, fingerprint);
            line = new ShortLine(() -> link, id, fingerprint);
            SqliteDatabase mirror = open(id + "-link.db");
            end =
                    new StoreLink(
                            new StoreLink.Self(
                                    id,
                                    "test",
                                    new StoreLink.Enrolled(
                                            joined.store().epoch(), joined.restores()),
                                    Lanes.defaults(),
                                    Bandwidth.unlimited(),
                                    Bandwidth.unlimited()),
                            new Homes(List.of(), home(mirror)),
                            line,
                            (name, _, _) -> name,
                            LinkSettings.defaults(),
                            clock,
                            random);
            TimeOrderedIds ids = new TimeOrderedIds(clock, random);
            catalog =
                    new Catalog(
                            open(id + "-catalog.db", Book.TABLES, Catalog.TABLES),
                            InStoreLayouts.standard(),
                            EUR,
                            ZoneOffset.UTC,
                            clock,
                            ids);
            pricing =
                    new Pricing(
                            open(id + "-pricing.db", Pricing.tables()),
                            new Pricing.Site(id, zone, ZoneOffset.UTC, EUR),
                            new Pricing.Rules(
                                    TaxRounding.LINE, Duration.ofDays(1), Money.zero(EUR), false),
                            clock,
                            ids);
            followers.add(
                    CatalogFollowers.hq(
                            catalog, mirror.source(StreamName.of("hq/catalog"), "catalog")));
            followers.addAll(pricing.followers(it -> mirror.source(it, "pricing")));
            stores.add(this);
        }

        private boolean step() {
            boolean busy = end.step() instanceof Steps.Step.Moved;
            for (Steps one : followers) {
                busy |= one.step() instanceof Steps.Step.Moved;
            }
            busy |= line.carry();
            return busy;
        }
    }

    private SqliteDatabase open(String file, Migrations... tables) {
        SqliteDatabase database =
                SqliteDatabase.open(folder.resolve(file), SqliteSettings.defaults(), clock, tables);
        opened.add(database);
        return database;
    }

    private static Homes.Place place(String stream, SqliteDatabase database) {
        return new Homes.Place(StreamPattern.of(stream), home(database));
    }

    private static Home<?> home(SqliteDatabase database) {
        return new Home<>(database, (_, _, _) -> {}, _ -> "application/json");
    }

    Store join(String id, String zone) {
        return new Store(id, zone);
    }

    Instant now() {
        return now;
    }

    /// HQ says something of its catalog.
    void catalog(String change, Object... events) {
        done(
                catalog.changes()
                        .propose(
                                new Command("propose " + change, "f"),
                                new Proposal(change, change, null, false, List.of(events)),
                                "mia"));
    }

    /// HQ says something of prices and promotions.
    void prices(String change, Object... events) {
        done(
                prices.propose(
                        new Command("propose " + change, "f"),
                        new Proposal(change, change, null, false, List.of(events)),
                        "mia"));
    }

    private static void done(Outcome outcome) {
        assertInstanceOf(Outcome.Done.class, outcome, outcome::toString);
    }

    /// Lets everybody work until nobody has anything to do, for some time.
    void run(Duration time) {
        Instant until = now.plus(time);
        while (now.isBefore(until)) {
            boolean busy = true;
            while (busy) {
                busy = link.step() instanceof Steps.Step.Moved;
                for (Steps session : List.copyOf(sessions)) {
                    busy |= session.step() instanceof Steps.Step.Moved;
                }
                for (Store store : stores) {
                    busy |= store.step();
                }
            }
            now = now.plus(STEP);
        }
    }

    /// Time passes, and HQ keeps its streams in order.
    void pass(Duration time) {
        now = now.plus(time);
        for (SqliteDatabase database : List.of(catalogDatabase, pricesDatabase)) {
            boolean more = true;
            while (more) {
                more = database.upkeep();
            }
        }
    }

    @Override
    public void close() {
        opened.forEach(SqliteDatabase::close);
    }
}
