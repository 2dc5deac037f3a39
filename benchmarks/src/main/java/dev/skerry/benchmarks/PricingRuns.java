package dev.skerry.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import dev.skerry.pricing.Article;
import dev.skerry.pricing.Articles;
import dev.skerry.pricing.Audience;
import dev.skerry.pricing.Basket;
import dev.skerry.pricing.BasketLine;
import dev.skerry.pricing.Conditions;
import dev.skerry.pricing.Customer;
import dev.skerry.pricing.Effect;
import dev.skerry.pricing.Engine;
import dev.skerry.pricing.Policies;
import dev.skerry.pricing.Priced;
import dev.skerry.pricing.Promotion;
import dev.skerry.pricing.PromotionBook;
import dev.skerry.pricing.Reduction;
import dev.skerry.pricing.Standing;
import dev.skerry.pricing.TaxTable;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// What it takes to price a basket while 5,000 promotions are active: as a supermarket has them, most on one article, many on
/// sets of a brand or a department, some on everything. A few articles are bought far more often than others.
final class PricingRuns {

    private static final int ROUNDS = 3;
    private static final int PROMOTIONS = 5_000;
    private static final int ARTICLES = 20_000;
    private static final int DEPARTMENTS = 40;
    private static final int SHELVES = 12;
    private static final int BRANDS = 400;
    private static final int LINES_A_ROUND = 120_000;
    private static final int BASKETS_MAX = 20_000;
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final ZonedDateTime NOON =
            ZonedDateTime.of(2026, 3, 4, 12, 0, 0, 0, ZoneId.of("Europe/Berlin"));

    private final Random random = new Random(20260304);
    private final List<Article> articles = new ArrayList<>();
    private final List<Money> prices = new ArrayList<>();
    private final Engine engine = new Engine();
    private final Policies policies =
            new Policies(
                    new TaxTable(
                            Map.of(
                                    "FULL",
                                    List.of(new TaxTable.TaxRate("A", Percent.of(19))),
                                    "LOW",
                                    List.of(new TaxTable.TaxRate("B", Percent.of(7))))),
                    Policies.TaxMode.INCLUDED,
                    Policies.TaxRounding.DOCUMENT,
                    Duration.ofDays(7),
                    eur(1_000));

    Comparison.Results pricing() throws Exception {
        for (int i = 0; i < ARTICLES; i++) {
            articles.add(article(i));
            prices.add(eur(49 + 10 * random.nextInt(80)));
        }
        List<Promotion> promotions = new ArrayList<>();
        for (int i = 0; i < PROMOTIONS; i++) {
            promotions.add(promotion(i));
        }
        PromotionBook book = PromotionBook.of("benchmark", promotions);
        Comparison comparison =
                new Comparison(
                        "pricing: one thread, " + PROMOTIONS + " active promotions, per basket",
                        ROUNDS);
        for (int lines : List.of(1, 10, 40, 200)) {
            String side = lines + (lines == 1 ? " line" : " lines");
            comparison.sides(
                    List.of(
                            side + ", p50 µs",
                            side + ", p99 µs",
                            side + ", kB allocated",
                            side + ", % greedy"),
                    () -> measure(lines, book));
        }
        return comparison
                .aim("40 lines, p99 µs", new Aim.AtMost(5_000))
                .aim("40 lines, % greedy", new Aim.AtMost(0.1))
                .run();
    }

