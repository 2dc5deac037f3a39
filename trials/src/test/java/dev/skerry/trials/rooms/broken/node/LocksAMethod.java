package dev.skerry.trials.rooms.broken.node;

final class LocksAMethod {
    synchronized void work(Runnable work) {
        work.run();
    }
}
