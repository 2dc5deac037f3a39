package dev.skerry.stream.server;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Cursors of live reads: the number of the current interval of 20 seconds. They never go backwards for a client, so that
/// a cache between never answers it the same thing for ever.
final class Cursors {

    static final Duration INTERVAL = Duration.ofSeconds(20);
    static final Instant EPOCH = Instant.parse("2024-10-09T00:00:00Z");

    /// How far a client that is ahead is moved on, at most.
    static final int JITTER_SECONDS_MAX = 3600;

    private Cursors() {}

    /// @param client what the client sent back; anything but digits counts as nothing
    static long next(Instant now, @Nullable String client, RandomGenerator random) {
        long current = Duration.between(EPOCH, now).dividedBy(INTERVAL);
        if (client == null || !client.matches("[0-9]{1,15}") || Long.parseLong(client) < current) {
            return current;
        }
        long jitterSeconds = 1L + random.nextInt(JITTER_SECONDS_MAX);
        long seconds = INTERVAL.toSeconds();
        return Long.parseLong(client) + (jitterSeconds + seconds - 1) / seconds;
    }
}
