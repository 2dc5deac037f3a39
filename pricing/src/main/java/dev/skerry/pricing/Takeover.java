package dev.skerry.pricing;

import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// A promotion that looks at all units it means at once, and gets all of them or none: quantity tiers, and the cheapest
/// overall of take-N-pay-M.
///
/// @param taken what it binds; other units it leaves to whoever wants them
/// @param shared whether what it takes off is one discount, shared over all units that it binds
record Takeover(Candidate candidate, List<Taken> taken, boolean shared) {

    /// Units of a lot.
    ///
    /// @param off minor units off all of them
    record Taken(int lot, long units, long off, Priced.Role role) {}

    static List<Takeover> of(Candidate candidate, Shelf shelf, List<Goods> goods) {
        return switch (candidate.promotion().effect()) {
            case Effect.QuantityTiers tiers -> {
                List<Takeover> takeovers = new ArrayList<>();
                BitSet meant = candidate.slots().getFirst();
                for (BitSet some : tiers.mixed() ? List.of(meant) : Deal.byArticle(meant, goods)) {
                    takeovers.add(tiers(candidate, tiers, dearestFirst(shelf, some), shelf));
                }
                yield takeovers.stream().filter(it -> it.off() > 0).toList();
            }
            case Effect.TakePay it when it.grouping() == Effect.Grouping.CHEAPEST_OVERALL -> {
                Takeover takeover =
                        cheapest(
                                candidate,
                                it,
                                dearestFirst(shelf, candidate.slots().getFirst()),
                                shelf);
                yield takeover.off() > 0 ? List.of(takeover) : List.of();
            }
            default -> List.of();
        };
    }

    long off() {
        return taken.stream().mapToLong(Taken::off).sum();
    }

    private static List<Integer> dearestFirst(Shelf shelf, BitSet goods) {
        List<Integer> lots = new ArrayList<>();
        for (int i = 0; i < shelf.lots().size(); i++) {
            if (shelf.left(i) > 0 && goods.get(shelf.lots().get(i).goods().index())) {
                lots.add(i);
            }
        }
        lots.sort(
                Comparator.comparingLong((Integer i) -> shelf.lots().get(i).net())
                        .reversed()
                        .thenComparingInt(i -> i));
        return lots;
    }

    private static Takeover tiers(
            Candidate candidate, Effect.QuantityTiers tiers, List<Integer> lots, Shelf shelf) {
        List<Taken> taken = new ArrayList<>();
        boolean graduated = tiers.spread() == Effect.Spread.GRADUATED;
        long quantity = 0;
        for (int i : lots) {
            quantity += quantity(shelf, i);
        }
        long passed = 0;
        for (int i : lots) {
            Lot lot = shelf.lots().get(i);
            if (graduated && lot.goods().measured()) {
                continue;
            }
            long left = shelf.left(i);
            while (left > 0) {
                long units = left;
                long reached = quantity / Quantity.THOUSANDTHS;
                if (graduated) {
                    reached = passed + 1;
                    units = Math.min(left, untilNext(tiers.tiers(), reached));
                }
                Effect.Tier tier = tier(tiers.tiers(), reached);
                long off =
                        tier == null ? 0 : Off.of(tier.reduction(), lot.goods(), units, lot.net());
                taken.add(
                        new Taken(
                                i,
                                units,
                                off,
                                off == 0 ? Priced.Role.QUALIFIER : Priced.Role.REWARD));
                passed += units;
                left -= units;
            }
        }
        return new Takeover(candidate, taken, graduated);
    }

    private static long quantity(Shelf shelf, int lot) {
        return Math.multiplyExact(shelf.left(lot), shelf.lots().get(lot).goods().thousandths());
    }

    private static Effect.@org.jspecify.annotations.Nullable Tier tier(
            List<Effect.Tier> tiers, long reached) {
        Effect.Tier found = null;
        for (Effect.Tier tier : tiers) {
            if (tier.fromUnits() <= reached) {
                found = tier;
            }
        }
        return found;
    }

    /// How many units from this one on are in the same tier.
    private static long untilNext(List<Effect.Tier> tiers, long unit) {
        for (Effect.Tier tier : tiers) {
            if (tier.fromUnits() > unit) {
                return tier.fromUnits() - unit;
            }
        }
        return Long.MAX_VALUE;
    }

    /// The cheapest are free, of equal ones the lower line; those next in price are what was bought for them.
    private static Takeover cheapest(
            Candidate candidate, Effect.TakePay offer, List<Integer> lots, Shelf shelf) {
        List<Integer> pieces =
                lots.stream()
                        .filter(i -> !shelf.lots().get(i).goods().measured())
                        .sorted(
                                Comparator.comparingLong((Integer i) -> shelf.lots().get(i).net())
                                        .thenComparingInt(i -> i))
                        .toList();
        long units = pieces.stream().mapToLong(shelf::left).sum();
        long sets = units / offer.take();
        long free = sets * (offer.take() - offer.pay());
        long bought = sets * offer.pay();
        List<Taken> taken = new ArrayList<>();
        for (int i : pieces) {
            Lot lot = shelf.lots().get(i);
            long given = Math.min(free, shelf.left(i));
            if (given > 0) {
                long off = Off.percent(given * lot.net(), Percent.WHOLE);
                taken.add(new Taken(i, given, off, Priced.Role.REWARD));
            }
            long paid = Math.min(bought, shelf.left(i) - given);
            if (paid > 0) {
                taken.add(new Taken(i, paid, 0, Priced.Role.QUALIFIER));
            }
            free -= given;
            bought -= paid;
        }
        return new Takeover(candidate, taken, true);
    }
}
