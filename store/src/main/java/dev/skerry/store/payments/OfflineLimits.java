package dev.skerry.store.payments;

import dev.skerry.language.Money;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How much the merchant dares to take by card without an answer from the acquirer. All four hold at once.
///
/// @param perSaleMax for one order, by all its cards
/// @param storedMax how many payments may lie in the store
/// @param storedTotalMax what they may come to together
/// @param oldestAgeMax once the oldest is older, no more are taken until it has gone up
public record OfflineLimits(
        Money perSaleMax, int storedMax, Money storedTotalMax, Duration oldestAgeMax) {

    /// What lies in the store. What is being asked for and may be stored counts as stored.
    ///
    /// @param inSale what is stored for the order in question
    /// @param oldest null if nothing lies there
    public record Lying(int count, Money total, Money inSale, @Nullable Instant oldest) {}

    /// Whether one more payment may be stored.
    boolean allow(Money amount, Lying lying, Instant now) {
        return lying.inSale().plus(amount).compareTo(perSaleMax) <= 0
                && lying.count() < storedMax
                && lying.total().plus(amount).compareTo(storedTotalMax) <= 0
                && (lying.oldest() == null
                        || lying.oldest().plus(oldestAgeMax).compareTo(now) >= 0);
    }
}
