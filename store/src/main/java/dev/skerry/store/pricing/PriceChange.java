package dev.skerry.store.pricing;

import dev.skerry.language.Money;
import dev.skerry.language.Sku;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/// What a price of headquarters will be, campaigns of the store aside.
///
/// @param at store-local, when a price of the article begins or ends first
/// @param before now; null if it has none
/// @param after at the end of what was asked for; null if it has none
public record PriceChange(
        Sku sku, String name, LocalDateTime at, @Nullable Money before, @Nullable Money after) {

    /// How many an answer has at most.
    public static final int CHANGES_MAX = 500;
}
