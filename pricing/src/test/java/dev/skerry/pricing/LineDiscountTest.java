package dev.skerry.pricing;

import static dev.skerry.pricing.Shop.ALL;
import static dev.skerry.pricing.Shop.basket;
import static dev.skerry.pricing.Shop.eur;
import static dev.skerry.pricing.Shop.less;
import static dev.skerry.pricing.Shop.line;
import static dev.skerry.pricing.Shop.off;
import static dev.skerry.pricing.Shop.pieces;
import static dev.skerry.pricing.Shop.price;
import static dev.skerry.pricing.Shop.promotion;
import static dev.skerry.pricing.Shop.to;
import static dev.skerry.pricing.Shop.total;
import static dev.skerry.pricing.Shop.weighed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.pricing.Standing.Lane;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineDiscountTest {

    @Test
    void an_extended_price_is_rounded_and_a_percentage_comes_off_the_rounded_one() {
        Basket apples = basket(weighed(1, "apple", "0.735", "3.99"));
        assertEquals(eur("2.93"), total(apples));
        assertEquals(eur("2.34"), total(apples, promotion("P", line(ALL, off("20")))));
    }

    @Test
    void a_percentage_is_rounded_once_for_a_line() {
        assertEquals(
                eur("8.92"),
                total(basket(pieces(1, "a", 1, "10.20")), promotion("P", line(ALL, off("12.5")))));
        assertEquals(
                eur("0.89"),
                total(basket(pieces(1, "a", 3, "0.33")), promotion("P", line(ALL, off("10")))));
    }

    @Test
    void an_amount_off_each_unit_stops_at_zero() {
        Promotion half = promotion("P", line(ALL, less("0.50")));
        assertEquals(eur("1.50"), price(basket(pieces(1, "a", 3, "1.99")), half).discount());
        assertEquals(eur("0.40"), price(basket(pieces(1, "a", 1, "0.40")), half).discount());
    }

    @Test
    void a_fixed_price_never_raises() {
        Promotion now = promotion("P", line(ALL, to("1.50")));
        assertEquals(eur("0.98"), price(basket(pieces(1, "a", 2, "1.99")), now).discount());
        Priced cheap = price(basket(pieces(1, "a", 1, "1.25")), now);
        assertEquals(eur("1.25"), cheap.total());
        assertEquals(Optional.of(new WhyNot.NothingToTakeOff()), cheap.whyNot("P"));
    }

    @Test
    void compound_percentages_work_on_the_running_price_or_on_the_original() {
        Basket hundred = basket(pieces(1, "a", 1, "100.00"));
        Promotion ten = promotion("P1", line(ALL, off("10"))).standing(Standing.COMPOUND);
        Promotion twenty = promotion("P2", line(ALL, off("20"))).standing(Standing.COMPOUND);
        assertEquals(eur("72.00"), total(hundred, ten, twenty));
        assertEquals(
                eur("70.00"),
                total(
                        hundred,
                        ten.standing(Standing.COMPOUND.ofOriginal()),
                        twenty.standing(Standing.COMPOUND.ofOriginal())));
    }

    @Test
    void compound_ones_come_in_the_order_price_then_amount_then_percentage() {
        assertEquals(
                eur("72.00"),
                total(
                        basket(pieces(1, "a", 1, "100.00")),
                        promotion("A", line(ALL, off("10"))).standing(Standing.COMPOUND),
                        promotion("B", line(ALL, less("10.00"))).standing(Standing.COMPOUND),
                        promotion("C", line(ALL, to("90.00"))).standing(Standing.COMPOUND)));
    }

    @Test
    void an_exclusive_one_applies_even_if_another_would_be_better() {
        assertEquals(
                eur("95.00"),
                total(
                        basket(pieces(1, "a", 1, "100.00")),
                        promotion("A", line(ALL, off("5"))).standing(Standing.EXCLUSIVE),
                        promotion("B", line(ALL, off("20")))));
    }

    @Test
    void lanes_stack() {
        assertEquals(
                eur("72.00"),
                total(
                        basket(pieces(1, "a", 1, "100.00")),
                        promotion("A", line(ALL, off("20"))),
                        promotion("B", line(ALL, off("10")))
                                .standing(Standing.BEST_PRICE.in(Lane.POST))));
    }
}
