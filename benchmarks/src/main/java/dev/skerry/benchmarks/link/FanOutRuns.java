package dev.skerry.benchmarks.link;

import com.sun.management.OperatingSystemMXBean;
import dev.skerry.benchmarks.Aim;
import dev.skerry.benchmarks.Comparison;
import dev.skerry.benchmarks.Scratch;
import dev.skerry.language.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongPredicate;

/// One HQ, and many stores that follow its catalog: HQ in a process of its own, all stores in another, each with its own
/// certificate and its own connection over mutual TLS.
public final class FanOutRuns {

    private static final int PRICE_CHANGES = 20;
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(500);
    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /// In memory, where there is such a folder: joining is not what is measured.
    private static final Path MEMORY = Path.of("/dev/shm");

    private final Scratch scratch;
    private final Sizes sizes;

    public FanOutRuns(Scratch scratch, Sizes sizes) {
        this.scratch = scratch;
        this.sizes = sizes;
    }

    public Comparison.Results fanOut() throws Exception {
        int stores = sizes.number("stores", 50);
        int articles = sizes.number("events", 50_000);
        Duration idle = Duration.ofSeconds(sizes.number("idle", 10));
        Map<String, Double> figures = new LinkedHashMap<>();
        try (Estate estate = new Estate(stores, articles, figures)) {
            estate.comeBack();
            estate.idle(idle);
            estate.priceChanges();
            estate.dailyLoad("all connected", false);
            estate.dailyLoad("all away", true);
        }
        return new Comparison(
                        "link-fan-out: %,d stores, %,d changed articles"
                                .formatted(stores, articles),
                        1)
                .withoutWarmUp()
                .sides(
                        List.copyOf(figures.keySet()),
                        () -> figures.values().stream().mapToDouble(Double::doubleValue).toArray())
                .aim(Estate.PRICE_MAX, new Aim.AtMost(2))
                .run();
    }

    /// HQ and its stores while they are measured.
    private final class Estate implements AutoCloseable {

        static final String PRICE_MAX = "one price at the last store, slowest, s";

        private final int count;
        private final int articles;
        private final Map<String, Double> figures;
        private final Path logs = PeerJars.logs("fan-out");
        private final Path folder = Files.createDirectories(scratch.fresh("hq"));
        private final Path identities =
                Files.isDirectory(MEMORY)
                        ? Files.createTempDirectory(MEMORY, "stores-")
                        : Files.createDirectories(scratch.fresh("stores"));
        private final int port = Ports.free();
        private final int linkPort = Ports.free();
        private PeerProcess hq;
        private final PeerProcess stores;
        private int published;
        private long residentMax;

        /// All stores have joined, and are away; HQ has just begun.
        Estate(int count, int articles, Map<String, Double> figures) throws IOException {
            this.count = count;
            this.articles = articles;
            this.figures = figures;
            long begin = System.nanoTime();
            hq = hq();
            publish(1);
            stores =
                    process(
                            "stores",
                            "-Xmx4G",
                            LightStores.class,
                            identities,
                            folder,
                            linkPort,
                            PublishingHq.CATALOG,
                            count);
            say("all joined after, s", seconds(System.nanoTime() - begin));
            hq.close();
            hq = hq();
        }

        private PeerProcess hq() throws IOException {
            return process("hq", "-Xmx1G", PublishingHq.class, folder, port, linkPort);
        }

