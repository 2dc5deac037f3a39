package dev.skerry.store.kitchen;

import dev.skerry.language.kitchen.Ticket;
import java.util.List;

/// What came of a command in the kitchen.
public sealed interface KitchenResult {

    /// Done, now or before.
    ///
    /// @param tickets of the order, as they are now
    record Done(List<Ticket> tickets) implements KitchenResult {
        public Done {
            tickets = List.copyOf(tickets);
        }
    }

    /// Nothing was done.
    ///
    /// @param detail for people: what was wrong, and the way out
    record Refused(Refusal why, String detail) implements KitchenResult {}

    /// Why nothing was done.
    enum Refusal {
        NO_SUCH_TICKET,
        NO_SUCH_ORDER,
        /// Its course is not fired yet.
        HELD,
        CANCELLED,
        /// No course of the order is held.
        NOTHING_TO_FIRE,
        /// Not all that was fired is made.
        NOT_READY
    }
}
