package dev.skerry.stream.client;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Pacer;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.Watch;
import dev.skerry.stream.client.IdempotentProducer.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Steps an [IdempotentProducer] on a virtual thread of its own. For any number of threads; [#append] waits while as much is
/// waiting as may.
public final class ProducerDriver implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ProducerDriver.class.getName());

    private final IdempotentProducer producer;
    private final Pacer pacer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Semaphore closing = new Semaphore(0);
    private final Watch watch;
    private final Thread thread;
    private boolean news;
    private boolean closed;
    private boolean hindered;
    private Outcome.@Nullable Ended ended;

    private ProducerDriver(IdempotentProducer producer, Pacer pacer) {
        this.producer = producer;
        this.pacer = pacer;
        this.watch = producer.watch(this::wake);
        this.thread = Thread.ofVirtual().name("producer").unstarted(this::run);
    }

    /// @param producer from now on for this driver alone
    public static ProducerDriver start(IdempotentProducer producer, Pacer pacer) {
        ProducerDriver driver = new ProducerDriver(producer, pacer);
        driver.thread.start();
        return driver;
    }

    /// Takes a message, as soon as there is room. It is on the server for good once [#acknowledged] has reached what this
    /// returns.
    ///
    /// @return how many messages were ever taken, this one included
    /// @throws StreamException REFUSED if the producer has ended, CLOSED if it was closed; the message was not taken
    public long append(Bytes message) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                check();
                if (producer.offer(message)) {
                    news = true;
                    changed.signalAll();
                    return producer.taken();
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until everything taken before is on the server for good.
    ///
    /// @throws StreamException as [#append]; then [#unacknowledged] has the rest
    public void flush() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long all = producer.taken();
            while (producer.acknowledged() < all) {
                check();
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /// How many messages, of all that were ever taken, the server has for good.
    public long acknowledged() {
        lock.lock();
        try {
            return producer.acknowledged();
        } finally {
            lock.unlock();
        }
    }

    /// What was taken and is not acknowledged, in order.
    public List<Bytes> unacknowledged() {
        lock.lock();
        try {
            return producer.unacknowledged();
        } finally {
            lock.unlock();
        }
    }

    /// How the producer ended, if it has.
    public Optional<Outcome.Ended> ended() {
        lock.lock();
        try {
            return Optional.ofNullable(ended);
        } finally {
            lock.unlock();
        }
    }

    /// Stops at once. [#flush] before, or what is waiting stays unacknowledged.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            producer.close();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        watch.close();
        closing.release();
    }

    private void check() {
        if (ended != null) {
            throw new StreamException(
                    StreamException.Kind.REFUSED,
                    "nothing more is appended: " + ended.why(),
                    "see to what was not acknowledged, then start another producer",
                    false,
                    null);
        }
        if (closed) {
            throw new StreamException(
                    StreamException.Kind.CLOSED,
                    "the producer is closed",
                    "start another one",
                    false,
                    null);
        }
    }

    private void wake() {
        lock.lock();
        try {
            news = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            boolean going = true;
            while (going) {
                going =
                        turn() instanceof Outcome.Hindered pausing
                                && !pacer.await(closing, pausing.pause());
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody knows this thread to interrupt it", e);
        }
    }

    /// Steps until there is a pause to make, or no more to do.
    private Outcome turn() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (closed) {
                    return new Outcome.Idle();
                }
                news = false;
                Outcome outcome = producer.step();
                switch (outcome) {
                    case Outcome.Acknowledged _ -> {
                        say(false, "");
                        changed.signalAll();
                    }
                    case Outcome.Idle _, Outcome.Waiting _ -> {
                        while (!news && !closed) {
                            changed.await();
                        }
                    }
                    case Outcome.Hindered(var why, var _) -> {
                        say(true, why);
                        return outcome;
                    }
                    case Outcome.Ended end -> {
                        ended = end;
                        changed.signalAll();
                        return end;
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void say(boolean nowHindered, String why) {
        if (nowHindered && !hindered) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "event=producer-hindered why=\"{0}\" doing=\"trying again\"",
                    why);
        } else if (!nowHindered && hindered) {
            LOG.log(System.Logger.Level.INFO, "event=producer-resumed");
        }
        hindered = nowHindered;
    }
}
