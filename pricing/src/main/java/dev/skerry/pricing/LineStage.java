package dev.skerry.pricing;

import dev.skerry.pricing.Standing.Concurrency;
import dev.skerry.pricing.Standing.Lane;
import java.util.List;

/// Promotions on units and sets, lane after lane; in each lane the exclusive ones first, then all others on what those left.
final class LineStage {

    private final Verdicts verdicts;
    private final Budget budget;
    private final List<Goods> goods;

    LineStage(List<Goods> goods, Verdicts verdicts, Budget budget) {
        this.verdicts = verdicts;
        this.budget = budget;
        this.goods = goods;
    }

    void apply(Shelf shelf, List<Candidate> candidates) {
        for (Lane lane : Lane.values()) {
            List<Candidate> inLane =
                    candidates.stream()
                            .filter(LineStage::onLines)
                            .filter(it -> it.standing().lane() == lane)
                            .toList();
            if (inLane.isEmpty()) {
                continue;
            }
            apply(shelf, inLane, true);
            apply(shelf, inLane, false);
            shelf.close();
        }
    }

    private void apply(Shelf shelf, List<Candidate> inLane, boolean exclusive) {
        List<Candidate> now =
                inLane.stream()
                        .filter(it ->
                                (it.standing().concurrency() == Concurrency.EXCLUSIVE) == exclusive)
                        .toList();
        if (!now.isEmpty()) {
            new Contest(shelf, goods, now, verdicts, budget).run();
        }
    }

    private static boolean onLines(Candidate candidate) {
        return candidate.promotion().effect() instanceof Effect.OnUnits
                || candidate.promotion().effect() instanceof Effect.OnSets;
    }
}
