package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// All units of the basket, and what they cost at this point. Within a lane, units are taken and put back with a cut; they are
/// not offered again until the lane is closed.
final class Shelf {

    /// The units from which most was taken first, so that what cannot be divided goes to the lower line.
    private static final Comparator<Lot> ORDER =
            Comparator.comparingInt((Lot lot) -> lot.goods().index()).thenComparingLong(Lot::net);

    private List<Lot> lots;
    private long[] left;
    private final List<Lot> done = new ArrayList<>();

    Shelf(List<Lot> lots) {
        this.lots = lots;
        this.left = unitsOf(lots);
    }

    /// As they were when the lane began.
    List<Lot> lots() {
        return lots;
    }

    /// How many units of a lot nobody has taken in this lane.
    long left(int lot) {
        return left[lot];
    }

    void take(int lot, long units) {
        if (units > left[lot]) {
            throw new IllegalStateException("taken twice");
        }
        left[lot] -= units;
    }

    /// Puts down what was taken, cut.
    void put(Lot lot) {
        done.add(lot);
    }

    void close() {
        if (done.isEmpty()) {
            return;
        }
        for (int i = 0; i < left.length; i++) {
            if (left[i] > 0) {
                done.add(lots.get(i).of(left[i]));
            }
        }
        // The sort is stable, and lots come in the order in which they were cut, which is by
        // content too.
        done.sort(ORDER);
        List<Lot> merged = new ArrayList<>();
        for (Lot lot : done) {
            int same = merged.size() - 1;
            while (same >= 0 && !merged.get(same).sameBut(lot)) {
                boolean mayBe =
                        merged.get(same).goods().index() == lot.goods().index()
                                && merged.get(same).net() == lot.net();
                same = mayBe ? same - 1 : -1;
            }
            if (same >= 0) {
                merged.set(same, lot.of(merged.get(same).units() + lot.units()));
            } else {
                merged.add(lot);
            }
        }
        done.clear();
        lots = merged;
        left = unitsOf(lots);
    }

    /// Takes this much off all units of the goods that are meant, by largest remainder on what they cost.
    ///
    /// @return what was taken off: never more than they cost
    long share(long amount, Predicate<Goods> meant, Source source) {
        List<Integer> places = new ArrayList<>();
        long total = 0;
        for (int i = 0; i < lots.size(); i++) {
            if (meant.test(lots.get(i).goods())) {
                places.add(i);
                total += lots.get(i).extended();
            }
        }
        long off = Math.min(amount, total);
        long[] shares =
                Prorate.shares(
                        off, places.stream().mapToLong(i -> lots.get(i).extended()).toArray());
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] > 0) {
                int place = places.get(i);
                take(place, lots.get(place).units());
                lots.get(place).cutAll(shares[i], source, Priced.Role.REWARD).forEach(this::put);
            }
        }
        close();
        return off;
    }

    private static long[] unitsOf(List<Lot> lots) {
        return lots.stream().mapToLong(Lot::units).toArray();
    }
}
