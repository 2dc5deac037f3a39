package dev.skerry.pricing;

/// Who takes something off.
public sealed interface Source {

    /// @param name for the receipt
    record OfPromotion(String id, String name) implements Source {}

    /// The store's own markdown.
    record OfMarkdown(String campaign) implements Source {}

    /// A cashier.
    ///
    /// @param wholeBasket or this line only
    record OfCashier(String reason, boolean wholeBasket) implements Source {}
}
