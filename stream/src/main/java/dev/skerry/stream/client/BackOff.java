package dev.skerry.stream.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When to try again: after pauses that double with every failure, with jitter so that a thousand stores do not come back
/// in the same second, and never before the server has asked for. For one thread at a time.
final class BackOff {

    private final ClientSettings settings;
    private final InstantSource clock;
    private final RandomGenerator random;
    private int failures;
    private Instant until = Instant.MIN;
    private String why = "";

    BackOff(ClientSettings settings, InstantSource clock, RandomGenerator random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    void succeeded() {
        failures = 0;
    }

    /// Counts a failure and starts a pause.
    void failed(String reason, @Nullable Duration retryAfter) {
        long ceilingMillis = settings.pauseMax().toMillis();
        long doubled = settings.pauseMin().toMillis() << Math.min(failures, 20);
        long millis = Math.clamp(doubled, 1, ceilingMillis);
        failures++;
        Duration pause = Duration.ofMillis(millis / 2 + random.nextLong(millis - millis / 2 + 1));
        start(reason, retryAfter == null ? pause : pause.plus(bounded(retryAfter)));
    }

    /// Starts the shortest pause, for what is no failure but must not go round without rest.
    void rest(String reason) {
        start(reason, settings.pauseMin());
    }

    /// What is left of the pause; zero if there is none.
    Duration left() {
        if (until.equals(Instant.MIN)) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), until);
        if (left.isPositive()) {
            return left;
        }
        until = Instant.MIN;
        return Duration.ZERO;
    }

    String why() {
        return why;
    }

    private void start(String reason, Duration pause) {
        why = reason;
        until = clock.instant().plus(pause);
    }

    private static Duration bounded(Duration retryAfter) {
        return retryAfter.compareTo(ClientSettings.RETRY_AFTER_MAX) > 0
                ? ClientSettings.RETRY_AFTER_MAX
                : retryAfter;
    }
}
