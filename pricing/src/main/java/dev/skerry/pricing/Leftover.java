package dev.skerry.pricing;

import java.util.List;

/// What single promotions take off those units of a pile that no set takes, for every number of them.
final class Leftover {

    private final List<Lot> lots;
    private final long[] left;
    private final Singles singles;
    private final Worth nothing;
    private final boolean concerned;
    private final Singles.Choice[] ofOneLot;
    private final Worth[][] best;
    private final int[][] kept;

    /// @param lots in their order
    /// @param left how many units of each there are
    Leftover(List<Lot> lots, long[] left, Singles singles, Worth nothing) {
        this.lots = lots;
        this.left = left;
        this.singles = singles;
        this.nothing = nothing;
        this.concerned = lots.stream().anyMatch(lot -> singles.concern(lot.goods()));
        this.ofOneLot = new Singles.Choice[concerned && lots.size() == 1 ? (int) left[0] + 1 : 0];
        boolean table = concerned && lots.size() > 1;
        this.best = new Worth[table ? lots.size() + 1 : 0][];
        this.kept = new int[table ? lots.size() : 0][];
        if (table) {
            fill();
        }
    }

    boolean concerned() {
        return concerned;
    }

    Worth worth(int units) {
        if (!concerned || units == 0) {
            return nothing;
        }
        return lots.size() == 1 ? choice(units).worth() : best[lots.size()][units];
    }

    /// The most that one unit can be worth in the first priority class: rounding once for many units may come to more than
    /// rounding for each, by less than a minor unit for each promotion.
    long firstMax() {
        return concerned ? worth(1).first() + singles.together() : 0;
    }

    /// Adds the order of the candidate of each application, if so many units are left.
    void ranks(int units, List<Integer> ranks) {
        if (concerned) {
            long[] of = kept(units);
            for (int i = 0; i < of.length; i++) {
                singles.best(lots.get(i), of[i])
                        .takes()
                        .forEach(take -> ranks.add(take.candidate().order()));
            }
        }
    }

    /// How many of each lot there are.
    long[] units() {
        return left.clone();
    }

    /// How many of each lot are best left, if so many of all are: of equal ones the lower lots are taken first.
    long[] kept(int units) {
        long[] of = new long[left.length];
        int rest = units;
        for (int i = left.length - 1; i >= 0; i--) {
            of[i] = concerned && left.length > 1 ? kept[i][rest] : Math.min(rest, left[i]);
            rest -= (int) of[i];
        }
        return of;
    }

    private Singles.Choice choice(int units) {
        Singles.Choice choice = ofOneLot[units];
        if (choice == null) {
            choice = singles.best(lots.getFirst(), units);
            ofOneLot[units] = choice;
        }
        return choice;
    }

    /// `best[i][k]`: k units left in the first i lots.
    private void fill() {
        int total = 0;
        best[0] = new Worth[] {nothing};
        for (int i = 0; i < left.length; i++) {
            int units = (int) left[i];
            Worth[] own = new Worth[units + 1];
            for (int k = 0; k <= units; k++) {
                own[k] = singles.best(lots.get(i), k).worth();
            }
            Worth[] before = best[i];
            Worth[] now = new Worth[total + units + 1];
            int[] choice = new int[total + units + 1];
            for (int k = 0; k < now.length; k++) {
                for (int mine = Math.min(units, k); mine >= Math.max(0, k - total); mine--) {
                    Worth worth = before[k - mine].plus(own[mine]);
                    if (now[k] == null || worth.compareTo(now[k]) > 0) {
                        now[k] = worth;
                        choice[k] = mine;
                    }
                }
            }
            best[i + 1] = now;
            kept[i] = choice;
            total += units;
        }
    }
}
