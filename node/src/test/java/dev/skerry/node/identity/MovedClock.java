package dev.skerry.node.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that a test moves.
final class MovedClock implements InstantSource {

    static final Instant START = Instant.parse("2027-03-01T08:00:00Z");

    private Instant now = START;
    private int asked;

    @Override
    public Instant instant() {
        asked++;
        return now;
    }

    /// How often somebody wanted to know the time.
    int asked() {
        return asked;
    }

    void set(Instant to) {
        now = to;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }
}
