package dev.skerry.app.line;

import java.util.concurrent.atomic.AtomicLong;

/// One direction of a line, shared by all its connections: says when what is sent will arrive, and counts it. For any thread.
final class Way {

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong freeNanos = new AtomicLong(System.nanoTime());
    private volatile Shape shape = Shape.NONE;

    Shape shape() {
        return shape;
    }

    /// What was sent before still arrives when it would have.
    void shape(Shape now) {
        shape = now;
        freeNanos.set(System.nanoTime());
    }

    /// @return the time of arrival, by `System.nanoTime()`
    long send(int length) {
        bytes.addAndGet(length);
        Shape now = shape;
        return arrival(now.nanos(length)) + now.delay().toNanos();
    }

    private long arrival(long busyNanos) {
        long now = System.nanoTime();
        if (busyNanos == 0) {
            return now;
        }
        return freeNanos.updateAndGet(free -> (free - now > 0 ? free : now) + busyNanos);
    }

    long bytes() {
        return bytes.get();
    }
}
