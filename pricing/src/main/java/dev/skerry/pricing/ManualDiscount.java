package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

/// What a cashier takes off a line or a basket, after all promotions. Whether the cashier may is decided elsewhere.
///
/// @param reduction by percent, or by an amount off the whole line or basket
/// @param reason a code of the chain's
public record ManualDiscount(Reduction reduction, String reason) {
    /// @throws IllegalArgumentException for a new price: that is the base price of a line, from [PriceSource#MANUAL]
    public ManualDiscount {
        requireNonNull(reduction, "reduction");
        requireNonNull(reason, "reason");
        if (reduction instanceof Reduction.ToPrice) {
            throw new IllegalArgumentException(
                    "a price typed by a cashier is the line's unit price, with source MANUAL");
        }
    }
}
