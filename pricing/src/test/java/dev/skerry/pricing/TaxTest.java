package dev.skerry.pricing;

import static dev.skerry.pricing.Shop.ALL;
import static dev.skerry.pricing.Shop.EUR;
import static dev.skerry.pricing.Shop.NOON;
import static dev.skerry.pricing.Shop.basket;
import static dev.skerry.pricing.Shop.book;
import static dev.skerry.pricing.Shop.eur;
import static dev.skerry.pricing.Shop.less;
import static dev.skerry.pricing.Shop.percent;
import static dev.skerry.pricing.Shop.pieces;
import static dev.skerry.pricing.Shop.policies;
import static dev.skerry.pricing.Shop.price;
import static dev.skerry.pricing.Shop.promotion;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.pricing.Policies.TaxMode;
import dev.skerry.pricing.Policies.TaxRounding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaxTest {

    @Test
    void a_discount_is_shared_before_it_is_taxed() {
        Priced priced =
                price(
                        basket(pieces(1, "a", 1, "30.00"), of(2, "NONE", "10.00")),
                        promotion(
                                "P",
                                new Effect.SpendThreshold(
                                        ALL,
                                        List.of(
                                                new Effect.SpendStep(
                                                        eur("40.00"), less("5.00"))))));
        assertEquals(eur("26.25"), priced.line(1).net());
        assertEquals(eur("4.38"), priced.line(1).tax());
        assertEquals(eur("8.75"), priced.line(2).net());
        assertEquals(eur("0.00"), priced.line(2).tax());
        assertEquals(eur("35.00"), priced.total());
        assertEquals(
                List.of(eur("26.25"), eur("8.75")),
                priced.taxes().stream().map(Priced.TaxAmount::net).toList());
    }

    @Test
    void tax_is_rounded_by_line_or_by_document() {
        assertEquals(eur("1.96"), taxOfFour(TaxRounding.LINE).tax());
        Priced document = taxOfFour(TaxRounding.DOCUMENT);
        assertEquals(eur("1.97"), document.tax());
        assertEquals(eur("11.34"), document.total());
        assertEquals(
                eur("1.97"),
                document.lines().stream()
                        .map(Priced.Line::tax)
                        .reduce(Money.zero(EUR), Money::plus));
    }

    @Test
    void a_line_may_bear_several_taxes() {
        Policies american =
                new Policies(
                        new TaxTable(
                                Map.of(
                                        "FULL",
                                        List.of(
                                                new TaxTable.TaxRate("STATE", percent("6")),
                                                new TaxTable.TaxRate("COUNTY", percent("1.25"))))),
                        TaxMode.ADDED,
                        TaxRounding.LINE,
                        Duration.ofDays(7),
                        eur("10.00"));
        Priced priced = new Engine().price(basket(pieces(1, "a", 1, "10.00")), book(), american);
        assertEquals(eur("0.73"), priced.tax());
        assertEquals(eur("10.73"), priced.total());
        assertEquals(
                List.of("COUNTY", "STATE"),
                priced.taxes().stream().map(it -> it.rate().code()).toList());
    }

    @Test
    void an_unknown_category_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> price(basket(of(1, "LUXURY", "10.00"))));
    }

    @ParameterizedTest
    @CsvSource({
        "10.02, -0.02",
        "10.03, 0.02",
        "10.05, 0.00",
        "10.07, -0.02",
        "10.08, 0.02",
        "-10.08, -0.02"
    })
    void cash_is_rounded_to_the_smallest_coin(String amount, String difference) {
        assertEquals(eur(difference), CashRounding.difference(eur(amount), eur("0.05")));
    }

    private static Priced taxOfFour(TaxRounding rounding) {
        List<BasketLine> lines = new ArrayList<>();
        for (String price : List.of("5.92", "1.52", "1.54", "0.39")) {
            lines.add(of(lines.size() + 1, "TWENTY-ONE", price));
        }
        return new Engine()
                .price(Basket.of(EUR, NOON, lines), book(), policies(TaxMode.ADDED, rounding));
    }

    private static BasketLine of(int line, String taxCategory, String price) {
        return BasketLine.of(
                line, Article.piece("t" + line, "", taxCategory), Quantity.ONE, eur(price));
    }
}
