package dev.skerry.trials.rooms.broken.node;

final class LocksABlock {
    private final Object monitor = new Object();

    void work(Runnable work) {
        synchronized (monitor) {
            work.run();
        }
    }
}
