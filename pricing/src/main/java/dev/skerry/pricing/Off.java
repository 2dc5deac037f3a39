package dev.skerry.pricing;

import dev.skerry.language.Quantity;
import dev.skerry.language.Rounding;

/// How much a reduction takes off.
final class Off {

    private Off() {}

    /// Off so many units of the same goods that cost the same: a percentage is rounded once for all of them.
    ///
    /// @param net minor units of one unit, or of all of a measured line
    static long of(Reduction reduction, Goods goods, long units, long net) {
        return switch (reduction) {
            case Reduction.ToPrice(var price) ->
                    units * Math.max(0, net - measure(goods, price.minor()));
            case Reduction.ByAmount(var amount) ->
                    units * Math.min(net, measure(goods, amount.minor()));
            case Reduction.ByPercent(var percent) ->
                    percent(Math.multiplyExact(units, net), percent.basisPoints());
        };
    }

    /// Off one unit that costs so many minor units.
    static long one(Reduction reduction, long net) {
        return switch (reduction) {
            case Reduction.ToPrice(var price) -> Math.max(0, net - price.minor());
            case Reduction.ByAmount(var amount) -> Math.min(net, amount.minor());
            case Reduction.ByPercent(var percent) -> percent(net, percent.basisPoints());
        };
    }

    static long percent(long amount, long basisPoints) {
        return Rounding.ratio(amount, basisPoints, dev.skerry.language.Percent.WHOLE);
    }

    private static long measure(Goods goods, long perUnit) {
        return goods.measured()
                ? Rounding.ratio(perUnit, goods.thousandths(), Quantity.THOUSANDTHS)
                : perUnit;
    }
}
