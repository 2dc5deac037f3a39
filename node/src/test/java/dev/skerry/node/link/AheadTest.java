package dev.skerry.node.link;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.link.Message.Coding;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.Chunk;
import dev.skerry.stream.Copied;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.Streams;
import dev.skerry.stream.columns.Columns;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// While the line is down a store makes ready what will have to be sent.
class AheadTest {

    private static final StreamName SALES = StreamName.of("store-0042/sales");
    private static final int RUN_BYTES_MIN = 4096;
    private static final int BATCH = 2000;

    @TempDir Path folder;

    private final Codecs codecs = Codecs.make();
    private final Ahead ahead = new Ahead(codecs, RUN_BYTES_MIN, Ahead.BYTES_MAX);
    private SqliteDatabase database;
    private int sold;

    @BeforeEach
    void open() {
        database =
                SqliteDatabase.open(
                        folder.resolve("a.db"), SqliteSettings.defaults(), InstantSource.system());
    }

    @AfterEach
    void close() {
        database.close();
    }

    /// In one commit, and so in as few chunks as it takes.
    private void sell(int events) {
        sell(events, StreamSettings.keepAll());
    }

    private void sell(int events, StreamSettings settings) {
        List<NewEvent> batch = new ArrayList<>();
        for (int i = 0; i < events; i++, sold++) {
            String text =
                    "{\"sale\":%d,\"till\":%d,\"shop\":\"in the high street\",\"cents\":%d}"
                            .formatted(sold, sold % 7, 37 * sold % 1000);
            batch.add(
                    settings.compacted()
                            ? NewEvent.keyed("sale " + sold, Bytes.of(text))
                            : NewEvent.of(text));
        }
        database.write(tx -> {
            tx.open(SALES, settings);
            return tx.append(SALES, batch);
        });
    }

    /// One by one, as a till does.
    private void sellSingly(int events) {
        for (int i = 0; i < events; i++) {
            sell(1);
        }
    }

    private StreamInfo info() {
        return database.find(SALES).orElseThrow();
    }

    private void codeAll(long acked) {
        while (ahead.step(database, info(), acked)) {}
    }

    /// All that is ready from an offset on, proven as HQ does.
    private List<Run> readyFrom(long offset) {
        List<Run> runs = new ArrayList<>();
        Checksum before = database.checksum(SALES, offset).orElseThrow().checksum();
        long at = offset;
        for (Run run = ahead.at(SALES, at); run != null; run = ahead.at(SALES, at)) {
            assertEquals(at, run.first());
            Chunk claim =
                    new Chunk(
                            run.first(),
                            run.next(),
                            before,
                            new Checksum(0, run.check()),
                            run.coding() == Coding.RAW ? 0 : run.rawBytes(),
                            run.data());
            before = Copied.ofHalf(claim, Columns.entries(claim)).chunk().after();
            runs.add(run);
            at = run.next();
        }
        assertEquals(database.checksum(SALES, at).orElseThrow().checksum(), before);
        return runs;
    }

    @Test
    void what_is_too_little_is_not_read_again_for_each_event_that_comes() {
        AtomicInteger copies = new AtomicInteger();
        Streams counted =
                (Streams)
                        Proxy.newProxyInstance(
                                Streams.class.getClassLoader(),
                                new Class<?>[] {Streams.class},
                                (_, method, arguments) -> {
                                    if (method.getName().equals("copy")) {
                                        copies.incrementAndGet();
                                    }
                                    return method.invoke(database, arguments);
                                });
        Ahead one = new Ahead(codecs, 1_000_000, Ahead.BYTES_MAX);

        for (int i = 0; i < 200; i++) {
            sell(1);
            assertFalse(one.step(counted, info(), 0));
        }

        assertTrue(copies.get() > 5 && copies.get() < 40, copies::toString);
    }

    @Test
    void what_waits_is_coded_in_runs_that_follow_each_other() {
        sell(BATCH);
        sell(BATCH);
        codeAll(0);
        List<Run> runs = readyFrom(0);
        assertEquals(2L * BATCH, runs.getLast().next());
        assertTrue(runs.stream().allMatch(run -> run.coding() == Coding.COLUMNS));
        sell(BATCH);
        codeAll(0);
        assertEquals(3L * BATCH, readyFrom(0).getLast().next());
    }

    @Test
    void single_sales_are_joined_and_those_that_make_no_run_yet_are_left() {
        sellSingly(40);
        codeAll(0);
        assertNull(ahead.at(SALES, 0));
        sellSingly(110);
        codeAll(0);
        List<Run> runs = readyFrom(0);
        assertEquals(Coding.COLUMNS, runs.getFirst().coding());
        assertTrue(runs.getFirst().rawBytes() >= RUN_BYTES_MIN);
        sellSingly(3);
        sell(BATCH);
        codeAll(0);
        assertEquals(info().tail(), readyFrom(0).getLast().next());
    }

    @Test
    void where_hq_turns_out_to_have_more_what_comes_before_ends_where_a_run_begins() {
        sellSingly(150);
        codeAll(0);
        sellSingly(150);
        codeAll(0);
        Run second = requireNonNull(ahead.at(SALES, requireNonNull(ahead.at(SALES, 0)).next()));
        Run.Maker maker = ahead.maker(Packing.up(codecs, false, () -> true));
        History history = new History();
        Run made = requireNonNull(maker.run(database, SALES, 7, history));
        assertEquals(7, made.first());
        assertEquals(second.first(), made.next());
        assertSame(second, maker.run(database, SALES, made.next(), history));
        Run last = requireNonNull(maker.run(database, SALES, info().tail() - 1, history));
        assertEquals(info().tail(), last.next());
    }

    @Test
    void a_run_that_went_as_it_is_belongs_to_the_history_of_its_wire() {
        database.write(tx -> {
            tx.open(SALES, StreamSettings.keepAll());
            return tx.append(SALES, NewEvent.of("no sale"));
        });
        sell(BATCH);
        codeAll(0);
        assertEquals(Coding.RAW, requireNonNull(ahead.at(SALES, 0)).coding());
        History history = new History();
        Run sent =
                requireNonNull(
                        ahead.maker(Packing.up(codecs, false, () -> true))
                                .run(database, SALES, 0, history));
        assertEquals(sent.data(), history.dictionary());
    }

    @Test
    void what_hq_has_is_forgotten_and_makes_room() {
        Ahead small = new Ahead(codecs, RUN_BYTES_MIN, 1);
        sell(BATCH);
        sell(BATCH);
        assertTrue(small.step(database, info(), 0));
        assertFalse(small.step(database, info(), 0));
        long first = requireNonNull(small.at(SALES, 0)).next();
        assertTrue(small.step(database, info(), first));
        assertNull(small.at(SALES, 0));
        assertNotNull(small.at(SALES, first));
        small.acked(SALES, info().tail());
        assertEquals(Long.MAX_VALUE, small.nextAfter(SALES, 0));
    }

    @Test
    void a_compacted_stream_is_not_coded_ahead() {
        sell(BATCH, StreamSettings.compactedByKey());
        codeAll(0);
        assertNull(ahead.at(SALES, 0));
    }
}
