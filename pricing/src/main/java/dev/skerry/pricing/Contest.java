package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.List;

/// Promotions of one lane that compete for its units. Units that no promotion on sets connects are decided apart, so that
/// most of a basket is decided at once and the search is left with little.
final class Contest {

    private final Shelf shelf;
    private final List<Goods> goods;
    private final List<Candidate> candidates;
    private final Verdicts verdicts;
    private final Budget budget;
    private final Singles singles;
    private final Priorities priorities;

    /// @param candidates higher rank and lower id first
    Contest(
            Shelf shelf,
            List<Goods> goods,
            List<Candidate> candidates,
            Verdicts verdicts,
            Budget budget) {
        this.shelf = shelf;
        this.goods = goods;
        this.candidates = candidates;
        this.verdicts = verdicts;
        this.budget = budget;
        this.priorities = Priorities.of(candidates);
        this.singles =
                new Singles(candidates.stream().filter(Contest::single).toList(), priorities);
    }

    void run() {
        List<Deal> deals = new ArrayList<>();
        List<Takeover> takeovers = new ArrayList<>();
        for (Candidate candidate : candidates) {
            deals.addAll(Deal.of(candidate, goods));
            takeovers.addAll(Takeover.of(candidate, shelf, goods));
        }
        Settlement settlement = new Settlement(shelf, singles, verdicts);
        List<Deal> possible = deals.stream().filter(it -> it.possible(shelf)).toList();
        if (!possible.isEmpty() || !takeovers.isEmpty()) {
            Connected connected = new Connected(shelf);
            possible.forEach(connected::connect);
            takeovers.forEach(connected::connect);
            for (Connected.Group group : connected.groups(possible, takeovers)) {
                Round round = new Round(shelf, group.lots(), singles, priorities, budget);
                settlement.apply(round.plan(group.deals(), group.takeovers()));
            }
        }
        settlement.applySingles();
        new Losers(shelf, candidates, deals, verdicts).explain(settlement);
    }

    private static boolean single(Candidate it) {
        return it.promotion().effect() instanceof Effect.LineDiscount && it.limit() == 0;
    }
}
