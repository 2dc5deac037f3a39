package dev.skerry.stream.sqlite;

import static dev.skerry.stream.sqlite.SqliteFolder.NOTES;
import static dev.skerry.stream.sqlite.SqliteFolder.ORDERS;
import static dev.skerry.stream.sqlite.SqliteFolder.append;
import static dev.skerry.stream.sqlite.SqliteFolder.await;
import static dev.skerry.stream.sqlite.SqliteFolder.awaitParked;
import static dev.skerry.stream.sqlite.SqliteFolder.column;
import static dev.skerry.stream.sqlite.SqliteFolder.group;
import static dev.skerry.stream.sqlite.SqliteFolder.noise;
import static dev.skerry.stream.sqlite.SqliteFolder.note;
import static dev.skerry.stream.sqlite.SqliteFolder.notes;
import static dev.skerry.stream.sqlite.SqliteFolder.pagesMax;
import static dev.skerry.stream.sqlite.SqliteFolder.texts;
import static dev.skerry.stream.sqlite.SqliteFolder.upkeepUntilDone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.Checksums;
import dev.skerry.stream.Event;
import dev.skerry.stream.MovableClock;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only the SQLite database promises; what every database promises is in the contracts.
class SqliteDatabaseTest {

    @TempDir Path path;
    private final MovableClock clock = new MovableClock();
    private SqliteFolder folder;

    @BeforeEach
    void takeFolder() {
        folder = new SqliteFolder(path, clock);
    }

    // ---- what is there after a stop

    @Test
    void what_was_written_is_there_after_a_clean_stop_and_the_log_beside_it_is_empty() {
        StreamInfo before;
        try (SqliteDatabase database = folder.open("a.db")) {
            append(database, ORDERS, "one", "two", "three");
            before = database.find(ORDERS).orElseThrow();
        }
        assertFalse(Files.exists(folder.file("a.db-wal")), "a clean stop leaves one file");
        try (SqliteDatabase database = folder.open("a.db")) {
            assertEquals(List.of("one", "two", "three"), texts(database, ORDERS));
            assertEquals(Optional.of(before), database.find(ORDERS));
        }
    }

    @Test
    void what_was_written_is_there_after_a_power_cut() throws IOException {
        try (SqliteDatabase database = folder.open("a.db")) {
            append(database, ORDERS, "one", "two", "three");
            folder.copyAsAfterAPowerCut("a.db", "b.db");
        }
        try (SqliteDatabase database = folder.open("b.db")) {
            assertEquals(List.of("one", "two", "three"), texts(database, ORDERS));
        }
    }

    @Test
    void positions_and_offsets_are_not_used_again_after_a_stop() {
        try (SqliteDatabase database = folder.open("a.db")) {
            database.write(tx -> {
                tx.open(ORDERS, StreamSettings.compactedByKey());
                tx.append(ORDERS, NewEvent.keyed("a", Bytes.of("1")));
                return tx.append(ORDERS, NewEvent.deletion("a", Bytes.of("2")));
            });
            clock.move(Duration.ofDays(2));
            upkeepUntilDone(database);
            assertEquals(List.of(), texts(database, ORDERS));
        }
        try (SqliteDatabase database = folder.open("a.db")) {
            long offset =
                    database.write(tx -> tx.append(ORDERS, NewEvent.keyed("a", Bytes.of("3"))));
            assertEquals(2, offset);
            assertEquals(2, database.nextPosition() - 1, "the chunk took position 1, then 2");
        }
    }

    // ---- groups

