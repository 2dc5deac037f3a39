package dev.skerry.store.orders;

import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article.Ingredient;
import dev.skerry.language.catalog.Article.ModifierGroup;
import dev.skerry.language.inventory.Availability;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/// What orders ask of the catalogue, and of what can be had.
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

    /// How an article is made to order.
    ///
    /// @param groups what is chosen with it
    /// @param recipe what it is made of; empty for what comes as it is
    record Making(List<ModifierGroup> groups, List<Ingredient> recipe) {

        /// What comes as it is.
        public static final Making NONE = new Making(List.of(), List.of());

        public Making {
            groups = List.copyOf(groups);
            recipe = List.copyOf(recipe);
        }

        /// Whether somebody makes it: else it is there where it is sold, whatever its stock says.
        boolean toOrder() {
            return !groups.isEmpty() || !recipe.isEmpty();
        }
    }

    Making making(Sku sku);

    /// Whether the store can make an article now.
    Availability availability(Sku sku);
}
