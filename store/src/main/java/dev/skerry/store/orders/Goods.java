package dev.skerry.store.orders;

import dev.skerry.language.Sku;
import java.time.LocalDateTime;
import java.util.Optional;

/// What orders ask of the catalogue.
public interface Goods {

    /// What a scan, or a number that was typed, stands for.
    sealed interface Found {
        record Known(Item item) implements Found {}

        record Unknown() implements Found {}

        /// Known, and not to be sold: recalled, expired, not yet or no longer in the assortment.
        record NotForSale(String name, String why) implements Found {}
    }

    /// @param at store-local
    Found identify(String code, LocalDateTime at);

    Optional<Item> article(Sku sku, LocalDateTime at);
}
