package dev.skerry.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Comparison.Copy;
import dev.skerry.stream.Comparison.Result;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.Streams.Checkpoint;
import dev.skerry.stream.Streams.KnownFollower;
import dev.skerry.stream.Transaction.Parked;
import dev.skerry.stream.Transaction.Resolution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every kind of database promises about its streams. Every test asks for something that a database which does
/// nothing cannot give.
public abstract class StreamsContract<T extends Transaction> extends DatabaseContract<T> {

    private static final StreamSettings DAY = StreamSettings.keepFor(Duration.ofDays(1));
    private static final StreamPattern ALL_STORES = StreamPattern.of("store-*/sales");

    private static StreamName storeSales(int store) {
        return StreamName.of("store-" + store + "/sales");
    }

    // ---- appending and reading

    @Test
    void offsets_are_dense_and_begin_at_zero() {
        open(SALES, StreamSettings.keepAll());
        long first = database.write(tx -> tx.append(SALES, NewEvent.of("a")));
        assertEquals(0, first);
        assertEquals(3, append(SALES, "b", "c"));
        assertEquals(List.of("0 a", "1 b", "2 c"), texts(SALES, 0));
        assertEquals(List.of("2 c"), texts(SALES, 2));
        assertEquals(3, info(SALES).tail());
        assertEquals(0, info(SALES).start());
    }

    @Test
    void work_reads_its_own_writes() {
        List<Long> tails = new ArrayList<>();
        change(tx -> {
            tx.open(SALES, StreamSettings.keepAll());
            assertTrue(tx.exists(SALES));
            tails.add(tx.tail(SALES));
            tails.add(tx.append(SALES, plain("a", "b")));
            tails.add(tx.tail(SALES));
            tx.moveCursor("f", 7);
            assertEquals(OptionalLong.of(7), tx.cursor("f"));
        });
        assertEquals(List.of(0L, 2L, 2L), tails);
    }

    @Test
    void what_was_committed_is_there_after_reopening() {
        open(SALES, DAY);
        append(SALES, "a", "b");
        append(SALES, keyed("k:c"));
        change(tx -> {
            tx.moveCursor("f", 42);
            effects().note(tx, "noted");
        });
        StreamInfo before = info(SALES);
        reopen();
        assertEquals(before, info(SALES));
        assertEquals(List.of("0 a", "1 b", "2 k:c"), texts(SALES, 0));
        assertEquals("k", page(database.read(SALES, 2, 1, 1)).events().getFirst().key());
        assertEquals(List.of("noted"), notes());
        assertEquals(OptionalLong.of(42), database.write(tx -> tx.cursor("f")));
    }

