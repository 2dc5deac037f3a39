package dev.skerry.language.kitchen;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import dev.skerry.language.Quantity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened in the kitchen of a store; its stream is `store-…/kitchen`.
public sealed interface KitchenEvent {

    EventForm<KitchenEvent> FORM = new EventForm<>("dev.skerry.kitchen.", KitchenEvent.class);

    /// The id of the order.
    String order();

    /// A station has something to make, now or when its course is fired.
    record TicketMade(Ticket ticket) implements KitchenEvent {
        public TicketMade {
            requireNonNull(ticket, "ticket");
        }

        @Override
        public String order() {
            return ticket.order();
        }
    }

    /// Something of a ticket is not wanted any more. A ticket that is not bumped, and of which nothing is wanted, is cancelled.
    record TicketCut(String ticket, String order, List<Cut> cuts, Instant at)
            implements KitchenEvent {
        public TicketCut {
            requireNonNull(ticket, "ticket");
            cuts = List.copyOf(cuts);
        }
    }

    /// So many of a line are not wanted any more.
    ///
    /// @param quantity above zero
    record Cut(String line, Quantity quantity) {}

    /// An order was cancelled, or taken back: these of its tickets are cancelled, the others were made already.
    record OrderStopped(String order, List<String> tickets, String reason, Instant at)
            implements KitchenEvent {
        public OrderStopped {
            requireNonNull(order, "order");
            tickets = List.copyOf(tickets);
        }
    }

    /// The next course is to be made.
    ///
    /// @param tickets that were held, and are not any more
    record CourseFired(String order, int course, List<String> tickets, Instant at, String by)
            implements KitchenEvent {
        public CourseFired {
            requireNonNull(order, "order");
            tickets = List.copyOf(tickets);
        }
    }

    /// A station is done with a ticket, or has taken notice that it was cancelled.
    record TicketBumped(String ticket, String order, Instant at, String by, String device)
            implements KitchenEvent {}

    /// A ticket was bumped too early.
    record TicketRecalled(String ticket, String order, Instant at, String by, String device)
            implements KitchenEvent {}

    /// All that was fired is made. A ticket that is made, fired or recalled later ends that.
    ///
    /// @param complete nothing of it is held
    record OrderReady(
            String order, @Nullable String number, String name, boolean complete, Instant at)
            implements KitchenEvent {}

    /// It was handed over.
    record OrderServed(String order, @Nullable String number, Instant at, String by)
            implements KitchenEvent {}

    /// Nobody has done anything about it for long: it is taken off the screens.
    ///
    /// @param tickets that were neither bumped nor cancelled
    record OrderLapsed(String order, List<String> tickets, Instant at) implements KitchenEvent {
        public OrderLapsed {
            requireNonNull(order, "order");
            tickets = List.copyOf(tickets);
        }
    }
}
