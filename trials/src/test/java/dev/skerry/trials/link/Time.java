package dev.skerry.trials.link;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// True time, which only the simulation moves, and clocks that show something else.
final class Time {

    private static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00Z");

    private long nowMs;

    /// Milliseconds since the beginning.
    long nowMs() {
        return nowMs;
    }

    void pass(long ms) {
        nowMs += ms;
    }

    /// A server's clock, which somebody may set.
    final class Clock implements InstantSource {

        private Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return BEGIN.plusMillis(nowMs).plus(ahead);
        }

        void jump(Duration by) {
            ahead = ahead.plus(by);
        }
    }
}
