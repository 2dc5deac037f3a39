package dev.skerry.app.headquarters;

import static java.util.Objects.requireNonNull;

import dev.skerry.app.contexts.Contexts;
import dev.skerry.app.contexts.Oversight;
import dev.skerry.app.feed.Change;
import dev.skerry.app.feed.Feed;
import dev.skerry.app.feed.Telling;
import dev.skerry.context.Api;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Forgetting;
import dev.skerry.context.Operation;
import dev.skerry.hq.catalog.Catalog;
import dev.skerry.hq.catalog.CatalogRoutes;
import dev.skerry.hq.customers.Customers;
import dev.skerry.hq.customers.CustomersFollowers;
import dev.skerry.hq.customers.CustomersRoutes;
import dev.skerry.hq.people.People;
import dev.skerry.hq.people.PeopleRoutes;
import dev.skerry.hq.prices.Prices;
import dev.skerry.hq.prices.PricesFollowers;
import dev.skerry.hq.prices.PricesRoutes;
import dev.skerry.hq.reconciliation.Reconciliation;
import dev.skerry.hq.reconciliation.ReconciliationRoutes;
import dev.skerry.hq.sales.Sales;
import dev.skerry.hq.sales.SalesRoutes;
import dev.skerry.hq.stock.Stock;
import dev.skerry.hq.stock.StockRoutes;
import dev.skerry.hq.stores.Register;
import dev.skerry.hq.stores.Stores;
import dev.skerry.hq.stores.StoresRoutes;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.reconciliation.ReconciliationEvent;
import dev.skerry.node.http.HttpSetup;
import dev.skerry.stream.Driver;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.Pacer;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The contexts of headquarters, and how they meet. Any thread.
///
/// To add one: open its database and make it in the constructor, drive what it follows in [#drive], add what it serves in
/// [#operations], and what it publishes in [#streams].
public final class Headquarters implements AutoCloseable {

    /// What is there beside the contexts' own databases.
    ///
    /// @param stores the mirrors of what stores write
    /// @param clients what clients write at HQ: reference data that no context publishes, and `local/…`
    /// @param register which stores there are, and which are connected
    /// @param pacer by which a screen that listens waits
    public record Around(
            SqliteDatabase stores, SqliteDatabase clients, Register register, Pacer pacer) {}

    /// Stores add what they have booked themselves to what HQ has counted: so much of other stores' bookings may be missing there.
    private static final Duration POINTS_COUNTED_EVERY = Duration.ofMinutes(10);

    /// Who sees what could not be taken in, and has it tried again.
    private static final List<Role> OVERSEERS = List.of(Role.ADMIN, Role.SUPPORT);

    private final Contexts contexts;
    private final Around around;
    private final Stock stock;
    private final InstantSource clock;
    private final People people;
    private final Stores stores;
    private final Sales sales;
    private final Reconciliation reconciliation;
    private final Feed feed;
    private final Oversight oversight = new Oversight();
    private final Forgetting forgetting;
    private final Catalog catalog;
    private final Prices prices;
    private final Customers customers;

