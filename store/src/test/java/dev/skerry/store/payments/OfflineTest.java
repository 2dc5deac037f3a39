package dev.skerry.store.payments;

import static dev.skerry.language.payments.TenderKind.CARD;
import static dev.skerry.language.payments.TenderKind.CASH;
import static dev.skerry.language.payments.TenderKind.GIFT_CARD;
import static dev.skerry.store.payments.Shop.done;
import static dev.skerry.store.payments.Shop.money;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.Money;
import dev.skerry.language.payments.GiftCardEvent;
import dev.skerry.language.payments.GiftCardEvent.GiftCardBlocked;
import dev.skerry.language.payments.GiftCardEvent.GiftCardUnblocked;
import dev.skerry.language.payments.GiftCardEvent.OfflineGiftCardBooked;
import dev.skerry.language.payments.RefundOf;
import dev.skerry.store.payments.SimulatedTerminal.Act;
import dev.skerry.store.payments.Tender.State;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Steps.Step;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is taken while the line is down, and what becomes of it.
class OfflineTest {

    @TempDir private Path folder;
    private Shop shop;

    @BeforeEach
    void open() {
        shop =
                new Shop(
                        folder,
                        Shop.policy()
                                .withOffline(
                                        new OfflineLimits(
                                                money(5000),
                                                3,
                                                money(12_000),
                                                Duration.ofHours(10))),
                        1);
        shop.openDay(Shop.MONDAY).openShift("s-1", "till-1", 10_000);
        shop.line = false;
    }

    @AfterEach
    void state_made_anew_from_the_streams_is_the_same() {
        shop.assertRebuiltEqual();
        shop.close();
    }

    private void stored(String order, long due) {
        shop.due(order, due);
        assertEquals(Payment.State.COMPLETED, done(shop.take(order, "t-" + order, CARD)).state());
        assertEquals(State.STORED, shop.tender(order, "t-" + order).state());
    }

    private void declined(String order, long due) {
        shop.due(order, due);
        assertInstanceOf(PaymentResult.Declined.class, shop.take(order, "t-" + order, CARD));
    }

    // ---- the four limits

    @Test
    void one_sale_is_stored_up_to_its_limit() {
        declined("a", 5001);
        stored("b", 5000);
        shop.due("c", 6000);
        done(shop.take("c", "c1", CARD, 3000));
        assertInstanceOf(PaymentResult.Declined.class, shop.take("c", "c2", CARD, 2001));
        done(shop.take("c", "c3", CARD, 2000));
    }

    @Test
    void so_many_are_stored_and_no_more() {
        stored("a", 100);
        stored("b", 100);
        stored("c", 100);
        declined("d", 100);
        assertEquals(3, shop.payments.stored().lying().count());
    }

    @Test
    void so_much_is_stored_and_no_more() {
        stored("a", 5000);
        stored("b", 5000);
        declined("c", 2001);
        stored("d", 2000);
        assertEquals(money(12_000), shop.payments.stored().lying().total());
    }

    @Test
    void nothing_more_is_stored_while_the_oldest_is_too_old() {
        stored("a", 100);
        shop.pass(Duration.ofHours(10));
        stored("b", 100);
        shop.pass(Duration.ofMillis(1));
        declined("c", 100);
        shop.line = true;
        assertEquals(Step.CaughtUp.class, shop.forward().getClass());
        shop.line = false;
        stored("d", 100);
    }

    // ---- going up

    @Test
    void what_was_stored_goes_up_when_the_line_is_back() {
        stored("a", 1000);
        stored("b", 2000);
        assertEquals(Step.Hindered.class, shop.forward().getClass());
        assertEquals(0, shop.terminal.moved("t-a"));
        shop.restart();
        shop.line = true;
        assertEquals(Step.CaughtUp.class, shop.forward().getClass());
        assertEquals(1000, shop.terminal.moved("t-a"));
        assertEquals(2000, shop.terminal.moved("t-b"));
        assertEquals(State.APPROVED_LATE, shop.tender("a", "t-a").state());
        assertEquals(List.of(), shop.payments.stored().tenders());
        assertEquals(List.of(), shop.payments.attention());
    }

    @Test
    void a_late_decline_is_seen_until_somebody_has_looked_at_it() {
        stored("a", 1047);
        stored("b", 1000);
        shop.line = true;
        shop.forward();
        assertEquals(State.DECLINED_LATE, shop.tender("a", "t-a").state());
        assertEquals(State.APPROVED_LATE, shop.tender("b", "t-b").state());
        assertEquals(Payment.State.COMPLETED, shop.payment("a").state());
        Attention attention = shop.payments.attention().getFirst();
        assertEquals(Attention.Why.LATE_DECLINE, attention.why());
        assertEquals(money(1047), attention.amount());
        assertEquals("a", attention.order());
        shop.payments.lookedAt("t-a", "wrote to the customer", "ben");
        assertEquals(List.of(), shop.payments.attention());
    }

