package dev.skerry.hq.sales;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book;
import dev.skerry.context.Handle;
import dev.skerry.hq.sales.PosLog.Transaction;
import dev.skerry.hq.sales.SalesTables.Day;
import dev.skerry.hq.sales.SalesTables.Entry;
import dev.skerry.hq.sales.SalesTables.Late;
import dev.skerry.hq.sales.SalesTables.Place;
import dev.skerry.hq.sales.SalesTables.Sale;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.orders.Figures;
import dev.skerry.language.orders.Figures.Kind;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.BusinessDayClosed;
import dev.skerry.language.payments.PaymentEvent.BusinessDayOpened;
import dev.skerry.language.payments.PaymentEvent.ShiftClosed;
import dev.skerry.language.payments.TenderTakings;
import dev.skerry.language.payments.ZReport;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.Limits;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The sales of all stores, as sums and one by one. Any thread.
public final class Sales {

    /// A single sale can be asked for so long; sums stay.
    public static final int SALES_KEPT_DAYS = 400;

    public static final int ROWS_MAX = 10_000;
    public static final int SALES_MAX = 1_000;

    /// A business day that was opened and never closed is not today's for longer.
    private static final int DAY_OPEN_DAYS_MAX = 2;

    /// Offsets of wall clocks are whole quarters of an hour.
    private static final int AHEAD_STEP_MINUTES = 15;

    /// As ISO 8601 has it. A sale that says more was made by a clock that was wrong.
    private static final int AHEAD_MINUTES_MAX = 18 * 60;

    /// By what sums can be asked for.
    public enum By {
        DAY,
        STORE,
        HOUR,
        QUARTER,
        DEPARTMENT,
        ARTICLE,
        TENDER,
        TAX,
        CASHIER,
        SOURCE,
        DISCOUNT
    }

    /// A sum.
    ///
    /// @param name of the article; null where the key says it
    /// @param count of receipts, tenders, lines or discounts, whichever is counted
    public record Row(
            String key,
            @Nullable String name,
            long count,
            Quantity quantity,
            Money amount,
            Money tax) {}

    /// What is sold so far in one currency.
    ///
    /// @param stores that have sold anything today
    /// @param sales so far today
    /// @param compared of that, until the last full quarter of an hour
    /// @param against what was sold by then on the day that today is compared with
    public record Sum(
            String currency,
            int stores,
            long receipts,
            Money sales,
            Money compared,
            long againstReceipts,
            Money against) {}

    /// What a store has sold so far.
    ///
    /// @param day its business day
    /// @param lastSale when the last one was made that HQ knows of
    public record StoreNow(
            String store,
            LocalDate day,
            long receipts,
            Money sales,
            Money compared,
            long againstReceipts,
            Money against,
            Instant lastSale) {}

    /// @param at by HQ's clock
    public record Now(Instant at, List<Sum> sums, List<StoreNow> stores) {}

    /// How a day of a store went.
    ///
    /// @param openedAt null if HQ has not heard of it
    /// @param closedAt null while it is open, as far as HQ knows
    /// @param takings as the store knew them when it closed
    /// @param zs of its tills
    /// @param late receipts that were made after the day was closed
    /// @param lateAmount null if the day is not closed
    public record StoreDay(
            String store,
            LocalDate day,
            @Nullable Instant openedAt,
            @Nullable Instant closedAt,
            List<Row> total,
            List<Row> voids,
            List<Row> discounts,
            List<Row> rounding,
            List<Row> tenders,
            List<Row> taxes,
            List<TenderTakings> takings,
            List<ZReport> zs,
            long late,
            @Nullable Money lateAmount) {}

    /// A sale, as it was made.
    ///
    /// @param voided taken back whole afterwards
    public record Made(String store, long offset, Order order, boolean voided) {}

    private final Book<Object> book;
    private final Streams mirrors;
    private final InstantSource clock;

    /// @param database with [#tables]
    /// @param mirrors where the stores' streams are
    public Sales(
            SqliteDatabase database, Streams mirrors, InstantSource clock, TimeOrderedIds ids) {
        this.mirrors = requireNonNull(mirrors, "mirrors");
        this.clock = requireNonNull(clock, "clock");
        this.book = new Book<>(database, List.of(), new SalesTables(), clock, ids);
    }

    /// What its database is to be opened with.
    public static Migrations[] tables() {
        return new Migrations[] {Book.TABLES, SalesTables.MIGRATIONS};
    }

    // ---- what is followed

    /// To be driven.
    ///
    /// @param source of all stores' orders
    public Follower<SqliteTransaction> orders(EventSource source) {
        return follower("orders", source, this::order, SalesTables::clearOrders);
    }