    @Test
    void work_that_fails_undoes_its_own_and_leaves_its_neighbours_in_the_group_alone()
            throws Exception {
        try (SqliteDatabase database = folder.open("a.db", NOTES)) {
            append(database, ORDERS, "first");
            List<Runnable> works = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int number = i;
                works.add(() -> writeAndFailIfOdd(database, number));
            }
            List<Throwable> failed = group(database, works);

            assertEquals(20, failed.size());
            assertEquals(21, texts(database, ORDERS).size());
            assertTrue(texts(database, ORDERS).stream().noneMatch(text -> text.startsWith("odd")));
            assertEquals(20, notes(database).size());
            assertEquals(
                    database.find(ORDERS).orElseThrow().checksum(),
                    recomputed(database),
                    "the checksum is that of what is there");
        }
    }

    private static void writeAndFailIfOdd(SqliteDatabase database, int number) {
        database.write(tx -> {
            boolean odd = number % 2 == 1;
            tx.append(ORDERS, NewEvent.of((odd ? "odd " : "even ") + number));
            note(tx, "one");
            tx.append(ORDERS, List.of());
            if (odd) {
                throw new IllegalArgumentException("odd " + number);
            }
            return null;
        });
    }

    @Test
    void a_group_of_many_appends_to_one_stream_is_one_chunk() throws Exception {
        try (SqliteDatabase database = folder.open("a.db")) {
            append(database, ORDERS, "first");
            long before = database.nextPosition();
            Runnable next = () -> append(database, ORDERS, "next");
            assertEquals(List.of(), group(database, Collections.nCopies(30, next)));
            assertEquals(1, database.nextPosition() - before);
            assertEquals(31, texts(database, ORDERS).size());
        }
    }

    @Test
    void the_writer_refuses_work_that_calls_write_instead_of_waiting_for_itself() {
        try (SqliteDatabase database = folder.open("a.db")) {
            assertThrows(
                    IllegalStateException.class,
                    () -> database.write(tx -> database.write(inner -> 1)));
            assertTrue(database.<Boolean>write(tx -> true));
        }
    }

    @Test
    void a_caller_that_is_interrupted_still_learns_what_became_of_its_work() throws Exception {
        try (SqliteDatabase database = folder.open("a.db")) {
            append(database, ORDERS, "first");
            CountDownLatch release = new CountDownLatch(1);
            Thread holder = Thread.ofPlatform().start(() -> database.write(tx -> await(release)));
            awaitParked(holder);
            List<Object> outcome = Collections.synchronizedList(new ArrayList<>());
            Thread caller =
                    Thread.ofPlatform()
                            .start(() -> {
                                outcome.add(
                                        database.write(
                                                tx -> tx.append(ORDERS, NewEvent.of("mine"))));
                                outcome.add(Thread.currentThread().isInterrupted());
                            });
            awaitParked(caller);
            caller.interrupt();
            release.countDown();
            caller.join();
            holder.join();
            assertEquals(List.of(1L, true), outcome);
        }
    }

    @Test
    void a_sealed_database_holds_what_it_answered_and_takes_no_more() throws Exception {
        SqliteDatabase database = folder.open("a.db");
        append(database, ORDERS, "first");
        AtomicInteger answered = new AtomicInteger(1);
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            callers.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                for (boolean open = true; open; ) {
                                    try {
                                        append(database, ORDERS, "one more");
                                        answered.incrementAndGet();
                                    } catch (StreamException e) {
                                        open = e.kind() != Kind.CLOSED;
                                    }
                                }
                            }));
        }
        while (answered.get() < 100) {
            Thread.onSpinWait();
        }
        database.seal("another machine is the store", "join anew");
        long tail = database.find(ORDERS).orElseThrow().tail();
        for (Thread caller : callers) {
            caller.join();
        }
        assertEquals(tail, database.find(ORDERS).orElseThrow().tail());
        assertEquals(tail, answered.get());
        database.seal("again", "nothing to do");
        assertEquals(
                "another machine is the store (join anew)",
                assertThrows(StreamException.class, () -> append(database, ORDERS, "x"))
                        .getMessage());
        database.close();
    }

    @Test
    void a_closed_database_says_so() {
        SqliteDatabase database = folder.open("a.db");
        append(database, ORDERS, "one");
        database.close();
        assertEquals(
                Kind.CLOSED,
                assertThrows(StreamException.class, () -> database.write(tx -> 1)).kind());
        assertEquals(
                Kind.CLOSED,
                assertThrows(StreamException.class, () -> database.read(ORDERS, 0, 10, 1000))
                        .kind());
    }

    // ---- what the machine does to us

    @Test
    void a_full_disk_refuses_everybody_and_writing_goes_on_by_itself_once_there_is_space() {
        try (SqliteDatabase database = folder.open("a.db", NOTES)) {
            append(database, ORDERS, "accepted");
            limitPages(database, 60);
            int accepted = 1;
            StreamException failure = null;
            for (int i = 0; i < 1000 && failure == null; i++) {
                try {
                    database.write(tx -> tx.append(ORDERS, NewEvent.of(noise(3000))));
                    accepted++;
                } catch (StreamException e) {
                    failure = e;
                }
            }
            StreamException refused = Objects.requireNonNull(failure);
            assertEquals(Kind.DISK_FULL, refused.kind());
            assertTrue(refused.retryable());
            assertTrue(refused.getMessage().contains("free disk space"), refused.getMessage());
            assertEquals(accepted, texts(database, ORDERS).size());
            assertEquals(accepted, database.find(ORDERS).orElseThrow().tail());

            // The limit is the connection's, and the database takes a new one after a failure:
            // there is space again.
            append(database, ORDERS, "after");
            assertEquals("after", texts(database, ORDERS).getLast());
            assertEquals(accepted + 1, texts(database, ORDERS).size());
        }
    }

    @Test
    void a_full_disk_under_a_contexts_own_sql_is_a_full_disk_too() {
        try (SqliteDatabase database = folder.open("a.db", NOTES)) {
            append(database, ORDERS, "accepted");
            limitPages(database, 40);
            StreamException refused =
                    assertThrows(
                            StreamException.class,
                            () ->
                                    database.write(tx -> {
                                        tx.append(ORDERS, NewEvent.of("lost"));
                                        for (int i = 0; i < 100_000; i++) {
                                            note(tx, "one");
                                        }
                                        return true;
                                    }));
            assertEquals(Kind.DISK_FULL, refused.kind());
            assertEquals(List.of("accepted"), texts(database, ORDERS));
            assertEquals(0, notes(database).size());
        }
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_left_as_it_is() throws IOException {
        Path file = folder.file("a.db");
        Files.writeString(file, "this is a shopping list\n".repeat(400));
        StreamException refused = assertThrows(StreamException.class, () -> folder.open("a.db"));
        assertEquals(Kind.CORRUPT, refused.kind());
        assertTrue(Files.readString(file).startsWith("this is a shopping list"));
    }

    @Test
    void a_file_damaged_before_an_unclean_stop_is_found_before_it_is_used() throws IOException {
        fillAndDamage();
        StreamException refused = assertThrows(StreamException.class, () -> folder.open("b.db"));
        assertEquals(Kind.CORRUPT, refused.kind());
        assertTrue(refused.getMessage().contains("b.db"), refused.getMessage());
    }

    @Test
    void a_large_damaged_file_is_found_while_in_use_and_then_no_longer_written_to()
            throws Exception {
        fillAndDamage();
        try (SqliteDatabase database =
                folder.open("b.db", SqliteSettings.defaults().withIntegrityCheckBytesMax(0))) {
            for (int i = 0; i < 1000 && database.damage().isEmpty(); i++) {
                Thread.sleep(10);
            }
            assertTrue(database.damage().isPresent());
            assertEquals(
                    Kind.CORRUPT,
                    assertThrows(StreamException.class, () -> append(database, ORDERS, "x"))
                            .kind());
        }
    }

    /// Makes b.db: as after a power cut, with a page overwritten.
    private void fillAndDamage() throws IOException {
        try (SqliteDatabase database = folder.open("a.db")) {
            for (int i = 0; i < 300; i++) {
                append(database, ORDERS, noise(2000).text());
            }
        }
        try (SqliteDatabase database = folder.open("a.db")) {
            append(database, ORDERS, "so that there is a log beside the file");
            folder.copyAsAfterAPowerCut("a.db", "b.db");
        }
        Path file = folder.file("b.db");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer garbage = ByteBuffer.allocate(200 * 4096);
            new Random(1).nextBytes(garbage.array());
            channel.write(garbage, 20 * 4096L);
        }
    }

    @Test
    void a_second_user_of_the_file_is_told_who_has_it() {
        try (SqliteDatabase database = folder.open("a.db")) {
            StreamException refused =
                    assertThrows(StreamException.class, () -> folder.open("a.db"));
            assertEquals(Kind.IN_USE, refused.kind());
            assertTrue(
                    refused.getMessage().contains("process " + ProcessHandle.current().pid()),
                    refused.getMessage());
            append(database, ORDERS, "still mine");
        }
        folder.open("a.db").close();
    }

    @Test
    void a_missing_folder_is_a_clear_error() {
        StreamException refused =
                assertThrows(StreamException.class, () -> folder.open("nowhere/a.db"));
        assertEquals(Kind.IO, refused.kind());
        assertTrue(refused.getMessage().contains("check that the folder exists"));
    }

    // ---- versions of the tables

    @Test
    void a_contexts_tables_are_brought_up_to_date_step_by_step_and_only_once() {
        String first = "CREATE TABLE dish (name TEXT) STRICT;\nINSERT INTO dish VALUES ('soup')";
        String second = "ALTER TABLE dish ADD COLUMN price INTEGER";
        folder.open("a.db", new Migrations("menu", List.of(first))).close();
        for (int i = 0; i < 2; i++) {
            try (SqliteDatabase database =
                    folder.open("a.db", new Migrations("menu", List.of(first, second)))) {
                assertEquals(
                        List.of("soup"),
                        column(database, "SELECT name FROM dish WHERE price IS NULL"));
            }
        }
    }

    @Test
    void a_file_from_a_newer_version_is_refused_and_not_changed() {
        String first = "CREATE TABLE dish (name TEXT) STRICT";
        String second = "ALTER TABLE dish ADD COLUMN price INTEGER";
        folder.open("a.db", new Migrations("menu", List.of(first, second))).close();
        StreamException refused =
                assertThrows(
                        StreamException.class,
                        () -> folder.open("a.db", new Migrations("menu", List.of(first))));
        assertEquals(Kind.NEWER_VERSION, refused.kind());
        assertTrue(refused.getMessage().contains("version 2"), refused.getMessage());
        folder.open("a.db", new Migrations("menu", List.of(first, second))).close();
    }

    @Test
    void a_script_that_fails_half_way_leaves_the_version_before_it() {
        String first = "CREATE TABLE dish (name TEXT) STRICT";
        String broken = "ALTER TABLE dish ADD COLUMN price INTEGER;\nALTER TABLE nothing DROP x";
        folder.open("a.db", new Migrations("menu", List.of(first))).close();
        assertThrows(
                StreamException.class,
                () -> folder.open("a.db", new Migrations("menu", List.of(first, broken))));
        folder.open("a.db", new Migrations("menu", List.of(first))).close();
    }

    // ---- chunks

    @Test
    void a_large_batch_is_cut_into_chunks_and_read_back_by_pages_of_any_size() {
        try (SqliteDatabase database = folder.open("a.db")) {
            List<NewEvent> batch = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                batch.add(
                        NewEvent.of(
                                "{\"sale\":" + i + ",\"note\":\"" + "x".repeat(i % 300) + "\"}"));
            }
            database.write(tx -> {
                tx.open(ORDERS, StreamSettings.keepAll());
                return tx.append(ORDERS, batch);
            });
            assertTrue(database.nextPosition() > 3, "10,000 events are more than one chunk");
            for (int eventsMax : new int[] {1, 7, 1000, 100_000}) {
                List<Event> events = new ArrayList<>();
                long at = eventsMax == 1 ? 9_900 : 0;
                long from = at;
                while (at < 10_000) {
                    Read.Page page = (Read.Page) database.read(ORDERS, at, eventsMax, 1L << 40);
                    assertTrue(page.events().size() <= eventsMax);
                    events.addAll(page.events());
                    at = page.next();
                }
                assertEquals(10_000 - from, events.size());
                for (int i = 0; i < events.size(); i++) {
                    assertEquals(from + i, events.get(i).offset());
                    assertEquals(batch.get((int) from + i), events.get(i).content());
                }
            }
        }
    }

    @Test
    void an_event_larger_than_a_page_is_still_read() {
        try (SqliteDatabase database = folder.open("a.db")) {
            Bytes large = noise(3_000_000);
            append(database, ORDERS, "small");
            database.write(tx -> tx.append(ORDERS, NewEvent.of(large)));
            append(database, ORDERS, "small again");
            Read.Page page = (Read.Page) database.read(ORDERS, 1, 10, 1000);
            assertEquals(List.of(large), page.events().stream().map(Event::payload).toList());
            assertEquals(2, page.next());
            assertFalse(page.upToDate());
        }
    }

    // ---- plumbing

    private static Checksum recomputed(SqliteDatabase database) {
        Checksums checksums = new Checksums();
        Checksum checksum = Checksum.START;
        for (String text : texts(database, ORDERS)) {
            checksum = checksums.after(checksum, NewEvent.of(text));
        }
        return checksum;
    }

    private static void limitPages(SqliteDatabase database, int pages) {
        database.write(tx -> {
            pagesMax(tx, pages);
            return null;
        });
    }
}
