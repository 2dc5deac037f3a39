package dev.skerry.app.line;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// One direction of one connection: what one end has sent and the other has not received yet, in order. One thread puts, one
/// takes.
final class Pipe {

    /// What travels. Times are by `System.nanoTime()`.
    sealed interface Piece {
        long dueNanos();
    }

    /// The request for a connection.
    record Opening(long dueNanos) implements Piece {}

    record Data(ByteBuffer bytes, long dueNanos) implements Piece {}

    /// The end of what is sent in this direction.
    record End(long dueNanos) implements Piece {}

    /// The sender reset the connection.
    record Reset(long dueNanos) implements Piece {}

    private final Way way;
    private final BooleanSupplier flows;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Piece> sent = new ArrayDeque<>();
    private long sentBytes;

    /// @param flows whether anything arrives now; call [#wake] when that changes
    Pipe(Way way, BooleanSupplier flows) {
        this.way = way;
        this.flows = flows;
    }

    Way way() {
        return way;
    }

    /// Waits until the window is open.
    void awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (sentBytes >= way.shape().windowBytes()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    void put(Piece piece) {
        lock.lock();
        try {
            sent.add(piece);
            sentBytes += length(piece);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the next piece has arrived.
    Piece take() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                Piece next = sent.peek();
                long wait = next == null ? 0 : next.dueNanos() - System.nanoTime();
                if (next == null || !flows.getAsBoolean()) {
                    changed.await();
                } else if (wait > 0) {
                    changed.awaitNanos(wait);
                } else {
                    sent.remove();
                    sentBytes -= length(next);
                    changed.signalAll();
                    return next;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Has both sides look again.
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static int length(Piece piece) {
        return piece instanceof Data data ? data.bytes().remaining() : 0;
    }
}
