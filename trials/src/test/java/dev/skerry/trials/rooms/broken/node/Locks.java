package dev.skerry.trials.rooms.broken.node;

import java.util.concurrent.locks.Lock;

final class Locks {

    void work(Lock lock, Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }
}
