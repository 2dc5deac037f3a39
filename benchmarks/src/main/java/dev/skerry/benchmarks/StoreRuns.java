package dev.skerry.benchmarks;

import dev.skerry.app.chain.Chain;
import dev.skerry.benchmarks.link.Sizes;
import dev.skerry.language.Gtin;
import dev.skerry.language.JsonObject;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.CatalogEvent.LotRecalled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A store at work, over HTTP: a large one, with a chain's worth of articles, promotions and customers, whose line is down.
final class StoreRuns {

    private static final int TILLS = 20;
    private static final int LINES_A_BASKET = 10;
    private static final int LINES_A_SALE = 5;
    private static final int RAN_OUT = 40;
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration BETWEEN_RAN_OUT = Duration.ofMillis(100);
    private static final Pattern TOKEN = Pattern.compile("--join (\\S+)");
    private static final Pattern HQ = Pattern.compile("Stores come in +(https://\\S+)");

    private final Scratch scratch;
    private final Sizes sizes;
    private final int rounds;
    private final AtomicLong ids = new AtomicLong(System.currentTimeMillis());
    private @Nullable Path seeded;
    private List<Article> goods = List.of();

    StoreRuns(Scratch scratch, Sizes sizes) {
        this.scratch = scratch;
        this.sizes = sizes;
        this.rounds = sizes.number("rounds", 3);
    }

    // ---- a store that has everything

    /// The folder of a store that knows the whole chain, and does not run.
    private Path seeded() throws Exception {
        Path there = seeded;
        if (there == null) {
            List<String> kept = sizes.list("keep");
            Path root = kept.isEmpty() ? scratch.fresh("chain") : Path.of(kept.getFirst());
            there = root.resolve("store");
            if (!Files.exists(root.resolve("day"))) {
                seed(Files.createDirectories(root));
            }
            LocalDate day = LocalDate.parse(Files.readString(root.resolve("day")).strip());
            goods = goods(day);
            seeded = there;
        }
        return there;
    }

    private Chain.Size size(int customers) {
        return new Chain.Size(
                sizes.number("articles", 100_000), sizes.number("promotions", 5_000), customers);
    }

