package dev.skerry.app.replay;

import dev.skerry.app.chain.FolderImport;
import dev.skerry.app.chain.ImportException;
import dev.skerry.app.chain.Publisher;
import dev.skerry.app.chain.ReferenceStream;
import dev.skerry.app.demo.Calls;
import dev.skerry.app.replay.Assorting.Assorted;
import dev.skerry.app.replay.Comparison.Difference;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.staff.StaffEvent;
import dev.skerry.stream.Driver;
import dev.skerry.stream.DriverSettings;
import dev.skerry.stream.Pacer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Sends a folder of real baskets through a chain, and compares what came of it. What was done before on the same data folder is not done
/// again. For one thread.
public final class Replay {

    /// More stores than this at once need a larger machine.
    public static final int AT_ONCE_MAX = 500;

    private static final Duration LOOKS_EVERY = Duration.ofMillis(20);
    private static final Duration TELLS_EVERY = Duration.ofSeconds(5);

    /// From fewer nobody can tell how long it will take.
    private static final int BASKETS_TO_JUDGE_BY = 100;

    /// What is to be replayed.
    ///
    /// @param data where HQ and stores keep what they have
    /// @param from the folder
    /// @param stores as the folder calls them; empty for all
    /// @param busiest only so many of these, those with most baskets
    /// @param days from one to another, both among them
    /// @param allArticles HQ publishes all of the folder's, and not only those that are sold
    /// @param speed how many times as fast as it was; 0 for as fast as it goes
    /// @param atOnce how many stores are open at once where it goes as fast as it can
    public record Plan(
            Path data,
            Path from,
            List<String> stores,
            int busiest,
            Days days,
            boolean allArticles,
            double speed,
            int atOnce,
            Cut cut) {
        public Plan {
            stores = List.copyOf(stores);
        }
    }

    public record Days(LocalDate first, LocalDate last) {

        public static final Days ALL = new Days(LocalDate.MIN, LocalDate.MAX);

        boolean has(LocalDate day) {
            return !day.isBefore(first) && !day.isAfter(last);
        }
    }

    /// What came of it; amounts in minor units.
    ///
    /// @param file the lines of the folder that were chosen
    /// @param sold what the stores' own streams say
    /// @param rejected lines that are not sold: see `rejected.csv`
    /// @param differences what is not as it has to be
    /// @param soldNow baskets that were sold since this start, in
    /// @param took this time
    public record Outcome(
            Amounts file,
            Amounts sold,
            Amounts returned,
            Amounts rejected,
            int stores,
            long baskets,
            List<String> differences,
            long soldNow,
            Duration took) {
        public Outcome {
            differences = List.copyOf(differences);
        }
    }

    public record Amounts(long lines, long amount) {
        static final Amounts NONE = new Amounts(0, 0);

        Amounts plus(Amounts other) {
            return new Amounts(
                    Math.addExact(lines, other.lines), Math.addExact(amount, other.amount));
        }
    }

    private final Plan plan;
    private final Servers servers;
    private final Manager manager;
    private final InstantSource clock;
    private final Pacer pacer;
    private final Random random;
    private final Consumer<String> tell;
    private final Semaphore ended = new Semaphore(0);
    private final Map<String, String> failed = Collections.synchronizedMap(new LinkedHashMap<>());

    /// @param manager the same each time on a data folder
    /// @param tell is told how far it is, a line at a time
    public Replay(
            Plan plan,
            Servers servers,
            Manager manager,
            InstantSource clock,
            Pacer pacer,
            Random random,
            Consumer<String> tell) {
        this.plan = plan;
        this.servers = servers;
        this.manager = manager;
        this.clock = clock;
        this.pacer = pacer;
        this.random = random;
        this.tell = tell;
    }

