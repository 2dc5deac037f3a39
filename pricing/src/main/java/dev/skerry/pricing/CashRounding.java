package dev.skerry.pricing;

import dev.skerry.language.Money;
import dev.skerry.language.Rounding;

/// What is paid in cash, where the smallest coins are not used. It is a line of its own on the receipt and changes no tax.
public final class CashRounding {

    private CashRounding() {}

    /// What to add to the amount paid in cash: 10.02 in steps of 0.05 gives −0.02. Halves go away from zero.
    ///
    /// @param step above 0
    public static Money difference(Money amount, Money step) {
        long steps = Rounding.ratio(amount.minor(), 1, step.minor());
        return step.times(steps).minus(amount);
    }
}
