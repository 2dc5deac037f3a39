package dev.skerry.stream.sqlite;

import static dev.skerry.stream.sqlite.SqliteFolder.ORDERS;
import static dev.skerry.stream.sqlite.SqliteFolder.append;
import static dev.skerry.stream.sqlite.SqliteFolder.delete;
import static dev.skerry.stream.sqlite.SqliteFolder.group;
import static dev.skerry.stream.sqlite.SqliteFolder.open;
import static dev.skerry.stream.sqlite.SqliteFolder.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.MovableClock;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.StreamSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A source leaves nothing out unsaid, and says so only where something was lost: also where what is lost, and what is
/// passed, meet in one commit or in one moment.
class SqliteSourcesTest {

    private static final StreamName RETURNS = StreamName.of("store-0042/returns");
    private static final StreamPattern STORE = StreamPattern.of("store-0042/*");

    @TempDir Path path;
    private SqliteFolder folder;

    @BeforeEach
    void takeFolder() {
        folder = new SqliteFolder(path, new MovableClock());
    }

    // ---- in one commit

    @Test
    void a_follower_that_passes_while_its_stream_is_made_anew_is_told_to_start_over()
            throws Exception {
        try (SqliteDatabase database = folder.open("a.db")) {
            append(database, ORDERS, "one", "two");
            EventSource source = database.source(ORDERS, "follower");
            assertEquals(List.of("one", "two"), texts(source.read(0, 10)));
            group(
                    database,
                    List.of(
                            () ->
                                    database.write(tx -> {
                                        tx.delete(ORDERS);
                                        tx.open(ORDERS, StreamSettings.keepAll());
                                        return tx.append(
                                                ORDERS,
                                                List.of(event("1"), event("2"), event("3")));
                                    }),
                            () -> source.passed(2)));
            assertInstanceOf(Read.Gone.class, source.read(2, 10));
            assertEquals(List.of("1", "2", "3"), texts(source.read(0, 10)));
        }
    }

    @Test
    void a_follower_that_passes_while_what_it_has_not_read_is_dropped_is_told() throws Exception {
        try (SqliteDatabase database = folder.open("a.db")) {
            open(database, ORDERS, StreamSettings.keepNewest(1));
            append(database, ORDERS, "read");
            EventSource source = database.source(STORE, "follower");
            long cursor = ((Read.Page) source.read(0, 10)).next();
            append(database, ORDERS, "not read");
            group(database, List.of(database::upkeep, () -> source.passed(cursor)));
            assertTrue(database.find(ORDERS).orElseThrow().start() > 1, "it was dropped");
            assertInstanceOf(Read.Gone.class, source.read(cursor, 10));
        }
    }

    @Test
    void a_follower_that_passes_just_before_the_drop_has_missed_nothing() throws Exception {
        try (SqliteDatabase database = folder.open("a.db")) {
            open(database, ORDERS, StreamSettings.keepNewest(1));
            append(database, ORDERS, "read");
            EventSource source = database.source(ORDERS, "follower");
            assertEquals(List.of("read"), texts(source.read(0, 10)));
            group(database, List.of(() -> source.passed(1), database::upkeep));
            assertEquals(1, database.find(ORDERS).orElseThrow().start(), "it was dropped");
            assertFalse(database.followers().getFirst().overrun());
            assertEquals(List.of(), texts(source.read(1, 10)));
        }
    }

    @Test
    void a_follower_of_a_pattern_is_told_of_a_deleted_stream_that_it_had_not_read() {
        try (SqliteDatabase database = folder.open("a.db")) {
            append(database, RETURNS, "read");
            EventSource source = database.source(STORE, "follower");
            long cursor = ((Read.Page) source.read(0, 10)).next();
            source.passed(cursor);
            append(database, ORDERS, "a sale that nobody has read");
            delete(database, ORDERS);
            append(database, RETURNS, "after");
            assertInstanceOf(Read.Gone.class, source.read(cursor, 10));
            assertEquals(List.of("read", "after"), texts(source.read(0, 10)));
        }
    }

