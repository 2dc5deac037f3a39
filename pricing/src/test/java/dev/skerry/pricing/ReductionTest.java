package dev.skerry.pricing;

import static dev.skerry.pricing.Shop.ALL;
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

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.pricing.Effect.Grouping;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Markdowns, what a cashier takes off, and what comes back.
class ReductionTest {

    private static final LocalDate TODAY = Shop.NOON.toLocalDate();

    @Test
    void the_best_markdown_counts_and_promotions_come_after_it() {
        BasketLine sticker =
                pieces(1, "a", 2, "4.00")
                        .markedDown(
                                new Markdown("sticker", to("3.00")),
                                new Markdown("surplus", off("50")));
        assertEquals(eur("4.00"), price(basket(sticker)).total());
        Promotion ten = promotion("P", line(ALL, off("10")));
        assertEquals(eur("3.60"), price(basket(sticker), ten).total());
        Priced without = price(basket(sticker), ten.when(Conditions.NONE.notOnReduced()));
        assertEquals(eur("4.00"), without.total());
        assertEquals(Optional.of(new WhyNot.Reduced()), without.whyNot("P"));
    }

    @Test
    void the_date_in_the_barcode_marks_down() {
        Promotion fresh =
                promotion(
                        "P",
                        new Effect.ExpiryMarkdown(
                                ALL,
                                List.of(
                                        new Effect.ExpiryStep(2, percent("25")),
                                        new Effect.ExpiryStep(0, percent("50")))));
        assertEquals(eur("1.00"), price(basket(expiring(0)), fresh).total());
        assertEquals(eur("1.50"), price(basket(expiring(1)), fresh).total());
        assertEquals(eur("1.50"), price(basket(expiring(2)), fresh).total());
        assertEquals(eur("2.00"), price(basket(expiring(3)), fresh).total());
        assertEquals(eur("2.00"), price(basket(pieces(1, "a", 1, "2.00")), fresh).total());
    }

    @Test
    void a_cashier_takes_off_after_all_promotions_and_never_below_zero() {
        Promotion half = promotion("P", line(ALL, off("50")));
        Basket manual =
                basket(
                        pieces(1, "a", 3, "10.00")
                                .discounted(
                                        new ManualDiscount(less("1.00"), "DAMAGED"),
                                        new ManualDiscount(off("10"), "STAFF")),
                        pieces(2, "b", 1, "10.00"));
        Priced priced = price(manual, half);
        assertEquals(eur("12.60"), priced.line(1).net());
        assertEquals(eur("5.00"), priced.line(2).net());
        assertEquals(
                eur("0.00"),
                price(manual.discounted(new ManualDiscount(less("99.00"), "ANGRY")), half).total());
        assertEquals(
                eur("15.84"),
                price(manual.discounted(new ManualDiscount(off("10"), "SORRY")), half).total());
    }

    @Test
    void a_price_typed_by_a_cashier_is_a_base_price() {
        BasketLine typed = pieces(1, "a", 1, "8.00").from(PriceSource.MANUAL);
        Promotion half = promotion("P", line(ALL, off("50")));
        assertEquals(eur("4.00"), price(basket(typed), half).total());
        assertEquals(
                eur("8.00"),
                price(basket(typed), half.when(Conditions.NONE.notOnReduced())).total());
    }

    @Test
    void a_unit_that_comes_back_is_worth_what_was_paid_for_it() {
        Priced sale =
                price(
                        basket(pieces(1, "a", 7, "2.00")),
                        promotion("P", new Effect.SetForPrice(ALL, 7, true, eur("10.00"))));
        Money sum = eur("0.00");
        for (int unit = 0; unit < 7; unit++) {
            Money back = Refunds.of(sale, 1, Quantity.of(unit), Quantity.ONE).total();
            assertEquals(eur(unit < 6 ? "1.43" : "1.42"), back);
            sum = sum.plus(back);
        }
        assertEquals(sale.total(), sum);
    }

    @Test
    void a_claw_back_takes_the_discount_that_what_is_kept_does_not_earn() {
        Promotion three = promotion("P", new Effect.TakePay(ALL, 3, 2, Grouping.SAME_ARTICLE));
        Basket bought = basket(pieces(1, "a", 3, "3.00"));
        Priced sale = price(bought, three);
        Money none = eur("0.00");
        Money first =
                Refunds.clawedBack(sale, none, price(Refunds.kept(bought, returned(1)), three));
        assertEquals(eur("0.00"), first);
        Money second =
                Refunds.clawedBack(sale, first, price(Refunds.kept(bought, returned(2)), three));
        assertEquals(eur("3.00"), second);
        Money third =
                Refunds.clawedBack(
                        sale, first.plus(second), price(Refunds.kept(bought, returned(3)), three));
        assertEquals(sale.total(), first.plus(second).plus(third));
    }

    private static Map<Integer, Quantity> returned(int units) {
        return Map.of(1, Quantity.of(units));
    }

    private static BasketLine expiring(int days) {
        return pieces(1, "a", 1, "2.00").expiring(TODAY.plusDays(days));
    }
}
