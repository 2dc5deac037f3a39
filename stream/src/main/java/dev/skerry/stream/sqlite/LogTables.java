package dev.skerry.stream.sqlite;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.Compressor.Compressed;
import dev.skerry.stream.Event;
import dev.skerry.stream.Following;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.Transaction.Parked;
import dev.skerry.stream.Transaction.Resolution;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All SQL of the write connection. For the writer alone.
final class LogTables implements AutoCloseable {

    private static final String FOLLOWERS =
            "SELECT follower, reads, pattern, passed, missed_up_to FROM follower";

    private final Statements statements;
    private final ChunkPacker packer;

    LogTables(Connection connection, ChunkPacker packer) {
        this.packer = packer;
        this.statements = new Statements(connection);
    }

    Connection connection() {
        return statements.connection();
    }

    Statements statements() {
        return statements;
    }

    /// Runs a statement that stays prepared.
    void run(String sql) throws SQLException {
        statement(sql).execute();
    }

    // ---- streams

    long insertStream(StreamName name, StreamSettings settings, long offset, Checksum checksum)
            throws SQLException {
        PreparedStatement insert =
                statement(
                        "INSERT INTO stream (name, compacted, keep_for_ms, keep_bytes_max,"
                                + " wait_for_followers, start_offset, tail, checksum, bytes_through)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0) RETURNING id");
        insert.setString(1, name.value());
        bindSettings(insert, 2, settings);
        insert.setLong(6, offset);
        insert.setLong(7, offset);
        insert.setBytes(8, checksum.bytes());
        try (ResultSet rows = insert.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    void updateStream(StoredStream stream) throws SQLException {
        PreparedStatement update =
                statement(
                        "UPDATE stream SET compacted = ?, keep_for_ms = ?, keep_bytes_max = ?,"
                                + " wait_for_followers = ?, start_offset = ?, tail = ?, checksum = ?,"
                                + " bytes_through = ?, dropped_offset = ?, dropped_position = ? WHERE id = ?");
        bindSettings(update, 1, stream.settings);
        update.setLong(5, stream.start);
        update.setLong(6, stream.tail);
        update.setBytes(7, stream.checksum.bytes());
        update.setLong(8, stream.bytesThrough);
        update.setLong(9, stream.droppedOffset);
        update.setLong(10, stream.droppedPosition);
        update.setLong(11, stream.id);
        update.executeUpdate();
    }

    void deleteStream(long stream) throws SQLException {
        for (String table : List.of("chunk", "newest", "superseded")) {
            update("DELETE FROM " + table + " WHERE stream = ?", stream);
        }
        update("DELETE FROM stream WHERE id = ?", stream);
    }

    List<StoredStream> streams() throws SQLException {
        PreparedStatement select =
                statement(
                        """
                        SELECT s.id, s.name, s.compacted, s.keep_for_ms, s.keep_bytes_max, s.wait_for_followers,
                          s.start_offset, s.tail, s.checksum, s.bytes_through,
                          last.next_offset, last.checksum_after, last.bytes_through,
                          first.bytes_through - length(first.data), s.dropped_offset, s.dropped_position
                        FROM stream s
                        LEFT JOIN chunk last ON last.stream = s.id AND last.first_offset =
                          (SELECT max(first_offset) FROM chunk WHERE stream = s.id)
                        LEFT JOIN chunk first ON first.stream = s.id AND first.first_offset =
                          (SELECT min(first_offset) FROM chunk WHERE stream = s.id)\
                        """);
        List<StoredStream> streams = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                streams.add(readStream(rows));
            }
        }
        for (StoredStream stream : streams) {
            if (stream.settings.compacted()) {
                // Chunks of a compacted stream shrink, so what is left has to be counted.
                stream.bytesBefore =
                        stream.bytesThrough
                                - number(
                                        "SELECT coalesce(sum(length(data)), 0) FROM chunk WHERE"
                                                + " stream = ?",
                                        stream.id);
            }
            stream.publish();
        }
        return streams;
    }

