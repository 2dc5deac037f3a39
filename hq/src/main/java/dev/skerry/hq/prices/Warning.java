package dev.skerry.hq.prices;

import dev.skerry.pricing.Overlaps.Outcome;

/// A promotion of a change and another one may meet on one article.
///
/// @param other which is said already, or is in the same change
/// @param outcome what becomes of both on one unit
public record Warning(String promotion, String other, Outcome outcome) {}
