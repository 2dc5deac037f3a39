package dev.skerry.language.printing;

import dev.skerry.language.Quantity;
import dev.skerry.language.orders.OrderSource;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a station of the kitchen is to make.
///
/// @param order its id
/// @param number told to the guest; null if nobody waits for a number
/// @param name of the guest or the table; empty if nobody said
/// @param at store-local time of the order
/// @param note for the whole ticket; null for none
public record KitchenTicket(
        String order,
        @Nullable String number,
        String name,
        OrderSource source,
        String station,
        Change change,
        LocalDateTime at,
        List<Dish> dishes,
        @Nullable String note) {

    /// What the kitchen is to do about it.
    public enum Change {
        NEW,
        /// The dishes are all that is to be made now; an earlier ticket of the order no longer counts.
        CHANGED,
        CANCELLED
    }

    public KitchenTicket {
        dishes = List.copyOf(dishes);
    }

    /// @param modifiers such as `no onions`, `+ bacon`
    /// @param note null for none
    public record Dish(
            Quantity quantity, String name, List<String> modifiers, @Nullable String note) {

        public Dish {
            modifiers = List.copyOf(modifiers);
        }
    }
}
