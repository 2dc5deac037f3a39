package dev.skerry.stream.sqlite;

import dev.skerry.stream.Checksum;
import dev.skerry.stream.Checksums;
import dev.skerry.stream.ChunkBuilder;
import dev.skerry.stream.ChunkReader;
import dev.skerry.stream.Following;
import dev.skerry.stream.NewEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Compaction and retention, a bounded piece at a time, on the writer between other work.
final class Upkeep {

    /// The most deletions, or chunks, that one piece takes.
    private static final int PIECE_MAX = 200;

    private final SqliteDatabase database;
    private final Duration deletionsKeptFor;

    Upkeep(SqliteDatabase database, Duration deletionsKeptFor) {
        this.database = database;
        this.deletionsKeptFor = deletionsKeptFor;
    }

    /// @return whether there may be more to do now
    boolean step() {
        for (StoredStream stream : database.streams()) {
            if (stream.settings.compacted() ? dropDeletions(stream) : dropOld(stream)) {
                return true;
            }
        }
        return compactOneChunk();
    }

    // ---- compaction

    /// Deletions that everybody has seen are no longer the newest of anything.
    private boolean dropDeletions(StoredStream stream) {
        return piece(tx -> {
            if (!tx.exists(stream.name)) {
                return false;
            }
            LogTables tables = tx.tables();
            Instant olderThan = tx.clock().instant().minus(deletionsKeptFor);
            long below = passedOffset(tables, stream, stream.tail);
            List<Long> offsets = tables.deletions(stream.id, below, olderThan, PIECE_MAX);
            for (long offset : offsets) {
                tables.supersedeDeletion(stream.id, offset);
                StoredChunk chunk = tables.chunkAt(stream.id, offset);
                dropped(tx, stream, offset + 1, chunk == null ? 0 : chunk.position() + 1);
            }
            if (!offsets.isEmpty()) {
                tables.updateStream(stream);
            }
            return offsets.size() == PIECE_MAX;
        });
    }

    /// Takes superseded events out of the chunk in which the first of them stands.
    private boolean compactOneChunk() {
        return piece(tx -> {
            LogTables tables = tx.tables();
            long[] first = tables.firstSuperseded();
            if (first == null) {
                return false;
            }
            StoredChunk chunk = tables.chunkAt(first[0], first[1]);
            if (chunk == null || chunk.firstOffset() > first[1]) {
                tables.forgetSuperseded(first[0], first[1], first[1] + 1);
                return true;
            }
            Set<Long> superseded =
                    new HashSet<>(
                            tables.superseded(
                                    chunk.stream(), chunk.firstOffset(), chunk.nextOffset()));
            ChunkBuilder rest = without(chunk, superseded);
            if (rest.events() > 0) {
                tables.rewriteChunk(chunk, rest.bytes());
            } else {
                removeChunk(tx, chunk);
            }
            tables.forgetSuperseded(chunk.stream(), chunk.firstOffset(), chunk.nextOffset());
            return true;
        });
    }

    private void removeChunk(SqliteTransaction tx, StoredChunk chunk) throws SQLException {
        LogTables tables = tx.tables();
        StoredStream stream = database.stream(chunk.stream());
        if (stream != null) {
            // The chunk may have been the last: its stream's row must know the tail from now on.
            tables.updateStream(stream);
        }
        tables.deleteChunk(chunk.position());
        tables.keepNextPosition(tx.nextPosition());
    }

    private static ChunkBuilder without(StoredChunk chunk, Set<Long> superseded) {
        Checksums checksums = new Checksums();
        ChunkBuilder rest = new ChunkBuilder();
        Checksum checksum = chunk.before();
        long gap = 0;
        ChunkReader reader = chunk.reader();
        while (reader.next()) {
            boolean dropped = reader.gap() || superseded.contains(reader.offset());
            if (!dropped && gap > 0) {
                rest.gap(gap, checksum);
                gap = 0;
            }
            checksum = reader.checksum(checksum, checksums);
            if (dropped) {
                gap += reader.nextOffset() - reader.offset();
            } else {
                rest.event(new NewEvent(reader.key(), reader.deletion(), reader.payload()));
            }
        }
        if (gap > 0) {
            rest.gap(gap, checksum);
        }
        return rest;
    }

    // ---- retention

    private boolean dropOld(StoredStream stream) {
        if (stream.settings.keepFor() == null && stream.settings.keepBytesMax() == 0) {
            return false;
        }
        return piece(tx -> {
            if (!tx.exists(stream.name)) {
                return false;
            }
            LogTables tables = tx.tables();
            boolean waits = stream.settings.waitForFollowers();
            long below = waits ? passedOffset(tables, stream, stream.start) : stream.tail;
            int dropped = 0;
            while (dropped < PIECE_MAX) {
                StoredChunk oldest = tables.chunkAt(stream.id, stream.start);
                if (oldest == null
                        || oldest.nextOffset() > below
                        || !outlived(stream, oldest, tx.clock().instant())) {
                    break;
                }
                drop(tx, stream, oldest);
                dropped++;
            }
            if (dropped > 0) {
                tables.updateStream(stream);
                tables.keepNextPosition(tx.nextPosition());
            }
            return dropped == PIECE_MAX;
        });
    }

    private static boolean outlived(StoredStream stream, StoredChunk chunk, Instant now) {
        Duration keepFor = stream.settings.keepFor();
        long keepBytesMax = stream.settings.keepBytesMax();
        return (keepFor != null
                        && Instant.ofEpochMilli(chunk.appendedAtMs()).plus(keepFor).isBefore(now))
                || (keepBytesMax > 0 && stream.bytesThrough - stream.bytesBefore > keepBytesMax);
    }

    private void drop(SqliteTransaction tx, StoredStream stream, StoredChunk oldest)
            throws SQLException {
        tx.change(stream);
        stream.start = oldest.nextOffset();
        stream.bytesBefore = oldest.bytesThrough();
        tx.tables().deleteChunk(oldest.position());
        dropped(tx, stream, oldest.nextOffset(), oldest.position() + 1);
    }

    /// Remembers what was dropped, and who has missed it.
    private void dropped(
            SqliteTransaction tx, StoredStream stream, long offsetAfter, long positionAfter) {
        tx.change(stream);
        stream.droppedOffset = Math.max(stream.droppedOffset, offsetAfter);
        stream.droppedPosition = Math.max(stream.droppedPosition, positionAfter);
        for (Following following : database.following(stream.name)) {
            Following after = following.dropped(following.pattern() ? positionAfter : offsetAfter);
            if (!after.equals(following)) {
                tx.put(after);
            }
        }
    }

    /// The offset before which every follower that covers the stream has passed.
    ///
    /// @param ifNone the answer where no follower is known
    private long passedOffset(LogTables tables, StoredStream stream, long ifNone)
            throws SQLException {
        List<Following> covering = database.following(stream.name);
        if (covering.isEmpty()) {
            return ifNone;
        }
        long passed = stream.tail;
        for (Following following : covering) {
            long offset =
                    following.pattern()
                            ? tables.firstOffsetFrom(stream.id, following.passed())
                                    .orElse(stream.tail)
                            : following.passed();
            passed = Math.min(passed, offset);
        }
        return passed;
    }

    // ---- plumbing

    @FunctionalInterface
    private interface Piece {
        boolean run(SqliteTransaction tx) throws SQLException;
    }

    private boolean piece(Piece piece) {
        return database.write(tx -> {
            try {
                return piece.run(tx);
            } catch (SQLException e) {
                throw tx.failed(e);
            }
        });
    }
}
