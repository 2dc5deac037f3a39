package dev.skerry.store.inventory;

import dev.skerry.context.Book;
import dev.skerry.context.Handle;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.CatalogEvent.ArticleRemoved;
import dev.skerry.language.catalog.CatalogEvent.LotRecalled;
import dev.skerry.language.catalog.CatalogEvent.LotReleased;
import dev.skerry.language.catalog.CatalogEvent.SectionChanged;
import dev.skerry.language.catalog.CatalogEvent.SectionRemoved;
import dev.skerry.language.inventory.ChainStockEvent;
import dev.skerry.language.inventory.InventoryEvent.GoodsSold;
import dev.skerry.language.inventory.InventoryEvent.SaleTakenBack;
import dev.skerry.language.inventory.Movement;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.BasketAbandoned;
import dev.skerry.language.orders.OrderEvent.OrderCancelled;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderPlaced;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.store.inventory.Inventory.Rules;
import dev.skerry.store.inventory.Inventory.Site;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// Takes the store's orders off its stock, and keeps recipes and other stores' stock as HQ tells them.
final class InventoryFollowers {

    /// What follows from a change.
    interface Consequences {

        /// The stock of these has changed.
        void moved(Collection<Sku> skus, Handle tables, Consumer<Object> publish);

        /// An article is not what it was.
        void changed(Sku article, Handle tables, Consumer<Object> publish);
    }

    private final Book<Object> book;
    private final Site site;
    private final Rules rules;
    private final Consequences consequences;

    InventoryFollowers(Book<Object> book, Site site, Rules rules, Consequences consequences) {
        this.book = book;
        this.site = site;
        this.rules = rules;
        this.consequences = consequences;
    }

    List<Follower<SqliteTransaction>> all(Function<StreamName, EventSource> source) {
        return List.of(
                book.follower(
                        "inventory " + CatalogEvent.STREAM,
                        source.apply(StreamName.of(CatalogEvent.STREAM)),
                        FollowerSettings.byKey(),
                        new Catalog()),
                book.follower(
                        "inventory orders",
                        source.apply(StreamName.of("store-" + site.id() + "/orders")),
                        FollowerSettings.byKey(),
                        this::order),
                book.follower(
                        "inventory " + ChainStockEvent.STREAM,
                        source.apply(StreamName.of(ChainStockEvent.STREAM)),
                        FollowerSettings.byKey(),
                        new OtherStores()));
    }

    /// Recipes as they stand in the tables, each read once.
    static Recipes recipes(Set<Sku> out, Handle tables) {
        Map<Sku, Optional<Product>> known = new HashMap<>();
        return new Recipes(
                sku -> known.computeIfAbsent(sku, it -> InventoryTables.product(it, tables)),
                out::contains);
    }

    // ---- orders

    private void order(Event event, Handle tables, Consumer<Object> publish) {
        CloudEvent envelope = CloudEvents.read(event);
        Optional<OrderEvent> known = OrderEvent.FORM.read(envelope);
        if (known.isPresent()) {
            switch (known.get()) {
                case OrderPaid(Order paid) -> paid(paid, envelope.time(), tables, publish);
                case OrderVoided voided -> voided(voided.order(), envelope.time(), tables, publish);
                case OrderPlaced _,
                        OrderEvent.OrderSent _,
                        OrderCancelled _,
                        OrderEvent.OrderLost _,
                        OrderEvent.OrderLeft _,
                        BasketAbandoned _ -> {}
            }
        }
    }

    /// The cursor alone tells what was done only as long as this database lives; the ledger comes back from HQ, the cursor does not.
    private void paid(Order order, Instant known, Handle tables, Consumer<Object> publish) {
        if (InventoryTables.isSold(order.id(), tables)) {
            return;
        }
        Instant at = Selling.paidAt(order.at(), site.zone(), known);
        Selling selling =
                new Selling(
                        recipes(InventoryTables.outSince(at, tables), tables),
                        sku -> InventoryTables.isDeposit(sku, tables),
                        rules.damaged());
        List<Movement> movements = selling.movements(order.lines());
        if (!movements.isEmpty()) {
            publish.accept(new GoodsSold(order.id(), at, order.businessDay(), movements));
            consequences.moved(skus(movements), tables, publish);
        }
    }

    private void voided(String order, Instant at, Handle tables, Consumer<Object> publish) {
        List<Movement> sold = InventoryTables.sold(order, tables);
        if (!sold.isEmpty() && !InventoryTables.isTakenBack(order, tables)) {
            publish.accept(new SaleTakenBack(order, at, Selling.backward(sold)));
            consequences.moved(skus(sold), tables, publish);
        }
    }

    private static List<Sku> skus(List<Movement> movements) {
        return movements.stream().map(Movement::sku).distinct().toList();
    }

    // ---- HQ

    private final class Catalog implements Book.Reaction<Object> {

        @Override
        public void react(Event event, Handle tables, Consumer<Object> publish) {
            CatalogEvent.FORM
                    .read(CloudEvents.read(event))
                    .ifPresent(it -> catalog(it, tables, publish));
        }

        @Override
        public boolean startOver(Handle tables) {
            InventoryTables.forgetArticles(tables);
            return true;
        }
    }

    private void catalog(CatalogEvent event, Handle tables, Consumer<Object> publish) {
        switch (event) {
            case ArticleChanged changed -> {
                InventoryTables.save(Product.of(changed.article()), tables);
                consequences.changed(changed.article().sku(), tables, publish);
            }
            case ArticleRemoved(Sku sku) -> {
                InventoryTables.remove(sku, tables);
                consequences.changed(sku, tables, publish);
            }
            case LotRecalled _, LotReleased _, SectionChanged _, SectionRemoved _ -> {}
        }
    }

    private final class OtherStores implements Book.Reaction<Object> {

        @Override
        public void react(Event event, Handle tables, Consumer<Object> publish) {
            ChainStockEvent.FORM
                    .read(CloudEvents.read(event))
                    .filter(it -> !it.store().equals("store-" + site.id()))
                    .ifPresent(it -> InventoryTables.elsewhere(it, tables));
        }

        @Override
        public boolean startOver(Handle tables) {
            InventoryTables.forgetElsewhere(tables);
            return true;
        }
    }
}
