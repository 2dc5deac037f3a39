package dev.skerry.app.replay;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// The clock of a shop whose past is replayed: moved by what happened, and never back. Any thread.
final class MovedClock implements InstantSource {

    private final AtomicReference<Instant> now;

    MovedClock(Instant first) {
        now = new AtomicReference<>(first);
    }

    void to(Instant moment) {
        now.accumulateAndGet(moment, (before, wanted) -> wanted.isAfter(before) ? wanted : before);
    }

    @Override
    public Instant instant() {
        return now.get();
    }
}
