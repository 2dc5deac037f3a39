package dev.skerry.pricing;

import dev.skerry.language.Money;
import dev.skerry.pricing.Effect.Grouping;
import dev.skerry.pricing.Effect.Spread;
import dev.skerry.pricing.Standing.Concurrency;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Knows the best that promotions of one lane can do for a small basket, because it tries everything: every group of units
/// for every promotion, in every combination. Shares no code with the engine.
final class Oracle {

    /// One unit: a piece, or a measured line.
    private record Unit(BasketLine line, long price) {
        boolean piece() {
            return !line.article().measured();
        }

        String sku() {
            return line.article().sku().value();
        }

        /// Units with the same kind are rounded together.
        String kind() {
            return piece() ? sku() + "@" + price : "line " + line.line();
        }
    }

    /// What was taken off by priority class, the highest first, and by how many applications.
    record Best(List<Long> off, int applications) implements Comparable<Best> {
        @Override
        public int compareTo(Best other) {
            for (int i = 0; i < off.size(); i++) {
                int compared = Long.compare(off.get(i), other.off.get(i));
                if (compared != 0) {
                    return compared;
                }
            }
            return Integer.compare(other.applications, applications);
        }

        Best plus(int place, long more, int applied) {
            List<Long> sum = new ArrayList<>(off);
            sum.set(place, sum.get(place) + more);
            return new Best(sum, applications + applied);
        }
    }

    /// A promotion that wants all units, or all of one article.
    private record Claim(Promotion promotion, @Nullable String sku) {}

    private final List<Unit> units = new ArrayList<>();
    private final List<Promotion> promotions;
    private final List<Integer> classes;

    private Oracle(Basket basket, List<Promotion> promotions) {
        for (BasketLine line : basket.lines()) {
            long pieces = line.article().measured() ? 1 : line.quantity().amount().longValueExact();
            long price =
                    line.article().measured()
                            ? round(
                                    line.unitPrice()
                                            .amount()
                                            .movePointRight(2)
                                            .multiply(line.quantity().amount()))
                            : line.unitPrice().minor();
            for (long i = 0; i < pieces; i++) {
                units.add(new Unit(line, price));
            }
        }
        this.promotions = promotions;
        this.classes =
                promotions.stream()
                        .map(it -> it.standing().priority())
                        .distinct()
                        .sorted(Comparator.reverseOrder())
                        .toList();
    }

    static Best best(Basket basket, List<Promotion> promotions) {
        Oracle oracle = new Oracle(basket, promotions);
        Best nothing = new Best(oracle.classes.stream().map(_ -> 0L).toList(), 0);
        return oracle.takeovers(0, 0, nothing);
    }

