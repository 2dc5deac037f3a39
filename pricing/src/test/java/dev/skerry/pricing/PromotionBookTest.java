package dev.skerry.pricing;

import static dev.skerry.pricing.Shop.ALL;
import static dev.skerry.pricing.Shop.basket;
import static dev.skerry.pricing.Shop.eur;
import static dev.skerry.pricing.Shop.line;
import static dev.skerry.pricing.Shop.off;
import static dev.skerry.pricing.Shop.pieces;
import static dev.skerry.pricing.Shop.policies;
import static dev.skerry.pricing.Shop.price;
import static dev.skerry.pricing.Shop.promotion;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skerry.pricing.Effect.Grouping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PromotionBookTest {

    @Test
    void a_basket_meets_only_promotions_that_concern_its_articles() {
        List<Promotion> promotions = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            promotions.add(promotion("S" + i, line(Articles.skus("s" + i), off("10"))));
        }
        promotions.add(promotion("D", line(Articles.department("food/dairy"), off("10"))));
        promotions.add(promotion("F", line(Articles.department("food"), off("10"))));
        promotions.add(promotion("O", line(Articles.department("foo"), off("10"))));
        promotions.add(promotion("B", line(Articles.brand("Acme"), off("10"))));
        promotions.add(promotion("T", line(Articles.tag("summer"), off("10"))));
        promotions.add(promotion("A", line(ALL, off("10"))));
        promotions.add(
                promotion("C", line(Articles.skus("x"), off("10")))
                        .when(Conditions.NONE.withCoupon("SAVE")));
        Collections.shuffle(promotions, new Random(1));
        PromotionBook book = PromotionBook.of("v", promotions);
        Article yoghurt =
                Article.piece("s42", "food/dairy/yoghurt", "FULL").ofBrand("Acme").tagged("summer");
        assertEquals(
                List.of("A", "B", "C", "D", "F", "S42", "T"),
                book.concerning(List.of(yoghurt), List.of("SAVE")).stream()
                        .map(Promotion::id)
                        .toList());
    }

    @Test
    void the_order_in_a_book_is_rank_then_id() {
        PromotionBook book =
                Shop.book(
                        promotion("B", line(ALL, off("1"))),
                        promotion("A", line(ALL, off("1"))),
                        promotion("C", line(ALL, off("1")))
                                .standing(Standing.BEST_PRICE.ofRank(1)));
        assertEquals(
                List.of("C", "A", "B"), book.promotions().stream().map(Promotion::id).toList());
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        Shop.book(
                                promotion("A", line(ALL, off("1"))),
                                promotion("A", line(ALL, off("2")))));
    }

    @Test
    void a_result_is_stamped_with_the_versions_it_was_priced_with() {
        Priced priced = price(basket(pieces(1, "a", 1, "1.00")).pricedFrom("prices-7"));
        assertEquals("prices-7", priced.priceBook());
        assertEquals("promotions-1", priced.promotionBook());
    }

    @Test
    void what_is_required_is_counted_and_not_used_up() {
        Promotion bread =
                promotion("P", line(Articles.skus("bread"), off("50")))
                        .when(
                                Conditions.NONE.requiring(
                                        new Conditions.Requirement.Units(
                                                Articles.skus("butter"), 2),
                                        new Conditions.Requirement.Spend(ALL, eur("10.00"))));
        Promotion butter =
                promotion(
                        "Q",
                        new Effect.TakePay(Articles.skus("butter"), 2, 1, Grouping.SAME_ARTICLE));
        Priced one =
                price(basket(pieces(1, "bread", 1, "4.00"), pieces(2, "butter", 1, "3.00")), bread);
        assertEquals(Optional.of(new WhyNot.NeedsUnits(1)), one.whyNot("P"));
        Priced little =
                price(basket(pieces(1, "bread", 1, "3.50"), pieces(2, "butter", 2, "3.00")), bread);
        assertEquals(Optional.of(new WhyNot.NeedsSpend(eur("0.50"))), little.whyNot("P"));
        Priced both =
                price(
                        basket(pieces(1, "bread", 1, "4.00"), pieces(2, "butter", 2, "3.00")),
                        bread,
                        butter);
        assertEquals(eur("5.00"), both.discount());
    }

    @Test
    void a_search_that_is_too_long_is_greedy_and_says_so() {
        List<BasketLine> lines = new ArrayList<>();
        List<Promotion> promotions = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 1; i <= 60; i++) {
            lines.add(pieces(i, "s" + i, 1, "%d.%02d".formatted(1 + random.nextInt(20), i)));
        }
        for (int i = 0; i < 10; i++) {
            String[] some = new String[30];
            for (int j = 0; j < some.length; j++) {
                some[j] = "s" + (1 + i + j);
            }
            promotions.add(
                    promotion(
                            "S" + i,
                            new Effect.SetForPrice(Articles.skus(some), 3, false, eur("9.00"))));
            promotions.add(
                    promotion(
                            "T" + i,
                            new Effect.TakePay(
                                    Articles.skus(some), 4, 3, Grouping.CHEAPEST_OF_EACH_GROUP)));
        }
        PromotionBook book = PromotionBook.of("v", promotions);
        Basket large = Shop.basket(lines.toArray(BasketLine[]::new));
        Priced greedy = new Engine().price(large, book, policies());
        assertEquals(Priced.Search.GREEDY, greedy.search());
        assertEquals(greedy, new Engine().price(large, book, policies()));
        assertEquals(true, greedy.discount().isPositive());
    }
}
