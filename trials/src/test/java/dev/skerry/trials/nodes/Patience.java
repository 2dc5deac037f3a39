package dev.skerry.trials.nodes;

import java.io.IOException;
import java.time.Duration;

/// Waits for what processes do in their own time.
final class Patience {

    private static final Duration LOOK_EVERY = Duration.ofMillis(25);

    private Patience() {}

    /// Something that can be looked at. A server that does not answer yet is no reason to give up.
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /// Waits until it holds.
    ///
    /// @return how long that took
    /// @throws AssertionError if it never does
    static Duration until(String what, Duration atMost, Condition condition)
            throws InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            Duration waited = Duration.ofNanos(System.nanoTime() - begun);
            String last = "it does not hold";
            try {
                if (condition.holds()) {
                    return Duration.ofNanos(System.nanoTime() - begun);
                }
            } catch (IOException e) {
                last = e.toString();
            }
            if (waited.compareTo(atMost) > 0) {
                throw new AssertionError("not within %s: %s (%s)".formatted(atMost, what, last));
            }
            Thread.sleep(LOOK_EVERY);
        }
    }
}
