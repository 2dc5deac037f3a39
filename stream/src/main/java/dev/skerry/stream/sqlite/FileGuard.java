package dev.skerry.stream.sqlite;

import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Keeps every other user away from a database file for as long as it is open, and knows whether the last one closed it
/// properly. It is a second, tiny database beside the file, in which an open transaction is the lock: a killed process
/// leaves it free, and unlike a lock of the operating system it also holds against this process itself.
final class FileGuard implements AutoCloseable {

    private final Connection connection;
    private final boolean unclean;

    private FileGuard(Connection connection, boolean unclean) {
        this.connection = connection;
        this.unclean = unclean;
    }

    /// @throws StreamException if somebody else holds the file
    static FileGuard lock(Path file) {
        Path path = file.resolveSibling(file.getFileName() + ".lock");
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 0");
                take(statement, file);
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS holder"
                                + " (one INTEGER PRIMARY KEY, process INTEGER, clean INTEGER)");
                boolean unclean = number(statement, "SELECT clean FROM holder", 1) == 0;
                statement.execute(
                        "REPLACE INTO holder VALUES (1, " + ProcessHandle.current().pid() + ", 0)");
                statement.execute("COMMIT");
                take(statement, file);
                return new FileGuard(connection, unclean);
            } catch (SQLException | StreamException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new SqliteFailures(path).explain(e);
        }
    }

    private static void take(Statement statement, Path file) throws SQLException {
        try {
            // A reader may still see who holds it.
            statement.execute("BEGIN IMMEDIATE");
        } catch (SQLException e) {
            if (!SqliteFailures.busy(e)) {
                throw e;
            }
            throw new StreamException(
                    Kind.IN_USE,
                    "%s is in use by process %d"
                            .formatted(file, number(statement, "SELECT process FROM holder", 0)),
                    "stop it first, or use another data folder",
                    false,
                    e);
        }
    }

    private static long number(Statement statement, String sql, long ifNone) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : ifNone;
        }
    }

    /// Whether whoever held the file before did not get to [#clean].
    boolean unclean() {
        return unclean;
    }

    /// Says that all is well with the file; before [#close].
    void clean() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("UPDATE holder SET clean = 1");
            statement.execute("COMMIT");
        }
    }

    /// Gives the file free.
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
