package dev.skerry.benchmarks;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Event;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.Limits;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.Reader;
import dev.skerry.stream.Steps.Step;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The log inside one process, beside the disk and beside SQLite.
final class LogRuns {

    private static final int ROUNDS = 5;
    private static final Duration TIME = Duration.ofMillis(600);
    private static final int READ_EVENTS = 300_000;
    private static final int SINGLE_EVENTS = 20_000;
    private static final InstantSource CLOCK = InstantSource.system();

    private static final StreamName ORDERS = StreamName.of("store-0042/orders");

    private final Sales sales;
    private final Scratch scratch;

    LogRuns(Sales sales, Scratch scratch) {
        this.sales = sales;
        this.scratch = scratch;
    }

    private SqliteDatabase open(Migrations... migrations) {
        SqliteDatabase database =
                SqliteDatabase.open(
                        scratch.fresh("log"), SqliteSettings.defaults(), CLOCK, migrations);
        database.write(tx -> {
            tx.open(ORDERS, StreamSettings.keepAll());
            return null;
        });
        return database;
    }

    private static long append(SqliteDatabase log, Bytes event) {
        NewEvent one = NewEvent.of(event);
        return log.write(tx -> tx.append(ORDERS, one)) < 0 ? 0 : 1;
    }

    private static long append(SqliteDatabase log, List<Bytes> batch) {
        List<NewEvent> events = new ArrayList<>(batch.size());
        for (Bytes event : batch) {
            events.add(NewEvent.of(event));
        }
        log.write(tx -> tx.append(ORDERS, events));
        return events.size();
    }

    // ---- one event at a time

    Comparison.Results append() throws Exception {
        String growing = "fdatasync, 600 B, file grows";
        String overwriting = "fdatasync, 600 B, overwriting";
        String lone = "log, 1 caller, platform";
        String loneVirtual = "log, 1 caller, virtual";
        ThreadFactory platform = Thread.ofPlatform().factory();
        ThreadFactory virtual = Thread.ofVirtual().factory();
        try (RawFile grown = new RawFile(scratch.fresh("raw"), 600, true);
                RawFile over = new RawFile(scratch.fresh("raw"), 600, false);
                RawFile grownPages = new RawFile(scratch.fresh("raw"), 4096, true);
                RawFile overPages = new RawFile(scratch.fresh("raw"), 4096, false);
                RawSqlite sqlite = new RawSqlite(scratch.fresh("raw"));
                SqliteDatabase log = open()) {
            AtomicLong n = new AtomicLong();
            return new Comparison("append: durable appends of one event, events/s", ROUNDS)
                    .side(growing, () -> Load.perSecond(TIME, grown::append))
                    .side(overwriting, () -> Load.perSecond(TIME, over::append))
                    .side(
                            "fdatasync, 4 KiB, file grows",
                            () -> Load.perSecond(TIME, grownPages::append))
                    .side(
                            "fdatasync, 4 KiB, overwriting",
                            () -> Load.perSecond(TIME, overPages::append))
                    .side(
                            "raw SQLite, a row a commit",
                            () ->
                                    Load.perSecond(
                                            TIME,
                                            () ->
                                                    sqlite.insert(
                                                            List.of(
                                                                    sales.event(
                                                                            n.getAndIncrement())))))
                    .side(
                            lone,
                            () -> callers(log, 1, platform),
                            new Aim.Times(growing, 0.7),
                            new Aim.Times(overwriting, 0.7))
                    .side("log, 16 callers, platform", () -> callers(log, 16, platform))
                    .side(
                            "log, 256 callers, platform",
                            () -> callers(log, 256, platform),
                            new Aim.Times(lone, 8))
                    .side(
                            loneVirtual,
                            () -> callers(log, 1, virtual),
                            new Aim.Times(growing, 0.7),
                            new Aim.Times(overwriting, 0.7))
                    .side("log, 16 callers, virtual", () -> callers(log, 16, virtual))
                    .side(
                            "log, 256 callers, virtual",
                            () -> callers(log, 256, virtual),
                            new Aim.Times(loneVirtual, 8))
                    .run();
        }
    }

