package dev.skerry.store.loyalty;

import dev.skerry.language.loyalty.OfferEvent.OfferMade;
import dev.skerry.store.loyalty.CouponState.Status;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides whether a code may be used.
final class Coupons {

    private Coupons() {}

    /// What has become of what is good once.
    interface Uses {

        boolean used(Once once);

        /// By another basket.
        boolean reserved(Once once);
    }

    /// @param offers that have this code
    /// @param customer who shows it; null if nobody is known
    /// @param segments the customer's
    /// @param at store-local
    static CouponState state(
            String code,
            List<OfferMade> offers,
            @Nullable String customer,
            List<String> segments,
            LocalDateTime at,
            Uses uses) {
        return offers.stream()
                .map(offer ->
                        new CouponState(
                                code,
                                status(offer, customer, segments, at, uses),
                                offer.opens(),
                                offer))
                .min(Comparator.comparing(CouponState::status).thenComparing(Coupons::id))
                .orElse(new CouponState(code, Status.UNKNOWN, code, null));
    }

    private static String id(CouponState state) {
        OfferMade offer = state.offer();
        return offer == null ? "" : offer.id();
    }

    private static Status status(
            OfferMade offer,
            @Nullable String customer,
            List<String> segments,
            LocalDateTime at,
            Uses uses) {
        LocalDateTime to = offer.validTo();
        if (!concerns(offer, customer, segments)) {
            return Status.OF_ANOTHER;
        }
        if (at.isBefore(offer.validFrom())) {
            return Status.NOT_YET;
        }
        if (to != null && !at.isBefore(to)) {
            return Status.OVER;
        }
        Optional<Once> once = once(offer, customer);
        if (once.filter(uses::used).isPresent()) {
            return Status.USED;
        }
        return once.filter(uses::reserved).isPresent() ? Status.RESERVED : Status.FREE;
    }

    static boolean concerns(OfferMade offer, @Nullable String customer, List<String> segments) {
        String segment = offer.segment();
        return offer.customer() != null
                ? offer.customer().equals(customer)
                : segment == null || (customer != null && segments.contains(segment));
    }

    /// Empty if it is good any number of times.
    static Optional<Once> once(OfferMade offer, @Nullable String customer) {
        return offer.singleUse()
                ? Optional.of(new Once(offer.code(), offer.segment() == null ? null : customer))
                : Optional.empty();
    }
}
