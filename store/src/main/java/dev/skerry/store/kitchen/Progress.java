package dev.skerry.store.kitchen;

import dev.skerry.language.kitchen.Ticket;
import dev.skerry.language.kitchen.Ticket.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far the kitchen is with an order.
///
/// @param number told to the guest; null if nobody waits
/// @param firedCourse the last course that was fired
/// @param readyAt when all that was fired was made; null if it is not
/// @param complete it is ready, and nothing of it is held
/// @param servedAt when it was handed over; null if it was not
/// @param stopped it was cancelled, or taken back
record Progress(
        String order,
        @Nullable String number,
        String name,
        int firedCourse,
        @Nullable Instant readyAt,
        boolean complete,
        @Nullable Instant servedAt,
        boolean stopped) {

    /// Whether all that was fired is made: something was, and nothing is left.
    static boolean isReady(List<Ticket> tickets) {
        return any(tickets, State.BUMPED) && !any(tickets, State.FIRED);
    }

    static boolean isComplete(List<Ticket> tickets) {
        return isReady(tickets) && !any(tickets, State.HELD);
    }

    private static boolean any(List<Ticket> tickets, State state) {
        return tickets.stream().anyMatch(it -> it.is(state));
    }

    /// Whether nobody has to do anything about it any more.
    ///
    /// @param expo somebody hands orders over, and says so
    boolean isOver(boolean expo) {
        return stopped || (expo ? servedAt != null : complete);
    }

    /// Whether a screen shows a ticket of it.
    boolean shows(Ticket ticket, boolean expo) {
        return switch (ticket.state()) {
            case HELD, FIRED -> true;
            case BUMPED -> !isOver(expo);
            // A station that never saw it has nothing to take notice of.
            case CANCELLED -> ticket.firedAt() != null && ticket.bumpedAt() == null;
        };
    }
}
