package dev.skerry.store.inventory;

import static dev.skerry.store.inventory.StockRoom.dish;
import static dev.skerry.store.inventory.StockRoom.goods;
import static dev.skerry.store.inventory.StockRoom.optional;
import static dev.skerry.store.inventory.StockRoom.part;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.Article.ModifierGroup;
import dev.skerry.language.catalog.Article.Option;
import dev.skerry.language.inventory.Availability;
import dev.skerry.language.inventory.Availability.State;
import dev.skerry.language.inventory.Availability.Without;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MenuTest {

    private static Availability of(String sku, Set<String> out, Article.Draft... menu) {
        Map<Sku, Product> products =
                Stream.of(menu)
                        .map(it -> Product.of(it.article()))
                        .collect(Collectors.toMap(Product::sku, Function.identity()));
        return new Menu(
                        new Recipes(
                                it -> Optional.ofNullable(products.get(it)),
                                it -> out.contains(it.value())))
                .of(new Sku(sku));
    }

    private static Option option(String id, @Nullable String sku, ModifierGroup... groups) {
        return new Option(id, id, sku == null ? null : new Sku(sku), false, List.of(groups));
    }

    private static ModifierGroup choose(int min, int max, Option... options) {
        return new ModifierGroup("g" + options[0].id(), "Choose", min, max, List.of(options));
    }

    @Test
    void what_cannot_be_made_without_an_ingredient_is_out_however_deep_it_is() {
        Article.Draft relish = dish("relish", part("onion", 10));
        Article.Draft burger = dish("burger", part("relish", 10));
        assertEquals(
                List.of(new Sku("onion")), of("burger", Set.of("onion"), relish, burger).because());
        assertEquals(State.OUT, of("burger", Set.of("relish"), relish, burger).state());
        assertEquals(Availability.full(new Sku("burger")), of("burger", Set.of(), relish, burger));
    }

    @Test
    void what_can_be_made_without_is_made_without_however_deep_it_is() {
        Article.Draft relish = dish("relish", part("onion", 10), optional("chili", 1, null));
        Article.Draft burger = dish("burger", part("relish", 10), optional("bacon", 1, "x"));
        Availability both = of("burger", Set.of("chili", "bacon"), relish, burger);
        assertEquals(State.LIMITED, both.state());
        assertEquals(
                List.of(
                        new Without(new Sku("chili"), null),
                        new Without(new Sku("bacon"), new Sku("x"))),
                both.without());
    }

    @Test
    void an_option_that_ran_out_is_closed_and_too_few_of_them_take_the_dish_away() {
        Article.Draft menu =
                goods("menu")
                        .modifiers(
                                List.of(
                                        choose(
                                                1,
                                                1,
                                                option("fries", "fries"),
                                                option(
                                                        "salad",
                                                        "salad",
                                                        choose(1, 1, option("oil", "oil"))))));
        assertEquals(List.of("fries"), of("menu", Set.of("fries"), menu).options());
        assertEquals(List.of("oil", "salad"), of("menu", Set.of("oil"), menu).options());
        assertEquals(State.LIMITED, of("menu", Set.of("oil"), menu).state());
        Availability none = of("menu", Set.of("oil", "fries"), menu);
        assertEquals(State.OUT, none.state());
        assertEquals(List.of(new Sku("fries"), new Sku("oil")), none.because());
    }

    @Test
    void a_group_that_asks_for_more_than_it_has_takes_nothing_away() {
        Article.Draft menu =
                goods("menu").modifiers(List.of(choose(2, 2, option("fries", "fries"))));
        assertEquals(State.AVAILABLE, of("menu", Set.of("cola"), menu).state());
    }

    @Test
    void only_substitutes_that_can_be_had_are_offered_best_first() {
        List<Sku> three = List.of(new Sku("b"), new Sku("c"), new Sku("d"));
        Article.Draft a = goods("a").substitutes(three);
        assertEquals(
                List.of(new Sku("b"), new Sku("d")), of("a", Set.of("a", "c"), a).substitutes());
        assertEquals(List.of(), of("a", Set.of("c"), a).substitutes());
    }

    @Test
    void a_recipe_that_needs_itself_ends() {
        Article.Draft snake = dish("snake", part("snake", 1), part("egg", 1));
        assertEquals(State.AVAILABLE, of("snake", Set.of(), snake).state());
        assertEquals(List.of(new Sku("egg")), of("snake", Set.of("egg"), snake).because());
    }
}
