package dev.skerry.stream.sqlite;

import static dev.skerry.stream.sqlite.SqliteFolder.NOTES;
import static dev.skerry.stream.sqlite.SqliteFolder.ORDERS;
import static dev.skerry.stream.sqlite.SqliteFolder.append;
import static dev.skerry.stream.sqlite.SqliteFolder.column;
import static dev.skerry.stream.sqlite.SqliteFolder.delete;
import static dev.skerry.stream.sqlite.SqliteFolder.execute;
import static dev.skerry.stream.sqlite.SqliteFolder.group;
import static dev.skerry.stream.sqlite.SqliteFolder.machineFails;
import static dev.skerry.stream.sqlite.SqliteFolder.noise;
import static dev.skerry.stream.sqlite.SqliteFolder.note;
import static dev.skerry.stream.sqlite.SqliteFolder.notes;
import static dev.skerry.stream.sqlite.SqliteFolder.open;
import static dev.skerry.stream.sqlite.SqliteFolder.pagesMax;
import static dev.skerry.stream.sqlite.SqliteFolder.texts;
import static dev.skerry.stream.sqlite.SqliteFolder.upkeepUntilDone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.MovableClock;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Each of these once went wrong with the writer or the file: the smallest case that shows it.
/// [SqliteSourcesTest] has what went wrong for followers.
class SqliteFindingsTest {

    private static final StreamName RETURNS = StreamName.of("store-0042/returns");
    private static final StreamName PRICES = StreamName.of("hq/prices");

    @TempDir Path path;
    private final MovableClock clock = new MovableClock();
    private SqliteFolder folder;

    @BeforeEach
    void takeFolder() {
        folder = new SqliteFolder(path, clock);
    }

    // ---- what is undone, and for whom

