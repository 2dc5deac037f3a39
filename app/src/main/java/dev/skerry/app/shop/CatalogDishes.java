package dev.skerry.app.shop;

import dev.skerry.language.Sku;
import dev.skerry.store.catalog.Catalog;
import dev.skerry.store.kitchen.Kitchen;

/// Answers what the kitchen asks of the catalogue. Any thread.
record CatalogDishes(Catalog catalog) implements Kitchen.Goods {

    /// The catalogue knows no courses yet: all is served together.
    @Override
    public int course(Sku sku) {
        return 1;
    }

    /// What is never discounted is no food: a deposit, a bag.
    @Override
    public boolean concernsKitchen(Sku sku) {
        return catalog.article(sku).filter(it -> it.discountExempt()).isEmpty();
    }
}
