package dev.skerry.stream.sqlite;

import dev.skerry.stream.Database.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one place where a database is written: callers queue, and what is queued when the writer comes round is committed
/// together. Whoever holds the role of writer is alone with the write connection; that is the writer's own thread, or,
/// where nobody else is waiting, the caller itself, which saves a lone caller two changes of thread.
final class Writer implements AutoCloseable {

    /// Commits what a group of callers wants, and says what became of each.
    interface Group {
        /// Runs each, commits all, sets each one's outcome. Throws nothing.
        void commit(List<Ticket<?>> tickets);
    }

    /// A caller in the queue.
    static final class Ticket<R extends @Nullable Object> {
        private final Work<SqliteTransaction, R> work;
        private final Thread caller = Thread.currentThread();
        private @Nullable R result;
        private @Nullable Throwable failure;
        private boolean committed;
        private volatile boolean done;

        Ticket(Work<SqliteTransaction, R> work) {
            this.work = work;
        }

        void run(SqliteTransaction tx) {
            result = work.run(tx);
        }

        /// Null only where the work returned null, which it may only where R allows it.
        @SuppressWarnings("NullAway")
        R result() {
            return result;
        }

        void fail(Throwable cause) {
            failure = cause;
        }

        /// The work is durable, unless it failed by itself.
        void committed() {
            committed = failure == null;
        }

        void finish() {
            done = true;
            LockSupport.unpark(caller);
        }
    }

    private final Group group;
    private final int groupWorksMax;
    private final int worksQueuedMax;
    private final SqliteFailures failures;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Queue<Ticket<?>> queue = new ArrayDeque<>();
    private boolean taken;
    private boolean closed;
    private @Nullable Thread holder;

    Writer(SqliteFailures failures, SqliteSettings settings, Group group) {
        this.failures = failures;
        this.groupWorksMax = settings.groupWorksMax();
        this.worksQueuedMax = settings.worksQueuedMax();
        this.group = group;
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("writer " + failures.file().getFileName())
                        .start(this::run);
    }

    <R extends @Nullable Object> R write(Work<SqliteTransaction, R> wanted) {
        Ticket<R> ticket = new Ticket<>(wanted);
        if (takeAtOnce(ticket)) {
            commit(List.of(ticket));
        } else {
            awaitDone(ticket);
        }
        return outcome(ticket);
    }

    /// Takes the role of writer if nobody has it and nobody waits for it; else queues.
    private boolean takeAtOnce(Ticket<?> ticket) {
        lock.lock();
        try {
            if (closed) {
                throw failures.closed();
            }
            if (Thread.currentThread().equals(holder)) {
                throw new IllegalStateException(
                        "work that runs on the writer must not call write: it would wait for itself");
            }
            if (!taken && queue.isEmpty()) {
                taken = true;
                holder = Thread.currentThread();
                return true;
            }
            if (queue.size() >= worksQueuedMax) {
                throw failures.overloaded(worksQueuedMax);
            }
            queue.add(ticket);
            if (!taken) {
                work.signal();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void commit(List<Ticket<?>> tickets) {
        try {
            group.commit(tickets);
        } finally {
            lock.lock();
            try {
                taken = false;
                holder = null;
                if (!queue.isEmpty() || closed) {
                    work.signal();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /// Waits for the outcome, whatever happens to the caller: it must know whether its work is done.
    private static void awaitDone(Ticket<?> ticket) {
        boolean interrupted = false;
        while (!ticket.done) {
            LockSupport.park(ticket);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static <R extends @Nullable Object> R outcome(Ticket<R> ticket) {
        switch (ticket.failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
        if (!ticket.committed) {
            throw new AssertionError("work was answered that was neither committed nor refused");
        }
        return ticket.result();
    }

    private void run() {
        List<Ticket<?>> tickets = new ArrayList<>();
        while (true) {
            lock.lock();
            try {
                while (taken || queue.isEmpty()) {
                    if (closed && !taken) {
                        return;
                    }
                    work.awaitUninterruptibly();
                }
                taken = true;
                holder = thread;
                while (tickets.size() < groupWorksMax && !queue.isEmpty()) {
                    tickets.add(queue.remove());
                }
            } finally {
                lock.unlock();
            }
            commit(tickets);
            tickets.clear();
        }
    }

    /// Lets what is queued be done, then ends; later writes are refused.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
