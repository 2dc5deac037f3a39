package dev.skerry.stream.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.StreamException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {

    private static final Migrations TABLE =
            new Migrations(
                    "count",
                    List.of(
                            "CREATE TABLE count (one INTEGER PRIMARY KEY, n INTEGER) STRICT",
                            "INSERT INTO count VALUES (1, 0)"));

    @TempDir private Path folder;

    private SqliteDatabase open(Path file) {
        return SqliteDatabase.open(file, SqliteSettings.defaults(), InstantSource.system(), TABLE);
    }

    private static void set(SqliteDatabase database, long n) {
        database.write(tx -> {
            SqliteFolder.execute(tx, "UPDATE count SET n = " + n);
            return n;
        });
    }

    private static long count(SqliteDatabase database) {
        return Long.parseLong(SqliteFolder.column(database, "SELECT n FROM count").getFirst());
    }

    /// One counts up first, the other follows it: at no instant is the other ahead, nor more than one behind.
    @Test
    void copies_of_two_databases_are_as_of_one_instant_while_both_are_written() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        try (SqliteDatabase ahead = open(folder.resolve("a.db"));
                SqliteDatabase behind = open(folder.resolve("b.db"))) {
            Thread writer =
                    Thread.ofPlatform()
                            .start(() -> {
                                for (long n = 1; !stop.get(); n++) {
                                    set(ahead, n);
                                    set(behind, n);
                                }
                            });
            try {
                for (int round = 0; round < 10; round++) {
                    Path to = Files.createDirectory(folder.resolve("copy-" + round));
                    // The one that must not be ahead is copied last.
                    Snapshot.take(List.of(folder.resolve("a.db"), folder.resolve("b.db")), to);
                    try (SqliteDatabase a = open(to.resolve("a.db"));
                            SqliteDatabase b = open(to.resolve("b.db"))) {
                        long lag = count(a) - count(b);
                        assertTrue(lag == 0 || lag == 1, "lag of " + lag);
                    }
                }
            } finally {
                stop.set(true);
                writer.join();
            }
            assertEquals(count(ahead), count(behind));
        }
    }

    @Test
    void a_damaged_database_gives_no_copy_that_passes_for_sound() throws Exception {
        Path file = folder.resolve("a.db");
        try (SqliteDatabase database = open(file)) {
            set(database, 7);
        }
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 2; i < bytes.length; i++) {
            bytes[i] = (byte) 0xA5;
        }
        Files.write(file, bytes);
        Path to = Files.createDirectory(folder.resolve("copy"));
        assertThrows(StreamException.class, () -> Snapshot.take(List.of(file), to));
    }
}
