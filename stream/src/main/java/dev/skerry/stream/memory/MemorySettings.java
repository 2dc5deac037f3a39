package dev.skerry.stream.memory;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How a [MemoryDatabase] behaves.
///
/// @param deletionsKeptFor how long a deletion stays in a compacted stream at least, so that readers which are not known
///     followers see it too
/// @param upkeepEventsMax the most events that one piece of upkeep removes
public record MemorySettings(Duration deletionsKeptFor, int upkeepEventsMax) {

    public MemorySettings {
        requireNonNull(deletionsKeptFor, "deletionsKeptFor");
        if (upkeepEventsMax < 1) {
            throw new IllegalArgumentException(
                    "upkeepEventsMax is 1 or more, not " + upkeepEventsMax);
        }
    }

    public static MemorySettings defaults() {
        return new MemorySettings(Duration.ofDays(1), 1000);
    }
}
