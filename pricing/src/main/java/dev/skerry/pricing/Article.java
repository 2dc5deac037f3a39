package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Sku;
import java.util.Set;

/// What promotions and taxes know an article by.
///
/// @param department a path, `food/dairy/yoghurt`; empty if the article has none
/// @param brand empty if it has none
/// @param taxCategory a key of [TaxTable]
/// @param measured sold by weight, length or volume: a line of it is one thing that cannot be divided
public record Article(
        Sku sku,
        String department,
        String brand,
        Set<String> tags,
        String taxCategory,
        boolean measured,
        ArticleKind kind) {

    public Article {
        requireNonNull(sku, "sku");
        requireNonNull(department, "department");
        requireNonNull(brand, "brand");
        requireNonNull(taxCategory, "taxCategory");
        requireNonNull(kind, "kind");
        tags = Set.copyOf(tags);
    }

    /// Goods sold by the piece, without brand and tags.
    public static Article piece(String sku, String department, String taxCategory) {
        return new Article(
                new Sku(sku), department, "", Set.of(), taxCategory, false, ArticleKind.GOODS);
    }

    /// Goods sold by weight, length or volume, without brand and tags.
    public static Article measured(String sku, String department, String taxCategory) {
        return new Article(
                new Sku(sku), department, "", Set.of(), taxCategory, true, ArticleKind.GOODS);
    }

    public Article ofBrand(String name) {
        return new Article(sku, department, name, tags, taxCategory, measured, kind);
    }

    public Article tagged(String... names) {
        return new Article(sku, department, brand, Set.of(names), taxCategory, measured, kind);
    }

    public Article ofKind(ArticleKind other) {
        return new Article(sku, department, brand, tags, taxCategory, measured, other);
    }

    /// Whether discounts may touch it.
    public boolean discountable() {
        return kind == ArticleKind.GOODS || kind == ArticleKind.SETTLED;
    }

    /// Whether promotions have had their say about it.
    boolean settled() {
        return kind == ArticleKind.SETTLED;
    }
}
