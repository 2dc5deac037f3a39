package dev.skerry.store.loyalty;

/// What came of reserving points and codes for a basket that is to be paid.
public sealed interface Reserving {

    /// They are this basket's until it is paid or released.
    record Reserved(long points) implements Reserving {}

    /// @param free what the customer could spend
    record NotEnough(long free) implements Reserving {}

    /// The line is down, and this is more than may be spent then.
    ///
    /// @param free what may be spent
    record AboveOfflineCap(long free) implements Reserving {}

    /// The customer's cards are not taken.
    record Blocked() implements Reserving {}

    /// @param status why; never [CouponState.Status#FREE] nor [CouponState.Status#UNKNOWN]
    record CodeRefused(String code, CouponState.Status status) implements Reserving {}

    /// The order has been paid and booked already: there is nothing to reserve for.
    record Finished() implements Reserving {}
}