    /// Until all is sold and compared.
    ///
    /// @throws ReplayException if the folder is not in the format
    public Outcome run() throws InterruptedException {
        Map<String, Site> sites = new Folder(plan.from()).stores();
        plan.stores()
                .forEach(it -> {
                    if (!sites.containsKey(it)) {
                        throw new ReplayException(
                                "there is no store \"%s\" in the folder".formatted(it));
                    }
                });
        try (Servers.Hq hq = servers.hq(plan.data().resolve("hq"))) {
            Chosen chosen = chosen(sites);
            Set<String> articles = published(hq, chosen);
            Read read = read(sites, chosen, it -> isIn(articles, it));
            List<StoreRun> runs = runs(hq, sites, read.assorted());
            Instant began = clock.instant();
            sell(runs, began);
            Duration took = Duration.between(began, clock.instant());
            return compared(hq, read, runs, took);
        }
    }

    // ---- HQ

    private static boolean isIn(Set<String> articles, String sku) {
        try {
            return articles.contains(CatalogEvent.key(new Sku(sku)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// @return the keys of all articles that HQ has
    private Set<String> published(Servers.Hq hq, Chosen chosen) {
        TimeOrderedIds ids = new TimeOrderedIds(clock, random);
        Path narrowed = plan.data().resolve("articles");
        if (!plan.allArticles()) {
            new Folder(plan.from()).narrow(narrowed, chosen.skus()::contains);
        }
        try {
            FolderImport.Imported imported =
                    new FolderImport(
                                    plan.allArticles() ? plan.from() : narrowed,
                                    true,
                                    clock,
                                    ids,
                                    _ -> {})
                            .into(hq.reference(), Optional.empty());
            tell.accept(
                    "%,d products: %,d articles published, %,d as before, %,d faulty"
                            .formatted(
                                    imported.products(),
                                    imported.articles().published(),
                                    imported.articles().same(),
                                    imported.faultyLines()));
        } catch (ImportException e) {
            throw new ReplayException(String.valueOf(e.getMessage()));
        }
        Publisher<StaffEvent> staff =
                new Publisher<>(hq.reference(), ReferenceStream.STAFF, clock, ids);
        if (!staff.knows(manager.person())) {
            staff.publish(manager.event(random));
            staff.flush();
        }
        Set<String> skus = new HashSet<>();
        long offset = 0;
        boolean more = true;
        while (more) {
            var page = hq.reference().read(ReferenceStream.CATALOG, offset);
            for (var entry : page.entries()) {
                if (entry.ended()) {
                    skus.remove(entry.key());
                } else {
                    skus.add(entry.key());
                }
            }
            offset = page.next();
            more = !page.upToDate();
        }
        return skus;
    }

    // ---- the folder

    private record Read(Assorted assorted, Map<String, Amounts> file, List<String> differences) {}

    private Read read(Map<String, Site> sites, Chosen wanted, Predicate<String> articles) {
        Folder folder = new Folder(plan.from());
        Set<String> chosen = wanted.stores();
        Assorting assorting = new Assorting(articles);
        Map<String, Amounts> file = new HashMap<>();
        folder.lines(
                sites,
                line -> {
                    if (chosen.contains(line.store())
                            && plan.days().has(line.time().toLocalDate())) {
                        file.merge(line.store(), new Amounts(1, line.amount()), Amounts::plus);
                        assorting.add(line);
                    }
                },
                rejected -> {
                    // Of which day it is may not be known: it is listed with its store, or with all
                    // of them.
                    if (chosen.contains(rejected.store()) || !sites.containsKey(rejected.store())) {
                        file.merge(
                                rejected.store(), new Amounts(1, rejected.amount()), Amounts::plus);
                        assorting.reject(rejected);
                    }
                });
        List<String> differences = new ArrayList<>();
        if (plan.days().equals(Days.ALL)) {
            folder.totals()
                    .forEach((store, total) -> {
                        Amounts said = new Amounts(total.lines(), total.amount());
                        if (chosen.contains(store)
                                && !said.equals(file.getOrDefault(store, Amounts.NONE))) {
                            differences.add(
                                    "%s: totals.csv says %s, its lines %s"
                                            .formatted(store, said, file.get(store)));
                        }
                    });
        }
        return new Read(assorting.assorted(), file, differences);
    }

    /// @param skus of what they sell
    private record Chosen(Set<String> stores, Set<String> skus) {}

    private Chosen chosen(Map<String, Site> sites) {
        Set<String> named = new HashSet<>(plan.stores().isEmpty() ? sites.keySet() : plan.stores());
        Map<String, Set<String>> baskets = new HashMap<>();
        Map<String, Set<String>> skus = new HashMap<>();
        new Folder(plan.from())
                .lines(
                        sites,
                        line -> {
                            if (named.contains(line.store())
                                    && plan.days().has(line.time().toLocalDate())) {
                                baskets.computeIfAbsent(line.store(), _ -> new HashSet<>())
                                        .add(line.basket());
                                skus.computeIfAbsent(line.store(), _ -> new HashSet<>())
                                        .add(line.sku());
                            }
                        },
                        _ -> {});
        Set<String> busiest =
                named.stream()
                        .sorted(
                                Comparator.comparingInt((String it) ->
                                                -baskets.getOrDefault(it, Set.of()).size())
                                        .thenComparing(Comparator.naturalOrder()))
                        .limit(plan.busiest())
                        .collect(Collectors.toSet());
        return new Chosen(
                busiest,
                busiest.stream()
                        .flatMap(it -> skus.getOrDefault(it, Set.of()).stream())
                        .collect(Collectors.toSet()));
    }

    // ---- the stores

    /// The largest first, so that it is not alone at the end.
    private List<StoreRun> runs(Servers.Hq hq, Map<String, Site> sites, Assorted assorted) {
        Instant first =
                assorted.sales().entrySet().stream()
                        .map(it ->
                                it.getValue()
                                        .getFirst()
                                        .time()
                                        .atZone(site(sites, it.getKey()).time())
                                        .toInstant())
                        .min(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH);
        StoreRun.Town town =
                new StoreRun.Town(
                        servers,
                        hq,
                        plan.data(),
                        manager,
                        plan.cut(),
                        new Pace(plan.speed(), clock.instant(), first, clock),
                        clock);
        List<StoreRun> runs = new ArrayList<>();
        int index = 0;
        for (Site site : sites.values()) {
            List<Sale> sales = assorted.sales().getOrDefault(site.source(), List.of());
            if (!sales.isEmpty()) {
                runs.add(new StoreRun(site, index, sales, town));
                index++;
            }
        }
        runs.sort(Comparator.comparingInt((StoreRun it) -> -it.sales().size()));
        return runs;
    }

    private static Site site(Map<String, Site> sites, String source) {
        return java.util.Objects.requireNonNull(sites.get(source), source);
    }

    private void sell(List<StoreRun> runs, Instant began) throws InterruptedException {
        Queue<StoreRun> waiting = new ConcurrentLinkedQueue<>(runs);
        DriverSettings pauses = DriverSettings.defaults();
        int lanes = Math.min(runs.size(), plan.speed() == Pace.FULL ? plan.atOnce() : AT_ONCE_MAX);
        try (Driver driver =
                new Driver(
                        new DriverSettings(LOOKS_EVERY, pauses.backOffMin(), pauses.backOffMax()),
                        Pacer.REAL,
                        random,
                        clock)) {
            for (int i = 0; i < lanes; i++) {
                driver.drive(new Lane(i, waiting, this::ended));
            }
            Instant told = began;
            for (int left = runs.size(); left > 0; ) {
                if (pacer.await(ended, TELLS_EVERY)) {
                    left--;
                }
                driver.status().forEach(Replay::requireGoing);
                if (!clock.instant().isBefore(told.plus(TELLS_EVERY)) || left == 0) {
                    told = clock.instant();
                    tell.accept(progress(runs, Duration.between(began, told)));
                }
            }
        } finally {
            runs.forEach(StoreRun::end);
        }
    }

    private void ended(StoreRun run, @org.jspecify.annotations.Nullable String why) {
        if (why != null) {
            failed.put(run.site().source(), why);
        }
        ended.release();
    }

    private static void requireGoing(Driver.Status status) {
        if (status.last() instanceof dev.skerry.stream.Steps.Step.Stopped(String why)) {
            throw new IllegalStateException(status.name() + " has stopped: " + why);
        }
    }

    private static String progress(List<StoreRun> runs, Duration gone) {
        long all = runs.stream().mapToLong(it -> it.sales().size()).sum();
        long done = runs.stream().mapToLong(StoreRun::handled).sum();
        long now = done - runs.stream().mapToLong(StoreRun::resumed).sum();
        long stores = runs.stream().filter(StoreRun::isDone).count();
        long cut = runs.stream().filter(StoreRun::isCut).count();
        double perSecond = now * 1000.0 / Math.max(1, gone.toMillis());
        String left =
                now < BASKETS_TO_JUDGE_BY
                        ? ""
                        : ", "
                                + text(Duration.ofMillis((long) ((all - done) * 1000 / perSecond)))
                                + " left";
        return "%,d of %,d baskets, %,d of %,d stores done%s; %.0f baskets/s%s"
                .formatted(
                        done,
                        all,
                        stores,
                        runs.size(),
                        cut == 0 ? "" : ", %d cut off".formatted(cut),
                        perSecond,
                        left);
    }

    private static String text(Duration time) {
        return time.toHours() > 0
                ? "%d h %d min".formatted(time.toHours(), time.toMinutesPart())
                : time.toMinutes() > 0
                        ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
                        : time.toSeconds() + " s";
    }

    // ---- the end

    private Outcome compared(Servers.Hq hq, Read read, List<StoreRun> runs, Duration took) {
        Mirrors mirrors = new Mirrors(Calls.to(hq.port(), ""));
        List<String> differences = new ArrayList<>(read.differences());
        failed.forEach((store, why) -> differences.add(store + " was given up: " + why));
        List<Rejected> rejected = new ArrayList<>(read.assorted().rejected());
        Map<String, Amounts> listed = new HashMap<>();
        Sum all = Sum.NONE;
        Amounts returned = Amounts.NONE;
        for (StoreRun run : runs) {
            List<Sale> taken = new ArrayList<>();
            for (Sale sale : run.sales()) {
                if (run.refused().has(sale.id())) {
                    String why = "refused by the store: " + run.refused().reason(sale.id());
                    sale.lines().forEach(it -> rejected.add(Rejected.of(it, why)));
                } else {
                    taken.add(sale);
                }
            }
            Ledger here = new Ledger();
            Ledger atHq = new Ledger();
            Cash cash = new Cash();
            String node = run.site().node();
            try {
                servers.read(run.data(), "orders.db", node + "/orders", here::take);
                mirrors.read(node + "/orders", atHq::take);
                mirrors.read(node + "/payments", cash::take);
            } catch (IOException e) {
                throw new UncheckedIOException("HQ does not answer", e);
            }
            Comparison.of(run.site().source(), Ledger.of(taken), here, atHq, cash).stream()
                    .map(Difference::toString)
                    .forEach(differences::add);
            all = all.plus(here.all());
            returned = returned.plus(here.returned());
        }
        rejected.sort(Comparator.comparingLong(Rejected::row));
        rejected.forEach(
                it -> listed.merge(it.store(), new Amounts(1, it.amount()), Amounts::plus));
        Amounts sold =
                new Amounts(all.lines() - returned.lines(), all.amount() - returned.amount());
        Amounts file = read.file().values().stream().reduce(Amounts.NONE, Amounts::plus);
        Amounts out = listed.values().stream().reduce(Amounts.NONE, Amounts::plus);
        if (!file.equals(sold.plus(returned).plus(out))) {
            differences.add(
                    "the file has %s; sold %s, returned %s and listed %s are not that"
                            .formatted(file, sold, returned, out));
        }
        write(rejected);
        long now = runs.stream().mapToLong(StoreRun::soldNow).sum();
        return new Outcome(
                file, sold, returned, out, runs.size(), all.baskets(), differences, now, took);
    }

    /// Where the lines are listed that were not sold.
    public static Path rejected(Path data) {
        return data.resolve("rejected.csv");
    }

    private void write(List<Rejected> all) {
        try (BufferedWriter out = Files.newBufferedWriter(rejected(plan.data()))) {
            out.write(Rejected.HEADER + "\n");
            for (Rejected one : all) {
                out.write(one.csv() + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + rejected(plan.data()), e);
        }
    }
}
