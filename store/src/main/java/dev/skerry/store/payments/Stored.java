package dev.skerry.store.payments;

import java.util.List;

/// Card payments that lie in the store, the oldest first, beside their limits.
///
/// @param lying counts, as the limits see them
public record Stored(OfflineLimits limits, OfflineLimits.Lying lying, List<Tender> tenders) {

    /// The most that are listed.
    public static final int LISTED_MAX = 500;

    public Stored {
        tenders = List.copyOf(tenders);
    }
}
