package dev.skerry.pricing;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Short words for tests: a store in euros, at a Wednesday noon.
final class Shop {

    static final Currency EUR = Currency.getInstance("EUR");
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    static final ZonedDateTime NOON = ZonedDateTime.of(2026, 3, 4, 12, 0, 0, 0, BERLIN);
    static final Articles ALL = Articles.everything();

    private Shop() {}

    static Money eur(String amount) {
        return Money.of(new BigDecimal(amount), EUR);
    }

    static Percent percent(String share) {
        return Percent.of(new BigDecimal(share));
    }

    static Reduction off(String share) {
        return new Reduction.ByPercent(percent(share));
    }

    static Reduction less(String amount) {
        return new Reduction.ByAmount(eur(amount));
    }

    static Reduction to(String price) {
        return new Reduction.ToPrice(eur(price));
    }

    static Effect line(Articles articles, Reduction reduction) {
        return new Effect.LineDiscount(articles, reduction);
    }

    /// Pieces of an article at a price.
    static BasketLine pieces(int line, String sku, int units, String price) {
        return BasketLine.of(line, article(sku), Quantity.of(units), eur(price));
    }

    static BasketLine weighed(int line, String sku, String quantity, String price) {
        return BasketLine.of(
                line,
                Article.measured(sku, "food/" + sku, "FULL"),
                Quantity.of(new BigDecimal(quantity)),
                eur(price));
    }

    static Article article(String sku) {
        return Article.piece(sku, "food/" + sku, "FULL");
    }

    static Basket basket(BasketLine... lines) {
        return Basket.of(EUR, NOON, List.of(lines));
    }

    static PromotionBook book(Promotion... promotions) {
        return PromotionBook.of("promotions-1", Arrays.asList(promotions));
    }

    static Promotion promotion(String id, Effect effect) {
        return Promotion.of(id, effect);
    }

    static Policies policies() {
        return policies(Policies.TaxMode.INCLUDED, Policies.TaxRounding.DOCUMENT);
    }

    static Policies policies(Policies.TaxMode mode, Policies.TaxRounding rounding) {
        return new Policies(
                new TaxTable(
                        Map.of(
                                "FULL",
                                List.of(new TaxTable.TaxRate("A", percent("20"))),
                                "TWENTY-ONE",
                                List.of(new TaxTable.TaxRate("B", percent("21"))),
                                "NONE",
                                List.of(new TaxTable.TaxRate("Z", percent("0"))))),
                mode,
                rounding,
                Duration.ofDays(7),
                eur("10.00"));
    }

    static Priced price(Basket basket, Promotion... promotions) {
        return new Engine().price(basket, book(promotions), policies());
    }

    /// What the basket costs.
    static Money total(Basket basket, Promotion... promotions) {
        return price(basket, promotions).total();
    }

    /// What each unit of a line costs.
    static List<String> nets(Priced priced, int line) {
        return perUnit(priced, line, run -> run.each());
    }

    /// What was taken off each unit of a line.
    static List<String> cuts(Priced priced, int line) {
        return perUnit(
                priced,
                line,
                run ->
                        run.cuts().stream()
                                .map(Priced.Cut::each)
                                .reduce(Money.zero(EUR), Money::plus));
    }

    private static List<String> perUnit(
            Priced priced, int line, Function<Priced.Run, Money> amount) {
        List<String> amounts = new ArrayList<>();
        for (Priced.Run run : priced.line(line).runs()) {
            for (long i = 0; i < run.quantity().thousandths(); i += Quantity.THOUSANDTHS) {
                amounts.add(amount.apply(run).amount().toPlainString());
            }
        }
        return amounts;
    }
}
