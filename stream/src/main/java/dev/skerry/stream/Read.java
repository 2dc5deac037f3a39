package dev.skerry.stream;

import java.util.List;

/// What a source answered to a reader at a cursor.
public sealed interface Read {

    /// What there was.
    ///
    /// @param events in order; offsets may have gaps where the stream is compacted
    /// @param next the cursor to read from next; moves on even where all events of a range are compacted away
    /// @param upToDate nothing more was there when this was read
    record Page(List<Event> events, long next, boolean upToDate) implements Read {}

    /// Events at the cursor have been dropped. The reader must start over from `earliest`, and forget what it built.
    ///
    /// @param earliest of a stream, the first offset it still has; of a database's [EventSource], 0
    record Gone(long earliest) implements Read {}
}
