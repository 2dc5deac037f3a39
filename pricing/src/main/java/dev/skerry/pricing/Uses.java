package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds the lots for units that were planned by piles.
final class Uses {

    private Uses() {}

    /// `units[deal][part][pile]`, all zero.
    static int[][][] none(List<Deal> deals, List<Pile> piles) {
        int[][][] units = new int[deals.size()][][];
        Arrays.setAll(units, deal -> new int[deals.get(deal).parts().size()][piles.size()]);
        return units;
    }

    /// @param piles dearest first
    static List<Plan.Use> of(List<Deal> deals, List<Pile> piles, int[][][] units) {
        long[][] free = new long[piles.size()][];
        for (int pile = 0; pile < free.length; pile++) {
            int rest = piles.get(pile).units();
            for (int[][] ofDeal : units) {
                for (int[] ofPart : ofDeal) {
                    rest -= ofPart[pile];
                }
            }
            long[] kept = piles.get(pile).leftover().kept(rest);
            long[] all = piles.get(pile).leftover().units();
            Arrays.setAll(all, i -> all[i] - kept[i]);
            free[pile] = all;
        }
        List<Plan.Use> uses = new ArrayList<>();
        for (int deal = 0; deal < units.length; deal++) {
            for (int part = 0; part < units[deal].length; part++) {
                for (int pile = 0; pile < free.length; pile++) {
                    long left = units[deal][part][pile];
                    for (int i = 0; left > 0; i++) {
                        long some = Math.min(left, free[pile][i]);
                        if (some > 0) {
                            int lot = piles.get(pile).lots().get(i);
                            uses.add(new Plan.Use(deals.get(deal), part, lot, some));
                            free[pile][i] -= some;
                            left -= some;
                        }
                    }
                }
            }
        }
        return uses;
    }
}