    @Test
    void a_lost_answer_on_the_way_up_is_asked_for_again_and_charges_once() {
        stored("a", 1000);
        shop.line = true;
        shop.terminal(
                new Passing(shop.terminal) {
                    @Override
                    public Authorization forward(String till, String reference, Money amount) {
                        super.forward(till, reference, amount);
                        return new Authorization.Unknown(reference);
                    }
                });
        assertEquals(Step.Hindered.class, shop.forward().getClass());
        assertEquals(State.FORWARDED, shop.tender("a", "t-a").state());
        shop.terminal(shop.terminal);
        assertEquals(Step.CaughtUp.class, shop.forward().getClass());
        assertEquals(State.APPROVED_LATE, shop.tender("a", "t-a").state());
        assertEquals(1000, shop.terminal.moved("t-a"));
    }

    @Test
    void a_terminal_that_is_silent_keeps_no_other_till_waiting() {
        stored("a", 1000);
        shop.payments.open(new Opening("b", money(500), "till-2", "anna", null, null));
        done(shop.payments.take(new Offer("b", "t-b", CARD, null, null, "till-2", "anna")));
        shop.line = true;
        shop.terminal(
                new Passing(shop.terminal) {
                    @Override
                    public Authorization forward(String till, String reference, Money amount) {
                        return till.equals("till-1")
                                ? new Authorization.OutOfReach()
                                : super.forward(till, reference, amount);
                    }
                });
        assertEquals(Step.Hindered.class, shop.forward().getClass());
        assertEquals(State.STORED, shop.tender("a", "t-a").state());
        assertEquals(State.APPROVED_LATE, shop.tender("b", "t-b").state());
    }

    @Test
    void while_the_line_is_cut_the_acquirer_is_asked_after_pauses_that_grow() {
        stored("a", 1000);
        stored("b", 2000);
        AtomicInteger asked = new AtomicInteger();
        shop.terminal(
                new Passing(shop.terminal) {
                    @Override
                    public Authorization forward(String till, String reference, Money amount) {
                        asked.incrementAndGet();
                        return super.forward(till, reference, amount);
                    }
                });
        // Ten minutes, in which the driver steps ten times a second.
        for (int i = 0; i < 6000; i++) {
            assertInstanceOf(Step.Hindered.class, shop.payments.forwarding().step());
            shop.pass(Duration.ofMillis(100));
        }
        assertTrue(asked.get() > 20 && asked.get() < 30, asked.toString());
        shop.line = true;
        shop.pass(Errands.PAUSE_MAX);
        assertEquals(Step.CaughtUp.class, shop.forward().getClass());
        assertEquals(1000, shop.terminal.moved("t-a"));
        assertEquals(2000, shop.terminal.moved("t-b"));
    }

    @Test
    void one_payment_without_an_answer_is_left_in_peace_while_others_go_up() {
        stored("a", 1000);
        shop.line = true;
        AtomicInteger asked = new AtomicInteger();
        shop.terminal(
                new Passing(shop.terminal) {
                    @Override
                    public Authorization forward(String till, String reference, Money amount) {
                        if (reference.equals("t-a")) {
                            asked.incrementAndGet();
                            return new Authorization.Unknown(reference);
                        }
                        return super.forward(till, reference, amount);
                    }
                });
        for (int i = 0; i < 50; i++) {
            shop.line = false;
            stored("b" + i, 100);
            shop.line = true;
            assertInstanceOf(Step.Hindered.class, shop.forward());
            assertEquals(State.APPROVED_LATE, shop.tender("b" + i, "t-b" + i).state());
        }
        assertEquals(1, asked.get());
    }

    // ---- refunds of what was stored

    @Test
    void a_refund_before_it_went_up_is_its_cancellation() {
        stored("a", 1000);
        shop.due("r", -1000);
        assertEquals(
                Payment.State.COMPLETED,
                done(shop.giveBack("r", "b", CARD, 1000, new RefundOf("a", "t-a"))).state());
        shop.settle();
        shop.line = true;
        shop.settle();
        assertEquals(Step.CaughtUp.class, shop.forward().getClass());
        assertEquals(State.CANCELLED, shop.tender("a", "t-a").state());
        assertEquals(0, shop.terminal.moved("t-a"));
        assertEquals(0, shop.terminal.moved("b"));
        assertEquals(
                0,
                shop.payments.takings(Span.ofDay(Shop.MONDAY)).byTender().getFirst().net().minor());
    }

    @Test
    void what_went_up_unheard_before_a_crash_is_undone_by_its_cancellation() {
        stored("a", 1000);
        shop.line = true;
        SimulatedTerminal whole = shop.terminal;
        shop.terminal(
                new Passing(whole) {
                    @Override
                    public Authorization forward(String till, String reference, Money amount) {
                        super.forward(till, reference, amount);
                        throw new Crash();
                    }
                });
        assertThrows(Crash.class, () -> shop.forward());
        assertEquals(1000, whole.moved("t-a"));
        shop.terminal(whole);
        shop.due("r", -1000);
        done(shop.giveBack("r", "b", CARD, 1000, new RefundOf("a", "t-a")));
        shop.settle();
        shop.forward();
        assertEquals(State.CANCELLED, shop.tender("a", "t-a").state());
        assertEquals(0, whole.moved("t-a") + whole.moved("b"));
    }

