package dev.skerry.stream.memory;

import dev.skerry.stream.Event;
import dev.skerry.stream.Following;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamName;
import java.time.Instant;

/// A stored event.
///
/// @param position its place among all events of the database
/// @param commit the position of the first event of its transaction
record Entry(
        StreamName stream,
        long offset,
        NewEvent content,
        long position,
        long commit,
        Instant appendedAt) {

    Event event() {
        return new Event(stream, offset, content.key(), content.deletion(), content.payload());
    }

    /// The cursor that a follower has after this event.
    long cursorAfter(Following follower) {
        return follower.pattern() ? position + 1 : offset + 1;
    }

    long bytes() {
        String key = content.key();
        return (long) content.payload().length() + (key == null ? 0 : key.length());
    }
}
