package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Units that a search need not tell apart: they cost the same and may go into the same sets.
///
/// @param lots places on the shelf, ascending
/// @param units how many there are
/// @param options the places in sets that they may take, better ranked promotions first
record Pile(long net, List<Integer> lots, int units, List<Option> options, Leftover leftover) {

    /// A part of a deal.
    record Option(int deal, int part) {}

    /// Lots with more units than this are piles of their own where single promotions look at them: the table of what is best
    /// left of several lots grows with the square of their units.
    private static final long MERGED_UNITS_MAX = 64;

    /// @param alone the lot, if it must be a pile of its own
    private record Alike(long net, List<Option> options, int alone) {}

    /// Dearest first, then the lower line.
    ///
    /// @param lots places on the shelf, ascending
    /// @param left how many units there are, for each place on the shelf
    static List<Pile> of(
            List<Lot> shelf,
            List<Integer> lots,
            long[] left,
            List<Deal> deals,
            Singles singles,
            Worth nothing) {
        Map<Alike, List<Integer>> alike = new LinkedHashMap<>();
        for (int lot : lots) {
            if (left[lot] > 0) {
                Alike same =
                        new Alike(
                                shelf.get(lot).net(),
                                options(shelf.get(lot).goods().index(), deals),
                                left[lot] > MERGED_UNITS_MAX
                                                && singles.concern(shelf.get(lot).goods())
                                        ? lot
                                        : -1);
                alike.computeIfAbsent(same, _ -> new ArrayList<>()).add(lot);
            }
        }
        List<Pile> piles = new ArrayList<>(alike.size());
        alike.forEach((same, places) -> {
            long[] units = places.stream().mapToLong(place -> left[place]).toArray();
            long sum = java.util.Arrays.stream(units).sum();
            piles.add(
                    new Pile(
                            same.net,
                            places,
                            Math.toIntExact(sum),
                            same.options,
                            new Leftover(
                                    places.stream().map(shelf::get).toList(),
                                    units,
                                    singles,
                                    nothing)));
        });
        piles.sort(
                Comparator.comparingLong(Pile::net)
                        .reversed()
                        .thenComparingInt(pile -> pile.lots().getFirst()));
        return piles;
    }

    private static List<Option> options(int goods, List<Deal> deals) {
        List<Option> options = new ArrayList<>();
        for (int deal = 0; deal < deals.size(); deal++) {
            List<Deal.Part> parts = deals.get(deal).parts();
            for (int part = 0; part < parts.size(); part++) {
                if (parts.get(part).goods().get(goods)) {
                    options.add(new Option(deal, part));
                }
            }
        }
        return options;
    }
}
