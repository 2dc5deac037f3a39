package dev.skerry.language.payments;

import dev.skerry.language.Money;

/// What came in by one kind of tender.
///
/// @param count how many tenders were taken and kept
/// @param received what was taken, less change, and less what was handed back before its order was paid
/// @param refunded what went back for paid orders; 0 or more
public record TenderTakings(TenderKind kind, int count, Money received, Money refunded) {

    /// What is left.
    public Money net() {
        return received.minus(refunded);
    }
}
