package dev.skerry.app.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Devices of a store that work at once, each in a thread of its own.
final class Together {

    private final List<Thread> all = new ArrayList<>();
    private final Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();

    void begin(Runnable work) {
        all.add(
                Thread.startVirtualThread(() -> {
                    try {
                        work.run();
                    } catch (AssertionError | RuntimeException e) {
                        wrong.add(e);
                    }
                }));
    }

    boolean atWork() {
        return all.stream().anyMatch(Thread::isAlive);
    }

    /// Until all have done their work.
    ///
    /// @throws AssertionError if one of them could not
    void end() throws InterruptedException {
        for (Thread one : all) {
            one.join();
        }
        Throwable first = wrong.peek();
        if (first != null) {
            throw new AssertionError(first);
        }
    }
}
