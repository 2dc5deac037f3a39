package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/// Promotions of one lane compete for units.
final class Contest {

    private final Shelf shelf;
    private final List<Candidate> candidates;
    private final Verdicts verdicts;

    Contest(
            Shelf shelf,
            List<Candidate> candidates,
            Verdicts verdicts,
            Budget budget,
            Currency currency) {
        this.shelf = shelf;
        this.candidates = candidates;
        this.verdicts = verdicts;
    }

    void run() {
        Singles singles =
                new Singles(
                        candidates.stream()
                                .filter(it ->
                                        it.promotion().effect() instanceof Effect.LineDiscount)
                                .toList(),
                        Priorities.of(candidates));
        for (int i = 0; i < shelf.lots().size(); i++) {
            Lot lot = shelf.lots().get(i);
            apply(singles.best(lot, shelf.left(i)), i, lot, shelf.left(i));
        }
        for (Candidate candidate : candidates) {
            verdicts.not(candidate.promotion(), new WhyNot.NothingToTakeOff());
        }
    }

    private void apply(Singles.Choice choice, int place, Lot lot, long units) {
        if (choice.takes().isEmpty()) {
            return;
        }
        shelf.take(place, units);
        List<Lot> lots = List.of(lot.of(units));
        for (Singles.Take take : choice.takes()) {
            lots = cut(lots, take);
            verdicts.applied(take.candidate().source(), 1);
        }
        lots.forEach(shelf::put);
    }

    private static List<Lot> cut(List<Lot> lots, Singles.Take take) {
        long[] shares =
                Prorate.shares(take.off(), lots.stream().mapToLong(Lot::extended).toArray());
        List<Lot> cut = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            cut.addAll(
                    lots.get(i).cutAll(shares[i], take.candidate().source(), Priced.Role.REWARD));
        }
        return cut;
    }
}