    @Test
    void a_part_is_given_back_once_the_whole_has_gone_up() {
        stored("a", 1000);
        shop.due("r", -300);
        RefundOf of = new RefundOf("a", "t-a");
        assertEquals(Payment.State.COMPLETED, done(shop.giveBack("r", "b", CARD, 300, of)).state());
        assertEquals(Step.CaughtUp.class, shop.settle().getClass());
        assertEquals(State.PROMISED, shop.tender("r", "b").state());
        shop.line = true;
        shop.forward();
        shop.settle();
        assertEquals(1000, shop.terminal.moved("t-a"));
        assertEquals(-300, shop.terminal.moved("b"));
        assertEquals(State.GIVEN, shop.tender("r", "b").state());
    }

    @Test
    void a_part_of_what_was_never_paid_is_not_given_back() {
        shop.terminal.script(Act.DECLINE_LATE);
        stored("a", 1000);
        shop.due("r", -300);
        done(shop.giveBack("r", "b", CARD, 300, new RefundOf("a", "t-a")));
        shop.line = true;
        shop.forward();
        shop.settle();
        assertEquals(State.DROPPED, shop.tender("r", "b").state());
        assertEquals(0, shop.terminal.moved("b"));
        assertEquals(money(700), shop.payments.attention().getFirst().amount());
    }

    // ---- gift cards

    private PaymentResult gift(String order, long due, String card) {
        shop.due(order, due);
        return shop.take(order, "t-" + order, GIFT_CARD, due, card);
    }

    @Test
    void a_gift_card_is_taken_within_its_cap_while_hq_cannot_be_asked() {
        done(gift("a", 2000, "G-1"));
        assertEquals(State.STORED, shop.tender("a", "t-a").state());
        assertInstanceOf(PaymentResult.Declined.class, gift("b", 501, "G-1"));
        done(gift("c", 500, "G-1"));
        done(gift("d", 2500, "G-2"));
        shop.line = true;
        assertEquals(Step.CaughtUp.class, shop.forward().getClass());
        assertEquals(Step.CaughtUp.class, shop.settle().getClass());
        assertEquals(State.STORED, shop.tender("a", "t-a").state());
    }

    @Test
    void a_gift_card_pays_what_is_on_it_when_hq_can_be_asked() {
        shop.line = true;
        shop.giftCards.issue("G-1", money(700));
        assertEquals(money(300), done(gift("a", 1000, "G-1")).left());
        assertInstanceOf(PaymentResult.Declined.class, gift("b", 100, "G-1"));
        done(shop.take("a", "cash", CASH));
    }

    @Test
    void an_overdraft_is_found_later_and_frees_the_cap() {
        done(gift("a", 2500, "G-1"));
        heard(new OfflineGiftCardBooked("G-1", "store-0007", "t-a", money(99)));
        assertEquals(State.STORED, shop.tender("a", "t-a").state());
        heard(new OfflineGiftCardBooked("G-1", Shop.STORE, "t-a", money(1200)));
        assertEquals(State.APPROVED_LATE, shop.tender("a", "t-a").state());
        Attention attention = shop.payments.attention().getFirst();
        assertEquals(Attention.Why.GIFT_CARD_OVERDRAWN, attention.why());
        assertEquals(money(1200), attention.amount());
        done(gift("b", 2500, "G-1"));
        heard(new OfflineGiftCardBooked("G-1", Shop.STORE, "t-b", null));
        assertEquals(1, shop.payments.attention().size());
    }

    @Test
    void a_blocked_gift_card_is_not_taken_offline() {
        heard(new GiftCardBlocked("G-1", "stolen"));
        assertInstanceOf(PaymentResult.Declined.class, gift("a", 100, "G-1"));
        heard(new GiftCardUnblocked("G-1"));
        done(gift("b", 100, "G-1"));
    }

    /// What HQ says, through a mirror.
    private void heard(GiftCardEvent event) {
        StreamName mirror = StreamName.of("local/mirror-of-gift-cards");
        shop.database.write(tx -> {
            if (!tx.exists(mirror)) {
                tx.open(mirror, StreamSettings.keepAll());
            }
            return tx.append(
                    mirror,
                    CloudEvents.write(
                            CloudEvent.of(
                                    "id-" + tx.tail(mirror),
                                    "hq/gift-cards",
                                    GiftCardEvent.FORM.type(event),
                                    shop.now,
                                    GiftCardEvent.FORM.data(event))));
        });
        assertEquals(
                Step.CaughtUp.class,
                Shop.run(
                                new PaymentsFollowers(shop.payments, Shop.STORE)
                                        .giftCards(shop.database.source(mirror, "gift-cards")))
                        .getClass());
    }
}
