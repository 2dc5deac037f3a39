package dev.skerry.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.skerry.benchmarks.link.FanOutRuns;
import dev.skerry.benchmarks.link.LinkRuns;
import dev.skerry.benchmarks.link.Sizes;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `./dev bench`: measures what is named, or everything, and prints a table each.
public final class Bench {

    /// When more threads than this are at work already, figures are not to be relied on.
    private static final double LOAD_MAX = 1;

    /// What can be asked for.
    private record Run(String name, String what, Measurement measurement) {}

    @FunctionalInterface
    private interface Measurement {
        Comparison.Results run() throws Exception;
    }

    private final PrintStream out;
    private final HttpRuns http;
    private final List<Run> runs;

    private Bench(PrintStream out, Scratch scratch, Sizes sizes) {
        this.out = out;
        Sales sales = new Sales();
        LogRuns log = new LogRuns(sales, scratch);
        this.http = new HttpRuns(sales, scratch);
        PartRuns parts = new PartRuns(sales);
        IdleRuns idle = new IdleRuns(sales, scratch);
        LinkRuns link = new LinkRuns(scratch, sizes);
        FanOutRuns fanOut = new FanOutRuns(scratch, sizes);
        StoreRuns store = new StoreRuns(scratch, sizes);
        this.runs =
                List.of(
                        new Run(
                                "append",
                                "one event from 1 to 256 callers; fdatasync",
                                log::append),
                        new Run("batch", "batches of 1,000; raw SQLite", log::batch),
                        new Run("read", "pages of 1,000", log::read),
                        new Run("follow", "a follower whose events change a row", log::follow),
                        new Run("parts", "what an event costs besides storing it", parts::parts),
                        new Run("http-append", "over HTTP; the reference server", http::append),
                        new Run("http-read", "over HTTP; the reference server", http::read),
                        new Run("sse", "from append to reader; the reference server", http::sse),
                        new Run(
                                "pricing",
                                "a basket with 5,000 active promotions",
                                new PricingRuns()::pricing),
                        new Run("store-start", "a large store starts", store::starting),
                        new Run("store-scan", "from a scan to its priced line", store::scan),
                        new Run("store-sales", "complete sales at 20 tills", store::sales),
                        new Run("store-board", "from ran out to the menu board", store::board),
                        new Run("idle", "10,000 readers that wait", idle::idle),
                        new Run("link-catch-up", "a store catches up; its peers", link::catchUp),
                        new Run("link-slow", "10 Mbit/s and 80 ms; its peers", link::slowLine),
                        new Run("link-live", "from the store to HQ; its peers", link::live),
                        new Run("link-cuts", "cuts and kills; its peers", link::cuts),
                        new Run("link-flaps", "a line that flaps; its peers", link::flaps),
                        new Run("link-outages", "after an outage; its peers", link::outages),
                        new Run("link-fan-out", "one HQ and many stores", fanOut::fanOut));
    }

    /// @param arguments names, and sizes as `name=value`
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Map<Boolean, List<String>> said =
                Arrays.stream(arguments)
                        .collect(Collectors.partitioningBy(each -> each.contains("=")));
        Sizes sizes;
        try {
            sizes = new Sizes(said.getOrDefault(true, List.of()));
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            return;
        }
        try (Scratch scratch = new Scratch()) {
            Bench bench = new Bench(out, scratch, sizes);
            List<Run> wanted = bench.wanted(said.getOrDefault(false, List.of()));
            if (wanted.isEmpty()) {
                bench.help();
            } else {
                bench.measure(wanted);
            }
        }
    }

    /// @return none if a name is not known
    private List<Run> wanted(List<String> names) {
        if (names.isEmpty() || names.equals(List.of("all"))) {
            return runs;
        }
        List<Run> wanted = runs.stream().filter(run -> names.contains(run.name)).toList();
        return wanted.size() == names.size() ? wanted : List.of();
    }

    private void help() {
        out.println("./dev bench [NAME…] [SIZE=…]   measures; without a name: everything");
        out.println();
        runs.forEach(run -> out.printf("  %-13s  %s%n", run.name, run.what));
        out.println();
        out.println("For those that begin with link or store:");
        out.println();
        Sizes.KEYS.forEach((key, what) -> out.printf("  %-13s  %s%n", key + "=…", what));
    }

    private void measure(List<Run> wanted) throws Exception {
        machine();
        long begin = System.nanoTime();
        List<String> shortfalls = new ArrayList<>();
        for (Run run : wanted) {
            Comparison.Results results = run.measurement.run();
            out.println();
            out.println("**" + results.title() + "** (" + results.rounds() + " rounds)");
            out.println();
            results.lines().forEach(out::println);
            shortfalls.addAll(results.shortfalls());
        }
        out.println();
        http.remarks().forEach(out::println);
        out.println(shortfalls.isEmpty() ? "All aims were met." : "Aims that were not met:");
        shortfalls.forEach(line -> out.println("- " + line));
        out.println();
        out.println(Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s");
    }

    private void machine() throws IOException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        out.printf(
                "%s, %d cores, %d GB; %s %s, %s; Java %s%n",
                processor(),
                system.getAvailableProcessors(),
                Math.round(system.getTotalMemorySize() / 1e9),
                system.getName(),
                system.getVersion(),
                Files.getFileStore(Scratch.target()).type(),
                Runtime.version());
        double load = system.getSystemLoadAverage();
        if (load > LOAD_MAX) {
            out.printf("The machine is busy (load %.1f): do not rely on what follows.%n", load);
        }
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.exists(info)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
