package dev.skerry.stream.sqlite;

import static dev.skerry.stream.sqlite.SqliteFolder.ORDERS;
import static dev.skerry.stream.sqlite.SqliteFolder.append;
import static dev.skerry.stream.sqlite.SqliteFolder.column;
import static dev.skerry.stream.sqlite.SqliteFolder.delete;
import static dev.skerry.stream.sqlite.SqliteFolder.execute;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Chunk;
import dev.skerry.stream.Copied;
import dev.skerry.stream.MovableClock;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.Streams.Copy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Copying is cheap: what is stored compressed is neither decompressed to be sent nor compressed again to be stored.
class SqliteCopyingTest {

    private static final StreamName MIRROR = StreamName.of("mirror");

    @TempDir Path path;

    private SqliteDatabase database;

    @BeforeEach
    void open() {
        database = new SqliteFolder(path, new MovableClock()).open("a.db");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<Chunk> chunks(long offset) {
        return ((Copy.Chunks) database.copy(ORDERS, offset, 1 << 20)).chunks();
    }

    private void mirror(List<Chunk> chunks) {
        database.write(tx -> {
            tx.open(MIRROR, StreamSettings.keepAll());
            for (Chunk chunk : chunks) {
                tx.append(MIRROR, Copied.of(chunk));
            }
            return null;
        });
    }

    private List<String> stored(StreamName stream) {
        return column(
                database,
                "SELECT first_offset || ' ' || next_offset || ' ' || hex(checksum_before)"
                        + " || hex(checksum_after) || ' ' || packed_from || ' ' || hex(data) FROM chunk"
                        + " WHERE stream = (SELECT id FROM stream WHERE name = '%s') ORDER BY first_offset"
                                .formatted(stream));
    }

    private void appendMany(int count) {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(NewEvent.of("an order like any other, number " + i));
        }
        database.write(tx -> {
            tx.open(ORDERS, StreamSettings.keepAll());
            return tx.append(ORDERS, events);
        });
    }

    @Test
    void compressed_chunks_are_stored_as_they_are_handed_out() {
        appendMany(10_000);
        List<Chunk> chunks = chunks(0);
        assertTrue(chunks.stream().allMatch(chunk -> chunk.packedFrom() > 0));
        mirror(chunks);
        assertEquals(stored(ORDERS), stored(MIRROR));
        assertEquals(
                database.find(ORDERS).orElseThrow().storedBytes(),
                database.find(MIRROR).orElseThrow().storedBytes());
    }

    @Test
    void small_runs_in_one_transaction_share_a_chunk() {
        for (int i = 0; i < 300; i++) {
            append(database, ORDERS, "an order like any other, number " + i);
        }
        List<Chunk> chunks = chunks(0);
        assertEquals(300, chunks.size());
        mirror(chunks.subList(0, 50));
        assertEquals(1, stored(MIRROR).size());
        mirror(chunks.subList(50, 300));
        List<String> stored = stored(MIRROR);
        assertEquals(2, stored.size());
        assertTrue(stored.getLast().length() < 3000, "is compressed like one batch");
    }

    @Test
    void a_chunk_that_must_be_cut_is_cut_and_no_other() {
        appendMany(10_000);
        List<Chunk> whole = chunks(0);
        List<Chunk> cut = chunks(17);
        assertEquals(0, cut.getFirst().packedFrom());
        assertEquals(whole.getFirst().next(), cut.getFirst().next());
        assertEquals(whole.subList(1, whole.size()), cut.subList(1, cut.size()));
    }

    @Test
    void a_stream_deleted_meanwhile_is_not_there() {
        append(database, ORDERS, "a");
        assertEquals(1, chunks(0).size());
        delete(database, ORDERS);
        assertEquals(Kind.NO_STREAM, assertThrows(StreamException.class, () -> chunks(0)).kind());
    }

    @Test
    void damage_that_a_cut_meets_is_the_databases() {
        appendMany(1000);
        database.write(tx -> {
            execute(tx, "UPDATE chunk SET data = zeroblob(100)");
            return null;
        });
        assertEquals(Kind.CORRUPT, assertThrows(StreamException.class, () -> chunks(17)).kind());
        assertTrue(database.damage().isPresent());
        Chunk whole = chunks(0).getFirst();
        assertEquals(
                Kind.PEER_FAULTY,
                assertThrows(StreamException.class, () -> Copied.of(whole)).kind());
    }
}
