package dev.skerry.language.inventory;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import java.time.Instant;

/// What somebody found on the shelf.
///
/// @param counted not below zero
/// @param at when the shelf was looked at, to the millisecond: what was moved up to then is in the counted figure, what was moved
///     later is not, whenever it becomes known
/// @param expected what the books said of that moment when the count became known; a sale that becomes known later changes what was
///     to be expected, and not what was counted
public record CountLine(Sku sku, Quantity counted, Instant at, Quantity expected) {

    public CountLine {
        requireNonNull(sku, "sku");
        requireNonNull(counted, "counted");
        requireNonNull(at, "at");
        requireNonNull(expected, "expected");
    }
}
