package dev.skerry.store.payments;

import static dev.skerry.language.payments.TenderKind.CARD;
import static dev.skerry.language.payments.TenderKind.CASH;
import static dev.skerry.store.payments.Shop.MONDAY;
import static dev.skerry.store.payments.Shop.TUESDAY;
import static dev.skerry.store.payments.Shop.done;
import static dev.skerry.store.payments.Shop.money;
import static dev.skerry.store.payments.Shop.refused;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skerry.language.payments.Pieces;
import dev.skerry.language.payments.TenderTakings;
import dev.skerry.language.payments.ZReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CashOfficeTest {

    @TempDir private Path folder;
    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(folder).openDay(MONDAY).openShift("s-1", "till-1", 10_000);
    }

    @AfterEach
    void state_made_anew_from_the_streams_is_the_same() {
        shop.assertRebuiltEqual();
        shop.close();
    }

    private CashOffice office() {
        return shop.payments.cashOffice();
    }

    private static DrawerMove move(String id, long amount) {
        return new DrawerMove("s-1", id, money(amount), List.of(), "because", "anna");
    }

    private void sold(String order, long due) {
        shop.due(order, due);
        done(shop.take(order, "t-" + order, CASH));
    }

    // ---- the drawer

    @Test
    void what_is_in_the_drawer_is_float_and_cash_and_what_was_moved() {
        sold("a", 2000);
        Shop.done(office().payIn(move("m1", 500)));
        Shop.done(office().payOut(move("m2", 300)));
        Shop.done(office().pickUp(move("m3", 4000)));
        assertEquals(8200, shop.drawer("s-1"));
        Takings takings = shop.payments.takings(Span.ofShift("s-1"));
        assertEquals(money(10_000), takings.cashFloat());
        assertEquals(money(500), takings.paidIn());
        assertEquals(money(300), takings.paidOut());
        assertEquals(money(4000), takings.pickedUp());
    }

    @Test
    void what_moves_cash_is_done_once_however_often_it_is_said() throws InterruptedException {
        List<Thread> threads =
                IntStream.range(0, 10)
                        .mapToObj(_ ->
                                Thread.ofVirtual().start(() -> office().payIn(move("m1", 500))))
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(10_500, shop.drawer("s-1"));
        assertEquals(Refusal.ID_USED, refused(office().payIn(move("m1", 600))));
        assertEquals(Refusal.ID_USED, refused(office().payOut(move("m1", 500))));
    }

    @Test
    void nothing_comes_out_of_a_drawer_that_is_not_in_it() {
        assertEquals(Refusal.NOT_IN_DRAWER, refused(office().pickUp(move("m1", 10_001))));
        assertEquals(Refusal.WRONG_AMOUNT, refused(office().payOut(move("m2", 0))));
    }

    @Test
    void a_count_is_the_sum_of_its_pieces() {
        List<Pieces> pieces =
                List.of(
                        new Pieces(money(5000), 1),
                        new Pieces(money(100), 49),
                        new Pieces(money(5), 20));
        Shop.done(office().count(new DrawerMove("s-1", "c", money(10_000), pieces, "", "anna")));
        assertThrows(
                IllegalArgumentException.class,
                () -> new DrawerMove("s-1", "c2", money(9999), pieces, "", "anna"));
        assertEquals(money(10_000), office().shift("s-1").orElseThrow().counted());
    }

    @Test
    void an_opened_drawer_is_on_record() {
        long before = shop.events();
        office().drawerOpened("till-1", "d-1", "no sale", "anna");
        office().drawerOpened("till-1", "d-1", "no sale", "anna");
        assertEquals(before + 1, shop.events());
    }

    // ---- X and Z

    @Test
    void an_x_report_changes_nothing_and_a_z_is_the_same_figures() {
        sold("a", 2002);
        shop.due("b", 5000);
        shop.take("b", "t-b", CARD);
        ShiftReport x = office().report("s-1").orElseThrow();
        assertEquals(new TenderTakings(CASH, 1, money(2000), money(0)), x.by(CASH));
        assertNull(x.overShort());
        Shift closed = shop.closeShift("s-1", -30);
        ZReport z = requireNonNull(closed.z());
        assertEquals(requireNonNull(x.takings()).byTender(), z.takings());
        assertEquals(money(-2), z.rounding());
        assertEquals(2, z.payments());
        assertEquals(money(12_000), z.expectedCash());
        assertEquals(money(11_970), z.countedCash());
        assertEquals(money(-30), z.overShort());
        assertEquals(closed, Shop.done(office().close("s-1", false, "ben")));
    }

    @Test
    void z_numbers_of_a_till_have_no_gap() {
        shop.openShift("other", "till-2", 0);
        for (int i = 1; i <= 4; i++) {
            assertEquals(i, requireNonNull(shop.closeShift("s-" + i, 0).z()).number());
            shop.openShift("s-" + (i + 1), "till-1", 100);
        }
        assertEquals(1, requireNonNull(shop.closeShift("other", 0).z()).number());
    }

    @Test
    void a_shift_is_closed_on_a_count_of_the_cash_that_is_there() {
        assertEquals(Refusal.NOT_COUNTED, refused(office().close("s-1", false, "anna")));
        shop.count("s-1", "c1", 10_000);
        sold("a", 500);
        assertEquals(Refusal.NOT_COUNTED, refused(office().close("s-1", false, "anna")));
        shop.count("s-1", "c2", 10_500);
        assertEquals(
                money(0),
                requireNonNull(Shop.done(office().close("s-1", false, "anna")).z()).overShort());
        assertEquals(Refusal.SHIFT_CLOSED, refused(office().payIn(move("m", 5))));
    }

    @Test
    void a_blind_count_does_not_know_what_should_be_there() {
        shop.close();
        shop = new Shop(folder, Shop.policy().withBlindCount(true), 1);
        sold("a", 500);
        assertNull(office().report("s-1").orElseThrow().takings());
        shop.count("s-1", "c", 10_400);
        assertEquals(money(-100), office().report("s-1").orElseThrow().overShort());
    }

    @Test
    void a_shift_with_unfinished_payments_is_closed_only_on_purpose() {
        shop.due("a", 1000);
        shop.take("a", "t1", CASH, 400);
        shop.count("s-1", "c", 10_400);
        assertEquals(Refusal.UNFINISHED_PAYMENTS, refused(office().close("s-1", false, "anna")));
        ZReport z = requireNonNull(Shop.done(office().close("s-1", true, "anna")).z());
        assertEquals(money(0), z.overShort());
        shop.openShift("s-2", "till-1", 10_000);
        assertEquals(Payment.State.COMPLETED, done(shop.take("a", "t2", CASH, 600)).state());
        assertEquals(10_600, shop.drawer("s-2"));
    }

    // ---- days

    @Test
    void one_day_is_open_at_a_time_and_a_day_only_once() {
        assertEquals(Refusal.BUSINESS_DAY_OPEN, refused(office().open(TUESDAY, "ben")));
        assertInstanceOf(BusinessDayResult.Done.class, office().open(MONDAY, "ben"));
        assertEquals(Refusal.SHIFTS_OPEN, refused(office().close(MONDAY, "ben")));
        shop.closeShift("s-1", 0);
        assertInstanceOf(BusinessDayResult.Done.class, office().close(MONDAY, "ben"));
        assertInstanceOf(BusinessDayResult.Done.class, office().close(MONDAY, "ben"));
        assertEquals(Refusal.BUSINESS_DAY_OVER, refused(office().open(MONDAY, "ben")));
        assertEquals(
                Refusal.NO_BUSINESS_DAY,
                refused(
                        office().open(
                                        new ShiftOpening(
                                                "s-9", "till-1", money(0), List.of(), "anna"))));
        assertEquals(Refusal.NO_BUSINESS_DAY, refused(shop.openPayment("o", 100)));
        shop.openDay(TUESDAY);
    }

    @Test
    void one_shift_is_open_at_a_till() {
        assertEquals(
                Refusal.SHIFT_OPEN,
                refused(
                        office().open(
                                        new ShiftOpening(
                                                "s-9", "till-1", money(0), List.of(), "anna"))));
        shop.openShift("s-1", "till-1", 10_000);
    }

    @Test
    void a_day_is_opened_of_the_stores_own_date_and_never_one_that_no_day_could_follow() {
        shop.closeShift("s-1", 0);
        assertInstanceOf(BusinessDayResult.Done.class, office().close(MONDAY, "ben"));
        assertEquals(
                Refusal.BUSINESS_DAY_AHEAD,
                refused(office().open(TUESDAY.plusDays(1), "ben")),
                "a clock that is two days off");
        // Trade of the night may count for the day that comes.
        shop.openDay(TUESDAY);
        assertInstanceOf(BusinessDayResult.Done.class, office().close(TUESDAY, "ben"));
        // The server's clock has fallen back, and stays so: the store sells all the same.
        assertEquals(Refusal.BUSINESS_DAY_OVER, refused(office().open(null, "ben")));
        shop.openDay(TUESDAY.plusDays(1));
        assertInstanceOf(BusinessDayResult.Done.class, office().close(TUESDAY.plusDays(1), "ben"));
        shop.pass(Duration.ofDays(4));
        assertInstanceOf(BusinessDayResult.Done.class, office().open(null, "ben"));
        assertEquals(MONDAY.plusDays(4), office().today().orElseThrow().day());
    }

    // ---- what comes late

    private void mondayIsClosed() {
        sold("a", 2000);
        shop.closeShift("s-1", 0);
        assertInstanceOf(BusinessDayResult.Done.class, office().close(MONDAY, "ben"));
    }

    private Payment late(String order, long due, LocalDate day) {
        return done(
                shop.payments.open(new Opening(order, money(due), "till-1", "anna", day, null)));
    }

    @Test
    void a_late_sale_lands_in_its_own_day_and_does_not_change_the_z() {
        mondayIsClosed();
        ZReport z = office().shift("s-1").orElseThrow().z();
        shop.openDay(TUESDAY).openShift("s-2", "till-1", 0);
        Payment payment = late("late", 700, MONDAY);
        assertEquals("s-1", payment.place().shift());
        assertEquals(Payment.State.COMPLETED, done(shop.take("late", "t-late", CASH)).state());
        assertEquals(z, office().shift("s-1").orElseThrow().z());
        assertEquals(0, shop.drawer("s-2"));
        ShiftReport report = office().report("s-1").orElseThrow();
        assertEquals(money(2000), requireNonNull(report.by(CASH)).net());
        assertEquals(
                List.of(new TenderTakings(CASH, 1, money(700), money(0))),
                requireNonNull(report.supplement()).byTender());
        CashOffice.DayReport monday = office().day(MONDAY).orElseThrow();
        assertEquals(
                List.of(new TenderTakings(CASH, 1, money(2000), money(0))),
                monday.takings().byTender());
        assertEquals(1, requireNonNull(monday.supplement()).payments());
        assertEquals(
                List.of(new TenderTakings(CASH, 2, money(2700), money(0))),
                shop.payments.takings(Span.ofDay(MONDAY)).byTender());
        assertNull(office().day(TUESDAY).orElseThrow().supplement());
    }

    @Test
    void a_late_sale_is_taken_though_no_day_is_open_or_that_day_never_was() {
        mondayIsClosed();
        late("x", 700, MONDAY);
        assertEquals(Payment.State.COMPLETED, done(shop.take("x", "t-x", CARD)).state());
        LocalDate sunday = MONDAY.minusDays(1);
        late("y", 300, sunday);
        done(shop.take("y", "t-y", CASH));
        assertEquals(
                money(300),
                shop.payments.takings(Span.ofDay(sunday).afterwards()).byTender().getFirst().net());
        assertEquals(
                Refusal.NO_BUSINESS_DAY,
                refused(
                        shop.payments.open(
                                new Opening("z", money(1), "till-1", "anna", TUESDAY, null))));
    }

    @Test
    void an_answer_that_comes_after_the_z_is_in_its_supplement() {
        SimulatedTerminal whole = shop.terminal;
        shop.terminal(
                new Passing(whole) {
                    @Override
                    public Authorization authorise(Request request) {
                        super.authorise(request);
                        throw new Crash();
                    }
                });
        shop.due("a", 900);
        assertThrows(Crash.class, () -> shop.take("a", "t-a", CARD));
        shop.terminal(whole);
        shop.count("s-1", "c", 10_000);
        ZReport z = requireNonNull(Shop.done(office().close("s-1", true, "anna")).z());
        assertEquals(List.of(), z.takings());
        shop.settle();
        assertEquals(Payment.State.COMPLETED, shop.payment("a").state());
        assertEquals(
                List.of(new TenderTakings(CARD, 1, money(900), money(0))),
                requireNonNull(office().report("s-1").orElseThrow().supplement()).byTender());
        assertEquals(z, office().shift("s-1").orElseThrow().z());
    }
}