    private double[] measure(int lines, PromotionBook book) {
        List<Basket> baskets = new ArrayList<>();
        for (int i = 0; i < Math.min(BASKETS_MAX, LINES_A_ROUND / lines); i++) {
            baskets.add(basket(lines));
        }
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] nanos = new long[baskets.size()];
        int greedy = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < nanos.length; i++) {
            long begin = System.nanoTime();
            Priced priced = engine.price(baskets.get(i), book, policies);
            nanos[i] = System.nanoTime() - begin;
            greedy += priced.search() == Priced.Search.GREEDY ? 1 : 0;
        }
        double bytes = threads.getCurrentThreadAllocatedBytes() - before;
        Arrays.sort(nanos);
        return new double[] {
            nanos[nanos.length / 2] / 1e3,
            nanos[nanos.length * 99 / 100] / 1e3,
            bytes / nanos.length / 1e3,
            100.0 * greedy / nanos.length
        };
    }

    private Basket basket(int lines) {
        List<BasketLine> all = new ArrayList<>(lines);
        for (int line = 1; line <= lines; line++) {
            int i = popular(ARTICLES);
            Article article = articles.get(i);
            Quantity quantity =
                    article.measured()
                            ? new Quantity(100 + random.nextInt(1_500))
                            : Quantity.of(random.nextInt(4) == 0 ? 1 + random.nextInt(6) : 1);
            all.add(BasketLine.of(line, article, quantity, prices.get(i)));
        }
        return Basket.of(EUR, NOON, all)
                .by(random.nextBoolean() ? Customer.member() : Customer.anybody());
    }

    /// The lower numbers far more often than the higher ones.
    private int popular(int below) {
        double even = random.nextDouble();
        return (int) (below * even * even * even);
    }

    private Article article(int i) {
        String department = "d" + random.nextInt(DEPARTMENTS) + "/s" + random.nextInt(SHELVES);
        String tax = random.nextInt(3) == 0 ? "FULL" : "LOW";
        Article article =
                random.nextInt(12) == 0
                        ? Article.measured("a" + i, department, tax)
                        : Article.piece("a" + i, department, tax);
        return article.ofBrand("b" + popular(BRANDS));
    }

    private Promotion promotion(int i) {
        int kind = random.nextInt(1_000);
        Promotion promotion = Promotion.of("P" + i, effect(kind));
        if (kind < 200) {
            promotion = promotion.when(Conditions.NONE.only(Audience.CARD_HOLDERS));
        }
        if (kind >= 940 && kind < 996) {
            promotion = promotion.standing(Standing.COMPOUND);
        }
        return promotion;
    }

    private Effect effect(int kind) {
        if (kind < 550) {
            return new Effect.LineDiscount(sku(), reduction());
        }
        if (kind < 650) {
            return new Effect.SetForPrice(range(), 2 + random.nextInt(2), false, eur(500));
        }
        if (kind < 750) {
            return new Effect.TakePay(range(), 3, 2, Effect.Grouping.CHEAPEST_OF_EACH_GROUP);
        }
        if (kind < 800) {
            return new Effect.TakePay(sku(), 3, 2, Effect.Grouping.SAME_ARTICLE);
        }
        if (kind < 850) {
            return new Effect.CheapestOff(range(), 2, false, Percent.of(50));
        }
        if (kind < 880) {
            return new Effect.BuyGet(range(), 2, range(), 1, Percent.of(100));
        }
        if (kind < 910) {
            return new Effect.MealDeal(
                    List.of(
                            new Effect.Slot(shelf(), 1),
                            new Effect.Slot(shelf(), 1),
                            new Effect.Slot(shelf(), 1)),
                    eur(600));
        }
        if (kind < 940) {
            return new Effect.QuantityTiers(
                    sku(),
                    Effect.Spread.ALL_UNITS,
                    false,
                    List.of(new Effect.Tier(4, new Reduction.ByPercent(Percent.of(10)))));
        }
        if (kind < 996) {
            return new Effect.LineDiscount(range(), reduction());
        }
        return switch (kind) {
            case 996 ->
                    new Effect.SpendThreshold(
                            Articles.department("d" + random.nextInt(DEPARTMENTS)),
                            List.of(
                                    new Effect.SpendStep(
                                            eur(2_000), new Reduction.ByAmount(eur(200)))));
            case 997 -> new Effect.EarnPoints(Articles.everything(), eur(100), 1);
            case 998 -> new Effect.MultiplyPoints(range(), 2);
            default ->
                    new Effect.BasketPercent(
                            Articles.department("d" + random.nextInt(DEPARTMENTS)),
                            Percent.of(3),
                            Optional.of(eur(500)));
        };
    }

    private Articles sku() {
        return Articles.skus("a" + random.nextInt(ARTICLES));
    }

    private Articles shelf() {
        return Articles.department(
                "d" + random.nextInt(DEPARTMENTS) + "/s" + random.nextInt(SHELVES));
    }

    /// Of a brand in a department, of a shelf, or a list of articles.
    private Articles range() {
        return switch (random.nextInt(3)) {
            case 0 ->
                    Articles.brand("b" + random.nextInt(BRANDS))
                            .within(Articles.department("d" + random.nextInt(DEPARTMENTS)));
            case 1 -> shelf();
            default -> {
                String[] skus = new String[12];
                Arrays.setAll(skus, i -> "a" + (i + 12 * random.nextInt(ARTICLES / 12 - 1)));
                yield Articles.skus(Arrays.stream(skus).distinct().toArray(String[]::new));
            }
        };
    }

    private Reduction reduction() {
        return random.nextBoolean()
                ? new Reduction.ByPercent(Percent.of(5 + random.nextInt(40)))
                : new Reduction.ByAmount(eur(10 + random.nextInt(90)));
    }

    private static Money eur(long cents) {
        return new Money(cents, EUR);
    }
}