    private static StoredStream readStream(ResultSet rows) throws SQLException {
        long keepForMs = rows.getLong(4);
        Duration keepFor = rows.wasNull() ? null : Duration.ofMillis(keepForMs);
        StreamSettings settings =
                new StreamSettings(
                        rows.getBoolean(3), keepFor, rows.getLong(5), rows.getBoolean(6));
        StoredStream stream =
                new StoredStream(
                        rows.getLong(1),
                        StreamName.of(rows.getString(2)),
                        settings,
                        rows.getLong(8),
                        Checksum.read(rows.getBytes(9), 0));
        stream.start = rows.getLong(7);
        stream.bytesThrough = rows.getLong(10);
        stream.bytesBefore = stream.bytesThrough;
        stream.droppedOffset = rows.getLong(15);
        stream.droppedPosition = rows.getLong(16);
        byte[] checksumAfter = rows.getBytes(12);
        if (checksumAfter != null) {
            stream.bytesBefore = rows.getLong(14);
            if (rows.getLong(11) >= stream.tail) {
                stream.tail = rows.getLong(11);
                stream.checksum = Checksum.read(checksumAfter, 0);
                stream.bytesThrough = rows.getLong(13);
            }
        }
        return stream;
    }

    private static void bindSettings(PreparedStatement to, int at, StreamSettings settings)
            throws SQLException {
        to.setInt(at, settings.compacted() ? 1 : 0);
        Duration keepFor = settings.keepFor();
        if (keepFor == null) {
            to.setNull(at + 1, Types.INTEGER);
        } else {
            to.setLong(at + 1, keepFor.toMillis());
        }
        to.setLong(at + 2, settings.keepBytesMax());
        to.setInt(at + 3, settings.waitForFollowers() ? 1 : 0);
    }

    // ---- chunks

