package dev.skerry.stream;

import java.util.List;

/// A context's own database: its state, its streams, and the cursors of what it follows, committed together.
///
/// @param <T> the transaction that this kind of database gives to its callers
public interface Database<T extends Transaction> extends Streams, AutoCloseable {

    /// Runs work on the writer, after all work that was submitted before, and returns once it is durable. Work of several
    /// callers is committed together; an exception thrown by the work undoes this work alone and is thrown on to the
    /// caller. Any thread may call; the work itself runs on the writer and must neither wait nor call `write`.
    ///
    /// @throws StreamException if the machine failed: nothing of the work is there, unless the exception says that this is
    ///     unknown
    <R extends @org.jspecify.annotations.Nullable Object> R write(Work<T, R> work);

    /// Makes events ready to be appended, outside any transaction: for large batches, what need not be done on the writer is
    /// then done in the caller's thread.
    default Batch prepare(List<NewEvent> events) {
        return () -> events;
    }

    /// One bounded piece of compaction or retention.
    ///
    /// @return whether there may be more to do now
    boolean upkeep();

    /// Waits for the writer to finish what it has taken, then closes. What is still queued is refused.
    @Override
    void close();

    /// What a caller wants done in one transaction.
    @FunctionalInterface
    interface Work<T, R extends @org.jspecify.annotations.Nullable Object> {
        R run(T tx);
    }
}
