package dev.skerry.store.payments;

import dev.skerry.language.Money;
import dev.skerry.language.payments.Place;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.pricing.CashRounding;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How an order is being paid, or money is given back for it.
///
/// ```
/// OPEN → COMPLETED     what is due is there, or went back; final
/// OPEN ⇄ CANCELLED     nothing is there; opened again if the order is to be paid after all
/// ```
///
/// @param due negative if money is to be given back
/// @param cashDue what is left to pay, or with a minus to give back, if it is done in cash: rounded
/// @param left to pay, or with a minus to give back; what is being asked for does not count as paid
/// @param asking what is being asked for
/// @param change given back in cash
/// @param rounding what paying in cash added to the amount due
/// @param tenders in order, also those that came to nothing
public record Payment(
        String order,
        State state,
        Money due,
        Money left,
        Money cashDue,
        Money asking,
        Money change,
        Money rounding,
        Place place,
        List<Tender> tenders) {

    /// The most tenders of one payment.
    public static final int TENDERS_MAX = 50;

    /// How far it has come.
    public enum State {
        OPEN,
        COMPLETED,
        CANCELLED
    }

    public Payment {
        tenders = List.copyOf(tenders);
    }

    static Payment of(
            String order,
            State state,
            Money due,
            Money change,
            Money rounding,
            Place place,
            List<Tender> tenders,
            Money cashStep) {
        Money zero = Money.zero(due.currency());
        Money paid =
                tenders.stream()
                        .filter(Tender::counts)
                        .map(it -> it.refund() ? it.amount().negated() : it.amount())
                        .reduce(zero, Money::plus);
        Money asking = sum(tenders, Tender::asking, zero);
        Money left = state == State.OPEN ? due.minus(paid) : zero;
        return new Payment(
                order,
                state,
                due,
                left,
                left.plus(CashRounding.difference(left, cashStep)),
                asking,
                change,
                rounding,
                place,
                tenders);
    }

    private static Money sum(List<Tender> tenders, Predicate<Tender> which, Money zero) {
        return tenders.stream().filter(which).map(Tender::amount).reduce(zero, Money::plus);
    }

    /// What may still be asked for.
    Money free() {
        return left.abs().minus(asking);
    }

    /// Nothing but cash has been taken, if anything.
    boolean onlyCash() {
        return tenders.stream()
                .noneMatch(it -> it.asking() || (it.counts() && it.kind() != TenderKind.CASH));
    }

    boolean nothingMoved() {
        return tenders.stream().noneMatch(it -> it.counts() || it.asking());
    }

    @Nullable Tender tender(String id) {
        return tenders.stream().filter(it -> it.id().equals(id)).findFirst().orElse(null);
    }

    /// What of the amount due was paid in cash.
    Money coveredByCash() {
        Money others =
                sum(
                        tenders,
                        it -> it.counts() && it.kind() != TenderKind.CASH,
                        Money.zero(due.currency()));
        return state == State.COMPLETED ? due.minus(others) : Money.zero(due.currency());
    }
}