    @Test
    void a_deletion_that_is_undone_is_told_to_no_follower() {
        try (SqliteDatabase database = folder.open("a.db")) {
            append(database, ORDERS, "one", "two");
            EventSource source = database.source(ORDERS, "follower");
            source.passed(2);
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            database.write(tx -> {
                                tx.delete(ORDERS);
                                assertEquals(List.of(), texts(source.read(2, 10)));
                                throw new IllegalArgumentException("on second thoughts");
                            }));
            assertEquals(List.of(), texts(source.read(2, 10)));
        }
    }

    // ---- in one moment: these look for a race, and can only fail where there is one

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("slow")
    void a_follower_that_reads_while_events_are_appended_is_never_told_that_some_are_gone(
            boolean pattern) throws Exception {
        try (SqliteDatabase database = folder.open("a.db")) {
            append(database, ORDERS, "first");
            EventSource source =
                    pattern
                            ? database.source(STORE, "follower")
                            : database.source(ORDERS, "follower");
            Thread writer = repeat(700, () -> append(database, ORDERS, "next"));
            long cursor = 0;
            long offset = 0;
            while (offset < 701) {
                Read.Page page = assertInstanceOf(Read.Page.class, source.read(cursor, 10));
                for (Event event : page.events()) {
                    assertEquals(offset++, event.offset());
                }
                cursor = page.next();
            }
            writer.join();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("slow")
    void a_follower_that_reads_while_events_are_dropped_reads_each_or_is_told(boolean pattern)
            throws Exception {
        try (SqliteDatabase database = folder.open("a.db")) {
            open(database, ORDERS, StreamSettings.keepNewest(1));
            EventSource source =
                    pattern
                            ? database.source(STORE, "follower")
                            : database.source(ORDERS, "follower");
            Thread writer =
                    repeat(
                            200,
                            () -> {
                                append(database, ORDERS, "dropped at once");
                                database.upkeep();
                                append(database, RETURNS, "kept");
                            });
            long cursor = 0;
            long expected = -1;
            while (writer.isAlive()) {
                switch (source.read(cursor, 10)) {
                    case Read.Gone gone -> {
                        cursor = gone.earliest();
                        expected = -1;
                    }
                    case Read.Page page -> {
                        for (Event event : page.events()) {
                            if (event.stream().equals(ORDERS)) {
                                assertTrue(
                                        expected < 0 || event.offset() == expected,
                                        event.offset() + " came, not " + expected);
                                expected = event.offset() + 1;
                            }
                        }
                        cursor = page.next();
                    }
                }
            }
        }
    }

    @Test
    @Tag("slow")
    void a_follower_that_reads_while_its_stream_comes_and_goes_always_gets_an_answer()
            throws Exception {
        try (SqliteDatabase database = folder.open("a.db")) {
            append(database, ORDERS, "an order");
            EventSource source = database.source(ORDERS, "follower");
            Thread writer =
                    repeat(
                            400,
                            () -> {
                                delete(database, ORDERS);
                                append(database, ORDERS, "an order");
                            });
            while (writer.isAlive()) {
                if (source.read(0, 10) instanceof Read.Page page) {
                    assertTrue(List.of("an order").containsAll(texts(page)), page::toString);
                }
            }
        }
    }

    private static Thread repeat(int times, Runnable work) {
        return Thread.ofPlatform()
                .start(() -> {
                    for (int i = 0; i < times; i++) {
                        work.run();
                    }
                });
    }

    // ---- watchers

    @Test
    void a_watcher_that_fails_keeps_the_news_from_nobody_else() throws Exception {
        othersAreToldWhenOne(() -> {
            throw new IllegalStateException("a watcher that fails");
        });
    }

    @Test
    void a_watcher_that_is_wrong_keeps_the_news_from_nobody_else() throws Exception {
        othersAreToldWhenOne(() -> {
            throw new AssertionError("a watcher that is wrong");
        });
    }

    private void othersAreToldWhenOne(Runnable throwsSomething) throws InterruptedException {
        try (SqliteDatabase database = folder.open("a.db")) {
            CountDownLatch oneTold = new CountDownLatch(1);
            CountDownLatch otherTold = new CountDownLatch(1);
            database.watch(
                    ORDERS,
                    () -> {
                        oneTold.countDown();
                        throwsSomething.run();
                    });
            database.watch(RETURNS, otherTold::countDown);
            append(database, ORDERS, "an order");
            assertTrue(oneTold.await(10, TimeUnit.SECONDS));
            append(database, RETURNS, "a return");
            assertTrue(otherTold.await(10, TimeUnit.SECONDS));
        }
    }

    private static NewEvent event(String text) {
        return NewEvent.of(text);
    }
}
