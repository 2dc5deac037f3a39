package dev.skerry.language.payments;

import org.jspecify.annotations.Nullable;

/// What is given back.
///
/// @param order that had been paid
/// @param tender it had been paid with; null where all cash of an order is meant, or it is given back in another way
public record RefundOf(String order, @Nullable String tender) {}
