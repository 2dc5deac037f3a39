package dev.skerry.benchmarks;

import dev.skerry.stream.Bytes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// What SQLite can do with one row an event, as durable as the log.
final class RawSqlite implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement insert;

    RawSqlite(Path path) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("CREATE TABLE event (offset INTEGER PRIMARY KEY, payload BLOB)");
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO event (payload) VALUES (?)");
    }

    /// Inserts in one transaction.
    long insert(List<Bytes> payloads) throws SQLException {
        for (Bytes payload : payloads) {
            insert.setBytes(1, payload.array());
            insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
        return payloads.size();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
