package dev.skerry.node.telemetry;

import dev.skerry.node.link.LinkStatus;
import dev.skerry.node.link.LinkStatus.OfStream;
import dev.skerry.node.link.LinkStatus.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a store's end of the link has to tell. Any thread.
public record LinkFigures(Supplier<LinkStatus> link, InstantSource clock)
        implements Figures.Source {

    /// The cases of [Standing], by name.
    private enum State {
        OPEN,
        ASKING,
        RESTORING,
        TURNED_AWAY,
        FENCED;

        static State of(Standing standing) {
            return switch (standing) {
                case Standing.Open _ -> OPEN;
                case Standing.Asking _ -> ASKING;
                case Standing.Restoring _ -> RESTORING;
                case Standing.TurnedAway _ -> TURNED_AWAY;
                case Standing.Fenced _ -> FENCED;
            };
        }
    }

    @Override
    public void tell(Figures figures) {
        LinkStatus status = link.get();
        Instant now = clock.instant();
        figures.putState(NodeMetrics.STANDING, State.of(status.standing()));
        if (status.standing() instanceof Standing.Restoring(long eventsLeft) && eventsLeft >= 0) {
            figures.put(NodeMetrics.RESTORING_LEFT, eventsLeft);
        }
        figures.putState(NodeMetrics.LINE, status.line());
        figures.put(NodeMetrics.LINE_FOR, age(status.since(), now));
        Instant contact = status.lastContact();
        if (contact != null) {
            figures.put(NodeMetrics.LAST_CONTACT, age(contact, now));
        }
        put(figures, NodeMetrics.ROUND_TRIP, status.roundTrip());
        put(figures, NodeMetrics.CLOCK_SKEW, status.skew());
        status.streams().forEach(stream -> tell(stream, figures, now));
    }

    private static void tell(OfStream stream, Figures figures, Instant now) {
        String[] labels = {stream.name().value(), word(stream.direction()), word(stream.lane())};
        Instant oldest = stream.oldestWaiting();
        figures.put(NodeMetrics.TAIL, stream.tail(), labels)
                .put(NodeMetrics.CURSOR, stream.cursor(), labels)
                .put(NodeMetrics.WAITING_EVENTS, stream.eventsWaiting(), labels)
                .put(NodeMetrics.WAITING_BYTES, stream.bytesWaiting(), labels)
                .put(NodeMetrics.OLDEST, oldest == null ? Duration.ZERO : age(oldest, now), labels);
        put(figures, NodeMetrics.TIME_LEFT, stream.timeLeft(), labels);
        figures.putState(NodeMetrics.STREAM_STATE, stream.state(), labels);
    }

    private static void put(
            Figures figures, Metric metric, @Nullable Duration value, String... labels) {
        if (value != null) {
            figures.put(metric, value, labels);
        }
    }

    /// Never negative, though a clock may have been set back.
    private static Duration age(Instant since, Instant now) {
        return now.isAfter(since) ? Duration.between(since, now) : Duration.ZERO;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
