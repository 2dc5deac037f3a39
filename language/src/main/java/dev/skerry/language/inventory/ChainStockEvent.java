package dev.skerry.language.inventory;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import java.time.Instant;

/// What headquarters knows of the stock of stores, for other stores. The stream is compacted: the newest event of a [#key] stands for
/// it.
public sealed interface ChainStockEvent {

    /// Its stream's name.
    String STREAM = "hq/stock";

    EventForm<ChainStockEvent> FORM =
            new EventForm<>("dev.skerry.chainstock.", ChainStockEvent.class);

    Sku sku();

    /// Such as `store-0043`.
    String store();

    /// What it is about; the subject of its CloudEvent. The SKU stands last, because it may hold anything.
    default String key() {
        return store() + "/" + sku();
    }

    /// Whether it ends what it is about.
    default boolean ends() {
        return false;
    }

    /// A store has so much of an article.
    ///
    /// @param asOf the time of that store's own event by which headquarters knows it: says how old the figure is
    record StoreStockChanged(String store, Sku sku, Quantity quantity, Instant asOf)
            implements ChainStockEvent {
        public StoreStockChanged {
            requireNonNull(store, "store");
            requireNonNull(sku, "sku");
            requireNonNull(quantity, "quantity");
            requireNonNull(asOf, "asOf");
        }
    }

    /// A store does not have the article in its assortment any more, or is closed.
    record StoreStockRemoved(String store, Sku sku) implements ChainStockEvent {
        public StoreStockRemoved {
            requireNonNull(store, "store");
            requireNonNull(sku, "sku");
        }

        @Override
        public boolean ends() {
            return true;
        }
    }
}