    /// Decides for each promotion that wants all units, and each article of it, whether it gets them.
    private Best takeovers(int next, int used, Best soFar) {
        List<Claim> all = new ArrayList<>();
        for (Promotion promotion : promotions) {
            if (promotion.effect() instanceof Effect.QuantityTiers tiers) {
                if (tiers.mixed()) {
                    all.add(new Claim(promotion, null));
                } else {
                    units.stream()
                            .map(Unit::sku)
                            .distinct()
                            .sorted()
                            .forEach(sku -> all.add(new Claim(promotion, sku)));
                }
            } else if (promotion.effect() instanceof Effect.TakePay takePay
                    && takePay.grouping() == Grouping.CHEAPEST_OVERALL) {
                all.add(new Claim(promotion, null));
            }
        }
        if (next == all.size()) {
            return sets(0, 1, used, new int[promotions.size()], soFar);
        }
        Best best = takeovers(next + 1, used, soFar);
        Promotion promotion = all.get(next).promotion;
        String sku = all.get(next).sku;
        List<Integer> meant = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            Unit unit = units.get(i);
            if (articles(promotion).include(unit.line.article())
                    && (sku == null || unit.sku().equals(sku))) {
                meant.add(i);
            }
        }
        // Of units that cost the same the article with the lower number goes first.
        meant.sort(
                Comparator.comparingLong((Integer i) -> units.get(i).price)
                        .reversed()
                        .thenComparing(i -> units.get(i).sku()));
        long off = 0;
        List<Integer> bound = new ArrayList<>();
        if (promotion.effect() instanceof Effect.QuantityTiers tiers) {
            BigDecimal quantity = BigDecimal.ZERO;
            Map<String, List<Unit>> kinds = new LinkedHashMap<>();
            for (int i : meant) {
                Unit unit = units.get(i);
                quantity =
                        quantity.add(unit.piece() ? BigDecimal.ONE : unit.line.quantity().amount());
                kinds.computeIfAbsent(unit.kind(), _ -> new ArrayList<>()).add(unit);
            }
            int passed = 0;
            for (List<Unit> kind : kinds.values()) {
                if (tiers.spread() == Spread.ALL_UNITS) {
                    off += tierOff(tiers, quantity, kind);
                    continue;
                }
                if (!kind.getFirst().piece()) {
                    continue;
                }
                Map<Effect.Tier, List<Unit>> byTier = new LinkedHashMap<>();
                for (Unit unit : kind) {
                    Effect.Tier tier = tier(tiers, BigDecimal.valueOf(++passed));
                    if (tier != null) {
                        byTier.computeIfAbsent(tier, _ -> new ArrayList<>()).add(unit);
                    }
                }
                for (Map.Entry<Effect.Tier, List<Unit>> part : byTier.entrySet()) {
                    off += off(part.getKey().reduction(), part.getValue(), total(part.getValue()));
                }
            }
            for (int i : meant) {
                if (units.get(i).piece() || tiers.spread() == Spread.ALL_UNITS) {
                    bound.add(i);
                }
            }
        } else {
            Effect.TakePay offer = (Effect.TakePay) promotion.effect();
            meant.removeIf(i -> !units.get(i).piece());
            int sets = meant.size() / offer.take();
            List<Integer> cheapestFirst = new ArrayList<>(meant);
            cheapestFirst.sort(
                    Comparator.comparingLong((Integer i) -> units.get(i).price)
                            .thenComparing(i -> units.get(i).sku()));
            for (int i = 0; i < sets * offer.take(); i++) {
                bound.add(cheapestFirst.get(i));
                if (i < sets * (offer.take() - offer.pay())) {
                    off += units.get(cheapestFirst.get(i)).price;
                }
            }
        }
        int taken = taken(bound, used);
        if (off > 0 && taken != 0) {
            Best with = takeovers(next + 1, used | taken, soFar.plus(place(promotion), off, 1));
            best = max(best, with);
        }
        return best;
    }

    /// Free units of the same kinds as these: units that are alike stand for each other. 0 if there are too few.
    private int taken(List<Integer> bound, int used) {
        int taken = 0;
        for (int wanted : bound) {
            int free = 0;
            while (free < units.size()
                    && (((used | taken) >> free & 1) == 1
                            || !units.get(free).kind().equals(units.get(wanted).kind()))) {
                free++;
            }
            if (free == units.size()) {
                return 0;
            }
            taken |= 1 << free;
        }
        return taken;
    }

    private static Effect.@Nullable Tier tier(Effect.QuantityTiers tiers, BigDecimal quantity) {
        Effect.Tier reached = null;
        for (Effect.Tier tier : tiers.tiers()) {
            if (quantity.compareTo(BigDecimal.valueOf(tier.fromUnits())) >= 0) {
                reached = tier;
            }
        }
        return reached;
    }

    private static long tierOff(Effect.QuantityTiers tiers, BigDecimal quantity, List<Unit> kind) {
        Effect.Tier tier = tier(tiers, quantity);
        return tier == null ? 0 : off(tier.reduction(), kind, total(kind));
    }

    /// Tries every group of free units for every promotion from this one on, and from this group on.
    private Best sets(int promotion, int group, int used, int[] times, Best soFar) {
        Best best = rest(used, soFar);
        for (int p = promotion; p < promotions.size(); p++) {
            int limit = promotions.get(p).conditions().limit().orElse(Integer.MAX_VALUE);
            if (times[p] == limit) {
                continue;
            }
            for (int some = p == promotion ? group : 1; some < 1 << units.size(); some++) {
                if ((some & used) != 0) {
                    continue;
                }
                long off = setOff(promotions.get(p), units(some));
                if (off > 0) {
                    times[p]++;
                    Best with =
                            sets(
                                    p,
                                    some + 1,
                                    used | some,
                                    times,
                                    soFar.plus(place(promotions.get(p)), off, 1));
                    best = max(best, with);
                    times[p]--;
                }
            }
        }
        return best;
    }

    private List<Unit> units(int group) {
        List<Unit> some = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            if ((group >> i & 1) == 1) {
                some.add(units.get(i));
            }
        }
        return some;
    }

    /// What these units together get; 0 if they are no set.
    private static long setOff(Promotion promotion, List<Unit> set) {
        if (!set.stream().allMatch(Unit::piece)) {
            return 0;
        }
        List<Unit> cheapestFirst =
                set.stream().sorted(Comparator.comparingLong(Unit::price)).toList();
        boolean same = set.stream().map(Unit::sku).distinct().count() == 1;
        return switch (promotion.effect()) {
            case Effect.LineDiscount it ->
                    promotion.conditions().limit().isPresent()
                                    && set.size() == 1
                                    && all(it.articles(), set)
                            ? off(it.reduction(), set, total(set))
                            : 0;
            case Effect.SetForPrice it ->
                    set.size() == it.units()
                                    && all(it.articles(), set)
                                    && (same || !it.sameArticle())
                            ? total(set) - it.price().minor()
                            : 0;
            case Effect.TakePay it ->
                    it.grouping() != Grouping.CHEAPEST_OVERALL
                                    && set.size() == it.take()
                                    && all(it.articles(), set)
                                    && (same || it.grouping() != Grouping.SAME_ARTICLE)
                            ? total(cheapestFirst.subList(0, it.take() - it.pay()))
                            : 0;
            case Effect.CheapestOff it ->
                    set.size() == it.units()
                                    && all(it.articles(), set)
                                    && (same || !it.sameArticle())
                            ? share(cheapestFirst.getFirst().price, it.percent().amount())
                            : 0;
            case Effect.BuyGetSame it ->
                    set.size() > it.buyUnits()
                                    && set.size() <= it.buyUnits() + it.freeUnits()
                                    && all(it.articles(), set)
                                    && same
                            ? total(cheapestFirst.subList(0, set.size() - it.buyUnits()))
                            : 0;
            case Effect.BuyGet it -> buyGet(it, set);
            case Effect.MealDeal it ->
                    fills(it.slots(), 0, set) ? total(set) - it.price().minor() : 0;
            default -> 0;
        };
    }

    private static long buyGet(Effect.BuyGet offer, List<Unit> set) {
        long best = 0;
        for (int bought = 0; bought < 1 << set.size(); bought++) {
            List<Unit> buy = new ArrayList<>();
            List<Unit> get = new ArrayList<>();
            for (int i = 0; i < set.size(); i++) {
                ((bought >> i & 1) == 1 ? buy : get).add(set.get(i));
            }
            if (buy.size() == offer.buyUnits()
                    && get.size() <= offer.thenUnits()
                    && all(offer.buy(), buy)
                    && all(offer.then(), get)) {
                long off = 0;
                for (Unit unit : get) {
                    off += share(unit.price, offer.percent().amount());
                }
                best = Math.max(best, off);
            }
        }
        return best;
    }

    private static boolean fills(List<Effect.Slot> slots, int next, List<Unit> set) {
        if (next == slots.size()) {
            return set.isEmpty();
        }
        Effect.Slot slot = slots.get(next);
        for (int group = 1; group < 1 << set.size(); group++) {
            List<Unit> some = new ArrayList<>();
            List<Unit> others = new ArrayList<>();
            for (int i = 0; i < set.size(); i++) {
                ((group >> i & 1) == 1 ? some : others).add(set.get(i));
            }
            if (some.size() == slot.units()
                    && all(slot.articles(), some)
                    && fills(slots, next + 1, others)) {
                return true;
            }
        }
        return false;
    }

    /// Units that nothing took get the best promotion that stands alone, or all compound ones.
    private Best rest(int used, Best soFar) {
        Map<String, List<Unit>> kinds = new LinkedHashMap<>();
        for (Unit unit : units(~used & ((1 << units.size()) - 1))) {
            kinds.computeIfAbsent(unit.kind(), _ -> new ArrayList<>()).add(unit);
        }
        Best sum = soFar;
        for (List<Unit> kind : kinds.values()) {
            sum = ofKind(kind, sum);
        }
        return sum;
    }

    private Best ofKind(List<Unit> kind, Best sum) {
        Best best = sum;
        List<Promotion> compound = new ArrayList<>();
        for (Promotion promotion : promotions) {
            if (promotion.effect() instanceof Effect.LineDiscount it
                    && promotion.conditions().limit().isEmpty()
                    && all(it.articles(), kind)) {
                if (promotion.standing().concurrency() == Concurrency.COMPOUND) {
                    compound.add(promotion);
                } else {
                    long off = off(it.reduction(), kind, total(kind));
                    best = max(best, off == 0 ? sum : sum.plus(place(promotion), off, 1));
                }
            }
        }
        compound.sort(
                Comparator.comparingInt((Promotion it) -> order(it))
                        .thenComparing(it -> it.standing().rank(), Comparator.reverseOrder())
                        .thenComparing(Promotion::id));
        Best together = sum;
        long running = total(kind);
        for (Promotion promotion : compound) {
            Reduction reduction = ((Effect.LineDiscount) promotion.effect()).reduction();
            long off =
                    reduction instanceof Reduction.ByPercent(var percent)
                            ? Math.min(
                                    running,
                                    share(
                                            promotion.standing().onOriginal()
                                                    ? total(kind)
                                                    : running,
                                            percent.amount()))
                            : off(reduction, kind, running);
            running -= off;
            together = off == 0 ? together : together.plus(place(promotion), off, 1);
        }
        return max(best, together);
    }

    private static int order(Promotion promotion) {
        return switch (((Effect.LineDiscount) promotion.effect()).reduction()) {
            case Reduction.ToPrice _ -> 0;
            case Reduction.ByAmount _ -> 1;
            case Reduction.ByPercent _ -> 2;
        };
    }

    /// Off units that are alike and cost this together.
    private static long off(Reduction reduction, List<Unit> kind, long cost) {
        Unit first = kind.getFirst();
        BigDecimal measure = first.piece() ? BigDecimal.ONE : first.line.quantity().amount();
        long each = cost / kind.size();
        return switch (reduction) {
            case Reduction.ToPrice(Money price) ->
                    kind.size()
                            * Math.max(
                                    0,
                                    each
                                            - round(
                                                    measure.multiply(
                                                            BigDecimal.valueOf(price.minor()))));
            case Reduction.ByAmount(Money amount) ->
                    kind.size()
                            * Math.min(
                                    each,
                                    round(measure.multiply(BigDecimal.valueOf(amount.minor()))));
            case Reduction.ByPercent(var percent) -> share(cost, percent.amount());
        };
    }

    private static long share(long amount, BigDecimal percent) {
        return round(BigDecimal.valueOf(amount).multiply(percent).movePointLeft(2));
    }

    private static long round(BigDecimal amount) {
        return amount.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    private static boolean all(Articles articles, List<Unit> some) {
        return some.stream().allMatch(unit -> articles.include(unit.line.article()));
    }

    private static long total(List<Unit> some) {
        return some.stream().mapToLong(Unit::price).sum();
    }

    private static Articles articles(Promotion promotion) {
        return switch (promotion.effect()) {
            case Effect.QuantityTiers it -> it.articles();
            case Effect.TakePay it -> it.articles();
            default -> throw new AssertionError("wants no units of its own");
        };
    }

    private int place(Promotion promotion) {
        return classes.indexOf(promotion.standing().priority());
    }

    private static Best max(Best one, Best other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /// What a priced basket says, in the same terms.
    static Best of(Priced priced, List<Promotion> promotions) {
        List<Integer> classes =
                promotions.stream()
                        .map(it -> it.standing().priority())
                        .distinct()
                        .sorted(Comparator.reverseOrder())
                        .toList();
        Long[] off = new Long[classes.size()];
        Arrays.fill(off, 0L);
        for (Promotion promotion : promotions) {
            off[classes.indexOf(promotion.standing().priority())] +=
                    priced.amountOf(promotion.id()).minor();
        }
        return new Best(
                List.of(off), priced.applied().stream().mapToInt(Priced.Applied::times).sum());
    }
}
