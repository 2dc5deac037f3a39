package dev.skerry.language.payments;

/// What one pays with.
public enum TenderKind {
    CASH,
    CARD,
    GIFT_CARD,
    /// Of the chain's own: given for a return, or sold.
    VOUCHER,
    /// The manufacturer pays for it, so it is a tender and no discount.
    MANUFACTURER_COUPON,
    /// The customer gets a bill.
    ON_ACCOUNT
}
