package dev.skerry.app.shop;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.inventory.Availability;
import dev.skerry.store.catalog.Catalog;
import dev.skerry.store.catalog.Identified;
import dev.skerry.store.catalog.Label;
import dev.skerry.store.inventory.Inventory;
import dev.skerry.store.orders.Goods;
import dev.skerry.store.orders.Item;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers what `orders` asks of the `catalog`, and of what `inventory` says can be had. Any thread.
record CatalogGoods(Catalog catalog, Inventory inventory) implements Goods {

    @Override
    public Making making(Sku sku) {
        return catalog.article(sku)
                .map(it -> new Making(it.modifiers(), it.recipe()))
                .orElse(Making.NONE);
    }

    @Override
    public Availability availability(Sku sku) {
        return inventory.availability(sku);
    }

    @Override
    public Found identify(String code, LocalDateTime at) {
        return switch (catalog.identify(code, at)) {
            case Identified.Found found -> found(found);
            case Identified.Recalled(Article article, _, _) ->
                    new Found.NotForSale(article.name(), "it has been recalled: keep it back");
            case Identified.Expired(Article article, _, LocalDateTime since) ->
                    new Found.NotForSale(
                            article.name(), "its date has passed on " + since.toLocalDate());
            case Identified.NotInSale(Article article, _) ->
                    new Found.NotForSale(article.name(), "it is not in sale now");
            case Identified.Unknown _ -> new Found.Unknown();
            case Identified.Unreadable(_, String why) ->
                    new Found.NotForSale("This barcode", why + ": scan it again, or type it");
        };
    }

    private static Found found(Identified.Found found) {
        Label label = found.label();
        Quantity quantity = label.quantity();
        if (quantity == null && label.units() > 1) {
            quantity = Quantity.of(label.units());
        }
        String warning =
                found.beware().isEmpty()
                        ? null
                        : "some of it was recalled: look at the lot on the package";
        return new Found.Known(item(found.article(), label, quantity, warning));
    }

    @Override
    public Optional<Item> article(Sku sku, LocalDateTime at) {
        return catalog.article(sku)
                .filter(it -> it.isActive(at))
                .map(it -> item(it, null, null, null));
    }

    private static Item item(
            Article article,
            @Nullable Label label,
            @Nullable Quantity quantity,
            @Nullable String warning) {
        Integer age = article.ageMin();
        String brand = article.brand();
        Article.Deposit deposit = article.deposit();
        return new Item(
                article.sku(),
                article.receiptName(),
                article.unit().name(),
                article.weighed(),
                quantity,
                label == null ? null : label.price(),
                article.department(),
                brand == null ? "" : brand,
                article.tags(),
                article.taxCategory(),
                age == null ? 0 : age,
                !article.discountExempt(),
                article.returnable(),
                deposit == null ? null : deposit.sku(),
                deposit == null ? 0 : deposit.count(),
                warning,
                article.station(),
                label == null ? null : label.lot(),
                label == null ? null : expiry(label));
    }

    /// The last day on which it may be sold, or is at its best.
    private static @Nullable LocalDate expiry(Label label) {
        LocalDateTime before = label.sellBefore();
        return before != null ? before.minusNanos(1).toLocalDate() : label.bestBefore();
    }
}
