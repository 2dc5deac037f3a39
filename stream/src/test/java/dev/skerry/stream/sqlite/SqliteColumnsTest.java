package dev.skerry.stream.sqlite;

import static dev.skerry.stream.sqlite.SqliteFolder.ORDERS;
import static dev.skerry.stream.sqlite.SqliteFolder.append;
import static dev.skerry.stream.sqlite.SqliteFolder.execute;
import static dev.skerry.stream.sqlite.SqliteFolder.texts;
import static dev.skerry.stream.sqlite.SqliteFolder.upkeepUntilDone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Chunk;
import dev.skerry.stream.Copied;
import dev.skerry.stream.Event;
import dev.skerry.stream.MovableClock;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.Streams.Copy;
import dev.skerry.stream.columns.Columns;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A chunk in columns is stored as it came, and is a chunk like any other.
class SqliteColumnsTest {

    private static final StreamName MIRROR = StreamName.of("mirror");
    private static final int EVENTS = 3000;

    @TempDir Path path;

    private SqliteFolder folder;
    private SqliteDatabase database;

    @BeforeEach
    void open() {
        folder = new SqliteFolder(path, new MovableClock());
        database = folder.open("a.db");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static NewEvent sale(int number, String key) {
        String text = "{\"sale\":%d,\"till\":%d,\"of\":\"a shop\"}".formatted(number, number % 7);
        return key.isEmpty() ? NewEvent.of(text) : NewEvent.keyed(key, Bytes.of(text));
    }

    private void appendSales(StreamSettings settings, int keys) {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(sale(i, keys == 0 ? "" : "key " + i % keys));
        }
        database.write(tx -> {
            tx.open(ORDERS, settings);
            return tx.append(ORDERS, events);
        });
    }

    private List<Chunk> chunks(StreamName stream, long offset) {
        return ((Copy.Chunks) database.copy(stream, offset, 1 << 20)).chunks();
    }

    /// What a peer sends of the orders.
    private List<Chunk> sent() {
        try (Columns columns = new Columns()) {
            return chunks(ORDERS, 0).stream()
                    .map(chunk ->
                            new Chunk(
                                    chunk.first(),
                                    chunk.next(),
                                    chunk.before(),
                                    chunk.after(),
                                    chunk.packedFrom(),
                                    columns.encode(chunk.entries(), chunk.data().length())
                                            .orElseThrow()))
                    .toList();
        }
    }

    private void mirror(StreamSettings settings) {
        List<Copied> proven =
                sent().stream().map(chunk -> Copied.of(chunk, Columns.entries(chunk))).toList();
        database.write(tx -> {
            tx.open(MIRROR, settings);
            proven.forEach(run -> tx.append(MIRROR, run));
            return null;
        });
    }

    private List<Event> read(StreamName stream, long offset, int eventsMax) {
        return ((Read.Page) database.read(stream, offset, eventsMax, Long.MAX_VALUE)).events();
    }

    @Test
    void it_is_stored_as_it_came_and_handed_out_so() {
        appendSales(StreamSettings.keepAll(), 0);
        mirror(StreamSettings.keepAll());
        List<Chunk> stored = chunks(MIRROR, 0);
        assertEquals(sent(), stored);
        assertTrue(stored.stream().allMatch(Chunk::inColumns));
        assertTrue(chunks(ORDERS, 0).stream().noneMatch(Chunk::inColumns));
    }

    @Test
    void it_is_read_from_any_offset_on() {
        appendSales(StreamSettings.keepAll(), 0);
        mirror(StreamSettings.keepAll());
        assertEquals(texts(database, ORDERS), texts(database, MIRROR));
        for (long offset : new long[] {1, 17, EVENTS - 1}) {
            assertEquals(
                    read(ORDERS, offset, 5).stream().map(Event::content).toList(),
                    read(MIRROR, offset, 5).stream().map(Event::content).toList());
            assertEquals(database.checksum(ORDERS, offset), database.checksum(MIRROR, offset));
            Chunk cut = chunks(MIRROR, offset).getFirst();
            assertEquals(0, cut.packedFrom());
            assertEquals(chunks(ORDERS, offset).getFirst(), cut);
        }
    }

    @Test
    void events_are_compacted_out_of_it() {
        appendSales(StreamSettings.compactedByKey(), 10);
        mirror(StreamSettings.compactedByKey());
        upkeepUntilDone(database);
        assertEquals(10, texts(database, MIRROR).size());
        assertEquals(texts(database, ORDERS), texts(database, MIRROR));
    }

    @Test
    void damage_in_it_is_the_databases() {
        appendSales(StreamSettings.keepAll(), 0);
        mirror(StreamSettings.keepAll());
        database.write(tx -> {
            execute(
                    tx,
                    "UPDATE chunk SET data = substr(data, 1, 100) WHERE substr(data, 1, 1) = x'01'");
            return null;
        });
        StreamException damaged =
                assertThrows(StreamException.class, () -> read(MIRROR, 0, EVENTS));
        assertEquals(Kind.CORRUPT, damaged.kind());
        assertTrue(database.damage().isPresent());
    }

    @Test
    void a_file_from_before_there_were_columns_is_read_and_written_on() throws Exception {
        appendSales(StreamSettings.keepAll(), 0);
        List<String> before = texts(database, ORDERS);
        database.close();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + path.resolve("a.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE chunk RENAME COLUMN packed_from TO zstd_from");
            statement.execute("UPDATE schema_version SET version = 1 WHERE component = 'stream'");
        }
        database = folder.open("a.db");
        assertEquals(before, texts(database, ORDERS));
        mirror(StreamSettings.keepAll());
        append(database, MIRROR, "one more");
        assertEquals(EVENTS + 1, texts(database, MIRROR).size());
        assertEquals(before, texts(database, MIRROR).subList(0, EVENTS));
    }
}
