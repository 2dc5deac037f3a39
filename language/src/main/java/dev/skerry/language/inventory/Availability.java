package dev.skerry.language.inventory;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Sku;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether an article can be had in a store.
///
/// @param because which articles ran out, in order; empty if nothing that matters did
/// @param without what it is made without, in the order of its recipe
/// @param options the ids of its options that cannot be chosen, in the order of the article
/// @param substitutes those of its substitutes that can be had, best first; only if it cannot be had itself
public record Availability(
        Sku sku,
        State state,
        List<Sku> because,
        List<Without> without,
        List<String> options,
        List<Sku> substitutes) {

    public enum State {
        /// As always.
        AVAILABLE,
        /// It is made without something, or some of its options cannot be chosen.
        LIMITED,
        /// It cannot be had.
        OUT
    }

    /// What an article is made without.
    ///
    /// @param credit the article whose price is taken off for that; null if the price stays
    public record Without(Sku ingredient, @Nullable Sku credit) {
        public Without {
            requireNonNull(ingredient, "ingredient");
        }
    }

    public Availability {
        requireNonNull(sku, "sku");
        requireNonNull(state, "state");
        because = List.copyOf(because);
        without = List.copyOf(without);
        options = List.copyOf(options);
        substitutes = List.copyOf(substitutes);
    }

    /// As always.
    public static Availability full(Sku sku) {
        return new Availability(sku, State.AVAILABLE, List.of(), List.of(), List.of(), List.of());
    }
}
