package dev.skerry.trials.nodes;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The crash trial: `./dev crash` 1,000 rounds of kills and bad lines, `./dev crash ROUNDS` so many, `./dev crash ROUNDS SEED` the
/// rounds of one seed again. Ends at the first thing that is wrong, with the folders of both servers left behind.
public final class Crash {

    private static final int ROUNDS = 1_000;

    /// Most of a round is waiting: for a line, a pause, a disk.
    private static final int CHAINS = 2;

    private Crash() {}

    public static void main(String[] args) throws InterruptedException {
        // The producers say each time that a server has been killed.
        Logger producers = Logger.getLogger("dev.skerry.stream.client");
        producers.setLevel(Level.OFF);
        try {
            int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
            boolean again = args.length > 1;
            long seed =
                    again ? Long.parseLong(args[1]) : new SecureRandom().nextLong(1_000_000_000);
            System.out.println(run(rounds, again ? 1 : CHAINS, seed, Path.of("target", "crash")));
        } catch (NumberFormatException e) {
            System.err.println("usage: crash [ROUNDS [SEED]]");
            System.exit(2);
        } catch (AssertionError e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /// Runs so many rounds, at several chains side by side.
    ///
    /// @param folder where data folders are made
    /// @return what came of it, in a line for people
    /// @throws AssertionError at the first thing that is wrong
    static String run(int rounds, int chains, long seed, Path folder) throws InterruptedException {
        long before = System.nanoTime();
        List<Chaos.Report> reports = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient();
                ExecutorService side = Executors.newVirtualThreadPerTaskExecutor()) {
            ExecutorCompletionService<Chaos.Report> done = new ExecutorCompletionService<>(side);
            List<Future<Chaos.Report>> all = new ArrayList<>();
            for (int chain = 0; chain < chains; chain++) {
                long own = seed + chain;
                int share = rounds / chains + (chain < rounds % chains ? 1 : 0);
                all.add(done.submit(() -> new Chaos(own, share, folder, http).run()));
            }
            try {
                for (int chain = 0; chain < chains; chain++) {
                    reports.add(done.take().get());
                }
            } catch (ExecutionException e) {
                all.forEach(other -> other.cancel(true));
                throw e.getCause() instanceof AssertionError wrong
                        ? wrong
                        : new AssertionError("seed " + seed + ": " + e.getCause(), e.getCause());
            }
        }
        return summary(reports, seed, Duration.ofNanos(System.nanoTime() - before));
    }

    private static String summary(List<Chaos.Report> reports, long seed, Duration took) {
        List<Duration> healed =
                reports.stream().flatMap(one -> one.healed().stream()).sorted().toList();
        return "rounds=%d kills=%d line_troubles=%d sales=%d bookings=%d articles=%d lost=0 doubled=0 healed_p50_ms=%d healed_max_ms=%d seed=%d seconds=%d"
                .formatted(
                        healed.size(),
                        reports.stream().mapToInt(Chaos.Report::kills).sum(),
                        reports.stream().mapToInt(Chaos.Report::troubles).sum(),
                        reports.stream().mapToLong(Chaos.Report::sales).sum(),
                        reports.stream().mapToLong(Chaos.Report::bookings).sum(),
                        reports.stream().mapToLong(Chaos.Report::articles).sum(),
                        healed.get(healed.size() / 2).toMillis(),
                        healed.getLast().toMillis(),
                        seed,
                        took.toSeconds());
    }
}
