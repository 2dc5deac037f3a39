package dev.skerry.pricing;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What comes back to a customer who brings goods back: what was paid for them. All partial refunds together are exactly
/// what was paid, whatever the parts.
public final class Refunds {

    private Refunds() {}

    /// @param net what was paid for the goods, with tax if prices contain it
    /// @param tax contained in net, or on top of it
    /// @param total to be paid back
    public record Refund(Money net, Money tax, Money total) {

        private Refund minus(Refund other) {
            return new Refund(net.minus(other.net), tax.minus(other.tax), total.minus(other.total));
        }
    }

    /// Units come back in the order of the line's runs, so those that were dearest come back first.
    ///
    /// @param before how much of the line came back earlier
    /// @param now how much comes back now
    /// @throws IllegalArgumentException if that is more than was sold
    public static Refund of(Priced sale, int line, Quantity before, Quantity now) {
        Priced.Line sold = sale.line(line);
        Quantity after = before.plus(now);
        if (before.isNegative()
                || now.isNegative()
                || after.compareTo(sold.of().quantity()) > 0
                || (!sold.of().article().measured() && !(before.isWhole() && now.isWhole()))) {
            throw new IllegalArgumentException(
                    "line %d: of %s sold, %s came back, and now %s"
                            .formatted(line, sold.of().quantity(), before, now));
        }
        return first(sale, sold, after).minus(first(sale, sold, before));
    }

    /// What comes back if discounts are lost that what is kept does not earn.
    ///
    /// @param refunded what was paid back before
    /// @param kept what the customer keeps, priced with the sale's promotion book at the sale's time: see [#kept]
    /// @return never below zero
    public static Money clawedBack(Priced sale, Money refunded, Priced kept) {
        return sale.total()
                .minus(refunded)
                .minus(kept.total())
                .max(Money.zero(sale.total().currency()));
    }

    /// The basket without what came back.
    ///
    /// @param returned how much of each line, in all
    public static Basket kept(Basket basket, Map<Integer, Quantity> returned) {
        List<BasketLine> lines = new ArrayList<>();
        for (BasketLine line : basket.lines()) {
            Quantity left =
                    line.quantity().minus(returned.getOrDefault(line.line(), Quantity.ZERO));
            if (left.isPositive()) {
                lines.add(line.of(left));
            }
        }
        return basket.with(lines);
    }

    /// What was paid for this much of a line, from its first unit on.
    private static Refund first(Priced sale, Priced.Line line, Quantity quantity) {
        Money net = Money.zero(line.net().currency());
        if (line.of().article().measured()) {
            net =
                    new Money(
                            Rounding.ratio(
                                    line.net().minor(),
                                    quantity.thousandths(),
                                    line.of().quantity().thousandths()),
                            net.currency());
        } else {
            Quantity left = quantity;
            for (Priced.Run run : line.runs()) {
                Quantity some = left.compareTo(run.quantity()) < 0 ? left : run.quantity();
                net = net.plus(run.each().times(some));
                left = left.minus(some);
            }
        }
        Money tax =
                line.net().isZero()
                        ? Money.zero(net.currency())
                        : new Money(
                                Rounding.ratio(
                                        line.tax().minor(),
                                        net.abs().minor(),
                                        line.net().abs().minor()),
                                net.currency());
        boolean added = !sale.total().equals(sale.net());
        return new Refund(net, tax, added ? net.plus(tax) : net);
    }
}