    /// @param requestsKnown how long a request that is repeated with its id is known
    /// @param currency in which the chain sells
    /// @param random for secrets; in production a `SecureRandom`
    public Headquarters(
            Contexts.Opening opening,
            Around around,
            Duration requestsKnown,
            Currency currency,
            InstantSource clock,
            TimeOrderedIds ids,
            RandomGenerator random) {
        this.contexts = new Contexts(opening);
        this.around = requireNonNull(around, "around");
        this.clock = requireNonNull(clock, "clock");
        boolean complete = false;
        try {
            stock = new Stock(database("stock.db", Stock.tables()), clock, ids);
            sales = new Sales(database("sales.db", Sales.tables()), around.stores(), clock, ids);
            reconciliation =
                    new Reconciliation(
                            database("reconciliation.db", Reconciliation.tables()), clock, ids);
            people =
                    new People(
                            database("people.db", People.tables()),
                            People.Rules.defaults(),
                            clock,
                            ids,
                            random);
            catalog = new Catalog(database(Masters.CATALOG, Catalog.tables()), clock, ids);
            prices =
                    new Prices(
                            database(Masters.PRICES, Prices.tables()),
                            currency,
                            catalog::article,
                            new MirroredSales(around.stores()),
                            clock,
                            ids);
            customers =
                    new Customers(
                            database(Masters.CUSTOMERS, Customers.tables()), currency, clock, ids);
            stores =
                    new Stores(
                            database("stores.db", Stores.tables()), around.register(), clock, ids);
            feed =
                    new Feed(
                            "hq",
                            List.of(HqTopic.values()),
                            ids.next().toString(),
                            Feed.READERS_MAX,
                            around.pacer(),
                            clock);
            forgetting = contexts.forgetting(requestsKnown, clock);
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    SqliteDatabase database(String file, Migrations... tables) {
        return contexts.open(file, tables);
    }

    /// Everything that has to be done without being asked.
    public void drive(Driver driver) {
        drive(driver, "stores", stores.lines(it -> feed.changed(Change.of(HqTopic.LINE, it))));
        drive(driver, "stores", new AlarmWatch(feed, stores, clock));
        drive(driver, "prices", PricesFollowers.orders(prices, stores("orders", "prices")));
        drive(driver, "sales", telling(sales.orders(stores("orders", "sales")), HqTopic.SALES));
        drive(driver, "sales", telling(sales.payments(stores("payments", "sales")), HqTopic.SALES));
        drive(driver, "stock", telling(stock.stores(stores("inventory", "stock")), HqTopic.STOCK));
        CustomersFollowers members = new CustomersFollowers(customers);
        drive(driver, "customers", members.loyalty(stores("loyalty", "customers")));
        drive(driver, "customers", members.payments(stores("payments", "customers")));
        drive(driver, "customers", members.counting(POINTS_COUNTED_EVERY));
        drive(driver, "stock", stock.catalog(own(StreamName.of(CatalogEvent.STREAM), "stock")));
        driveReconciliation(driver);
    }

    private void driveReconciliation(Driver driver) {
        drive(driver, "reconciliation", reconciliation.follower(stores("**", "reconciliation")));
        drive(driver, "reconciliation", reconciliation.copies(around.stores()));
    }

    private void drive(Driver driver, String context, Steps steps) {
        String name = Contexts.drive(driver, context, steps);
        Steps inner = steps instanceof Telling it ? it.steps() : steps;
        if (inner instanceof Follower<?> follower) {
            oversight.add(name, follower, driver);
        }
    }

    private Steps telling(Steps steps, HqTopic topic) {
        return new Telling(steps, feed, topic);
    }

    /// All stores' streams of a kind, `store-*/orders`, in the order in which HQ took them.
    EventSource stores(String kind, String follower) {
        return new Apart(around.stores().source(StreamPattern.of("store-*/" + kind), follower));
    }

    /// A stream of HQ's own, whoever publishes it.
    EventSource own(StreamName stream, String follower) {
        return streams().entrySet().stream()
                .filter(it -> it.getKey().matches(stream))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(around.clients())
                .source(stream, follower);
    }

    /// Its API, for people who are signed on, and programs.
    public HttpSetup addTo(HttpSetup setup, PeopleRoutes.AdminToken adminToken, String version) {
        PeopleRoutes routes = people(adminToken);
        Callers callers = routes.callers();
        return new Api(
                        "Skerry headquarters",
                        version,
                        operations(callers, routes.operations()),
                        callers)
                .addTo(setup)
                .stopping(feed::stop);
    }

    PeopleRoutes people(PeopleRoutes.AdminToken adminToken) {
        return new PeopleRoutes(people, adminToken, clock);
    }

    /// All that is served.
    ///
    /// @param callers who asks
    /// @param more what is served beside it
    List<Operation> operations(Callers callers, List<Operation> more) {
        List<Operation> operations = new ArrayList<>(more);
        operations.addAll(oversight.operations(callers, OVERSEERS, Role.ADMIN));
        operations.addAll(new StockRoutes(stock, callers).operations());
        operations.addAll(new CatalogRoutes(catalog, callers).operations());
        operations.addAll(new StoresRoutes(stores, around.register(), callers).operations());
        operations.addAll(new SalesRoutes(sales).operations());
        operations.add(feed.operation());
        operations.addAll(new ReconciliationRoutes(reconciliation, callers).operations());
        operations.addAll(new PricesRoutes(prices, catalog::article, callers).operations());
        operations.addAll(new CustomersRoutes(customers, callers).operations());
        return operations;
    }

    /// Which of the databases holds which stream.
    public Map<StreamPattern, SqliteDatabase> streams() {
        Map<StreamPattern, SqliteDatabase> all = new LinkedHashMap<>();
        Masters.patterns()
                .forEach((stream, file) -> all.put(stream, requireNonNull(databases().get(file))));
        Stock.streams().forEach(it -> all.put(it, contexts.of("stock.db")));
        all.put(StreamPattern.of(ReconciliationEvent.STREAM), contexts.of("reconciliation.db"));
        all.put(StreamPattern.of(People.STREAM.value()), contexts.of("people.db"));
        all.put(StreamPattern.of(Stores.PROFILES.value()), contexts.of("stores.db"));
        all.put(StreamPattern.of(Stores.LINES.value()), contexts.of("stores.db"));
        return all;
    }

    /// One bounded piece of upkeep.
    ///
    /// @return whether there may be more to do now
    public boolean upkeep() {
        boolean more = forgetting.step();
        more |= contexts.upkeep();
        return more;
    }

    /// By the names of their files.
    public Map<String, SqliteDatabase> databases() {
        return contexts.all();
    }

    @Override
    public void close() {
        contexts.close();
    }
}