    @Test
    void nested_work_goes_with_the_work_around_it() {
        try (SqliteDatabase database = folder.open("a.db", NOTES)) {
            append(database, ORDERS, "first");
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            database.write(tx -> {
                                tx.append(ORDERS, NewEvent.of("undone"));
                                tx.nested(() -> note(tx, "undone"));
                                throw new IllegalArgumentException("the sale is refused");
                            }));
            assertEquals(List.of(), notes(database));
            assertEquals(List.of("first"), texts(database, ORDERS));
        }
    }

    @Test
    void an_append_that_is_refused_has_appended_nothing() {
        try (SqliteDatabase database = folder.open("a.db")) {
            open(database, PRICES, StreamSettings.compactedByKey());
            database.write(tx -> {
                List<NewEvent> events =
                        List.of(NewEvent.keyed("tea", Bytes.of("5")), NewEvent.of("no key"));
                assertThrows(IllegalStateException.class, () -> tx.append(PRICES, events));
                return null;
            });
            assertEquals(0, database.find(PRICES).orElseThrow().tail());
            assertEquals(List.of(), texts(database, PRICES));
        }
    }

    @Test
    void a_full_disk_that_a_caller_keeps_quiet_about_fails_the_whole_group() throws Exception {
        try (SqliteDatabase database = folder.open("a.db", NOTES)) {
            append(database, ORDERS, "first");
            List<Throwable> failures =
                    group(
                            database,
                            List.of(
                                    () -> sell(database, "before"),
                                    () -> fillTheDiskAndKeepQuiet(database),
                                    () -> sell(database, "after")));
            assertEquals(List.of(Kind.DISK_FULL, Kind.DISK_FULL, Kind.DISK_FULL), kinds(failures));
            assertEquals(List.of("first"), texts(database, ORDERS));
            assertEquals(List.of(), notes(database));
            sell(database, "now");
            assertEquals(List.of("first", "now"), texts(database, ORDERS));
        }
    }

    private static void fillTheDiskAndKeepQuiet(SqliteDatabase database) {
        database.write(tx -> {
            pagesMax(tx, 60);
            assertThrows(
                    RuntimeException.class, () -> tx.nested(() -> note(tx, noise(300_000).text())));
            pagesMax(tx, 1_000_000);
            return null;
        });
    }

    @Test
    void sql_that_rolls_the_transaction_back_fails_the_whole_group() throws Exception {
        Migrations receipts =
                new Migrations(
                        "receipts", List.of("CREATE TABLE receipt (number INTEGER UNIQUE) STRICT"));
        try (SqliteDatabase database = folder.open("a.db", NOTES, receipts)) {
            append(database, ORDERS, "first");
            String receipt = "INSERT OR ROLLBACK INTO receipt VALUES (1)";
            run(database, receipt);
            List<Throwable> failures =
                    group(
                            database,
                            List.of(
                                    () -> sell(database, "before"),
                                    () -> run(database, receipt),
                                    () -> sell(database, "after")));
            assertEquals(3, kinds(failures).size());
            assertEquals(List.of("first"), texts(database, ORDERS));
            assertEquals(List.of(), notes(database));
        }
    }

    @Test
    void nobody_is_told_that_it_worked_where_not_even_the_failure_can_be_handled()
            throws Exception {
        try (SqliteDatabase database = folder.open("a.db", NOTES)) {
            append(database, ORDERS, "first");
            assertEquals(2, failUnspeakably(database).size());
            assertEquals(List.of("first"), texts(database, ORDERS));
            try {
                sell(database, "may still meet what is left of the failure");
            } catch (StreamException e) {
                assertTrue(e.retryable());
            }
            sell(database, "last");
            assertEquals("first", texts(database, ORDERS).getFirst());
            assertEquals("last", texts(database, ORDERS).getLast());
            assertFalse(texts(database, ORDERS).contains("lost"));
            assertFalse(notes(database).contains("lost"));
        }
    }

    @Test
    void after_a_failure_that_could_not_be_handled_the_next_caller_is_served() throws Exception {
        try (SqliteDatabase database = folder.open("a.db", NOTES)) {
            append(database, ORDERS, "first");
            assertEquals(2, failUnspeakably(database).size());
            sell(database, "next");
            assertEquals(List.of("first", "next"), texts(database, ORDERS));
            assertEquals(List.of("next"), notes(database));
        }
    }

    private static List<Throwable> failUnspeakably(SqliteDatabase database)
            throws InterruptedException {
        return group(
                database,
                List.of(
                        () -> sell(database, "lost"),
                        () ->
                                database.write(tx -> {
                                    throw new IllegalStateException(
                                            "the disk fails", new Unspeakable());
                                })));
    }

    /// A failure for which there is no memory left once somebody wants to say what it was.
    private static final class Unspeakable extends SQLiteException {
        private static final long serialVersionUID = 1;

        private boolean asked;

        Unspeakable() {
            super("the disk fails", SQLiteErrorCode.SQLITE_IOERR);
        }

        @Override
        public String getMessage() {
            if (asked) {
                throw new OutOfMemoryError("as if");
            }
            asked = true;
            return "the disk fails";
        }
    }

    @Test
    void nobody_sees_a_deletion_that_is_undone() {
        try (SqliteDatabase database = folder.open("a.db")) {
            append(database, ORDERS, "one", "two");
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            database.write(tx -> {
                                tx.delete(ORDERS);
                                // A reader does not wait for the writer: this is as another thread
                                // sees it.
                                assertEquals(List.of("one", "two"), texts(database, ORDERS));
                                assertEquals(2, database.find(ORDERS).orElseThrow().tail());
                                throw new IllegalArgumentException("on second thoughts");
                            }));
            assertEquals(List.of("one", "two"), texts(database, ORDERS));
        }
    }

    // ---- streams over their lives

    @Test
    void a_key_that_was_deleted_while_its_commit_was_compacted_does_not_come_back()
            throws Exception {
        try (SqliteDatabase database = folder.open("a.db")) {
            assertEquals(
                    List.of(),
                    group(
                            database,
                            List.of(
                                    () ->
                                            database.write(tx -> {
                                                tx.open(PRICES, StreamSettings.compactedByKey());
                                                tx.append(
                                                        PRICES,
                                                        NewEvent.keyed("tea", Bytes.of("tea 5")));
                                                return tx.append(
                                                        PRICES,
                                                        NewEvent.deletion("tea", Bytes.EMPTY));
                                            }),
                                    // Nothing is there for it to look at first, so it compacts in
                                    // this group.
                                    database::upkeep)));
            clock.move(Duration.ofDays(2));
            database.write(tx -> tx.append(PRICES, NewEvent.keyed("coffee", Bytes.of("coffee 7"))));
            upkeepUntilDone(database);
            assertEquals(List.of("coffee 7"), texts(database, PRICES));
        }
    }

    @Test
    void upkeep_after_a_failure_writes_what_readers_see() {
        try (SqliteDatabase database = folder.open("a.db")) {
            open(database, ORDERS, StreamSettings.keepNewest(1));
            append(database, ORDERS, "one", "two");
            append(database, ORDERS, "three");
            assertThrows(
                    StreamException.class,
                    () ->
                            database.write(tx -> {
                                throw machineFails(SQLiteErrorCode.SQLITE_IOERR);
                            }));
            upkeepUntilDone(database);
            String start = Long.toString(database.find(ORDERS).orElseThrow().start());
            assertNotEquals("0", start);
            assertEquals(List.of(start), column(database, "SELECT start_offset FROM stream"));
            open(database, ORDERS, StreamSettings.keepNewest(2));
            assertEquals(List.of(start), column(database, "SELECT start_offset FROM stream"));
        }
    }

    @Test
    void stored_bytes_are_the_same_after_a_stop() {
        StreamInfo orders;
        StreamInfo prices;
        try (SqliteDatabase database = folder.open("a.db")) {
            database.write(tx -> {
                tx.open(ORDERS, StreamSettings.keepAll());
                tx.append(ORDERS, NewEvent.of(noise(500)));
                tx.open(ORDERS, StreamSettings.keepNewest(1000));
                tx.open(PRICES, StreamSettings.compactedByKey());
                return null;
            });
            for (int price = 0; price < 5; price++) {
                Bytes payload = noise(100 + price);
                database.write(tx -> tx.append(PRICES, NewEvent.keyed("tea", payload)));
            }
            upkeepUntilDone(database);
            orders = database.find(ORDERS).orElseThrow();
            prices = database.find(PRICES).orElseThrow();
        }
        try (SqliteDatabase database = folder.open("a.db")) {
            assertEquals(orders, database.find(ORDERS).orElseThrow());
            assertEquals(prices, database.find(PRICES).orElseThrow());
        }
    }

    @Test
    void the_id_of_a_deleted_stream_is_not_used_again() {
        // A reader that looked it up before the deletion would read somebody else's events.
        String before;
        try (SqliteDatabase database = folder.open("a.db")) {
            append(database, ORDERS, "mine");
            before = column(database, "SELECT id FROM stream").getFirst();
            delete(database, ORDERS);
        }
        try (SqliteDatabase database = folder.open("a.db")) {
            append(database, RETURNS, "somebody else's");
            assertNotEquals(before, column(database, "SELECT id FROM stream").getFirst());
        }
    }

    @Test
    void an_age_beyond_all_time_drops_nothing() {
        try (SqliteDatabase database = folder.open("a.db")) {
            open(database, ORDERS, StreamSettings.keepFor(StreamSettings.KEEP_FOR_MAX));
            append(database, ORDERS, "one");
            database.source(ORDERS, "follower").passed(1);
            upkeepUntilDone(database);
            assertEquals(List.of("one"), texts(database, ORDERS));
        }
    }

    @Test
    void a_query_that_leaves_its_result_open_does_not_hold_readers_of_streams_back() {
        SqliteSettings oneReader = new SqliteSettings(1, 1, 10, 1000, 0, Duration.ofDays(1));
        try (SqliteDatabase database = folder.open("a.db", oneReader)) {
            append(database, ORDERS, "one");
            boolean found =
                    database.query(connection -> {
                        @SuppressWarnings("resource") // as a context might forget
                        ResultSet left =
                                connection
                                        .createStatement()
                                        .executeQuery("SELECT 1 FROM sqlite_schema");
                        return left.next();
                    });
            assertTrue(found);
            append(database, ORDERS, "two");
            assertEquals(List.of("one", "two"), texts(database, ORDERS));
        }
    }

    // ---- damage, and the lock

    @Test
    void a_damaged_file_is_refused_every_time() throws IOException {
        try (SqliteDatabase database = folder.open("a.db")) {
            for (int i = 0; i < 30; i++) {
                append(database, ORDERS, noise(20_000).text());
            }
        }
        try (SqliteDatabase database = folder.open("a.db")) {
            append(database, ORDERS, "so that there is a log beside the file");
            folder.copyAsAfterAPowerCut("a.db", "b.db");
        }
        try (FileChannel file = FileChannel.open(folder.file("b.db"), StandardOpenOption.WRITE)) {
            ByteBuffer garbage = ByteBuffer.allocate(20 * 4096);
            new Random(1).nextBytes(garbage.array());
            file.write(garbage, 40 * 4096L);
        }
        for (int start = 1; start <= 3; start++) {
            assertEquals(
                    Kind.CORRUPT,
                    assertThrows(
                                    StreamException.class,
                                    () -> folder.open("b.db").close(),
                                    "start " + start)
                            .kind());
        }
    }

    @Test
    void damage_of_another_database_is_not_taken_for_our_own() {
        try (SqliteDatabase database = folder.open("a.db")) {
            StreamException ofOther =
                    new SqliteFailures(folder.file("other.db"))
                            .explain(
                                    new SQLiteException(
                                            "malformed", SQLiteErrorCode.SQLITE_CORRUPT));
            assertEquals(
                    ofOther,
                    assertThrows(
                            StreamException.class,
                            () ->
                                    database.write(tx -> {
                                        throw ofOther;
                                    })));
            assertTrue(database.damage().isEmpty());
            append(database, ORDERS, "a sale");
            assertEquals(List.of("a sale"), texts(database, ORDERS));
        }
    }

    @Test
    void each_caller_that_a_damaged_file_refuses_has_a_failure_of_its_own() {
        try (SqliteDatabase database = folder.open("a.db")) {
            StreamException first =
                    assertThrows(
                            StreamException.class,
                            () ->
                                    database.write(tx -> {
                                        throw machineFails(SQLiteErrorCode.SQLITE_CORRUPT);
                                    }));
            StreamException second =
                    assertThrows(StreamException.class, () -> append(database, ORDERS, "x"));
            StreamException third =
                    assertThrows(StreamException.class, () -> append(database, ORDERS, "x"));
            assertEquals(
                    List.of(Kind.CORRUPT, Kind.CORRUPT, Kind.CORRUPT),
                    kinds(List.of(first, second, third)));
            // What callers add to a shared one (try-with-resources does) would never be let go.
            assertNotSame(second, third);
            assertNotSame(database.damage().orElseThrow(), third);
        }
    }

    @Test
    @Timeout(10)
    void closing_twice_is_closing_once() {
        SqliteDatabase database = folder.open("a.db");
        append(database, ORDERS, "one");
        database.close();
        database.close();
        try (SqliteDatabase again = folder.open("a.db")) {
            assertEquals(List.of("one"), texts(again, ORDERS));
        }
    }

    @Test
    @Tag("slow")
    void another_process_is_kept_out_also_after_this_one_was_refused_a_second_time()
            throws Exception {
        try (SqliteDatabase database = folder.open("a.db")) {
            assertEquals("IN_USE", openedByAnotherProcess());
            assertThrows(StreamException.class, () -> folder.open("a.db"));
            assertEquals("IN_USE", openedByAnotherProcess());
            append(database, ORDERS, "still mine");
        }
        assertEquals("opened", openedByAnotherProcess());
    }

    private String openedByAnotherProcess() throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                AnotherProcess.class.getName(),
                                folder.file("a.db").toString())
                        .redirectErrorStream(true)
                        .start();
        try (var said = process.inputReader()) {
            return said.readAllAsString().strip();
        }
    }

    /// Says what became of opening a file.
    static final class AnotherProcess {

        public static void main(String[] files) {
            try (SqliteDatabase database =
                    new SqliteFolder(Path.of("."), new MovableClock()).open(files[0])) {
                System.out.println(database.damage().isEmpty() ? "opened" : "damaged");
            } catch (StreamException e) {
                System.out.println(e.kind());
            }
        }
    }

    // ---- plumbing

    private static void sell(SqliteDatabase database, String sale) {
        database.write(tx -> {
            note(tx, sale);
            return tx.append(ORDERS, NewEvent.of(sale));
        });
    }

    private static void run(SqliteDatabase database, String sql) {
        database.write(tx -> {
            execute(tx, sql);
            return null;
        });
    }

    /// Fails where one is not the machine's.
    private static List<Kind> kinds(List<? extends Throwable> failures) {
        return failures.stream().map(failure -> ((StreamException) failure).kind()).toList();
    }
}
