package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides about units that promotions on sets connect: which of the promotions that want all units get them, in every
/// combination, and then which sets are filled with what those leave.
final class Round {

    private final Shelf shelf;
    private final List<Integer> lots;
    private final Singles singles;
    private final Priorities priorities;
    private final Budget budget;

    /// What greedy found last.
    private @Nullable Plan quick;

    Round(Shelf shelf, List<Integer> lots, Singles singles, Priorities priorities, Budget budget) {
        this.shelf = shelf;
        this.lots = lots;
        this.singles = singles;
        this.priorities = priorities;
        this.budget = budget;
    }

    Plan plan(List<Deal> deals, List<Takeover> takeovers) {
        Plan exact = best(deals, takeovers, 0, left());
        if (exact != null) {
            return exact;
        }
        budget.gaveUp();
        return takeovers.isEmpty() && quick != null ? quick : greedy(deals, takeovers);
    }

    /// @param from which takeovers are still open
    /// @return null if the budget is spent
    private @Nullable Plan best(List<Deal> deals, List<Takeover> takeovers, int from, long[] left) {
        if (from == takeovers.size()) {
            return sets(deals, left);
        }
        Plan without = best(deals, takeovers, from + 1, left);
        Takeover takeover = takeovers.get(from);
        long[] rest = without(left, takeover);
        if (without == null || rest == null) {
            return without;
        }
        Plan with = best(deals, takeovers, from + 1, rest);
        if (with == null) {
            return null;
        }
        Plan whole = with.with(takeover, worth(takeover));
        return whole.betterThan(without) ? whole : without;
    }

    private @Nullable Plan sets(List<Deal> deals, long[] left) {
        List<Pile> piles = Pile.of(shelf.lots(), lots, left, deals, singles, priorities.nothing());
        if (!budget.spend(piles.size())) {
            return null;
        }
        Plan greedy = new SetGreedy(deals, piles, priorities).plan();
        quick = greedy;
        if (deals.isEmpty()) {
            return greedy;
        }
        return new SetSearch(deals, piles, priorities, greedy.worth(), budget).best();
    }

    /// Takes in what wants all units as long as that is worth more, best ranked first.
    private Plan greedy(List<Deal> deals, List<Takeover> takeovers) {
        List<Takeover> taken = new ArrayList<>();
        long[] left = left();
        Plan best = greedy(deals, left);
        for (Takeover takeover : takeovers) {
            long[] rest = without(left, takeover);
            if (rest == null) {
                continue;
            }
            Plan with = greedy(deals, rest);
            for (Takeover each : taken) {
                with = with.with(each, worth(each));
            }
            with = with.with(takeover, worth(takeover));
            if (with.betterThan(best)) {
                best = with;
                left = rest;
                taken.add(takeover);
            }
        }
        return best;
    }

    private Plan greedy(List<Deal> deals, long[] left) {
        return new SetGreedy(
                        deals,
                        Pile.of(shelf.lots(), lots, left, deals, singles, priorities.nothing()),
                        priorities)
                .plan();
    }

    private Worth worth(Takeover takeover) {
        return priorities.nothing().plus(priorities.of(takeover.candidate()), takeover.off(), 1);
    }

    /// For each place on the shelf.
    private long[] left() {
        long[] left = new long[shelf.lots().size()];
        for (int lot : lots) {
            left[lot] = shelf.left(lot);
        }
        return left;
    }

    /// @return null if others have taken some of its units
    private long @Nullable [] without(long[] left, Takeover takeover) {
        long[] rest = left.clone();
        for (Takeover.Taken taken : takeover.taken()) {
            rest[taken.lot()] -= taken.units();
            if (rest[taken.lot()] < 0) {
                return null;
            }
        }
        return rest;
    }
}
