package dev.skerry.stream;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Streams.KnownFollower;

/// What a database remembers of a follower of its streams, and the rules by which it notices that the follower has missed
/// something. The same for every kind of database; [EventSource] says what they amount to.
///
/// @param reads a stream name, or a pattern
/// @param pattern which of the two
/// @param passed the cursor up to which it has committed
/// @param missedUpTo reading from a cursor between 0 and this one would leave out events that have been dropped
public record Following(
        String follower, String reads, boolean pattern, long passed, long missedUpTo) {

    public Following {
        requireNonNull(follower, "follower");
        requireNonNull(reads, "reads");
    }

    /// A follower that has just become known. What was dropped before, it has missed, unless it begins at 0.
    ///
    /// @param droppedUpTo the cursor after the last event that was dropped from what it reads
    public static Following begins(
            String follower, String reads, boolean pattern, long droppedUpTo) {
        return new Following(follower, reads, pattern, 0, droppedUpTo);
    }

    public boolean covers(StreamName stream) {
        return pattern ? StreamPattern.of(reads).matches(stream) : reads.equals(stream.value());
    }

    /// Events were dropped, whether or not it has passed them.
    ///
    /// @param cursorAfter the cursor after the last of them
    public Following dropped(long cursorAfter) {
        return passed >= cursorAfter
                ? this
                : new Following(
                        follower, reads, pattern, passed, Math.max(missedUpTo, cursorAfter));
    }

    /// The stream was deleted: a follower of it begins anew, with whatever comes under that name.
    public Following streamDeleted() {
        return pattern ? this : new Following(follower, reads, false, 0, Long.MAX_VALUE);
    }

    /// It has committed all before a cursor.
    public Following passed(long cursor) {
        return new Following(follower, reads, pattern, Math.max(passed, cursor), missedUpTo);
    }

    /// What is known of it when it reads from a cursor: one before what it had passed says that it went back, and has
    /// missed all that was dropped since.
    ///
    /// @param droppedUpTo the cursor after the last event that was dropped from what it reads
    public Following reads(long cursor, long droppedUpTo) {
        if (cursor == 0) {
            return passed == 0 && missedUpTo == 0
                    ? this
                    : new Following(follower, reads, pattern, 0, 0);
        }
        return cursor >= passed
                ? this
                : new Following(
                        follower, reads, pattern, cursor, Math.max(missedUpTo, droppedUpTo));
    }

    /// Whether a read from a cursor must answer [Read.Gone].
    ///
    /// @param start the lowest offset still there, where it reads one stream; else 0
    /// @param end the cursor after the last event
    public boolean misses(long cursor, long start, long end) {
        return cursor > 0 && (cursor < Math.max(start, missedUpTo) || cursor > end);
    }

    public KnownFollower known() {
        return new KnownFollower(follower, reads, passed, missedUpTo > passed);
    }
}
