package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a promotion does. `docs/promotions.md` shows each with an example.
public sealed interface Effect {

    /// Of single units: stands alone on each, and can be compound.
    sealed interface OnUnits extends Effect {}

    /// Of several units together: a unit serves in at most one of these.
    sealed interface OnSets extends Effect {}

    /// Of the basket, on what its lines cost after the effects on units and sets.
    sealed interface OnBasket extends Effect {}

    /// Of points, after all discounts.
    sealed interface OnPoints extends Effect {}

    // ---- single units

    /// Percent off, amount off each unit, or a fixed price.
    record LineDiscount(Articles articles, Reduction reduction) implements OnUnits {
        public LineDiscount {
            requireNonNull(articles, "articles");
            requireNonNull(reduction, "reduction");
        }
    }

    /// Takes off what the days left until the date in the barcode say, before all other promotions, as a markdown.
    ///
    /// @param steps ordered by days
    record ExpiryMarkdown(Articles articles, List<ExpiryStep> steps) implements OnUnits {
        public ExpiryMarkdown {
            requireNonNull(articles, "articles");
            steps =
                    steps.stream()
                            .sorted(Comparator.comparingInt(ExpiryStep::daysLeftMax))
                            .toList();
            requireSome(steps.size());
        }
    }

    /// @param daysLeftMax 0 is the last day
    record ExpiryStep(int daysLeftMax, Percent percent) {
        public ExpiryStep {
            requireAtLeast(0, daysLeftMax, "days left");
            requireShare(percent);
        }
    }

    // ---- several units together

    /// From so many units on, each costs less. All units of the article take part, or none.
    ///
    /// @param spread whether the highest step reached is for all units, or each step for the units from it on
    /// @param mixed whether units of different articles are counted together
    /// @param tiers ordered by units
    record QuantityTiers(Articles articles, Spread spread, boolean mixed, List<Tier> tiers)
            implements OnSets {
        public QuantityTiers {
            requireNonNull(articles, "articles");
            requireNonNull(spread, "spread");
            tiers = tiers.stream().sorted(Comparator.comparingLong(Tier::fromUnits)).toList();
            requireSome(tiers.size());
        }
    }

    enum Spread {
        ALL_UNITS,
        GRADUATED
    }

    record Tier(long fromUnits, Reduction reduction) {
        public Tier {
            requireAtLeast(1, fromUnits, "units");
            requireNonNull(reduction, "reduction");
        }
    }

    /// Every full set of so many costs a fixed price: 3 for 5.00; any 3 of a range for a price.
    ///
    /// @param sameArticle whether a set is of one article
    record SetForPrice(Articles articles, int units, boolean sameArticle, Money price)
            implements OnSets {
        public SetForPrice {
            requireNonNull(articles, "articles");
            requireUnits(units);
            requireAmount(price);
        }
    }

    /// Take N, pay M.
    record TakePay(Articles articles, int take, int pay, Grouping grouping) implements OnSets {
        public TakePay {
            requireNonNull(articles, "articles");
            requireNonNull(grouping, "grouping");
            requireUnits(take);
            if (pay < 0 || pay >= take) {
                throw new IllegalArgumentException(
                        "pay fewer than the %d taken, not %d".formatted(take, pay));
            }
        }
    }

    /// Which units of a take-N-pay-M are free.
    enum Grouping {
        /// Sets are of one article.
        SAME_ARTICLE,
        /// The cheapest of each set, and sets are formed best for the customer.
        CHEAPEST_OF_EACH_GROUP,
        /// The cheapest of all units, which is best for the merchant. All units take part, or none.
        CHEAPEST_OVERALL
    }

    /// The cheapest of every so many units at less: buy one, second at half price; 50 % off the cheapest of three.
    record CheapestOff(Articles articles, int units, boolean sameArticle, Percent percent)
            implements OnSets {
        public CheapestOff {
            requireNonNull(articles, "articles");
            requireUnits(units);
            requireShare(percent);
        }
    }

    /// For every full X bought, up to Y others at less, as far as there are any.
    ///
    /// @param percent 100 is free
    record BuyGet(Articles buy, int buyUnits, Articles then, int thenUnits, Percent percent)
            implements OnSets {
        public BuyGet {
            requireNonNull(buy, "buy");
            requireNonNull(then, "then");
            requireUnits(buyUnits);
            requireUnits(thenUnits);
            requireShare(percent);
        }
    }

