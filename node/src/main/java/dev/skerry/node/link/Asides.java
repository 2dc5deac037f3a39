package dev.skerry.node.link;

import dev.skerry.stream.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The streams of a store that are put aside for an error of their own while all others go on, and when each is tried again. Kept
/// from one wire to the next; one entry at most for each stream. For one thread.
///
/// ```
/// (not here) ── put ──► WAITS ── its pause is over, tried ──► TRIED ── over ──► (not here)
///                         ▲───────────────── put ──────────────┘
/// ```
final class Asides {

    /// Before the first new try; doubled with each further one in a row.
    static final Duration PAUSE_MIN = Duration.ofSeconds(5);

    static final Duration PAUSE_MAX = Duration.ofMinutes(15);

    /// @param times how often in a row it was put aside
    /// @param until when it may be tried again; null while it is being tried
    private record Aside(String why, int times, @Nullable Instant until) {}

    private final Map<StreamName, Aside> streams = new HashMap<>();

    /// Something is wrong with it.
    void put(StreamName stream, String why, Instant now) {
        Aside before = streams.get(stream);
        int times = before == null ? 1 : before.times + 1;
        Duration pause = PAUSE_MIN.multipliedBy(1L << Math.min(times - 1, 20));
        Instant until = now.plus(pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX);
        streams.put(stream, new Aside(why, times, until));
    }

    /// Whether it may be sent or followed now.
    boolean mayTry(StreamName stream, Instant now) {
        Aside aside = streams.get(stream);
        return aside == null || aside.until == null || due(aside.until, now);
    }

    /// It is tried again; whether that helps is not known yet.
    void tried(StreamName stream) {
        streams.computeIfPresent(stream, (_, aside) -> new Aside(aside.why, aside.times, null));
    }

    /// It goes on.
    void over(StreamName stream) {
        streams.remove(stream);
    }

    /// Why it is put aside; null if it is not.
    @Nullable String why(StreamName stream) {
        Aside aside = streams.get(stream);
        return aside == null ? null : aside.why;
    }

    /// Those whose pause is over, and which nobody has tried yet.
    List<StreamName> due(Instant now) {
        return streams.entrySet().stream()
                .filter(one -> {
                    Instant until = one.getValue().until;
                    return until != null && due(until, now);
                })
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /// Where the clock was set back, nobody waits until it is there again.
    private static boolean due(Instant until, Instant now) {
        return !now.isBefore(until) || until.isAfter(now.plus(PAUSE_MAX));
    }
}
