package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

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
            Lots connected = new Lots(shelf);
            possible.forEach(connected::connect);
            takeovers.forEach(connected::connect);
            for (List<Integer> lots : connected.groups()) {
                Round round = new Round(shelf, lots, singles, priorities, budget);
                settlement.apply(
                        round.plan(
                                possible.stream().filter(it -> touches(it, lots)).toList(),
                                takeovers.stream().filter(it -> touches(it, lots)).toList()));
            }
        }
        settlement.applySingles();
        new Losers(shelf, candidates, deals, verdicts).explain(settlement);
    }

    private boolean touches(Deal deal, List<Integer> lots) {
        return lots.stream().anyMatch(lot -> means(deal, shelf, lot));
    }

    private static boolean touches(Takeover takeover, List<Integer> lots) {
        return takeover.taken().stream().anyMatch(taken -> lots.contains(taken.lot()));
    }

    private static boolean means(Deal deal, Shelf shelf, int lot) {
        return deal.parts().stream()
                .anyMatch(part -> part.goods().get(shelf.lots().get(lot).goods().index()));
    }

    private static boolean single(Candidate it) {
        return it.promotion().effect() instanceof Effect.LineDiscount && it.limit() == 0;
    }

    /// Lots, and which of them something connects.
    private static final class Lots {

        private final Shelf shelf;
        private final int[] parent;
        private final boolean[] concerned;
        private final TreeMap<Integer, Integer> limited = new TreeMap<>();

        Lots(Shelf shelf) {
            this.shelf = shelf;
            this.parent = new int[shelf.lots().size()];
            this.concerned = new boolean[parent.length];
            java.util.Arrays.setAll(parent, i -> i);
        }

        void connect(Deal deal) {
            int first = -1;
            for (int lot = 0; lot < parent.length; lot++) {
                if (shelf.left(lot) > 0 && means(deal, shelf, lot)) {
                    first = join(first, lot);
                }
            }
            if (first >= 0 && deal.candidate().limit() > 0) {
                Integer other = limited.putIfAbsent(deal.candidate().order(), first);
                if (other != null) {
                    join(other, first);
                }
            }
        }

        void connect(Takeover takeover) {
            int first = -1;
            for (Takeover.Taken taken : takeover.taken()) {
                first = join(first, taken.lot());
            }
        }

        private int join(int one, int other) {
            concerned[other] = true;
            if (one < 0) {
                return other;
            }
            // The lower one stands for both.
            int low = Math.min(root(one), root(other));
            int high = Math.max(root(one), root(other));
            parent[high] = low;
            return low;
        }

        private int root(int lot) {
            int root = lot;
            while (parent[root] != root) {
                root = parent[root];
            }
            return root;
        }

        /// Ascending.
        List<List<Integer>> groups() {
            TreeMap<Integer, List<Integer>> groups = new TreeMap<>();
            for (int lot = 0; lot < parent.length; lot++) {
                if (concerned[lot]) {
                    groups.computeIfAbsent(root(lot), _ -> new ArrayList<>()).add(lot);
                }
            }
            return List.copyOf(groups.values());
        }
    }
}
