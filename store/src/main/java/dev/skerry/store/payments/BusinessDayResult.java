package dev.skerry.store.payments;

/// What came of a command to a business day.
public sealed interface BusinessDayResult {

    /// Done, now or when it was asked for before.
    record Done(BusinessDay day) implements BusinessDayResult {}

    /// Nothing was done.
    ///
    /// @param detail for people: what was wrong, and the way out
    record Refused(Refusal why, String detail) implements BusinessDayResult {}
}
