package dev.skerry.pricing;

import static dev.skerry.pricing.Shop.EUR;
import static dev.skerry.pricing.Shop.NOON;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import dev.skerry.pricing.Effect.Grouping;
import dev.skerry.pricing.Effect.Spread;
import dev.skerry.pricing.Standing.Concurrency;
import dev.skerry.pricing.Standing.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/// Baskets and promotions that a seed makes: few articles and few prices, so that promotions meet.
final class RandomShop {

    private static final long[] PRICES = {40, 99, 100, 125, 199, 200, 250, 333, 499, 1000, 1249};
    private static final String[] DEPARTMENTS = {"food", "food/dairy", "food/fruit", "toys"};
    private static final String[] BRANDS = {"", "Acme", "Bolt"};

    private final Random random;
    private final List<BasketLine> articles = new ArrayList<>();

    RandomShop(long seed) {
        random = new Random(seed);
        for (int i = 0; i < 6; i++) {
            boolean measured = random.nextInt(10) == 0;
            Article article =
                    measured
                            ? Article.measured("s" + i, pick(DEPARTMENTS), "FULL")
                            : Article.piece("s" + i, pick(DEPARTMENTS), "FULL");
            articles.add(
                    BasketLine.of(
                            1,
                            article.ofBrand(pick(BRANDS)),
                            Quantity.ONE,
                            Money.of(PRICES[random.nextInt(PRICES.length)], "EUR")));
        }
    }

    /// Goods only, this many units at most.
    Basket basket(int unitsMax) {
        List<BasketLine> lines = new ArrayList<>();
        int units = 1 + random.nextInt(unitsMax);
        while (units > 0) {
            BasketLine of = articles.get(random.nextInt(articles.size()));
            int some = of.article().measured() ? 1 : 1 + random.nextInt(Math.min(units, 3));
            Quantity quantity =
                    of.article().measured()
                            ? new Quantity(100 + random.nextInt(2000))
                            : Quantity.of(some);
            BasketLine line =
                    BasketLine.of(lines.size() + 1, of.article(), quantity, of.unitPrice());
            lines.add(line);
            units -= some;
        }
        return Basket.of(EUR, NOON, lines);
    }

    /// With a card, points and coupons, articles of other taxes, markdowns, cashiers' discounts, deposits.
    Basket anyBasket(int unitsMax) {
        Basket goods = basket(unitsMax);
        List<BasketLine> lines = new ArrayList<>();
        for (BasketLine line : goods.lines()) {
            BasketLine changed = line;
            switch (random.nextInt(12)) {
                case 0 -> changed = line.markedDown(new Markdown("m", reduction()));
                case 1 -> changed = line.expiring(NOON.toLocalDate().plusDays(random.nextInt(4)));
                case 2 -> changed = line.from(PriceSource.MANUAL);
                default -> {}
            }
            lines.add(changed);
        }
        if (random.nextBoolean()) {
            lines.add(exempt(lines.size() + 1));
        }
        return goods.with(lines)
                .by(Customer.member("vip").withPoints(random.nextInt(1500)))
                .withCoupons("C1", "C2", "C2")
                .redeeming(new Redemption("P0", 1 + random.nextInt(2)));
    }

    BasketLine exempt(int line) {
        return BasketLine.of(
                line,
                Article.piece("bottle", "deposit", "NONE").ofKind(ArticleKind.DEPOSIT),
                Quantity.of(1 + random.nextInt(3)),
                Money.of(25, "EUR"));
    }

    ManualDiscount manual() {
        return new ManualDiscount(
                random.nextBoolean() ? percentOff() : new Reduction.ByAmount(amount(500)), "R");
    }

