package dev.skerry.benchmarks;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What ten thousand readers cost that wait for news on one server, and how soon all of them have it.
final class IdleRuns {

    private static final int READERS_WANTED = 10_000;

    /// Files that a process has open beside its readers.
    private static final int OTHER_FILES = 500;

    private static final int ROUNDS = 2;
    private static final int EVENTS = 3;
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final String MARK = "\"specversion\"";

    /// What `jcmd GC.heap_info` says of G1.
    private static final Pattern USED = Pattern.compile("heap.*?used (\\d+)K");

    private final Sales sales;
    private final Scratch scratch;
    private final int count;

    IdleRuns(Sales sales, Scratch scratch) {
        this.sales = sales;
        this.scratch = scratch;
        this.count = (int) Math.min(READERS_WANTED, openFilesMax() - OTHER_FILES);
    }

    /// The server has the same limit: both raise it as far as they may.
    private static long openFilesMax() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    Comparison.Results idle() throws Exception {
        Comparison comparison =
                new Comparison(
                                "idle: %,d readers wait for one stream, KiB and ms"
                                        .formatted(count),
                                ROUNDS)
                        .withoutWarmUp();
        for (String live : List.of("sse", "long-poll")) {
            comparison.sides(
                    List.of(
                            live + ", resident memory a reader, KiB",
                            live + ", heap after GC a reader, KiB",
                            live + ", one event to all, ms"),
                    () -> measure(live));
        }
        return comparison.run();
    }

    private double[] measure(String live) throws Exception {
        String path = StreamServer.path("store-0042/orders");
        String again = live.equals("sse") ? "" : "&timeout=60";
        byte[] request =
                HttpConnection.head(
                        "GET",
                        path + "?offset=now&live=" + live + again,
                        "Accept-Encoding: identity\r\n");
        try (StreamServer server = StreamServer.ours(scratch);
                HttpConnection appends = server.connect()) {
            appends.send("PUT", path, new byte[0]);
            for (int n = 0; n < Sales.BATCH_EVENTS; n++) {
                appends.send("POST", path, sales.event(n).array());
            }
            long heapBefore = heapBytes(server);
            long residentBefore = server.residentBytes();
            try (IdleReaders readers = new IdleReaders(server.port(), count, request)) {
                readers.drain(SETTLE);
                long heap = heapBytes(server) - heapBefore;
                long resident = server.residentBytes() - residentBefore;
                double[] ms = new double[EVENTS];
                for (int n = 0; n < EVENTS; n++) {
                    if (n > 0 && live.equals("long-poll")) {
                        readers.askAgain();
                    }
                    readers.drain(SETTLE);
                    long begin = System.nanoTime();
                    appends.send("POST", path, sales.event(n).array());
                    readers.awaitAll(MARK);
                    ms[n] = (System.nanoTime() - begin) / 1e6;
                }
                Arrays.sort(ms);
                return new double[] {
                    resident / 1024.0 / count, heap / 1024.0 / count, ms[EVENTS / 2]
                };
            }
        }
    }

    private static long heapBytes(StreamServer server) throws IOException {
        jcmd(server, "GC.run");
        Matcher used = USED.matcher(jcmd(server, "GC.heap_info"));
        if (!used.find()) {
            throw new IOException("jcmd does not say how much of the heap is used");
        }
        return Long.parseLong(used.group(1)) * 1024;
    }

    private static String jcmd(StreamServer server, String what) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process =
                new ProcessBuilder(jcmd, Long.toString(server.pid()), what)
                        .redirectErrorStream(true)
                        .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
