package dev.skerry.app.shop;

import dev.skerry.app.contexts.Contexts;
import dev.skerry.app.contexts.Oversight;
import dev.skerry.app.feed.Feed;
import dev.skerry.app.feed.FeedTail;
import dev.skerry.app.feed.Telling;
import dev.skerry.context.Api;
import dev.skerry.context.Approvals;
import dev.skerry.context.Book;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Forgetting;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.customers.CustomerEvent;
import dev.skerry.language.gs1.InStoreLayouts;
import dev.skerry.language.loyalty.OfferEvent;
import dev.skerry.language.payments.GiftCardEvent;
import dev.skerry.language.staff.StaffEvent;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.HttpSetup;
import dev.skerry.pricing.Policies.TaxRounding;
import dev.skerry.store.catalog.Catalog;
import dev.skerry.store.catalog.CatalogFollowers;
import dev.skerry.store.catalog.CatalogRoutes;
import dev.skerry.store.inventory.Inventory;
import dev.skerry.store.inventory.InventoryRoutes;
import dev.skerry.store.kitchen.Kitchen;
import dev.skerry.store.kitchen.KitchenRoutes;
import dev.skerry.store.loyalty.Loyalty;
import dev.skerry.store.loyalty.LoyaltyFollowers;
import dev.skerry.store.loyalty.LoyaltyPolicy;
import dev.skerry.store.loyalty.LoyaltyRoutes;
import dev.skerry.store.orders.Basket;
import dev.skerry.store.orders.BasketResult;
import dev.skerry.store.orders.OrderPolicy;
import dev.skerry.store.orders.Orders;
import dev.skerry.store.orders.OrdersRoutes;
import dev.skerry.store.payments.BusinessDay;
import dev.skerry.store.payments.GiftCards;
import dev.skerry.store.payments.Payments;
import dev.skerry.store.payments.PaymentsFollowers;
import dev.skerry.store.payments.PaymentsPolicy;
import dev.skerry.store.payments.PaymentsRoutes;
import dev.skerry.store.payments.Terminal;
import dev.skerry.store.pricing.Pricing;
import dev.skerry.store.pricing.PricingRoutes;
import dev.skerry.store.printing.Printing;
import dev.skerry.store.printing.PrintingRoutes;
import dev.skerry.store.reports.Reports;
import dev.skerry.store.reports.ReportsRoutes;
import dev.skerry.store.staff.Staff;
import dev.skerry.store.staff.StaffFollowers;
import dev.skerry.store.staff.StaffRoutes;
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
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The contexts of a store, and how they meet. Any thread.
public final class Store implements AutoCloseable {

    /// Of receipts that no printer has a language for.
    private static final String LANGUAGE = "en";

    /// Which store it is.
    ///
    /// @param id such as `0042`
    /// @param zone of the chain in which it lies
    public record Site(String id, String zone, ZoneId time, Currency currency) {

        String node() {
            return "store-" + id;
        }
    }

    /// What is outside of the store's server.
    ///
    /// @param line to HQ, as it is when asked
    /// @param pacer by which a screen that listens waits
    public record Outside(
            Terminal terminal, GiftCards giftCards, Supplier<Line> line, Pacer pacer) {

        boolean lineUp() {
            return line.get().up();
        }
    }

    /// What differs from chain to chain.
    ///
    /// @param labelsFirst a price goes up at the till only after its label says so
    /// @param kioskPaysFirst what is ordered at a kiosk is made when it is paid
    /// @param requestsKnown how long a request that is repeated with its id is known
    public record Rules(
            PaymentsPolicy payments,
            boolean labelsFirst,
            boolean kioskPaysFirst,
            Duration requestsKnown,
            PhoneRules phones) {}

