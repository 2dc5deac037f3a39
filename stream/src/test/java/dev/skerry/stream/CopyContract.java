package dev.skerry.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.Streams.Checkpoint;
import dev.skerry.stream.Streams.Copy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every kind of database promises about copying streams: out of it, and into mirrors in it. Every test asks for
/// something that a database which does nothing cannot give.
public abstract class CopyContract<T extends Transaction> extends DatabaseContract<T> {

    private static final StreamSettings DAY = StreamSettings.keepFor(Duration.ofDays(1));
    private static final StreamName MIRROR = StreamName.of("mirror");
    private static final StreamName SECOND = StreamName.of("mirror-of-mirror");

    /// The last is of a mirror of a mirror that never learnt of a deletion.
    private static final List<Long> SEEDS =
            LongStream.concat(LongStream.range(0, 20), LongStream.of(74)).boxed().toList();

    private static final int BYTES_MAX = 1 << 20;

    /// A database of another kind.
    private Database<? extends Transaction> other;

    /// Opens, once, an empty database of another kind.
    protected abstract Database<? extends Transaction> openOther(InstantSource clock);

    @BeforeEach
    void openOther() {
        other = openOther(clock);
    }

    @AfterEach
    void closeOther() {
        other.close();
    }

    private List<Chunk> chunks(StreamName stream, long offset, long bytesMax) {
        return chunks(database.copy(stream, offset, bytesMax));
    }

    private static List<Chunk> chunks(Copy copy) {
        return assertInstanceOf(Copy.Chunks.class, copy).chunks();
    }

    private List<Chunk> chunks(StreamName stream, long offset) {
        return chunks(stream, offset, BYTES_MAX);
    }

    private static List<String> events(List<Chunk> chunks) {
        List<String> events = new ArrayList<>();
        for (Chunk chunk : chunks) {
            ChunkReader reader = Copied.of(chunk).reader();
            while (reader.next()) {
                events.add(
                        reader.gap()
                                ? reader.offset() + ".." + reader.nextOffset()
                                : reader.offset() + " " + reader.payload().text());
            }
        }
        return events;
    }

    /// Copies on until there is nothing more.
    private static <M extends Transaction> Mirror<M> pull(
            Streams from, StreamName source, Database<M> to, StreamName name, long bytesMax) {
        Mirror<M> mirror = new Mirror<>(from, source, to, name);
        while (mirror.pull(bytesMax)) {
            // Goes on.
        }
        return mirror;
    }

    /// Proves two copies equal: by checksum, and by what can be read.
    private static void assertSame(
            Streams one, StreamName oneName, Streams two, StreamName twoName) {
        StreamInfo source = one.find(oneName).orElseThrow();
        StreamInfo copy = two.find(twoName).orElseThrow();
        assertEquals(source.tail(), copy.tail());
        assertEquals(source.checksum(), copy.checksum());
        long from = Math.max(source.start(), copy.start());
        Map<Long, NewEvent> there = read(one, oneName, from);
        Map<Long, NewEvent> here = read(two, twoName, from);
        if (!source.settings().compacted()) {
            assertEquals(there, here);
            return;
        }
        assertEquals(state(there), state(here));
        there.keySet().retainAll(here.keySet());
        here.keySet().retainAll(there.keySet());
        assertEquals(there, here, "what both still have");
    }

    private static Map<Long, NewEvent> read(Streams streams, StreamName name, long from) {
        Map<Long, NewEvent> events = new TreeMap<>();
        long at = from;
        while (true) {
            Read.Page page = page(streams.read(name, at, 100, BYTES_MAX));
            page.events().forEach(event -> events.put(event.offset(), event.content()));
            if (page.upToDate()) {
                return events;
            }
            assertTrue(page.next() > at, "a page moves on");
            at = page.next();
        }
    }

    /// What a reader makes of a compacted stream: the offset of the newest event of each key.
    private static Map<String, Long> state(Map<Long, NewEvent> events) {
        Map<String, Long> state = new TreeMap<>();
        events.forEach((offset, event) -> {
            String key = String.valueOf(event.key());
            if (event.deletion()) {
                state.remove(key);
            } else {
                state.put(key, offset);
            }
        });
        return state;
    }

    // ---- handing out

