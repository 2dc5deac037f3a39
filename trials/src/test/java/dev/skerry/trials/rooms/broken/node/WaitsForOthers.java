package dev.skerry.trials.rooms.broken.node;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;

/// Breaks two rules: there is no waiting for others without threads.
@SuppressWarnings({"WaitNotInLoop", "ThreadJoinLoop", "CheckReturnValue"})
final class WaitsForOthers {

    void joining(Thread other) throws InterruptedException {
        other.join(Duration.ofSeconds(1));
    }

    void monitor(Object monitor) throws InterruptedException {
        monitor.wait(1);
    }

    void parking() {
        LockSupport.parkNanos(1);
    }

    void condition(Condition condition) throws InterruptedException {
        condition.awaitNanos(1);
    }

    boolean permit(Semaphore signal) throws InterruptedException {
        return signal.tryAcquire(1, TimeUnit.SECONDS);
    }

    Object queue(BlockingQueue<Object> queue) throws InterruptedException {
        return queue.poll(1, TimeUnit.SECONDS);
    }
}
