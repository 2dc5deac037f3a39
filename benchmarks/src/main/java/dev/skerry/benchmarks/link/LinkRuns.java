package dev.skerry.benchmarks.link;

import dev.skerry.app.line.BadLine;
import dev.skerry.benchmarks.Comparison;
import dev.skerry.benchmarks.Sales;
import dev.skerry.benchmarks.Scratch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/// What a store and HQ have to do together, whoever made them. Every measurement starts both anew, and sends some events
/// through the line first, so that neither programs nor connections are cold.
public final class LinkRuns {

    private static final int WARM_UP_EVENTS = 20_000;

    private static final long SLOW_BYTES_PER_SECOND = 1_250_000;
    private static final Duration SLOW_DELAY = Duration.ofMillis(40);

    private static final int LIVE_EVENTS_PER_SECOND = 200;
    private static final int LIVE_WARM_UP_EVENTS = 5 * LIVE_EVENTS_PER_SECOND;

    private static final int LOAD_EVENTS_PER_SECOND = 2_000;
    private static final int LOAD_BATCH_EVENTS = 100;
    private static final int CUTS = 5;
    private static final Duration CUT = Duration.ofSeconds(2);
    private static final int FLAPS = 100;

    /// What comes twice may come late.
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    @FunctionalInterface
    private interface Start {
        /// @return empty, after saying so, if it cannot be had
        Optional<Pair> start(Scratch scratch) throws Exception;
    }

    private record Make(String name, Start start) {}

    /// Whoever is measured; ours is to come first in this list, with its aims.
    private static final List<Make> MAKES =
            List.of(
                    new Make("skerry", SkerryPair::start),
                    new Make("artemis", ArtemisPair::start),
                    new Make("kafka", KafkaPair::start));

    private final Scratch scratch;
    private final Sizes sizes;

    public LinkRuns(Scratch scratch, Sizes sizes) {
        this.scratch = scratch;
        this.sizes = sizes;
    }

    // ---- catching up

    public Comparison.Results catchUp() throws Exception {
        int events = sizes.number("events", 300_000);
        return compare(
                "link-catch-up: %,d events taken while the line was down".formatted(events),
                List.of(
                        "events/s",
                        "bytes an event on the line",
                        "store, CPU s",
                        "HQ, CPU s",
                        "first at HQ after, s"),
                pair -> {
                    CatchUp done = catchUp(pair, events);
                    return new double[] {
                        events / done.seconds,
                        done.bytesPerEvent,
                        done.storeCpuSeconds,
                        done.hqCpuSeconds,
                        done.firstSeconds
                    };
                });
    }

    public Comparison.Results slowLine() throws Exception {
        int events = sizes.number("events", 100_000);
        return compare(
                "link-slow: %,d events at 10 Mbit/s and 80 ms".formatted(events),
                List.of("events/s", "bytes an event on the line", "of the line used, %"),
                pair -> {
                    pair.line().shape(SLOW_BYTES_PER_SECOND, SLOW_DELAY);
                    CatchUp done = catchUp(pair, events);
                    return new double[] {
                        events / done.seconds,
                        done.bytesPerEvent,
                        100 * done.wayBytes / done.seconds / SLOW_BYTES_PER_SECOND
                    };
                });
    }

    /// @param seconds from the line's return until HQ had all
    /// @param wayBytes in the direction that carried more
    private record CatchUp(
            double seconds,
            double firstSeconds,
            double bytesPerEvent,
            double wayBytes,
            double storeCpuSeconds,
            double hqCpuSeconds) {}

    private CatchUp catchUp(Pair pair, int events) throws Exception {
        int warm = Math.min(events, WARM_UP_EVENTS);
        take(pair, 0, warm);
        awaitAtHq(pair, warm);
        BadLine line = pair.line();
        line.cut();
        take(pair, warm, events);
        double storeCpu = pair.storeCpuSeconds();
        double hqCpu = pair.hqCpuSeconds();
        long up = line.traffic().upBytes();
        long down = line.traffic().downBytes();
        long before = pair.atHq();
        long begin = System.nanoTime();
        line.up();
        double first = awaitAtHq(pair, before + 1, begin);
        double all = awaitAtHq(pair, before + events, begin);
        up = line.traffic().upBytes() - up;
        down = line.traffic().downBytes() - down;
        storeCpu = pair.storeCpuSeconds() - storeCpu;
        hqCpu = pair.hqCpuSeconds() - hqCpu;
        BitSet taken = new BitSet();
        taken.set(0, warm + events);
        Tally tally = pair.readAtHq();
        if (tally.missing(taken) > 0 || tally.doubled() > 0) {
            throw new IllegalStateException(
                    tally.missing(taken) + " events are missing, " + tally.doubled() + " doubled");
        }
        return new CatchUp(
                all, first, (double) (up + down) / events, Math.max(up, down), storeCpu, hqCpu);
    }

