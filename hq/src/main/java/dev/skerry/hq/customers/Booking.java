package dev.skerry.hq.customers;

import java.time.Instant;

/// A store has changed a customer's points.
///
/// @param store such as `store-0042`
/// @param why as the store says: `EARNED`, `REDEEMED`, `RETURNED` or `VOIDED`
public record Booking(String store, Instant at, String order, String why, long points) {}
