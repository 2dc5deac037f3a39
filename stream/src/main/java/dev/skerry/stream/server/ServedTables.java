package dev.skerry.stream.server;

import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All SQL about served streams and their producers. Those for writing belong to the writer's transaction.
final class ServedTables {

    static final Migrations MIGRATIONS =
            new Migrations(
                    "served",
                    List.of(
                            """
                            CREATE TABLE served (
                              id INTEGER PRIMARY KEY AUTOINCREMENT,
                              tag TEXT NOT NULL DEFAULT (lower(hex(randomblob(8)))),
                              name TEXT NOT NULL UNIQUE,
                              content_type TEXT NOT NULL,
                              ttl_seconds INTEGER,
                              expires_at_ms INTEGER,
                              closed_at INTEGER,
                              created_at_ms INTEGER NOT NULL,
                              touched_at_ms INTEGER NOT NULL,
                              deleted INTEGER NOT NULL DEFAULT 0,
                              fork_source INTEGER REFERENCES served (id),
                              fork_at INTEGER,
                              fork_asked INTEGER,
                              fork_sub_offset INTEGER,
                              last_seq TEXT,
                              closed_by TEXT,
                              closed_epoch INTEGER,
                              closed_seq INTEGER
                            ) STRICT;
                            CREATE INDEX served_forks ON served (fork_source) WHERE fork_source IS NOT NULL;
                            CREATE INDEX served_idle ON served (touched_at_ms) WHERE ttl_seconds IS NOT NULL;
                            CREATE INDEX served_ending ON served (expires_at_ms) WHERE expires_at_ms IS NOT NULL;
                            CREATE TABLE producer (
                              stream INTEGER NOT NULL REFERENCES served (id) ON DELETE CASCADE,
                              producer TEXT NOT NULL,
                              epoch INTEGER NOT NULL,
                              last_seq INTEGER NOT NULL,
                              PRIMARY KEY (stream, producer)
                            ) STRICT, WITHOUT ROWID;
                            """));

    private static final String SELECT =
            "SELECT s.id, s.tag, s.name, s.content_type, s.ttl_seconds, s.expires_at_ms, s.closed_at,"
                    + " s.touched_at_ms, s.deleted, s.fork_source, s.fork_at, s.fork_asked,"
                    + " s.fork_sub_offset, s.last_seq, s.closed_by, s.closed_epoch, s.closed_seq,"
                    + " f.name FROM served s LEFT JOIN served f ON f.id = s.fork_source";

    private static final String FORKS = "SELECT 1 FROM served WHERE fork_source = ? LIMIT 1";

    /// A connection's statements, prepared once.
    private @Nullable Connection prepared;

    private final Map<String, PreparedStatement> statements = new HashMap<>();

    // ---- on any connection

    static @Nullable Served find(Statements connection, StreamName name) throws SQLException {
        PreparedStatement select = connection.statement(SELECT + " WHERE s.name = ?");
        select.setString(1, name.value());
        return one(select);
    }

    static boolean exists(Statements connection, long id) throws SQLException {
        return isThere(connection.statement("SELECT 1 FROM served WHERE id = ?"), id);
    }

    static boolean hasForks(Statements connection, long id) throws SQLException {
        return isThere(connection.statement(FORKS), id);
    }