    // ---- live

    public Comparison.Results live() throws Exception {
        int events = sizes.number("events", 6_000);
        return compare(
                "link-live: at %d events/s, ms from durable at the store to readable at HQ"
                        .formatted(LIVE_EVENTS_PER_SECOND),
                List.of("p50", "p99", "max", "bytes an event on the line"),
                pair -> {
                    take(pair, 0, 1);
                    awaitAtHq(pair, 1);
                    pair.live(1, LIVE_WARM_UP_EVENTS, LIVE_EVENTS_PER_SECOND);
                    long before = pair.line().traffic().bytes();
                    long[] nanos =
                            pair.live(1 + LIVE_WARM_UP_EVENTS, events, LIVE_EVENTS_PER_SECOND);
                    double bytes = pair.line().traffic().bytes() - before;
                    Arrays.sort(nanos);
                    return new double[] {
                        nanos[events / 2] / 1e6,
                        nanos[events * 99 / 100] / 1e6,
                        nanos[events - 1] / 1e6,
                        bytes / events
                    };
                });
    }

    // ---- a bad day

    public Comparison.Results cuts() throws Exception {
        int events = sizes.number("events", 60_000);
        return compare(
                "link-cuts: %,d events, five cuts of 2 s, kill -9 of each side".formatted(events),
                List.of("missing", "doubled", "all at HQ after, s"),
                pair -> {
                    Taking taking = underLoad(pair, events);
                    Duration between = taking.duration().dividedBy(CUTS + 3);
                    for (int i = 0; i < CUTS + 2; i++) {
                        Thread.sleep(between);
                        switch (i) {
                            case 2 -> pair.killStore();
                            case 4 -> pair.killHq();
                            default -> {
                                pair.line().cut();
                                Thread.sleep(CUT);
                                pair.line().up();
                            }
                        }
                    }
                    return outcome(pair, taking);
                });
    }

    public Comparison.Results flaps() throws Exception {
        int events = sizes.number("events", 20_000);
        return compare(
                "link-flaps: %,d events, %d flaps".formatted(events, FLAPS),
                List.of("missing", "doubled", "all at HQ after, s"),
                pair -> {
                    Taking taking = underLoad(pair, events);
                    Duration between = taking.duration().dividedBy(FLAPS);
                    for (int i = 0; i < FLAPS; i++) {
                        Thread.sleep(between);
                        pair.line().resetAll();
                    }
                    return outcome(pair, taking);
                });
    }

    private Taking underLoad(Pair pair, int events) throws Exception {
        int warm = Math.min(events, WARM_UP_EVENTS);
        take(pair, 0, warm);
        awaitAtHq(pair, warm);
        return new Taking(pair, warm, events);
    }

    private double[] outcome(Pair pair, Taking taking) throws Exception {
        BitSet answered = taking.answered();
        long begin = System.nanoTime();
        Progress progress = new Progress();
        Tally tally = pair.readAtHq();
        while (tally.missing(answered) > 0 && progress.goesOn(tally.numbers().cardinality())) {
            Thread.sleep(SETTLE.dividedBy(5));
            tally = pair.readAtHq();
        }
        double seconds = seconds(begin);
        Thread.sleep(SETTLE);
        tally = pair.readAtHq();
        return new double[] {tally.missing(answered), tally.doubled(), seconds};
    }

    /// The store takes events at a steady rate, in a thread of its own. If it goes, the next ones are tried until it is back;
    /// those whose answer was lost are not tried again, so whoever has one of them twice has doubled it itself.
    private static final class Taking {

        private final Pair pair;
        private final int before;
        private final int events;
        private final BitSet answered = new BitSet();
        private final FutureTask<BitSet> work = new FutureTask<>(this::takeAll);

        /// @param before so many have been taken already
        Taking(Pair pair, int before, int events) {
            this.pair = pair;
            this.before = before;
            this.events = events;
            answered.set(0, before);
            Thread.ofVirtual().start(work);
        }

        Duration duration() {
            return Duration.ofSeconds(events).dividedBy(LOAD_EVENTS_PER_SECOND);
        }

        /// Waits until all were taken, or tried.
        BitSet answered() throws Exception {
            return work.get();
        }

