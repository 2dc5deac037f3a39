package dev.skerry.hq.catalog;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far an import is, or what came of it.
///
/// @param lines that have been read, without the first
/// @param changed articles that this import has made, or changed
/// @param leftOut lines that were not taken: those that are faulty, or share a batch with such
/// @param faults the first of them
/// @param problem why it was refused or broke off; null if it did not
public record ImportState(
        String id,
        State state,
        String by,
        Instant begun,
        long lines,
        long changed,
        long leftOut,
        long faultyLines,
        List<Faulty> faults,
        @Nullable String problem) {

    public enum State {
        RUNNING,
        DONE,
        /// Its first line is wrong: nothing was taken.
        REFUSED,
        /// What it has brought until then is there; the same import can be sent again, and goes on.
        BROKEN
    }

    /// A line that could not be taken.
    ///
    /// @param line from 1
    public record Faulty(long line, String problem) {}

    public ImportState {
        faults = List.copyOf(faults);
    }
}
