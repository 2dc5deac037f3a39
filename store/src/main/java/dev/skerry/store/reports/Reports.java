package dev.skerry.store.reports;

import dev.skerry.context.Book;
import dev.skerry.context.Handle;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.orders.Figures;
import dev.skerry.language.orders.Figures.Kind;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.staffing.StaffingEvent;
import dev.skerry.store.reports.DayReport.Row;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/// The figures of a store's business days. Any thread.
public final class Reports {

    private final Book<Object> book;
    private final Currency currency;
    private final Exceptions exceptions;

    /// @param database with [#tables]
    /// @param zone the store's
    public Reports(
            SqliteDatabase database,
            Currency currency,
            ZoneId zone,
            InstantSource clock,
            TimeOrderedIds ids) {
        this.currency = currency;
        this.exceptions = new Exceptions(zone, currency);
        this.book = new Book<>(database, List.of(), new ReportsTables(), clock, ids);
    }

    /// What its database is to be opened with.
    public static Migrations[] tables() {
        return new Migrations[] {Book.TABLES, ReportsTables.MIGRATIONS};
    }

    /// To be driven.
    ///
    /// @param orders the store's orders
    public Follower<SqliteTransaction> follower(EventSource orders) {
        return book.follower(
                "reports",
                orders,
                FollowerSettings.byKey(),
                new Book.Reaction<>() {
                    @Override
                    public void react(Event event, Handle tables, Consumer<Object> publish) {
                        OrderEvent.FORM
                                .read(CloudEvents.read(event))
                                .ifPresent(it -> count(it, tables));
                    }

                    @Override
                    public boolean startOver(Handle tables) {
                        ReportsTables.clearFigures(tables);
                        return true;
                    }
                });
    }

    /// To be driven: what is out of the ordinary.
    ///
    /// @param orders the store's orders
    /// @param payments its payments
    /// @param staff what its people and devices did
    public List<Follower<SqliteTransaction>> exceptionFollowers(
            EventSource orders, EventSource payments, EventSource staff) {
        return List.of(
                exceptionFollower(
                        "exceptions-orders",
                        orders,
                        (it, _) ->
                                OrderEvent.FORM
                                        .read(it)
                                        .map(event -> exceptions.of(event, it.time()))),
                exceptionFollower(
                        "exceptions-payments",
                        payments,
                        (it, tables) ->
                                PaymentEvent.FORM
                                        .read(it)
                                        .map(event ->
                                                exceptions.of(
                                                        event,
                                                        it.time(),
                                                        shift ->
                                                                ReportsTables.till(
                                                                        shift, tables)))),
                exceptionFollower(
                        "exceptions-staff",
                        staff,
                        (it, _) ->
                                StaffingEvent.FORM
                                        .read(it)
                                        .map(event -> exceptions.of(event, it.time()))));
    }

    private Follower<SqliteTransaction> exceptionFollower(
            String name,
            EventSource source,
            BiFunction<CloudEvent, Handle, Optional<List<ExceptionEntry>>> entries) {
        return book.follower(
                name,
                source,
                FollowerSettings.byKey(),
                new Book.Reaction<>() {
                    @Override
                    public void react(Event event, Handle tables, Consumer<Object> publish) {
                        entries.apply(CloudEvents.read(event), tables)
                                .ifPresent(
                                        it -> ReportsTables.note(name, event.offset(), it, tables));
                    }

                    @Override
                    public boolean startOver(Handle tables) {
                        ReportsTables.clearExceptions(name, tables);
                        return true;
                    }
                });
    }

    /// What was out of the ordinary, the last first; at most [ExceptionSearch#LISTED_MAX].
    public List<ExceptionEntry> exceptions(ExceptionSearch search) {
        return book.query(tables -> ReportsTables.exceptions(search, currency, tables));
    }

    private static void count(OrderEvent event, Handle tables) {
        switch (event) {
            case OrderPaid(var order) -> {
                ReportsTables.add(order.businessDay(), Figures.of(order), tables);
                ReportsTables.remember(order, tables);
            }
            case OrderVoided voided ->
                    ReportsTables.counted(voided.order(), tables)
                            .ifPresentOrElse(
                                    order ->
                                            ReportsTables.add(
                                                    order.businessDay(),
                                                    Figures.ofVoid(
                                                            order,
                                                            Figures.of(order),
                                                            voided.refunds()),
                                                    tables),
                                    () -> {
                                        throw new IllegalStateException(
                                                "%s was voided, and is of a day long gone"
                                                        .formatted(voided.order()));
                                    });
            case OrderEvent.OrderPlaced _,
                    OrderEvent.OrderCancelled _,
                    OrderEvent.OrderSent _,
                    OrderEvent.OrderLost _,
                    OrderEvent.OrderLeft _,
                    OrderEvent.BasketAbandoned _ -> {}
        }
    }

    /// How a business day went so far.
    public DayReport day(LocalDate day) {
        return days(day, day);
    }

    /// How several went together.
    ///
    /// @throws IllegalArgumentException if these are no days, or more than [DayReport#DAYS_MAX]
    public DayReport days(LocalDate from, LocalDate until) {
        if (until.isBefore(from) || until.isAfter(from.plusDays(DayReport.DAYS_MAX - 1))) {
            throw new IllegalArgumentException(
                    "a report is of 1 to %d days, not of %s to %s"
                            .formatted(DayReport.DAYS_MAX, from, until));
        }
        return book.query(tables -> {
            Function<Kind, List<Row>> rows =
                    kind -> ReportsTables.rows(from, until, kind, currency, tables);
            Row total = one(rows.apply(Kind.TOTAL));
            return new DayReport(
                    from,
                    until,
                    total.count(),
                    one(rows.apply(Kind.VOIDS)).count(),
                    total.amount(),
                    total.tax(),
                    one(rows.apply(Kind.DISCOUNTS)).amount(),
                    one(rows.apply(Kind.ROUNDING)).amount(),
                    ReportsTables.days(from, until, currency, tables),
                    rows.apply(Kind.HOUR),
                    rows.apply(Kind.DEPARTMENT),
                    rows.apply(Kind.CASHIER),
                    rows.apply(Kind.SOURCE),
                    rows.apply(Kind.TAX),
                    rows.apply(Kind.DISCOUNT),
                    rows.apply(Kind.TENDER));
        });
    }

    private Row one(List<Row> rows) {
        Money nothing = Money.zero(currency);
        return rows.isEmpty() ? new Row("", 0, Quantity.ZERO, nothing, nothing) : rows.getFirst();
    }
}
