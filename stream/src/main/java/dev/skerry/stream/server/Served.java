package dev.skerry.stream.server;

import dev.skerry.stream.StreamName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of a stream that clients made, beside its events.
///
/// @param id its own for ever in this database: a stream made again under the same name is another one
/// @param tag its own for ever, wherever it is
/// @param closedAt its tail for ever; null while it is open
/// @param touchedAt when it was last read or written, as far as the disk knows
/// @param deleted its owner has deleted it, and forks still read it
/// @param fork null unless it is a fork
/// @param lastSeq the last Stream-Seq; null if there was none
/// @param closedBy the batch that closed it; null if it is open, or was closed without one
record Served(
        long id,
        String tag,
        StreamName name,
        ContentType contentType,
        Lifetime lifetime,
        @Nullable Long closedAt,
        Instant touchedAt,
        boolean deleted,
        @Nullable Fork fork,
        @Nullable String lastSeq,
        @Nullable Producer closedBy) {

    boolean closed() {
        return closedAt != null;
    }

    /// Where a fork came from.
    ///
    /// @param source the id of the stream that it continues
    /// @param sourceName that stream's name
    /// @param at the offset from which on the fork has its own events
    /// @param asked the offset that was asked for; null for the source's tail
    /// @param subOffset as it was asked for
    record Fork(
            long source, StreamName sourceName, long at, @Nullable Long asked, long subOffset) {}
}
