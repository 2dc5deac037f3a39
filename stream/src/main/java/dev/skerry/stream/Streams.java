package dev.skerry.stream;

import java.util.List;
import java.util.Optional;

/// The reading side of a database's streams, for any number of threads. Sees what is committed, and at once what was
/// committed before a [Database#write] of the same thread returned.
public interface Streams {

    Optional<StreamInfo> find(StreamName name);

    /// All streams whose names match, in order of name.
    List<StreamInfo> matching(StreamPattern pattern);

    /// Reads a page of a stream from an offset on, waiting for nothing. [Read.Gone] says that the offset lies below the
    /// stream's start.
    ///
    /// @param offset 0 or more; 0 is the beginning, whatever was dropped; beyond the tail is an empty page whose next is
    ///     this offset
    /// @param eventsMax 1 or more
    /// @param bytesMax of payload; at least one event is read whatever its size
    /// @throws StreamException if the stream does not exist, or the database fails
    Read read(StreamName name, long offset, int eventsMax, long bytesMax);

    /// The running checksum of all before the highest offset, at most `offset`, for which this copy still knows it.
    /// Empty if it knows none so low.
    Optional<Checkpoint> checksum(StreamName name, long offset);

    /// The stream as something to follow. Makes the follower known, so that nothing is dropped before it has passed.
    EventSource source(StreamName name, String follower);

    /// The streams of a pattern, those to come included, as something to follow with one cursor.
    EventSource source(StreamPattern pattern, String follower);

    /// Followers known to this database, and how far they are.
    List<KnownFollower> followers();

    /// Calls `onNews` soon after the stream was appended to, changed or deleted, from any thread; `onNews` must not wait.
    /// The stream need not exist yet.
    Watch watch(StreamName name, Runnable onNews);

    /// The checksum of everything before an offset.
    record Checkpoint(long offset, Checksum checksum) {}

    /// A follower of this database's streams.
    ///
    /// @param reads a stream name or a pattern
    /// @param passed the cursor up to which it has committed
    /// @param overrun something was dropped that it had not read; it will be told [Read.Gone]
    record KnownFollower(String follower, String reads, long passed, boolean overrun) {}
}
