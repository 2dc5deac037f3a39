package dev.skerry.app.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// Lets something be done so often in each span of time, so that nobody tries on and on. Any thread.
final class Budget {

    /// @param until when it is full again
    private record State(Instant until, int left) {}

    private final int most;
    private final Duration span;
    private final InstantSource clock;
    private final AtomicReference<State> state;

    Budget(int most, Duration span, InstantSource clock) {
        this.most = most;
        this.span = span;
        this.clock = clock;
        this.state = new AtomicReference<>(new State(Instant.MIN, 0));
    }

    /// @return whether there was one left
    boolean take() {
        Instant now = clock.instant();
        State before =
                state.getAndUpdate(it -> {
                    State then = it.until().isAfter(now) ? it : new State(now.plus(span), most);
                    return new State(then.until(), Math.max(0, then.left() - 1));
                });
        return !before.until().isAfter(now) || before.left() > 0;
    }

    /// How long until it is full again.
    Duration full() {
        Duration left = Duration.between(clock.instant(), state.get().until());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
