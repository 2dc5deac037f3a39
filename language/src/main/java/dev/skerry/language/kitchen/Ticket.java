package dev.skerry.language.kitchen;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.orders.OrderSource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one station has to make of an order, in one go.
///
/// ```
/// HELD ── its course is fired ──► FIRED ── bumped ──► BUMPED ── recalled ──► FIRED
/// HELD, FIRED ── nothing of it is wanted any more ──► CANCELLED
/// ```
///
/// @param id the order's, and a number that counts its tickets
/// @param number told to the guest; null if nobody waits
/// @param name of the guest, or the table; empty if nobody said
/// @param course from 1 on
/// @param supplement the order had tickets before
/// @param madeAt when the order was taken
/// @param firedAt from when on its time counts; null while it is held
/// @param bumpedAt when the station was done with it; of a cancelled one, when the station took notice; null before
/// @param cancelledFor why; null if it is not cancelled
public record Ticket(
        String id,
        String order,
        @Nullable String number,
        String name,
        OrderSource source,
        String station,
        int course,
        boolean supplement,
        State state,
        List<TicketLine> lines,
        Instant madeAt,
        @Nullable Instant firedAt,
        @Nullable Instant bumpedAt,
        @Nullable String cancelledFor) {

    public enum State {
        /// Its course is not to be made yet.
        HELD,
        /// To be made.
        FIRED,
        /// Made.
        BUMPED,
        CANCELLED
    }

    public Ticket {
        requireNonNull(id, "id");
        requireNonNull(order, "order");
        requireNonNull(name, "name");
        requireNonNull(source, "source");
        requireNonNull(station, "station");
        requireNonNull(state, "state");
        requireNonNull(madeAt, "madeAt");
        lines = List.copyOf(lines);
        if (course < 1 || lines.isEmpty()) {
            throw new IllegalArgumentException("a ticket has a course from 1 on, and lines");
        }
    }

    public boolean is(State one) {
        return state == one;
    }

    public Ticket fired(Instant at) {
        return with(State.FIRED, lines, at, null, null);
    }

    public Ticket bumped(Instant at) {
        return with(is(State.CANCELLED) ? state : State.BUMPED, lines, firedAt, at, cancelledFor);
    }

    public Ticket recalled() {
        return with(State.FIRED, lines, firedAt, null, null);
    }

    public Ticket cancelled(String why) {
        return with(State.CANCELLED, lines, firedAt, bumpedAt, why);
    }

    public Ticket withLines(List<TicketLine> others) {
        return with(state, others, firedAt, bumpedAt, cancelledFor);
    }

    private Ticket with(
            State as,
            List<TicketLine> of,
            @Nullable Instant fired,
            @Nullable Instant bumped,
            @Nullable String why) {
        return new Ticket(
                id,
                order,
                number,
                name,
                source,
                station,
                course,
                supplement,
                as,
                of,
                madeAt,
                fired,
                bumped,
                why);
    }
}
