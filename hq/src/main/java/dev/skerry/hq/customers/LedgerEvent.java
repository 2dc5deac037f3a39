package dev.skerry.hq.customers;

import dev.skerry.language.Money;
import java.time.Instant;
import java.util.List;

/// What HQ itself has counted and put on gift cards; its stream is `local/ledger`.
sealed interface LedgerEvent {

    /// There is so much more on a gift card.
    record GiftCardLoaded(String card, Money amount, String by) implements LedgerEvent {}

    /// The points of all customers have been counted for whom a store has booked something.
    ///
    /// @param upTo everything before this place in what has been followed is counted
    /// @param asOf of the counts that were published
    /// @param bases with which customers began who had points before HQ counted any of theirs
    record PointsCountMade(long upTo, Instant asOf, List<Base> bases) implements LedgerEvent {
        public PointsCountMade {
            bases = List.copyOf(bases);
        }
    }

    /// @param asOf what happened until then is in it
    record Base(String customer, long points, Instant asOf) {}
}
