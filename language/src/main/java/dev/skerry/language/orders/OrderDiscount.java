package dev.skerry.language.orders;

import dev.skerry.language.Money;
import org.jspecify.annotations.Nullable;

/// What was taken off, and why.
///
/// @param kind `PROMOTION`, `COUPON`, `REWARD`, `MARKDOWN`, `MANUAL`, `GIVEN` (by another system, with its price) or `WITHOUT` (an
///     ingredient that is left out)
/// @param id of the promotion or coupon, or the ingredient's SKU; null where a person decided
/// @param name as on the receipt
/// @param amount positive where something is taken off
/// @param reason given by the cashier; null otherwise
public record OrderDiscount(
        String kind, @Nullable String id, String name, Money amount, @Nullable String reason) {}
