package dev.skerry.language.inventory;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import dev.skerry.language.Sku;
import java.time.Instant;

/// What can be had in a store, for its kiosks, tills and boards. The stream stays in the store and is compacted: the newest event of a
/// [#key] stands for it, and what is not in it can be had as always.
public sealed interface AvailabilityEvent {

    /// Its stream's name.
    String STREAM = "local/availability";

    EventForm<AvailabilityEvent> FORM =
            new EventForm<>("dev.skerry.inventory.local.", AvailabilityEvent.class);

    Sku sku();

    /// What it is about; the subject of its CloudEvent: the SKU.
    default String key() {
        return sku().value();
    }

    /// Whether it ends what it is about.
    default boolean ends() {
        return false;
    }

    /// An article cannot be had, or not as always.
    record AvailabilityChanged(Availability availability, Instant at) implements AvailabilityEvent {
        public AvailabilityChanged {
            requireNonNull(availability, "availability");
            requireNonNull(at, "at");
        }

        @Override
        public Sku sku() {
            return availability.sku();
        }
    }

    /// An article can be had as always.
    record AvailabilityRestored(Sku sku, Instant at) implements AvailabilityEvent {
        public AvailabilityRestored {
            requireNonNull(sku, "sku");
            requireNonNull(at, "at");
        }

        @Override
        public boolean ends() {
            return true;
        }
    }
}
