package dev.skerry.store.orders;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;

/// What a cashier may do without asking.
///
/// @param discountMax of a discount or of a lowered price, as a share of the regular one
/// @param returnMax paid back for what comes back without a receipt, a line
/// @param quantityMax of a line: more is a slip of the finger
public record OrderPolicy(Percent discountMax, Money returnMax, Quantity quantityMax) {

    /// 10 %, and 20.00 of an ordinary currency.
    public static OrderPolicy defaults(java.util.Currency currency) {
        long unit = (long) Math.pow(10, currency.getDefaultFractionDigits());
        return new OrderPolicy(Percent.of(10), new Money(20 * unit, currency), Quantity.of(999));
    }
}
