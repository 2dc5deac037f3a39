package dev.skerry.store.pricing;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import java.util.List;

/// What a campaign would do, had it begun.
///
/// @param lines at most [#LINES_MAX]
/// @param all whether these are all articles that it is for
/// @param unpriced articles that it is for, and that have no price here
public record Preview(List<Line> lines, boolean all, List<Sku> unpriced) {

    public static final int LINES_MAX = 500;

    /// @param unit such as `PIECE` or `KILOGRAM`
    /// @param regular for one, without any campaign
    /// @param before as it is with the other campaigns of the store
    /// @param after with this one
    /// @param stock of the article, of whatever lot or date
    public record Line(
            Sku sku,
            String name,
            String unit,
            Money regular,
            Money before,
            Money after,
            Quantity stock) {}

    public Preview {
        lines = List.copyOf(lines);
        unpriced = List.copyOf(unpriced);
    }
}
