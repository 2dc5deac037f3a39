package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// So much of an article, at a regular price.
///
/// @param line its number, unique in the basket
/// @param quantity above 0; whole, unless the article is measured
/// @param unitPrice of one piece, or of one of the unit that it is measured by; below 0 only for what is not goods, such as
///     a deposit paid back
/// @param expires the date in its barcode (AI 17)
public record BasketLine(
        int line,
        Article article,
        Quantity quantity,
        Money unitPrice,
        PriceSource source,
        Optional<LocalDate> expires,
        List<Markdown> markdowns,
        List<ManualDiscount> discounts) {

    public static final long UNITS_MAX = 100_000;

    public BasketLine {
        requireNonNull(article, "article");
        requireNonNull(source, "source");
        requireNonNull(expires, "expires");
        markdowns = List.copyOf(markdowns);
        discounts = List.copyOf(discounts);
        if (!quantity.isPositive() || quantity.compareTo(Quantity.of(UNITS_MAX)) > 0) {
            throw new IllegalArgumentException(
                    "line %d: a quantity above 0 and at most %d, not %s"
                            .formatted(line, UNITS_MAX, quantity));
        }
        if (!article.measured() && !quantity.isWhole()) {
            throw new IllegalArgumentException(
                    "line %d: %s is sold by the piece, and %s is not whole"
                            .formatted(line, article.sku(), quantity));
        }
        if (unitPrice.isNegative() && article.discountable()) {
            throw new IllegalArgumentException(
                    "line %d: goods cost 0 or more, not %s".formatted(line, unitPrice));
        }
    }

    /// At the store's price, and nothing special about it.
    public static BasketLine of(int line, Article article, Quantity quantity, Money unitPrice) {
        return new BasketLine(
                line,
                article,
                quantity,
                unitPrice,
                PriceSource.STORE,
                Optional.empty(),
                List.of(),
                List.of());
    }

    public BasketLine from(PriceSource other) {
        return new BasketLine(
                line, article, quantity, unitPrice, other, expires, markdowns, discounts);
    }

    public BasketLine expiring(LocalDate date) {
        return new BasketLine(
                line,
                article,
                quantity,
                unitPrice,
                source,
                Optional.of(date),
                markdowns,
                discounts);
    }

    public BasketLine markedDown(Markdown... all) {
        return new BasketLine(
                line, article, quantity, unitPrice, source, expires, List.of(all), discounts);
    }

    public BasketLine discounted(ManualDiscount... all) {
        return new BasketLine(
                line, article, quantity, unitPrice, source, expires, markdowns, List.of(all));
    }

    public BasketLine of(Quantity other) {
        return new BasketLine(
                line, article, other, unitPrice, source, expires, markdowns, discounts);
    }

    /// Quantity times unit price, rounded.
    public Money extended() {
        return unitPrice.times(quantity);
    }
}