    private void seed(Path root) throws Exception {
        Chain.Size size = size(sizes.number("customers", 1_000_000));
        LocalDate day = today().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        String hq = root.resolve("hq").toString();
        Path log = root.resolve("log");
        try (SkerryProcess first = hq(hq, log)) {
            first.await(HQ);
        }
        SkerryProcess.run(
                log,
                "generate",
                "--data",
                hq,
                "--stores",
                "1",
                "--date",
                day.toString(),
                "--articles",
                String.valueOf(size.articles()),
                "--promotions",
                String.valueOf(size.promotions()),
                "--customers",
                String.valueOf(size.customers()));
        try (SkerryProcess running = hq(hq, root.resolve("hq-log"))) {
            String url = running.await(HQ);
            String said =
                    SkerryProcess.run(log, "hq", "store", "add", StoreNode.STORE, "--data", hq);
            Matcher token = TOKEN.matcher(said);
            if (!token.find()) {
                throw new IllegalStateException("no token:\n" + said);
            }
            try (StoreNode store =
                    new StoreNode(
                            root.resolve("store"),
                            root.resolve("store-log"),
                            "--hq",
                            url,
                            "--join",
                            token.group(1))) {
                store.awaitRest();
            }
        }
        Files.writeString(root.resolve("day"), day.toString());
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneId.systemDefault());
    }

    private static SkerryProcess hq(String folder, Path log) throws IOException {
        return new SkerryProcess(
                log,
                SkerryProcess.LARGE,
                "hq",
                "--data",
                folder,
                "--port",
                "0",
                "--set",
                "link.port=0");
    }

    /// What a till scans: in packages, for everybody, on sale now, and not recalled; those that come first far more often.
    private List<Article> goods(LocalDate day) {
        List<CatalogEvent> catalog = Chain.of(1, day, 1, size(1)).catalog();
        Set<Gtin> recalled =
                catalog.stream()
                        .filter(LotRecalled.class::isInstance)
                        .map(it -> ((LotRecalled) it).gtin())
                        .collect(Collectors.toSet());
        return catalog.stream()
                .filter(ArticleChanged.class::isInstance)
                .map(it -> ((ArticleChanged) it).article())
                .filter(it -> !it.codes().isEmpty() && it.ageMin() == null)
                .filter(it -> it.activeFrom() == null && it.activeTo() == null)
                .filter(it -> !it.tags().contains("extra") && it.deposit() == null)
                .filter(it -> it.codes().stream().noneMatch(code -> recalled.contains(code.gtin())))
                .toList();
    }

    private StoreNode start() throws Exception {
        return new StoreNode(seeded(), scratch.fresh("store-log"));
    }

    // ---- starting

    Comparison.Results starting() throws Exception {
        seeded();
        return new Comparison("store-start: a large store starts, s", rounds)
                .withoutWarmUp()
                .sides(
                        List.of("until it listens", "until the first sale is paid"),
                        this::untilTheFirstSale)
                .aim("until the first sale is paid", new Aim.AtMost(5))
                .run();
    }

    private double[] untilTheFirstSale() throws Exception {
        // Of the machine only the files are warm: it has just been told to stop.
        try (StoreNode before = start()) {
            before.till("till-1", today().toString()).close();
        }
        long begin = System.nanoTime();
        try (StoreNode store = start();
                HttpConnection operator = store.operator()) {
            double listens = (System.nanoTime() - begin) / 1e9;
            // Nobody trades before this machine knows that it is the store.
            do {
                operator.tryToAsk("GET", "/api/business-day", "");
            } while (operator.status() == 503);
            try (HttpConnection till = store.device("till-1", "TILL")) {
                till.ask("POST", "/api/sign-on", "{\"person\":\"1001\",\"pin\":\"1001\"}");
                sell(till, new Random(1), LINES_A_SALE);
            }
            return new double[] {listens, (System.nanoTime() - begin) / 1e9};
        }
    }

    // ---- scanning

    /// Tills, each on a connection of its own, and what is asked of the server meanwhile.
    private final class Shop implements AutoCloseable {

        private final StoreNode store;
        private final List<HttpConnection> tills = new ArrayList<>();
        private final Random random = new Random(7);

        Shop() throws Exception {
            store = start();
            try (HttpConnection operator = store.operator()) {
                do {
                    operator.tryToAsk("GET", "/api/business-day", "");
                } while (operator.status() == 503);
            }
            for (int i = 1; i <= TILLS; i++) {
                tills.add(store.till("till-" + i, today().toString()));
            }
            selling(WARM_UP, TILLS);
            scanning(WARM_UP, TILLS);
        }

        /// @return p50 and p99 in ms, scans a second, processor time a scan in ms
        double[] scanning(Duration time, int count) throws Exception {
            List<FutureTask<List<Long>>> running = new ArrayList<>();
            double cpu = store.process().cpuSeconds();
            long begin = System.nanoTime();
            for (HttpConnection till : tills.subList(0, count)) {
                Random chance = new Random(random.nextLong());
                FutureTask<List<Long>> task =
                        new FutureTask<>(() -> {
                            List<Long> nanos = new ArrayList<>();
                            while (System.nanoTime() - begin < time.toNanos()) {
                                scan(till, chance, nanos);
                            }
                            return nanos;
                        });
                running.add(task);
                Thread.ofPlatform().start(task);
            }
            List<Long> all = new ArrayList<>();
            for (FutureTask<List<Long>> task : running) {
                all.addAll(task.get());
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            double used = store.process().cpuSeconds() - cpu;
            long[] sorted = all.stream().mapToLong(it -> it).sorted().toArray();
            return new double[] {
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6,
                sorted.length / seconds,
                used * 1e3 / sorted.length
            };
        }

        /// @return sales a second, and for each sale processor time in ms, and commits
        double[] selling(Duration time, int count) throws Exception {
            List<Load.Act> callers = new ArrayList<>();
            AtomicLong sales = new AtomicLong();
            for (HttpConnection till : tills.subList(0, count)) {
                Random chance = new Random(random.nextLong());
                callers.add(() -> {
                    sell(till, chance, LINES_A_SALE);
                    sales.incrementAndGet();
                    return 1;
                });
            }
            double cpu = store.process().cpuSeconds();
            long commits = store.commits();
            double perSecond = Load.perSecond(time, Thread.ofPlatform().factory(), callers);
            double used = store.process().cpuSeconds() - cpu;
            double committed = store.commits() - commits;
            return new double[] {perSecond, used * 1e3 / sales.get(), committed / sales.get()};
        }

        @Override
        public void close() throws IOException {
            for (HttpConnection till : tills) {
                till.close();
            }
            store.close();
        }
    }

    Comparison.Results scan() throws Exception {
        try (Shop shop = new Shop()) {
            Comparison comparison =
                    new Comparison("store-scan: from a scan to its priced line", rounds);
            for (int tills : new int[] {1, TILLS}) {
                String who = tills == 1 ? "1 till" : tills + " tills";
                comparison.sides(
                        List.of(
                                who + ", p50 ms",
                                who + ", p99 ms",
                                who + ", scans/s",
                                who + ", processor ms a scan"),
                        () -> shop.scanning(TIME, tills));
            }
            return comparison.aim(TILLS + " tills, p99 ms", new Aim.AtMost(20)).run();
        }
    }

    Comparison.Results sales() throws Exception {
        try (Shop shop = new Shop()) {
            return new Comparison(
                            "store-sales: open, %d scans, pay in cash, receipt; %d tills"
                                    .formatted(LINES_A_SALE, TILLS),
                            rounds)
                    .sides(
                            List.of("sales/s", "processor ms a sale", "commits a sale"),
                            () -> shop.selling(TIME, TILLS))
                    .sides(
                            List.of("resident memory, MB"),
                            () -> {
                                return new double[] {shop.store.process().residentMegabytes()};
                            })
                    .aim("sales/s", new Aim.AtLeast(300))
                    .aim("resident memory, MB", new Aim.AtMost(600))
                    .run();
        }
    }

    private Article popular(Random random) {
        double even = random.nextDouble();
        return goods.get((int) (goods.size() * even * even * even));
    }

    private String line(int line, Random random) {
        return "{\"id\":\"%d\",\"code\":\"%s\"}"
                .formatted(line, popular(random).codes().getFirst().gtin().digits().substring(1));
    }

    private void scan(HttpConnection till, Random random, List<Long> nanos) throws IOException {
        String basket = "/api/baskets/b" + ids.incrementAndGet();
        till.ask("PUT", basket, "{}");
        for (int line = 1; line <= LINES_A_BASKET; line++) {
            String body = line(line, random);
            long begin = System.nanoTime();
            till.ask("POST", basket + "/lines", body);
            nanos.add(System.nanoTime() - begin);
        }
        till.ask("DELETE", basket, "");
    }

    private void sell(HttpConnection till, Random random, int lines) throws IOException {
        String id = "b" + ids.incrementAndGet();
        String basket = "/api/baskets/" + id;
        till.ask("PUT", basket, "{}");
        for (int line = 1; line <= lines; line++) {
            till.ask("POST", basket + "/lines", line(line, random));
        }
        JsonObject paid =
                JsonObject.parse(
                        till.ask(
                                "POST",
                                basket + "/pay",
                                "{\"tenders\":[{\"id\":\"t-%s\",\"kind\":\"CASH\",\"amount\":{\"amount\":50000,\"currency\":\"EUR\"}}]}"
                                        .formatted(id)));
        if (!paid.has("order")) {
            throw new IllegalStateException("not paid: " + paid);
        }
        till.ask("GET", "/api/receipts/" + id + "?format=text", "");
    }

    // ---- what ran out

    Comparison.Results board() throws Exception {
        try (Shop shop = new Shop()) {
            return new Comparison("store-board: from \"ran out\" to a menu board, ms", rounds)
                    .sides(List.of("nobody sells, p50", "nobody sells, max"), () -> ranOut(shop))
                    .sides(
                            List.of(TILLS + " tills sell, p50", TILLS + " tills sell, max"),
                            () -> whileSelling(shop))
                    .aim("nobody sells, max", new Aim.AtMost(200))
                    .aim(TILLS + " tills sell, max", new Aim.AtMost(200))
                    .run();
        }
    }

    private double[] whileSelling(Shop shop) throws Exception {
        FutureTask<double[]> selling =
                new FutureTask<>(() -> shop.selling(BETWEEN_RAN_OUT.multipliedBy(RAN_OUT), TILLS));
        Thread.ofPlatform().start(selling);
        double[] figures = ranOut(shop);
        selling.get();
        return figures;
    }

    private double[] ranOut(Shop shop) throws Exception {
        LinkedBlockingQueue<Long> seen = new LinkedBlockingQueue<>();
        double[] ms = new double[RAN_OUT];
        try (HttpConnection office = shop.store.operator();
                HttpConnection board = shop.store.device("board-1", "BOARD")) {
            BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    board.open("/v1/stream/local/availability?offset=now&live=sse"),
                                    StandardCharsets.UTF_8));
            Thread reader = Thread.ofPlatform().unstarted(() -> listen(lines, seen));
            reader.setDaemon(true);
            reader.start();
            for (int i = 0; i < RAN_OUT; i++) {
                Article dish = goods.get(i / 2);
                String path = "/api/availability/" + dish.sku();
                long begin = System.nanoTime();
                office.ask("PUT", path, "{\"available\":%s}".formatted(i % 2 == 1));
                ms[i] = (seen.take() - begin) / 1e6;
                Thread.sleep(BETWEEN_RAN_OUT.toMillis());
            }
        }
        Arrays.sort(ms);
        return new double[] {ms[ms.length / 2], ms[ms.length - 1]};
    }

    /// Notes when each event came, until the server is no more.
    private static void listen(BufferedReader lines, LinkedBlockingQueue<Long> seen) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("\"type\":\"dev.skerry.inventory.local.")) {
                    seen.add(System.nanoTime());
                }
            }
        } catch (IOException e) {
            // The connection was closed: enough was seen.
        }
    }
}
