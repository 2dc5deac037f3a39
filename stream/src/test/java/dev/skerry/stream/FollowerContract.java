package dev.skerry.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Follower.Retried;
import dev.skerry.stream.Follower.State;
import dev.skerry.stream.Steps.Step;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.Streams.KnownFollower;
import dev.skerry.stream.Transaction.Parked;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a follower promises, on every kind of database. Every test asks for an effect, which a database that does nothing
/// cannot give.
public abstract class FollowerContract<T extends Transaction> extends DatabaseContract<T> {

    private static final FollowerSettings IN_ORDER = FollowerSettings.inOrder();
    private static final FollowerSettings BY_KEY = FollowerSettings.byKey();

    protected final Ledger ledger = new Ledger();

    /// Notes each event's text, and fails at those that it is told to, after noting them.
    protected final class Ledger implements Reader<T> {

        final Set<String> broken = new HashSet<>();
        Throwable failure = new IllegalArgumentException("cannot read this");
        boolean startsOver;

        @Override
        public void apply(Event event, T tx) {
            effects().note(tx, event.payload().text());
            if (broken.contains(event.payload().text())) {
                switch (failure) {
                    case RuntimeException e -> throw e;
                    case Error e -> throw e;
                    default -> throw new IllegalArgumentException(failure);
                }
            }
        }

        @Override
        public boolean startOver(T tx) {
            if (startsOver) {
                effects().forgetNotes(tx);
            }
            return startsOver;
        }
    }

    protected final Follower<T> follower(FollowerSettings settings) {
        return follower("f", database.source(SALES, "f"), settings, ledger);
    }

    protected final Follower<T> follower(
            String name, EventSource source, FollowerSettings settings, Reader<T> reader) {
        return new Follower<>(name, source, database, reader, settings, clock);
    }

    /// Steps until a step does not move.
    protected static Step run(Steps steps) {
        for (int i = 0; i < 10_000; i++) {
            Step step = steps.step();
            if (!(step instanceof Step.Moved)) {
                return step;
            }
        }
        throw new AssertionError("it moves for ever");
    }

    protected static void runUntilCaughtUp(Steps steps) {
        assertInstanceOf(Step.CaughtUp.class, run(steps));
    }

    private static Step.Stopped runUntilStopped(Steps steps) {
        return assertInstanceOf(Step.Stopped.class, run(steps));
    }

