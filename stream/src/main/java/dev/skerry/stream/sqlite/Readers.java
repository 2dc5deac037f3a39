package dev.skerry.stream.sqlite;

import dev.skerry.stream.StreamException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Connections that read the last commit, each for one caller at a time; callers beyond their number wait.
final class Readers implements AutoCloseable {

    /// What one caller wants to read.
    @FunctionalInterface
    interface Query<R> {
        R run(ReadConnection connection) throws SQLException;
    }

    /// A connection with its prepared statements.
    static final class ReadConnection {
        private final Connection connection;
        private final Map<String, PreparedStatement> statements = new HashMap<>();

        ReadConnection(Connection connection) {
            this.connection = connection;
        }

        Connection connection() {
            return connection;
        }

        PreparedStatement statement(String sql) throws SQLException {
            PreparedStatement known = statements.get(sql);
            if (known == null) {
                known = connection.prepareStatement(sql);
                statements.put(sql, known);
            }
            return known;
        }
    }

    /// Opens one more connection.
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    /// How long a caller waits before it looks whether the database has been closed.
    private static final long WAIT_MS = 100;

    private final BlockingQueue<ReadConnection> idle;
    private final int count;
    private final SqliteFailures failures;
    private volatile boolean closed;

    Readers(Opener opener, int count, SqliteFailures failures) throws SQLException {
        this.count = count;
        this.failures = failures;
        idle = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            idle.add(new ReadConnection(opener.open()));
        }
    }

    /// @throws StreamException if the file cannot be read, or the database is closed
    <R> R read(Query<R> query) {
        ReadConnection connection = take();
        try {
            return query.run(connection);
        } catch (SQLException e) {
            throw failures.explain(e);
        } finally {
            idle.add(connection);
        }
    }

    private ReadConnection take() {
        boolean interrupted = false;
        try {
            while (!closed) {
                try {
                    ReadConnection connection = idle.poll(WAIT_MS, TimeUnit.MILLISECONDS);
                    if (connection != null) {
                        return connection;
                    }
                } catch (InterruptedException e) {
                    // A read takes microseconds: wait for it, and pass the interruption on.
                    interrupted = true;
                }
            }
            throw failures.closed();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Waits for the reads in progress.
    @Override
    public void close() throws SQLException {
        closed = true;
        for (int i = 0; i < count; i++) {
            ReadConnection connection = null;
            while (connection == null) {
                try {
                    connection = idle.poll(WAIT_MS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
            connection.connection.close();
        }
    }
}
