package dev.skerry.stream;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The door through which waiting comes in: a test puts one here that does not wait.
@FunctionalInterface
public interface Pacer {

    /// Really waits.
    Pacer REAL = (signal, atMost) -> signal.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);

    /// Waits for a permit, but no longer than this.
    ///
    /// @return whether there was one
    boolean await(Semaphore signal, Duration atMost) throws InterruptedException;
}
