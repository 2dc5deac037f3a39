package dev.skerry.language.inventory;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import org.jspecify.annotations.Nullable;

/// A change of the stock of one article.
///
/// @param quantity by which the stock changes: below zero for what leaves
/// @param line of the order or document; null if it has none
/// @param madeInto the dish whose recipe used it up; null if it was moved as it is
/// @param lot null if it is not known
public record Movement(
        Sku sku,
        MovementKind kind,
        Quantity quantity,
        @Nullable String line,
        @Nullable Sku madeInto,
        @Nullable String lot) {

    public Movement {
        requireNonNull(sku, "sku");
        requireNonNull(kind, "kind");
        requireNonNull(quantity, "quantity");
    }
}