        /// With the options of `./skerry`.
        private PeerProcess process(String name, String heap, Class<?> main, Object... arguments)
                throws IOException {
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    "--enable-native-access=ALL-UNNAMED",
                                    "--sun-misc-unsafe-memory-access=allow",
                                    "-Djdk.virtualThreadScheduler.parallelism=8",
                                    "-XX:+UseG1GC",
                                    "-XX:+UseCompactObjectHeaders",
                                    heap,
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    main.getName()));
            Arrays.stream(arguments).map(Object::toString).forEach(command::add);
            PeerProcess process = new PeerProcess(name, logs, command);
            process.answer();
            return process;
        }

        // ---- what is measured

        /// HQ has started again, and all stores dial at the same moment.
        void comeBack() throws Exception {
            Usage usage = new Usage();
            double heap = heapMebibytes();
            figure("HQ resident, no store connected, MiB", mebibytes(hq.residentBytes()));
            stores.ask("back");
            long[] up = await(stores, "follow", following -> following == count);
            figure("all connected after HQ's restart, s", seconds(up[2] - up[1]));
            usage.say("all connected");
            Thread.sleep(SETTLE);
            figure("HQ's heap a connected store, KiB", (heapMebibytes() - heap) * 1024 / count);
            figure("HQ resident, all connected, MiB", mebibytes(hq.residentBytes()));
        }

        void idle(Duration time) throws Exception {
            Usage usage = new Usage();
            Thread.sleep(time);
            double minutes = time.toMillis() / 6e4;
            figure("HQ's CPU a connected store, ms/min", usage.hqCpu() * 1e3 / minutes / count);
            usage.say("idle");
        }

        void priceChanges() throws Exception {
            double[] seconds = new double[PRICE_CHANGES];
            Usage usage = new Usage();
            for (int i = 0; i < PRICE_CHANGES; i++) {
                Thread.sleep(BETWEEN_CHANGES);
                long[] change = publish(1);
                seconds[i] = seconds(awaitAll(change[2]) - change[0]);
            }
            usage.say("price changes");
            Arrays.sort(seconds);
            figure("one price at the last store, median, s", seconds[PRICE_CHANGES / 2]);
            figure(PRICE_MAX, seconds[PRICE_CHANGES - 1]);
        }

        /// @param away whether the stores are gone while HQ writes
        void dailyLoad(String when, boolean away) throws Exception {
            if (away) {
                stores.ask("away");
                await(stores, "follow", following -> following == 0);
                Thread.sleep(SETTLE);
            }
            Usage usage = new Usage();
            long runs = runsMade();
            long before = hq.residentBytes();
            long[] written = publish(articles);
            long begin = written[0];
            figure(when + ": written at HQ after, s", seconds(written[1] - begin));
            if (away) {
                begin = System.nanoTime();
                stores.ask("back");
            }
            figure(when + ": at the last store after, s", seconds(awaitAll(written[2]) - begin));
            figure(when + ": HQ's CPU, s", usage.hqCpu());
            figure(when + ": the stores' CPU, s", usage.storesCpu());
            figure(when + ": runs made", (double) (runsMade() - runs));
            figure(when + ": runs received", usage.seen(1));
            figure(when + ": received, MB", usage.seen(0) / 1e6);
            figure(when + ": HQ resident before, MiB", mebibytes(before));
            figure(when + ": HQ resident at most, MiB", mebibytes(residentMax));
            usage.say(when);
            Thread.sleep(SETTLE);
            figure(when + ": HQ's heap after, MiB", heapMebibytes());
            figure(when + ": HQ resident after, MiB", mebibytes(hq.residentBytes()));
        }

        // ---- how

        /// What is left after a collection.
        private double heapMebibytes() throws IOException {
            return mebibytes(numbers(hq.ask("heap"))[0]);
        }

        private long[] publish(int changes) throws IOException {
            long[] written = numbers(hq.ask("publish " + published + " " + changes));
            published += changes;
            return written;
        }

        /// @return when the last store had it
        private long awaitAll(long offset) throws Exception {
            return await(stores, "have " + offset, having -> having == count)[1];
        }

        /// Asks until the first of the numbers answered is as wanted.
        private long[] await(PeerProcess whom, String question, LongPredicate wanted)
                throws Exception {
            Patience patience = new Patience();
            while (true) {
                long[] answer = numbers(whom.ask(question));
                residentMax = Math.max(residentMax, hq.residentBytes());
                if (wanted.test(answer[0])) {
                    return answer;
                }
                patience.goesOn(question, answer);
                Thread.sleep(LOOK_AGAIN);
            }
        }

        /// What is used up from now on.
        private final class Usage {

            private final double hqCpu = hq.cpuSeconds();
            private final double storesCpu = stores.cpuSeconds();
            private final long[] seen = numbers(stores.ask("seen"));
            private final long begin = System.nanoTime();

            Usage() throws IOException {
                residentMax = hq.residentBytes();
            }

            double hqCpu() {
                return hq.cpuSeconds() - hqCpu;
            }

            double storesCpu() {
                return stores.cpuSeconds() - storesCpu;
            }

            double seen(int which) throws IOException {
                return numbers(stores.ask("seen"))[which] - seen[which];
            }

            void say(String what) throws IOException {
                System.out.printf(
                        Locale.ROOT,
                        "  %s: %.1f s; CPU of HQ %.1f s, of the stores %.1f s; 503: %.0f; failed: %.0f; load average %.1f%n",
                        what,
                        seconds(System.nanoTime() - begin),
                        hqCpu(),
                        storesCpu(),
                        seen(2),
                        seen(3),
                        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                                .getSystemLoadAverage());
            }
        }

        private long runsMade() throws IOException {
            try (InputStream in =
                    URI.create("http://127.0.0.1:" + port + "/api/status").toURL().openStream()) {
                return JsonObject.parse(in.readAllBytes()).number("runsMade");
            }
        }

        private void figure(String name, double value) {
            figures.put(name, value);
            say(name, value);
        }

        private void say(String name, double value) {
            System.out.printf(Locale.ROOT, "  %s: %,.3f%n", name, value);
        }

        @Override
        public void close() throws IOException {
            stores.close();
            hq.close();
            Scratch.delete(identities);
        }
    }

    /// Gives up where nothing moves.
    private final class Patience {

        private final long nanos = Duration.ofSeconds(sizes.number("patience", 300)).toNanos();
        private long[] last = {};
        private long sinceNanos = System.nanoTime();

        void goesOn(String question, long[] answer) {
            if (!Arrays.equals(answer, last)) {
                last = answer;
                sinceNanos = System.nanoTime();
            }
            if (System.nanoTime() - sinceNanos > nanos) {
                throw new IllegalStateException(
                        "stuck: %s: %s".formatted(question, Arrays.toString(answer)));
            }
        }
    }

    private static long[] numbers(String text) {
        return Arrays.stream(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    private static double mebibytes(long bytes) {
        return (double) bytes / (1 << 20);
    }
}
