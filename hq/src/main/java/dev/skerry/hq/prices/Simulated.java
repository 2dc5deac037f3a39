package dev.skerry.hq.prices;

import dev.skerry.language.Money;
import java.util.List;

/// What past sales would have cost with other promotions, beside what they cost with those of today. Both are computed anew, by the
/// engine that tills use, from the regular prices of then: markdowns and what cashiers took off are in neither, so [#paid] differs from both.
///
/// @param orders that were priced twice
/// @param leftOut orders that were not, because goods came back in them or a line cannot be priced anew
/// @param complete false if there was more than is looked at
/// @param paid what the lines of these orders cost when they were sold
/// @param now what they cost with the promotions of today
/// @param then what they cost with those of the change
/// @param cheaper how many orders cost less then
/// @param dearer how many cost more
/// @param promotions that take something off now or then, the largest difference first
public record Simulated(
        long orders,
        long leftOut,
        boolean complete,
        Money paid,
        Money now,
        Money then,
        long cheaper,
        long dearer,
        List<OfPromotion> promotions) {

    public Simulated {
        promotions = List.copyOf(promotions);
    }

    /// What one promotion takes off.
    ///
    /// @param ordersNow in how many orders it takes something off now
    public record OfPromotion(
            String promotion,
            String name,
            long ordersNow,
            Money offNow,
            long ordersThen,
            Money offThen) {}
}
