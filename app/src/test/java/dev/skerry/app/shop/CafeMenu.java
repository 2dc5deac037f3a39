package dev.skerry.app.shop;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.Article.Draft;
import dev.skerry.language.catalog.Article.Ingredient;
import dev.skerry.language.catalog.Article.ModifierGroup;
import dev.skerry.language.catalog.Article.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A small café, with a dish of each sort: what is chosen, left out, put together, and runs out.
final class CafeMenu {

    private CafeMenu() {}

    static void in(TestShop shop) {
        shop.tax();
        shop.tax("drink", "Standard", "A", 19);
        for (String it :
                List.of(
                        "bun", "patty", "onion", "bacon", "milk", "oat", "beans", "lettuce",
                        "potato")) {
            shop.article(
                    Article.draft(new Sku("i-" + it), it, "food", "Café", "Ingredients").article(),
                    20);
        }
        shop.article(extra("x-bacon", "Bacon", part("bacon", 30)), 150);
        shop.article(extra("x-oat", "Oat drink", part("oat", 200)), 50);
        shop.article(extra("x-large", "Large"), 90);
        shop.article(
                dish("burger", "Burger", "food", "grill")
                        .recipe(
                                List.of(
                                        part("bun", 1000),
                                        part("patty", 1000),
                                        new Ingredient(
                                                new Sku("i-onion"),
                                                new Quantity(10),
                                                true,
                                                true,
                                                null)))
                        .modifiers(
                                List.of(
                                        group(
                                                "doneness",
                                                1,
                                                1,
                                                new Option(
                                                        "medium", "Medium", null, false, List.of()),
                                                new Option(
                                                        "done",
                                                        "Well done",
                                                        null,
                                                        false,
                                                        List.of())),
                                        group("extras", 0, 2, option("bacon", "Bacon", "x-bacon"))))
                        .substitutes(List.of(new Sku("salad")))
                        .article(),
                890);
        shop.article(
                dish("salad", "Salad with bacon", "food", "cold")
                        .recipe(
                                List.of(
                                        part("lettuce", 150),
                                        new Ingredient(
                                                new Sku("i-bacon"),
                                                new Quantity(30),
                                                true,
                                                true,
                                                new Sku("x-bacon"))))
                        .article(),
                990);
        shop.article(
                dish("fries", "Fries", "food", "grill")
                        .recipe(List.of(part("potato", 200)))
                        .article(),
                300);
        shop.article(
                dish("coffee", "Coffee", "drink", "bar")
                        .recipe(List.of(part("beans", 8), part("milk", 150)))
                        .modifiers(
                                List.of(
                                        group(
                                                "size",
                                                1,
                                                1,
                                                new Option("small", "Small", null, true, List.of()),
                                                option("large", "Large", "x-large")),
                                        group(
                                                "milk",
                                                1,
                                                1,
                                                new Option(
                                                        "whole",
                                                        "Whole milk",
                                                        null,
                                                        true,
                                                        List.of()),
                                                option("oat", "Oat drink", "x-oat")
                                                        .replacing(new Sku("i-milk")))))
                        .article(),
                340);
        shop.article(
                dish("menu", "Burger menu", "food", null)
                        .modifiers(
                                List.of(
                                        group("main", 1, 1, included("burger", "Burger")),
                                        group("side", 1, 1, included("fries", "Fries")),
                                        group("drink", 1, 1, included("coffee", "Coffee"))))
                        .article(),
                1290);
    }

    /// Until the store knows all of it.
    static void await(TestShop shop) {
        shop.await(
                "menu",
                "{\"id\":\"l\",\"sku\":\"menu\",\"options\":[{\"option\":\"burger\",\"options\":[{\"option\":\"medium\"}]}]}");
        // Its last dish is out where something runs out that is in it, once all recipes are known.
        shop.ask("PUT", "/api/availability/i-patty", "{\"available\":false}");
        shop.await(
                () -> shop.ask("GET", "/api/availability/menu", "").text("/state"), "OUT"::equals);
        shop.ask("PUT", "/api/availability/i-patty", "{\"available\":true}");
    }

    private static Draft dish(String sku, String name, String tax, @Nullable String station) {
        return Article.draft(new Sku(sku), name, tax, "Café", "Menu").menu("Menu", station);
    }

    private static Article extra(String sku, String name, Ingredient... recipe) {
        return Article.draft(new Sku(sku), name, "food", "Café", "Extras")
                .recipe(List.of(recipe))
                .article();
    }

    private static Ingredient part(String sku, long thousandths) {
        return new Ingredient(new Sku("i-" + sku), new Quantity(thousandths), false, false, null);
    }

    private static ModifierGroup group(String id, int min, int max, Option... options) {
        return new ModifierGroup(id, id, min, max, List.of(options));
    }

    private static Option option(String id, String name, String sku) {
        return new Option(id, name, new Sku(sku), false, List.of());
    }

    private static Option included(String id, String name) {
        return Option.included(id, name, new Sku(id), true);
    }
}
