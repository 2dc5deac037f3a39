package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;

/// How a price goes down. It never goes up, and never below zero: what would, changes nothing or stops at zero.
public sealed interface Reduction {

    /// To this price for one unit (a kilogram, where that is the unit). A lower price stays.
    record ToPrice(Money price) implements Reduction {
        public ToPrice {
            if (price.isNegative()) {
                throw new IllegalArgumentException("a price of 0 or more, not " + price);
            }
        }
    }

    /// By this much for one unit, unless what holds it says otherwise.
    record ByAmount(Money amount) implements Reduction {
        public ByAmount {
            if (amount.isNegative()) {
                throw new IllegalArgumentException("an amount of 0 or more, not " + amount);
            }
        }
    }

    /// By this share, rounded once for all units of a kind, not for each.
    record ByPercent(Percent percent) implements Reduction {
        public ByPercent {
            requireNonNull(percent, "percent");
            if (percent.basisPoints() < 0 || percent.basisPoints() > Percent.WHOLE) {
                throw new IllegalArgumentException("from 0 to 100 %, not " + percent);
            }
        }
    }
}
