package dev.skerry.stream.sqlite;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Checksum;
import dev.skerry.stream.Checksums;
import dev.skerry.stream.ChunkBuilder;
import dev.skerry.stream.ChunkReader;
import dev.skerry.stream.Following;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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
        for (StreamInfo stream : database.all()) {
            StreamSettings settings = stream.settings();
            boolean more =
                    settings.compacted()
                            ? dropDeletions(stream.name())
                            : (settings.keepFor() != null || settings.keepBytesMax() > 0)
                                    && dropOld(stream.name());
            if (more) {
                return true;
            }
        }
        return compactOneChunk();
    }

    // ---- compaction

    /// Deletions that everybody has seen are no longer the newest of anything.
    private boolean dropDeletions(StreamName name) {
        return piece(tx -> {
            StoredStream stream = tx.stored(name);
            if (stream == null) {
                return false;
            }
            LogTables tables = tx.tables();
            Instant olderThan = tx.clock().instant().minus(deletionsKeptFor);
            long below = passedOffset(tables, stream, stream.pendingFrom());
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
            StoredStream stream = requireNonNull(tx.stored(tables.nameOf(first[0])));
            if (first[1] >= stream.pendingFrom()) {
                // Appended by a neighbour in this very commit: it is not in the file yet.
                return true;
            }
            StoredChunk chunk = tables.chunkAt(stream.id, first[1]);
            if (chunk == null || chunk.firstOffset() > first[1]) {
                tables.forgetSuperseded(stream.id, first[1], first[1] + 1);
                return true;
            }
            List<Long> superseded =
                    tables.superseded(stream.id, chunk.firstOffset(), chunk.nextOffset());
            ChunkBuilder rest = without(chunk, Set.copyOf(superseded));
            tx.change(stream);
            if (rest.events() > 0) {
                stream.bytesBefore +=
                        chunk.storedBytes() - tables.rewriteChunk(chunk, rest.bytes());
            } else {
                stream.bytesBefore += chunk.storedBytes();
                // It may have been the last: the stream's row must know the tail from now on.
                tables.updateStream(stream);
                tables.deleteChunk(chunk.position());
                tables.keepNextPosition(tx.nextPosition());
            }
            tables.forgetSuperseded(stream.id, chunk.firstOffset(), chunk.nextOffset());
            return true;
        });
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

    private boolean dropOld(StreamName name) {
        return piece(tx -> {
            StoredStream stream = tx.stored(name);
            if (stream == null) {
                return false;
            }
            LogTables tables = tx.tables();
            boolean waits = stream.settings.waitForFollowers();
            long below = waits ? passedOffset(tables, stream, stream.start) : stream.pendingFrom();
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
    private static void dropped(
            SqliteTransaction tx, StoredStream stream, long offsetAfter, long positionAfter)
            throws SQLException {
        tx.change(stream);
        stream.droppedOffset = Math.max(stream.droppedOffset, offsetAfter);
        stream.droppedPosition = Math.max(stream.droppedPosition, positionAfter);
        for (Following following : following(tx.tables(), stream)) {
            Following after = following.dropped(following.pattern() ? positionAfter : offsetAfter);
            if (!after.equals(following)) {
                tx.put(after);
            }
        }
    }

    /// The offset before which every follower that covers the stream has passed.
    ///
    /// @param ifNone the answer where no follower is known
    private static long passedOffset(LogTables tables, StoredStream stream, long ifNone)
            throws SQLException {
        List<Following> covering = following(tables, stream);
        long passed = covering.isEmpty() ? ifNone : stream.pendingFrom();
        for (Following following : covering) {
            long offset =
                    following.pattern()
                            ? tables.firstOffsetFrom(stream.id, following.passed())
                                    .orElse(stream.pendingFrom())
                            : following.passed();
            passed = Math.min(passed, offset);
        }
        return passed;
    }

    private static List<Following> following(LogTables tables, StoredStream stream)
            throws SQLException {
        return tables.followers().stream().filter(known -> known.covers(stream.name)).toList();
    }

    // ---- plumbing

    @FunctionalInterface
    private interface Piece {
        boolean run(SqliteTransaction tx) throws SQLException;
    }

    private boolean piece(Piece piece) {
        return database.write(tx -> tx.value(() -> piece.run(tx)));
    }
}
