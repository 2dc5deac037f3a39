package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How far the sets of some deals are filled, as one number: so that a search can tell whether two ways have come to the same
/// point. A digit for each part of a deal (units in sets that are not complete), and one for each limit (sets begun).
final class Progress {

    static final long REFUSED = -1;

    private final List<Deal> deals;
    private final int[][] digit;
    private final int[] limitDigit;
    private final List<Long> radix = new ArrayList<>();
    private final List<Long> weight = new ArrayList<>();
    private final boolean fits;

    /// @param units how many units may go into each part of each deal
    Progress(List<Deal> deals, long[][] units) {
        this.deals = deals;
        this.digit = new int[deals.size()][];
        this.limitDigit = new int[deals.size()];
        Map<Integer, Integer> limits = new HashMap<>();
        for (int i = 0; i < deals.size(); i++) {
            Deal deal = deals.get(i);
            digit[i] = new int[deal.parts().size()];
            for (int part = 0; part < digit[i].length; part++) {
                digit[i][part] = radix.size();
                radix.add(
                        digit[i].length == 1
                                ? deal.parts().getFirst().units()
                                : units[i][part] + 1);
            }
            limitDigit[i] = -1;
            if (deal.candidate().limit() > 0) {
                Integer known = limits.get(deal.candidate().order());
                if (known == null) {
                    known = radix.size();
                    limits.put(deal.candidate().order(), known);
                    radix.add(deal.candidate().limit() + 1);
                }
                limitDigit[i] = known;
            }
        }
        long product = 1;
        boolean small = true;
        for (long each : radix) {
            weight.add(product);
            small &= Math.multiplyHigh(product, each) == 0 && product * each >= 0;
            product = small ? product * each : 1;
        }
        // Room for the rest of a pile, which the search adds to the number.
        fits = small && product < Long.MAX_VALUE >> 20;
    }

    /// Whether there is one number for every state.
    boolean fits() {
        return fits;
    }

    /// How many units of the current set, or of those not complete, are in this part.
    int filled(long state, int deal, int part) {
        return (int) value(state, digit[deal][part]);
    }

    boolean begins(long state, int deal, int part) {
        return part == 0
                && filled(state, deal, 0) % deals.get(deal).parts().getFirst().units() == 0;
    }

    /// The place that the next unit gets in its set.
    int position(long state, int deal, int part) {
        return filled(state, deal, part) % deals.get(deal).parts().get(part).units();
    }

    /// @return [#REFUSED] if the limit is reached
    long add(long state, int deal, int part) {
        long next = state;
        if (limitDigit[deal] >= 0 && begins(state, deal, part)) {
            if (value(state, limitDigit[deal]) == radix.get(limitDigit[deal]) - 1) {
                return REFUSED;
            }
            next += weight.get(limitDigit[deal]);
        }
        next += weight.get(digit[deal][part]);
        Deal of = deals.get(deal);
        if (of.parts().size() == 1) {
            boolean full = filled(state, deal, 0) == of.parts().getFirst().units() - 1;
            return full ? next - weight.get(digit[deal][0]) * of.parts().getFirst().units() : next;
        }
        return completed(next, deal);
    }

    private long completed(long state, int deal) {
        List<Deal.Part> parts = deals.get(deal).parts();
        for (int part = 0; part < parts.size(); part++) {
            if (filled(state, deal, part) < parts.get(part).units()) {
                return state;
            }
        }
        long less = state;
        for (int part = 0; part < parts.size(); part++) {
            less -= weight.get(digit[deal][part]) * parts.get(part).units();
        }
        return less;
    }

    /// Whether every set that was begun can still be filled.
    ///
    /// @param coming how many units that may go into each part are still to come
    boolean feasible(long state, int deal, long[] coming) {
        Deal of = deals.get(deal);
        if (of.parts().size() == 1) {
            int filled = filled(state, deal, 0);
            int units = of.parts().getFirst().units();
            int needed = of.partialAbove() >= 0 ? of.partialAbove() + 1 : units;
            return filled == 0 || needed - filled <= coming[0];
        }
        int sets = 0;
        for (int part = 0; part < of.parts().size(); part++) {
            int units = of.parts().get(part).units();
            sets = Math.max(sets, (filled(state, deal, part) + units - 1) / units);
        }
        int mustBeFull = of.lastPartOpen() ? of.parts().size() - 1 : of.parts().size();
        for (int part = 0; part < mustBeFull; part++) {
            long missing = (long) sets * of.parts().get(part).units() - filled(state, deal, part);
            if (missing > coming[part]) {
                return false;
            }
        }
        return true;
    }

    private long value(long state, int place) {
        return state / weight.get(place) % radix.get(place);
    }
}
