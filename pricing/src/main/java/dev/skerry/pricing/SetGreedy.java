package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fills one set after the other, always the one that is worth most beyond what its units are worth without it. Fast, and
/// never worse than no sets at all.
final class SetGreedy {

    private final List<Deal> deals;
    private final List<Pile> piles;
    private final Priorities priorities;
    private final int[] free;
    private final boolean[][][] fits;
    private final Map<Integer, Long> begun = new HashMap<>();

    SetGreedy(List<Deal> deals, List<Pile> piles, Priorities priorities) {
        this.deals = deals;
        this.piles = piles;
        this.priorities = priorities;
        this.free = piles.stream().mapToInt(Pile::units).toArray();
        this.fits = new boolean[deals.size()][][];
        Arrays.setAll(fits, i -> new boolean[deals.get(i).parts().size()][free.length]);
        for (int pile = 0; pile < free.length; pile++) {
            for (Pile.Option option : piles.get(pile).options()) {
                fits[option.deal()][option.part()][pile] = true;
            }
        }
    }

    /// A set that could be filled.
    ///
    /// @param more what it is worth beyond what its units are worth without it
    /// @param places the pile of each unit, for each part
    private record Filled(int deal, Worth worth, Worth more, List<List<Integer>> places) {}

    Plan plan() {
        int[][][] units = Uses.none(deals, piles);
        List<Integer> ranks = new ArrayList<>();
        Worth worth = priorities.nothing();
        for (Filled set = best(); set != null; set = best()) {
            int rank = deals.get(set.deal).candidate().order();
            begun.merge(rank, 1L, Long::sum);
            ranks.add(rank);
            worth = worth.plus(set.worth);
            for (int part = 0; part < set.places.size(); part++) {
                for (int pile : set.places.get(part)) {
                    free[pile]--;
                    units[set.deal][part][pile]++;
                }
            }
        }
        for (int pile = 0; pile < free.length; pile++) {
            worth = worth.plus(piles.get(pile).leftover().worth(free[pile]));
            piles.get(pile).leftover().ranks(free[pile], ranks);
        }
        ranks.sort(null);
        return new Plan(worth, ranks, List.of(), Uses.of(deals, piles, units));
    }

    private @Nullable Filled best() {
        Filled best = null;
        for (int deal = 0; deal < deals.size(); deal++) {
            Candidate candidate = deals.get(deal).candidate();
            if (candidate.limit() > 0
                    && begun.getOrDefault(candidate.order(), 0L) >= candidate.limit()) {
                continue;
            }
            // Dear units may be worth more outside of sets: the set may begin with any pile.
            for (int from = 0; from < piles.size(); from++) {
                if (free[from] > 0 && takes(from, deal)) {
                    Filled filled = fill(deal, from);
                    if (filled == null) {
                        break;
                    }
                    if (filled.more.takesOff()
                            && (best == null || filled.more.compareTo(best.more) > 0)) {
                        best = filled;
                    }
                }
            }
        }
        return best;
    }

    private boolean takes(int pile, int deal) {
        for (boolean[] ofPart : fits[deal]) {
            if (ofPart[pile]) {
                return true;
            }
        }
        return false;
    }

    /// @return null if there are too few units from this pile on
    private @Nullable Filled fill(int deal, int from) {
        Deal of = deals.get(deal);
        int[] used = new int[piles.size()];
        List<List<Integer>> places = new ArrayList<>();
        long off = -of.charge();
        for (int part = 0; part < of.parts().size(); part++) {
            List<Integer> chosen = new ArrayList<>();
            int wanted = of.parts().get(part).units();
            for (int i = from; i < free.length && chosen.size() < wanted; i++) {
                while (fits[deal][part][i] && free[i] > used[i] && chosen.size() < wanted) {
                    off += of.gain(part, chosen.size(), piles.get(i).net());
                    used[i]++;
                    chosen.add(i);
                }
            }
            boolean last = part == of.parts().size() - 1;
            boolean enough =
                    chosen.size() == wanted
                            || (last
                                    && of.partialAbove() >= 0
                                    && chosen.size() > of.partialAbove());
            if (!enough) {
                return null;
            }
            places.add(chosen);
        }
        if (off <= 0) {
            return new Filled(deal, priorities.nothing(), priorities.nothing(), places);
        }
        Worth worth = priorities.nothing().plus(priorities.of(of.candidate()), off, 1);
        Worth more = worth;
        for (int i = from; i < used.length; i++) {
            if (used[i] > 0) {
                Leftover leftover = piles.get(i).leftover();
                more = more.plus(leftover.worth(free[i] - used[i])).minus(leftover.worth(free[i]));
            }
        }
        return new Filled(deal, worth, more, places);
    }
}
