package dev.skerry.store.loyalty;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A customer's points.
///
/// @param counted by HQ
/// @param asOf of that count; null if HQ has counted nothing
/// @param booked by this store, and not in HQ's count
/// @param balance of both; may be below zero, after returns
/// @param reserved for baskets that are being paid
/// @param free to be spent now: what is left, within the cap if the line is down
public record Balance(
        long counted,
        @Nullable Instant asOf,
        long booked,
        long balance,
        long reserved,
        long free) {}