        private BitSet takeAll() throws InterruptedException {
            long begin = System.nanoTime();
            for (int first = 0; first < events; first += LOAD_BATCH_EVENTS) {
                Duration due = Duration.ofSeconds(first).dividedBy(LOAD_EVENTS_PER_SECOND);
                Thread.sleep(Duration.ofNanos(due.toNanos() - (System.nanoTime() - begin)));
                int count = Math.min(LOAD_BATCH_EVENTS, events - first);
                try {
                    pair.take(before + first, count);
                    answered.set(before + first, before + first + count);
                } catch (IOException e) {
                    // Killed, and not back yet.
                }
            }
            return answered;
        }
    }

    // ---- after an outage

    public Comparison.Results outages() throws Exception {
        int events = sizes.number("events", 10_000);
        List<String> outages = sizes.list("outages", "5", "60");
        List<String> figures = new ArrayList<>();
        for (String seconds : outages) {
            figures.add("first after " + seconds + " s, s");
            figures.add("all after " + seconds + " s, s");
        }
        return compare(
                "link-outages: %,d events taken while the line was down".formatted(events),
                figures,
                pair -> {
                    double[] seconds = new double[figures.size()];
                    int taken = Math.min(events, WARM_UP_EVENTS);
                    take(pair, 0, taken);
                    awaitAtHq(pair, taken);
                    for (int i = 0; i < seconds.length; i += 2) {
                        long before = pair.atHq();
                        long cut = System.nanoTime();
                        pair.line().cut();
                        take(pair, taken, events);
                        taken += events;
                        Duration outage = Duration.ofSeconds(Long.parseLong(outages.get(i / 2)));
                        Thread.sleep(outage.minusNanos(System.nanoTime() - cut));
                        long begin = System.nanoTime();
                        pair.line().up();
                        seconds[i] = awaitAtHq(pair, before + 1, begin);
                        seconds[i + 1] = awaitAtHq(pair, before + events, begin);
                    }
                    return seconds;
                });
    }

    // ---- what all of them need

    @FunctionalInterface
    private interface Measure {
        /// @return a figure for each name
        double[] run(Pair pair) throws Exception;
    }

    private Comparison.Results compare(String title, List<String> figures, Measure measure)
            throws Exception {
        Comparison comparison = new Comparison(title, sizes.number("rounds", 1)).withoutWarmUp();
        List<String> wanted =
                sizes.list("makes", MAKES.stream().map(Make::name).toArray(String[]::new));
        for (Make make : MAKES) {
            if (wanted.contains(make.name)) {
                List<String> names =
                        figures.stream().map(figure -> make.name + ", " + figure).toList();
                comparison.sides(names, () -> measured(make, names, measure));
            }
        }
        return comparison.run();
    }

    private double[] measured(Make make, List<String> names, Measure measure) throws Exception {
        Optional<Pair> started = make.start.start(scratch);
        double[] figures = new double[names.size()];
        Arrays.fill(figures, Double.NaN);
        if (started.isEmpty()) {
            return figures;
        }
        try (Pair pair = started.get()) {
            figures = measure.run(pair);
        }
        for (int i = 0; i < figures.length; i++) {
            System.out.printf(Locale.ROOT, "  %s: %,.3f%n", names.get(i), figures[i]);
        }
        return figures;
    }

    private static void take(Pair pair, int first, int count) throws IOException {
        for (int taken = 0; taken < count; taken += Sales.BATCH_EVENTS) {
            pair.take(first + taken, Math.min(Sales.BATCH_EVENTS, count - taken));
        }
    }

    private void awaitAtHq(Pair pair, long events) throws Exception {
        awaitAtHq(pair, events, System.nanoTime());
    }

    /// @return how long that took
    private double awaitAtHq(Pair pair, long events, long beginNanos) throws Exception {
        Progress progress = new Progress();
        for (long there = pair.atHq(); there < events; there = pair.atHq()) {
            if (!progress.goesOn(there)) {
                throw new IllegalStateException(
                        "stuck: HQ has %,d of %,d events".formatted(there, events));
            }
            Thread.sleep(LOOK_AGAIN);
        }
        return seconds(beginNanos);
    }

    private static double seconds(long beginNanos) {
        return (System.nanoTime() - beginNanos) / 1e9;
    }

    /// Tells a slow link from one that is stuck.
    private final class Progress {

        private final long patienceNanos =
                Duration.ofSeconds(sizes.number("patience", 300)).toNanos();
        private long most = -1;
        private long sinceNanos = System.nanoTime();

        boolean goesOn(long there) {
            if (there > most) {
                most = there;
                sinceNanos = System.nanoTime();
            }
            return System.nanoTime() - sinceNanos < patienceNanos;
        }
    }
}