    @Test
    void an_exception_undoes_all_of_its_own_work_and_reaches_the_caller() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, "a");
        for (Throwable thrown :
                List.of(new IllegalStateException("no"), new AssertionError("no"))) {
            Throwable seen =
                    assertThrows(
                            thrown.getClass(),
                            () ->
                                    database.write(tx -> {
                                        tx.append(SALES, plain("lost"));
                                        tx.open(RETURNS, StreamSettings.keepAll());
                                        tx.delete(SALES);
                                        tx.moveCursor("f", 1);
                                        effects().note(tx, "lost");
                                        return sneak(thrown);
                                    }));
            assertEquals(thrown, seen);
        }
        append(SALES, "b");
        assertEquals(List.of("0 a", "1 b"), texts(SALES, 0));
        assertEquals(Optional.empty(), database.find(RETURNS));
        assertEquals(List.of(), notes());
        assertEquals(OptionalLong.empty(), database.write(tx -> tx.cursor("f")));
    }

    private static int sneak(Throwable thrown) {
        switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalArgumentException(thrown);
        }
    }

    @Test
    void callers_at_once_do_not_undo_each_other() throws InterruptedException {
        int callers = 8;
        int worksEach = 40;
        open(SALES, StreamSettings.keepAll());
        AtomicInteger refused = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            int me = caller;
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> appendAndFailNowAndThen(me, worksEach, refused)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(callers * worksEach / 4, refused.get());
        List<String> expected =
                IntStream.range(0, callers * worksEach)
                        .filter(work -> work % 4 != 3)
                        .mapToObj(Integer::toString)
                        .sorted()
                        .toList();
        List<String> found =
                texts(SALES, 0).stream()
                        .map(t -> t.substring(t.indexOf(' ') + 1))
                        .sorted()
                        .toList();
        assertEquals(expected, found);
        assertEquals(expected, notes().stream().sorted().toList());
        assertEquals(expected.size(), info(SALES).tail());
    }

    private void appendAndFailNowAndThen(int caller, int works, AtomicInteger refused) {
        for (int i = 0; i < works; i++) {
            int work = caller * works + i;
            try {
                change(tx -> {
                    effects().note(tx, Integer.toString(work));
                    tx.append(SALES, plain(Integer.toString(work)));
                    if (work % 4 == 3) {
                        throw new IllegalStateException("refused");
                    }
                });
            } catch (IllegalStateException e) {
                refused.incrementAndGet();
            }
        }
    }

    @Test
    void nested_work_that_fails_undoes_only_itself() {
        open(SALES, StreamSettings.keepAll());
        change(tx -> {
            effects().note(tx, "before");
            tx.append(SALES, plain("before"));
            tx.nested(() -> effects().note(tx, "inside"));
            assertThrows(
                    IllegalStateException.class,
                    () ->
                            tx.nested(() -> {
                                effects().note(tx, "lost");
                                tx.append(SALES, plain("lost", "lost"));
                                tx.open(RETURNS, StreamSettings.keepAll());
                                tx.nested(() -> effects().note(tx, "lost too"));
                                throw new IllegalStateException("no");
                            }));
            effects().note(tx, "after");
            tx.append(SALES, plain("after"));
        });
        assertEquals(List.of("before", "inside", "after"), notes());
        assertEquals(List.of("0 before", "1 after"), texts(SALES, 0));
        assertEquals(Optional.empty(), database.find(RETURNS));
        StreamInfo info = info(SALES);
        Checksums checksums = new Checksums();
        Checksum expected = Checksum.START;
        for (NewEvent event : plain("before", "after")) {
            expected = checksums.after(expected, event);
        }
        assertEquals(expected, info.checksum());
    }

    @Test
    void work_must_not_call_write() {
        assertThrows(
                IllegalStateException.class,
                () -> database.write(tx -> database.write(inner -> inner.exists(SALES))));
        open(SALES, StreamSettings.keepAll());
        assertEquals(1, append(SALES, "still works"));
    }

    @Test
    void a_closed_database_refuses() {
        database.close();
        StreamException refused =
                assertThrows(StreamException.class, () -> database.write(tx -> tx.exists(SALES)));
        assertEquals(Kind.CLOSED, refused.kind());
        assertTimeoutPreemptively(Duration.ofSeconds(30), database::close, "closing again");
        database = open(clock);
    }

    @Test
    void a_page_ends_at_its_limits_but_holds_at_least_one_event() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, "12345", "12345", "12345", "12345");
        Read.Page two = page(database.read(SALES, 0, 2, 1000));
        assertEquals(2, two.events().size());
        assertEquals(2, two.next());
        assertFalse(two.upToDate());
        Read.Page byBytes = page(database.read(SALES, 1, 100, 12));
        assertEquals(2, byBytes.events().size());
        assertEquals(3, byBytes.next());
        Read.Page one = page(database.read(SALES, 2, 100, 1));
        assertEquals(1, one.events().size());
        assertFalse(one.upToDate());
        Read.Page last = page(database.read(SALES, 3, 100, 1000));
        assertEquals(4, last.next());
        assertTrue(last.upToDate());
    }

    @Test
    void beyond_the_tail_is_an_empty_page() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, "a");
        assertEquals(new Read.Page(List.of(), 1, true), database.read(SALES, 1, 10, 1000));
        assertEquals(new Read.Page(List.of(), 9, true), database.read(SALES, 9, 10, 1000));
        assertEquals(List.of("0 a"), texts(SALES, 0));
    }

    @Test
    void large_events_and_many_events_come_back_as_they_went_in() {
        open(SALES, StreamSettings.keepAll());
        byte[] large = new byte[3 * Limits.CHUNK_BYTES_MAX];
        new Random(7).nextBytes(large);
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < 2 * Limits.CHUNK_EVENTS_MAX; i++) {
            events.add(NewEvent.of("sale " + i));
        }
        events.add(NewEvent.of(Bytes.of(large)));
        events.add(NewEvent.of(Bytes.EMPTY));
        database.write(tx -> tx.append(SALES, events));
        reopen();
        List<NewEvent> found = new ArrayList<>();
        long offset = 0;
        while (offset < info(SALES).tail()) {
            Read.Page page = page(database.read(SALES, offset, 1000, Limits.PAGE_BYTES_MAX));
            page.events().forEach(event -> found.add(event.content()));
            offset = page.next();
        }
        assertEquals(events, found);
    }

    @Test
    void what_is_not_there_is_refused() {
        assertEquals(
                Kind.NO_STREAM,
                assertThrows(StreamException.class, () -> database.read(SALES, 0, 1, 1)).kind());
        assertThrows(IllegalStateException.class, () -> append(SALES, "a"));
        assertThrows(IllegalStateException.class, () -> database.write(tx -> tx.tail(SALES)));
        assertEquals(Optional.empty(), database.checksum(SALES, 0));
    }

    @Test
    void a_compacted_stream_wants_keys_and_stays_compacted() {
        open(PRICES, StreamSettings.compactedByKey());
        assertThrows(
                IllegalStateException.class,
                () -> append(PRICES, keyed("a:1"), plain("b").getFirst()));
        assertThrows(IllegalStateException.class, () -> open(PRICES, StreamSettings.keepAll()));
        append(PRICES, keyed("a:1"));
        assertEquals(List.of("0 a:1"), texts(PRICES, 0));
    }

    @Test
    void settings_change_by_opening_again() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, "a");
        open(SALES, DAY);
        assertEquals(DAY, info(SALES).settings());
        reopen();
        assertEquals(DAY, info(SALES).settings());
        assertEquals(List.of("0 a"), texts(SALES, 0));
    }

    @Test
    void streams_are_found_by_pattern_in_order_of_name() {
        for (String name :
                List.of("store-2/sales", "store-1/sales", "store-1/sales/deep", "hq/sales")) {
            open(StreamName.of(name), StreamSettings.keepAll());
        }
        assertEquals(
                List.of("store-1/sales", "store-2/sales"),
                database.matching(ALL_STORES).stream().map(info -> info.name().value()).toList());
    }

    @Test
    void a_stream_can_begin_at_an_offset() {
        Checksum before = new Checksum(1, 2);
        database.write(tx -> {
            tx.openAt(SALES, StreamSettings.keepAll(), 100, before);
            return tx.append(SALES, plain("a", "b"));
        });
        assertEquals(100, info(SALES).start());
        assertEquals(102, info(SALES).tail());
        assertEquals(List.of("100 a", "101 b"), texts(SALES, 0));
        assertEquals(new Read.Gone(100), database.read(SALES, 50, 10, 1000));
        assertEquals(Optional.of(new Checkpoint(100, before)), database.checksum(SALES, 100));
        assertEquals(Optional.empty(), database.checksum(SALES, 99));
        assertThrows(
                IllegalStateException.class,
                () ->
                        change(tx -> {
                            tx.openAt(SALES, StreamSettings.keepAll(), 7, before);
                        }));
        reopen();
        assertEquals(List.of("101 b"), texts(SALES, 101));
    }

    @Test
    void an_emptied_stream_keeps_its_tail() {
        change(tx -> {
            tx.openAt(SALES, DAY, 100, new Checksum(1, 2));
        });
        reopen();
        assertEquals(100, info(SALES).tail());
        assertEquals(101, append(SALES, "a"));
    }

    @Test
    void a_stream_made_anew_begins_at_zero() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, "a", "b", "c");
        change(tx -> {
            tx.delete(SALES);
            tx.delete(RETURNS);
            assertFalse(tx.exists(SALES));
        });
        assertEquals(Optional.empty(), database.find(SALES));
        open(SALES, StreamSettings.keepAll());
        append(SALES, "d");
        reopen();
        assertEquals(List.of("0 d"), texts(SALES, 0));
        assertEquals(1, info(SALES).tail());
    }

    @Test
    void a_stream_can_be_deleted_and_made_anew_in_one_transaction() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, "a", "b");
        database.write(tx -> {
            tx.append(SALES, plain("c"));
            tx.delete(SALES);
            tx.open(SALES, StreamSettings.keepAll());
            return tx.append(SALES, plain("d"));
        });
        reopen();
        assertEquals(List.of("0 d"), texts(SALES, 0));
    }

    // ---- compaction

    @Test
    void compaction_keeps_the_newest_event_of_each_key_at_its_offset() {
        open(PRICES, StreamSettings.compactedByKey());
        append(PRICES, keyed("a:1"), keyed("b:1"), keyed("a:2"));
        append(PRICES, keyed("c:1"));
        append(PRICES, keyed("a:3"), keyed("c:2"));
        StreamInfo before = info(PRICES);
        upkeepUntilDone();
        assertEquals(List.of("1 b:1", "4 a:3", "5 c:2"), texts(PRICES, 0));
        assertEquals(List.of("4 a:3", "5 c:2"), texts(PRICES, 2));
        assertEquals(before.tail(), info(PRICES).tail());
        assertEquals(before.checksum(), info(PRICES).checksum());
        assertEquals(0, info(PRICES).start());
        append(PRICES, keyed("b:2"));
        upkeepUntilDone();
        reopen();
        assertEquals(List.of("4 a:3", "5 c:2", "6 b:2"), texts(PRICES, 0));
    }

    @Test
    void a_page_moves_on_over_what_is_compacted_away() {
        open(PRICES, StreamSettings.compactedByKey());
        append(PRICES, keyed("a:1"), keyed("b:1"), keyed("b:2"), keyed("b:3"));
        append(PRICES, keyed("a:2"));
        upkeepUntilDone();
        Read.Page first = page(database.read(PRICES, 0, 1, 1000));
        assertEquals(List.of("b:3"), payloads(first.events()));
        assertEquals(4, first.next());
        assertEquals(5, page(database.read(PRICES, 1, 10, 1000)).next());
    }

    @Test
    void compaction_copes_with_many_chunks() {
        open(PRICES, StreamSettings.compactedByKey());
        int events = 2 * Limits.CHUNK_EVENTS_MAX + 10;
        List<NewEvent> all = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            all.add(keyed("k" + i % 10 + ":" + i));
        }
        database.write(tx -> tx.append(PRICES, all));
        Checksum before = info(PRICES).checksum();
        upkeepUntilDone();
        reopen();
        List<String> expected =
                IntStream.range(events - 10, events)
                        .mapToObj(i -> i + " k" + i % 10 + ":" + i)
                        .toList();
        assertEquals(expected, texts(PRICES, 0));
        assertEquals(before, info(PRICES).checksum());
        assertEquals(
                Optional.of(new Checkpoint(events, before)), database.checksum(PRICES, events));
    }

    @Test
    void a_deletion_stays_until_its_time_is_over_and_followers_have_passed_it() {
        open(PRICES, StreamSettings.compactedByKey());
        EventSource source = database.source(PRICES, "mirror");
        EventSource pattern = database.source(StreamPattern.of("*/prices"), "shelf labels");
        append(PRICES, keyed("a:1"), keyed("b:1"));
        append(PRICES, deletion("a"));
        upkeepUntilDone();
        List<String> withDeletion = List.of("1 b:1", "2 -a");
        assertEquals(withDeletion, texts(PRICES, 0));

        clock.move(Duration.ofDays(2));
        upkeepUntilDone();
        assertEquals(withDeletion, texts(PRICES, 0), "old, but not passed");
        source.passed(3);
        upkeepUntilDone();
        assertEquals(withDeletion, texts(PRICES, 0), "passed by one of two");
        pattern.passed(page(pattern.read(0, 100)).next());
        upkeepUntilDone();
        assertEquals(List.of("1 b:1"), texts(PRICES, 0));

        append(PRICES, deletion("b"));
        source.passed(4);
        pattern.passed(page(pattern.read(0, 100)).next());
        upkeepUntilDone();
        assertEquals(List.of("3 -b"), texts(PRICES, 0), "passed, but not old");
        append(PRICES, keyed("b:2"));
        clock.move(Duration.ofDays(2));
        upkeepUntilDone();
        reopen();
        assertEquals(List.of("4 b:2"), texts(PRICES, 0));
    }

    @Test
    void a_follower_that_goes_back_behind_a_vanished_deletion_is_told() {
        open(PRICES, StreamSettings.compactedByKey());
        EventSource source = database.source(PRICES, "mirror");
        append(PRICES, keyed("a:1"), deletion("a"), keyed("b:1"));
        source.passed(3);
        clock.move(Duration.ofDays(2));
        upkeepUntilDone();
        assertEquals(new Read.Gone(0), source.read(1, 10));
        assertEquals(List.of("b:1"), payloads(page(source.read(0, 10)).events()));
    }

    // ---- retention

    @Test
    void retention_drops_what_is_too_old_and_passed() {
        open(SALES, DAY);
        EventSource source = database.source(SALES, "mirror");
        int old = Limits.CHUNK_EVENTS_MAX + 100;
        database.write(tx -> tx.append(SALES, numbered(0, old)));
        source.passed(old);
        upkeepUntilDone();
        assertEquals(0, info(SALES).start(), "passed, but young");
        clock.move(Duration.ofDays(2));
        append(SALES, "new");
        source.passed(old + 1);
        Checksum before = info(SALES).checksum();
        upkeepUntilDone();
        long start = info(SALES).start();
        assertTrue(start >= Limits.CHUNK_EVENTS_MAX && start <= old, "start " + start);
        assertEquals(old + 1, info(SALES).tail());
        assertEquals(before, info(SALES).checksum());
        assertEquals(List.of(old + " new"), texts(SALES, old));
        assertEquals(new Read.Gone(start), database.read(SALES, start - 1, 10, 1000));
        assertEquals(start, page(database.read(SALES, 0, 1, 1000)).events().getFirst().offset());
        assertEquals(Optional.empty(), database.checksum(SALES, start - 1));
        assertEquals(start, database.checksum(SALES, start).orElseThrow().offset());
        reopen();
        assertEquals(start, info(SALES).start());
        assertEquals(old + 1, info(SALES).tail());
    }

    private static List<NewEvent> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> NewEvent.of("sale " + i)).toList();
    }

    @Test
    void a_stream_that_lost_all_its_events_goes_on_at_its_tail() {
        open(SALES, DAY);
        EventSource source = database.source(SALES, "mirror");
        append(SALES, "a", "b");
        source.passed(2);
        clock.move(Duration.ofDays(2));
        upkeepUntilDone();
        assertEquals(2, info(SALES).start());
        assertEquals(0, info(SALES).storedBytes());
        reopen();
        append(SALES, "c");
        assertEquals(List.of("2 c"), texts(SALES, 0));
        assertEquals(List.of("c"), payloads(page(source().read(2, 10)).events()));
    }

    private EventSource source() {
        return database.source(SALES, "mirror");
    }

    @Test
    void nothing_is_dropped_before_every_known_follower_has_passed() {
        open(SALES, DAY);
        append(SALES, "a", "b");
        clock.move(Duration.ofDays(2));
        upkeepUntilDone();
        assertEquals(0, info(SALES).start(), "nobody is known");
        EventSource one = database.source(SALES, "one");
        EventSource many = database.source(ALL_STORES, "many");
        one.passed(2);
        upkeepUntilDone();
        assertEquals(0, info(SALES).start(), "one of two has passed");
        many.passed(page(many.read(0, 10)).next());
        upkeepUntilDone();
        assertEquals(2, info(SALES).start());
        assertTrue(database.followers().stream().noneMatch(KnownFollower::overrun));
    }

    @Test
    void retention_keeps_the_newest_that_fit() {
        long bytesMax = 300_000;
        open(SALES, StreamSettings.keepNewest(bytesMax));
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            byte[] payload = new byte[10_000];
            random.nextBytes(payload);
            append(SALES, NewEvent.of(Bytes.of(payload)));
            upkeepUntilDone();
            assertTrue(info(SALES).storedBytes() <= bytesMax, info(SALES).toString());
        }
        long kept = info(SALES).tail() - info(SALES).start();
        assertTrue(kept >= 20 && kept <= 30, "kept " + kept);
        assertEquals(60, info(SALES).tail());
    }

    @Test
    void followers_are_known_with_what_they_have_passed() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, "a", "b");
        database.source(SALES, "one").passed(2);
        database.source(ALL_STORES, "many");
        reopen();
        database.source(SALES, "one").passed(1);
        assertEquals(
                List.of(
                        new KnownFollower("many", "store-*/sales", 0, false),
                        new KnownFollower("one", "store-1/sales", 2, false)),
                database.followers().stream()
                        .sorted((a, b) -> a.follower().compareTo(b.follower()))
                        .toList());
    }

    /// Appends a tenth of what `keepNewest` takes in the tests below.
    private void appendTelemetry(StreamName stream, int events) {
        Random random = new Random(7);
        for (int i = 0; i < events; i++) {
            byte[] payload = new byte[10_000];
            random.nextBytes(payload);
            append(stream, NewEvent.of(Bytes.of(payload)));
        }
        upkeepUntilDone();
    }

    @Test
    void a_follower_that_was_overrun_is_told_and_starts_over_at_zero() {
        open(SALES, StreamSettings.keepNewest(100_000));
        EventSource source = database.source(SALES, "slow");
        appendTelemetry(SALES, 5);
        long cursor = page(source.read(0, 3)).next();
        source.passed(cursor);
        appendTelemetry(SALES, 30);
        assertTrue(overrun("slow"));
        assertEquals(new Read.Gone(0), source.read(cursor, 3));
        reopen();
        EventSource again = database.source(SALES, "slow");
        assertEquals(new Read.Gone(0), again.read(cursor, 3));
        Read.Page page = page(again.read(0, 3));
        assertEquals(info(SALES).start(), page.events().getFirst().offset());
        assertFalse(overrun("slow"));
        assertEquals(page.next(), page(again.read(page.next(), 1)).events().getFirst().offset());
    }

    @Test
    void a_follower_that_was_ahead_of_what_it_told_is_not_overrun() {
        open(SALES, StreamSettings.keepNewest(100_000));
        EventSource source = database.source(SALES, "quick");
        EventSource pattern = database.source(ALL_STORES, "quick pattern");
        appendTelemetry(SALES, 30);
        long cursor = page(source.read(0, 1000)).next();
        long position = page(pattern.read(0, 1000)).next();
        appendTelemetry(SALES, 5);
        assertEquals(5, page(source.read(cursor, 1000)).events().size());
        assertEquals(5, page(pattern.read(position, 1000)).events().size());
        source.passed(cursor);
        assertFalse(overrun("quick"));
    }

    private boolean overrun(String follower) {
        return database.followers().stream()
                .filter(known -> known.follower().equals(follower))
                .findFirst()
                .orElseThrow()
                .overrun();
    }

    @Test
    void a_pattern_follower_that_was_overrun_starts_over_and_gets_through() {
        open(storeSales(1), StreamSettings.keepAll());
        open(storeSales(2), StreamSettings.keepNewest(100_000));
        EventSource source = database.source(ALL_STORES, "slow");
        append(storeSales(1), "a");
        append(storeSales(1), "b");
        append(storeSales(1), "c");
        long cursor = page(source.read(0, 2)).next();
        source.passed(cursor);
        appendTelemetry(storeSales(2), 30);
        assertEquals(new Read.Gone(0), source.read(cursor, 2));
        List<Event> seen = new ArrayList<>();
        long at = 0;
        while (true) {
            Read.Page page = page(source.read(at, 1));
            if (page.next() == at) {
                break;
            }
            seen.addAll(page.events());
            at = page.next();
        }
        long kept = info(storeSales(2)).tail() - info(storeSales(2)).start();
        assertEquals(3 + kept, seen.size());
        assertEquals(List.of("a", "b", "c"), payloads(seen.subList(0, 3)));
    }

    @Test
    void a_follower_that_came_back_from_a_backup_is_told_what_it_has_missed() {
        open(SALES, DAY);
        EventSource source = database.source(ALL_STORES, "restored");
        append(SALES, "a");
        long backup = page(source.read(0, 100)).next();
        append(SALES, "b");
        source.passed(page(source.read(backup, 100)).next());
        assertEquals(List.of("b"), payloads(page(source.read(backup, 100)).events()));
        source.passed(page(source.read(backup, 100)).next());
        clock.move(Duration.ofDays(2));
        upkeepUntilDone();
        append(SALES, "c");
        assertEquals(new Read.Gone(0), source.read(backup, 100));
        assertEquals(List.of("c"), payloads(page(source.read(0, 100)).events()));
    }

    @Test
    void a_cursor_beyond_the_end_means_that_the_source_lost_something() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, "a");
        assertEquals(new Read.Gone(0), database.source(SALES, "f").read(5, 10));
        EventSource pattern = database.source(ALL_STORES, "g");
        long end = page(pattern.read(0, 10)).next();
        assertEquals(new Read.Page(List.of(), end, true), pattern.read(end, 10));
        assertEquals(new Read.Gone(0), pattern.read(end + 5, 10));
    }

    @Test
    void a_follower_of_a_stream_made_anew_is_told_to_start_over() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, "a", "b");
        EventSource source = database.source(SALES, "f");
        source.passed(2);
        change(tx -> {
            tx.delete(SALES);
        });
        assertEquals(new Read.Gone(0), source.read(2, 10));
        open(SALES, StreamSettings.keepAll());
        append(SALES, "c", "d", "e");
        reopen();
        EventSource again = database.source(SALES, "f");
        assertEquals(new Read.Gone(0), again.read(2, 10));
        assertEquals(List.of("c", "d", "e"), payloads(page(again.read(0, 10)).events()));
        assertEquals(List.of("e"), payloads(page(again.read(2, 10)).events()));
    }

    @Test
    void a_source_may_be_there_before_its_stream() {
        EventSource source = database.source(SALES, "early");
        assertEquals("store-1/sales", source.describe());
        assertEquals(new Read.Page(List.of(), 0, true), source.read(0, 10));
        open(SALES, StreamSettings.keepAll());
        append(SALES, "a");
        assertEquals(List.of("a"), payloads(page(source.read(0, 10)).events()));
    }

    // ---- patterns

    @Test
    void a_pattern_is_read_in_the_order_in_which_the_database_took_it() {
        open(storeSales(1), StreamSettings.keepAll());
        open(PRICES, StreamSettings.keepAll());
        EventSource source = database.source(ALL_STORES, "f");
        append(storeSales(1), "1a");
        append(PRICES, "not followed");
        open(storeSales(2), StreamSettings.keepAll());
        append(storeSales(2), "2a");
        append(storeSales(1), "1b");
        database.write(tx -> {
            tx.append(storeSales(2), plain("2b", "2c"));
            return tx.append(storeSales(1), plain("1c"));
        });
        List<String> expected = List.of("1a", "2a", "1b", "2b", "2c", "1c");
        Read.Page all = page(source.read(0, 100));
        assertEquals(expected, payloads(all.events()));
        assertTrue(all.upToDate());
        List<String> inPieces = new ArrayList<>();
        long cursor = 0;
        while (cursor < all.next()) {
            Read.Page page = page(source.read(cursor, 1));
            inPieces.addAll(payloads(page.events()));
            cursor = page.next();
        }
        assertEquals(expected, inPieces);
        reopen();
        EventSource again = database.source(ALL_STORES, "f");
        assertEquals(new Read.Page(List.of(), all.next(), true), again.read(all.next(), 100));
        append(storeSales(2), "2d");
        assertEquals(List.of("2d"), payloads(page(again.read(all.next(), 100)).events()));
    }

    @Test
    void positions_are_not_used_twice_even_if_the_last_events_are_gone() {
        open(PRICES, StreamSettings.compactedByKey());
        EventSource source = database.source(StreamPattern.of("*/prices"), "f");
        append(PRICES, keyed("a:1"), deletion("a"));
        long cursor = page(source.read(0, 10)).next();
        source.passed(cursor);
        clock.move(Duration.ofDays(2));
        upkeepUntilDone();
        assertEquals(List.of(), texts(PRICES, 0));
        reopen();
        append(PRICES, keyed("b:1"));
        EventSource again = database.source(StreamPattern.of("*/prices"), "f");
        assertEquals(List.of("b:1"), payloads(page(again.read(cursor, 10)).events()));
        assertEquals(List.of("2 b:1"), texts(PRICES, 0));
    }

    // ---- watching

    @Test
    void watchers_are_told_of_appends_changes_and_the_end() throws InterruptedException {
        Semaphore one = new Semaphore(0);
        Semaphore many = new Semaphore(0);
        Semaphore all = new Semaphore(0);
        try (Watch _ = database.watch(SALES, one::release);
                Watch _ = database.source(ALL_STORES, "f").watch(many::release);
                Watch _ = database.watch(StreamPattern.of("*/sales"), all::release)) {
            open(SALES, StreamSettings.keepAll());
            awaitNews(one);
            awaitNews(many);
            awaitNews(all);
            append(SALES, "a");
            awaitNews(one);
            awaitNews(many);
            awaitNews(all);
            change(tx -> {
                tx.delete(SALES);
            });
            awaitNews(one);
            awaitNews(many);
            awaitNews(all);
        }
    }

    private void awaitNews(Semaphore told) throws InterruptedException {
        assertTrue(told.tryAcquire(newsWithin().toMillis(), TimeUnit.MILLISECONDS), "no news");
        // More than one call for one commit is allowed.
        told.drainPermits();
    }

    @Test
    void watchers_are_told_of_nothing_else() throws InterruptedException {
        Semaphore told = new Semaphore(0);
        Semaphore other = new Semaphore(0);
        Watch watch = database.watch(SALES, told::release);
        Watch otherWatch = database.watch(PRICES, other::release);
        Semaphore noneSuch = new Semaphore(0);
        Watch patternWatch = database.watch(StreamPattern.of("store-*/orders"), noneSuch::release);
        open(PRICES, StreamSettings.keepAll());
        awaitNews(other);
        assertEquals(0, told.availablePermits());
        watch.close();
        open(SALES, StreamSettings.keepAll());
        append(PRICES, "a");
        awaitNews(other);
        assertEquals(0, told.availablePermits());
        assertEquals(0, noneSuch.availablePermits());
        otherWatch.close();
        patternWatch.close();
    }

    // ---- checksums

    @Test
    void equal_copies_have_equal_checksums_however_they_were_written() {
        open(SALES, StreamSettings.keepAll());
        open(RETURNS, StreamSettings.keepAll());
        append(SALES, "a", "b");
        append(SALES, keyed("k:1"), deletion("k"));
        for (Event event : page(database.read(SALES, 0, 100, 1000)).events()) {
            append(RETURNS, event.content());
        }
        assertEquals(info(SALES).checksum(), info(RETURNS).checksum());
        assertNotEquals(Checksum.START, info(SALES).checksum());
        for (long offset = 0; offset <= 4; offset++) {
            Checkpoint expected = database.checksum(SALES, offset).orElseThrow();
            assertEquals(offset, expected.offset());
            assertEquals(expected, database.checksum(RETURNS, offset).orElseThrow());
        }
        assertEquals(4, database.checksum(SALES, 1000).orElseThrow().offset());
        assertEquals(new Checkpoint(0, Checksum.START), database.checksum(SALES, 0).orElseThrow());
        assertEquals(new Result.Equal(4), compare(4));
    }

    private Result compare(long offset) {
        return new Comparison(Copy.of(database, SALES), Copy.of(database, RETURNS)).upTo(offset);
    }

    @Test
    void the_first_difference_is_found() {
        open(SALES, StreamSettings.keepAll());
        open(RETURNS, StreamSettings.keepAll());
        for (int i = 0; i < 300; i++) {
            append(SALES, "event " + i);
            append(RETURNS, i == 217 ? "another" : "event " + i);
        }
        assertEquals(new Result.Different(217, 218), compare(300));
        assertEquals(new Result.Equal(217), compare(217));
        assertEquals(new Result.Different(217, 218), compare(218));
    }

    @Test
    void checksums_cross_the_gaps_of_compaction() {
        open(SALES, StreamSettings.keepAll());
        open(PRICES, StreamSettings.compactedByKey());
        List<NewEvent> events =
                List.of(
                        keyed("a:1"),
                        keyed("b:1"),
                        keyed("b:2"),
                        keyed("b:3"),
                        keyed("a:2"),
                        keyed("c:1"));
        for (NewEvent event : events) {
            append(SALES, event);
        }
        database.write(tx -> tx.append(PRICES, events));
        upkeepUntilDone();
        assertEquals(List.of("3 b:3", "4 a:2", "5 c:1"), texts(PRICES, 0));
        reopen();
        for (long offset = 0; offset <= 6; offset++) {
            Checkpoint known = database.checksum(PRICES, offset).orElseThrow();
            assertEquals(database.checksum(SALES, known.offset()).orElseThrow(), known);
            boolean inGap = offset == 1 || offset == 2;
            assertEquals(inGap ? 0 : offset, known.offset());
        }
        Comparison comparison = new Comparison(Copy.of(database, SALES), Copy.of(database, PRICES));
        assertEquals(new Result.Equal(6), comparison.upTo(6));
        assertEquals(new Result.Equal(0), comparison.upTo(2));
    }

    // ---- followers' own tables

    private boolean parked(String follower, @Nullable String key) {
        return database.write(tx -> tx.parked(follower, key));
    }

    @Test
    void parked_events_stay_on_record() {
        Event first = new Event(SALES, 3, "k", false, Bytes.of("k:3"));
        Event second = new Event(SALES, 4, null, false, Bytes.of("4"));
        change(tx -> {
            tx.park("f", first, "broken", clock.instant());
            tx.park("f", second, "broken too", clock.instant());
            tx.park("g", first, "another's", clock.instant());
        });
        reopen();
        List<Parked> parked = database.write(tx -> tx.parked("f"));
        assertEquals(List.of(first, second), parked.stream().map(Parked::event).toList());
        assertEquals("broken", parked.getFirst().error());
        assertEquals(clock.instant(), parked.getFirst().parkedAt());
        assertTrue(parked("f", "k"));
        assertTrue(parked("f", null));
        assertFalse(parked("f", "other"));
        change(tx -> {
            tx.resolve(
                    parked.getFirst().id(),
                    Resolution.SKIPPED,
                    "anna",
                    "a test sale",
                    clock.instant());
        });
        assertFalse(parked("f", "k"));
        assertTrue(parked("g", "k"));
        assertEquals(
                List.of("SKIPPED store-1/sales@3 by anna: a test sale"),
                database.write(tx -> effects().resolutions(tx, "f")));
        assertThrows(
                IllegalStateException.class,
                () ->
                        change(tx -> {
                            tx.resolve(
                                    parked.getFirst().id(),
                                    Resolution.RETRIED,
                                    "ben",
                                    "again",
                                    clock.instant());
                        }));
    }
}
