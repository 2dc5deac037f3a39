package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.List;

/// Which units some promotions take.
///
/// @param ranks the order of the candidate of each application, ascending: of plans that are worth the same, the one with the
///     first lower order is better
record Plan(Worth worth, List<Integer> ranks, List<Takeover> takeovers, List<Use> uses) {

    /// Units of a lot in a part of a deal. The uses of a part come dearest first.
    record Use(Deal deal, int part, int lot, long units) {}

    Plan with(Takeover takeover, Worth more) {
        List<Takeover> all = new ArrayList<>(takeovers);
        all.add(takeover);
        List<Integer> orders = new ArrayList<>(ranks);
        orders.add(takeover.candidate().order());
        orders.sort(null);
        return new Plan(worth.plus(more), orders, all, uses);
    }

    boolean betterThan(Plan other) {
        int compared = worth.compareTo(other.worth);
        return compared > 0 || (compared == 0 && better(ranks, other.ranks));
    }

    /// Whether the first has the lower number where they first differ.
    static boolean better(List<Integer> ranks, List<Integer> others) {
        for (int i = 0; i < Math.min(ranks.size(), others.size()); i++) {
            int compared = Integer.compare(ranks.get(i), others.get(i));
            if (compared != 0) {
                return compared < 0;
            }
        }
        return ranks.size() < others.size();
    }
}
