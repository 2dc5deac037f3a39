package dev.skerry.store.inventory;

import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.Article.Ingredient;
import dev.skerry.language.catalog.Article.ModifierGroup;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What inventory has to know of an article.
///
/// @param deposit the article that is sold with each unit; null if none
record Product(
        Sku sku,
        String name,
        List<Ingredient> recipe,
        List<ModifierGroup> modifiers,
        List<Sku> substitutes,
        @Nullable Sku deposit) {

    static Product of(Article article) {
        Article.Deposit deposit = article.deposit();
        return new Product(
                article.sku(),
                article.name(),
                article.recipe(),
                article.modifiers(),
                article.substitutes(),
                deposit == null ? null : deposit.sku());
    }

    /// The articles on which its availability depends.
    Set<Sku> uses() {
        Set<Sku> uses = new TreeSet<>(substitutes);
        recipe.forEach(it -> uses.add(it.sku()));
        addOptions(modifiers, uses);
        return uses;
    }

    private static void addOptions(List<ModifierGroup> groups, Set<Sku> uses) {
        for (ModifierGroup group : groups) {
            for (Article.Option option : group.options()) {
                Sku sku = option.sku();
                if (sku != null) {
                    uses.add(sku);
                }
                addOptions(option.groups(), uses);
            }
        }
    }
}
