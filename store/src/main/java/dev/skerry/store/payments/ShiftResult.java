package dev.skerry.store.payments;

/// What came of a command to a shift.
public sealed interface ShiftResult {

    /// Done, now or when it was asked for before.
    record Done(Shift shift) implements ShiftResult {}

    /// Nothing was done.
    ///
    /// @param detail for people: what was wrong, and the way out
    record Refused(Refusal why, String detail) implements ShiftResult {}
}
