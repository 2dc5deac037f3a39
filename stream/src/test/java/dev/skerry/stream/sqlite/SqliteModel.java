package dev.skerry.stream.sqlite;

import static dev.skerry.stream.sqlite.SqliteFolder.NOTES;
import static dev.skerry.stream.sqlite.SqliteFolder.group;
import static dev.skerry.stream.sqlite.SqliteFolder.machineFails;
import static dev.skerry.stream.sqlite.SqliteFolder.note;
import static dev.skerry.stream.sqlite.SqliteFolder.notes;
import static dev.skerry.stream.sqlite.SqliteFolder.upkeepUntilDone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.Chunk;
import dev.skerry.stream.ChunkReader;
import dev.skerry.stream.Copied;
import dev.skerry.stream.Event;
import dev.skerry.stream.MovableClock;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.Streams.Checkpoint;
import dev.skerry.stream.Streams.Copy;
import dev.skerry.stream.sqlite.NaiveLog.NaiveStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.sqlite.SQLiteErrorCode;

/// Does to a [SqliteDatabase] whatever comes to a seed's mind, and the same to a [NaiveLog]; after every step the two must
/// agree. The same seed does the same again.
final class SqliteModel implements AutoCloseable {

    private static final StreamName SALES = StreamName.of("a/sales");
    private static final StreamName TELEMETRY = StreamName.of("a/telemetry");
    private static final StreamName PRICES = StreamName.of("a/prices");
    private static final StreamName CUSTOMERS = StreamName.of("b/customers");
    private static final StreamName MIRROR = StreamName.of("b/mirror");
    private static final List<StreamName> STREAMS = List.of(SALES, TELEMETRY, PRICES, CUSTOMERS);
    private static final List<String> CURSORS = List.of("f0", "f1");

    private static final SqliteSettings SETTINGS =
            new SqliteSettings(2, 1024, 1000, 50, 1L << 28, Duration.ofDays(1));

    /// More than fit in one chunk.
    private static final int MANY_EVENTS = 4500;

    /// Work that fails by itself, on purpose.
    private static final class OnSecondThoughts extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final Random random;
    private final Consumer<String> trace;
    private final MovableClock clock = new MovableClock();
    private final SqliteFolder folder;
    private final List<ModelFollower> followers =
            List.of(
                    new ModelFollower("*/*"),
                    new ModelFollower("a/telemetry"),
                    new ModelFollower("a/prices"));

    /// For payloads and lives, none twice.
    private final AtomicLong number = new AtomicLong();

    private NaiveLog expected = new NaiveLog();
    private String file = "0.db";
    private SqliteDatabase database;
    private int upkeeps;
    private int upkeepsChecked;
    private long positionSeen;

    /// @param trace is told what happens, in words that repeat
    SqliteModel(long seed, Path path, Consumer<String> trace) {
        this.random = new Random(seed);
        this.trace = trace;
        this.folder = new SqliteFolder(path, clock);
        this.database = folder.open(file, SETTINGS, NOTES);
    }

