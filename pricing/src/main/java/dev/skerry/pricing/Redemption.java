package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

/// A reward that the customer wants for points.
///
/// @param promotion the promotion with the [Effect.Reward]
/// @param times how often, at least once
public record Redemption(String promotion, int times) {
    public Redemption {
        requireNonNull(promotion, "promotion");
        if (times < 1) {
            throw new IllegalArgumentException("at least once, not " + times);
        }
    }
}