    /// Buy N, get up to M more of the same article free: 10 + 3.
    record BuyGetSame(Articles articles, int buyUnits, int freeUnits) implements OnSets {
        public BuyGetSame {
            requireNonNull(articles, "articles");
            requireUnits(buyUnits);
            requireUnits(freeUnits);
        }
    }

    /// So many from each slot, for one price.
    record MealDeal(List<Slot> slots, Money price) implements OnSets {

        static final int SLOTS_MAX = 8;

        public MealDeal {
            slots = List.copyOf(slots);
            requireAmount(price);
            if (slots.size() < 2 || slots.size() > SLOTS_MAX) {
                throw new IllegalArgumentException(
                        "from 2 to %d slots, not %d".formatted(SLOTS_MAX, slots.size()));
            }
        }
    }

    record Slot(Articles articles, int units) {
        public Slot {
            requireNonNull(articles, "articles");
            requireUnits(units);
        }
    }

    // ---- the basket

    /// Something off once so much is spent. Only the highest step reached counts.
    ///
    /// @param steps ordered by spend
    record SpendThreshold(Articles articles, List<SpendStep> steps) implements OnBasket {
        public SpendThreshold {
            requireNonNull(articles, "articles");
            steps =
                    steps.stream()
                            .sorted(Comparator.comparingLong(step -> step.spend().minor()))
                            .toList();
            requireSome(steps.size());
        }
    }

    /// @param off an amount or a percentage of what the articles cost together
    record SpendStep(Money spend, Reduction off) {
        public SpendStep {
            requireAmount(spend);
            if (off instanceof Reduction.ToPrice) {
                throw new IllegalArgumentException("an amount or a percentage off");
            }
        }
    }

    /// A share off the basket, at most so much.
    record BasketPercent(Articles articles, Percent percent, Optional<Money> max)
            implements OnBasket {
        public BasketPercent {
            requireNonNull(articles, "articles");
            requireShare(percent);
            max.ifPresent(Effect::requireAmount);
        }
    }

    /// An article free once so much is spent on others.
    ///
    /// @param articles what counts as spent; the gift itself never does
    record Gift(Articles articles, Money spend, Articles gift, int units) implements OnBasket {
        public Gift {
            requireNonNull(articles, "articles");
            requireNonNull(gift, "gift");
            requireAmount(spend);
            requireUnits(units);
        }
    }

    /// An amount off for points that the customer wants to spend; see [Redemption].
    record Reward(Articles articles, long points, Money off) implements OnBasket {
        public Reward {
            requireNonNull(articles, "articles");
            requireAtLeast(1, points, "points");
            requireAmount(off);
        }
    }

    // ---- points

    /// So many points for every full amount.
    record EarnPoints(Articles articles, Money per, long points) implements OnPoints {
        public EarnPoints {
            requireNonNull(articles, "articles");
            requireAtLeast(1, per.minor(), "minor units");
            requireAtLeast(1, points, "points");
        }
    }

    /// So many times the points of these articles.
    record MultiplyPoints(Articles articles, int times) implements OnPoints {
        public MultiplyPoints {
            requireNonNull(articles, "articles");
            requireAtLeast(2, times, "times");
        }
    }

    // ---- limits

    /// The most units in a set.
    int UNITS_MAX = 1_000;

    private static void requireUnits(int units) {
        if (units < 1 || units > UNITS_MAX) {
            throw new IllegalArgumentException(
                    "from 1 to %d units, not %d".formatted(UNITS_MAX, units));
        }
    }

    private static void requireAtLeast(long least, long number, String what) {
        if (number < least) {
            throw new IllegalArgumentException(
                    "%s of %d or more, not %d".formatted(what, least, number));
        }
    }

    private static void requireSome(int steps) {
        if (steps == 0) {
            throw new IllegalArgumentException("at least one step");
        }
    }

    private static void requireAmount(Money amount) {
        if (amount.isNegative()) {
            throw new IllegalArgumentException("an amount of 0 or more, not " + amount);
        }
    }

    private static void requireShare(Percent percent) {
        if (percent.basisPoints() < 0 || percent.basisPoints() > Percent.WHOLE) {
            throw new IllegalArgumentException("from 0 to 100 %, not " + percent);
        }
    }
}
