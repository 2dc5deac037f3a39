package dev.skerry.node.link;

import dev.skerry.stream.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a store and its line to HQ stand, for people and for machines that watch.
///
/// @param why what is known about the line's state
/// @param since when the line came into this state
/// @param lastContact when HQ last said anything; null if never since the start
/// @param roundTrip null if not known
/// @param skew by how much HQ's clock is ahead of this one; null if not known
public record LinkStatus(
        Standing standing,
        Line line,
        String why,
        Instant since,
        @Nullable Instant lastContact,
        @Nullable Duration roundTrip,
        @Nullable Duration skew,
        String hq,
        long epoch,
        List<OfStream> streams) {

    /// Events that HQ does not have yet, over all streams.
    public long eventsWaitingUp() {
        return up().mapToLong(OfStream::eventsWaiting).sum();
    }

    /// What they take as stored.
    public long bytesWaitingUp() {
        return up().mapToLong(OfStream::bytesWaiting).sum();
    }

    /// When the first of them was written; null if none waits.
    public @Nullable Instant oldestWaitingUp() {
        return up().map(OfStream::oldestWaiting)
                .flatMap(Stream::ofNullable)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private Stream<OfStream> up() {
        return streams.stream().filter(stream -> stream.direction() == Direction.UP);
    }

    /// How the line is.
    public enum Line {
        UP,
        /// Connected, but HQ owes an answer longer than usual.
        SILENT,
        DOWN
    }

    /// Whether this machine may write the store's streams.
    public sealed interface Standing {

        /// It may.
        record Open() implements Standing {}

        /// Just started, and asking HQ whether this machine is still the store.
        record Asking() implements Standing {}

        /// Fetching back from HQ what this store wrote on another machine, or before it was set back.
        record Restoring(long eventsLeft) implements Standing {}

        /// HQ does not let it, for now.
        record TurnedAway(String why) implements Standing {}

        /// Not any more: another machine is the store, or what was written here differs from what HQ has.
        ///
        /// @param exported where the events are that HQ never got; null while they are not written out yet
        record Fenced(String why, @Nullable String exported) implements Standing {}
    }

    /// Which way a stream goes.
    public enum Direction {
        UP,
        DOWN
    }

    /// What the watchdog makes of a stream. "Connected" alone says nothing.
    public enum State {
        UP_TO_DATE,
        /// Behind, and getting on.
        DRAINING,
        /// Behind, connected, and not getting on.
        STUCK,
        /// Put aside because of an error of its own; the others go on.
        PARKED,
        /// No line.
        OFFLINE
    }

    /// How one stream stands.
    ///
    /// @param tail where the stream ends at its writer, as far as known
    /// @param cursor where the copy ends
    /// @param eventsWaiting between the two
    /// @param bytesWaiting what these take as stored; 0 where only the other side knows
    /// @param oldestWaiting when the first of them was written; null if none waits, or only the other side knows
    /// @param timeLeft how long draining will take as it goes now; null if unknown
    /// @param why of [State#STUCK] and [State#PARKED]; else empty
    public record OfStream(
            StreamName name,
            Direction direction,
            Lane lane,
            State state,
            long tail,
            long cursor,
            long eventsWaiting,
            long bytesWaiting,
            @Nullable Instant oldestWaiting,
            @Nullable Duration timeLeft,
            String why) {}
}