    /// To be driven.
    ///
    /// @param source of all stores' payments
    public Follower<SqliteTransaction> payments(EventSource source) {
        return follower("payments", source, Sales::payment, SalesTables::clearPayments);
    }

    private Follower<SqliteTransaction> follower(
            String name,
            EventSource source,
            BiConsumer<Event, Handle> reaction,
            Consumer<Handle> clear) {
        return book.follower(
                name,
                source,
                FollowerSettings.byKey(),
                new Book.Reaction<>() {
                    @Override
                    public void react(Event event, Handle tables, Consumer<Object> publish) {
                        reaction.accept(event, tables);
                    }

                    @Override
                    public boolean startOver(Handle tables) {
                        clear.accept(tables);
                        return true;
                    }
                });
    }

    /// Such as `0042`.
    private static String store(StreamName stream) {
        String name = stream.value();
        return name.substring("store-".length(), name.indexOf('/'));
    }

    private static StreamName orders(String store) {
        return StreamName.of("store-" + store + "/orders");
    }

    private void order(Event event, Handle tables) {
        CloudEvent envelope = CloudEvents.read(event);
        String store = store(event.stream());
        switch (OrderEvent.FORM.read(envelope).orElse(null)) {
            case OrderPaid(var order) -> {
                SalesTables.add(
                        store,
                        order.businessDay(),
                        order.total().currency(),
                        Figures.detailed(order),
                        tables);
                SalesTables.remember(
                        store, order, event.offset(), envelope.time(), SALES_KEPT_DAYS, tables);
                SalesTables.journal(store, order.businessDay(), event.offset(), tables);
                SalesTables.name(Figures.articles(order), tables);
                SalesTables.place(
                        new Place(
                                store,
                                order.total().currency(),
                                ahead(order.at(), envelope.time()),
                                envelope.time()),
                        tables);
            }
            case OrderVoided voided -> takeBack(store, voided, event.offset(), tables);
            case OrderEvent.OrderPlaced _,
                    OrderEvent.OrderCancelled _,
                    OrderEvent.OrderSent _,
                    OrderEvent.OrderLost _,
                    OrderEvent.OrderLeft _,
                    OrderEvent.BasketAbandoned _ -> {}
            // Of a newer program.
            case null -> {}
        }
    }

    /// An order is published when it is paid: what its receipt shows is that moment on the store's wall.
    private static int ahead(LocalDateTime wall, Instant at) {
        long minutes =
                Duration.between(LocalDateTime.ofInstant(at, ZoneOffset.UTC), wall).toMinutes();
        long whole =
                Math.floorDiv(minutes + AHEAD_STEP_MINUTES / 2, AHEAD_STEP_MINUTES)
                        * AHEAD_STEP_MINUTES;
        return Math.clamp(whole, -AHEAD_MINUTES_MAX, AHEAD_MINUTES_MAX);
    }

