package dev.skerry.pricing;

import static dev.skerry.pricing.Shop.ALL;
import static dev.skerry.pricing.Shop.article;
import static dev.skerry.pricing.Shop.basket;
import static dev.skerry.pricing.Shop.cuts;
import static dev.skerry.pricing.Shop.eur;
import static dev.skerry.pricing.Shop.less;
import static dev.skerry.pricing.Shop.line;
import static dev.skerry.pricing.Shop.off;
import static dev.skerry.pricing.Shop.percent;
import static dev.skerry.pricing.Shop.pieces;
import static dev.skerry.pricing.Shop.price;
import static dev.skerry.pricing.Shop.promotion;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.language.Quantity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BasketPromotionTest {

    private static final Promotion TIERS =
            promotion(
                    "P",
                    new Effect.SpendThreshold(
                            ALL, List.of(step("100.00", "15.00"), step("50.00", "5.00"))));

    @Test
    void what_a_threshold_takes_off_is_shared_over_the_lines() {
        Priced priced =
                price(
                        basket(
                                pieces(1, "a", 1, "33.33"),
                                pieces(2, "b", 1, "12.49"),
                                pieces(3, "c", 1, "9.18")),
                        TIERS);
        assertEquals(eur("5.00"), priced.discount());
        assertEquals(List.of("3.03"), cuts(priced, 1));
        assertEquals(List.of("1.14"), cuts(priced, 2));
        assertEquals(List.of("0.83"), cuts(priced, 3));
    }

    @Test
    void only_the_highest_step_reached_counts() {
        assertEquals(eur("15.00"), price(basket(pieces(1, "a", 1, "104.00")), TIERS).discount());
        assertEquals(eur("5.00"), price(basket(pieces(1, "a", 1, "99.99")), TIERS).discount());
        Priced little = price(basket(pieces(1, "a", 1, "49.98")), TIERS);
        assertEquals(Optional.of(new WhyNot.NeedsSpend(eur("0.02"))), little.whyNot("P"));
    }

    @Test
    void a_threshold_is_seen_after_line_promotions_and_before_other_basket_promotions() {
        Promotion half = promotion("H", line(ALL, off("50")));
        assertEquals(
                eur("50.00"),
                price(basket(pieces(1, "a", 1, "100.00")), half, TIERS).total().plus(eur("5.00")));
        Promotion ten =
                promotion("T", new Effect.BasketPercent(ALL, percent("10"), Optional.empty()))
                        .standing(Standing.BEST_PRICE.in(Standing.Lane.PRE));
        Priced both = price(basket(pieces(1, "a", 1, "50.00")), ten, TIERS);
        assertEquals(eur("40.00"), both.total());
    }

    @Test
    void a_basket_percentage_is_capped() {
        Promotion ten =
                promotion(
                        "P",
                        new Effect.BasketPercent(ALL, percent("10"), Optional.of(eur("5.00"))));
        assertEquals(eur("5.00"), price(basket(pieces(1, "a", 1, "62.40")), ten).discount());
        assertEquals(eur("4.24"), price(basket(pieces(1, "a", 1, "42.40")), ten).discount());
    }

    @Test
    void those_that_mean_the_same_articles_compete_and_others_do_not() {
        Promotion food =
                promotion(
                        "F",
                        new Effect.SpendThreshold(
                                Articles.skus("a"), List.of(step("10.00", "1.00"))));
        Promotion toys =
                promotion(
                        "T",
                        new Effect.SpendThreshold(
                                Articles.skus("b"), List.of(step("10.00", "2.00"))));
        Promotion more =
                promotion(
                        "M",
                        new Effect.SpendThreshold(
                                Articles.skus("b"), List.of(step("10.00", "3.00"))));
        Priced priced =
                price(
                        basket(pieces(1, "a", 1, "20.00"), pieces(2, "b", 1, "20.00")),
                        food,
                        toys,
                        more);
        assertEquals(eur("4.00"), priced.discount());
        assertEquals(Optional.of(new WhyNot.BeatenBy(List.of("F", "M"))), priced.whyNot("T"));
    }

    @Test
    void compound_ones_compete_as_a_bundle_with_the_best() {
        Promotion amount =
                promotion("A", new Effect.SpendThreshold(ALL, List.of(step("10.00", "10.00"))))
                        .standing(Standing.COMPOUND);
        Promotion ten =
                promotion("B", new Effect.BasketPercent(ALL, percent("10"), Optional.empty()))
                        .standing(Standing.COMPOUND);
        Promotion best =
                promotion("C", new Effect.BasketPercent(ALL, percent("15"), Optional.empty()));
        assertEquals(
                eur("81.00"),
                price(basket(pieces(1, "a", 1, "100.00")), amount, ten, best).total());
        assertEquals(
                eur("5.00"),
                price(
                                basket(pieces(1, "a", 1, "100.00")),
                                amount,
                                ten,
                                best,
                                promotion(
                                                "D",
                                                new Effect.BasketPercent(
                                                        ALL, percent("5"), Optional.empty()))
                                        .standing(Standing.EXCLUSIVE))
                        .discount());
    }

    @Test
    void a_gift_is_free_and_asked_for_if_it_was_not_scanned() {
        Promotion gift =
                promotion("P", new Effect.Gift(ALL, eur("30.00"), Articles.skus("mug"), 1));
        Priced without = price(basket(pieces(1, "a", 1, "30.00")), gift);
        assertEquals(
                List.of(new Priced.MissingGift("P", "P", Articles.skus("mug"), 1)),
                without.missingGifts());
        assertEquals(Optional.of(new WhyNot.GiftMissing()), without.whyNot("P"));
        Priced with = price(basket(pieces(1, "a", 1, "30.00"), pieces(2, "mug", 2, "7.00")), gift);
        assertEquals(eur("7.00"), with.discount());
        assertEquals(
                List.of("7.00", "0.00"),
                cuts(with, 2).reversed().reversed().stream()
                        .sorted(java.util.Comparator.reverseOrder())
                        .toList());
        assertEquals(List.of(), with.missingGifts());
        Priced little =
                price(basket(pieces(1, "a", 1, "25.00"), pieces(2, "mug", 1, "7.00")), gift);
        assertEquals(eur("0.00"), little.discount());
        assertEquals(Optional.of(new WhyNot.NeedsSpend(eur("5.00"))), little.whyNot("P"));
    }

    @Test
    void what_is_exempt_is_neither_discounted_nor_counted() {
        BasketLine deposit =
                BasketLine.of(
                        2,
                        article("bottle").ofKind(ArticleKind.DEPOSIT),
                        Quantity.of(4),
                        eur("0.25"));
        Promotion all = promotion("A", line(ALL, off("50")));
        Priced priced = price(basket(pieces(1, "a", 1, "49.50"), deposit), TIERS);
        assertEquals(eur("50.50"), priced.total());
        assertEquals(eur("1.00"), price(basket(deposit), all).total());
        assertEquals(Optional.of(new WhyNot.Exempt()), price(basket(deposit), all).whyNot("A"));
    }

    @Test
    void a_deposit_paid_back_is_below_zero() {
        BasketLine back =
                BasketLine.of(
                        2,
                        article("bottle").ofKind(ArticleKind.DEPOSIT),
                        Quantity.of(4),
                        eur("-0.25"));
        assertEquals(
                eur("8.00"),
                price(
                                basket(pieces(1, "a", 1, "10.00"), back),
                                promotion("A", line(ALL, less("1.00"))))
                        .total());
    }

    private static Effect.SpendStep step(String spend, String off) {
        return new Effect.SpendStep(eur(spend), less(off));
    }
}
