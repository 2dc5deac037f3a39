package dev.skerry.pricing;

import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds the base price: the highest source first, and within it what began last, then the higher priority, then the lower
/// id. The order of the entries does not matter.
public final class PriceChoice {

    private static final Comparator<PriceEntry> BEST_FIRST =
            Comparator.comparing(PriceEntry::source)
                    .thenComparing(
                            entry -> entry.validFrom().orElse(LocalDateTime.MIN),
                            Comparator.reverseOrder())
                    .thenComparing(PriceEntry::priority, Comparator.reverseOrder())
                    .thenComparing(PriceEntry::id);

    private PriceChoice() {}

    /// @param at the store's time, in its zone
    /// @return empty if none is in force
    public static Optional<PriceEntry> choose(List<PriceEntry> entries, ZonedDateTime at) {
        return entries.stream()
                .filter(entry -> StoreTime.within(at, entry.validFrom(), entry.validTo()))
                .min(BEST_FIRST);
    }
}
