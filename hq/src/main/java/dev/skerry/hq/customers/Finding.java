package dev.skerry.hq.customers;

import java.time.Instant;

/// What stores could not know of each other, and somebody should look at.
///
/// @param about the code, or the number of the gift card or loyalty card
/// @param store where it came to light, such as `store-0042`
/// @param detail in words
public record Finding(
        Kind kind, String about, String store, String order, Instant at, String detail) {

    public enum Kind {
        /// A code that was good once was used once more.
        CODE_USED_AGAIN,
        GIFT_CARD_OVERDRAWN,
        /// Somebody was signed up with a card that is another customer's.
        CARD_TAKEN
    }
}
