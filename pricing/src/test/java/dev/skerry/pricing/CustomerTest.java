package dev.skerry.pricing;

import static dev.skerry.pricing.Shop.ALL;
import static dev.skerry.pricing.Shop.article;
import static dev.skerry.pricing.Shop.basket;
import static dev.skerry.pricing.Shop.eur;
import static dev.skerry.pricing.Shop.less;
import static dev.skerry.pricing.Shop.line;
import static dev.skerry.pricing.Shop.off;
import static dev.skerry.pricing.Shop.percent;
import static dev.skerry.pricing.Shop.pieces;
import static dev.skerry.pricing.Shop.price;
import static dev.skerry.pricing.Shop.promotion;
import static dev.skerry.pricing.Shop.to;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CustomerTest {

    private static final Basket TEN = basket(pieces(1, "a", 1, "10.00"));

    @Test
    void a_member_price_is_for_members() {
        Promotion member =
                promotion("P", line(ALL, to("8.00")))
                        .when(Conditions.NONE.only(Audience.CARD_HOLDERS));
        assertEquals(eur("8.00"), price(TEN.by(Customer.member()), member).total());
        Priced stranger = price(TEN, member);
        assertEquals(eur("10.00"), stranger.total());
        assertEquals(Optional.of(new WhyNot.CardMissing()), stranger.whyNot("P"));
    }

    @Test
    void a_segment_is_believed_as_long_as_the_line_is_up_or_the_list_is_young() {
        Promotion vip =
                promotion("P", line(ALL, off("10")))
                        .when(Conditions.NONE.only(Audience.segments("vip")));
        Promotion generous =
                vip.when(Conditions.NONE.only(Audience.segments("vip").orAnyCardHolderOffline()));
        Basket known = TEN.by(Customer.member("vip").withListAge(Duration.ofDays(6)));
        Basket stale = TEN.by(Customer.member("vip").withListAge(Duration.ofDays(8)));
        Basket other = TEN.by(Customer.member("new").withListAge(Duration.ofDays(8)));
        assertEquals(eur("9.00"), price(known.lineDown(), vip).total());
        assertEquals(eur("9.00"), price(stale, vip).total());
        assertEquals(
                Optional.of(new WhyNot.MembershipUnknown()),
                price(stale.lineDown(), vip).whyNot("P"));
        assertEquals(eur("9.00"), price(stale.lineDown(), generous).total());
        assertEquals(eur("9.00"), price(other.lineDown(), generous).total());
        assertEquals(Optional.of(new WhyNot.NotInSegment()), price(other, generous).whyNot("P"));
        assertEquals(
                Optional.of(new WhyNot.CardMissing()), price(TEN.lineDown(), generous).whyNot("P"));
    }

    @Test
    void an_offer_for_anybody_applies_whatever_the_line_does() {
        assertEquals(
                eur("9.00"), price(TEN.lineDown(), promotion("P", line(ALL, off("10")))).total());
    }

    @Test
    void points_are_for_every_full_amount_and_doubled() {
        Basket basket = basket(pieces(1, "a", 1, "37.85")).by(Customer.member());
        Promotion earn = promotion("E", new Effect.EarnPoints(ALL, eur("1.00"), 1));
        Promotion twice = promotion("M", new Effect.MultiplyPoints(ALL, 2));
        assertEquals(37, price(basket, earn).pointsEarned());
        assertEquals(74, price(basket, earn, twice).pointsEarned());
    }

    @Test
    void points_are_for_what_is_paid() {
        Promotion earn = promotion("E", new Effect.EarnPoints(ALL, eur("1.00"), 1));
        assertEquals(5, price(TEN, earn, promotion("P", line(ALL, off("50")))).pointsEarned());
    }

    @Test
    void a_reward_costs_points_and_stays_within_the_cap_while_the_line_is_down() {
        Promotion reward = promotion("R", new Effect.Reward(ALL, 500, eur("5.00")));
        Basket rich =
                basket(pieces(1, "a", 1, "40.00"))
                        .by(Customer.member().withPoints(1700))
                        .redeeming(new Redemption("R", 4));
        Priced up = price(rich, reward);
        assertEquals(eur("25.00"), up.total());
        assertEquals(1500, up.pointsSpent());
        Priced down = price(rich.lineDown(), reward);
        assertEquals(eur("30.00"), down.total());
        assertEquals(1000, down.pointsSpent());
        Basket poor = TEN.by(Customer.member().withPoints(400)).redeeming(new Redemption("R", 1));
        assertEquals(Optional.of(new WhyNot.NeedsPoints(100)), price(poor, reward).whyNot("R"));
        assertEquals(Optional.of(new WhyNot.NotAsked()), price(TEN, reward).whyNot("R"));
    }

    @Test
    void what_was_settled_before_takes_what_is_added_since_and_no_promotion_twice() {
        BasketLine settled =
                BasketLine.of(
                        1, article("a").ofKind(ArticleKind.SETTLED), Quantity.of(1), eur("10.00"));
        Promotion coupon =
                promotion("C", line(ALL, off("10"))).when(Conditions.NONE.withCoupon("SAVE1"));
        Priced priced =
                price(
                        basket(settled).withCoupons("SAVE1"),
                        coupon,
                        promotion("H", line(ALL, off("50"))),
                        promotion(
                                "B",
                                new Effect.BasketPercent(ALL, percent("10"), Optional.empty())),
                        promotion("E", new Effect.EarnPoints(ALL, eur("1.00"), 1)));
        assertEquals(eur("9.00"), priced.total());
        assertEquals(9, priced.pointsEarned());
    }

    @Test
    void a_coupon_is_used_up_only_if_it_took_something_off() {
        Promotion coupon =
                promotion("C", line(Articles.skus("a"), less("1.00")))
                        .when(Conditions.NONE.withCoupon("SAVE1"));
        Priced used = price(TEN.withCoupons("SAVE1", "SAVE1", "OTHER"), coupon);
        assertEquals(eur("9.00"), used.total());
        assertEquals(
                List.of(true, false, false),
                used.coupons().stream().map(Priced.CouponUse::used).toList());
        Priced useless = price(basket(pieces(1, "b", 1, "10.00")).withCoupons("SAVE1"), coupon);
        assertFalse(useless.coupons().getFirst().used());
        assertEquals(Optional.of(new WhyNot.NoArticles()), useless.coupons().getFirst().whyNot());
        assertEquals(
                Optional.of(new WhyNot.CouponMissing("SAVE1")), price(TEN, coupon).whyNot("C"));
    }

    @Test
    void each_coupon_presented_counts_where_there_is_a_limit() {
        Promotion coupon =
                promotion("C", line(ALL, less("1.00")))
                        .when(Conditions.NONE.withCoupon("SAVE1").atMost(1));
        Priced two =
                price(basket(pieces(1, "a", 5, "10.00")).withCoupons("SAVE1", "SAVE1"), coupon);
        assertEquals(eur("48.00"), two.total());
        assertTrue(two.coupons().stream().allMatch(Priced.CouponUse::used));
    }

    @Test
    void a_coupon_comes_on_top_of_other_promotions() {
        Promotion coupon =
                promotion("C", line(ALL, off("10"))).when(Conditions.NONE.withCoupon("X"));
        assertEquals(
                eur("4.50"),
                price(TEN.withCoupons("X"), coupon, promotion("P", line(ALL, off("50")))).total());
    }
}
