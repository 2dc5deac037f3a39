package dev.skerry.language.orders;

import java.time.LocalDate;

/// The number of a receipt: at each till of a store they count from 1 on each business day, without a gap.
///
/// @param store its id, such as `0042`
/// @param till the device that made it
public record ReceiptNumber(String store, String till, LocalDate businessDay, int sequence) {

    /// As printed: `0042-till3-20260301-0017`.
    @Override
    public String toString() {
        return "%s-%s-%s-%04d"
                .formatted(store, till, businessDay.toString().replace("-", ""), sequence);
    }
}
