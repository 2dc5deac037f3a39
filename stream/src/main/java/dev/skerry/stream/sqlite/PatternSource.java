package dev.skerry.stream.sqlite;

import dev.skerry.stream.ChunkReader;
import dev.skerry.stream.Event;
import dev.skerry.stream.Limits;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.Watch;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// All streams of a pattern, for one follower, in the order in which the database took them. Its cursor is the position
/// of the next chunk; a page holds whole chunks.
final class PatternSource extends Source {

    private final StreamPattern streams;

    PatternSource(SqliteDatabase database, StreamPattern streams, String follower) {
        super(database, streams.value(), true, follower);
        this.streams = streams;
    }

    @Override
    long start() {
        return 0;
    }

    @Override
    long end() {
        return database.nextPosition();
    }

    @Override
    long droppedUpTo(SqliteTransaction tx) {
        return tx.stored().stream()
                .filter(stream -> streams.matches(stream.name))
                .mapToLong(stream -> stream.droppedPosition)
                .max()
                .orElse(0);
    }

    @Override
    Read page(long cursor, long end, int eventsMax) {
        return database.reading(connection -> page(connection, cursor, end, eventsMax));
    }

    private Read page(Statements connection, long cursor, long end, int eventsMax)
            throws SQLException {
        PreparedStatement select =
                connection.statement(
                        "SELECT c.position, c.stream, c.first_offset, c.next_offset, c.appended_at,"
                                + " c.checksum_before, c.bytes_through, c.packed_from, c.data, s.name"
                                + " FROM chunk c JOIN stream s ON s.id = c.stream WHERE c.position >= ?"
                                + " AND c.position < ?"
                                + " ORDER BY c.position");
        select.setLong(1, cursor);
        select.setLong(2, end);
        List<Event> events = new ArrayList<>();
        long next = cursor;
        long bytes = 0;
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (events.size() >= eventsMax || bytes >= Limits.PAGE_BYTES_MAX) {
                    return new Read.Page(events, next, false);
                }
                String name = rows.getString(10);
                if (streams.matches(name)) {
                    StoredChunk chunk = StoredChunk.read(rows);
                    StreamName stream = StreamName.of(name);
                    ChunkReader reader = chunk.reader();
                    while (reader.nextFrom(0)) {
                        events.add(reader.event(stream));
                    }
                    bytes += chunk.bytes().length();
                }
                next = rows.getLong(1) + 1;
            }
        }
        // Positions of other streams, and of what has been dropped, are passed too.
        return new Read.Page(events, Math.max(next, end), true);
    }

    @Override
    public Watch watch(Runnable onNews) {
        return database.watch(streams, onNews);
    }
}
