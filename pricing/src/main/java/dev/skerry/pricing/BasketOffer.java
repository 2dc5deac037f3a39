package dev.skerry.pricing;

import dev.skerry.language.Percent;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// What a promotion on the basket would take off.
///
/// @param goods over which it is shared
/// @param gifts for each goods in ascending order, how many units are gifts; empty if it is no gift
/// @param original minor units that the goods cost when the lane began
record BasketOffer(
        Candidate candidate,
        BitSet goods,
        Reduction reduction,
        Optional<Long> max,
        List<Long> gifts,
        long original) {

    static BasketOffer of(
            Candidate candidate, Reduction reduction, Optional<Long> max, Shelf shelf) {
        BitSet goods = candidate.slots().getFirst();
        return new BasketOffer(candidate, goods, reduction, max, List.of(), cost(goods, shelf));
    }

    /// @param units of each goods, in ascending order of them
    static BasketOffer gift(Candidate candidate, BitSet goods, List<Long> units, Shelf shelf) {
        return new BasketOffer(
                candidate,
                goods,
                new Reduction.ByPercent(new Percent(Percent.WHOLE)),
                Optional.empty(),
                List.copyOf(units),
                cost(goods, shelf));
    }

    /// Takes it off.
    ///
    /// @return how much that was
    long take(Shelf shelf) {
        return gifts.isEmpty()
                ? shelf.share(off(shelf), it -> goods.get(it.index()), candidate.source())
                : takeGifts(shelf);
    }

    private long off(Shelf shelf) {
        long cost = cost(goods, shelf);
        long off =
                switch (reduction) {
                    case Reduction.ByAmount(var amount) -> amount.minor();
                    case Reduction.ByPercent(var percent) ->
                            Off.percent(
                                    candidate.standing().onOriginal() ? original : cost,
                                    percent.basisPoints());
                    case Reduction.ToPrice _ ->
                            throw new IllegalStateException("refused by the effect");
                };
        return Math.min(cost, Math.min(off, max.orElse(Long.MAX_VALUE)));
    }

    private long takeGifts(Shelf shelf) {
        long off = 0;
        int place = 0;
        for (int i = goods.nextSetBit(0); i >= 0; i = goods.nextSetBit(i + 1)) {
            long wanted = gifts.get(place++);
            for (int lot = 0; lot < shelf.lots().size() && wanted > 0; lot++) {
                Lot from = shelf.lots().get(lot);
                if (from.goods().index() == i) {
                    long units = Math.min(wanted, from.units());
                    shelf.take(lot, units);
                    shelf.put(
                            from.of(units).cut(from.net(), candidate.source(), Priced.Role.REWARD));
                    off += units * from.net();
                    wanted -= units;
                }
            }
        }
        shelf.close();
        return off;
    }

    private static long cost(BitSet goods, Shelf shelf) {
        long cost = 0;
        for (Lot lot : shelf.lots()) {
            cost += goods.get(lot.goods().index()) ? lot.extended() : 0;
        }
        return cost;
    }
}
