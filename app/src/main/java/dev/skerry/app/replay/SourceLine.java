package dev.skerry.app.replay;

import dev.skerry.language.Quantity;
import java.time.LocalDateTime;
import java.util.List;

/// A line of the folder's baskets that could be read. Amounts are in minor units.
///
/// @param row of the file, from 1
/// @param time store-local
/// @param store as the folder calls it
/// @param line unique in its basket
/// @param quantity below zero where it comes back
/// @param price for one, before discount
/// @param discount and
/// @param coupon for the whole line, not below zero
/// @param amount what was charged
/// @param back it is a return
/// @param fields as they stand in the file
record SourceLine(
        long row,
        LocalDateTime time,
        String store,
        String till,
        String basket,
        String line,
        String sku,
        Quantity quantity,
        long price,
        long discount,
        long coupon,
        long amount,
        boolean back,
        List<String> fields) {

    /// What the retailer has for it, whoever pays; below zero where it comes back.
    long net() {
        return amount + coupon;
    }
}