    private static String[] texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "sale " + i).toArray(String[]::new);
    }

    private long cursor() {
        return database.write(tx -> tx.cursor("f").orElse(-1));
    }

    private List<String> resolutions() {
        return database.write(tx -> effects().resolutions(tx, "f"));
    }

    private static List<String> errors(Follower<?> follower) {
        return follower.parked().stream()
                .map(parked -> parked.event().payload().text() + " " + parked.error())
                .toList();
    }

    // ---- the good case

    @Test
    void every_event_is_applied_once_and_in_order() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, texts(10));
        Follower<T> follower = follower(IN_ORDER.withPageEventsMax(3));
        assertEquals(new Step.Moved(3, 3), follower.step());
        assertEquals(List.of("sale 0", "sale 1", "sale 2"), notes());
        assertEquals(3, cursor());
        assertEquals(new Step.Moved(6, 3), follower.step());
        reopen();
        Follower<T> again = follower(IN_ORDER);
        assertEquals(new Step.CaughtUp(10), run(again));
        assertEquals(List.of(texts(10)), notes());
        append(SALES, "sale 10");
        runUntilCaughtUp(again);
        assertEquals(List.of(texts(11)), notes());
        assertEquals(State.CAUGHT_UP, again.status().state());
        assertEquals(OptionalLong.of(11), again.status().cursor());
        assertEquals("store-1/sales", again.status().reads());
    }

    @Test
    void a_follower_waits_for_a_stream_that_is_not_there_yet() {
        Follower<T> follower = follower(IN_ORDER);
        assertEquals(new Step.CaughtUp(0), follower.step());
        open(SALES, StreamSettings.keepAll());
        append(SALES, texts(1));
        runUntilCaughtUp(follower);
        assertEquals(List.of("sale 0"), notes());
    }

    @Test
    void what_a_follower_publishes_is_one_commit_with_what_it_read() {
        open(SALES, StreamSettings.keepAll());
        open(RETURNS, StreamSettings.keepAll());
        append(SALES, texts(4));
        Set<String> broken = new HashSet<>(Set.of("sale 2"));
        Follower<T> chained =
                follower(
                        "f",
                        database.source(SALES, "f"),
                        IN_ORDER,
                        (event, tx) -> {
                            tx.append(RETURNS, event.content());
                            if (broken.contains(event.payload().text())) {
                                throw new IllegalStateException("not yet");
                            }
                        });
        runUntilStopped(chained);
        assertEquals(List.of("0 sale 0", "1 sale 1"), texts(RETURNS, 0));
        broken.clear();
        chained.resume();
        runUntilCaughtUp(chained);
        assertEquals(List.of("0 sale 0", "1 sale 1", "2 sale 2", "3 sale 3"), texts(RETURNS, 0));
    }

    @Test
    void a_pattern_is_followed_with_one_cursor_also_into_streams_to_come() {
        EventSource source = database.source(StreamPattern.of("store-*/sales"), "f");
        Follower<T> follower = follower("f", source, IN_ORDER.withPageEventsMax(1), ledger);
        open(SALES, StreamSettings.keepAll());
        append(SALES, "1a");
        runUntilCaughtUp(follower);
        StreamName other = StreamName.of("store-2/sales");
        open(other, StreamSettings.keepAll());
        append(other, "2a");
        append(SALES, "1b");
        reopen();
        EventSource again = database.source(StreamPattern.of("store-*/sales"), "f");
        runUntilCaughtUp(follower("f", again, IN_ORDER, ledger));
        assertEquals(List.of("1a", "2a", "1b"), notes());
    }

    @Test
    void gaps_of_compaction_are_passed_over() {
        open(SALES, StreamSettings.compactedByKey());
        append(SALES, keyed("a:1"), keyed("b:1"), keyed("a:2"));
        append(SALES, keyed("a:3"), keyed("b:2"));
        upkeepUntilDone();
        Follower<T> follower = follower(IN_ORDER.withPageEventsMax(1));
        assertEquals(new Step.CaughtUp(5), run(follower));
        assertEquals(List.of("a:3", "b:2"), notes());
    }

    @Test
    void the_source_learns_what_has_been_passed() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, texts(10));
        Follower<T> follower = follower(new FollowerSettings(1, false, 4));
        for (int i = 0; i < 5; i++) {
            follower.step();
        }
        assertEquals(
                List.of(new KnownFollower("f", "store-1/sales", 4, false)), database.followers());
        runUntilCaughtUp(follower);
        assertEquals(
                List.of(new KnownFollower("f", "store-1/sales", 10, false)), database.followers());
        assertEquals(List.of(texts(10)), notes());
    }

    // ---- events that cannot be applied

    @Test
    void a_faulty_event_stops_the_follower_after_all_that_came_before_it() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, texts(10));
        ledger.broken.add("sale 6");
        Follower<T> follower = follower(IN_ORDER);
        clock.move(Duration.ofHours(1));
        runUntilStopped(follower);
        assertEquals(List.of(texts(6)), notes());
        assertEquals(6, cursor());
        Follower.Status status = follower.status();
        assertEquals(State.STOPPED, status.state());
        assertEquals(clock.instant(), status.since());
        assertEquals(OptionalLong.of(6), status.cursor());
        assertEquals(6, requireFaulty(status).offset());
        assertTrue(String.valueOf(status.trouble()).contains("cannot read this"));
        clock.move(Duration.ofHours(1));
        assertInstanceOf(Step.Stopped.class, follower.step());
        assertEquals(status, follower.status());
        assertEquals(List.of(), follower.parked());
    }

    private static Event requireFaulty(Follower.Status status) {
        Event faulty = status.faulty();
        if (faulty == null) {
            throw new AssertionError("no faulty event in " + status);
        }
        return faulty;
    }

    @Test
    void a_stopped_follower_goes_on_once_it_is_mended_and_resumed() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, texts(5));
        ledger.broken.add("sale 2");
        Follower<T> follower = follower(IN_ORDER);
        runUntilStopped(follower);
        follower.resume();
        runUntilStopped(follower);
        assertEquals(List.of(texts(2)), notes());
        ledger.broken.clear();
        assertInstanceOf(Step.Stopped.class, follower.step());
        follower.resume();
        runUntilCaughtUp(follower);
        assertEquals(List.of(texts(5)), notes());
        assertNull(follower.status().faulty());
        assertThrows(IllegalStateException.class, follower::resume);
    }

    @Test
    void a_faulty_event_is_skipped_only_on_record() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, texts(5));
        ledger.broken.add("sale 0");
        ledger.broken.add("sale 3");
        Follower<T> follower = follower(IN_ORDER);
        runUntilStopped(follower);
        assertEquals(new Step.Moved(1, 1), follower.skipFaulty("anna", "a test sale"));
        runUntilStopped(follower);
        follower.skipFaulty("ben", "another");
        runUntilCaughtUp(follower);
        assertEquals(List.of("sale 1", "sale 2", "sale 4"), notes());
        assertEquals(
                List.of(
                        "SKIPPED store-1/sales@0 by anna: a test sale",
                        "SKIPPED store-1/sales@3 by ben: another"),
                resolutions());
        assertThrows(IllegalStateException.class, () -> follower.skipFaulty("anna", "no"));
    }

    @Test
    void a_pattern_follower_stops_at_the_commit_of_a_faulty_event_and_skips_within_it() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, "a", "b");
        append(SALES, "c", "bad 1", "d", "bad 2", "e");
        append(SALES, "f");
        ledger.broken.addAll(List.of("bad 1", "bad 2"));
        EventSource source = database.source(StreamPattern.of("store-*/sales"), "f");
        Follower<T> follower = follower("f", source, IN_ORDER, ledger);
        runUntilStopped(follower);
        assertEquals(List.of("a", "b"), notes());
        assertInstanceOf(Step.Stopped.class, follower.skipFaulty("anna", "one"));
        assertEquals(List.of("a", "b"), notes());
        assertEquals(5, requireFaulty(follower.status()).offset());
        assertInstanceOf(Step.Moved.class, follower.skipFaulty("ben", "two"));
        runUntilCaughtUp(follower);
        assertEquals(List.of("a", "b", "c", "d", "e", "f"), notes());
        assertEquals(
                List.of(
                        "SKIPPED store-1/sales@3 by anna: one",
                        "SKIPPED store-1/sales@5 by ben: two"),
                resolutions());
    }

    @Test
    void a_faulty_follower_holds_up_nobody_else() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, texts(5));
        Follower<T> faulty =
                follower(
                        "faulty",
                        database.source(SALES, "faulty"),
                        IN_ORDER,
                        (event, tx) -> {
                            throw new IllegalStateException("always");
                        });
        Follower<T> sound = follower(IN_ORDER);
        runUntilStopped(faulty);
        runUntilCaughtUp(sound);
        assertEquals(List.of(texts(5)), notes());
    }

    @Test
    void a_mistake_in_the_reader_stops_its_follower_and_parks_nothing() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, keyed("a:1"), keyed("a:2"));
        ledger.broken.add("a:2");
        ledger.failure = new AssertionError("we were wrong");
        Follower<T> follower = follower(BY_KEY);
        Step.Stopped stopped = runUntilStopped(follower);
        assertTrue(stopped.why().contains("we were wrong"), stopped.why());
        assertEquals(List.of("a:1"), notes());
        assertEquals(List.of(), follower.parked());
    }

    // ---- independent keys

    @Test
    void a_poison_event_parks_its_key_only() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, keyed("a:1"), keyed("b:1"), keyed("a:2"));
        append(SALES, keyed("b:2"), keyed("a:3"));
        append(SALES, "no key");
        ledger.broken.add("a:2");
        Follower<T> follower = follower(BY_KEY.withPageEventsMax(2));
        runUntilCaughtUp(follower);
        assertEquals(List.of("a:1", "b:1", "b:2", "no key"), notes());
        assertEquals(
                List.of(
                        "a:2 java.lang.IllegalArgumentException: cannot read this",
                        "a:3 waits behind offset 2 of store-1/sales"),
                errors(follower));
        assertEquals(State.CAUGHT_UP, follower.status().state());
        append(SALES, keyed("a:4"), keyed("b:3"));
        reopen();
        Follower<T> again = follower(BY_KEY);
        runUntilCaughtUp(again);
        assertEquals(List.of("a:1", "b:1", "b:2", "no key", "b:3"), notes());
        assertEquals(3, again.parked().size());
    }

    @Test
    void a_retry_applies_what_is_parked_in_order_until_one_fails_again() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, keyed("a:1"), keyed("a:2"), keyed("a:3"), keyed("b:1"));
        ledger.broken.addAll(List.of("a:1", "b:1"));
        Follower<T> follower = follower(BY_KEY);
        runUntilCaughtUp(follower);
        assertEquals(
                new Retried(0, 3, "java.lang.IllegalArgumentException: cannot read this"),
                follower.retry("a", "anna"));
        ledger.broken.remove("a:1");
        ledger.broken.add("a:3");
        Retried second = follower.retry("a", "anna");
        assertEquals(2, second.applied());
        assertEquals(1, second.waiting());
        assertEquals(List.of("a:1", "a:2"), notes());
        append(SALES, keyed("a:4"));
        runUntilCaughtUp(follower);
        assertEquals(List.of("a:1", "a:2"), notes());
        ledger.broken.clear();
        assertEquals(new Retried(2, 0, null), follower.retry("a", "ben"));
        append(SALES, keyed("a:5"));
        runUntilCaughtUp(follower);
        assertEquals(List.of("a:1", "a:2", "a:3", "a:4", "a:5"), notes());
        assertEquals(
                List.of("b:1"), payloads(follower.parked().stream().map(Parked::event).toList()));
        assertEquals(
                List.of(
                        "RETRIED store-1/sales@0 by anna: retried",
                        "RETRIED store-1/sales@1 by anna: retried",
                        "RETRIED store-1/sales@2 by ben: retried",
                        "RETRIED store-1/sales@4 by ben: retried"),
                resolutions());
        assertEquals(new Retried(0, 0, null), follower.retry("never parked", "ben"));
    }

    @Test
    void a_parked_event_is_skipped_only_on_record() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, keyed("a:1"), keyed("a:2"));
        ledger.broken.add("a:1");
        Follower<T> follower = follower(BY_KEY);
        Follower<T> other = follower("g", database.source(SALES, "g"), BY_KEY, (event, tx) -> {});
        runUntilCaughtUp(follower);
        long id = follower.parked().getFirst().id();
        assertThrows(IllegalArgumentException.class, () -> other.skip(id, "anna", "not mine"));
        follower.skip(id, "anna", "was a test");
        assertThrows(IllegalArgumentException.class, () -> follower.skip(id, "anna", "again"));
        append(SALES, keyed("a:3"));
        runUntilCaughtUp(follower);
        assertEquals(List.of(), notes());
        assertEquals(2, follower.retry("a", "anna").applied());
        assertEquals(List.of("a:2", "a:3"), notes());
        assertEquals("SKIPPED store-1/sales@0 by anna: was a test", resolutions().getFirst());
    }

    @Test
    void a_poison_event_without_a_key_stops_also_where_keys_are_independent() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, keyed("a:1"), keyed("b:1"));
        append(SALES, "poison");
        append(SALES, keyed("b:2"));
        ledger.broken.addAll(List.of("a:1", "poison"));
        Follower<T> follower = follower(BY_KEY);
        runUntilStopped(follower);
        assertEquals(List.of("b:1"), notes());
        assertEquals(1, follower.parked().size());
        follower.skipFaulty("anna", "nobody's");
        runUntilCaughtUp(follower);
        assertEquals(List.of("b:1", "b:2"), notes());
        assertEquals(1, follower.parked().size());
    }

    // ---- machines that fail

    @Test
    void a_failing_machine_hinders_and_parks_nothing() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, keyed("a:1"), keyed("a:2"));
        ledger.broken.add("a:2");
        ledger.failure = failure(true);
        Follower<T> follower = follower(BY_KEY);
        assertInstanceOf(Step.Hindered.class, follower.step());
        assertInstanceOf(Step.Hindered.class, follower.step());
        assertEquals(State.HINDERED, follower.status().state());
        assertEquals(List.of(), notes());
        assertEquals(List.of(), follower.parked());
        ledger.broken.clear();
        runUntilCaughtUp(follower);
        assertEquals(List.of("a:1", "a:2"), notes());
    }

    private static StreamException failure(boolean retryable) {
        return new StreamException(Kind.IO, "the disk is odd", "look at it", retryable, null);
    }

    @Test
    void a_machine_that_will_not_recover_stops_the_follower() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, keyed("a:1"));
        ledger.broken.add("a:1");
        ledger.failure = failure(false);
        Follower<T> follower = follower(BY_KEY);
        assertInstanceOf(Step.Stopped.class, follower.step());
        assertEquals(List.of(), follower.parked());
        ledger.broken.clear();
        follower.resume();
        runUntilCaughtUp(follower);
        assertEquals(List.of("a:1"), notes());
    }

    /// A source that does not hear what was passed, and cannot always be reached.
    private static final class Unsteady implements EventSource {
        private final EventSource sound;
        private boolean reachable = true;

        Unsteady(EventSource sound) {
            this.sound = sound;
        }

        @Override
        public String describe() {
            return sound.describe();
        }

        @Override
        public Read read(long cursor, int eventsMax) {
            if (!reachable) {
                throw failure(true);
            }
            return sound.read(cursor, eventsMax);
        }

        @Override
        public void passed(long cursor) {
            throw failure(true);
        }

        @Override
        public Watch watch(Runnable onNews) {
            return sound.watch(onNews);
        }
    }

    @Test
    void a_source_that_does_not_hear_hinders_nothing_and_one_out_of_reach_only_for_a_while() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, texts(3));
        Unsteady source = new Unsteady(database.source(SALES, "f"));
        Follower<T> follower = follower("f", source, new FollowerSettings(1, false, 1), ledger);
        runUntilCaughtUp(follower);
        append(SALES, "sale 3");
        source.reachable = false;
        assertInstanceOf(Step.Hindered.class, follower.step());
        source.reachable = true;
        runUntilCaughtUp(follower);
        assertEquals(List.of(texts(4)), notes());
    }

    // ---- starting over

    @Test
    void a_reader_that_can_starts_over_when_events_are_gone() {
        open(SALES, StreamSettings.keepFor(Duration.ofDays(1)));
        append(SALES, keyed("a:1"), keyed("b:1"));
        ledger.broken.add("a:1");
        ledger.startsOver = true;
        Follower<T> follower = follower(BY_KEY);
        runUntilCaughtUp(follower);
        makeAnew();
        Step step = follower.step();
        assertEquals(new Step.Moved(0, 0), step);
        assertEquals(List.of(), notes());
        assertEquals(List.of(), follower.parked());
        assertEquals(List.of("SKIPPED store-1/sales@0 by follower f: started over"), resolutions());
        runUntilCaughtUp(follower);
        assertEquals(List.of("a:5", "b:5"), notes());
    }

    /// Deletes the stream and makes it anew.
    private void makeAnew() {
        change(tx -> {
            tx.delete(SALES);
            tx.open(SALES, StreamSettings.keepAll());
            tx.append(SALES, List.of(keyed("a:5"), keyed("b:5")));
        });
    }

    @Test
    void a_reader_that_cannot_start_over_is_stopped_when_events_are_gone() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, texts(2));
        Follower<T> follower = follower(IN_ORDER);
        runUntilCaughtUp(follower);
        makeAnew();
        Step.Stopped stopped = runUntilStopped(follower);
        assertTrue(stopped.why().contains("cannot start over"), stopped.why());
        assertEquals(List.of(texts(2)), notes());
        assertEquals(2, cursor());
        assertThrows(IllegalStateException.class, () -> follower.skipFaulty("anna", "no event"));
        ledger.startsOver = true;
        follower.resume();
        runUntilCaughtUp(follower);
        assertEquals(List.of("a:5", "b:5"), notes());
    }

    // ---- two of one name

    @Test
    void of_two_followers_of_one_name_one_stops_and_nothing_happens_twice() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, texts(6));
        Follower<T> one = follower(IN_ORDER.withPageEventsMax(2));
        Follower<T> two = follower(IN_ORDER.withPageEventsMax(2));
        one.step();
        two.step();
        Step.Stopped stopped = runUntilStopped(one);
        assertTrue(stopped.why().contains("second follower"), stopped.why());
        runUntilCaughtUp(two);
        assertEquals(List.of(texts(6)), notes());
        one.resume();
        runUntilCaughtUp(one);
        assertEquals(List.of(texts(6)), notes());
    }

    @Test
    void an_operator_who_was_too_late_skips_nothing() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, texts(3));
        ledger.broken.add("sale 1");
        Follower<T> one = follower(IN_ORDER);
        Follower<T> two = follower(IN_ORDER);
        runUntilStopped(one);
        runUntilStopped(two);
        one.skipFaulty("anna", "first");
        assertThrows(IllegalStateException.class, () -> two.skipFaulty("ben", "second"));
        runUntilCaughtUp(one);
        assertEquals(List.of("sale 0", "sale 2"), notes());
        assertEquals(List.of("SKIPPED store-1/sales@1 by anna: first"), resolutions());
    }

    @Test
    void news_of_the_source_reach_who_drives_the_follower() throws InterruptedException {
        open(SALES, StreamSettings.keepAll());
        Follower<T> follower = follower(IN_ORDER);
        Semaphore told = new Semaphore(0);
        try (Watch _ = follower.watch(told::release)) {
            append(SALES, texts(1));
            assertTrue(told.tryAcquire(newsWithin().toMillis(), TimeUnit.MILLISECONDS));
        }
        runUntilCaughtUp(follower);
        assertEquals(List.of("sale 0"), notes());
    }
}
