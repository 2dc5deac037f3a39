package dev.skerry.stream;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// How a stream keeps its events.
///
/// @param compacted only the newest event of each key is kept; every event needs a key
/// @param keepFor events older than this may be dropped, in whole milliseconds; null: age drops nothing
/// @param keepBytesMax the oldest events beyond this many stored bytes may be dropped; 0: size drops nothing
/// @param waitForFollowers nothing is dropped before at least one follower is known and all known ones have passed it
public record StreamSettings(
        boolean compacted,
        @Nullable Duration keepFor,
        long keepBytesMax,
        boolean waitForFollowers) {

    /// The longest time that can be kept exactly.
    public static final Duration KEEP_FOR_MAX = Duration.ofDays(365_000);

    public StreamSettings {
        if (keepBytesMax < 0) {
            throw new IllegalArgumentException("keepBytesMax is 0 or more, not " + keepBytesMax);
        }
        if (keepFor != null && (keepFor.isNegative() || keepFor.compareTo(KEEP_FOR_MAX) > 0)) {
            throw new IllegalArgumentException(
                    "keepFor is at least 0 and at most " + KEEP_FOR_MAX + ": " + keepFor);
        }
        keepFor = keepFor == null ? null : keepFor.truncatedTo(ChronoUnit.MILLIS);
        if (compacted && (keepFor != null || keepBytesMax > 0)) {
            throw new IllegalArgumentException(
                    "a compacted stream keeps the newest event of each key, whatever its age and"
                            + " size: leave out keepFor and keepBytesMax");
        }
    }

    /// Keeps everything.
    public static StreamSettings keepAll() {
        return new StreamSettings(false, null, 0, true);
    }

    /// Keeps the newest event of each key, and a deletion until every known follower has passed it.
    public static StreamSettings compactedByKey() {
        return new StreamSettings(true, null, 0, true);
    }

    /// Keeps events for a time, and longer where a known follower has not passed them.
    public static StreamSettings keepFor(Duration age) {
        return new StreamSettings(false, age, 0, true);
    }

    /// Keeps the newest events that fit, followed or not: for telemetry, never for sales.
    public static StreamSettings keepNewest(long bytesMax) {
        return new StreamSettings(false, null, bytesMax, false);
    }
}
