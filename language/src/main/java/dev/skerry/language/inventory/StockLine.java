package dev.skerry.language.inventory;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A line of a document about goods.
///
/// @param quantity that came, left or was wasted; above zero
/// @param lot null if it is not known
/// @param expiry null if it is not known
public record StockLine(
        Sku sku, Quantity quantity, @Nullable String lot, @Nullable LocalDate expiry) {

    public StockLine {
        requireNonNull(sku, "sku");
        requireNonNull(quantity, "quantity");
    }
}
