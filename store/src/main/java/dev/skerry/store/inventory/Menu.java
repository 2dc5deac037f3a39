package dev.skerry.store.inventory;

import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article.Ingredient;
import dev.skerry.language.catalog.Article.ModifierGroup;
import dev.skerry.language.catalog.Article.Option;
import dev.skerry.language.inventory.Availability;
import dev.skerry.language.inventory.Availability.State;
import dev.skerry.language.inventory.Availability.Without;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Decides what can be had when some articles have run out.
///
/// An article is out if it ran out itself, if something that it cannot be made without did, or if too few options of a group that
/// has to be chosen from are left. A substitute is offered in its place, and never put into a recipe by itself: its allergens may be
/// others. For one thread.
final class Menu {

    private final Recipes recipes;

    Menu(Recipes recipes) {
        this.recipes = recipes;
    }

    /// What the options of an article come to.
    ///
    /// @param closed the ids of those that cannot be chosen
    /// @param because what ran out, for these
    private record Options(
            List<String> closed, SortedSet<Sku> because, SortedSet<Sku> unsatisfied) {}

    Availability of(Sku sku) {
        SortedSet<Sku> because = recipes.missing(sku);
        Options options = options(sku);
        because.addAll(options.unsatisfied);
        if (!because.isEmpty()) {
            return new Availability(
                    sku,
                    State.OUT,
                    List.copyOf(because),
                    List.of(),
                    List.of(),
                    recipes.product(sku).map(Product::substitutes).orElse(List.of()).stream()
                            .filter(it -> !isOut(it))
                            .toList());
        }
        Set<Without> without = new LinkedHashSet<>();
        leaveOut(sku, new HashSet<>(), without, because);
        because.addAll(options.because);
        return new Availability(
                sku,
                because.isEmpty() ? State.AVAILABLE : State.LIMITED,
                List.copyOf(because),
                List.copyOf(without),
                options.closed,
                List.of());
    }

    private boolean isOut(Sku sku) {
        return !recipes.missing(sku).isEmpty() || !options(sku).unsatisfied.isEmpty();
    }

    /// Also from what an article is made of: a burger is without the onions of its relish.
    private void leaveOut(Sku sku, Set<Sku> path, Set<Without> without, Set<Sku> because) {
        if (!path.add(sku)) {
            return;
        }
        for (Ingredient part : recipes.recipe(sku)) {
            Set<Sku> missing = recipes.missing(part.sku());
            if (missing.isEmpty()) {
                leaveOut(part.sku(), path, without, because);
            } else if (part.optional()) {
                without.add(new Without(part.sku(), part.credit()));
                because.addAll(missing);
            }
        }
        path.remove(sku);
    }

    private Options options(Sku sku) {
        Options all = new Options(new ArrayList<>(), new TreeSet<>(), new TreeSet<>());
        for (ModifierGroup group : recipes.product(sku).map(Product::modifiers).orElse(List.of())) {
            all.unsatisfied.addAll(unsatisfied(group, all));
        }
        return all;
    }

    /// What ran out, so that too few options are left; empty if enough are.
    private Set<Sku> unsatisfied(ModifierGroup group, Options all) {
        Set<Sku> missing = new TreeSet<>();
        int left = 0;
        for (Option option : group.options()) {
            Sku sku = option.sku();
            Set<Sku> why = sku == null ? new TreeSet<>() : recipes.missing(sku);
            for (ModifierGroup nested : option.groups()) {
                why.addAll(unsatisfied(nested, all));
            }
            if (why.isEmpty()) {
                left++;
            } else {
                missing.addAll(why);
                all.closed.add(option.id());
                all.because.addAll(why);
            }
        }
        // A group that asks for more than it has is a mistake of the catalogue, and nothing that
        // ran out.
        return left < Math.min(group.min(), group.options().size()) ? missing : Set.of();
    }
}
