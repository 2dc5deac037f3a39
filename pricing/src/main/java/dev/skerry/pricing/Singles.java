package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What promotions on single units take off units that are alike: either the best one of those that stand alone, or all
/// compound ones together, in the order fixed price, amount, percentage.
final class Singles {

    private static final Comparator<Candidate> COMPOUND_ORDER =
            Comparator.comparingInt((Candidate it) ->
                            switch (reduction(it)) {
                                case Reduction.ToPrice _ -> 0;
                                case Reduction.ByAmount _ -> 1;
                                case Reduction.ByPercent _ -> 2;
                            })
                    .thenComparingInt(Candidate::order);

    /// What one promotion takes off.
    record Take(Candidate candidate, long off) {}

    /// What is best for some units: nothing, one, or a bundle.
    record Choice(Worth worth, List<Take> takes) {}

    private final List<Candidate> alone;
    private final List<Candidate> bundle;
    private final Priorities priorities;

    /// @param candidates with effects on single units and without limit, higher rank and lower id first
    Singles(List<Candidate> candidates, Priorities priorities) {
        this.alone = candidates.stream().filter(it -> !compound(it)).toList();
        this.bundle = candidates.stream().filter(Singles::compound).sorted(COMPOUND_ORDER).toList();
        this.priorities = priorities;
    }

    boolean concern(Goods goods) {
        return alone.stream().anyMatch(it -> it.means(goods))
                || bundle.stream().anyMatch(it -> it.means(goods));
    }

    /// How many promotions there can be on a unit.
    int together() {
        return Math.max(1, bundle.size());
    }

    Choice best(Lot lot, long units) {
        Choice best = new Choice(priorities.nothing(), List.of());
        if (units == 0) {
            return best;
        }
        for (Candidate candidate : alone) {
            if (candidate.means(lot.goods())) {
                long off = Off.of(reduction(candidate), lot.goods(), units, lot.net());
                if (off > 0) {
                    best = better(best, List.of(new Take(candidate, off)));
                }
            }
        }
        List<Take> together = together(lot, units);
        return together.isEmpty() ? best : better(best, together);
    }

    private Choice better(Choice best, List<Take> takes) {
        Worth worth = priorities.nothing();
        for (Take take : takes) {
            worth = worth.plus(priorities.of(take.candidate()), take.off(), 1);
        }
        int compared = worth.compareTo(best.worth);
        if (compared == 0) {
            compared = -compareRanked(takes, best.takes);
        }
        return compared > 0 ? new Choice(worth, takes) : best;
    }

    private static int compareRanked(List<Take> one, List<Take> other) {
        int[] ours = one.stream().mapToInt(it -> it.candidate().order()).sorted().toArray();
        int[] theirs = other.stream().mapToInt(it -> it.candidate().order()).sorted().toArray();
        return java.util.Arrays.compare(ours, theirs);
    }

    private List<Take> together(Lot lot, long units) {
        List<Take> takes = new ArrayList<>();
        long original = Math.multiplyExact(units, lot.net());
        long running = original;
        long each = lot.net();
        for (Candidate candidate : bundle) {
            if (!candidate.means(lot.goods())) {
                continue;
            }
            long off;
            if (reduction(candidate) instanceof Reduction.ByPercent(var percent)) {
                long of = candidate.standing().onOriginal() ? original : running;
                off = Math.min(running, Off.percent(of, percent.basisPoints()));
            } else {
                off = Off.of(reduction(candidate), lot.goods(), units, each);
                each -= off / units;
            }
            if (off > 0) {
                takes.add(new Take(candidate, off));
                running -= off;
            }
        }
        return takes;
    }

    private static boolean compound(Candidate it) {
        return it.standing().concurrency() == Standing.Concurrency.COMPOUND;
    }

    private static Reduction reduction(Candidate it) {
        return ((Effect.LineDiscount) it.promotion().effect()).reduction();
    }
}
