package dev.skerry.stream.sqlite;

import dev.skerry.stream.StreamException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Connections that read the last commit, each for one caller at a time; callers beyond their number wait.
final class Readers implements AutoCloseable {

    /// What one caller wants to read.
    @FunctionalInterface
    interface Query<R extends @Nullable Object> {
        R run(Statements connection) throws SQLException;
    }

    /// Opens one more connection.
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    /// How long a caller waits before it looks whether the database has been closed.
    private static final long WAIT_MS = 100;

    private final BlockingQueue<Statements> idle;
    private final int count;
    private final SqliteFailures failures;
    private volatile boolean closed;

    Readers(Opener opener, int count, SqliteFailures failures) throws SQLException {
        this.count = count;
        this.failures = failures;
        idle = new ArrayBlockingQueue<>(count);
        try {
            for (int i = 0; i < count; i++) {
                idle.add(new Statements(opener.open()));
            }
        } catch (SQLException e) {
            for (Statements opened : idle) {
                opened.close();
            }
            throw e;
        }
    }

    /// @throws StreamException if the file cannot be read, or the database is closed
    <R extends @Nullable Object> R read(Query<R> query) {
        Statements connection = take();
        try {
            return query.run(connection);
        } catch (SQLException e) {
            throw failures.explain(e);
        } finally {
            idle.add(connection);
        }
    }

    private Statements take() {
        while (!closed) {
            Statements connection = poll();
            if (connection != null) {
                return connection;
            }
        }
        throw failures.closed();
    }

    /// A read takes microseconds: it is waited for, and an interruption passed on afterwards.
    private @Nullable Statements poll() {
        try {
            return idle.poll(WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            try {
                return idle.poll();
            } finally {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Waits for the reads in progress.
    @Override
    public void close() throws SQLException {
        closed = true;
        boolean interrupted = false;
        int left = count;
        while (left > 0) {
            Statements connection = poll();
            interrupted |= Thread.interrupted();
            if (connection != null) {
                connection.close();
                left--;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
