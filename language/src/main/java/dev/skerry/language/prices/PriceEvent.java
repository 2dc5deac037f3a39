package dev.skerry.language.prices;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import dev.skerry.language.Money;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Unit;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/// What headquarters asks for an article, where and when. The stream is compacted: the newest event of a [#key] stands for it.
///
/// Of the prices that are valid at a store-local time, the store's goes before its zone's, and that before the chain's; within a level
/// the latest `validFrom`, then the higher priority, then the lower id.
public sealed interface PriceEvent {

    /// Its stream's name.
    String STREAM = "hq/prices";

    EventForm<PriceEvent> FORM = new EventForm<>("dev.skerry.prices.", PriceEvent.class);

    /// For whom a price is; a later one goes before an earlier one.
    enum Level {
        CHAIN,
        ZONE,
        STORE
    }

    /// A price's place: two prices with the same place are one price that changed.
    ///
    /// @param of the zone, or the store such as `store-0042`; null for the chain
    /// @param validFrom store-local
    /// @param priority the higher one wins where all else is equal; 0 if nothing is special
    record Place(Sku sku, Level level, @Nullable String of, LocalDateTime validFrom, int priority) {
        public Place {
            requireNonNull(sku, "sku");
            requireNonNull(level, "level");
            requireNonNull(validFrom, "validFrom");
            if ((of == null) != (level == Level.CHAIN)
                    || (of != null && (of.isEmpty() || of.contains("/")))) {
                throw new IllegalArgumentException(
                        "a price is of the chain, of a zone that is named, or of a store that is named; not of "
                                + level
                                + " "
                                + of);
            }
        }

        /// The SKU stands last, because it may hold anything.
        String key() {
            return level
                    + "/"
                    + (of == null ? "" : of)
                    + "/"
                    + validFrom
                    + "/"
                    + priority
                    + "/"
                    + sku;
        }
    }

    /// What it is about; the subject of its CloudEvent.
    default String key() {
        return place().key();
    }

    Place place();

    /// Whether it ends what it is about.
    default boolean ends() {
        return false;
    }

    /// An article costs this.
    ///
    /// @param id of this price, so that a sale can say with what it was priced
    /// @param price for one unit, not below zero
    /// @param validTo store-local, when it has ended; null if that is not known
    record PriceSet(String id, Place place, Money price, Unit unit, @Nullable LocalDateTime validTo)
            implements PriceEvent {
        public PriceSet {
            requireNonNull(id, "id");
            requireNonNull(place, "place");
            requireNonNull(unit, "unit");
            if (price.isNegative()) {
                throw new IllegalArgumentException("a price is not below zero: " + price);
            }
            if (validTo != null && !place.validFrom.isBefore(validTo)) {
                throw new IllegalArgumentException(
                        "a price ends after it begins: " + place.validFrom + ", " + validTo);
            }
        }
    }

    /// It was never meant to cost that. A price that ends on a date says so by its `validTo` instead.
    record PriceRemoved(Place place) implements PriceEvent {
        public PriceRemoved {
            requireNonNull(place, "place");
        }

        @Override
        public boolean ends() {
            return true;
        }
    }
}
