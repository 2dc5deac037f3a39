package dev.skerry.store.payments;

import dev.skerry.language.Money;
import dev.skerry.language.payments.PaidCard;
import dev.skerry.language.payments.PaidTender;
import dev.skerry.language.payments.Place;
import dev.skerry.language.payments.RefundOf;
import dev.skerry.language.payments.TenderKind;
import org.jspecify.annotations.Nullable;

/// What a customer pays with, or what is given back to one.
///
/// ```
/// paid:     TAKEN                                   cash, voucher, coupon, on account
///           REQUESTED → APPROVED | DECLINED | STORED | UNKNOWN
///           STORED → FORWARDED → APPROVED_LATE | DECLINED_LATE      (FORWARDED may be skipped)
///           STORED → CANCELLING → CANCELLED         refunded before it went up
///           UNKNOWN → REVERSED | REVERSAL_REFUSED
///           before the order is paid: TAKEN → WITHDRAWN; REQUESTED, APPROVED, STORED → REVERSING → REVERSED | REVERSAL_REFUSED
/// refunded: GIVEN
///           REQUESTED → GIVEN | DECLINED
///           PROMISED → GIVEN | DROPPED | PROMISE_REFUSED
/// ```
///
/// @param id the client's, unique in the store
/// @param amount taken, or asked for; for a refund what was due of it
/// @param paid what a refund came to after cash rounding; else the amount
/// @param account number of a gift card or voucher, code of a coupon, account of a customer; null if there is none
/// @param reason why it was declined; null if it was not
/// @param of what is refunded; null if it is no refund, or of something that is not known here
/// @param mayStore may be, or is, taken without an answer from afar
public record Tender(
        String id,
        String order,
        boolean refund,
        TenderKind kind,
        State state,
        Money amount,
        Money paid,
        @Nullable String account,
        @Nullable PaidCard card,
        @Nullable String approvalCode,
        @Nullable String reason,
        @Nullable RefundOf of,
        boolean mayStore,
        Place place,
        String by) {

    /// How far it has come.
    public enum State {
        REQUESTED,
        TAKEN,
        APPROVED,
        STORED,
        FORWARDED,
        APPROVED_LATE,
        DECLINED_LATE,
        CANCELLING,
        CANCELLED,
        DECLINED,
        UNKNOWN,
        WITHDRAWN,
        REVERSING,
        REVERSED,
        REVERSAL_REFUSED,
        GIVEN,
        PROMISED,
        DROPPED,
        PROMISE_REFUSED
    }

    /// Counts for its payment: the goods are paid by it, or it has gone back to the customer.
    boolean counts() {
        return switch (state) {
            case TAKEN,
                    APPROVED,
                    STORED,
                    FORWARDED,
                    APPROVED_LATE,
                    DECLINED_LATE,
                    CANCELLING,
                    CANCELLED,
                    GIVEN,
                    PROMISED,
                    DROPPED,
                    PROMISE_REFUSED ->
                    true;
            case REQUESTED, DECLINED, UNKNOWN, WITHDRAWN, REVERSING, REVERSED, REVERSAL_REFUSED ->
                    false;
        };
    }

    /// An answer is outstanding.
    boolean asking() {
        return state == State.REQUESTED;
    }

    boolean sameAs(TenderKind itsKind, String itsOrder, boolean isRefund) {
        return kind == itsKind && order.equals(itsOrder) && refund == isRefund;
    }

    PaidTender forReceipt() {
        return new PaidTender(
                id,
                kind,
                refund ? paid.negated() : amount,
                detail(),
                state == State.STORED || state == State.FORWARDED || state == State.PROMISED);
    }

    private @Nullable String detail() {
        if (card != null) {
            return card.toString();
        }
        String number = account;
        if (number == null || kind != TenderKind.GIFT_CARD) {
            return number;
        }
        return "**** " + number.substring(Math.max(0, number.length() - 4));
    }
}
