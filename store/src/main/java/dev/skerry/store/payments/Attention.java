package dev.skerry.store.payments;

import dev.skerry.language.Money;
import java.time.Instant;

/// What somebody has to look at, because the machine can do no more about it.
///
/// @param tender that it is about
/// @param amount that is lost, or owed to the customer
public record Attention(
        Why why, String order, String tender, Money amount, String reason, Instant since) {

    /// What has happened.
    public enum Why {
        /// A stored payment was declined when it went up: the merchant bears it.
        LATE_DECLINE,
        /// A gift card had less on it than was taken offline.
        GIFT_CARD_OVERDRAWN,
        /// The customer was charged for what he did not pay, and it could not be undone.
        REVERSAL_REFUSED,
        /// A refund that was promised was refused.
        REFUND_REFUSED
    }
}
