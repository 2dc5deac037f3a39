package dev.skerry.store.loyalty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.loyalty.LoyaltyEvent.CouponFreed;
import dev.skerry.language.loyalty.LoyaltyEvent.CouponUsed;
import dev.skerry.language.loyalty.OfferEvent.CodeFreed;
import dev.skerry.language.loyalty.OfferEvent.CodeUsedUp;
import dev.skerry.language.loyalty.OfferEvent.OfferMade;
import dev.skerry.language.loyalty.OfferEvent.OfferWithdrawn;
import dev.skerry.store.loyalty.CouponState.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CouponsTest {

    private static final LocalDateTime MARCH = LocalDateTime.of(2026, 3, 1, 0, 0);

    @TempDir private Path folder;
    private Till till;

    @BeforeEach
    void open() {
        till = new Till(folder);
    }

    @AfterEach
    void close() {
        till.close();
    }

    /// A code that is good once for all.
    private static OfferMade voucher(String code) {
        return new OfferMade(
                "of-" + code, null, null, code, "SAVE5", "5.00 off", MARCH, null, true);
    }

    private static OfferMade offer(
            String id, @Nullable String customer, @Nullable String segment, boolean once) {
        return new OfferMade(
                id, customer, segment, "code-" + id, null, "Title", MARCH, MARCH.plusDays(7), once);
    }

    private Status status(String code, @Nullable String customer) {
        return till.loyalty.coupon(code, customer, till.now).status();
    }

    private Reserving reserve(String basket, @Nullable String customer, String... codes) {
        return till.loyalty.reserve(basket, customer, 0, List.of(codes));
    }

    private List<String> offers(String customer) {
        return till.loyalty.offers(customer, till.now).stream().map(OfferMade::id).toList();
    }

    @Test
    void a_code_that_is_good_once_is_refused_at_once_after_its_use() {
        till.lineUp = false;
        till.hq(voucher("V1"));
        assertEquals(Status.FREE, status("V1", null));
        assertEquals("SAVE5", till.loyalty.opens("V1"));
        till.sell("o1", null, 0, 1000, "V1", "FOR-ALL");
        assertTrue(till.loyalty.couponUsed("V1"));
        assertEquals(Status.USED, status("V1", null));
        assertEquals(new Reserving.CodeRefused("V1", Status.USED), reserve("b2", null, "V1"));
        assertEquals(List.of(new CouponUsed("V1", null, "o1")), till.published());
        assertFalse(till.loyalty.couponUsed("FOR-ALL"));
        assertEquals(Status.UNKNOWN, status("FOR-ALL", null));
        assertEquals("FOR-ALL", till.loyalty.opens("FOR-ALL"));
        String before = till.dump();
        till.loyalty.rebuild();
        assertEquals(before, till.dump());
    }

    @Test
    void a_code_is_one_baskets_while_that_is_being_paid() {
        till.hq(voucher("V1"));
        assertEquals(new Reserving.Reserved(0), reserve("b1", null, "V1", "FOR-ALL"));
        assertEquals(new Reserving.CodeRefused("V1", Status.RESERVED), reserve("b2", null, "V1"));
        assertEquals(new Reserving.Reserved(0), reserve("b1", null, "V1"));
        till.loyalty.release("b1");
        assertEquals(new Reserving.Reserved(0), reserve("b2", null, "V1"));
        assertEquals(Status.RESERVED, status("V1", null));
        till.pass(Loyalty.RESERVED_MAX);
        assertEquals(Status.FREE, status("V1", null));
    }

    @Test
    void a_code_of_a_refused_basket_keeps_nobody() {
        till.hq(voucher("V1"));
        assertEquals(
                new Reserving.NotEnough(0), till.loyalty.reserve("b1", "C1", 10, List.of("V1")));
        assertEquals(Status.FREE, status("V1", null));
    }

    @Test
    void a_reserved_code_is_used_also_if_its_offer_is_withdrawn_meanwhile() {
        till.hq(voucher("V1"));
        reserve("b1", null, "V1");
        till.hq(new OfferWithdrawn("of-V1"));
        till.sell("b1", null, 0, 1000, "V1");
        assertTrue(till.loyalty.couponUsed("V1"));
    }

    @Test
    void an_order_that_is_taken_back_frees_its_code() {
        till.hq(voucher("V1"));
        till.sell("o1", null, 0, 1000, "V1");
        till.order(Till.voided("o1"));
        till.order(Till.voided("o1"));
        assertEquals(Status.FREE, status("V1", null));
        assertEquals(
                List.of(new CouponUsed("V1", null, "o1"), new CouponFreed("V1", null, "o1")),
                till.published());
        till.replaced();
        assertEquals(2, till.published().size());
        till.sell("o2", null, 0, 1000, "V1");
        assertTrue(till.loyalty.couponUsed("V1"));
    }

    @Test
    void a_code_that_was_used_twice_all_the_same_is_told_to_hq_twice() {
        till.hq(voucher("V1"));
        till.sell("o1", null, 0, 1000, "V1");
        till.sell("o2", null, 0, 1000, "V1");
        assertEquals(2, till.published().size());
        till.order(Till.voided("o1"));
        assertTrue(till.loyalty.couponUsed("V1"));
    }

    @Test
    void what_was_used_in_another_store_is_used_as_soon_as_hq_says() {
        till.hq(voucher("V1"));
        till.hq(new CodeUsedUp("V1", null, "store-0777", till.now));
        assertTrue(till.loyalty.couponUsed("V1"));
        assertEquals(Status.USED, status("V1", null));
        till.hq(new CodeFreed("V1", null));
        assertEquals(Status.FREE, status("V1", null));
    }

    @Test
    void an_offer_to_a_segment_is_good_once_for_each_of_its_customers() {
        till.customer("C1", "Anna", 0, "student");
        till.customer("C2", "Bert", 0, "student");
        till.customer("C3", "Carl", 0);
        till.hq(offer("f1", null, "student", true));
        till.sell("o1", "C1", 0, 1000, "code-f1");
        assertEquals(Status.USED, status("code-f1", "C1"));
        assertEquals(Status.FREE, status("code-f1", "C2"));
        assertEquals(Status.OF_ANOTHER, status("code-f1", "C3"));
        assertEquals(Status.OF_ANOTHER, status("code-f1", null));
        assertTrue(till.loyalty.couponUsed("code-f1", "C1"));
        assertFalse(till.loyalty.couponUsed("code-f1", "C2"));
        assertFalse(till.loyalty.couponUsed("code-f1"));
        assertEquals(List.of(), offers("C1"));
        assertEquals(List.of("f1"), offers("C2"));
        reserve("b1", "C2", "code-f1");
        assertEquals(Status.RESERVED, status("code-f1", "C2"));
        till.hq(new CodeUsedUp("code-f1", "C2", "store-0777", till.now));
        assertEquals(Status.USED, status("code-f1", "C2"));
    }

    @Test
    void a_customer_is_shown_what_is_offered_now() {
        till.customer("C1", "Anna", 0, "student", "family");
        till.hq(offer("seg", null, "family", false));
        till.hq(offer("own", "C1", null, true));
        till.hq(offer("other", "C2", null, true));
        till.hq(offer("foreign", null, "staff", false));
        till.hq(voucher("V1"));
        assertEquals(List.of("own", "seg"), offers("C1"));
        assertEquals(List.of(), offers("C9"));
        assertEquals(Status.OF_ANOTHER, status("code-own", "C2"));
        till.sell("o1", "C1", 0, 1000, "code-own", "code-seg");
        assertEquals(List.of("seg"), offers("C1"));
        till.hq(new OfferWithdrawn("seg"));
        assertEquals(List.of(), offers("C1"));
    }

    @Test
    void an_offer_begins_and_ends_by_the_clock_of_the_store() {
        till.customer("C1", "Anna", 0);
        till.hq(offer("own", "C1", null, true));
        Instant begin = Instant.parse("2026-02-28T23:00:00Z");
        till.now = begin.minusMillis(1);
        assertEquals(Status.NOT_YET, status("code-own", "C1"));
        assertEquals(List.of(), offers("C1"));
        till.now = begin;
        assertEquals(Status.FREE, status("code-own", "C1"));
        assertEquals(List.of("own"), offers("C1"));
        till.now = begin.plus(Duration.ofDays(7)).minusMillis(1);
        assertEquals(Status.FREE, status("code-own", "C1"));
        assertEquals(List.of("own"), offers("C1"));
        till.now = begin.plus(Duration.ofDays(7));
        assertEquals(Status.OVER, status("code-own", "C1"));
        assertEquals(List.of(), offers("C1"));
        assertEquals(
                new Reserving.CodeRefused("code-own", Status.OVER),
                reserve("b1", "C1", "code-own"));
    }

    @Test
    void of_several_offers_with_one_code_the_best_counts() {
        OfferMade over =
                new OfferMade("a", null, null, "V", "A", "", MARCH.minusDays(9), MARCH, true);
        OfferMade good = new OfferMade("b", null, null, "V", "B", "", MARCH, null, false);
        Coupons.Uses none =
                new Coupons.Uses() {
                    @Override
                    public boolean used(Once once) {
                        return false;
                    }

                    @Override
                    public boolean reserved(Once once) {
                        return false;
                    }
                };
        CouponState state = Coupons.state("V", List.of(over, good), null, List.of(), MARCH, none);
        assertEquals(new CouponState("V", Status.FREE, "B", good), state);
    }
}
