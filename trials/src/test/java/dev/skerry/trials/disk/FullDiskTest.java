package dev.skerry.trials.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Event;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real disk runs full under writers, and has space again.
@Tag("slow")
@Timeout(60)
class FullDiskTest {

    private static final StreamName SALES = StreamName.of("store-0042/sales");
    private static final int WRITERS = 4;
    private static final int SALES_EACH = 100;
    private static final String PADDING = "x".repeat(600);

    @TempDir Path path;
    private SmallDisk disk;
    private volatile boolean open = true;

    @BeforeEach
    void mountDisk() throws Exception {
        disk = SmallDisk.mount(path);
    }

    @AfterEach
    void unmountDisk() {
        open = false;
        // There is none where mounting was refused.
        if (disk != null) {
            disk.close();
        }
    }

    /// Sells one after the other, each until it is acknowledged.
    private final class Till {
        private final int number;
        private final SqliteDatabase database;
        private final AtomicInteger acknowledged = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private final List<Throwable> otherwise = new CopyOnWriteArrayList<>();
        private final Thread thread;

        Till(SqliteDatabase database, int number) {
            this.database = database;
            this.number = number;
            this.thread = Thread.ofVirtual().start(this::run);
        }

        private void run() {
            try {
                while (open) {
                    sell(acknowledged.get());
                }
            } catch (Throwable e) {
                otherwise.add(e);
            }
        }

        private void sell(int sale) throws InterruptedException {
            try {
                String text = "%d %d %s".formatted(number, sale, PADDING);
                database.write(tx -> tx.append(SALES, NewEvent.of(text)));
                acknowledged.incrementAndGet();
            } catch (StreamException e) {
                assertIsAboutTheFullDisk(e);
                refused.incrementAndGet();
                Thread.sleep(2);
            }
        }
    }

    @Test
    void writing_goes_on_by_itself_once_there_is_space_with_all_that_was_acknowledged()
            throws Exception {
        List<Till> tills = new ArrayList<>();
        try (SqliteDatabase database = openDatabase()) {
            database.write(tx -> {
                tx.open(SALES, StreamSettings.keepAll());
                return null;
            });
            for (int number = 0; number < WRITERS; number++) {
                tills.add(new Till(database, number));
            }
            for (int time = 0; time < 3; time++) {
                everyTill(tills, till -> till.acknowledged, SALES_EACH);
                disk.fill();
                everyTill(tills, till -> till.refused, 10);
                assertEquals(database.find(SALES).orElseThrow().tail(), read(database).size());
                disk.free();
            }
            everyTill(tills, till -> till.acknowledged, SALES_EACH);
            open = false;
            for (Till till : tills) {
                till.thread.join();
            }
            assertEquals(expected(tills), byTill(read(database)));
        }
        try (SqliteDatabase database = openDatabase()) {
            assertEquals(expected(tills), byTill(read(database)));
        }
    }

    @Test
    void a_database_that_is_closed_while_the_disk_is_full_is_whole_when_there_is_space()
            throws Exception {
        SqliteDatabase database = openDatabase();
        database.write(tx -> {
            tx.open(SALES, StreamSettings.keepAll());
            return tx.append(SALES, NewEvent.of("0 0 acknowledged"));
        });
        disk.fill();
        try {
            database.close();
        } catch (StreamException e) {
            assertIsAboutTheFullDisk(e);
        }
        assertIsAboutTheFullDisk(assertThrows(StreamException.class, () -> openDatabase().close()));
        disk.free();
        try (SqliteDatabase again = openDatabase()) {
            assertEquals(1, read(again).size());
            again.write(tx -> tx.append(SALES, NewEvent.of("0 1 and goes on")));
        }
    }

    // ---- plumbing

    private SqliteDatabase openDatabase() {
        return SqliteDatabase.open(
                disk.file("store.db"), SqliteSettings.defaults(), InstantSource.system());
    }

    private static void assertIsAboutTheFullDisk(StreamException e) {
        assertEquals(Kind.DISK_FULL, e.kind(), e::toString);
        assertTrue(e.retryable(), e::toString);
        assertTrue(e.getMessage().toLowerCase(Locale.ROOT).contains("free disk space"));
    }

    private interface Count {
        AtomicInteger of(Till till);
    }

    /// Returns once every till has counted so much more.
    private static void everyTill(List<Till> tills, Count count, int more)
            throws InterruptedException {
        List<Integer> goals = tills.stream().map(till -> count.of(till).get() + more).toList();
        for (int i = 0; i < tills.size(); i++) {
            Till till = tills.get(i);
            while (count.of(till).get() < goals.get(i)) {
                assertEquals(List.of(), till.otherwise);
                Thread.sleep(2);
            }
        }
    }

    private static List<Event> read(SqliteDatabase database) {
        return ((Read.Page) database.read(SALES, 0, 1_000_000, 1L << 40)).events();
    }

    /// Of each till the sales that are there, in their order.
    private static List<List<Integer>> byTill(List<Event> events) {
        List<List<Integer>> sales = new ArrayList<>();
        for (int number = 0; number < WRITERS; number++) {
            sales.add(new ArrayList<>());
        }
        for (Event event : events) {
            String[] words = event.payload().text().split(" ", 3);
            sales.get(Integer.parseInt(words[0])).add(Integer.parseInt(words[1]));
        }
        return sales;
    }

    private static List<List<Integer>> expected(List<Till> tills) {
        return tills.stream()
                .map(till -> IntStream.range(0, till.acknowledged.get()).boxed().toList())
                .toList();
    }
}