    /// @return how many bytes it takes
    int insertChunk(long position, StoredStream stream, StoredStream.Pending pending, Instant now)
            throws SQLException {
        PreparedStatement insert =
                statement(
                        "INSERT INTO chunk (position, stream, first_offset, next_offset, appended_at,"
                                + " checksum_before, checksum_after, bytes_through, packed_from, data)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        Compressed packed =
                pending.packed != null
                        ? pending.packed.join()
                        : packer.pack(requireNonNull(pending.open).bytes());
        insert.setLong(1, position);
        insert.setLong(2, stream.id);
        insert.setLong(3, pending.firstOffset);
        insert.setLong(4, pending.nextOffset);
        insert.setLong(5, now.toEpochMilli());
        insert.setBytes(6, pending.before.bytes());
        insert.setBytes(7, pending.after.bytes());
        insert.setLong(8, stream.bytesThrough + packed.data().length());
        insert.setInt(9, packed.packedFrom());
        insert.setBytes(10, packed.data().array());
        insert.executeUpdate();
        return packed.data().length();
    }

    /// The chunk that begins at, or spans, an offset; else the next one; null if there is none.
    @Nullable StoredChunk chunkAt(long stream, long offset) throws SQLException {
        PreparedStatement select = statement(StoredChunk.FROM_OFFSET);
        select.setLong(1, stream);
        select.setLong(2, offset);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                StoredChunk chunk = StoredChunk.read(rows);
                if (chunk.nextOffset() > offset) {
                    return chunk;
                }
            }
            return null;
        }
    }

    /// Replaces what a chunk holds.
    ///
    /// @return how many bytes it takes now
    int rewriteChunk(StoredChunk chunk, Bytes bytes) throws SQLException {
        PreparedStatement update =
                statement("UPDATE chunk SET packed_from = ?, data = ? WHERE position = ?");
        Compressed packed = packer.pack(bytes);
        update.setInt(1, packed.packedFrom());
        update.setBytes(2, packed.data().array());
        update.setLong(3, chunk.position());
        update.executeUpdate();
        return packed.data().length();
    }

    void deleteChunk(long position) throws SQLException {
        update("DELETE FROM chunk WHERE position = ?", position);
    }

    long nextPosition() throws SQLException {
        return number(
                "SELECT max((SELECT position FROM next_position),"
                        + " (SELECT coalesce(max(position), 0) + 1 FROM chunk))");
    }

    void keepNextPosition(long position) throws SQLException {
        update("UPDATE next_position SET position = ?", position);
    }

    // ---- keys

    OptionalLong newest(long stream, String key) throws SQLException {
        PreparedStatement select =
                statement("SELECT offset FROM newest WHERE stream = ? AND key = ?");
        select.setLong(1, stream);
        select.setString(2, key);
        return optional(select);
    }

    void putNewest(long stream, String key, long offset, boolean deletion, Instant now)
            throws SQLException {
        PreparedStatement put = statement("REPLACE INTO newest VALUES (?, ?, ?, ?, ?)");
        put.setLong(1, stream);
        put.setString(2, key);
        put.setLong(3, offset);
        put.setInt(4, deletion ? 1 : 0);
        put.setLong(5, now.toEpochMilli());
        put.executeUpdate();
    }

    void supersede(long stream, long offset) throws SQLException {
        update("INSERT OR IGNORE INTO superseded VALUES (?, ?)", stream, offset);
    }

    /// The lowest superseded event of any stream, as stream and offset; null if there is none.
    long @Nullable [] firstSuperseded() throws SQLException {
        try (ResultSet rows =
                statement("SELECT stream, offset FROM superseded ORDER BY stream, offset LIMIT 1")
                        .executeQuery()) {
            return rows.next() ? new long[] {rows.getLong(1), rows.getLong(2)} : null;
        }
    }

    List<Long> superseded(long stream, long from, long to) throws SQLException {
        return numbers(
                "SELECT offset FROM superseded WHERE stream = ? AND offset >= ? AND offset < ?"
                        + " ORDER BY offset",
                stream,
                from,
                to);
    }

    void forgetSuperseded(long stream, long from, long to) throws SQLException {
        update(
                "DELETE FROM superseded WHERE stream = ? AND offset >= ? AND offset < ?",
                stream,
                from,
                to);
    }

    /// Of the lowest so many deletions below an offset, the offsets of those that are older than a time, lowest first. What is
    /// appended later is younger: if none of these is old, no other is, or a clock was put back and it is dropped later.
    List<Long> deletions(long stream, long below, Instant olderThan, int max) throws SQLException {
        return numbers(
                "SELECT offset FROM (SELECT offset, appended_at FROM newest"
                        + " WHERE stream = ? AND deletion = 1 AND offset < ? ORDER BY offset LIMIT ?)"
                        + " WHERE appended_at < ? ORDER BY offset",
                stream,
                below,
                max,
                olderThan.toEpochMilli());
    }

    /// A deletion whose time is over is superseded by nothing.
    void supersedeDeletion(long stream, long offset) throws SQLException {
        supersede(stream, offset);
        update(
                "DELETE FROM newest WHERE stream = ? AND deletion = 1 AND offset = ?",
                stream,
                offset);
    }

    /// The name of a stream that exists.
    StreamName nameOf(long stream) throws SQLException {
        PreparedStatement select = statement("SELECT name FROM stream WHERE id = ?");
        select.setLong(1, stream);
        try (ResultSet rows = select.executeQuery()) {
            rows.next();
            return StreamName.of(rows.getString(1));
        }
    }

    /// The position of a stream's last chunk; empty if it has none.
    OptionalLong lastPosition(long stream) throws SQLException {
        PreparedStatement select = statement("SELECT max(position) FROM chunk WHERE stream = ?");
        select.setLong(1, stream);
        return optional(select);
    }

    /// The lowest offset of a stream that a reader of positions has not passed.
    OptionalLong firstOffsetFrom(long stream, long position) throws SQLException {
        PreparedStatement select =
                statement("SELECT min(first_offset) FROM chunk WHERE stream = ? AND position >= ?");
        select.setLong(1, stream);
        select.setLong(2, position);
        return optional(select);
    }

    // ---- followers

    OptionalLong cursor(String follower) throws SQLException {
        return cursor(statements, follower);
    }

    static OptionalLong cursor(Statements reading, String follower) throws SQLException {
        PreparedStatement select =
                reading.statement("SELECT cursor FROM cursor WHERE follower = ?");
        select.setString(1, follower);
        return optional(select);
    }

    /// All of them, by their followers.
    static Map<String, Long> cursors(Statements reading) throws SQLException {
        Map<String, Long> all = new TreeMap<>();
        try (ResultSet rows =
                reading.statement("SELECT follower, cursor FROM cursor").executeQuery()) {
            while (rows.next()) {
                all.put(rows.getString(1), rows.getLong(2));
            }
        }
        return all;
    }

    void putCursor(String follower, long cursor) throws SQLException {
        PreparedStatement put = statement("REPLACE INTO cursor VALUES (?, ?)");
        put.setString(1, follower);
        put.setLong(2, cursor);
        put.executeUpdate();
    }

    List<Following> followers() throws SQLException {
        return followers(statement(FOLLOWERS + " ORDER BY follower, reads"));
    }

    @Nullable Following follower(String follower, String reads) throws SQLException {
        return follower(statements, follower, reads);
    }

    /// The same on any connection.
    static List<Following> followers(Statements connection) throws SQLException {
        return followers(connection.statement(FOLLOWERS + " ORDER BY follower, reads"));
    }

    /// The same on any connection.
    static @Nullable Following follower(Statements connection, String follower, String reads)
            throws SQLException {
        PreparedStatement select =
                connection.statement(FOLLOWERS + " WHERE follower = ? AND reads = ?");
        select.setString(1, follower);
        select.setString(2, reads);
        List<Following> found = followers(select);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static List<Following> followers(PreparedStatement select) throws SQLException {
        List<Following> followers = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                followers.add(
                        new Following(
                                rows.getString(1),
                                rows.getString(2),
                                rows.getBoolean(3),
                                rows.getLong(4),
                                rows.getLong(5)));
            }
        }
        return followers;
    }

    void putFollower(Following follower) throws SQLException {
        PreparedStatement put = statement("REPLACE INTO follower VALUES (?, ?, ?, ?, ?)");
        put.setString(1, follower.follower());
        put.setString(2, follower.reads());
        put.setInt(3, follower.pattern() ? 1 : 0);
        put.setLong(4, follower.passed());
        put.setLong(5, follower.missedUpTo());
        put.executeUpdate();
    }

    void deleteFollower(String follower) throws SQLException {
        PreparedStatement delete = statement("DELETE FROM follower WHERE follower = ?");
        delete.setString(1, follower);
        delete.executeUpdate();
    }

    // ---- parked events

    void park(String follower, Event event, String error, Instant at) throws SQLException {
        PreparedStatement insert =
                statement(
                        "INSERT INTO parked (follower, stream, offset, key, deletion, payload, error,"
                                + " parked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        insert.setString(1, follower);
        insert.setString(2, event.stream().value());
        insert.setLong(3, event.offset());
        insert.setString(4, event.key());
        insert.setInt(5, event.deletion() ? 1 : 0);
        insert.setBytes(6, event.payload().copy());
        insert.setString(7, error);
        insert.setLong(8, at.toEpochMilli());
        insert.executeUpdate();
    }

    boolean parked(String follower, @Nullable String key) throws SQLException {
        PreparedStatement select =
                statement(
                        "SELECT 1 FROM parked WHERE follower = ? AND key IS ? AND resolution IS NULL"
                                + " LIMIT 1");
        select.setString(1, follower);
        select.setString(2, key);
        return optional(select).isPresent();
    }

    List<Parked> parked(String follower) throws SQLException {
        PreparedStatement select =
                statement(
                        "SELECT id, stream, offset, key, deletion, payload, error, parked_at"
                                + " FROM parked WHERE follower = ? AND resolution IS NULL ORDER BY id");
        select.setString(1, follower);
        List<Parked> parked = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Event event =
                        new Event(
                                StreamName.of(rows.getString(2)),
                                rows.getLong(3),
                                rows.getString(4),
                                rows.getBoolean(5),
                                Bytes.of(rows.getBytes(6)));
                parked.add(
                        new Parked(
                                rows.getLong(1),
                                follower,
                                event,
                                rows.getString(7),
                                Instant.ofEpochMilli(rows.getLong(8))));
            }
        }
        return parked;
    }

    boolean resolve(long id, Resolution resolution, String who, String why, Instant at)
            throws SQLException {
        PreparedStatement update =
                statement(
                        "UPDATE parked SET resolution = ?, resolved_by = ?, resolved_why = ?,"
                                + " resolved_at = ? WHERE id = ? AND resolution IS NULL");
        update.setString(1, resolution.name());
        update.setString(2, who);
        update.setString(3, why);
        update.setLong(4, at.toEpochMilli());
        update.setLong(5, id);
        return update.executeUpdate() == 1;
    }

    // ---- plumbing

    private PreparedStatement statement(String sql) throws SQLException {
        return statements.statement(sql);
    }

    private void update(String sql, long... values) throws SQLException {
        PreparedStatement update = statement(sql);
        bind(update, values);
        update.executeUpdate();
    }

    private long number(String sql, long... values) throws SQLException {
        return numbers(sql, values).getFirst();
    }

    private List<Long> numbers(String sql, long... values) throws SQLException {
        PreparedStatement select = statement(sql);
        bind(select, values);
        List<Long> numbers = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
        }
        return numbers;
    }

    private static void bind(PreparedStatement statement, long... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setLong(i + 1, values[i]);
        }
    }

    private static OptionalLong optional(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            if (!rows.next()) {
                return OptionalLong.empty();
            }
            long value = rows.getLong(1);
            return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
        }
    }

    @Override
    public void close() throws SQLException {
        statements.close();
    }
}