    private void takeBack(String store, OrderVoided voided, long offset, Handle tables) {
        Sale sale =
                SalesTables.sale(store, voided.order(), tables)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "%s of store %s was voided, and is of a day long gone"
                                                .formatted(voided.order(), store)));
        Order order =
                made(sale)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "%s of store %s was voided, and HQ has it no more"
                                                .formatted(voided.order(), store)));
        SalesTables.add(
                store,
                order.businessDay(),
                order.total().currency(),
                Figures.ofVoid(order, Figures.detailed(order), voided.refunds()),
                tables);
        SalesTables.voided(sale, tables);
        SalesTables.journal(store, order.businessDay(), offset, tables);
    }

    /// As its store has published it.
    private Optional<Order> made(Sale sale) {
        return published(sale.store(), sale.offset())
                .flatMap(OrderEvent.FORM::read)
                .map(it -> ((OrderPaid) it).paid());
    }

    private Optional<CloudEvent> published(String store, long offset) {
        Read read = mirrors.read(orders(store), offset, 1, Limits.PAGE_BYTES_MAX);
        return read instanceof Read.Page page
                ? page.events().stream()
                        .filter(it -> it.offset() == offset)
                        .findFirst()
                        .map(CloudEvents::read)
                : Optional.empty();
    }

    private static void payment(Event event, Handle tables) {
        CloudEvent envelope = CloudEvents.read(event);
        String store = store(event.stream());
        PaymentEvent.FORM
                .read(envelope)
                .ifPresent(payment -> {
                    if (payment instanceof BusinessDayOpened it) {
                        SalesTables.opened(store, it.day(), envelope.time(), tables);
                    } else if (payment instanceof BusinessDayClosed it) {
                        SalesTables.closed(store, it.day(), envelope.time(), it.takings(), tables);
                    } else if (payment instanceof ShiftClosed it) {
                        SalesTables.z(store, it.z(), tables);
                    }
                });
    }

    // ---- questions

    /// Sums of some days.
    ///
    /// @param to the last day
    /// @param store null for all
    /// @param max rows, at most [#ROWS_MAX]; where they are by worth, the dearest
    public List<Row> sums(By by, LocalDate from, LocalDate to, @Nullable String store, int max) {
        String one = store == null ? "" : store;
        return book.query(tables ->
                SalesTables.rows(
                        sql(by),
                        List.of(from.toString(), to.toString(), kind(by).name(), one, one, max),
                        tables));
    }

    private static String sql(By by) {
        return switch (by) {
            case DAY -> SalesTables.BY_DAY;
            case STORE -> SalesTables.BY_STORE;
            case HOUR -> SalesTables.BY_HOUR;
            case QUARTER -> SalesTables.BY_QUARTER;
            case ARTICLE -> SalesTables.BY_ARTICLE;
            case DEPARTMENT, TENDER, TAX, CASHIER, SOURCE, DISCOUNT -> SalesTables.BY_KEY;
        };
    }

    private static Kind kind(By by) {
        return switch (by) {
            case DAY, STORE -> Kind.TOTAL;
            case HOUR, QUARTER -> Kind.QUARTER;
            case DEPARTMENT -> Kind.DEPARTMENT;
            case ARTICLE -> Kind.ARTICLE;
            case TENDER -> Kind.TENDER;
            case TAX -> Kind.TAX;
            case CASHIER -> Kind.CASHIER;
            case SOURCE -> Kind.SOURCE;
            case DISCOUNT -> Kind.DISCOUNT;
        };
    }

    /// How a day of a store went so far.
    public StoreDay day(String store, LocalDate day) {
        return book.query(tables -> {
            Day known = SalesTables.day(store, day, tables).orElse(new Day(null, null, List.of()));
            List<Row> total = rows(store, day, Kind.TOTAL, tables);
            Instant closedAt = known.closedAt();
            Late late =
                    closedAt == null
                            ? new Late(0, 0)
                            : SalesTables.late(store, day, closedAt, tables);
            return new StoreDay(
                    store,
                    day,
                    known.openedAt(),
                    closedAt,
                    total,
                    rows(store, day, Kind.VOIDS, tables),
                    rows(store, day, Kind.DISCOUNTS, tables),
                    rows(store, day, Kind.ROUNDING, tables),
                    rows(store, day, Kind.TENDER, tables),
                    rows(store, day, Kind.TAX, tables),
                    known.takings(),
                    SalesTables.zs(store, day, tables),
                    late.count(),
                    closedAt == null || total.isEmpty()
                            ? null
                            : new Money(late.minor(), total.getFirst().amount().currency()));
        });
    }

    private static List<Row> rows(String store, LocalDate day, Kind kind, Handle tables) {
        return SalesTables.rows(store, day, kind.name(), tables);
    }

    /// What is sold now, against a day before at the same time of each store's wall clock.
    ///
    /// @param daysBack with which day today is compared: 1 for yesterday, 7 for the same weekday
    public Now now(int daysBack) {
        Instant now = clock.instant();
        return book.query(tables -> {
            Map<String, LocalDate> open = SalesTables.openDays(tables);
            Map<String, Map<String, Row>> asked = new HashMap<>();
            List<StoreNow> stores = new ArrayList<>();
            for (Place place : SalesTables.places(tables)) {
                LocalDateTime wall =
                        LocalDateTime.ofInstant(
                                now, ZoneOffset.ofTotalSeconds(place.aheadMinutes() * 60));
                LocalDate day = today(wall.toLocalDate(), open.get(place.store()));
                String quarter =
                        Figures.quarter(Duration.between(day.atStartOfDay(), wall).toMinutes());
                Row sales = row(place, SalesTables.TOTALS, List.of(day), asked, tables);
                Row compared =
                        row(
                                place,
                                SalesTables.BEFORE_QUARTER,
                                List.of(day, quarter),
                                asked,
                                tables);
                Row against =
                        row(
                                place,
                                SalesTables.BEFORE_QUARTER,
                                List.of(day.minusDays(daysBack), quarter),
                                asked,
                                tables);
                stores.add(
                        new StoreNow(
                                place.store(),
                                day,
                                sales.count(),
                                sales.amount(),
                                compared.amount(),
                                against.count(),
                                against.amount(),
                                place.lastAt()));
            }
            return new Now(now, sums(stores), stores);
        });
    }

    private static LocalDate today(LocalDate wall, @Nullable LocalDate open) {
        return open != null && !open.isBefore(wall.minusDays(DAY_OPEN_DAYS_MAX)) ? open : wall;
    }

    /// Stores of one time zone ask the same, so each question is asked once for all of them.
    private static Row row(
            Place place,
            String sql,
            List<Object> values,
            Map<String, Map<String, Row>> asked,
            Handle tables) {
        Money nothing = Money.zero(place.currency());
        return asked.computeIfAbsent(
                        sql + values,
                        _ -> {
                            Map<String, Row> all = new HashMap<>();
                            SalesTables.rows(
                                            sql,
                                            values.stream().<Object>map(String::valueOf).toList(),
                                            tables)
                                    .forEach(it ->
                                            all.put(it.key() + " " + it.amount().currency(), it));
                            return all;
                        })
                .getOrDefault(
                        place.store() + " " + place.currency(),
                        new Row(place.store(), null, 0, Quantity.ZERO, nothing, nothing));
    }

    private static List<Sum> sums(List<StoreNow> stores) {
        Map<String, Sum> all = new TreeMap<>();
        for (StoreNow it : stores) {
            Currency currency = it.sales().currency();
            all.merge(
                    currency.getCurrencyCode(),
                    new Sum(
                            currency.getCurrencyCode(),
                            it.receipts() > 0 ? 1 : 0,
                            it.receipts(),
                            it.sales(),
                            it.compared(),
                            it.againstReceipts(),
                            it.against()),
                    (one, other) ->
                            new Sum(
                                    one.currency(),
                                    one.stores() + other.stores(),
                                    one.receipts() + other.receipts(),
                                    one.sales().plus(other.sales()),
                                    one.compared().plus(other.compared()),
                                    one.againstReceipts() + other.againstReceipts(),
                                    one.against().plus(other.against())));
        }
        return List.copyOf(all.values());
    }

    // ---- one by one

    /// A sale.
    public Optional<Made> sale(String store, String id) {
        return book.query(tables -> SalesTables.sale(store, id, tables)).flatMap(this::whole);
    }

    /// The sales of a day, in the order in which they were made.
    ///
    /// @param from the offset in the store's orders to begin at
    /// @param max at most [#SALES_MAX]
    public List<Made> sales(String store, LocalDate day, long from, int max) {
        return book.query(tables -> SalesTables.sales(store, day, from, max, tables)).stream()
                .flatMap(it -> whole(it).stream())
                .toList();
    }

    /// Some of all sales and what took sales back, in the order in which HQ took them.
    ///
    /// @param next to ask for what comes after
    /// @param upToDate there was no more when this was asked
    record Transactions(long next, boolean upToDate, List<Transaction> transactions) {}

    /// @param after the number up to which all is known; 0 from the beginning
    /// @param max at most [#SALES_MAX]
    Transactions transactions(long after, int max) {
        List<Entry> entries = book.query(tables -> SalesTables.entries(after, max, tables));
        return new Transactions(
                entries.isEmpty() ? after : entries.getLast().number(),
                entries.size() < max,
                entries.stream().flatMap(it -> transaction(it).stream()).toList());
    }

    private Optional<Transaction> transaction(Entry entry) {
        return published(entry.store(), entry.offset())
                .flatMap(envelope ->
                        OrderEvent.FORM
                                .read(envelope)
                                .flatMap(event ->
                                        switch (event) {
                                            case OrderPaid(var order) ->
                                                    Optional.of(PosLog.sale(order));
                                            case OrderVoided voided ->
                                                    postVoid(entry.store(), voided, envelope);
                                            case OrderEvent.OrderPlaced _,
                                                    OrderEvent.OrderCancelled _,
                                                    OrderEvent.OrderSent _,
                                                    OrderEvent.OrderLost _,
                                                    OrderEvent.OrderLeft _,
                                                    OrderEvent.BasketAbandoned _ ->
                                                    throw new IllegalStateException(
                                                            "not noted as a sale: " + entry);
                                        }));
    }

    private Optional<Transaction> postVoid(String store, OrderVoided voided, CloudEvent envelope) {
        return book.query(tables -> SalesTables.sale(store, voided.order(), tables))
                .flatMap(sale -> published(store, sale.offset()))
                .flatMap(sold ->
                        OrderEvent.FORM
                                .read(sold)
                                .map(it -> ((OrderPaid) it).paid())
                                .map(order ->
                                        PosLog.postVoid(
                                                order,
                                                voided,
                                                order.at()
                                                        .plus(
                                                                Duration.between(
                                                                        sold.time(),
                                                                        envelope.time())))));
    }

    /// Stores that have sold anything on a day, by their ids.
    List<String> stores(LocalDate day) {
        return book.query(tables -> SalesTables.stores(day, tables));
    }

    private Optional<Made> whole(Sale sale) {
        return made(sale).map(it -> new Made(sale.store(), sale.offset(), it, sale.voided()));
    }
}
