package dev.skerry.language.loyalty;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/// Offers of headquarters to customers, each with a code. The stream is compacted: the newest event of a [#key] stands for it.
public sealed interface OfferEvent {

    /// Its stream's name.
    String STREAM = "hq/offers";

    EventForm<OfferEvent> FORM = new EventForm<>("dev.skerry.offers.", OfferEvent.class);

    /// What it is about; the subject of its CloudEvent.
    String key();

    /// Whether it ends what it is about.
    default boolean ends() {
        return false;
    }

    /// An offer is new, or has changed. It is for one customer, for a segment, or, where both are null, for who has the code: a
    /// voucher.
    ///
    /// @param customer null if it is not for one
    /// @param segment null if it is not for one
    /// @param code what a scanner or a cashier gives; one of its own where the offer is good once
    /// @param coupon the code of the promotions that it opens; null if that is the same
    /// @param title as shown to the customer
    /// @param validFrom store-local
    /// @param validTo store-local, then it is over; null for no end
    /// @param singleUse good once; where it is for a segment: once for each customer
    record OfferMade(
            String id,
            @Nullable String customer,
            @Nullable String segment,
            String code,
            @Nullable String coupon,
            String title,
            LocalDateTime validFrom,
            @Nullable LocalDateTime validTo,
            boolean singleUse)
            implements OfferEvent {
        public OfferMade {
            requireNonNull(id, "id");
            requireNonNull(code, "code");
            requireNonNull(title, "title");
            requireNonNull(validFrom, "validFrom");
            if (customer != null && segment != null) {
                throw new IllegalArgumentException(
                        "an offer is for a customer or for a segment, not for both");
            }
        }

        @Override
        public String key() {
            return "offer/" + id;
        }

        /// The code of the promotions that it opens.
        public String opens() {
            return coupon == null ? code : coupon;
        }
    }

    /// An offer is none any more, whatever its validity says.
    record OfferWithdrawn(String id) implements OfferEvent {
        public OfferWithdrawn {
            requireNonNull(id, "id");
        }

        @Override
        public String key() {
            return "offer/" + id;
        }

        @Override
        public boolean ends() {
            return true;
        }
    }

    /// A code that is good once has been used, in whatever store.
    ///
    /// @param customer for whom it was good once; null if it is good once for all
    record CodeUsedUp(String code, @Nullable String customer, String store, Instant at)
            implements OfferEvent {
        public CodeUsedUp {
            requireNonNull(code, "code");
            requireNonNull(store, "store");
            requireNonNull(at, "at");
        }

        @Override
        public String key() {
            return used(code, customer);
        }
    }

    /// A code that was used is good again, because the order was taken back.
    record CodeFreed(String code, @Nullable String customer) implements OfferEvent {
        public CodeFreed {
            requireNonNull(code, "code");
        }

        @Override
        public String key() {
            return used(code, customer);
        }

        @Override
        public boolean ends() {
            return true;
        }
    }

    private static String used(String code, @Nullable String customer) {
        return "used/" + code + (customer == null ? "" : "/" + customer);
    }
}
