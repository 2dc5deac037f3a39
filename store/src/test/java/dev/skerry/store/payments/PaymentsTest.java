package dev.skerry.store.payments;

import static dev.skerry.language.payments.TenderKind.CARD;
import static dev.skerry.language.payments.TenderKind.CASH;
import static dev.skerry.language.payments.TenderKind.GIFT_CARD;
import static dev.skerry.language.payments.TenderKind.MANUFACTURER_COUPON;
import static dev.skerry.language.payments.TenderKind.ON_ACCOUNT;
import static dev.skerry.language.payments.TenderKind.VOUCHER;
import static dev.skerry.store.payments.Shop.done;
import static dev.skerry.store.payments.Shop.money;
import static dev.skerry.store.payments.Shop.refused;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Money;
import dev.skerry.language.payments.RefundOf;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.store.payments.SimulatedTerminal.Act;
import dev.skerry.store.payments.Tender.State;
import dev.skerry.stream.Steps.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentsTest {

    @TempDir private Path folder;
    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(folder).openDay(Shop.MONDAY).openShift("s-1", "till-1", 10_000);
    }

    @AfterEach
    void state_made_anew_from_the_streams_is_the_same() {
        shop.assertRebuiltEqual();
        shop.close();
    }

    // ---- cash

    @ParameterizedTest
    @CsvSource({
        "1002, 1000, -2",
        "1003, 1005, 2",
        "1007, 1005, -2",
        "1008, 1010, 2",
        "1000, 1000, 0",
        "2, 0, -2",
        "3, 5, 2"
    })
    void only_what_is_paid_in_cash_is_rounded(long due, long paid, long rounding) {
        assertEquals(money(paid), shop.due("o", due).cashDue());
        Payment payment = done(shop.take("o", "t", CASH));
        assertEquals(Payment.State.COMPLETED, payment.state());
        assertEquals(money(rounding), payment.rounding());
        assertEquals(10_000 + paid, shop.drawer("s-1"));
        assertEquals(money(rounding), shop.payments.takings(Span.ofShift("s-1")).rounding());
    }

    @Test
    void change_is_given_for_cash() {
        shop.due("o", 1002);
        Payment payment = done(shop.take("o", "t", CASH, 5000));
        assertEquals(money(4000), payment.change());
        assertEquals(11_000, shop.drawer("s-1"));
    }

    @Test
    void a_card_pays_to_the_cent_and_the_cash_beside_it_is_rounded() {
        shop.due("o", 1002);
        assertEquals(money(502), done(shop.take("o", "t1", CARD, 500)).left());
        Payment payment = done(shop.take("o", "t2", CASH, 500));
        assertEquals(Payment.State.COMPLETED, payment.state());
        assertEquals(money(-2), payment.rounding());
        assertEquals(500, shop.terminal.moved("t1"));

        shop.due("p", 1002);
        shop.take("p", "t3", CASH, 500);
        payment = done(shop.take("p", "t4", CARD));
        assertEquals(money(0), payment.rounding());
        assertEquals(502, shop.terminal.moved("t4"));
    }

    @Test
    void cents_that_no_coin_pays_are_not_forgiven_beside_a_card() {
        shop.due("o", 1002);
        shop.take("o", "t1", CARD, 1000);
        assertEquals(Refusal.WRONG_AMOUNT, refused(shop.take("o", "t2", CASH, 0)));
        assertEquals(Payment.State.OPEN, shop.payment("o").state());
    }

    @Test
    void a_barcode_in_the_field_of_the_amount_is_no_cash() {
        shop.due("o", 1002);
        assertEquals(Refusal.TOO_MUCH, refused(shop.take("o", "t", CASH, 4_006_381_333_931L)));
        assertEquals(Refusal.WRONG_AMOUNT, refused(shop.take("o", "t", CASH, -5)));
        assertEquals(
                Refusal.WRONG_CURRENCY,
                refused(
                        shop.payments.take(
                                new Offer(
                                        "o",
                                        "t",
                                        CASH,
                                        Money.of(500, "USD"),
                                        null,
                                        "till-1",
                                        "anna"))));
        done(shop.take("o", "t", CASH, 1000));
    }

    @Test
    void cash_needs_a_drawer_and_a_card_does_not() {
        done(shop.payments.open(new Opening("o", money(500), "kiosk-1", "", null, null)));
        assertEquals(
                Refusal.NO_SHIFT,
                refused(shop.payments.take(new Offer("o", "t1", CASH, null, null, "kiosk-1", ""))));
        assertEquals(
                Payment.State.COMPLETED,
                done(shop.payments.take(new Offer("o", "t2", CARD, null, null, "kiosk-1", "")))
                        .state());
    }

    // ---- what else one pays with

    @Test
    void split_tenders_add_up() {
        shop.due("o", 10_000);
        done(shop.take("o", "t1", MANUFACTURER_COUPON, 150, "99-123"));
        done(shop.take("o", "t2", VOUCHER, 2000, "V-1"));
        done(shop.take("o", "t3", ON_ACCOUNT, 3000, "customer-7"));
        done(shop.take("o", "t4", CARD, 2000));
        Payment payment = done(shop.take("o", "t5", CASH, 3000));
        assertEquals(Payment.State.COMPLETED, payment.state());
        assertEquals(money(150), payment.change());
    }

    @Test
    void a_voucher_gives_no_change_and_is_taken_once() {
        shop.due("o", 1500);
        Payment payment = done(shop.take("o", "t1", VOUCHER, 2500, "V-1"));
        assertEquals(Payment.State.COMPLETED, payment.state());
        assertEquals(money(1500), payment.tenders().getFirst().amount());
        shop.due("p", 1500);
        assertEquals(Refusal.VOUCHER_USED, refused(shop.take("p", "t2", VOUCHER, 2500, "V-1")));
    }

    @Test
    void a_voucher_that_is_handed_back_can_be_used_again() {
        shop.due("o", 1500);
        shop.take("o", "t1", VOUCHER, 500, "V-1");
        shop.cancel("o");
        shop.due("p", 500);
        assertEquals(
                Payment.State.COMPLETED, done(shop.take("p", "t2", VOUCHER, 500, "V-1")).state());
    }

    @Test
    void only_cash_may_be_more_than_is_left() {
        shop.due("o", 1500);
        assertEquals(Refusal.TOO_MUCH, refused(shop.take("o", "t1", CARD, 1501)));
        assertEquals(Refusal.TOO_MUCH, refused(shop.take("o", "t2", ON_ACCOUNT, 1501, "c")));
        assertEquals(Refusal.TOO_MUCH, refused(shop.take("o", "t3", GIFT_CARD, 1501, "G-1")));
        assertEquals(Refusal.NO_ACCOUNT, refused(shop.take("o", "t4", ON_ACCOUNT, 100)));
    }

    @Test
    void nothing_due_is_paid_at_once() {
        assertEquals(Payment.State.COMPLETED, shop.due("o", 0).state());
    }

    // ---- said again

    @Test
    void a_tender_that_is_said_again_is_taken_once() {
        shop.due("o", 1000);
        done(shop.take("o", "t", CASH, 400));
        done(shop.take("o", "t", CASH, 400));
        assertEquals(money(600), shop.payment("o").left());
        assertEquals(Refusal.ID_USED, refused(shop.take("o", "t", CASH, 600)));
        shop.due("p", 1000);
        assertEquals(Refusal.ID_USED, refused(shop.take("p", "t", CASH, 400)));
    }

    @Test
    void the_same_request_ten_times_at_once_is_carried_out_once() throws InterruptedException {
        atOnce(() -> shop.due("o", 3000));
        atOnce(() -> shop.take("o", "t1", CASH, 1000));
        atOnce(() -> shop.take("o", "t2", CARD, 1000));
        atOnce(() -> shop.take("o", "t3", GIFT_CARD, 500, "G-1"));
        shop.giftCards.issue("G-1", money(500));
        atOnce(() -> shop.take("o", "t4", GIFT_CARD, 500, "G-1"));
        atOnce(() -> shop.take("o", "t5", CASH, 1000));
        Payment payment = shop.payment("o");
        assertEquals(Payment.State.COMPLETED, payment.state());
        assertEquals(5, payment.tenders().size());
        assertEquals(money(500), payment.change());
        assertEquals(1000, shop.terminal.moved("t2"));
        assertEquals(0, shop.giftCards.balance("G-1"));
        assertEquals(11_500, shop.drawer("s-1"));
    }

    private static void atOnce(Runnable request) throws InterruptedException {
        List<Thread> threads =
                IntStream.range(0, 10).mapToObj(_ -> Thread.ofVirtual().start(request)).toList();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void what_is_due_may_change_as_long_as_not_more_has_been_taken() {
        shop.due("o", 1000);
        shop.take("o", "t1", CARD, 600);
        assertEquals(money(900), shop.due("o", 1500).left());
        assertEquals(Refusal.TOO_MUCH, refused(shop.openPayment("o", 500)));
        assertEquals(Payment.State.COMPLETED, shop.due("o", 600).state());
        assertEquals(Refusal.NOT_OPEN, refused(shop.openPayment("o", 700)));
        assertEquals(Payment.State.COMPLETED, shop.due("o", 600).state());
    }

    // ---- cards

    @Test
    void a_card_that_is_declined_pays_nothing() {
        shop.due("o", 1041);
        PaymentResult result = shop.take("o", "t1", CARD);
        assertInstanceOf(PaymentResult.Declined.class, result);
        assertInstanceOf(PaymentResult.Declined.class, shop.take("o", "t1", CARD));
        assertEquals(money(1041), shop.payment("o").left());
        assertEquals(Step.CaughtUp.class, shop.settle().getClass());
    }

    @Test
    void a_card_with_less_on_it_pays_a_part() {
        shop.due("o", 1046);
        assertEquals(money(523), done(shop.take("o", "t1", CARD)).left());
        assertEquals(money(0), done(shop.take("o", "t2", CARD)).left());
        assertEquals(1046, shop.terminal.moved("t1") + shop.terminal.moved("t2"));
    }

    @Test
    void an_answer_that_was_lost_is_asked_for() {
        shop.due("o", 1043);
        assertEquals(Payment.State.COMPLETED, done(shop.take("o", "t1", CARD)).state());
        assertEquals(1043, shop.terminal.moved("t1"));
    }

    @Test
    void money_of_which_nobody_knows_is_reversed_and_pays_nothing() {
        for (Act act : List.of(Act.MISS, Act.ANSWER_LATE)) {
            String order = "o-" + act;
            shop.due(order, 1000);
            shop.terminal.script(act);
            assertInstanceOf(PaymentResult.Lost.class, shop.take(order, "lost-" + act, CARD));
            assertEquals(money(1000), shop.payment(order).left());
            assertEquals(Payment.State.COMPLETED, done(shop.take(order, "c-" + act, CASH)).state());
            assertEquals(Step.CaughtUp.class, shop.settle().getClass());
            assertEquals(0, shop.terminal.moved("lost-" + act));
            assertEquals(State.REVERSED, shop.tender(order, "lost-" + act).state());
        }
    }

    @Test
    void a_reversal_is_tried_until_it_is_certain() {
        shop.due("o", 1000);
        shop.terminal.script(Act.ANSWER_LATE);
        shop.take("o", "t1", CARD);
        shop.line = false;
        assertEquals(Step.Hindered.class, shop.settle().getClass());
        assertEquals(1000, shop.terminal.moved("t1"));
        shop.restart();
        shop.line = true;
        assertEquals(Step.CaughtUp.class, shop.settle().getClass());
        assertEquals(0, shop.terminal.moved("t1"));
    }

    @Test
    void a_reversal_that_is_refused_is_for_somebody_to_look_at() {
        shop.terminal(
                new Passing(shop.terminal) {
                    @Override
                    public Authorization authorise(Request request) {
                        super.authorise(request);
                        return new Authorization.Unknown(request.reference());
                    }

                    @Override
                    public Authorization outcome(String till, String reference) {
                        return new Authorization.Unknown(reference);
                    }

                    @Override
                    public Reversal reverse(String till, String reference) {
                        return new Reversal.Refused("settled already");
                    }
                });
        shop.due("o", 1000);
        shop.take("o", "t1", CARD);
        shop.settle();
        Attention attention = shop.payments.attention().getFirst();
        assertEquals(Attention.Why.REVERSAL_REFUSED, attention.why());
        assertEquals(money(1000), attention.amount());
        assertTrue(shop.payments.lookedAt("t1", "gave it back", "ben"));
        assertEquals(List.of(), shop.payments.attention());
    }

    @Test
    void a_crash_before_the_terminal_was_asked_charges_nobody() {
        crashing(false);
        shop.due("o", 1000);
        assertThrows(Crash.class, () -> shop.take("o", "t1", CARD));
        shop.terminal(shop.terminal);
        assertEquals(State.REQUESTED, shop.tender("o", "t1").state());
        assertInstanceOf(PaymentResult.Lost.class, shop.take("o", "t1", CARD));
        shop.settle();
        assertEquals(0, shop.terminal.moved("t1"));
    }

    @Test
    void a_crash_after_the_terminal_took_the_money_charges_once() {
        crashing(true);
        shop.due("o", 1000);
        assertThrows(Crash.class, () -> shop.take("o", "t1", CARD));
        shop.terminal(shop.terminal);
        assertEquals(money(1000), shop.payment("o").left());
        assertEquals(Payment.State.COMPLETED, done(shop.take("o", "t1", CARD)).state());
        assertEquals(1000, shop.terminal.moved("t1"));
    }

    @Test
    void what_a_crash_left_is_settled_though_nobody_comes_back() {
        crashing(true);
        shop.due("o", 1000);
        assertThrows(Crash.class, () -> shop.take("o", "t1", CARD));
        shop.terminal(shop.terminal);
        assertEquals(Step.CaughtUp.class, shop.settle().getClass());
        assertEquals(Payment.State.COMPLETED, shop.payment("o").state());
    }

    @Test
    void what_is_asked_for_cannot_be_paid_again() {
        crashing(true);
        shop.due("o", 1000);
        assertThrows(Crash.class, () -> shop.take("o", "t1", CARD));
        shop.terminal(shop.terminal);
        assertEquals(Refusal.STILL_ASKING, refused(shop.take("o", "t2", CASH)));
        assertEquals(Refusal.STILL_ASKING, refused(shop.take("o", "t3", CARD)));
        done(shop.withdraw("o", "t1"));
        assertEquals(Payment.State.COMPLETED, done(shop.take("o", "t4", CASH)).state());
        shop.settle();
        assertEquals(0, shop.terminal.moved("t1"));
    }

    /// @param charged whether the money has moved by then
    private void crashing(boolean charged) {
        SimulatedTerminal whole = shop.terminal;
        shop.terminal(
                new Passing(whole) {
                    @Override
                    public Authorization authorise(Request request) {
                        if (charged) {
                            super.authorise(request);
                        }
                        throw new Crash();
                    }
                });
    }

    // ---- withdrawing

    @Test
    void a_payment_that_is_given_up_hands_back_what_was_taken() {
        shop.due("o", 5000);
        shop.giftCards.issue("G-1", money(1000));
        shop.take("o", "t1", CASH, 1000);
        shop.take("o", "t2", CARD, 1000);
        shop.take("o", "t3", GIFT_CARD, 1000, "G-1");
        assertEquals(Payment.State.CANCELLED, done(shop.cancel("o")).state());
        done(shop.cancel("o"));
        assertEquals(Step.CaughtUp.class, shop.settle().getClass());
        assertEquals(10_000, shop.drawer("s-1"));
        assertEquals(0, shop.terminal.moved("t2"));
        assertEquals(1000, shop.giftCards.balance("G-1"));
        assertEquals(Refusal.NOT_OPEN, refused(shop.take("o", "t4", CASH, 100)));
        shop.due("o", 4000);
        assertEquals(Payment.State.COMPLETED, done(shop.take("o", "t5", CASH)).state());
        assertEquals(Refusal.NOT_OPEN, refused(shop.cancel("o")));
        assertEquals(Refusal.NOT_NOW, refused(shop.withdraw("o", "t5")));
    }

    // ---- card numbers

    @Test
    void the_number_of_a_payment_card_enters_nowhere() {
        shop.due("o", 1000);
        assertEquals(
                Refusal.CARD_NUMBER, refused(shop.take("o", "t", CARD, 1000, "4111111111111111")));
        assertEquals(
                Refusal.CARD_NUMBER,
                refused(shop.take("o", "t", GIFT_CARD, 1000, "4111 1111 1111 1111")));
        assertThrows(
                IllegalArgumentException.class,
                () -> shop.take("o", "4111111111111111", CARD, 1000));
        assertThrows(
                IllegalArgumentException.class,
                () -> shop.payments.cancel("o", "4111111111111111", "till-1", "anna"));
        assertEquals(List.of(), shop.payment("o").tenders());
    }

    // ---- refunds

    private void paid(String order, long due, TenderKind kind) {
        shop.due(order, due);
        assertEquals(Payment.State.COMPLETED, done(shop.take(order, "t-" + order, kind)).state());
    }

    @Test
    void a_card_gets_back_what_it_paid_and_no_more() {
        paid("o", 5000, CARD);
        shop.due("r1", -2000);
        RefundOf of = new RefundOf("o", "t-o");
        assertEquals(
                Payment.State.COMPLETED, done(shop.giveBack("r1", "b1", CARD, 2000, of)).state());
        shop.due("r2", -4000);
        assertEquals(Refusal.NOT_PAID_SO, refused(shop.giveBack("r2", "b2", CARD, 4000, of)));
        done(shop.giveBack("r2", "b3", CARD, 3000, of));
        assertEquals(-2000, shop.terminal.moved("b1"));
        assertEquals(-3000, shop.terminal.moved("b3"));
        assertEquals(Payment.State.OPEN, shop.payment("r2").state());
        assertEquals(
                Refusal.NOT_PAID_SO,
                refused(shop.giveBack("r2", "b4", CASH, 1000, new RefundOf("o", null))));
    }

    @Test
    void cash_that_goes_back_in_parts_is_what_was_paid() {
        paid("o", 1002, CASH);
        long before = shop.drawer("s-1");
        RefundOf of = new RefundOf("o", null);
        for (int i = 1; i <= 3; i++) {
            shop.due("r" + i, -334);
            assertEquals(
                    Payment.State.COMPLETED,
                    done(shop.giveBack("r" + i, "b" + i, CASH, 334, of)).state());
        }
        assertEquals(before - 1000, shop.drawer("s-1"));
        shop.due("r4", -1);
        assertEquals(Refusal.NOT_PAID_SO, refused(shop.giveBack("r4", "b4", CASH, 1, of)));
    }

    @Test
    void the_plan_gives_back_to_the_tenders_paid_with() {
        shop.due("o", 10_000);
        shop.take("o", "t1", CARD, 3000);
        shop.take("o", "t2", VOUCHER, 1000, "V-1");
        shop.take("o", "t3", CARD, 2000);
        shop.take("o", "t4", CASH);
        assertEquals(
                List.of(
                        new RefundPart(CARD, money(2000), new RefundOf("o", "t3")),
                        new RefundPart(CARD, money(3000), new RefundOf("o", "t1")),
                        new RefundPart(VOUCHER, money(1000), new RefundOf("o", null)),
                        new RefundPart(CASH, money(500), new RefundOf("o", null))),
                shop.payments.refundPlan("o", money(6500)));
        shop.due("r", -6500);
        int i = 0;
        for (RefundPart part : shop.payments.refundPlan("o", money(6500))) {
            done(shop.giveBack("r", "b" + i++, part.kind(), part.amount().minor(), part.of()));
        }
        assertEquals(Payment.State.COMPLETED, shop.payment("r").state());
        assertEquals(
                List.of(new RefundPart(CASH, money(3500), new RefundOf("o", null))),
                shop.payments.refundPlan("o", money(9999)));
    }

    @Test
    void a_voucher_that_was_given_back_pays_once() {
        paid("o", 1000, CARD);
        shop.due("r", -1000);
        assertEquals(
                Refusal.NOT_PAID_SO,
                refused(shop.giveBack("r", "b1", VOUCHER, 1000, new RefundOf("o", null))));
        Payment refund =
                done(
                        shop.payments.giveBack(
                                new GivingBack(
                                        "r",
                                        "b2",
                                        VOUCHER,
                                        money(1000),
                                        new RefundOf("o", null),
                                        true,
                                        null,
                                        "till-1",
                                        "ben")));
        String number = requireNonNull(refund.tenders().getFirst().account());
        shop.due("p", 1000);
        assertEquals(Refusal.VOUCHER_WORTH, refused(shop.take("p", "t1", VOUCHER, 2000, number)));
        assertEquals(
                Payment.State.COMPLETED, done(shop.take("p", "t2", VOUCHER, 1000, number)).state());
    }

    @Test
    void a_crash_during_a_refund_gives_back_once() {
        paid("o", 5000, CARD);
        shop.terminal(
                new Passing(shop.terminal) {
                    @Override
                    public Authorization refund(Refund refund) {
                        super.refund(refund);
                        throw new Crash();
                    }
                });
        shop.due("r", -5000);
        RefundOf of = new RefundOf("o", "t-o");
        assertThrows(Crash.class, () -> shop.giveBack("r", "b", CARD, 5000, of));
        shop.terminal(shop.terminal);
        assertEquals(Refusal.MONEY_WENT_BACK, refused(shop.cancel("r")));
        shop.settle();
        assertEquals(Payment.State.COMPLETED, shop.payment("r").state());
        done(shop.giveBack("r", "b", CARD, 5000, of));
        assertEquals(-5000, shop.terminal.moved("b"));
    }

    @Test
    void a_refund_to_a_card_while_the_line_is_down_is_declined_and_goes_back_otherwise() {
        paid("o", 5000, CARD);
        shop.line = false;
        shop.due("r", -5000);
        assertInstanceOf(
                PaymentResult.Declined.class,
                shop.giveBack("r", "b", CARD, 5000, new RefundOf("o", "t-o")));
        assertEquals(Payment.State.OPEN, shop.payment("r").state());
        assertEquals(
                Payment.State.COMPLETED,
                done(shop.payments.giveBack(
                                new GivingBack(
                                        "r",
                                        "b2",
                                        CASH,
                                        money(5000),
                                        new RefundOf("o", null),
                                        true,
                                        null,
                                        "till-1",
                                        "ben")))
                        .state());
        assertEquals(5000, shop.drawer("s-1"));
    }

    @Test
    void what_was_not_paid_is_not_refunded() {
        shop.due("o", 1000);
        shop.due("r", -1000);
        RefundOf of = new RefundOf("o", null);
        assertEquals(Refusal.NOT_PAID_SO, refused(shop.giveBack("r", "b", CASH, 1000, of)));
        assertEquals(
                Refusal.NO_SUCH_PAYMENT,
                refused(shop.giveBack("r", "b", CASH, 1000, new RefundOf("x", null))));
        assertEquals(Refusal.TOO_MUCH, refused(shop.giveBack("r", "b", CASH, 1001, null)));
        assertEquals(
                Payment.State.COMPLETED, done(shop.giveBack("r", "b", CASH, 1000, null)).state());
    }

    @Test
    void more_than_is_in_the_drawer_does_not_come_out_of_it() {
        shop.due("r", -20_000);
        assertEquals(Refusal.NOT_IN_DRAWER, refused(shop.giveBack("r", "b", CASH, 20_000, null)));
    }
}
