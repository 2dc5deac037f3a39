package dev.skerry.app.shop;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.store.catalog.Catalog;
import dev.skerry.store.inventory.Inventory;
import dev.skerry.store.pricing.Assortment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Answers what `pricing` asks of the `catalog` and of `inventory`. Any thread.
record CatalogAssortment(Catalog catalog, Inventory inventory) implements Assortment {

    @Override
    public Optional<Ware> ware(Sku sku) {
        return catalog.article(sku).map(CatalogAssortment::ware);
    }

    @Override
    public List<Ware> department(String path, int max) {
        List<String> departments = List.of(path.split("/", -1));
        List<Ware> found = new ArrayList<>();
        int page;
        do {
            int wanted = Math.min(Catalog.RESULTS_MAX, max - found.size());
            List<Article> some = catalog.department(departments, found.size(), wanted);
            some.forEach(it -> found.add(ware(it)));
            page = some.size();
        } while (page == Catalog.RESULTS_MAX && found.size() < max);
        return found;
    }

    private static Ware ware(Article article) {
        return new Ware(
                article.sku(),
                article.receiptName(),
                article.unit().name(),
                article.size(),
                article.codes().isEmpty() ? null : article.codes().getFirst().gtin().digits(),
                article.department(),
                !article.discountExempt());
    }

    @Override
    public Quantity stock(Sku sku) {
        return inventory.stock(sku).quantity();
    }
}
