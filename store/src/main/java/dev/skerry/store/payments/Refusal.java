package dev.skerry.store.payments;

/// Why nothing was done.
public enum Refusal {
    NO_SUCH_PAYMENT,
    NO_SUCH_TENDER,
    /// The id stands for something else already.
    ID_USED,
    /// Paid already, or cancelled.
    NOT_OPEN,
    WRONG_CURRENCY,
    WRONG_AMOUNT,
    /// More than is left.
    TOO_MUCH,
    TOO_MANY_TENDERS,
    /// Another tender of this payment waits for its answer.
    STILL_ASKING,
    /// It needs the number of a gift card or voucher, the code of a coupon, a customer's account.
    NO_ACCOUNT,
    /// It looks like the number of a payment card.
    CARD_NUMBER,
    VOUCHER_USED,
    VOUCHER_WORTH,
    /// Money has gone back already.
    MONEY_WENT_BACK,
    /// It was not paid so, or not so much of it.
    NOT_PAID_SO,
    /// A tender that is paid for cannot be handed back; it is refunded.
    NOT_NOW,
    NO_BUSINESS_DAY,
    BUSINESS_DAY_OPEN,
    BUSINESS_DAY_OVER,
    BUSINESS_DAY_AHEAD,
    NO_SHIFT,
    NO_SUCH_SHIFT,
    SHIFT_OPEN,
    SHIFT_CLOSED,
    SHIFTS_OPEN,
    NOT_COUNTED,
    /// Payments of the shift are neither completed nor cancelled.
    UNFINISHED_PAYMENTS,
    /// More cash than is in the drawer.
    NOT_IN_DRAWER
}
