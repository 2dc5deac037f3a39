package dev.skerry.pricing;

import static dev.skerry.pricing.Shop.ALL;
import static dev.skerry.pricing.Shop.basket;
import static dev.skerry.pricing.Shop.cuts;
import static dev.skerry.pricing.Shop.eur;
import static dev.skerry.pricing.Shop.line;
import static dev.skerry.pricing.Shop.nets;
import static dev.skerry.pricing.Shop.off;
import static dev.skerry.pricing.Shop.percent;
import static dev.skerry.pricing.Shop.pieces;
import static dev.skerry.pricing.Shop.price;
import static dev.skerry.pricing.Shop.promotion;
import static dev.skerry.pricing.Shop.to;
import static dev.skerry.pricing.Shop.total;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.pricing.Effect.Grouping;
import dev.skerry.pricing.Effect.Spread;
import dev.skerry.pricing.Standing.Lane;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SetTest {

    @Test
    void from_six_units_on_all_are_cheaper() {
        Promotion tiers = tiers(Spread.ALL_UNITS);
        assertEquals(eur("12.60"), total(basket(pieces(1, "a", 7, "2.00")), tiers));
        assertEquals(eur("10.00"), total(basket(pieces(1, "a", 5, "2.00")), tiers));
    }

    @Test
    void from_six_units_on_the_further_ones_are_cheaper() {
        assertEquals(
                eur("13.60"), total(basket(pieces(1, "a", 7, "2.00")), tiers(Spread.GRADUATED)));
    }

    @Test
    void tiers_count_each_article_or_all_together() {
        Basket both = basket(pieces(1, "a", 3, "2.00"), pieces(2, "b", 3, "2.00"));
        assertEquals(eur("12.00"), total(both, tiers(Spread.ALL_UNITS)));
        Effect mixed =
                new Effect.QuantityTiers(
                        ALL, Spread.ALL_UNITS, true, List.of(new Effect.Tier(6, to("1.80"))));
        assertEquals(eur("10.80"), total(both, promotion("P", mixed)));
    }

    @Test
    void three_for_a_price_means_every_full_set() {
        Promotion three = promotion("P", new Effect.SetForPrice(ALL, 3, true, eur("5.00")));
        assertEquals(eur("11.99"), total(basket(pieces(1, "a", 7, "1.99")), three));
        assertEquals(
                List.of("1.67", "1.67", "1.66"),
                nets(price(basket(pieces(1, "a", 3, "1.99")), three), 1));
        Priced set =
                price(
                        basket(
                                pieces(1, "a", 1, "1.99"),
                                pieces(2, "a", 1, "1.99"),
                                pieces(3, "a", 1, "1.99")),
                        three);
        assertEquals(List.of("0.33"), cuts(set, 1));
        assertEquals(List.of("0.32"), cuts(set, 2));
        assertEquals(List.of("0.32"), cuts(set, 3));
    }

    @Test
    void ten_shared_over_seven_splits_the_line() {
        Promotion seven = promotion("P", new Effect.SetForPrice(ALL, 7, true, eur("10.00")));
        assertEquals(
                List.of("1.43", "1.43", "1.43", "1.43", "1.43", "1.43", "1.42"),
                nets(price(basket(pieces(1, "a", 7, "2.00")), seven), 1));
    }

    @Test
    void a_set_for_a_price_never_raises() {
        assertEquals(
                eur("3.00"),
                total(
                        basket(pieces(1, "a", 3, "1.00")),
                        promotion("P", new Effect.SetForPrice(ALL, 3, true, eur("5.00")))));
    }

    @Test
    void three_for_two_of_an_article() {
        Promotion offer = promotion("P", new Effect.TakePay(ALL, 3, 2, Grouping.SAME_ARTICLE));
        assertEquals(eur("6.00"), total(basket(pieces(1, "a", 7, "1.20")), offer));
        assertEquals(
                Optional.of(new WhyNot.NeedsUnits(1)),
                price(basket(pieces(1, "a", 2, "1.20"), pieces(2, "b", 2, "1.20")), offer)
                        .whyNot("P"));
    }

    @Test
    void mixed_three_for_two_is_best_for_the_customer_or_for_the_merchant() {
        Basket seven =
                basket(
                        pieces(1, "a", 1, "10.00"),
                        pieces(2, "b", 1, "9.00"),
                        pieces(3, "c", 1, "8.00"),
                        pieces(4, "d", 1, "7.00"),
                        pieces(5, "e", 1, "6.00"),
                        pieces(6, "f", 1, "5.00"),
                        pieces(7, "g", 1, "4.00"));
        assertEquals(eur("13.00"), price(seven, mixed(Grouping.CHEAPEST_OF_EACH_GROUP)).discount());
        assertEquals(eur("9.00"), price(seven, mixed(Grouping.CHEAPEST_OVERALL)).discount());
    }

    @Test
    void the_second_at_half_price_is_the_cheaper_one_and_both_share() {
        Promotion second = promotion("P", new Effect.CheapestOff(ALL, 2, false, percent("50")));
        Priced dear = price(basket(pieces(1, "a", 1, "30.00"), pieces(2, "b", 1, "20.00")), second);
        assertEquals(eur("10.00"), dear.discount());
        assertEquals(List.of("6.00"), cuts(dear, 1));
        assertEquals(List.of("4.00"), cuts(dear, 2));
        Priced cheap = price(basket(pieces(1, "a", 1, "9.99"), pieces(2, "b", 1, "5.00")), second);
        assertEquals(eur("2.50"), cheap.discount());
        assertEquals(List.of("1.67"), cuts(cheap, 1));
        assertEquals(List.of("0.83"), cuts(cheap, 2));
        assertEquals(
                Priced.Role.QUALIFIER, cheap.line(1).runs().getFirst().cuts().getFirst().role());
        assertEquals(Priced.Role.REWARD, cheap.line(2).runs().getFirst().cuts().getFirst().role());
    }

    @Test
    void buy_two_of_one_and_get_one_of_another_as_far_as_there_are_any() {
        Promotion offer =
                promotion(
                        "P",
                        new Effect.BuyGet(
                                Articles.skus("a"), 2, Articles.skus("b"), 1, percent("100")));
        assertEquals(
                eur("3.00"), discount(offer, pieces(1, "a", 2, "5.00"), pieces(2, "b", 3, "3.00")));
        assertEquals(
                eur("6.00"), discount(offer, pieces(1, "a", 5, "5.00"), pieces(2, "b", 3, "3.00")));
        assertEquals(
                eur("3.00"), discount(offer, pieces(1, "a", 8, "5.00"), pieces(2, "b", 1, "3.00")));
        assertEquals(
                eur("0.00"), discount(offer, pieces(1, "a", 1, "5.00"), pieces(2, "b", 3, "3.00")));
    }

    @Test
    void ten_and_up_to_three_free() {
        Promotion offer = promotion("P", new Effect.BuyGetSame(ALL, 10, 3));
        int[][] bought = {
            {9, 0}, {10, 0}, {11, 1}, {12, 2}, {13, 3}, {14, 3}, {23, 3}, {24, 4}, {26, 6}
        };
        for (int[] each : bought) {
            assertEquals(
                    eur("1.00").times(each[1]),
                    discount(offer, pieces(1, "a", each[0], "1.00")),
                    () -> each[0] + " units");
        }
    }

    @Test
    void a_meal_deal_takes_one_from_each_slot_and_shares_what_it_saves() {
        Promotion meal = meal("6.99");
        Priced priced =
                price(
                        basket(
                                pieces(1, "sandwich", 1, "5.19"),
                                pieces(2, "crisps", 1, "2.29"),
                                pieces(3, "water", 1, "1.89")),
                        meal);
        assertEquals(eur("6.99"), priced.total());
        assertEquals(List.of("1.32"), cuts(priced, 1));
        assertEquals(List.of("0.58"), cuts(priced, 2));
        assertEquals(List.of("0.48"), cuts(priced, 3));
    }

    @Test
    void a_meal_deal_takes_what_saves_most() {
        assertEquals(
                eur("3.01"),
                discount(
                        meal("6.99"),
                        pieces(1, "sandwich", 1, "5.19"),
                        pieces(2, "crisps", 1, "2.29"),
                        pieces(3, "water", 1, "1.89"),
                        BasketLine.of(
                                4,
                                Article.piece("smoothie", "food/water", "FULL"),
                                dev.skerry.language.Quantity.ONE,
                                eur("2.52"))));
    }

    @Test
    void any_three_of_a_range_for_a_price_takes_the_best() {
        assertEquals(
                eur("7.00"),
                discount(
                        promotion("P", new Effect.SetForPrice(ALL, 3, false, eur("5.00"))),
                        pieces(1, "a", 1, "1.00"),
                        pieces(2, "b", 2, "4.50"),
                        pieces(3, "c", 1, "3.00")));
    }

    @Test
    void the_cheapest_of_three_is_cheaper() {
        assertEquals(
                eur("2.50"),
                discount(
                        promotion("P", new Effect.CheapestOff(ALL, 3, false, percent("50"))),
                        pieces(1, "a", 1, "20.00"),
                        pieces(2, "b", 1, "15.00"),
                        pieces(3, "c", 1, "5.00")));
    }

    @Test
    void a_later_lane_stacks_on_a_set() {
        assertEquals(
                eur("3.60"),
                total(
                        basket(pieces(1, "a", 3, "2.00")),
                        promotion("A", new Effect.TakePay(ALL, 3, 2, Grouping.SAME_ARTICLE)),
                        promotion("B", line(ALL, off("10")))
                                .standing(Standing.BEST_PRICE.in(Lane.POST))));
    }

    @Test
    void a_dear_unit_stays_out_of_a_set_if_it_saves_more_alone() {
        assertEquals(
                eur("28.00"),
                discount(
                        List.of(
                                mixed(Grouping.CHEAPEST_OF_EACH_GROUP),
                                promotion("Q", line(Articles.skus("a"), off("90")))),
                        pieces(1, "a", 1, "20.00"),
                        pieces(2, "b", 3, "10.00")));
    }

    @Test
    void the_higher_priority_goes_first_and_the_next_takes_what_is_left() {
        Promotion better = promotion("B", line(ALL, off("50")));
        Promotion first =
                promotion("A", line(Articles.skus("a"), off("5")))
                        .standing(Standing.BEST_PRICE.ofPriority(1));
        assertEquals(
                eur("5.50"),
                discount(
                        List.of(better, first),
                        pieces(1, "a", 1, "10.00"),
                        pieces(2, "b", 1, "10.00")));
    }

    @Test
    void ties_go_to_fewer_applications_then_rank_then_id() {
        BasketLine[] two = {pieces(1, "a", 1, "4.00"), pieces(2, "b", 1, "4.00")};
        Promotion set = promotion("Z", new Effect.SetForPrice(ALL, 2, false, eur("4.00")));
        Promotion half = promotion("A", line(ALL, off("50")));
        assertEquals(eur("4.00"), price(basket(two), set, half).amountOf("Z"));
        Promotion same = promotion("B", line(ALL, off("50")));
        assertEquals(eur("4.00"), price(basket(two), half, same).amountOf("A"));
        Promotion ranked = same.standing(Standing.BEST_PRICE.ofRank(1));
        assertEquals(eur("4.00"), price(basket(two), half, ranked).amountOf("B"));
        assertEquals(
                Optional.of(new WhyNot.BeatenBy(List.of("B"))),
                price(basket(two), half, ranked).whyNot("A"));
    }

    @Test
    void a_limit_holds_for_units_and_for_sets() {
        Promotion units = promotion("P", line(ALL, off("50"))).when(Conditions.NONE.atMost(2));
        assertEquals(
                eur("7.00"),
                discount(units, pieces(1, "a", 3, "2.00"), pieces(2, "b", 1, "12.00")));
        Promotion sets =
                promotion("P", new Effect.TakePay(ALL, 3, 2, Grouping.SAME_ARTICLE))
                        .when(Conditions.NONE.atMost(1));
        assertEquals(eur("1.20"), discount(sets, pieces(1, "a", 7, "1.20")));
    }

    private static Promotion tiers(Spread spread) {
        return promotion(
                "P",
                new Effect.QuantityTiers(
                        ALL,
                        spread,
                        false,
                        List.of(new Effect.Tier(1, to("2.00")), new Effect.Tier(6, to("1.80")))));
    }

    private static Promotion mixed(Grouping grouping) {
        return promotion("P", new Effect.TakePay(ALL, 3, 2, grouping));
    }

    private static Promotion meal(String price) {
        return promotion(
                "P",
                new Effect.MealDeal(
                        List.of(
                                new Effect.Slot(Articles.department("food/sandwich"), 1),
                                new Effect.Slot(Articles.department("food/crisps"), 1),
                                new Effect.Slot(Articles.department("food/water"), 1)),
                        eur(price)));
    }

    private static dev.skerry.language.Money discount(Promotion promotion, BasketLine... lines) {
        return discount(List.of(promotion), lines);
    }

    private static dev.skerry.language.Money discount(
            List<Promotion> promotions, BasketLine... lines) {
        Priced priced = price(basket(lines), promotions.toArray(Promotion[]::new));
        assertEquals(Priced.Search.EXACT, priced.search());
        return priced.discount();
    }
}
