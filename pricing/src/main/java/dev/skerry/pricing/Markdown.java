package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Money;
import java.util.Collection;

/// The store's own reduction of a line before any promotion: surplus, near expiry, a sticker with a new price. Of several on
/// a line the one that takes off most counts.
///
/// @param campaign which campaign or sticker; shown to whoever asks
public record Markdown(String campaign, Reduction reduction) {
    public Markdown {
        requireNonNull(campaign, "campaign");
        requireNonNull(reduction, "reduction");
    }

    /// What one costs under the best of these, with no promotion: never more than it would without, never below zero.
    public static Money best(Money price, Collection<Markdown> markdowns) {
        long most =
                markdowns.stream()
                        .mapToLong(it -> Off.one(it.reduction(), price.minor()))
                        .max()
                        .orElse(0);
        return price.minus(new Money(most, price.currency()));
    }
}