    @Test
    void runs_begin_where_asked_follow_each_other_and_reach_the_tail() {
        open(SALES, StreamSettings.keepAll());
        for (int i = 0; i < 20; i++) {
            append(SALES, "a" + i, "b" + i, "c" + i);
        }
        for (long offset = 0; offset < 60; offset++) {
            long at = offset;
            Optional<Checkpoint> known = database.checksum(SALES, offset);
            Checksum checksum = known.orElseThrow().checksum();
            for (Chunk chunk : chunks(SALES, offset)) {
                assertEquals(at, chunk.first());
                assertEquals(checksum, chunk.before());
                Copied.of(chunk);
                at = chunk.next();
                checksum = chunk.after();
            }
            assertEquals(60, at);
            assertEquals(info(SALES).checksum(), checksum);
        }
        assertEquals(List.of("58 b19", "59 c19"), events(chunks(SALES, 58)));
        assertEquals(List.of(), chunks(SALES, 60));
        assertEquals(List.of(), chunks(SALES, 99));
    }

    @Test
    void a_copy_ends_about_where_asked_and_has_at_least_one_run() {
        open(SALES, StreamSettings.keepAll());
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            byte[] noise = new byte[1000];
            random.nextBytes(noise);
            append(SALES, NewEvent.of(Bytes.of(noise)));
        }
        assertEquals(1, chunks(SALES, 0, 1).getLast().next());
        assertEquals(6, chunks(SALES, 5, 0).getLast().next());
        long next = chunks(SALES, 3, 10_000).getLast().next();
        assertTrue(next > 8 && next < 15, "up to " + next);
    }

    @Test
    void what_is_not_there_cannot_be_copied() {
        StreamException none =
                assertThrows(StreamException.class, () -> database.copy(SALES, 0, 1));
        assertEquals(Kind.NO_STREAM, none.kind());
        assertThrows(IllegalArgumentException.class, () -> database.copy(SALES, -1, 1));
    }

    @Test
    void many_and_large_events_are_copied_from_any_offset() {
        open(SALES, StreamSettings.keepAll());
        int count = 2 * Limits.CHUNK_EVENTS_MAX + 100;
        List<NewEvent> events =
                new ArrayList<>(
                        IntStream.range(0, count)
                                .mapToObj(i -> NewEvent.of("a sale of all there is, " + i))
                                .toList());
        events.add(NewEvent.of(Bytes.of(new byte[2 * Limits.CHUNK_BYTES_MAX])));
        events.add(NewEvent.of(Bytes.EMPTY));
        database.write(tx -> tx.append(SALES, events));
        for (long offset : new long[] {0, 1, 4095, 4096, 4097, 5000, count - 1, count, count + 1}) {
            Checkpoint from = database.checksum(SALES, offset).orElseThrow();
            StreamName name = StreamName.of("mirror/" + offset);
            begin(other, name, StreamSettings.keepAll(), from.offset(), from.checksum());
            pull(database, SALES, other, name, 100_000);
            assertSame(database, SALES, other, name);
            assertEquals(count + 2 - offset, read(other, name, offset).size());
        }
    }

    private static <M extends Transaction> void begin(
            Database<M> in, StreamName name, StreamSettings settings, long at, Checksum before) {
        in.write(tx -> {
            tx.openAt(name, settings, at, before);
            return null;
        });
    }

    @Test
    void below_the_start_a_mirror_is_told_where_it_can_begin_anew() {
        open(SALES, DAY);
        EventSource source = database.source(SALES, "f");
        append(SALES, "a", "b");
        Checksum before = info(SALES).checksum();
        source.passed(3);
        clock.move(Duration.ofDays(2));
        append(SALES, "c");
        upkeepUntilDone();
        assertEquals(new Copy.Gone(2, before), database.copy(SALES, 0, BYTES_MAX));
        assertEquals(new Copy.Gone(2, before), database.copy(SALES, 1, BYTES_MAX));
        assertEquals(List.of("2 c"), events(chunks(SALES, 2)));
        pull(database, SALES, other, MIRROR, BYTES_MAX);
        assertEquals(2, other.find(MIRROR).orElseThrow().start());
        assertSame(database, SALES, other, MIRROR);
        clock.move(Duration.ofDays(2));
        upkeepUntilDone();
        assertEquals(new Copy.Gone(3, info(SALES).checksum()), database.copy(SALES, 1, BYTES_MAX));
        assertEquals(List.of(), chunks(SALES, 3));
    }

    // ---- what compaction has left

    @Test
    void what_is_compacted_away_is_a_gap_with_its_checksum() {
        open(PRICES, StreamSettings.compactedByKey());
        append(PRICES, keyed("a:1"), keyed("b:1"));
        append(PRICES, keyed("c:1"), keyed("a:2"), keyed("d:1"));
        append(PRICES, keyed("b:2"), keyed("a:3"));
        upkeepUntilDone();
        assertEquals(List.of("0..2", "2 c:1", "3..4", "4 d:1", "5 b:2", "6 a:3"), all());
        append(PRICES, keyed("b:3"), keyed("a:4"));
        append(PRICES, deletion("a"), deletion("b"));
        upkeepUntilDone();
        assertEquals(List.of("0..2", "2 c:1", "3..4", "4 d:1", "5..9", "9 ", "10 "), merged(all()));
        clock.move(Duration.ofDays(2));
        upkeepUntilDone();
        assertEquals(List.of("0..2", "2 c:1", "3..4", "4 d:1", "5..11"), merged(all()));
        reopen();
        assertEquals(List.of("0..2", "2 c:1", "3..4", "4 d:1", "5..11"), merged(all()));
        for (long offset = 0; offset < 11; offset++) {
            List<Chunk> chunks = chunks(PRICES, offset);
            assertEquals(offset, chunks.getFirst().first());
            assertEquals(11, chunks.getLast().next());
            assertEquals(info(PRICES).checksum(), chunks.getLast().after());
            events(chunks);
        }
    }

    private List<String> all() {
        return events(chunks(PRICES, 0));
    }

    /// Gaps that follow each other, as one.
    private static List<String> merged(List<String> events) {
        List<String> merged = new ArrayList<>();
        for (String event : events) {
            String last = merged.isEmpty() ? "" : merged.getLast();
            if (event.contains("..") && last.contains("..")) {
                merged.set(
                        merged.size() - 1,
                        last.substring(0, last.indexOf(".."))
                                + event.substring(event.indexOf("..")));
            } else {
                merged.add(event);
            }
        }
        return merged;
    }

    @Test
    void a_checksum_that_compaction_has_taken_is_not_made_up() {
        open(PRICES, StreamSettings.compactedByKey());
        append(PRICES, keyed("a:1"), keyed("a:2"), keyed("a:3"), keyed("a:4"));
        Mirror<?> mirror = pull(database, PRICES, other, MIRROR, BYTES_MAX);
        append(PRICES, keyed("a:5"));
        append(PRICES, keyed("a:6"));
        upkeepUntilDone();
        Chunk first = chunks(PRICES, 4).getFirst();
        assertEquals(4, first.first());
        assertNull(chunks(PRICES, 3).getFirst().before());
        assertEquals(6, mirror.pullAll(BYTES_MAX));
        assertSame(database, PRICES, other, MIRROR);
        assertEquals(List.of("5 a:6"), events(chunks(PRICES, 5)));
    }

    @Test
    void a_compacted_mirror_compacts_by_itself() {
        open(PRICES, StreamSettings.compactedByKey());
        append(PRICES, keyed("a:1"), keyed("b:1"), keyed("a:2"));
        Mirror<T> mirror = pull(other(PRICES), PRICES, database, MIRROR, BYTES_MAX);
        append(other, keyed("b:2"), deletion("c"));
        mirror.pullAll(BYTES_MAX);
        upkeepUntilDone();
        assertEquals(List.of("2 a:2", "3 b:2", "4 -c"), texts(MIRROR, 0));
        clock.move(Duration.ofDays(2));
        upkeepUntilDone();
        assertEquals(List.of("2 a:2", "3 b:2"), texts(MIRROR, 0));
        reopen();
        assertEquals(List.of("2 a:2", "3 b:2"), texts(MIRROR, 0));
        assertEquals(5, info(MIRROR).tail());
        assertEquals(other.find(PRICES).orElseThrow().checksum(), info(MIRROR).checksum());
    }

    /// The other database, with a copy of a stream in it to go on with.
    private Streams other(StreamName stream) {
        pull(database, stream, other, stream, BYTES_MAX);
        return other;
    }

    private <M extends Transaction> void append(Database<M> to, NewEvent... events) {
        to.write(tx -> tx.append(PRICES, List.of(events)));
    }

    @Test
    void a_mirror_that_would_never_learn_of_a_deletion_can_tell() {
        open(PRICES, StreamSettings.compactedByKey());
        append(PRICES, keyed("a:1"), keyed("b:1"));
        Mirror<?> mirror = pull(database, PRICES, other, MIRROR, BYTES_MAX);
        append(PRICES, deletion("a"));
        clock.move(Duration.ofDays(2));
        append(PRICES, keyed("b:2"));
        upkeepUntilDone();
        Copy.Chunks late = assertInstanceOf(Copy.Chunks.class, database.copy(PRICES, 2, BYTES_MAX));
        assertTrue(late.hideDeletions(2, 0));
        assertFalse(late.hideDeletions(3, 0));
        assertFalse(late.hideDeletions(2, late.dropped()));
        mirror.pullAll(BYTES_MAX);
        assertSame(database, PRICES, other, MIRROR);
        assertEquals(1, mirror.begunAnew);
        assertEquals(late.dropped(), mirror.dropped());
        assertThrows(IllegalStateException.class, () -> database.write(tx -> tx.dropped(SALES)));
    }

    @Test
    void a_mirror_begun_anew_passes_on_that_it_was() {
        open(PRICES, StreamSettings.compactedByKey());
        append(PRICES, keyed("a:1"), keyed("b:1"));
        Mirror<?> mirror = pull(database, PRICES, other, MIRROR, BYTES_MAX);
        Mirror<T> second = pull(other, MIRROR, database, SECOND, BYTES_MAX);
        append(PRICES, deletion("a"));
        clock.move(Duration.ofDays(2));
        append(PRICES, keyed("b:2"));
        upkeepUntilDone();
        mirror.pullAll(BYTES_MAX);
        second.pullAll(BYTES_MAX);
        assertSame(other, MIRROR, database, SECOND);
        assertEquals(List.of("3 b:2"), texts(SECOND, 0));
        assertEquals(1, second.begunAnew);
        long known = second.dropped();
        assertEquals(3, known);
        change(tx -> {
            tx.dropped(SECOND, 1);
        });
        reopen();
        assertEquals(known, second.droppedIn(database));
    }

    // ---- appending to a mirror

    @Test
    void a_mirror_is_equal_and_so_is_a_mirror_of_it() {
        open(SALES, StreamSettings.keepAll());
        for (int i = 0; i < 30; i++) {
            append(SALES, "sale " + i, "another " + i);
        }
        pull(database, SALES, other, MIRROR, 300);
        assertSame(database, SALES, other, MIRROR);
        pull(other, MIRROR, database, SECOND, 200);
        assertSame(database, SALES, database, SECOND);
        reopen();
        assertSame(database, SALES, database, SECOND);
        assertEquals(60, info(SECOND).tail());
        for (long offset = 0; offset <= 60; offset++) {
            assertEquals(database.checksum(SALES, offset), database.checksum(SECOND, offset));
        }
    }

    @Test
    void what_does_not_belong_at_the_end_is_refused_and_nothing_appended() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, "a", "b");
        append(SALES, "c");
        Copied ab = Copied.of(chunks(SALES, 0, 1).getFirst());
        Copied c = Copied.of(chunks(SALES, 2).getFirst());
        assertRefused(MIRROR, ab, "no stream");
        open(MIRROR, StreamSettings.keepAll());
        assertRefused(MIRROR, c, "ends at 0");
        long tail = database.write(tx -> tx.append(MIRROR, ab));
        assertEquals(ab.chunk().next(), tail);
        assertRefused(MIRROR, ab, "ends at");
        StreamName fork = StreamName.of("fork");
        open(fork, StreamSettings.keepAll());
        append(fork, "a", "x");
        assertRefused(fork, c, "checksum");
        open(PRICES, StreamSettings.compactedByKey());
        assertRefused(PRICES, ab, "key");
        assertEquals(0, info(PRICES).tail());
        assertEquals(2, info(fork).tail());
        pull(database, SALES, database, MIRROR, BYTES_MAX);
        assertSame(database, SALES, database, MIRROR);
    }

    private void assertRefused(StreamName mirror, Copied copied, String why) {
        IllegalStateException refused =
                assertThrows(
                        IllegalStateException.class,
                        () -> database.write(tx -> tx.append(mirror, copied)));
        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
    }

    @Test
    void a_transaction_sees_the_end_that_it_has_made() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, "a");
        append(SALES, "b");
        append(SALES, "c");
        List<Checkpoint> ends = new ArrayList<>();
        change(tx -> {
            tx.open(MIRROR, StreamSettings.keepAll());
            ends.add(tx.end(MIRROR));
            for (Chunk chunk : chunks(SALES, 0, 1)) {
                tx.append(MIRROR, Copied.of(chunk));
            }
            ends.add(tx.end(MIRROR));
        });
        assertEquals(new Checkpoint(0, Checksum.START), ends.getFirst());
        assertEquals(database.checksum(SALES, 1).orElseThrow(), ends.getLast());
        assertThrows(IllegalStateException.class, () -> database.write(tx -> tx.end(RETURNS)));
    }

    @Test
    void many_runs_and_own_events_go_into_one_transaction() {
        open(SALES, StreamSettings.keepAll());
        for (int i = 0; i < 10; i++) {
            append(SALES, "a" + i);
        }
        database.write(tx -> tx.append(SALES, numbered(0, 3000)));
        append(SALES, "b");
        List<Copied> runs = chunks(SALES, 0, BYTES_MAX).stream().map(Copied::of).toList();
        change(tx -> {
            tx.open(MIRROR, StreamSettings.keepAll());
            runs.forEach(run -> tx.append(MIRROR, run));
            tx.append(MIRROR, plain("own"));
            tx.append(SALES, plain("own"));
        });
        reopen();
        assertSame(database, SALES, database, MIRROR);
        assertEquals(3012, info(MIRROR).tail());
    }

    private static List<NewEvent> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> NewEvent.of("sale " + i)).toList();
    }

    @Test
    void copied_work_that_fails_undoes_only_itself() {
        open(PRICES, StreamSettings.compactedByKey());
        append(PRICES, keyed("a:1"), keyed("b:1"));
        append(PRICES, keyed("a:2"), keyed("b:2"));
        append(PRICES, keyed("c:1"));
        append(PRICES, keyed("c:2"));
        upkeepUntilDone();
        List<Copied> runs = chunks(PRICES, 0, BYTES_MAX).stream().map(Copied::of).toList();
        change(tx -> {
            tx.open(MIRROR, StreamSettings.compactedByKey());
            for (Copied run : runs) {
                Checkpoint end = tx.end(MIRROR);
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                tx.nested(() -> {
                                    tx.append(MIRROR, run);
                                    throw new IllegalStateException("no");
                                }));
                assertEquals(end, tx.end(MIRROR));
                tx.nested(() -> tx.append(MIRROR, run));
            }
        });
        StreamInfo before = info(MIRROR);
        append(PRICES, keyed("d:1"));
        Copied last = Copied.of(chunks(PRICES, 6).getFirst());
        assertThrows(
                IllegalStateException.class,
                () ->
                        change(tx -> {
                            tx.append(MIRROR, last);
                            throw new IllegalStateException("no");
                        }));
        assertEquals(before, info(MIRROR));
        database.write(tx -> tx.append(MIRROR, last));
        assertSame(database, PRICES, database, MIRROR);
        reopen();
        assertSame(database, PRICES, database, MIRROR);
        assertEquals(List.of("2 a:2", "3 b:2", "5 c:2", "6 d:1"), texts(MIRROR, 0));
    }

    @Test
    void a_gap_at_the_end_survives_everything() {
        open(PRICES, StreamSettings.compactedByKey());
        append(PRICES, keyed("a:1"), keyed("b:1"));
        append(PRICES, deletion("b"));
        clock.move(Duration.ofDays(2));
        upkeepUntilDone();
        assertEquals(List.of("0 a:1"), texts(PRICES, 0));
        StreamInfo source = info(PRICES);
        for (StreamSettings settings :
                List.of(StreamSettings.compactedByKey(), StreamSettings.keepAll())) {
            StreamName name = StreamName.of("mirror/" + settings.compacted());
            for (Chunk chunk : chunks(PRICES, 0)) {
                change(tx -> {
                    tx.open(name, settings);
                    tx.append(name, Copied.of(chunk));
                });
            }
            reopen();
            upkeepUntilDone();
            assertEquals(List.of("0 a:1"), texts(name, 0));
            assertEquals(3, info(name).tail());
            assertEquals(source.checksum(), info(name).checksum());
            assertEquals(new Read.Page(List.of(), 3, true), database.read(name, 1, 10, 100));
            assertEquals(
                    Optional.of(new Checkpoint(3, source.checksum())), database.checksum(name, 7));
            assertEquals(database.checksum(PRICES, 2), database.checksum(name, 2));
            assertEquals(List.of("0 a:1", "1..3"), merged(events(chunks(name, 0))));
            assertEquals(List.of("2..3"), events(chunks(name, 2)));
            append(name, keyed("c:1"));
            reopen();
            upkeepUntilDone();
            assertEquals(List.of("0 a:1", "3 c:1"), texts(name, 0));
            assertEquals(List.of("1..3", "3 c:1"), merged(events(chunks(name, 1))));
            StreamName second = StreamName.of("second/" + settings.compacted());
            pull(database, name, database, second, 1);
            assertSame(database, name, database, second);
        }
    }

    @Test
    void followers_of_a_mirror_see_each_event_once() {
        open(SALES, StreamSettings.keepAll());
        EventSource many = database.source(StreamPattern.of("mirror*"), "many");
        EventSource one = database.source(MIRROR, "one");
        append(SALES, "a", "b");
        append(SALES, "c");
        Mirror<T> mirror = pull(database, SALES, database, MIRROR, 1);
        Read.Page page = page(many.read(0, 100));
        assertEquals(List.of("a", "b", "c"), payloads(page.events()));
        append(SALES, "d");
        mirror.pullAll(1);
        assertEquals(List.of("d"), payloads(page(many.read(page.next(), 100)).events()));
        assertEquals(List.of("c", "d"), payloads(page(one.read(2, 100)).events()));
    }

    // ---- what the link needs besides

    @Test
    void a_forgotten_follower_holds_nothing_back() {
        open(SALES, DAY);
        append(SALES, "a", "b");
        database.source(SALES, "here").passed(2);
        database.source(SALES, "gone for ever");
        database.source(StreamPattern.of("*/sales"), "gone for ever");
        clock.move(Duration.ofDays(2));
        upkeepUntilDone();
        assertEquals(0, info(SALES).start());
        database.forget("gone for ever");
        database.forget("nobody");
        reopen();
        upkeepUntilDone();
        assertEquals(2, info(SALES).start());
        assertEquals(1, database.followers().size());
    }

    // ---- any stream, copied in any way

    @Test
    void any_stream_copied_in_any_slices_is_equal() {
        for (long seed : SEEDS) {
            try {
                new Any(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    /// A stream to which things happen, a mirror of it in the other database, and a mirror of that.
    private final class Any {

        private final Random random;
        private final StreamName source;
        private final StreamSettings settings;
        private final Mirror<?> mirror;
        private final Mirror<T> second;
        private long number;
        private final long begins;

        Any(long seed) {
            random = new Random(seed);
            source = StreamName.of("source/" + seed);
            settings =
                    switch (random.nextInt(4)) {
                        case 0 -> StreamSettings.keepAll();
                        case 1 -> StreamSettings.keepNewest(2000);
                        default -> StreamSettings.compactedByKey();
                    };
            StreamName first = StreamName.of("first/" + seed);
            begins = random.nextBoolean() ? 0 : random.nextInt(1000);
            Checksum before = begins == 0 ? Checksum.START : new Checksum(seed, seed);
            begin(database, source, settings, begins, before);
            mirror = mirror(other, first);
            second = new Mirror<>(other, first, database, StreamName.of("second/" + seed));
        }

        private <M extends Transaction> Mirror<M> mirror(Database<M> to, StreamName name) {
            return new Mirror<>(database, source, to, name);
        }

        void run() {
            for (int step = 0; step < 25; step++) {
                switch (random.nextInt(8)) {
                    case 0, 1, 2, 3 -> append();
                    case 4 -> {
                        clock.move(Duration.ofHours(random.nextInt(20)));
                        upkeep(database);
                        upkeep(other);
                    }
                    case 5 -> mirror.pull(slice());
                    case 6 -> {
                        mirror.pull(slice());
                        second.pull(slice());
                    }
                    default -> reopenNowAndThen();
                }
            }
            settle();
            upkeep(database);
            upkeep(other);
            settle();
        }

        private void reopenNowAndThen() {
            if (random.nextInt(3) == 0) {
                reopen();
                mirror.from = database;
                second.to = database;
            }
        }

        private void settle() {
            mirror.pullAll(slice());
            second.pullAll(slice());
            assertEquals(begins + number, info(source).tail());
            assertSame(database, source, other, mirror.name);
            assertSame(other, mirror.name, database, second.name);
        }

        private long slice() {
            return 1L + random.nextInt(random.nextInt(3) == 0 ? 20_000 : 300);
        }

        private void upkeep(Database<?> of) {
            int pieces = random.nextInt(20);
            for (int i = 0; i < pieces && of.upkeep(); i++) {
                // Goes on.
            }
        }

        private void append() {
            int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 500 : 5);
            List<NewEvent> events = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                events.add(event());
            }
            database.write(tx -> tx.append(source, events));
        }

        private NewEvent event() {
            Bytes payload = Bytes.of("sale " + number++ + "!".repeat(random.nextInt(40)));
            String key = "key " + random.nextInt(6);
            return !settings.compacted() && random.nextInt(3) > 0
                    ? NewEvent.of(payload)
                    : random.nextInt(4) == 0
                            ? NewEvent.deletion(key, Bytes.EMPTY)
                            : NewEvent.keyed(key, payload);
        }
    }

    /// A mirror, and whoever keeps it in step, as the link does.
    private static final class Mirror<M extends Transaction> {
        private Streams from;
        private final StreamName source;
        private Database<M> to;
        private final StreamName name;
        private int begunAnew;

        Mirror(Streams from, StreamName source, Database<M> to, StreamName name) {
            this.from = from;
            this.source = source;
            this.to = to;
            this.name = name;
        }

        /// @return the tail that the mirror has in the end
        long pullAll(long bytesMax) {
            while (pull(bytesMax)) {
                // Goes on.
            }
            return to.find(name).orElseThrow().tail();
        }

        /// @return whether there may be more
        boolean pull(long bytesMax) {
            if (from.find(source).isEmpty()) {
                return false;
            }
            StreamSettings settings = from.find(source).orElseThrow().settings();
            Checkpoint end =
                    to.write(tx -> {
                        tx.open(name, settings);
                        return tx.end(name);
                    });
            switch (from.copy(source, end.offset(), bytesMax)) {
                case Copy.Gone(long earliest, Checksum before) ->
                        beginAnew(settings, earliest, before);
                case Copy.Chunks late
                        when late.hideDeletions(end.offset(), dropped())
                                && end.offset() > to.find(name).orElseThrow().start() -> {
                    begunAnew++;
                    StreamInfo mirrored = to.find(name).orElseThrow();
                    beginAnew(settings, 0, Checksum.START);
                    assertNotEquals(mirrored, to.find(name).orElseThrow());
                }
                case Copy.Chunks(List<Chunk> chunks, long dropped) -> {
                    if (chunks.isEmpty()) {
                        return false;
                    }
                    List<Copied> proven = prove(chunks, end);
                    to.write(tx -> {
                        proven.forEach(run -> tx.append(name, run));
                        tx.dropped(name, dropped);
                        return null;
                    });
                }
            }
            return true;
        }

        private static List<Copied> prove(List<Chunk> chunks, Checkpoint end) {
            List<Copied> proven = new ArrayList<>();
            Checksum checksum = end.checksum();
            for (Chunk chunk : chunks) {
                proven.add(Copied.of(chunk.after(checksum)));
                checksum = chunk.after();
            }
            return proven;
        }

        private long dropped() {
            return droppedIn(to);
        }

        private long droppedIn(Database<M> database) {
            return database.write(tx -> tx.dropped(name));
        }

        private void beginAnew(StreamSettings settings, long offset, Checksum before) {
            to.write(tx -> {
                tx.delete(name);
                tx.openAt(name, settings, offset, before);
                return null;
            });
        }
    }
}
