package dev.skerry.pricing;

/// Who takes something off.
public sealed interface Source {

    /// What kind of promotion it is, for receipts and journals.
    enum Kind {
        PROMOTION,
        COUPON,
        /// For points.
        REWARD
    }

    /// @param name for the receipt
    record OfPromotion(String id, String name, Kind kind) implements Source {}

    /// The store's own markdown.
    record OfMarkdown(String campaign) implements Source {}

    /// A cashier.
    ///
    /// @param wholeBasket or this line only
    record OfCashier(String reason, boolean wholeBasket) implements Source {}
}
