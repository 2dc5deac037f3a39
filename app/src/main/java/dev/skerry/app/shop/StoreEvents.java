package dev.skerry.app.shop;

import dev.skerry.app.feed.Feed;
import dev.skerry.context.AsyncApi;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.inventory.AvailabilityEvent;
import dev.skerry.language.inventory.ChainStockEvent;
import dev.skerry.language.inventory.InventoryEvent;
import dev.skerry.language.kitchen.KitchenEvent;
import dev.skerry.language.kitchen.KitchenScreenEvent;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.prices.PriceEvent;
import dev.skerry.language.prices.PromotionEvent;
import dev.skerry.language.prices.TaxEvent;
import dev.skerry.language.pricing.PricingEvent;
import dev.skerry.language.printing.PrintingEvent;
import java.util.List;

/// What a store publishes and follows, as it is described to others. Left out is what nobody else may read, for it is of people or worth
/// money: who works here, who buys, codes; and `local/baskets`, which is of the tills' own making and changes with them.
final class StoreEvents {

    private StoreEvents() {}

    /// @param node such as `store-0042`
    /// @param version of the program
    static AsyncApi of(String node, String version, Feed feed) {
        AsyncApi api =
                new AsyncApi("What a Skerry store publishes", version)
                        .writes(
                                node + "/orders",
                                "What is ordered, sold, returned and taken back.",
                                false,
                                List.of(OrderEvent.FORM))
                        .writes(
                                node + "/payments",
                                "What is taken and paid out: tenders, shifts, drawers, business days.",
                                false,
                                List.of(PaymentEvent.FORM))
                        .writes(
                                node + "/inventory",
                                "What comes, goes and is counted.",
                                false,
                                List.of(InventoryEvent.FORM))
                        .writes(
                                node + "/pricing",
                                "What the store does to its prices.",
                                false,
                                List.of(PricingEvent.FORM))
                        .writes(
                                node + "/kitchen",
                                "What is being made, and how long it takes.",
                                false,
                                List.of(KitchenEvent.FORM))
                        .writes(
                                KitchenScreenEvent.STREAM,
                                "The tickets on the kitchen's screens.",
                                true,
                                List.of(KitchenScreenEvent.FORM))
                        .writes(
                                AvailabilityEvent.STREAM,
                                "What cannot be had, or not as always.",
                                true,
                                List.of(AvailabilityEvent.FORM))
                        .writes(
                                PrintingEvent.STREAM,
                                "Printers and what they print.",
                                true,
                                List.of(PrintingEvent.FORM))
                        .follows(
                                CatalogEvent.STREAM,
                                "Articles, and the sections of the menu.",
                                true,
                                List.of(CatalogEvent.FORM))
                        .follows(PriceEvent.STREAM, "Prices.", true, List.of(PriceEvent.FORM))
                        .follows(
                                PromotionEvent.STREAM,
                                "Promotions.",
                                true,
                                List.of(PromotionEvent.FORM))
                        .follows(TaxEvent.STREAM, "Tax rates.", true, List.of(TaxEvent.FORM))
                        .follows(
                                ChainStockEvent.STREAM,
                                "What lies in other stores.",
                                true,
                                List.of(ChainStockEvent.FORM));
        return feed.describe(api);
    }
}