    /// Effects on units and sets, in the default lane.
    List<Promotion> contest(int count, boolean exclusive) {
        List<Promotion> promotions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Effect effect = random.nextInt(3) == 0 ? lineDiscount() : set();
            OptionalInt limit =
                    random.nextInt(4) == 0
                            ? OptionalInt.of(1 + random.nextInt(2))
                            : OptionalInt.empty();
            Concurrency concurrency = exclusive ? Concurrency.EXCLUSIVE : Concurrency.BEST_PRICE;
            if (!exclusive && effect instanceof Effect.LineDiscount && random.nextInt(3) > 0) {
                concurrency = Concurrency.COMPOUND;
                limit = OptionalInt.empty();
            }
            if (effect instanceof Effect.QuantityTiers
                    || (effect instanceof Effect.TakePay takePay
                            && takePay.grouping() == Grouping.CHEAPEST_OVERALL)) {
                limit = OptionalInt.empty();
            }
            Conditions conditions =
                    new Conditions(
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            Audience.ANYBODY,
                            Optional.empty(),
                            List.of(),
                            limit,
                            true);
            promotions.add(
                    Promotion.of("P" + i, effect)
                            .standing(
                                    new Standing(
                                            Lane.DEFAULT,
                                            concurrency,
                                            random.nextInt(4) == 0 ? 1 : 0,
                                            random.nextInt(3),
                                            random.nextInt(4) == 0))
                            .when(conditions));
        }
        return promotions;
    }

    /// Of all kinds, in all lanes, with coupons.
    List<Promotion> anyPromotions(int count) {
        List<Promotion> promotions = new ArrayList<>();
        for (Promotion promotion : contest(count, random.nextInt(6) == 0)) {
            Promotion changed = promotion;
            if (random.nextInt(3) == 0) {
                changed =
                        Promotion.of(promotion.id(), other())
                                .standing(
                                        random.nextBoolean()
                                                ? Standing.BEST_PRICE
                                                : Standing.COMPOUND);
            }
            Lane lane = pick(Lane.values());
            if (random.nextInt(3) == 0) {
                changed = changed.standing(changed.standing().in(lane));
            }
            if (random.nextInt(5) == 0) {
                changed =
                        changed.when(
                                changed.conditions()
                                        .withCoupon(random.nextBoolean() ? "C1" : "C2"));
            }
            if (random.nextInt(6) == 0) {
                changed = changed.when(changed.conditions().notOnReduced());
            }
            promotions.add(changed);
        }
        return promotions;
    }

    private Effect other() {
        return switch (random.nextInt(7)) {
            case 0 ->
                    new Effect.SpendThreshold(
                            articles(),
                            List.of(
                                    new Effect.SpendStep(amount(1000), off()),
                                    new Effect.SpendStep(amount(3000), off())));
            case 1 ->
                    new Effect.BasketPercent(
                            articles(),
                            share(),
                            random.nextBoolean() ? Optional.of(amount(300)) : Optional.empty());
            case 2 -> new Effect.Gift(articles(), amount(1500), articles(), 1 + random.nextInt(2));
            case 3 -> new Effect.Reward(articles(), 100 + random.nextInt(500), amount(800));
            case 4 -> new Effect.EarnPoints(articles(), Money.of(100, "EUR"), 1);
            case 5 -> new Effect.MultiplyPoints(articles(), 2);
            default ->
                    new Effect.ExpiryMarkdown(
                            articles(), List.of(new Effect.ExpiryStep(2, share())));
        };
    }

    private Effect lineDiscount() {
        return new Effect.LineDiscount(articles(), reduction());
    }

    private Effect set() {
        int units = 2 + random.nextInt(2);
        return switch (random.nextInt(8)) {
            case 0 -> new Effect.SetForPrice(articles(), units, random.nextBoolean(), amount(700));
            case 1 ->
                    new Effect.TakePay(
                            articles(),
                            units,
                            units - 1,
                            random.nextBoolean()
                                    ? Grouping.SAME_ARTICLE
                                    : Grouping.CHEAPEST_OF_EACH_GROUP);
            case 2 -> new Effect.TakePay(articles(), units, units - 1, Grouping.CHEAPEST_OVERALL);
            case 3 -> new Effect.CheapestOff(articles(), units, random.nextBoolean(), share());
            case 4 -> new Effect.BuyGet(articles(), units - 1, articles(), units - 1, share());
            case 5 -> new Effect.BuyGetSame(articles(), units - 1, 1 + random.nextInt(2));
            case 6 ->
                    new Effect.MealDeal(
                            List.of(
                                    new Effect.Slot(articles(), 1),
                                    new Effect.Slot(articles(), units - 1)),
                            amount(700));
            default ->
                    new Effect.QuantityTiers(
                            articles(),
                            random.nextBoolean() ? Spread.ALL_UNITS : Spread.GRADUATED,
                            random.nextBoolean(),
                            List.of(
                                    new Effect.Tier(2, reduction()),
                                    new Effect.Tier(4, reduction())));
        };
    }

    private Articles articles() {
        return switch (random.nextInt(5)) {
            case 0 -> Articles.everything();
            case 1 -> Articles.department(pick(DEPARTMENTS));
            case 2 -> Articles.brand("Acme");
            case 3 -> Articles.skus("s0", "s1", "s2");
            default -> Articles.skus("s1", "s2", "s3", "s4");
        };
    }

    private Reduction reduction() {
        return switch (random.nextInt(4)) {
            case 0 -> new Reduction.ToPrice(amount(400));
            case 1 -> new Reduction.ByAmount(amount(150));
            default -> percentOff();
        };
    }

    private Reduction off() {
        return random.nextBoolean() ? percentOff() : new Reduction.ByAmount(amount(800));
    }

    private Reduction percentOff() {
        return new Reduction.ByPercent(share());
    }

    private Percent share() {
        return new Percent(500 + 125L * random.nextInt(60));
    }

    private Money amount(int most) {
        return Money.of(1 + random.nextInt(most), "EUR");
    }

    private <T> T pick(T[] some) {
        return some[random.nextInt(some.length)];
    }

    /// Any number below this.
    int number(int below) {
        return random.nextInt(below);
    }

    Policies policies() {
        Policies plain =
                Shop.policies(pick(Policies.TaxMode.values()), pick(Policies.TaxRounding.values()));
        return new Policies(
                plain.taxes(),
                plain.taxMode(),
                plain.taxRounding(),
                Duration.ofDays(7),
                plain.offlineRewardMax());
    }
}
