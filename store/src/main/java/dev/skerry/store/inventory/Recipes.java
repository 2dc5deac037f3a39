package dev.skerry.store.inventory;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article.Ingredient;
import dev.skerry.language.catalog.Article.Option;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/// What dishes are made of, down to what is stocked: what has no recipe. An article within its own recipe counts as stocked there.
/// For one thread.
final class Recipes {

    private final Function<Sku, Optional<Product>> products;
    private final Predicate<Sku> out;

    /// @param out whether an article itself has run out
    Recipes(Function<Sku, Optional<Product>> products, Predicate<Sku> out) {
        this.products = products;
        this.out = out;
    }

    Optional<Product> product(Sku sku) {
        return products.apply(sku);
    }

    List<Ingredient> recipe(Sku sku) {
        return product(sku).map(Product::recipe).orElse(List.of());
    }

    boolean isMade(Sku sku) {
        return !recipe(sku).isEmpty();
    }

    /// Whether it consists of other articles, which are sold with it.
    boolean isCombo(Sku sku) {
        return product(sku).stream()
                .flatMap(it -> it.modifiers().stream())
                .flatMap(it -> it.options().stream())
                .anyMatch(Option::partOfCombo);
    }

    /// What ran out of all that an article cannot be made without, itself included; empty if it can be had.
    SortedSet<Sku> missing(Sku sku) {
        SortedSet<Sku> missing = new TreeSet<>();
        collect(sku, new HashSet<>(), missing);
        return missing;
    }

    private void collect(Sku sku, Set<Sku> path, Set<Sku> missing) {
        if (out.test(sku)) {
            missing.add(sku);
        } else if (path.add(sku)) {
            for (Ingredient part : recipe(sku)) {
                if (!part.optional()) {
                    collect(part.sku(), path, missing);
                }
            }
            path.remove(sku);
        }
    }

    /// What so many of an article use up. What ran out is not used where it can be done without.
    ///
    /// @param without of how many of them an ingredient was left out, by its own article, or by the one that is its credit
    Map<Sku, Quantity> used(Sku sku, Quantity count, Map<Sku, Quantity> without) {
        Map<Sku, Quantity> used = new TreeMap<>();
        use(sku, count, without, new HashSet<>(), used);
        return used;
    }

    private void use(
            Sku sku,
            Quantity count,
            Map<Sku, Quantity> without,
            Set<Sku> path,
            Map<Sku, Quantity> used) {
        List<Ingredient> recipe = recipe(sku);
        if (recipe.isEmpty() || !path.add(sku)) {
            used.merge(sku, count, Quantity::plus);
            return;
        }
        for (Ingredient part : recipe) {
            Sku credit = part.credit();
            Quantity left =
                    count.minus(without.getOrDefault(part.sku(), Quantity.ZERO))
                            .minus(
                                    credit == null
                                            ? Quantity.ZERO
                                            : without.getOrDefault(credit, Quantity.ZERO));
            boolean leftOut = part.optional() && !missing(part.sku()).isEmpty();
            if (left.isPositive() && !leftOut) {
                use(part.sku(), part.quantity().times(left), Map.of(), path, used);
            }
        }
        path.remove(sku);
    }
}
