package dev.skerry.stream;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /// The running checksum of all before exactly this offset; empty if this copy does not know it, or is shorter.
    default Optional<Checkpoint> checksumAt(StreamName name, long offset) {
        return checksum(name, offset).filter(known -> known.offset() == offset);
    }

    /// Hands out the stream from an offset on as it is stored: what compressed chunks there are, they are passed on as
    /// they are.
    ///
    /// @param offset 0 or more
    /// @param bytesMax of stored bytes, about; at least one run is handed out whatever its size
    /// @throws StreamException if the stream does not exist, or the database fails
    Copy copy(StreamName name, long offset, long bytesMax);

    /// What a reader at an offset has still to read. Nothing for a stream that does not exist.
    Backlog backlog(StreamName name, long offset);

    /// The stream as something to follow. Makes the follower known, so that nothing is dropped before it has passed.
    EventSource source(StreamName name, String follower);

    /// The streams of a pattern, those to come included, as something to follow with one cursor.
    EventSource source(StreamPattern pattern, String follower);

    /// Followers known to this database, and how far they are.
    List<KnownFollower> followers();

    /// Forgets a follower that will not come back, so that nothing is kept for it any longer.
    void forget(String follower);

    /// Calls `onNews` soon after the stream was appended to, changed or deleted, from any thread; `onNews` must not wait.
    /// The stream need not exist yet.
    Watch watch(StreamName name, Runnable onNews);

    /// The same for all streams of a pattern, those to come included.
    Watch watch(StreamPattern pattern, Runnable onNews);

    /// What waits for a reader.
    ///
    /// @param storedBytes what it takes in the database, about
    /// @param oldest when the first of it was appended; null if there is nothing
    record Backlog(long events, long storedBytes, @Nullable Instant oldest) {

        public static final Backlog NONE = new Backlog(0, 0, null);
    }

    /// What there is to copy from an offset on.
    sealed interface Copy {

        /// Runs that follow each other. The first begins at the offset that was asked for, and offsets that have been
        /// compacted away are gaps in them. None: the tail has been reached.
        ///
        /// @param dropped the offset after the last event that is gone for good: by retention, or a deletion whose time
        ///     was over
        record Chunks(List<Chunk> chunks, long dropped) implements Copy {

            /// Whether a mirror would never learn of a deletion, and so must begin anew: one lay between its end and
            /// here, and is gone. Only a mirror that nothing waits for (it is no known follower), and that was away for
            /// longer than deletions are kept, has this to fear.
            ///
            /// @param end of the mirror: the offset that was asked for
            /// @param known what is known with the mirror: [Transaction#dropped(StreamName)]
            public boolean hideDeletions(long end, long known) {
                return dropped > Math.max(end, known);
            }
        }

        /// The offset lies below the stream's start. A mirror can begin anew with [Transaction#openAt].
        ///
        /// @param earliest the first offset that there is
        /// @param before the stream's checksum there
        record Gone(long earliest, Checksum before) implements Copy {}
    }

    /// The checksum of everything before an offset.
    record Checkpoint(long offset, Checksum checksum) {

        /// Before the first event.
        public static final Checkpoint START = new Checkpoint(0, Checksum.START);
    }

    /// A follower of this database's streams.
    ///
    /// @param reads a stream name or a pattern
    /// @param passed the cursor up to which it has committed
    /// @param overrun something was dropped that it had not read; it will be told [Read.Gone]
    record KnownFollower(String follower, String reads, long passed, boolean overrun) {}
}
