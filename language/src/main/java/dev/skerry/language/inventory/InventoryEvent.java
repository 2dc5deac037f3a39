package dev.skerry.language.inventory;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What moved the stock of a store; its stream is `store-…/inventory`.
///
/// The stock of an article is what its last count found (by the time at which the shelf was looked at; of two at the same
/// millisecond, the greater document id) and all movements after that time; without a count, the sum of all movements. So it depends on
/// what happened, and not on the order in which it became known.
public sealed interface InventoryEvent {

    EventForm<InventoryEvent> FORM = new EventForm<>("dev.skerry.inventory.", InventoryEvent.class);

    /// What decided that an article ran out, or is back.
    enum Cause {
        /// The stock passed the article's threshold.
        THRESHOLD,
        /// A person said so.
        HAND,
        /// Goods were received, or were found by a count.
        GOODS_SEEN
    }

    /// An order was paid: what it sold, used up and took back.
    ///
    /// @param at when it was paid
    record GoodsSold(String order, Instant at, LocalDate businessDay, List<Movement> movements)
            implements InventoryEvent {
        public GoodsSold {
            requireNonNull(order, "order");
            requireNonNull(at, "at");
            movements = List.copyOf(movements);
        }
    }

    /// A paid order was taken back whole; all that it had moved is moved back.
    record SaleTakenBack(String order, Instant at, List<Movement> movements)
            implements InventoryEvent {
        public SaleTakenBack {
            requireNonNull(order, "order");
            requireNonNull(at, "at");
            movements = List.copyOf(movements);
        }
    }

    /// A delivery came.
    ///
    /// @param document its id, unique among all documents of the store
    /// @param delivery the supplier's number of it; null if there is none
    record GoodsReceived(
            String document,
            Instant at,
            String supplier,
            @Nullable String delivery,
            List<StockLine> lines,
            String by,
            String device)
            implements InventoryEvent {
        public GoodsReceived {
            requireNonNull(document, "document");
            requireNonNull(at, "at");
            lines = List.copyOf(lines);
        }
    }

    /// Goods were thrown away, given away, eaten.
    ///
    /// @param lines as they were written down; a dish may be among them
    /// @param movements what that takes from the stock; of a dish, its ingredients
    record GoodsWasted(
            String document,
            Instant at,
            String reason,
            List<StockLine> lines,
            List<Movement> movements,
            String by,
            String device)
            implements InventoryEvent {
        public GoodsWasted {
            requireNonNull(document, "document");
            requireNonNull(at, "at");
            requireNonNull(reason, "reason");
            lines = List.copyOf(lines);
            movements = List.copyOf(movements);
        }
    }

    /// Somebody corrected the books, and said why: broken in the store room, delivered and never booked, taken for the store's own use.
    ///
    /// @param movements by how much; above zero for what is there and was not in the books
    record GoodsAdjusted(
            String document,
            Instant at,
            String reason,
            List<Movement> movements,
            String by,
            String device)
            implements InventoryEvent {
        public GoodsAdjusted {
            requireNonNull(document, "document");
            requireNonNull(at, "at");
            requireNonNull(reason, "reason");
            movements = List.copyOf(movements);
        }
    }

    /// Somebody looked at shelves.
    record GoodsCounted(
            String document, Instant at, List<CountLine> lines, String by, String device)
            implements InventoryEvent {
        public GoodsCounted {
            requireNonNull(document, "document");
            requireNonNull(at, "at");
            lines = List.copyOf(lines);
        }
    }

    /// Goods left for another store.
    ///
    /// @param to such as `store-0043`
    record GoodsSent(
            String document, Instant at, String to, List<StockLine> lines, String by, String device)
            implements InventoryEvent {
        public GoodsSent {
            requireNonNull(document, "document");
            requireNonNull(at, "at");
            requireNonNull(to, "to");
            lines = List.copyOf(lines);
        }
    }

    /// Goods came from another store.
    ///
    /// @param from such as `store-0043`
    /// @param sent the id of the other store's document; null if it is not known
    record GoodsArrived(
            String document,
            Instant at,
            String from,
            @Nullable String sent,
            List<StockLine> lines,
            String by,
            String device)
            implements InventoryEvent {
        public GoodsArrived {
            requireNonNull(document, "document");
            requireNonNull(at, "at");
            requireNonNull(from, "from");
            lines = List.copyOf(lines);
        }
    }

    /// An article cannot be had any more, and nothing that needs it can be made.
    ///
    /// @param stock as the books say it
    /// @param by empty where the stock decided
    record ItemRanOut(Sku sku, Cause cause, Quantity stock, Instant at, String by)
            implements InventoryEvent {
        public ItemRanOut {
            requireNonNull(sku, "sku");
            requireNonNull(cause, "cause");
        }
    }

    /// An article can be had again.
    ///
    /// @param stock as the books say it
    /// @param by empty where the stock decided
    record ItemBackInStock(Sku sku, Cause cause, Quantity stock, Instant at, String by)
            implements InventoryEvent {
        public ItemBackInStock {
            requireNonNull(sku, "sku");
            requireNonNull(cause, "cause");
        }
    }

    /// From now on an article counts as run out when its stock is this or less.
    ///
    /// @param threshold null: its stock does not decide that
    record ThresholdSet(Sku sku, @Nullable Quantity threshold, String by)
            implements InventoryEvent {
        public ThresholdSet {
            requireNonNull(sku, "sku");
        }
    }
}
