package dev.skerry.store.orders;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import dev.skerry.language.orders.OrderSource;

/// What a cashier may do without asking, and what a guest has to pay for first.
///
/// @param discountMax of a discount or of a lowered price, as a share of the regular one
/// @param returnMax paid back for what comes back without a receipt, a line
/// @param quantityMax of a line: more is a slip of the finger
/// @param kioskPaysFirst what is ordered at a kiosk goes to the kitchen when it is paid, be it at the counter: else guests who never come to
///     pay are cooked for
public record OrderPolicy(
        Percent discountMax, Money returnMax, Quantity quantityMax, boolean kioskPaysFirst) {

    /// 10 %, and 20.00 of an ordinary currency; at a kiosk one pays first.
    public static OrderPolicy defaults(java.util.Currency currency) {
        long unit = (long) Math.pow(10, currency.getDefaultFractionDigits());
        return new OrderPolicy(
                Percent.of(10), new Money(20 * unit, currency), Quantity.of(999), true);
    }

    public OrderPolicy withKioskPaysFirst(boolean first) {
        return new OrderPolicy(discountMax, returnMax, quantityMax, first);
    }

    /// Whether an order from there is made only once it is paid.
    boolean paysFirst(OrderSource source) {
        return kioskPaysFirst && source == OrderSource.KIOSK;
    }
}
