package dev.skerry.language.inventory;

/// Why the stock of an article changed.
public enum MovementKind {
    SOLD,
    /// Used up by the recipe of what was sold.
    CONSUMED,
    /// Brought back by a customer.
    RETURNED,
    /// Brought back by a customer, and not fit to be sold again: leaves right after it was returned.
    DAMAGED,
    /// A sale was taken back whole.
    VOIDED,
    RECEIVED,
    WASTED,
    /// Somebody corrected the books, in either direction, and said why.
    ADJUSTED,
    /// The difference that a count found.
    COUNTED,
    /// To another store.
    SENT,
    /// From another store.
    ARRIVED
}
