package dev.skerry.store.payments;

import static dev.skerry.language.payments.TenderKind.CARD;
import static dev.skerry.language.payments.TenderKind.CASH;
import static dev.skerry.language.payments.TenderKind.GIFT_CARD;
import static dev.skerry.language.payments.TenderKind.VOUCHER;
import static dev.skerry.store.payments.Shop.money;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Money;
import dev.skerry.language.payments.PaymentEvent.TenderApproved;
import dev.skerry.language.payments.PaymentEvent.TenderDeclined;
import dev.skerry.language.payments.PaymentEvent.TenderStored;
import dev.skerry.language.payments.PaymentEvent.TenderUnknown;
import dev.skerry.language.payments.Place;
import dev.skerry.language.payments.RefundOf;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.store.payments.OfflineLimits.Lying;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is decided from values alone.
class DecisionsTest {

    private static final Place PLACE = new Place("till-1", Shop.MONDAY, "s-1", false);
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    private static Tender tender(TenderKind kind, Tender.State state, long amount) {
        return new Tender(
                kind + "-" + amount,
                "o",
                false,
                kind,
                state,
                money(amount),
                money(amount),
                kind == GIFT_CARD ? "G-1" : null,
                null,
                null,
                null,
                null,
                kind == GIFT_CARD,
                PLACE,
                "anna");
    }

    private static Payment payment(long due, Tender... tenders) {
        return Payment.of(
                "o",
                Payment.State.OPEN,
                money(due),
                money(0),
                money(0),
                PLACE,
                List.of(tenders),
                Shop.STEP);
    }

    @ParameterizedTest
    @CsvSource({
        // amount, in sale, count, total, minutes of the oldest, allowed
        "5000, 0, 0, 0, 0, true",
        "5001, 0, 0, 0, 0, false",
        "2000, 3000, 1, 3000, 0, true",
        "2001, 3000, 1, 3000, 0, false",
        "100, 0, 2, 200, 0, true",
        "100, 0, 3, 300, 0, false",
        "2000, 0, 2, 8000, 0, true",
        "2001, 0, 2, 8000, 0, false",
        "100, 0, 1, 100, 600, true",
        "100, 0, 1, 100, 601, false"
    })
    void all_four_limits_hold_at_once(
            long amount, long inSale, int count, long total, long minutes, boolean allowed) {
        OfflineLimits limits =
                new OfflineLimits(money(5000), 3, money(10_000), Duration.ofHours(10));
        Lying lying =
                new Lying(
                        count,
                        money(total),
                        money(inSale),
                        count == 0 ? null : NOW.minus(Duration.ofMinutes(minutes)));
        assertEquals(allowed, limits.allow(money(amount), lying, NOW));
    }

    @Test
    void what_is_asked_for_or_unknown_pays_nothing() {
        Payment payment =
                payment(
                        1000,
                        tender(CARD, Tender.State.REQUESTED, 300),
                        tender(CARD, Tender.State.UNKNOWN, 200),
                        tender(CARD, Tender.State.REVERSING, 100),
                        tender(CASH, Tender.State.TAKEN, 50));
        assertEquals(money(950), payment.left());
        assertEquals(money(300), payment.asking());
        assertEquals(money(650), payment.free());
    }

    @Test
    void nothing_is_complete_while_something_is_being_asked_for() {
        Payment payment =
                payment(
                        1000,
                        tender(CARD, Tender.State.APPROVED, 1000),
                        tender(CARD, Tender.State.REQUESTED, 10));
        assertEquals(Optional.empty(), Taking.completion(payment, null, PLACE, "anna", Shop.STEP));
    }

    @ParameterizedTest
    @CsvSource({
        // due, by card, cash handed over, change, rounding; no change if it is not enough
        "1002, 0, 1000, 0, -2",
        "1002, 0, 999, , ",
        "1003, 0, 1004, , ",
        "1003, 0, 1005, 0, 2",
        "1007, 500, 2000, 1495, -2",
        "1008, 0, 1100, 90, 2"
    })
    void cash_completes_a_payment_when_it_covers_what_is_left_rounded(
            long due, long card, long handed, @Nullable Long change, @Nullable Long rounding) {
        Payment payment =
                payment(
                        due,
                        tender(CARD, Tender.State.APPROVED, card),
                        tender(CASH, Tender.State.TAKEN, handed));
        assertEquals(
                Optional.ofNullable(change)
                        .map(it -> List.of(money(it), money(rounding == null ? 0 : rounding))),
                Taking.completion(payment, money(handed), PLACE, "anna", Shop.STEP)
                        .map(it -> List.of(it.change(), it.rounding())));
    }

    @Test
    void an_answer_that_does_not_fit_the_question_is_reversed() {
        Tender card = tender(CARD, Tender.State.REQUESTED, 1000);
        assertInstanceOf(
                TenderApproved.class,
                Taking.answered(card, new Authorization.Approved("A", money(1000), null), PLACE));
        assertInstanceOf(
                TenderApproved.class,
                Taking.answered(card, new Authorization.Approved("A", money(1), null), PLACE));
        for (Authorization odd :
                List.of(
                        new Authorization.Approved("A", money(1001), null),
                        new Authorization.Approved("A", money(0), null),
                        new Authorization.Approved("A", Money.of(1000, "USD"), null),
                        new Authorization.Stored("S", money(1000), null),
                        new Authorization.Unknown("x"))) {
            assertInstanceOf(TenderUnknown.class, Taking.answered(card, odd, PLACE));
        }
    }

    @Test
    void out_of_reach_is_a_decline_for_a_card_and_within_the_cap_none_for_a_gift_card() {
        Authorization none = new Authorization.OutOfReach();
        assertInstanceOf(
                TenderDeclined.class,
                Taking.answered(tender(CARD, Tender.State.REQUESTED, 100), none, PLACE));
        assertInstanceOf(
                TenderStored.class,
                Taking.answered(tender(GIFT_CARD, Tender.State.REQUESTED, 100), none, PLACE));
    }

    @Test
    void a_plan_gives_back_by_the_last_card_first_and_by_cash_last() {
        Payment order = payment(1000, tender(CASH, Tender.State.TAKEN, 1000));
        RefundOf of = new RefundOf("o", null);
        List<RefundPart> cards =
                List.of(
                        new RefundPart(CARD, money(100), new RefundOf("o", "1")),
                        new RefundPart(GIFT_CARD, money(0), new RefundOf("o", "2")),
                        new RefundPart(CARD, money(200), new RefundOf("o", "3")));
        assertEquals(
                List.of(
                        new RefundPart(CARD, money(200), new RefundOf("o", "3")),
                        new RefundPart(CARD, money(100), new RefundOf("o", "1")),
                        new RefundPart(VOUCHER, money(30), of),
                        new RefundPart(CASH, money(70), of)),
                Refunding.plan(order, money(400), cards, money(500), money(30)));
    }

    @Test
    void a_gift_card_may_look_like_a_payment_card_if_the_chain_says_so() {
        PaymentsPolicy policy = PaymentsPolicy.standard(Shop.EUR);
        assertFalse(policy.isGiftCard("6011111111111117"));
        assertTrue(policy.withGiftCardPrefixes(List.of("6011")).isGiftCard("6011111111111117"));
        assertTrue(policy.isGiftCard("1234567"));
    }
}