    private final Contexts contexts;
    private final SqliteDatabase mirrors;
    private final Site site;
    private final Catalog catalog;
    private final Pricing pricing;
    private final BasketPricing basketPricing;
    private final Orders orders;
    private final Payments payments;
    private final Reports reports;
    private final Staff staff;
    private final Inventory inventory;
    private final Printing printing;
    private final Loyalty loyalty;
    private final Kitchen kitchen;
    private final Shared settling;
    private final Forgetting forgetting;
    private final Outside outside;
    private final Feed feed;
    private final Trips trips;
    private final Oversight oversight = new Oversight();
    private final List<Steps> tails;
    private final InstantSource clock;

    /// @param mirrors where the store has HQ's streams
    /// @param random for the tokens of devices; in production a `SecureRandom`
    public Store(
            Site site,
            Contexts.Opening opening,
            SqliteDatabase mirrors,
            Outside outside,
            Rules rules,
            InstantSource clock,
            TimeOrderedIds ids,
            RandomGenerator random) {
        this.site = site;
        this.contexts = new Contexts(opening);
        this.mirrors = mirrors;
        this.clock = clock;
        this.outside = outside;
        boolean complete = false;
        try {
            catalog =
                    new Catalog(
                            database("catalog.db", Book.TABLES, Catalog.TABLES),
                            InStoreLayouts.standard(),
                            site.currency(),
                            site.time(),
                            clock,
                            ids);
            pricing =
                    new Pricing(
                            database("pricing.db", Pricing.tables()),
                            new Pricing.Site(site.id(), site.zone(), site.time(), site.currency()),
                            pricingRules(site.currency(), rules.labelsFirst()),
                            clock,
                            ids);
            payments =
                    new Payments(
                            database("payments.db", Book.TABLES, Payments.TABLES),
                            new Payments.Site(site.node(), site.time()),
                            clock,
                            ids,
                            rules.payments(),
                            outside.terminal(),
                            outside.giftCards());
            loyalty =
                    new Loyalty(
                            database("loyalty.db", Loyalty.tables()),
                            new Loyalty.Site(site.id(), site.time()),
                            LoyaltyPolicy.defaults(),
                            outside::lineUp,
                            clock,
                            ids);
            inventory =
                    new Inventory(
                            database("inventory.db", Inventory.tables()),
                            new Inventory.Site(site.id(), site.time()),
                            Inventory.Rules.defaults(),
                            clock,
                            ids);
            basketPricing =
                    new BasketPricing(pricing, site.currency(), loyalty, clock, outside::lineUp);
            orders =
                    new Orders(
                            database("orders.db", Orders.tables()),
                            new Orders.Site(site.id(), site.time(), site.currency()),
                            new CatalogGoods(catalog, inventory),
                            basketPricing,
                            new LoyaltyCoupons(loyalty, clock),
                            OrderPolicy.defaults(site.currency())
                                    .withKioskPaysFirst(rules.kioskPaysFirst()),
                            clock,
                            ids);
            reports =
                    new Reports(
                            database("reports.db", Reports.tables()),
                            site.currency(),
                            site.time(),
                            clock,
                            ids);
            staff =
                    new Staff(
                            database("staff.db", Staff.tables()), site.node(), clock, ids, random);
            printing =
                    new Printing(
                            database("printing.db", Printing.tables()),
                            this::receipted,
                            Printing.overTcp(Printing.Patience.defaults()),
                            Printing.Policy.defaults(),
                            clock,
                            ids);
            kitchen =
                    new Kitchen(
                            database("kitchen.db", Kitchen.tables()),
                            site.id(),
                            Kitchen.Rules.defaults(),
                            new CatalogDishes(catalog),
                            clock,
                            ids);
            settling =
                    new Shared(
                            orders.payments(
                                    of("payments.db")
                                            .source(
                                                    StreamName.of(site.node() + "/payments"),
                                                    "orders"),
                                    Checkout::settled));
            forgetting = contexts.forgetting(rules.requestsKnown(), clock);
            feed =
                    new Feed(
                            site.id(),
                            List.of(Topic.values()),
                            ids.next().toString(),
                            Feed.READERS_MAX,
                            outside.pacer(),
                            clock);
            trips = new Trips(rules.phones(), site.id(), clock, random);
            tails = tails();
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    private Optional<Printing.PaidOrders.Paid> receipted(String order) {
        return orders.order(order)
                .map(it -> new Printing.PaidOrders.Paid(it.order(), it.voided(), false))
                .or(() ->
                        orders.rehearsed(order)
                                .map(it -> new Printing.PaidOrders.Paid(it, null, true)));
    }

    private List<Steps> tails() {
        return List.of(
                tail(Changes.BASKETS, "orders.db", Orders.BASKETS),
                tail(Changes.ORDERS, "orders.db", Orders.stream(site.id())),
                tail(Changes.PAYMENTS, "payments.db", StreamName.of(site.node() + "/payments")),
                tail(Changes.TICKETS, "kitchen.db", Kitchen.SCREENS),
                tail(Changes.KITCHEN, "kitchen.db", Kitchen.stream(site.id())),
                tail(Changes.AVAILABILITY, "inventory.db", Inventory.AVAILABILITY),
                tail(Changes.INVENTORY, "inventory.db", Inventory.stream(site.id())),
                tail(Changes.PRICING, "pricing.db", Pricing.stream(site.id())),
                tail(Changes.LOYALTY, "loyalty.db", Loyalty.stream(site.id())),
                tail(Changes.STAFF, "staff.db", Staff.stream(site.node())),
                tail(Changes.PRINTING, "printing.db", Printing.JOBS),
                new FeedLine(feed, outside.line()),
                new FeedClock(feed, pricing, site.time(), clock));
    }

    private Steps tail(Changes changes, String file, StreamName stream) {
        return new FeedTail(feed, changes, of(file), stream);
    }

    private SqliteDatabase database(String file, Migrations... tables) {
        return contexts.open(file, tables);
    }

    private SqliteDatabase of(String file) {
        return contexts.of(file);
    }

    private static Pricing.Rules pricingRules(Currency currency, boolean labelsFirst) {
        long major = Math.powExact(10L, currency.getDefaultFractionDigits());
        return new Pricing.Rules(
                TaxRounding.DOCUMENT,
                Duration.ofDays(3),
                new dev.skerry.language.Money(20 * major, currency),
                labelsFirst);
    }

    /// Everything that has to be done without being asked. Not before this machine may write: what follows the store's own past would
    /// publish while that past is still being fetched from HQ.
    public void drive(Driver driver) {
        loyalty.releaseWhere(this::isNotPaid);
        Function<String, EventSource> own = it -> source(Orders.stream(site.id()), it);
        drive(
                driver,
                "catalog",
                telling(
                        CatalogFollowers.hq(catalog, mirror(CatalogEvent.STREAM, "catalog")),
                        Topic.ARTICLES));
        drive(
                driver,
                "staff",
                telling(
                        StaffFollowers.hq(staff, mirror(StaffEvent.STREAM, "staff")),
                        Topic.PEOPLE));
        pricing.followers(stream -> mirror(stream.value(), "pricing"))
                .forEach(it -> drive(driver, "pricing", telling(it, Topic.PRICES)));
        drive(driver, "orders", settling);
        drive(driver, "reports", telling(reports.follower(own.apply("reports")), Topic.REPORTS));
        reports.exceptionFollowers(
                        own.apply("exceptions"),
                        source(StreamName.of(site.node() + "/payments"), "exceptions"),
                        source(Staff.stream(site.node()), "exceptions"))
                .forEach(it -> drive(driver, "reports", telling(it, Topic.EXCEPTIONS)));
        inventory
                .followers(stream -> source(stream, "inventory"))
                .forEach(it -> drive(driver, "inventory", it));
        drive(driver, "printing", printing.orders(own.apply("printing")));
        drive(
                driver,
                "printing",
                printing.kitchen(
                        source(Kitchen.stream(site.id()), "printing"),
                        kitchen::order,
                        site.time()));
        drive(
                driver,
                "printing",
                printing.cash(
                        source(StreamName.of(site.node() + "/payments"), "printing"), site.time()));
        drive(driver, "printing", printing.lanes(it -> drive(driver, "printing", it)));
        LoyaltyFollowers members = new LoyaltyFollowers(loyalty);
        drive(
                driver,
                "loyalty",
                telling(
                        members.customers(mirror(CustomerEvent.STREAM, "loyalty")),
                        Topic.CUSTOMERS));
        drive(
                driver,
                "loyalty",
                telling(members.offers(mirror(OfferEvent.STREAM, "loyalty")), Topic.OFFERS));
        drive(driver, "loyalty", members.orders(own.apply("loyalty")));
        drive(driver, "kitchen", kitchen.follower(own.apply("kitchen")));
        drive(
                driver,
                "payments",
                new PaymentsFollowers(payments, site.node())
                        .giftCards(mirror(GiftCardEvent.STREAM, "payments")));
        drive(driver, "payments", payments.settling());
        drive(driver, "payments", payments.forwarding());
        tails.forEach(driver::drive);
    }

    /// Whether nobody pays a basket, and nobody has.
    private boolean isNotPaid(String basket) {
        return switch (orders.basket(basket)) {
            case BasketResult.Changed(Basket it) -> it.status() != Basket.Status.PAYING;
            case BasketResult.Paid _ -> false;
            case BasketResult.Abandoned _, BasketResult.Refused _ -> true;
        };
    }

    private Steps telling(Steps steps, Topic topic) {
        return new Telling(steps, feed, topic);
    }

    private void drive(Driver driver, String context, Steps steps) {
        String name = Contexts.drive(driver, context, steps);
        if (followerIn(steps) instanceof Follower<?> follower) {
            oversight.add(name, follower, driver);
        }
    }

    private static Steps followerIn(Steps steps) {
        return switch (steps) {
            case Telling telling -> followerIn(telling.steps());
            case Shared shared -> followerIn(shared.steps());
            default -> steps;
        };
    }

    private EventSource mirror(String stream, String follower) {
        return mirrors.source(StreamName.of(stream), follower);
    }

    /// A stream of the store's own where a context of it publishes that, else HQ's.
    private EventSource source(StreamName stream, String follower) {
        return streams().entrySet().stream()
                .filter(it -> it.getKey().matches(stream))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(mirrors)
                .source(stream, follower);
    }

    /// Its API, for devices that were paired and people who are signed on.
    ///
    /// @param operatorSecret by which who may read the data folder is a manager
    /// @param welcome which screens on the server itself need no manager's word
    /// @param open throws an [HttpProblem] while this machine may not trade
    public HttpSetup addTo(
            HttpSetup setup,
            String version,
            String operatorSecret,
            StaffRoutes.Welcome welcome,
            Runnable open) {
        StaffRoutes routes = people(operatorSecret, welcome);
        Callers callers =
                request -> {
                    open.run();
                    return routes.callers().of(request);
                };
        return addTo(setup, callers, routes.approvals(), version, routes.operations());
    }

    StaffRoutes people(String operatorSecret, StaffRoutes.Welcome welcome) {
        return new StaffRoutes(staff, clock, operatorSecret, welcome);
    }

    /// Its API.
    ///
    /// @param callers who asks
    /// @param more what is served beside it
    HttpSetup addTo(
            HttpSetup setup,
            Callers callers,
            Approvals approvals,
            String version,
            List<Operation> more) {
        Callers all = trips.before(callers);
        List<Operation> served = operations(all, approvals, more);
        served.add(StoreEvents.of(site.node(), version, feed).operation());
        return new Api("A Skerry store", version, served, all).addTo(setup).stopping(feed::stop);
    }

    /// All that is served.
    List<Operation> operations(Callers callers, Approvals approvals, List<Operation> more) {
        List<Operation> operations = new ArrayList<>(more);
        operations.addAll(new CatalogRoutes(catalog).operations());
        operations.addAll(oversight.operations(callers, List.of(Role.MANAGER), Role.MANAGER));
        operations.addAll(
                new OrdersRoutes(orders, callers, approvals, this::businessDay).operations());
        operations.addAll(new PaymentsRoutes(payments, callers, site.currency()).operations());
        Checkout checkout =
                new Checkout(
                        orders,
                        payments,
                        loyalty,
                        callers,
                        approvals,
                        this::businessDay,
                        clock,
                        settling);
        operations.addAll(checkout.operations());
        operations.addAll(new PrintingRoutes(printing, callers, LANGUAGE).operations());
        operations.addAll(
                new CashSlips(payments.cashOffice(), printing, callers, clock, site.time())
                        .operations());
        operations.addAll(new InventoryRoutes(inventory, callers).operations());
        operations.addAll(new KitchenRoutes(kitchen, callers).operations());
        operations.addAll(new LoyaltyRoutes(loyalty, callers, clock).operations());
        operations.addAll(
                new PricingRoutes(pricing, new CatalogAssortment(catalog, inventory), callers)
                        .operations());
        operations.add(new RewardList(pricing).operation());
        PriceCheck prices =
                new PriceCheck(
                        new CatalogGoods(catalog, inventory),
                        basketPricing,
                        inventory,
                        site.time(),
                        site.currency(),
                        clock);
        operations.addAll(prices.operations());
        operations.add(
                new PromotionList(
                                new CatalogGoods(catalog, inventory),
                                pricing,
                                basketPricing,
                                site.time(),
                                site.currency(),
                                clock)
                        .operation());
        operations.addAll(
                new ScanAndGo(
                                trips,
                                orders,
                                checkout,
                                loyalty,
                                catalog,
                                prices,
                                printing,
                                feed,
                                callers,
                                site.time(),
                                clock)
                        .operations());
        operations.add(
                new MenuCard(
                                catalog,
                                new CatalogGoods(catalog, inventory),
                                basketPricing,
                                inventory,
                                site.time(),
                                site.currency(),
                                clock)
                        .operation());
        operations.addAll(new ReportsRoutes(reports, this::businessDay).operations());
        operations.add(feed.operation());
        operations.add(
                Operation.of(
                                "GET",
                                "/api/line",
                                "Tells whether HQ can be reached, since when, and what waits to go there",
                                request -> Requests.answer(request, 200, outside.line().get()))
                        .answering(Line.class));
        OwnBaskets own = new OwnBaskets(orders, callers);
        operations.replaceAll(own::guarded);
        return operations;
    }

    private LocalDate businessDay() {
        return payments.cashOffice()
                .today()
                .map(BusinessDay::day)
                .orElseThrow(() ->
                        new HttpProblem(
                                409,
                                "no-business-day",
                                "The store is closed",
                                "no business day is open: a manager opens it"));
    }

    /// Which of the databases holds which stream.
    public Map<StreamPattern, SqliteDatabase> streams() {
        Map<StreamPattern, SqliteDatabase> all = new LinkedHashMap<>();
        all.put(StreamPattern.of(Pricing.stream(site.id()).value()), of("pricing.db"));
        all.put(StreamPattern.of(site.node() + "/payments"), of("payments.db"));
        all.put(StreamPattern.of(Staff.stream(site.node()).value()), of("staff.db"));
        Orders.streams(site.id()).forEach(it -> all.put(it, of("orders.db")));
        Kitchen.streams(site.id()).forEach(it -> all.put(it, of("kitchen.db")));
        Loyalty.streams(site.id()).forEach(it -> all.put(it, of("loyalty.db")));
        Printing.streams().forEach(it -> all.put(it, of("printing.db")));
        Inventory.streams(site.id()).forEach(it -> all.put(it, of("inventory.db")));
        return all;
    }

    /// One bounded piece of upkeep: what is dropped was compacted, or is a command that nobody repeats any more.
    ///
    /// @return whether there may be more to do now
    public boolean upkeep() {
        boolean more = forgetting.step();
        more |= orders.forgetPhones(clock.instant().minus(Trips.LEFT_BEHIND_AFTER));
        more |= contexts.upkeep();
        return more;
    }

    Orders orders() {
        return orders;
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
