package dev.skerry.trials.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Stands still until the simulation moves it.
final class SimulatedClock implements InstantSource {

    private Instant now = Instant.parse("2026-03-02T08:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void move(Duration forward) {
        now = now.plus(forward);
    }
}
