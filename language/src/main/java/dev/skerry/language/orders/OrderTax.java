package dev.skerry.language.orders;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tax of all lines of one rate.
///
/// @param category the code of the rate
/// @param net without the tax
/// @param gross with it
/// @param categories of the catalogue that have this rate, as lines name them; null if there is none but the code
public record OrderTax(
        String category,
        Percent rate,
        Money net,
        Money tax,
        Money gross,
        @Nullable List<String> categories) {

    public OrderTax {
        categories = categories == null ? null : List.copyOf(categories);
    }

    /// Of the category that the code names.
    public OrderTax(String category, Percent rate, Money net, Money tax, Money gross) {
        this(category, rate, net, tax, gross, null);
    }
}
