package dev.skerry.store.loyalty;

import dev.skerry.language.loyalty.OfferEvent.OfferMade;
import org.jspecify.annotations.Nullable;

/// Whether a code may be used now.
///
/// @param coupon the code of the promotions that it opens
/// @param offer that it belongs to; null if it is unknown
public record CouponState(String code, Status status, String coupon, @Nullable OfferMade offer) {

    /// From what serves the customer best on; where a code belongs to several offers, the best counts.
    public enum Status {
        FREE,
        /// A basket that is being paid has it.
        RESERVED,
        /// It was good once.
        USED,
        NOT_YET,
        OVER,
        /// It is for another customer, or for a segment that this one is not in.
        OF_ANOTHER,
        /// It belongs to no offer. It may be the coupon of a promotion, which is good for everybody, any number of times.
        UNKNOWN
    }
}
