package dev.skerry.stream.sqlite;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Event;
import dev.skerry.stream.MovableClock;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// A test's folder of databases, which share one clock, and what tests do to them.
record SqliteFolder(Path path, MovableClock clock) {

    static final StreamName ORDERS = StreamName.of("store-0042/orders");

    /// A context's own table.
    static final Migrations NOTES =
            new Migrations("notes", List.of("CREATE TABLE note (text TEXT NOT NULL) STRICT"));

    // ---- files

    Path file(String name) {
        return path.resolve(name);
    }

    SqliteDatabase open(String name, Migrations... tables) {
        return open(name, SqliteSettings.defaults(), tables);
    }

    SqliteDatabase open(String name, SqliteSettings settings, Migrations... tables) {
        return SqliteDatabase.open(file(name), settings, clock, tables);
    }

    void copyAsAfterAPowerCut(String from, String to) throws IOException {
        Files.copy(file(from), file(to));
        if (Files.exists(file(from + "-wal"))) {
            Files.copy(file(from + "-wal"), file(to + "-wal"));
        }
    }

    // ---- streams

    static void open(SqliteDatabase database, StreamName stream, StreamSettings settings) {
        database.write(tx -> {
            tx.open(stream, settings);
            return null;
        });
    }

    /// Opens the stream if need be.
    static void append(SqliteDatabase database, StreamName stream, String... texts) {
        database.write(tx -> {
            if (!tx.exists(stream)) {
                tx.open(stream, StreamSettings.keepAll());
            }
            for (String text : texts) {
                tx.append(stream, NewEvent.of(text));
            }
            return null;
        });
    }

    static void delete(SqliteDatabase database, StreamName stream) {
        database.write(tx -> {
            tx.delete(stream);
            return null;
        });
    }

    static List<String> texts(SqliteDatabase database, StreamName stream) {
        return texts(database.read(stream, 0, 1_000_000, 1L << 40));
    }

    static List<String> texts(Read read) {
        return ((Read.Page) read).events().stream().map(Event::payload).map(Bytes::text).toList();
    }

    static void upkeepUntilDone(SqliteDatabase database) {
        for (int piece = 0; database.upkeep(); piece++) {
            if (piece == 10_000) {
                throw new IllegalStateException("upkeep does not come to an end");
            }
        }
    }

    static Bytes noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + (bytes[i] & 15));
        }
        return Bytes.of(bytes);
    }

    // ---- a context's own SQL

    static void execute(SqliteTransaction tx, String sql) {
        try (Statement statement = tx.connection().createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void note(SqliteTransaction tx, String text) {
        execute(tx, "INSERT INTO note VALUES ('" + text + "')");
    }

    static List<String> notes(SqliteDatabase database) {
        return column(database, "SELECT text FROM note ORDER BY rowid");
    }

    static List<String> column(SqliteDatabase database, String sql) {
        return database.query(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                List<String> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
                return values;
            }
        });
    }

    /// SQLite's own way to make a file as full as a disk.
    static void pagesMax(SqliteTransaction tx, int pages) {
        execute(tx, "PRAGMA max_page_count = " + pages);
    }

    /// What the machine says through JDBC when it fails.
    static RuntimeException machineFails(SQLiteErrorCode code) {
        return new IllegalStateException(new SQLiteException(code.message, code));
    }

    // ---- groups

    /// Has works done in one group, in their order.
    ///
    /// @return what those threw that failed
    static List<Throwable> group(SqliteDatabase database, List<Runnable> works)
            throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch everybodyWaits = new CountDownLatch(1);
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        Runnable hold =
                () ->
                        database.write(tx -> {
                            begun.countDown();
                            return await(everybodyWaits);
                        });
        Thread holder =
                Thread.ofPlatform()
                        .start(() -> {
                            thrownBy(hold).ifPresent(failures::add);
                            begun.countDown();
                        });
        begun.await();
        List<Thread> callers = new ArrayList<>();
        for (Runnable work : works) {
            Thread caller =
                    Thread.ofPlatform().start(() -> thrownBy(work).ifPresent(failures::add));
            awaitParked(caller);
            callers.add(caller);
        }
        everybodyWaits.countDown();
        holder.join();
        for (Thread caller : callers) {
            caller.join();
        }
        return failures;
    }

    private static Optional<Throwable> thrownBy(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(e);
        }
    }

    static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Returns once the thread waits for another.
    static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            if (!thread.isAlive()) {
                throw new IllegalStateException(thread + " has ended instead of waiting");
            }
            // A state can only be asked for, not waited for.
            LockSupport.parkNanos(20_000);
        }
    }
}
