package dev.skerry.trials.rooms.broken.node;

import java.util.List;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;

@SuppressWarnings({"FutureReturnValueIgnored", "NotifyMonitor", "NakedNotify", "UnusedVariable"})
final class StartsAThread {

    Thread constructed(Runnable work) {
        return new Thread(work);
    }

    void virtual(Runnable work) {
        Thread.startVirtualThread(work);
    }

    Thread built(Runnable work) {
        return Thread.ofPlatform().start(work);
    }

    Supplier<ExecutorService> reference() {
        return Executors::newVirtualThreadPerTaskExecutor;
    }

    void inThePool(Runnable work) {
        CompletableFuture.runAsync(work);
    }

    Stream<String> parallel(List<String> work) {
        return work.parallelStream();
    }

    Stream<String> parallelLater(Stream<String> work) {
        return work.parallel();
    }

    void signal(Object monitor) {
        monitor.notifyAll();
    }

    Object latch() {
        return new CountDownLatch(1);
    }

    Object timer() {
        return new Timer();
    }
}