    void run(int steps) throws Exception {
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(10)) {
                case 0 -> failAsAGroup();
                default -> commitAGroup();
            }
            agree();
            switch (random.nextInt(6)) {
                case 0 -> doUpkeep();
                case 1 -> stopAndStart();
                case 2 -> cutThePower();
                default -> letFollowersRead();
            }
            agree();
        }
    }

    // ---- what happens to the database

    private void commitAGroup() throws InterruptedException {
        AtomicReference<NaiveLog> after = new AtomicReference<>(expected);
        List<Runnable> works = works(after);
        assertEquals(List.of(), group(database, works), "nobody else's failure reaches a caller");
        expected = after.get();
    }

    /// The machine fails under one of them: nothing of the others is there either, and they know.
    private void failAsAGroup() throws InterruptedException {
        trace.accept("a group fails");
        List<Runnable> works = works(new AtomicReference<>(expected));
        works.add(
                random.nextInt(works.size() + 1),
                () ->
                        database.write(tx -> {
                            throw machineFails(SQLiteErrorCode.SQLITE_IOERR);
                        }));
        List<Throwable> failures = group(database, works);
        assertEquals(works.size(), failures.size(), "everybody is told");
        failures.forEach(failure -> assertInstanceOf(StreamException.class, failure));
    }

    private List<Runnable> works(AtomicReference<NaiveLog> after) {
        List<Runnable> works = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(6) == 0) {
                trace.accept("upkeep in a group");
                upkeeps++;
                works.add(() -> database.upkeep());
            } else {
                Random chance = new Random(random.nextLong());
                works.add(() -> writeOrThinkAgain(after, chance));
            }
        }
        return works;
    }

    private void writeOrThinkAgain(AtomicReference<NaiveLog> after, Random chance) {
        try {
            database.write(tx -> {
                Work work = new Work(tx, after.get().copy(), chance);
                work.doSome(1 + chance.nextInt(4), 0);
                if (chance.nextInt(4) == 0) {
                    trace.accept("work fails by itself");
                    throw new OnSecondThoughts();
                }
                after.set(work.log);
                return null;
            });
        } catch (OnSecondThoughts e) {
            trace.accept("work was undone");
        }
    }

    private void doUpkeep() {
        trace.accept("upkeep until nothing is left to do");
        clock.move(Duration.ofHours(random.nextInt(40)));
        upkeeps++;
        upkeepUntilDone(database);
        database.find(TELEMETRY)
                .ifPresent(info ->
                        assertTrue(
                                info.storedBytes() <= info.settings().keepBytesMax(),
                                () -> "more is kept than was asked for: " + info));
    }

    private void stopAndStart() {
        trace.accept("stop and start");
        List<StreamInfo> before = streams();
        database.close();
        database = folder.open(file, SETTINGS, NOTES);
        assertEquals(before, streams());
    }

    private void cutThePower() throws IOException {
        trace.accept("power cut");
        List<StreamInfo> before = streams();
        String after = (Integer.parseInt(file.replace(".db", "")) + 1) + ".db";
        folder.copyAsAfterAPowerCut(file, after);
        database.close();
        file = after;
        database = folder.open(file, SETTINGS, NOTES);
        assertEquals(before, streams());
    }

    private List<StreamInfo> streams() {
        return database.matching(StreamPattern.of("*/*"));
    }

    private void letFollowersRead() {
        for (ModelFollower follower : followers) {
            int pages = random.nextInt(5);
            for (int page = 0; page < pages; page++) {
                trace.accept(
                        follower.step(
                                follower.source(database),
                                expected,
                                expected.deletions + upkeeps,
                                random));
            }
        }
    }

    /// What one caller does, to both.
    private final class Work {

        private static final int DEPTH_MAX = 3;

        private final SqliteTransaction tx;
        private final Random chance;
        private NaiveLog log;

        Work(SqliteTransaction tx, NaiveLog log, Random chance) {
            this.tx = tx;
            this.log = log;
            this.chance = chance;
        }

        void doSome(int acts, int depth) {
            for (int i = 0; i < acts; i++) {
                doOne(STREAMS.get(chance.nextInt(STREAMS.size())), depth);
            }
        }

        private void doOne(StreamName name, int depth) {
            switch (chance.nextInt(13)) {
                case 0, 1, 2, 3, 4 -> append(name);
                case 5 -> delete(name);
                case 6 -> openAt(name);
                case 7 -> changeSettings(name);
                case 8 -> noteSomething();
                case 9 -> moveCursor();
                case 10 -> copySales();
                default -> {
                    if (depth < DEPTH_MAX) {
                        nest(depth + 1);
                    }
                }
            }
        }

        private void append(StreamName name) {
            trace.accept("append");
            NaiveStream stream = log.streams.get(name);
            if (stream == null) {
                tx.open(name, settings(name));
                stream = open(name, 0, Checksum.START);
            }
            int count = chance.nextInt(80) == 0 ? MANY_EVENTS : 1 + chance.nextInt(4);
            List<NewEvent> events = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                events.add(event(stream.settings.compacted()));
            }
            long tail = tx.append(name, events);
            stream.append(events);
            assertEquals(stream.tail(), tail);
        }

        /// Copies what is committed on into a mirror, which begins anew if it is one of another life.
        private void copySales() {
            StreamInfo sales = database.find(SALES).orElse(null);
            if (sales == null) {
                return;
            }
            NaiveStream mirror = log.streams.get(MIRROR);
            if (mirror == null) {
                Checkpoint begin = database.checksum(SALES, sales.start()).orElseThrow();
                tx.openAt(MIRROR, settings(SALES), begin.offset(), begin.checksum());
                mirror = open(MIRROR, begin.offset(), begin.checksum());
            }
            long bytesMax = 1L + chance.nextInt(500);
            if (!(database.copy(SALES, mirror.tail(), bytesMax) instanceof Copy.Chunks copy)) {
                return;
            }
            for (Chunk chunk : copy.chunks()) {
                if (!mirror.checksums.getLast().equals(chunk.before())) {
                    delete(MIRROR);
                    return;
                }
                trace.accept("copy a run");
                Copied copied = Copied.of(chunk);
                tx.append(MIRROR, copied);
                ChunkReader reader = copied.reader();
                while (reader.next()) {
                    mirror.append(List.of(reader.event(MIRROR).content()));
                }
            }
        }

        private NewEvent event(boolean keyed) {
            Bytes payload = Bytes.of("event " + number.incrementAndGet());
            String key = "key " + chance.nextInt(6);
            return !keyed
                    ? NewEvent.of(payload)
                    : chance.nextInt(4) == 0
                            ? NewEvent.deletion(key, payload)
                            : NewEvent.keyed(key, payload);
        }

        private void delete(StreamName name) {
            tx.delete(name);
            if (log.streams.remove(name) != null) {
                trace.accept("delete");
                log.deletions++;
            }
        }

        private void openAt(StreamName name) {
            if (!log.streams.containsKey(name)) {
                trace.accept("open at an offset");
                long offset = chance.nextLong(1, 50);
                Checksum before = new Checksum(chance.nextLong(), offset);
                tx.openAt(name, settings(name), offset, before);
                open(name, offset, before);
            }
        }

        private NaiveStream open(StreamName name, long offset, Checksum checksum) {
            NaiveStream stream =
                    new NaiveStream(number.incrementAndGet(), settings(name), offset, checksum);
            log.streams.put(name, stream);
            return stream;
        }

        private static StreamSettings settings(StreamName name) {
            return name.equals(SALES) || name.equals(MIRROR)
                    ? StreamSettings.keepAll()
                    : name.equals(TELEMETRY)
                            ? StreamSettings.keepNewest(100)
                            : StreamSettings.compactedByKey();
        }

        private void changeSettings(StreamName name) {
            NaiveStream stream = log.streams.get(name);
            if (stream != null) {
                trace.accept("change settings");
                StreamSettings now = stream.settings;
                stream.settings =
                        new StreamSettings(
                                now.compacted(),
                                null,
                                now.keepBytesMax() == 0 ? 0 : 50 + chance.nextInt(100),
                                name.equals(TELEMETRY) ? false : chance.nextBoolean());
                tx.open(name, stream.settings);
            }
        }

        private void noteSomething() {
            trace.accept("a context's own SQL");
            String text = "note " + number.incrementAndGet();
            note(tx, text);
            log.notes.add(text);
        }

        private void moveCursor() {
            trace.accept("move a cursor");
            String follower = CURSORS.get(chance.nextInt(CURSORS.size()));
            long cursor = number.incrementAndGet();
            tx.moveCursor(follower, cursor);
            log.cursors.put(follower, cursor);
        }

        private void nest(int depth) {
            NaiveLog before = log.copy();
            try {
                tx.nested(() -> {
                    doSome(chance.nextInt(4), depth);
                    if (chance.nextBoolean()) {
                        throw new OnSecondThoughts();
                    }
                });
                trace.accept("nested work, " + depth + " deep");
            } catch (OnSecondThoughts e) {
                trace.accept("nested work fails");
                log = before;
                if (chance.nextInt(3) == 0) {
                    throw e;
                }
            }
        }
    }

    // ---- what must hold

    NaiveLog expected() {
        return expected;
    }

    private void agree() {
        check(expected);
        upkeepsChecked = upkeeps;
        assertTrue(database.nextPosition() >= positionSeen, "positions only go up");
        positionSeen = database.nextPosition();
    }

    /// Compares everything that can be read from the database with what it should hold.
    void check(NaiveLog log) {
        assertEquals(
                List.copyOf(log.streams.keySet()),
                streams().stream().map(StreamInfo::name).toList(),
                "the streams are those that were opened and not deleted");
        log.streams.forEach((name, stream) -> {
            StreamInfo info = database.find(name).orElseThrow();
            infoIsRight(info, stream);
            List<Event> events = readByPages(info);
            if (stream.settings.compacted()) {
                newestOfEachKeyIsKept(stream, events);
            } else {
                eventsAreDense(stream, events);
            }
            checksumsOnTheWayAreRight(name, stream);
            whatIsBelowTheStartIsGone(info);
        });
        assertEquals(log.notes, notes(database), "the context's rows");
        for (String follower : CURSORS) {
            Long cursor = log.cursors.get(follower);
            assertEquals(
                    cursor == null ? OptionalLong.empty() : OptionalLong.of(cursor),
                    database.<OptionalLong>write(tx -> tx.cursor(follower)),
                    "the cursor of " + follower);
        }
    }

    private void infoIsRight(StreamInfo info, NaiveStream stream) {
        assertEquals(stream.settings, info.settings());
        assertEquals(stream.tail(), info.tail(), "tail of " + info);
        assertEquals(stream.checksums.getLast(), info.checksum(), "checksum of " + info);
        if (stream.settings.keepBytesMax() > 0 && upkeeps > upkeepsChecked) {
            assertTrue(
                    info.start() >= stream.start && info.start() <= info.tail(),
                    "start of " + info);
            stream.start = info.start();
        }
        assertEquals(stream.start, info.start(), "start of " + info);
    }

    private List<Event> readByPages(StreamInfo info) {
        List<Event> events = new ArrayList<>();
        long at = 0;
        while (at < info.tail()) {
            int eventsMax = 1 + random.nextInt(700);
            Read read = database.read(info.name(), at, eventsMax, 1 + random.nextInt(9000));
            Read.Page page = assertInstanceOf(Read.Page.class, read);
            assertTrue(page.events().size() <= eventsMax, "a page keeps to its size");
            assertTrue(page.next() > at, "a page moves on");
            assertEquals(page.next() == info.tail(), page.upToDate(), "up to date at the tail");
            events.addAll(page.events());
            at = page.next();
        }
        return events;
    }

    private static void eventsAreDense(NaiveStream stream, List<Event> events) {
        assertEquals(stream.tail() - stream.start, events.size(), "every event is there");
        long offset = stream.start;
        for (Event event : events) {
            assertEquals(offset, event.offset(), "offsets are dense");
            assertEquals(stream.at(offset), event.content());
            offset++;
        }
    }

    private static void newestOfEachKeyIsKept(NaiveStream stream, List<Event> events) {
        Map<String, NewEvent> newest = new HashMap<>();
        long previous = -1;
        for (Event event : events) {
            assertTrue(event.offset() > previous, "offsets go up");
            assertEquals(stream.at(event.offset()), event.content());
            NaiveLog.apply(newest, event.content());
            previous = event.offset();
        }
        assertEquals(stream.newest(), newest, "reading from the start is the snapshot");
    }

    private void checksumsOnTheWayAreRight(StreamName name, NaiveStream stream) {
        for (int i = 0; i < 5; i++) {
            long offset = random.nextLong(stream.start, stream.tail() + 1);
            Optional<Checkpoint> known = database.checksum(name, offset);
            known.ifPresent(checkpoint -> {
                assertTrue(checkpoint.offset() <= offset, "not beyond what was asked for");
                assertEquals(
                        stream.checksumBefore(checkpoint.offset()),
                        checkpoint.checksum(),
                        "checksum of %s before %d".formatted(name, checkpoint.offset()));
            });
            if (!stream.settings.compacted()) {
                assertEquals(Optional.of(offset), known.map(Checkpoint::offset));
            }
        }
    }

    private void whatIsBelowTheStartIsGone(StreamInfo info) {
        if (info.start() > 1) {
            long offset = random.nextLong(1, info.start());
            assertEquals(new Read.Gone(info.start()), database.read(info.name(), offset, 1, 1));
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
