package dev.skerry.store.inventory;

/// What came of a document about goods.
public sealed interface StockResult {

    /// Written down, now or before.
    record Recorded(StockDocument document) implements StockResult {}

    /// Nothing was done.
    ///
    /// @param detail for people: what was wrong, and the way out
    record Refused(Refusal why, String detail) implements StockResult {}

    /// Why nothing was done.
    enum Refusal {
        MALFORMED_DOCUMENT,
        WRONG_QUANTITY,
        /// A dish has no stock of its own.
        NOT_STOCKED,
        /// An article stands in a count twice.
        COUNTED_TWICE,
        /// It has not happened yet.
        IN_THE_FUTURE,
        TOO_LONG_AGO,
        /// Another document has this id.
        ID_TAKEN
    }
}
