package dev.skerry.app.demo;

import dev.skerry.app.chain.Chain;
import dev.skerry.app.chain.Publisher;
import dev.skerry.app.chain.ReferenceStream;
import dev.skerry.app.chain.Shops.Shop;
import dev.skerry.app.pages.Pages;
import dev.skerry.language.JsonObject;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.stores.StoreProfile.Format;
import dev.skerry.node.http.HttpHost;
import dev.skerry.stream.Driver;
import dev.skerry.stream.DriverSettings;
import dev.skerry.stream.Pacer;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// An HQ, some stores and their shoppers in this process, and a page to play with them. Any thread.
public final class Demo implements AutoCloseable {

    /// More stores than this need a larger machine than a demo is shown on.
    public static final int STORES_MAX = 20;

    public static final int PACE_MAX = Pace.PER_MINUTE_MAX;

    private static final Duration TILLS_LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration FIGURES_LOOK_EVERY = Duration.ofMillis(400);

    /// What it is to be.
    ///
    /// @param stores 1 to [#STORES_MAX]
    /// @param port of its page, on loopback; 0 for any free one
    /// @param data an empty folder
    /// @param seed of the chain and its shoppers
    /// @param pace shoppers a minute in each store, 0 to [#PACE_MAX]
    /// @param powerOff how long the power of a store is off when it is cut
    public record Plan(int stores, int port, Path data, long seed, int pace, Duration powerOff) {}

    /// Who was there when, and where.
    ///
    /// @param software which says what runs
    public record Place(InstantSource clock, ZoneId time, String software) {}

    private final Deque<Runnable> endings = new ArrayDeque<>();
    private final Place place;
    private final Pace pace;
    private final HttpHost page;
    private final Nodes.Hq hq;
    private volatile List<DemoStore> stores = List.of();

    /// Who works at HQ, and how he signs on: the demo's page says it.
    private static final String COLLEAGUE = "alex";

    private static final String PASSWORD = "harbour-markets";

    /// Starts it. When this returns, its page is there and its stores are opening.
    public static Demo start(Plan plan, Nodes nodes, Place place) {
        return new Demo(plan, nodes, place);
    }

    private Demo(Plan plan, Nodes nodes, Place place) {
        this.place = place;
        this.pace = new Pace(plan.pace());
        boolean started = false;
        try {
            hq = nodes.startHq(plan.data().resolve("hq"));
            endings.push(hq::close);
            hq.letIn(COLLEAGUE, PASSWORD);
            page =
                    new DemoRoutes(this)
                            .addTo(pages().addTo(HttpHost.at("127.0.0.1", plan.port())))
                            .start();
            endings.push(page::close);
            LocalDateTime now = LocalDateTime.ofInstant(place.clock().instant(), place.time());
            Chain chain = Chain.of(plan.seed(), monday(now.toLocalDate()), plan.stores());
            open(plan, nodes, chain, now);
            publish(chain);
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    private static Pages pages() {
        return Pages.of(
                Demo.class,
                Map.of("/", "demo.html", "/journal", "journal.html"),
                List.of("demo.js", "demo.css", "tour.js", "journal.js", "journal.css"));
    }

    private static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private void open(Plan plan, Nodes nodes, Chain chain, LocalDateTime now) {
        Map<Format, Shelves> shelves = new EnumMap<>(Format.class);
        Driver tills = driver(TILLS_LOOK_EVERY, plan.seed());
        Driver figures = driver(FIGURES_LOOK_EVERY, plan.seed());
        List<DemoStore> all = new ArrayList<>();
        for (Shop shop : chain.shops()) {
            DemoStore store =
                    new DemoStore(
                            shop,
                            all.size(),
                            new DemoStore.Town(
                                    nodes,
                                    hq,
                                    plan.data().resolve(shop.node()),
                                    shelves.computeIfAbsent(
                                            shop.profile().format(),
                                            it -> new Shelves(chain, it, now)),
                                    pace,
                                    plan.seed(),
                                    plan.powerOff(),
                                    place.time(),
                                    place.clock(),
                                    tills));
            endings.push(store::end);
            all.add(store);
        }
        Driver power = driver(FIGURES_LOOK_EVERY, plan.seed());
        endings.push(tills::close);
        endings.push(figures::close);
        endings.push(power::close);
        stores = List.copyOf(all);
        all.forEach(it -> power.drive(it.power()));
        all.forEach(figures::drive);
    }

    private Driver driver(Duration looking, long seed) {
        DriverSettings pauses = DriverSettings.defaults();
        return new Driver(
                new DriverSettings(looking, pauses.backOffMin(), pauses.backOffMax()),
                Pacer.REAL,
                new Random(seed),
                place.clock());
    }

    private void publish(Chain chain) {
        publish(ReferenceStream.TAXES, chain.taxes());
        publish(ReferenceStream.STAFF, chain.staff());
        publish(ReferenceStream.CATALOG, chain.catalog());
        publish(ReferenceStream.PRICES, chain.prices());
        publish(ReferenceStream.PROMOTIONS, chain.promotions());
        publish(ReferenceStream.CUSTOMERS, Shelves.customers(chain));
    }

    private <E> void publish(ReferenceStream<E> stream, List<E> events) {
        TimeOrderedIds ids = new TimeOrderedIds(place.clock(), new Random(stream.hashCode()));
        Publisher<E> publisher = new Publisher<>(hq.reference(), stream, place.clock(), ids);
        publisher.publish(events);
        publisher.flush();
    }

    /// Of its page.
    public int port() {
        return page.port();
    }

    /// Of HQ.
    public int hqPort() {
        return hq.port();
    }

    /// Whether all tills of all stores sell.
    public boolean isOpen() {
        return !stores.isEmpty() && stores.stream().allMatch(it -> it.view().open());
    }

    Pace pace() {
        return pace;
    }

    List<DemoStore> stores() {
        return stores;
    }

    JsonObject json() {
        List<DemoStore> now = stores;
        Sum sold = now.stream().map(it -> it.view().sold()).reduce(Sum.NONE, Sum::plus);
        Sum atHq = now.stream().map(it -> it.view().atHq()).reduce(Sum.NONE, Sum::plus);
        return JsonObject.empty()
                .with("software", place.software())
                .with("at", place.clock().instant().toString())
                .with("hq", "http://127.0.0.1:" + hq.port())
                .with("colleague", COLLEAGUE)
                .with("password", PASSWORD)
                .with("open", isOpen())
                .with("perMinute", pace.perMinute())
                .with("perMinuteMax", Pace.PER_MINUTE_MAX)
                .with("agree", now.stream().allMatch(it -> it.view().agree()))
                .with("sold", View.json(sold))
                .with("atHq", View.json(atHq))
                .with("missing", View.json(sold.minus(atHq)))
                .with("stores", now.stream().map(DemoStore::json).toList());
    }

    @Override
    public void close() {
        while (!endings.isEmpty()) {
            endings.pop().run();
        }
    }
}
