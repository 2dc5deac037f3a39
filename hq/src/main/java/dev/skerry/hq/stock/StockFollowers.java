package dev.skerry.hq.stock;

import dev.skerry.context.Book;
import dev.skerry.context.Handle;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.CatalogEvent.ArticleRemoved;
import dev.skerry.language.catalog.CatalogEvent.LotRecalled;
import dev.skerry.language.catalog.CatalogEvent.LotReleased;
import dev.skerry.language.catalog.CatalogEvent.SectionChanged;
import dev.skerry.language.catalog.CatalogEvent.SectionRemoved;
import dev.skerry.language.inventory.ChainStockEvent.StoreStockChanged;
import dev.skerry.language.inventory.ChainStockEvent.StoreStockRemoved;
import dev.skerry.language.inventory.CountLine;
import dev.skerry.language.inventory.InventoryEvent;
import dev.skerry.language.inventory.InventoryEvent.GoodsAdjusted;
import dev.skerry.language.inventory.InventoryEvent.GoodsArrived;
import dev.skerry.language.inventory.InventoryEvent.GoodsCounted;
import dev.skerry.language.inventory.InventoryEvent.GoodsReceived;
import dev.skerry.language.inventory.InventoryEvent.GoodsSent;
import dev.skerry.language.inventory.InventoryEvent.GoodsSold;
import dev.skerry.language.inventory.InventoryEvent.GoodsWasted;
import dev.skerry.language.inventory.InventoryEvent.ItemBackInStock;
import dev.skerry.language.inventory.InventoryEvent.ItemRanOut;
import dev.skerry.language.inventory.InventoryEvent.SaleTakenBack;
import dev.skerry.language.inventory.InventoryEvent.ThresholdSet;
import dev.skerry.language.inventory.Movement;
import dev.skerry.language.inventory.StockLine;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Keeps the levels and transfers as stores tell them, and tells stores what others have.
final class StockFollowers {

    private StockFollowers() {}

    /// Of `store-*/inventory`.
    static final class OfStores implements Book.Reaction<Object> {

        @Override
        public void react(Event event, Handle tables, Consumer<Object> publish) {
            CloudEvent envelope = CloudEvents.read(event);
            InventoryEvent.FORM
                    .read(envelope)
                    .ifPresent(it ->
                            new Telling(store(event), envelope.time(), tables, publish).take(it));
        }

        /// `store-0042` of `store-0042/inventory`.
        private static String store(Event event) {
            String stream = event.stream().value();
            return stream.substring(0, stream.indexOf('/'));
        }

        @Override
        public boolean startOver(Handle tables) {
            StockTables.forgetStores(tables);
            return true;
        }
    }

    /// Of one event of one store.
    private record Telling(String store, Instant known, Handle tables, Consumer<Object> publish) {

        void take(InventoryEvent event) {
            StockTables.heard(store, known, tables);
            switch (event) {
                case GoodsSold it -> moved(it.at(), it.movements());
                case SaleTakenBack it -> moved(it.at(), it.movements());
                case GoodsWasted it -> moved(it.at(), it.movements());
                case GoodsAdjusted it -> moved(it.at(), it.movements());
                case GoodsReceived it -> came(it.at(), it.lines());
                case GoodsArrived it -> {
                    came(it.at(), it.lines());
                    StockTables.arrived(store, it, tables);
                }
                case GoodsSent it -> {
                    for (StockLine line : it.lines()) {
                        changed(
                                line.sku(),
                                level -> level.moved(it.at(), line.quantity().negated()));
                    }
                    StockTables.sent(store, it, tables);
                }
                case GoodsCounted it -> {
                    for (CountLine line : it.lines()) {
                        changed(line.sku(), level -> level.counted(it.document(), line));
                    }
                }
                case ItemRanOut it -> StockTables.ranOut(store, it.sku(), true, known, tables);
                case ItemBackInStock it ->
                        StockTables.ranOut(store, it.sku(), false, known, tables);
                case ThresholdSet _ -> {}
            }
        }

        private void moved(Instant at, List<Movement> movements) {
            for (Movement movement : movements) {
                changed(movement.sku(), level -> level.moved(at, movement.quantity()));
            }
        }

        private void came(Instant at, List<StockLine> lines) {
            for (StockLine line : lines) {
                changed(line.sku(), level -> level.moved(at, line.quantity()));
            }
        }

        private void changed(Sku sku, UnaryOperator<Level> change) {
            Level level = change.apply(StockTables.level(store, sku, tables));
            StockTables.save(store, sku, level, known, tables);
            Quantity now = level.quantity();
            if (Level.isToBeTold(StockTables.told(store, sku, tables), now)) {
                publish.accept(new StoreStockChanged(store, sku, now, known));
            }
        }
    }

    /// Of `hq/catalog`: what is not in it any more, stores need not know of.
    static final class OfCatalog implements Book.Reaction<Object> {

        @Override
        public void react(Event event, Handle tables, Consumer<Object> publish) {
            CatalogEvent.FORM
                    .read(CloudEvents.read(event))
                    .ifPresent(it -> take(it, tables, publish));
        }

        private static void take(CatalogEvent event, Handle tables, Consumer<Object> publish) {
            switch (event) {
                case ArticleChanged(var article) ->
                        StockTables.name(article.sku(), article.name(), tables);
                case ArticleRemoved(Sku sku) -> {
                    StockTables.unname(sku, tables);
                    for (String store : StockTables.toldOf(sku, tables)) {
                        publish.accept(new StoreStockRemoved(store, sku));
                    }
                }
                case LotRecalled _, LotReleased _, SectionChanged _, SectionRemoved _ -> {}
            }
        }

        @Override
        public boolean startOver(Handle tables) {
            StockTables.forgetNames(tables);
            return true;
        }
    }
}