    /// Streams that may be over, judging by what the disk knows.
    static List<Served> ending(Connection connection, Instant now, int max) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        SELECT
                                + " WHERE s.deleted = 0 AND s.id IN (SELECT id FROM served WHERE"
                                + " ttl_seconds IS NOT NULL AND touched_at_ms <= ?1 - ttl_seconds"
                                + " * 1000 UNION ALL SELECT id FROM served WHERE expires_at_ms"
                                + " <= ?1) LIMIT ?2")) {
            select.setLong(1, now.toEpochMilli());
            select.setInt(2, max);
            List<Served> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(served(rows));
                }
            }
            return found;
        }
    }

    static long count(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM served");
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /// Where a fork's events are: its own first, then those of what it continues, and so on.
    static List<Part> parts(Connection connection, Served fork) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "WITH RECURSIVE part (depth, id, name, starts_at, source) AS (SELECT 0, id,"
                                + " name, coalesce(fork_at, 0), fork_source FROM served WHERE id = ?"
                                + " UNION ALL SELECT depth + 1, s.id, s.name, coalesce(s.fork_at, 0),"
                                + " s.fork_source FROM part JOIN served s ON s.id = part.source)"
                                + " SELECT name, starts_at FROM part ORDER BY depth")) {
            select.setLong(1, fork.id());
            List<Part> parts = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    parts.add(new Part(StreamName.of(rows.getString(1)), rows.getLong(2)));
                }
            }
            return parts;
        }
    }

    /// A stream that holds events from an offset on.
    record Part(StreamName stream, long startsAt) {}

    // ---- on the writer's connection

    @Nullable Served findAgain(Connection connection, StreamName name) {
        return sql(() -> {
            PreparedStatement select = statement(connection, SELECT + " WHERE s.name = ?");
            select.setString(1, name.value());
            return one(select);
        });
    }

    @Nullable Served findAgain(Connection connection, long id) {
        return sql(() -> {
            PreparedStatement select = statement(connection, SELECT + " WHERE s.id = ?");
            select.setLong(1, id);
            return one(select);
        });
    }

    boolean isForked(Connection connection, long id) {
        return sql(() -> isThere(statement(connection, FORKS), id));
    }

    /// @param stream its id and tag are not looked at
    void insert(Connection connection, Served stream, Instant now) {
        sql(() -> {
            PreparedStatement insert =
                    statement(
                            connection,
                            "INSERT INTO served (name, content_type, ttl_seconds, expires_at_ms,"
                                    + " closed_at, created_at_ms, touched_at_ms, fork_source, fork_at,"
                                    + " fork_asked, fork_sub_offset) VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
                                    + " ?, ?, ?)");
            Served.Fork fork = stream.fork();
            insert.setString(1, stream.name().value());
            insert.setString(2, stream.contentType().value());
            insert.setObject(
                    3, stream.lifetime() instanceof Lifetime.Idle idle ? idle.ttlSeconds() : null);
            insert.setObject(
                    4,
                    stream.lifetime() instanceof Lifetime.Until until
                            ? until.end().toEpochMilli()
                            : null);
            insert.setObject(5, stream.closedAt());
            insert.setLong(6, now.toEpochMilli());
            insert.setLong(7, now.toEpochMilli());
            insert.setObject(8, fork == null ? null : fork.source());
            insert.setObject(9, fork == null ? null : fork.at());
            insert.setObject(10, fork == null ? null : fork.asked());
            insert.setObject(11, fork == null ? null : fork.subOffset());
            return insert.executeUpdate();
        });
    }

    /// Writes what appending and closing change.
    void update(Connection connection, Served stream) {
        sql(() -> {
            PreparedStatement update =
                    statement(
                            connection,
                            "UPDATE served SET closed_at = ?, touched_at_ms = ?, last_seq = ?,"
                                    + " closed_by = ?, closed_epoch = ?, closed_seq = ? WHERE id = ?");
            Producer closer = stream.closedBy();
            update.setObject(1, stream.closedAt());
            update.setLong(2, stream.touchedAt().toEpochMilli());
            update.setString(3, stream.lastSeq());
            update.setString(4, closer == null ? null : closer.id());
            update.setObject(5, closer == null ? null : closer.epoch());
            update.setObject(6, closer == null ? null : closer.seq());
            update.setLong(7, stream.id());
            return update.executeUpdate();
        });
    }

    void touch(Connection connection, long id, Instant at) {
        sql(() -> {
            PreparedStatement update =
                    statement(
                            connection,
                            "UPDATE served SET touched_at_ms = max(touched_at_ms, ?) WHERE id = ?");
            update.setLong(1, at.toEpochMilli());
            update.setLong(2, id);
            return update.executeUpdate();
        });
    }

    void markDeleted(Connection connection, long id) {
        sql(() -> {
            PreparedStatement update =
                    statement(connection, "UPDATE served SET deleted = 1 WHERE id = ?");
            update.setLong(1, id);
            return update.executeUpdate();
        });
    }

    void remove(Connection connection, long id) {
        sql(() -> {
            PreparedStatement delete = statement(connection, "DELETE FROM served WHERE id = ?");
            delete.setLong(1, id);
            return delete.executeUpdate();
        });
    }

    Producer.@Nullable State producer(Connection connection, long stream, String producer) {
        return sql(() -> {
            PreparedStatement select =
                    statement(
                            connection,
                            "SELECT epoch, last_seq FROM producer WHERE stream = ? AND producer = ?");
            select.setLong(1, stream);
            select.setString(2, producer);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? new Producer.State(rows.getLong(1), rows.getLong(2)) : null;
            }
        });
    }

    void putProducer(Connection connection, long stream, String producer, Producer.State state) {
        sql(() -> {
            PreparedStatement replace =
                    statement(connection, "REPLACE INTO producer VALUES (?, ?, ?, ?)");
            replace.setLong(1, stream);
            replace.setString(2, producer);
            replace.setLong(3, state.epoch());
            replace.setLong(4, state.lastSeq());
            return replace.executeUpdate();
        });
    }

    // ----

    private static boolean isThere(PreparedStatement select, long id) throws SQLException {
        select.setLong(1, id);
        try (ResultSet rows = select.executeQuery()) {
            return rows.next();
        }
    }

    private static @Nullable Served one(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? served(rows) : null;
        }
    }

    private static Served served(ResultSet row) throws SQLException {
        Lifetime lifetime = new Lifetime.Unlimited();
        Long ttl = number(row, 5);
        Long expires = number(row, 6);
        if (ttl != null) {
            lifetime = new Lifetime.Idle(ttl);
        } else if (expires != null) {
            lifetime = new Lifetime.Until(Instant.ofEpochMilli(expires));
        }
        Long source = number(row, 10);
        Served.Fork fork =
                source == null
                        ? null
                        : new Served.Fork(
                                source,
                                StreamName.of(row.getString(18)),
                                row.getLong(11),
                                number(row, 12),
                                row.getLong(13));
        String closer = row.getString(15);
        return new Served(
                row.getLong(1),
                row.getString(2),
                StreamName.of(row.getString(3)),
                ContentType.of(row.getString(4)),
                lifetime,
                number(row, 7),
                Instant.ofEpochMilli(row.getLong(8)),
                row.getBoolean(9),
                fork,
                row.getString(14),
                closer == null ? null : new Producer(closer, row.getLong(16), row.getLong(17)));
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /// The writer's connection is another one after the disk failed.
    private PreparedStatement statement(Connection connection, String sql) throws SQLException {
        if (!connection.equals(prepared)) {
            statements.clear();
            prepared = connection;
        }
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    @FunctionalInterface
    private interface Sql<R extends @Nullable Object> {
        R run() throws SQLException;
    }

    private static <R extends @Nullable Object> R sql(Sql<R> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw new StreamException(
                    Kind.IO,
                    "the tables of served streams failed: " + e.getMessage(),
                    "check the disk; nothing of this request was done",
                    true,
                    e);
        }
    }
}
