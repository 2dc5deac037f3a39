package dev.skerry.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;

/// Keeps a number of callers busy for a while.
final class Load {

    /// What one caller does again and again.
    @FunctionalInterface
    interface Act {
        /// @return how many events that was
        long run() throws Exception;
    }

    private Load() {}

    /// Each caller acts again as soon as its last act is done, until the time is over.
    ///
    /// @return events per second, of all callers together
    static double perSecond(Duration time, ThreadFactory threads, List<Act> callers)
            throws Exception {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        List<FutureTask<Long>> running = new ArrayList<>();
        for (Act caller : callers) {
            Callable<Long> loop =
                    () -> {
                        long events = 0;
                        do {
                            events += caller.run();
                        } while (System.nanoTime() < end);
                        return events;
                    };
            FutureTask<Long> task = new FutureTask<>(loop);
            running.add(task);
            threads.newThread(task).start();
        }
        long events = 0;
        for (FutureTask<Long> task : running) {
            events += task.get();
        }
        return events * 1e9 / (System.nanoTime() - begin);
    }

    /// One caller, on this thread.
    static double perSecond(Duration time, Act caller) throws Exception {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        long events = 0;
        long now;
        do {
            events += caller.run();
            now = System.nanoTime();
        } while (now < end);
        return events * 1e9 / (now - begin);
    }
}
