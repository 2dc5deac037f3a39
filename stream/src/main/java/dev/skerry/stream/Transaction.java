package dev.skerry.stream;

import dev.skerry.stream.Streams.Checkpoint;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What one caller may do in one commit. Only for the thread and the time of [Database.Work#run].
public interface Transaction {

    /// Creates the stream, or changes the settings of an existing one; `compacted` cannot change.
    void open(StreamName stream, StreamSettings settings);

    /// Creates a stream that begins at an offset other than 0: a fork, a copy. The checksum is that of what came before.
    ///
    /// @throws IllegalStateException if the stream exists
    void openAt(StreamName stream, StreamSettings settings, long offset, Checksum checksum);

    /// Deletes a stream with all its events. One that does not exist is already deleted.
    void delete(StreamName stream);

    boolean exists(StreamName stream);

    /// Appends events; the first gets the tail's offset, the others follow without gaps.
    ///
    /// @return the new tail
    /// @throws IllegalStateException if the stream does not exist, or is compacted and an event has no key
    long append(StreamName stream, List<NewEvent> events);

    /// Appends what [Database#prepare] has made ready; otherwise as above.
    default long append(StreamName stream, Batch batch) {
        return append(stream, batch.events());
    }

    /// Appends to a mirror what has been copied from its stream.
    ///
    /// @return the new tail
    /// @throws IllegalStateException if the stream does not exist, does not end where the run begins or with the same
    ///     checksum, or is compacted and an event has no key; nothing is appended then
    long append(StreamName mirror, Copied copied);

    /// Appends one event.
    ///
    /// @return its offset
    default long append(StreamName stream, NewEvent event) {
        return append(stream, List.of(event)) - 1;
    }

    /// The offset that the next event will get.
    ///
    /// @throws IllegalStateException if the stream does not exist
    long tail(StreamName stream);

    /// The tail, and the checksum of everything before it.
    ///
    /// @throws IllegalStateException if the stream does not exist
    Checkpoint end(StreamName stream);

    /// Says of a mirror what [Streams.Copy.Chunks#dropped] said of its source, so that it is known with the mirror, and
    /// to those who copy the mirror. A lower offset than is known already changes nothing.
    ///
    /// @throws IllegalStateException if the stream does not exist
    void dropped(StreamName mirror, long offset);

    /// The offset after the last event that is known to be gone for good.
    ///
    /// @throws IllegalStateException if the stream does not exist
    long dropped(StreamName stream);

    /// Runs work that can fail by itself: an exception undoes what it did, and no more, and is thrown on.
    void nested(Runnable work);

    /// Where a follower is; empty before its first step.
    OptionalLong cursor(String follower);

    void moveCursor(String follower, long cursor);

    /// Puts an event aside that a follower could not apply, or that follows one of its key.
    void park(String follower, Event event, String error, Instant at);

    /// Whether an event of this key is parked and unresolved.
    boolean parked(String follower, @Nullable String key);

    /// Unresolved parked events in the order in which they were parked.
    List<Parked> parked(String follower);

    /// Resolves a parked event. It stays on record with who and why.
    ///
    /// @throws IllegalStateException if there is no such unresolved event
    void resolve(long parkedId, Resolution resolution, String who, String why, Instant at);

    enum Resolution {
        /// Applied after all.
        RETRIED,
        /// Never applied, by an operator's decision.
        SKIPPED
    }

    /// An event put aside.
    ///
    /// @param error what went wrong, or which parked event it waits behind
    record Parked(long id, String follower, Event event, String error, Instant parkedAt) {}
}
