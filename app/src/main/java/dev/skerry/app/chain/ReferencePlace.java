package dev.skerry.app.chain;

import dev.skerry.language.CloudEvent;
import java.util.List;

/// Where HQ's reference streams can be read and written: in a database, or at an HQ that runs. For one thread.
public interface ReferencePlace {

    /// The most events that one call of [#append] takes.
    int BATCH_EVENTS_MAX = 1_000;

    /// What stands in a stream, briefly.
    ///
    /// @param next where to read on
    /// @param upToDate there is nothing more
    record Page(List<Entry> entries, long next, boolean upToDate) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /// @param digest tells what it says from what any other says
    /// @param ended there is nothing of this key any more
    record Entry(String key, String digest, boolean ended) {}

    /// @param offset 0 is the beginning
    Page read(ReferenceStream<?> stream, long offset);

    /// All of them or none; durable when this returns.
    ///
    /// @throws IllegalArgumentException if one of them does not belong there
    /// @throws dev.skerry.language.MalformedJsonException if the data of one cannot be read
    void append(ReferenceStream<?> stream, List<CloudEvent> events);
}
