package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Says of each promotion in a contest that took nothing off, why.
final class Losers {

    private final Shelf shelf;
    private final List<Candidate> candidates;
    private final List<Deal> deals;
    private final Verdicts verdicts;

    Losers(Shelf shelf, List<Candidate> candidates, List<Deal> deals, Verdicts verdicts) {
        this.shelf = shelf;
        this.candidates = candidates;
        this.deals = deals;
        this.verdicts = verdicts;
    }

    void explain(Settlement settlement) {
        for (Candidate candidate : candidates) {
            if (!verdicts.wasApplied(candidate.promotion())) {
                verdicts.not(candidate.promotion(), whyNot(candidate, settlement));
            }
        }
    }

    private WhyNot whyNot(Candidate candidate, Settlement settlement) {
        int missing = missing(candidate);
        if (missing > 0) {
            return new WhyNot.NeedsUnits(missing);
        }
        TreeSet<String> takers = new TreeSet<>();
        for (int lot = 0; lot < shelf.lots().size(); lot++) {
            if (candidate.means(shelf.lots().get(lot).goods())) {
                takers.addAll(settlement.takersOf(lot));
            }
        }
        return takers.isEmpty()
                ? new WhyNot.NothingToTakeOff()
                : new WhyNot.BeatenBy(new ArrayList<>(takers));
    }

    /// How many units the promotion lacks, were it alone; 0 if that is not what keeps it from applying.
    private int missing(Candidate candidate) {
        return switch (candidate.promotion().effect()) {
            case Effect.QuantityTiers tiers ->
                    (int) Math.max(0, tiers.tiers().getFirst().fromUnits() - units(candidate));
            case Effect.TakePay it when it.grouping() == Effect.Grouping.CHEAPEST_OVERALL ->
                    (int) Math.max(0, it.take() - units(candidate));
            default ->
                    deals.stream()
                            .filter(deal -> deal.candidate().order() == candidate.order())
                            .mapToInt(this::missing)
                            .min()
                            .orElse(0);
        };
    }

    private int missing(Deal deal) {
        int missing = 0;
        for (int i = 0; i < deal.parts().size(); i++) {
            Deal.Part part = deal.parts().get(i);
            long units = 0;
            for (Lot lot : shelf.lots()) {
                units += part.goods().get(lot.goods().index()) ? lot.units() : 0;
            }
            boolean open = i == deal.parts().size() - 1 && deal.partialAbove() >= 0;
            int needed = open ? deal.partialAbove() + 1 : part.units();
            missing += (int) Math.max(0, needed - units);
        }
        return missing;
    }

    private long units(Candidate candidate) {
        long units = 0;
        for (Lot lot : shelf.lots()) {
            units += candidate.means(lot.goods()) ? lot.units() : 0;
        }
        return units;
    }
}
