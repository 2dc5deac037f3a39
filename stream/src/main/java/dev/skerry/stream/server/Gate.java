package dev.skerry.stream.server;

import dev.skerry.stream.StreamName;
import java.util.Optional;

/// Says which of the streams that clients make they may make and write here and now, and which they are not shown. Any thread.
@FunctionalInterface
public interface Gate {

    /// Everybody may write everything.
    Gate OPEN = (_, _) -> Optional.empty();

    /// @return why not; empty if it may be done
    Optional<Closed> closed(Act act, StreamName stream);

    /// Whether clients are told that there is no such stream, whoever made it: they neither read nor fork it.
    default boolean hides(StreamName stream) {
        return false;
    }

    /// What somebody wants to do with a stream.
    enum Act {
        CREATE,
        /// Create one that is to end by itself, or that continues another.
        CREATE_PASSING,
        APPEND,
        DELETE
    }

    /// Why something may not be done.
    ///
    /// @param forNow it may be possible in a moment
    record Closed(String why, boolean forNow) {}
}