    private double callers(SqliteDatabase log, int count, ThreadFactory threads) throws Exception {
        List<Load.Act> callers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            AtomicLong n = new AtomicLong(i * 997L);
            callers.add(() -> append(log, sales.event(n.getAndIncrement())));
        }
        return Load.perSecond(TIME, threads, callers);
    }

    // ---- batches

    Comparison.Results batch() throws Exception {
        String raw = "raw SQLite, a row an event";
        AtomicLong n = new AtomicLong();
        return new Comparison("batch: durable batches of 1,000, events/s", ROUNDS)
                .side(
                        raw,
                        () -> {
                            try (RawSqlite sqlite = new RawSqlite(scratch.fresh("raw"))) {
                                return Load.perSecond(
                                        TIME,
                                        () -> sqlite.insert(sales.batch(n.getAndIncrement())));
                            }
                        })
                .side(
                        "log",
                        () -> {
                            try (SqliteDatabase log = open()) {
                                return Load.perSecond(
                                        TIME, () -> append(log, sales.batch(n.getAndIncrement())));
                            }
                        },
                        new Aim.Times(raw, 0.6))
                .run();
    }

    // ---- reading

    Comparison.Results read() throws Exception {
        try (SqliteDatabase batched = filled(READ_EVENTS, Sales.BATCH_EVENTS);
                SqliteDatabase single = filled(SINGLE_EVENTS, 1)) {
            return new Comparison("read: pages of 1,000, events/s", ROUNDS)
                    .side(
                            "log, written in batches",
                            () -> read(batched, READ_EVENTS),
                            new Aim.AtLeast(1_000_000))
                    .side("log, written one by one", () -> read(single, SINGLE_EVENTS))
                    .run();
        }
    }

    private SqliteDatabase filled(int events, int batchEvents, Migrations... migrations) {
        SqliteDatabase log = open(migrations);
        for (int n = 0; n < events; n += batchEvents) {
            append(
                    log,
                    batchEvents == 1
                            ? List.of(sales.event(n))
                            : sales.batch(n / Sales.BATCH_EVENTS));
        }
        return log;
    }

    private double read(SqliteDatabase log, int events) {
        long expected = sales.bytes(events);
        long begin = System.nanoTime();
        long bytes = 0;
        long at = 0;
        while (at < events) {
            switch (log.read(ORDERS, at, Limits.PAGE_EVENTS_MAX, Limits.PAGE_BYTES_MAX)) {
                case Read.Page page -> {
                    for (Event event : page.events()) {
                        bytes += event.payload().length();
                    }
                    at = page.next();
                }
                case Read.Gone gone -> throw new IllegalStateException(gone.toString());
            }
        }
        long nanos = System.nanoTime() - begin;
        if (bytes != expected) {
            throw new IllegalStateException(bytes + " bytes were read, not " + expected);
        }
        return events * 1e9 / nanos;
    }

    // ---- following

    private static final Migrations TURNOVER =
            new Migrations(
                    "turnover",
                    List.of(
                            "CREATE TABLE turnover (till INTEGER PRIMARY KEY, sales INTEGER NOT NULL,"
                                    + " bytes INTEGER NOT NULL) STRICT"));

    Comparison.Results follow() throws Exception {
        try (SqliteDatabase log = filled(READ_EVENTS, Sales.BATCH_EVENTS, TURNOVER)) {
            AtomicLong n = new AtomicLong();
            return new Comparison("follow: each event changes a row, events/s", ROUNDS)
                    .side(
                            "follower, exactly once",
                            () -> follow(log, "turnover-" + n.incrementAndGet()))
                    .run();
        }
    }

    private static double follow(SqliteDatabase log, String name) {
        Follower<SqliteTransaction> follower =
                new Follower<>(
                        name,
                        log.source(ORDERS, name),
                        log,
                        new Turnover(),
                        FollowerSettings.inOrder(),
                        CLOCK);
        long counted = log.query(LogRuns::counted);
        long begin = System.nanoTime();
        long events = 0;
        while (follower.step() instanceof Step.Moved moved) {
            events += moved.events();
        }
        long nanos = System.nanoTime() - begin;
        if (events != READ_EVENTS || log.query(LogRuns::counted) != counted + READ_EVENTS) {
            throw new IllegalStateException(follower.status().toString());
        }
        return events * 1e9 / nanos;
    }

    private static long counted(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT coalesce(sum(sales), 0) FROM turnover")) {
            return rows.getLong(1);
        }
    }

    /// Counts sales by till. The till is made up, as reading JSON is not what is measured here.
    private static final class Turnover implements Reader<SqliteTransaction> {
        private static final int TILLS = 12;

        private @Nullable Connection connection;
        private @Nullable PreparedStatement count;

        @Override
        public void apply(Event event, SqliteTransaction tx) {
            try {
                PreparedStatement statement = count(tx.connection());
                statement.setLong(1, event.offset() % TILLS);
                statement.setLong(2, event.payload().length());
                statement.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private PreparedStatement count(Connection now) throws SQLException {
            PreparedStatement known = count;
            if (known == null || !now.equals(connection)) {
                known =
                        now.prepareStatement(
                                "INSERT INTO turnover VALUES (?, 1, ?) ON CONFLICT (till) DO UPDATE"
                                        + " SET sales = sales + 1, bytes = bytes + excluded.bytes");
                count = known;
                connection = now;
            }
            return known;
        }
    }
}
