package dev.skerry.hq.prices;

import java.time.LocalDateTime;

/// With which prices and promotions a store sells, as its last sale says.
///
/// @param store such as `store-0042`
/// @param prices everything before this offset of `hq/prices` was in its book
/// @param promotions the same of `hq/promotions`
/// @param at store-local time of that sale
/// @param current nothing has been published since
public record BookVersion(
        String store, long prices, long promotions, LocalDateTime at, boolean current) {}
