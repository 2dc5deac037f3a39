package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Percent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which taxes an article of a category bears. A category that is not in it is a mistake of whoever made the basket.
///
/// @param categories from category to its rates; none for what bears no tax
public record TaxTable(Map<String, List<TaxRate>> categories) {

    /// One tax.
    ///
    /// @param code as it stands on the receipt: `A`, `VAT 20`, `STATE`
    public record TaxRate(String code, Percent percent) {
        public TaxRate {
            requireNonNull(code, "code");
            if (percent.basisPoints() < 0) {
                throw new IllegalArgumentException("a rate of 0 or more, not " + percent);
            }
        }
    }

    public TaxTable {
        Map<String, List<TaxRate>> copy = new TreeMap<>();
        categories.forEach((category, rates) -> copy.put(category, List.copyOf(rates)));
        categories = java.util.Collections.unmodifiableMap(copy);
    }

    /// @throws IllegalArgumentException if there is no such category
    public List<TaxRate> rates(String category) {
        List<TaxRate> rates = categories.get(category);
        if (rates == null) {
            throw new IllegalArgumentException(
                    "tax category \"%s\" is not one of %s"
                            .formatted(category, categories.keySet()));
        }
        return rates;
    }
}
