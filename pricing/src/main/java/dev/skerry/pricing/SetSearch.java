package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the best way to put units into sets: branch and bound over piles of units that are alike.
///
/// Piles are gone through dearest first, and for each it is decided how many of its units go where; what no set takes is worth
/// what single promotions take off it. As every set is filled dearest first, all that matters of what was decided before is
/// how far the open sets are filled: ways that have come to the same point are one from there on, and the better of them
/// stays. A way that cannot come to more than the greedy one is given up.
final class SetSearch {

    private final List<Deal> deals;
    private final List<Pile> piles;
    private final Priorities priorities;
    private final Budget budget;
    private final Progress progress;
    private final int[] priority;
    private final long[][][] coming;
    private final long[] potential;
    private final Worth atLeast;

    /// A way, up to some pile and option.
    ///
    /// @param rest units of the pile that are not decided about
    /// @param taken how many went into the option last decided about
    private record Way(
            long state,
            int rest,
            Worth worth,
            @Nullable Way before,
            int pile,
            int option,
            int taken) {}

    /// @param atLeast what is known to be possible
    SetSearch(
            List<Deal> deals,
            List<Pile> piles,
            Priorities priorities,
            Worth atLeast,
            Budget budget) {
        this.deals = deals;
        this.piles = piles;
        this.priorities = priorities;
        this.atLeast = atLeast;
        this.budget = budget;
        this.priority = deals.stream().mapToInt(it -> priorities.of(it.candidate())).toArray();
        this.coming = coming();
        this.progress = new Progress(deals, coming[0]);
        this.potential = potential();
    }

    /// @return null if the budget is spent, or there are too many states to number
    @Nullable Plan best() {
        if (!progress.fits()) {
            return null;
        }
        List<Way> ways = List.of(new Way(0, 0, priorities.nothing(), null, -1, -1, 0));
        for (int pile = 0; pile < piles.size(); pile++) {
            List<Way> begun = new ArrayList<>(ways.size());
            for (Way way : ways) {
                begun.add(new Way(way.state, piles.get(pile).units(), way.worth, way, pile, -1, 0));
            }
            ways = begun;
            for (int option = 0; option < piles.get(pile).options().size(); option++) {
                ways = decided(ways, pile, option);
                if (ways == null) {
                    return null;
                }
            }
            ways = passed(ways, pile);
        }
        Way best = null;
        for (Way way : ways) {
            if (best == null || better(way, best)) {
                best = way;
            }
        }
        return best == null ? null : plan(best);
    }

    /// How many units of the pile go into this option.
    private @Nullable List<Way> decided(List<Way> ways, int pile, int option) {
        Pile.Option where = piles.get(pile).options().get(option);
        Deal deal = deals.get(where.deal());
        long net = piles.get(pile).net();
        Meeting meeting = new Meeting();
        for (Way way : ways) {
            if (!budget.spend(1)) {
                return null;
            }
            meeting.come(way);
            long state = way.state;
            Worth worth = way.worth;
            for (int taken = 1; taken <= way.rest; taken++) {
                if (!budget.spend(1)) {
                    return null;
                }
                boolean begins = progress.begins(state, where.deal(), where.part());
                int position = progress.position(state, where.deal(), where.part());
                state = progress.add(state, where.deal(), where.part());
                if (state == Progress.REFUSED) {
                    break;
                }
                long gain = deal.gain(where.part(), position, net);
                worth =
                        worth.plus(
                                priority[where.deal()],
                                begins ? gain - deal.charge() : gain,
                                begins ? 1 : 0);
                meeting.come(new Way(state, way.rest - taken, worth, way, pile, option, taken));
            }
        }
        return meeting.ways;
    }

    /// The units that no option got are left; ways that lead nowhere end here.
    private List<Way> passed(List<Way> ways, int pile) {
        Meeting meeting = new Meeting();
        for (Way way : ways) {
            if (!feasible(way.state, pile + 1)) {
                continue;
            }
            Worth worth = way.worth.plus(piles.get(pile).leftover().worth(way.rest));
            if (worth.first() + potential[pile + 1] >= atLeast.first()) {
                meeting.come(new Way(way.state, 0, worth, way, pile, -1, way.rest));
            }
        }
        return meeting.ways;
    }

    /// Of ways that come to the same point the best goes on.
    private final class Meeting {

        private record Point(long state, int rest) {}

        private final List<Way> ways = new ArrayList<>();
        private final Map<Point, Integer> places = new HashMap<>();

        void come(Way way) {
            Point point = new Point(way.state, way.rest);
            Integer place = places.putIfAbsent(point, ways.size());
            if (place == null) {
                ways.add(way);
            } else if (better(way, ways.get(place))) {
                ways.set(place, way);
            }
        }
    }

    private boolean better(Way way, Way other) {
        int compared = way.worth.compareTo(other.worth);
        return compared > 0 || (compared == 0 && Plan.better(ranks(way), ranks(other)));
    }

    private List<Integer> ranks(Way last) {
        List<Integer> ranks = new ArrayList<>();
        for (Way way = last; way.before != null; way = way.before) {
            if (way.option >= 0) {
                Pile.Option where = piles.get(way.pile).options().get(way.option);
                long state = way.before.state;
                for (int i = 0; i < way.taken; i++) {
                    if (progress.begins(state, where.deal(), where.part())) {
                        ranks.add(deals.get(where.deal()).candidate().order());
                    }
                    state = progress.add(state, where.deal(), where.part());
                }
            } else if (way.taken > 0) {
                piles.get(way.pile).leftover().ranks(way.taken, ranks);
            }
        }
        ranks.sort(null);
        return ranks;
    }

    private boolean feasible(long state, int pile) {
        for (int deal = 0; deal < deals.size(); deal++) {
            if (!progress.feasible(state, deal, coming[pile][deal])) {
                return false;
            }
        }
        return true;
    }

    private Plan plan(Way last) {
        int[][][] units = Uses.none(deals, piles);
        for (Way way = last; way != null; way = way.before) {
            if (way.option >= 0) {
                Pile.Option where = piles.get(way.pile).options().get(way.option);
                units[where.deal()][where.part()][way.pile] = way.taken;
            }
        }
        return new Plan(last.worth, ranks(last), List.of(), Uses.of(deals, piles, units));
    }

    /// `coming[p][d][part]`: units in pile p and after it that may go there.
    private long[][][] coming() {
        long[][][] units = new long[piles.size() + 1][deals.size()][];
        for (int deal = 0; deal < deals.size(); deal++) {
            units[piles.size()][deal] = new long[deals.get(deal).parts().size()];
        }
        for (int pile = piles.size() - 1; pile >= 0; pile--) {
            for (int deal = 0; deal < deals.size(); deal++) {
                units[pile][deal] = units[pile + 1][deal].clone();
            }
            for (Pile.Option option : piles.get(pile).options()) {
                units[pile][option.deal()][option.part()] += piles.get(pile).units();
            }
        }
        return units;
    }

    /// The most that pile p and those after it can take off in the first priority class.
    private long[] potential() {
        long[] most = new long[piles.size() + 1];
        for (int i = piles.size() - 1; i >= 0; i--) {
            Pile pile = piles.get(i);
            long each = Math.min(pile.net(), pile.leftover().firstMax());
            for (Pile.Option option : pile.options()) {
                if (priority[option.deal()] == 0) {
                    each =
                            Math.max(
                                    each,
                                    deals.get(option.deal()).gainMax(option.part(), pile.net()));
                }
            }
            most[i] = most[i + 1] + each * pile.units();
        }
        return most;
    }
}
