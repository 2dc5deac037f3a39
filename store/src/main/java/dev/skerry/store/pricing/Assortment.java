package dev.skerry.store.pricing;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What pricing asks of the articles of the store: for previews of campaigns, and for labels.
public interface Assortment {

    /// @param name as on a receipt
    /// @param unit such as `PIECE` or `KILOGRAM`
    /// @param size what is in the package, for people
    /// @param code what a scanner finds on it; null if it has none
    /// @param departments from the widest to the narrowest
    /// @param discountable false for what nothing makes cheaper
    record Ware(
            Sku sku,
            String name,
            String unit,
            @Nullable String size,
            @Nullable String code,
            List<String> departments,
            boolean discountable) {}

    /// Empty if the store does not know it.
    Optional<Ware> ware(Sku sku);

    /// Those of a department and all below it, in a fixed order.
    ///
    /// @param path such as `Food/Dairy`
    /// @param max at most so many
    List<Ware> department(String path, int max);

    /// How much of it the books say is here.
    Quantity stock(Sku sku);
}
