package dev.skerry.store.payments;

import dev.skerry.language.Money;
import dev.skerry.language.payments.Place;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.pricing.CashRounding;
import java.util.ArrayList;
import java.util.List;

/// Says what a payment would come to, for training: asks nobody, opens no drawer, writes nothing.
final class Rehearsal {

    private final Money cashStep;

    Rehearsal(PaymentsPolicy policy) {
        this.cashStep = policy.cashStep();
    }

    /// @param due negative if money is to be given back
    /// @param offers in order; what is more than is left to pay comes back as change of cash, and is not taken of anything else
    /// @return completed, or open if something is left
    Payment of(String order, Money due, Place place, List<Offer> offers) {
        Money zero = Money.zero(due.currency());
        Money left = due;
        Money change = zero;
        Money rounding = zero;
        List<Tender> tenders = new ArrayList<>();
        for (Offer offer : offers) {
            if (left.isZero()) {
                break;
            }
            boolean back = left.isNegative();
            boolean cash = offer.kind() == TenderKind.CASH;
            Money wanted = (cash ? left.plus(CashRounding.difference(left, cashStep)) : left).abs();
            Money offered = offer.amount() == null ? wanted : offer.amount();
            Money amount = cash && !back ? offered : offered.min(wanted);
            tenders.add(tender(offer, amount, back, place));
            if (amount.compareTo(wanted) < 0) {
                left = back ? left.plus(amount) : left.minus(amount);
            } else {
                rounding = (back ? wanted.negated() : wanted).minus(left);
                change = amount.minus(wanted);
                left = zero;
            }
        }
        return Payment.of(
                order,
                left.isZero() ? Payment.State.COMPLETED : Payment.State.OPEN,
                due,
                change,
                rounding,
                place,
                tenders,
                cashStep);
    }

    private static Tender tender(Offer offer, Money amount, boolean back, Place place) {
        return new Tender(
                offer.tender(),
                offer.order(),
                back,
                offer.kind(),
                back ? Tender.State.GIVEN : Tender.State.TAKEN,
                amount,
                amount,
                offer.account(),
                null,
                null,
                null,
                null,
                false,
                place,
                offer.by());
    }
}
