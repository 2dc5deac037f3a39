package dev.skerry.store.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.Order.BookVersions;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.BasketAbandoned;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderLine.ReturnOf;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.language.orders.OrderTender;
import dev.skerry.language.orders.ReceiptNumber;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.BusinessDayOpened;
import dev.skerry.language.payments.PaymentEvent.DrawerCounted;
import dev.skerry.language.payments.PaymentEvent.DrawerOpened;
import dev.skerry.language.payments.PaymentEvent.PaidOut;
import dev.skerry.language.payments.PaymentEvent.ShiftClosed;
import dev.skerry.language.payments.PaymentEvent.ShiftOpened;
import dev.skerry.language.payments.Place;
import dev.skerry.language.payments.ZReport;
import dev.skerry.language.staffing.StaffingEvent;
import dev.skerry.language.staffing.StaffingEvent.AccessRefused;
import dev.skerry.language.staffing.StaffingEvent.ActionApproved;
import dev.skerry.language.staffing.StaffingEvent.Purpose;
import dev.skerry.language.staffing.StaffingEvent.SignedOn;
import dev.skerry.store.reports.ExceptionEntry.Kind;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Follower;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExceptionsTest {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final StreamName ORDERS = StreamName.of("store-0042/orders");
    private static final StreamName PAYMENTS = StreamName.of("store-0042/payments");
    private static final StreamName STAFF = StreamName.of("store-0042/staff");
    private static final Place TILL = new Place("till-1", DAY, "s1", false);

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-02T10:00:00Z"));
    private final InstantSource clock = now::get;

    @TempDir private Path folder;
    private SqliteDatabase streams;
    private SqliteDatabase database;
    private Reports reports;
    private List<Follower<SqliteTransaction>> exceptionFollowers = List.of();

    @BeforeEach
    void open() {
        streams =
                SqliteDatabase.open(folder.resolve("streams.db"), SqliteSettings.defaults(), clock);
        streams.write(tx -> {
            List.of(ORDERS, PAYMENTS, STAFF).forEach(it -> tx.open(it, StreamSettings.keepAll()));
            return true;
        });
        database =
                SqliteDatabase.open(
                        folder.resolve("reports.db"),
                        SqliteSettings.defaults(),
                        clock,
                        Reports.tables());
        reports =
                new Reports(
                        database,
                        EUR,
                        ZoneId.of("Europe/Berlin"),
                        clock,
                        new TimeOrderedIds(clock, new Random(1)));
        exceptionFollowers =
                reports.exceptionFollowers(
                        streams.source(ORDERS, "exceptions"),
                        streams.source(PAYMENTS, "exceptions"),
                        streams.source(STAFF, "exceptions"));
    }

    @AfterEach
    void close() {
        database.close();
        streams.close();
    }

    private <E> void publish(StreamName stream, EventForm<E> form, E event) {
        CloudEvent envelope =
                CloudEvent.of("1", stream.value(), form.type(event), now.get(), form.data(event));
        streams.write(tx -> tx.append(stream, CloudEvents.write(envelope)));
        now.set(now.get().plusSeconds(60));
    }

    private void orders(OrderEvent... events) {
        List.of(events).forEach(it -> publish(ORDERS, OrderEvent.FORM, it));
    }

    private void payments(PaymentEvent... events) {
        List.of(events).forEach(it -> publish(PAYMENTS, PaymentEvent.FORM, it));
    }

    private void staff(StaffingEvent... events) {
        List.of(events).forEach(it -> publish(STAFF, StaffingEvent.FORM, it));
    }

    private void follow() {
        for (Follower<SqliteTransaction> one : exceptionFollowers) {
            while (one.step() instanceof Steps.Step.Moved) {}
            assertNull(one.status().trouble());
        }
    }

    private static Money eur(long cents) {
        return new Money(cents, EUR);
    }

    private static OrderLine line(
            String name, long cents, String source, @Nullable String back, boolean voided) {
        return new OrderLine(
                name,
                null,
                new Sku(name),
                name,
                back == null ? Quantity.ONE : Quantity.ONE.negated(),
                "PIECE",
                eur(Math.abs(cents)),
                source,
                eur(cents),
                eur(cents),
                List.of(),
                List.of(),
                "food",
                "dairy",
                back == null ? null : new ReturnOf("before", "1"),
                back,
                voided,
                null,
                null,
                null,
                null);
    }

    private static OrderPaid paid(
            String id, @Nullable String approvedBy, List<OrderDiscount> off, OrderLine... lines) {
        return new OrderPaid(
                new Order(
                        id,
                        OrderSource.TILL,
                        "till-1",
                        new ReceiptNumber("0042", "till-1", DAY, 1),
                        DAY,
                        LocalDateTime.of(2026, 3, 2, 11, 0),
                        "anna",
                        approvedBy,
                        null,
                        null,
                        null,
                        List.of(lines),
                        off,
                        List.of(),
                        eur(119),
                        true,
                        List.of(),
                        eur(0),
                        eur(0),
                        new BookVersions("1", "1"),
                        true,
                        0,
                        List.of()));
    }

    private List<ExceptionEntry> exceptions(Kind... kinds) {
        return reports.exceptions(new ExceptionSearch(DAY, DAY, Set.of(kinds), null, null, null));
    }

    @Test
    void an_ordinary_sale_is_no_exception() {
        orders(paid("a", null, List.of(), line("milk", 119, "CHAIN", null, false)));
        payments(new BusinessDayOpened(DAY, "chief"));
        staff(new SignedOn("till-1", "anna", "Anna", List.of("cashier")));
        follow();
        assertEquals(List.of(), exceptions());
    }

    @Test
    void what_a_person_changed_in_a_sale_is_named_with_its_amount_and_who_allowed_it() {
        orders(
                paid(
                        "a",
                        "chief",
                        List.of(
                                new OrderDiscount("PROMOTION", "p", "Spring", eur(50), null),
                                new OrderDiscount("MANUAL", null, "Discount", eur(30), "damaged")),
                        line("milk", 119, "CHAIN", null, false),
                        line("jam", 200, "MANUAL", null, false),
                        line("tea", -250, "MANUAL", "expired", false),
                        line("rum", 999, "CHAIN", null, true)));
        follow();
        List<ExceptionEntry> all = exceptions();
        assertEquals(
                Set.of(
                        "RETURN 2.50 EUR tea (expired)",
                        "DISCOUNT 0.30 EUR damaged",
                        "PRICE 2.00 EUR jam",
                        "VOIDED_LINES null rum"),
                Set.copyOf(
                        all.stream()
                                .map(it ->
                                        "%s %s %s".formatted(it.kind(), it.amount(), it.detail()))
                                .toList()));
        for (ExceptionEntry entry : all) {
            assertEquals("anna", entry.person());
            assertEquals("chief", entry.approvedBy());
            assertEquals("till-1", entry.device());
            assertEquals("a", entry.order());
        }
    }

    @Test
    void voids_and_baskets_that_were_given_up_are_listed_the_last_first() {
        orders(
                new OrderVoided(
                        "a",
                        new ReceiptNumber("0042", "till-1", DAY, 2),
                        "anna",
                        "chief",
                        "mistake",
                        List.of(new OrderTender("t", "CASH", eur(-119), null))),
                new BasketAbandoned("b", "till-1", "anna", DAY, 0, eur(0), null),
                new BasketAbandoned("c", "till-1", "anna", DAY, 2, eur(500), null));
        follow();
        assertEquals(
                List.of(Kind.ABANDONED, Kind.VOID),
                exceptions().stream().map(ExceptionEntry::kind).toList());
        assertEquals(
                List.of(eur(119)),
                exceptions(Kind.VOID).stream().map(ExceptionEntry::amount).toList());
    }

    @Test
    void what_happened_to_a_drawer_is_listed_by_shift() {
        payments(
                new ShiftOpened("s1", "till-1", DAY, eur(10_000), List.of(), "anna"),
                new DrawerOpened("till-1", "s1", "1", "change", "anna"),
                new PaidOut("s1", "2", eur(500), "milk", TILL, "anna"),
                new DrawerCounted("s1", "3", eur(9_400), eur(9_500), List.of(), "anna"),
                new ShiftClosed("s1", z(-100)),
                new ShiftOpened("s2", "till-2", DAY, eur(5_000), List.of(), "ben"));
        follow();
        List<ExceptionEntry> all =
                reports.exceptions(new ExceptionSearch(null, null, Set.of(), null, null, "s1"));
        assertEquals(
                List.of(
                        Kind.OVER_SHORT,
                        Kind.COUNTED,
                        Kind.PAID_OUT,
                        Kind.NO_SALE,
                        Kind.CASH_FLOAT),
                all.stream().map(ExceptionEntry::kind).toList());
        assertEquals(eur(-100), all.getFirst().amount());
        all.forEach(it -> assertEquals("till-1", it.device()));
    }

    private static ZReport z(long overShort) {
        return new ZReport(
                "till-1",
                7,
                "s1",
                DAY,
                "anna",
                "chief",
                0,
                List.of(),
                eur(0),
                eur(10_000),
                eur(0),
                eur(500),
                eur(0),
                eur(9_500),
                eur(9_500 + overShort),
                eur(overShort));
    }

    @Test
    void who_allowed_something_and_who_was_not_let_in_is_found_by_person() {
        staff(
                new ActionApproved("till-1", "chief", "anna", "void of order a"),
                new AccessRefused(
                        "till-2",
                        "ben",
                        Purpose.SIGN_ON,
                        null,
                        StaffingEvent.Refusal.WRONG_PIN,
                        1,
                        null,
                        null));
        follow();
        ExceptionSearch chief = new ExceptionSearch(DAY, DAY, Set.of(), "chief", null, null);
        assertEquals(
                List.of(Kind.APPROVAL),
                reports.exceptions(chief).stream().map(ExceptionEntry::kind).toList());
        ExceptionSearch till = new ExceptionSearch(DAY, DAY, Set.of(), null, "till-2", null);
        assertEquals("wrong pin", reports.exceptions(till).getFirst().detail());
    }

    @Test
    void an_entry_is_of_the_day_on_which_the_store_has_it() {
        now.set(Instant.parse("2026-03-02T23:30:00Z"));
        payments(new DrawerOpened("till-1", null, "1", "change", "anna"));
        follow();
        assertEquals(List.of(), exceptions());
        LocalDate next = DAY.plusDays(1);
        assertEquals(
                1,
                reports.exceptions(new ExceptionSearch(next, next, Set.of(), null, null, null))
                        .size());
    }

    @Test
    void what_was_out_of_the_ordinary_is_forgotten_when_it_is_older_than_two_years() {
        payments(new DrawerOpened("till-1", null, "1", "change", "anna"));
        now.set(now.get().plusSeconds(740L * 86_400));
        payments(new DrawerOpened("till-1", null, "2", "change", "anna"));
        follow();
        assertEquals(List.of(), exceptions());
    }

    @Test
    void neither_days_nor_a_shift_is_no_search() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ExceptionSearch(null, null, Set.of(), null, null, null));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ExceptionSearch(DAY, DAY.plusDays(31), Set.of(), null, null, null));
    }
}
