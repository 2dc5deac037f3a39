package dev.skerry.language.kitchen;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The tickets that the screens of a kitchen show. The stream stays in the store and is compacted: the newest event of a [#key] stands
/// for it.
public sealed interface KitchenScreenEvent {

    /// Its stream's name.
    String STREAM = "local/kitchen";

    EventForm<KitchenScreenEvent> FORM =
            new EventForm<>("dev.skerry.kitchen.local.", KitchenScreenEvent.class);

    /// What it is about; the subject of its CloudEvent: the ticket's id.
    String key();

    /// Whether it ends what it is about.
    default boolean ends() {
        return false;
    }

    /// A ticket is to be shown, as it is now.
    ///
    /// @param lateAt when it changes its colour to that of what is late; null while it is held
    /// @param overdueAt when it changes its colour to that of what is overdue; null while it is held
    record TicketShown(Ticket ticket, @Nullable Instant lateAt, @Nullable Instant overdueAt)
            implements KitchenScreenEvent {
        public TicketShown {
            requireNonNull(ticket, "ticket");
        }

        @Override
        public String key() {
            return ticket.id();
        }
    }

    /// A ticket is not shown any more.
    record TicketGone(String ticket) implements KitchenScreenEvent {
        @Override
        public String key() {
            return ticket;
        }

        @Override
        public boolean ends() {
            return true;
        }
    }
}
