package dev.skerry.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.Fact;
import dev.skerry.context.Book.Publication;
import dev.skerry.language.EventForm;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.Read;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A till roll that counts apples: the smallest context there can be.
class BookTest {

    sealed interface Happening {}

    sealed interface Public extends Happening {
        record ApplesSold(String kind, long count) implements Public {}
    }

    sealed interface Local extends Happening {
        record ShelfChanged(String kind, long count) implements Local {}

        record ShelfCleared(String kind) implements Local {}
    }

    private static final StreamName SOLD = StreamName.of("store-1/apples");
    private static final StreamName SHELF = StreamName.of("local/shelf");
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));

    private static final class Shelf implements Book.State<Happening> {

        @Override
        public void apply(Fact<? extends Happening> fact, Handle tables) {
            switch (fact.event()) {
                case Public.ApplesSold(String kind, long count) ->
                        tables.execute(
                                "INSERT INTO sold VALUES (?, ?)"
                                        + " ON CONFLICT DO UPDATE SET count = count + excluded.count",
                                kind,
                                count);
                case Local.ShelfChanged(String kind, long count) ->
                        tables.execute("REPLACE INTO shelf VALUES (?, ?)", kind, count);
                case Local.ShelfCleared(String kind) ->
                        tables.execute("DELETE FROM shelf WHERE kind = ?", kind);
            }
        }

        @Override
        public void clear(Handle tables) {
            tables.execute("DELETE FROM sold");
            tables.execute("DELETE FROM shelf");
        }

        @Override
        public @Nullable String key(Happening event) {
            return switch (event) {
                case Public.ApplesSold _ -> null;
                case Local.ShelfChanged(String kind, _) -> kind;
                case Local.ShelfCleared(String kind) -> kind;
            };
        }

        @Override
        public boolean isDeletion(Happening event) {
            return event instanceof Local.ShelfCleared;
        }
    }

    private static final Migrations TABLES =
            new Migrations(
                    "apples",
                    List.of(
                            """
                            CREATE TABLE sold (kind TEXT PRIMARY KEY, count INTEGER NOT NULL CHECK (count < 1000));
                            CREATE TABLE shelf (kind TEXT PRIMARY KEY, count INTEGER NOT NULL);
                            CREATE TABLE seen (kind TEXT PRIMARY KEY);
                            """));

    @TempDir private Path folder;
    private SqliteDatabase database;
    private Book<Happening> book;

    @BeforeEach
    void open() {
        database =
                SqliteDatabase.open(
                        folder.resolve("apples.db"),
                        SqliteSettings.defaults(),
                        CLOCK,
                        Book.TABLES,
                        TABLES);
        book = book(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static boolean came(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Book<Happening> book(SqliteDatabase database) {
        return new Book<>(
                database,
                List.of(
                        new Publication<>(
                                SOLD, new EventForm<>("dev.skerry.test.", Public.class), false),
                        new Publication<>(
                                SHELF, new EventForm<>("dev.skerry.test.", Local.class), true)),
                new Shelf(),
                CLOCK,
                new TimeOrderedIds(CLOCK, new Random(1)));
    }

    private Map<String, Long> counts(String table) {
        return book.query(tables ->
                tables
                        .createQuery("SELECT kind, count FROM " + table)
                        .map((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private Optional<String> sell(Command command, String kind, long count) {
        return book.once(
                command,
                (_, publish) -> {
                    publish.accept(new Public.ApplesSold(kind, count));
                    return "sold";
                });
    }

    private static Command command(String id) {
        return new Command(id, "sell");
    }

    private long tail(StreamName stream) {
        return database.find(stream).orElseThrow().tail();
    }

    @Test
    void
            its_version_is_another_after_whatever_was_published_and_that_of_a_stream_after_what_was_there() {
        String before = book.version();
        long sold = book.version(SOLD);
        book.write((_, _) -> true);
        assertEquals(before, book.version());
        book.write((_, publish) -> {
            publish.accept(new Local.ShelfChanged("boskoop", 3));
            return true;
        });
        String after = book.version();
        assertNotEquals(before, after);
        assertEquals(sold, book.version(SOLD));
        book.write((_, publish) -> {
            publish.accept(new Public.ApplesSold("boskoop", 1));
            return true;
        });
        assertNotEquals(after, book.version());
        assertNotEquals(sold, book.version(SOLD));
    }

    @Test
    void a_query_does_not_wait_for_the_writer_to_see_what_another_write_has_just_committed()
            throws Exception {
        Book<Happening> beside = book(database);
        book.write((_, publish) -> {
            publish.accept(new Public.ApplesSold("cox", 2));
            return true;
        });
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        FutureTask<Boolean> writer =
                new FutureTask<>(() ->
                        database.write(_ -> {
                            writing.countDown();
                            return came(asked);
                        }));
        Thread.ofPlatform().start(writer);
        writing.await();

        List<Integer> sold =
                beside.query(tables ->
                        tables.createQuery("SELECT count FROM sold").mapTo(Integer.class).list());

        asked.countDown();
        assertEquals(List.of(2), sold);
        assertTrue(writer.get(), "asked while the writer was busy");
    }

    @Test
    void what_is_published_is_applied_and_can_be_read_by_who_decides() {
        long seen =
                book.write((tables, publish) -> {
                    publish.accept(new Local.ShelfChanged("boskoop", 7));
                    return tables.createQuery("SELECT count FROM shelf").mapTo(Long.class).one();
                });
        assertEquals(7, seen);
        assertEquals(Map.of("boskoop", 7L), counts("shelf"));
        assertEquals(1, tail(SHELF));
    }

    @Test
    void a_decision_that_fails_leaves_nothing() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        book.write((_, publish) -> {
                            publish.accept(new Public.ApplesSold("boskoop", 1));
                            throw new IllegalStateException("no");
                        }));
        assertEquals(Map.of(), counts("sold"));
        assertEquals(0, tail(SOLD));
    }

    @Test
    void an_event_that_cannot_be_applied_is_not_published() {
        assertThrows(RuntimeException.class, () -> sell(command("1"), "boskoop", 5000));
        assertEquals(0, tail(SOLD));
        assertFalse(book.isDone(command("1")));
    }

    @Test
    void a_command_that_comes_again_does_nothing() {
        assertEquals(Optional.of("sold"), sell(command("1"), "boskoop", 3));
        assertEquals(Optional.empty(), sell(command("1"), "boskoop", 3));
        assertTrue(book.isDone(command("1")));
        assertEquals(Map.of("boskoop", 3L), counts("sold"));
        assertThrows(
                Book.CommandIdReused.class, () -> sell(new Command("1", "another"), "boskoop", 3));
    }

    @Test
    void a_command_that_changed_nothing_may_be_tried_again() {
        assertEquals(Optional.of("sold out"), book.once(command("1"), (_, _) -> "sold out"));
        assertEquals(Optional.of("sold"), sell(command("1"), "boskoop", 3));
    }

    @Test
    void the_same_command_ten_times_at_once_is_carried_out_once() throws InterruptedException {
        List<Thread> tills =
                java.util.stream.IntStream.range(0, 10)
                        .mapToObj(_ ->
                                Thread.ofVirtual().start(() -> sell(command("1"), "boskoop", 3)))
                        .toList();
        for (Thread till : tills) {
            till.join();
        }
        assertEquals(Map.of("boskoop", 3L), counts("sold"));
        assertEquals(1, tail(SOLD));
    }

    @Test
    void state_made_anew_from_the_streams_is_the_same() {
        sell(command("1"), "boskoop", 3);
        sell(command("2"), "cox", 4);
        book.write((_, publish) -> {
            publish.accept(new Local.ShelfChanged("cox", 9));
            publish.accept(new Local.ShelfChanged("boskoop", 9));
            publish.accept(new Local.ShelfCleared("boskoop"));
            return true;
        });
        book.rebuild();
        assertEquals(Map.of("boskoop", 3L, "cox", 4L), counts("sold"));
        assertEquals(Map.of("cox", 9L), counts("shelf"));
        assertTrue(book.isDone(command("2")));
        assertEquals(Optional.empty(), sell(command("2"), "cox", 4));
    }

    @Test
    void what_came_by_copy_is_applied_before_anything_is_decided() {
        sell(command("1"), "boskoop", 3);
        database.write(tx -> {
            Read.Page page = (Read.Page) database.read(SOLD, 0, 10, 1000);
            return tx.append(SOLD, page.events().getFirst().content());
        });
        long sold =
                book.write((tables, _) ->
                        tables.createQuery("SELECT count FROM sold").mapTo(Long.class).one());
        assertEquals(6, sold);
    }

    @Test
    void what_came_by_copy_is_applied_before_anything_is_looked_at() {
        sell(command("1"), "boskoop", 3);
        database.write(tx -> {
            Read.Page page = (Read.Page) database.read(SOLD, 0, 10, 1000);
            return tx.append(SOLD, page.events().getFirst().content());
        });
        assertEquals(Map.of("boskoop", 6L), counts("sold"));
    }

    @Test
    void what_came_by_copy_parks_nothing_that_is_followed() {
        StreamName source = StreamName.of("local/source");
        sell(command("1"), "boskoop", 3);
        database.write(tx -> {
            tx.open(source, StreamSettings.keepAll());
            tx.append(
                    source,
                    dev.skerry.stream.NewEvent.keyed("k", dev.skerry.stream.Bytes.of("{}")));
            Read.Page page = (Read.Page) database.read(SOLD, 0, 10, 1000);
            return tx.append(SOLD, page.events().getFirst().content());
        });
        var follower =
                book.follower(
                        "seen",
                        database.source(source, "seen"),
                        FollowerSettings.byKey(),
                        (_, _, publish) -> publish.accept(new Public.ApplesSold("boskoop", 1)));
        while (follower.step() instanceof Steps.Step.Moved) {}
        assertEquals(Map.of("boskoop", 7L), counts("sold"));
        assertEquals(0, database.write(tx -> tx.parked("seen")).size());
    }

    @Test
    void what_is_followed_takes_effect_once() {
        StreamName source = StreamName.of("local/source");
        database.write(tx -> {
            tx.open(source, StreamSettings.keepAll());
            return tx.append(source, dev.skerry.stream.NewEvent.of("{}"));
        });
        var follower =
                book.follower(
                        "seen",
                        database.source(source, "seen"),
                        FollowerSettings.inOrder(),
                        new Book.Reaction<>() {
                            @Override
                            public void react(
                                    dev.skerry.stream.Event event,
                                    Handle tables,
                                    java.util.function.Consumer<Happening> publish) {
                                tables.execute("INSERT INTO seen VALUES (?)", "boskoop");
                                publish.accept(new Public.ApplesSold("boskoop", 1));
                            }
                        });
        while (follower.step() instanceof Steps.Step.Moved) {}
        assertEquals(Map.of("boskoop", 1L), counts("sold"));
        var envelope =
                CloudEvents.read(
                        ((Read.Page) database.read(SOLD, 0, 10, 1000)).events().getFirst());
        assertEquals("dev.skerry.test.ApplesSold", envelope.type());
        assertEquals("store-1/apples", envelope.source());
    }

    @Test
    void a_new_machine_does_not_repeat_what_followed_events_led_to() {
        StreamName source = StreamName.of("local/source");
        database.write(tx -> {
            tx.open(source, StreamSettings.keepAll());
            tx.append(source, dev.skerry.stream.NewEvent.of("{}"));
            return tx.append(source, dev.skerry.stream.NewEvent.of("{}"));
        });
        follow(book, source);
        assertEquals(Map.of("boskoop", 2L), counts("sold"));
        SqliteDatabase other =
                SqliteDatabase.open(
                        folder.resolve("other.db"),
                        SqliteSettings.defaults(),
                        CLOCK,
                        Book.TABLES,
                        TABLES);
        try (other) {
            other.write(tx -> {
                tx.open(SOLD, StreamSettings.keepAll());
                ((Read.Page) database.read(SOLD, 0, 10, 10_000))
                        .events()
                        .forEach(event -> tx.append(SOLD, event.content()));
                return true;
            });
            Book<Happening> fetched = book(other);
            database.write(tx -> tx.append(source, dev.skerry.stream.NewEvent.of("{}")));
            follow(fetched, source);
            long sold =
                    fetched.query(tables ->
                            tables.createQuery("SELECT count FROM sold").mapTo(Long.class).one());
            assertEquals(3, sold);
        }
    }

    @Test
    void what_was_put_aside_leads_to_its_events_when_it_is_tried_again() {
        StreamName source = StreamName.of("local/source");
        database.write(tx -> {
            tx.open(source, StreamSettings.keepAll());
            for (String kind : List.of("quince", "boskoop")) {
                tx.append(
                        source,
                        new dev.skerry.stream.NewEvent(
                                kind, false, dev.skerry.stream.Bytes.of("{}")));
            }
            return true;
        });
        boolean[] known = {false};
        var follower =
                book.follower(
                        "sold",
                        database.source(source, "sold"),
                        FollowerSettings.byKey(),
                        (event, _, publish) -> {
                            String kind = String.valueOf(event.key());
                            if (kind.equals("quince") && !known[0]) {
                                throw new IllegalArgumentException("no apple: " + kind);
                            }
                            publish.accept(new Public.ApplesSold(kind, 1));
                        });
        while (follower.step() instanceof Steps.Step.Moved) {}
        assertEquals(Map.of("boskoop", 1L), counts("sold"));
        known[0] = true;
        assertEquals(1, follower.retry("quince", "kai").applied());
        assertEquals(Map.of("boskoop", 1L, "quince", 1L), counts("sold"));
        book.rebuild();
        assertEquals(Map.of("boskoop", 1L, "quince", 1L), counts("sold"));
    }

    private void follow(Book<Happening> by, StreamName source) {
        var follower =
                by.follower(
                        "seen",
                        database.source(source, "seen"),
                        FollowerSettings.inOrder(),
                        (_, _, publish) -> publish.accept(new Public.ApplesSold("boskoop", 1)));
        while (follower.step() instanceof Steps.Step.Moved) {}
    }

    @Test
    void commands_are_forgotten_once_a_day_when_nobody_repeats_them_any_more() {
        Duration known = Duration.ofDays(7);
        AtomicReference<Instant> now = new AtomicReference<>(CLOCK.instant());
        Forgetting forgetting = new Forgetting(List.of(database), known, now::get);
        for (int i = 0; i < 1500; i++) {
            sell(command("c" + i), "kind " + i % 10, 1);
        }
        now.set(CLOCK.instant().plus(known));
        assertEquals(1, pieces(forgetting));
        assertTrue(book.isDone(command("c0")));
        now.set(now.get().plus(Duration.ofHours(23)));
        assertEquals(1, pieces(forgetting));
        assertTrue(book.isDone(command("c0")));
        now.set(now.get().plus(Duration.ofHours(1)));
        assertEquals(2, pieces(forgetting));
        for (int i = 0; i < 1500; i++) {
            assertFalse(book.isDone(command("c" + i)));
        }
    }

    private static int pieces(Forgetting forgetting) {
        int pieces = 1;
        while (forgetting.step()) {
            pieces++;
        }
        return pieces;
    }
}
