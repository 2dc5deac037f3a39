package dev.skerry.app.chain;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.Article.Draft;
import dev.skerry.language.catalog.Article.Ingredient;
import dev.skerry.language.catalog.Article.ModifierGroup;
import dev.skerry.language.catalog.Article.Option;
import dev.skerry.language.catalog.MenuSection;
import dev.skerry.language.catalog.MenuSection.Hours;
import dev.skerry.language.catalog.Unit;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The café of the example chain's stores: ingredients, extras, and dishes made of them. Always the same.
final class Cafe {

    private static final String DRINK_TAX = "standard";
    private static final String FOOD_TAX = "reduced";

    private final List<Ware> wares = new ArrayList<>();
    private final Map<Sku, List<String>> allergens = new LinkedHashMap<>();

    private Cafe() {}

    static List<Ware> all() {
        Cafe cafe = new Cafe();
        cafe.ingredients();
        cafe.extras();
        cafe.coffee();
        cafe.coldDrinks();
        cafe.breakfast();
        cafe.sandwiches();
        cafe.burgers();
        cafe.salads();
        cafe.soups();
        cafe.cakes();
        cafe.combos();
        return cafe.wares;
    }

    /// When what is served. Some of it is served all day.
    static List<MenuSection> sections() {
        Hours lunch = Hours.daily(LocalTime.of(11, 0), LocalTime.of(21, 0));
        List<MenuSection> all = new ArrayList<>();
        for (MenuSection section :
                List.of(
                        section("Breakfast", Hours.daily(LocalTime.of(6, 0), LocalTime.of(11, 30))),
                        section("Combos"),
                        section("Burgers", lunch),
                        section("Sandwiches"),
                        section("Salads", lunch),
                        section("Soups and sides", lunch),
                        section("Cakes"),
                        section("Drinks"))) {
            all.add(new MenuSection(section.name(), all.size() + 1, section.hours()));
        }
        return all;
    }

    private static MenuSection section(String name, Hours... hours) {
        return new MenuSection(name, 0, List.of(hours));
    }

    // ---- what dishes are made of

    private void ingredients() {
        ingredient("espresso", "Espresso beans", Unit.KILOGRAM, 1_890);
        ingredient("milk", "Whole milk", Unit.LITRE, 119, "milk");
        ingredient("oat-drink", "Oat drink", Unit.LITRE, 189, "gluten");
        ingredient("cocoa", "Cocoa powder", Unit.KILOGRAM, 1_290);
        ingredient("tea", "Tea bag", Unit.PIECE, 12);
        ingredient("lemonade", "Lemonade syrup", Unit.LITRE, 690);
        ingredient("oranges", "Juicing oranges", Unit.KILOGRAM, 199);
        ingredient("bun", "Burger bun", Unit.PIECE, 35, "gluten", "sesame");
        ingredient("bread", "Sourdough slice", Unit.PIECE, 28, "gluten");
        ingredient("bagel", "Bagel", Unit.PIECE, 45, "gluten");
        ingredient("croissant", "Croissant", Unit.PIECE, 55, "gluten", "milk", "eggs");
        ingredient("patty", "Beef patty", Unit.PIECE, 129);
        ingredient("veggie-patty", "Chickpea patty", Unit.PIECE, 119, "soy");
        ingredient("bacon", "Bacon", Unit.KILOGRAM, 1_490);
        ingredient("cheddar", "Cheddar slice", Unit.PIECE, 22, "milk");
        ingredient("feta", "Feta", Unit.KILOGRAM, 1_190, "milk");
        ingredient("goat-cheese", "Goat cheese", Unit.KILOGRAM, 1_690, "milk");
        ingredient("cream-cheese", "Cream cheese", Unit.KILOGRAM, 790, "milk");
        ingredient("salmon", "Smoked salmon", Unit.KILOGRAM, 2_990, "fish");
        ingredient("ham", "Cooked ham", Unit.KILOGRAM, 1_390);
        ingredient("chicken", "Grilled chicken", Unit.KILOGRAM, 1_290);
        ingredient("egg", "Free-range egg", Unit.PIECE, 29, "eggs");
        ingredient("lettuce", "Lettuce", Unit.KILOGRAM, 590);
        ingredient("tomato", "Tomato", Unit.KILOGRAM, 299);
        ingredient("avocado", "Avocado", Unit.PIECE, 119);
        ingredient("onion", "Red onion", Unit.KILOGRAM, 169);
        ingredient("walnuts", "Walnuts", Unit.KILOGRAM, 1_490, "nuts");
        ingredient("fries", "Fries", Unit.KILOGRAM, 249);
        ingredient("dressing", "House dressing", Unit.LITRE, 690, "mustard");
        ingredient("mayonnaise", "Mayonnaise", Unit.LITRE, 490, "eggs", "mustard");
        ingredient("soup", "Soup of the day", Unit.LITRE, 490, "celery");
        ingredient("granola", "Granola", Unit.KILOGRAM, 790, "gluten", "nuts");
        ingredient("yoghurt", "Greek-style yoghurt", Unit.KILOGRAM, 390, "milk");
        ingredient("berries", "Berries", Unit.KILOGRAM, 1_190);
        ingredient("carrot-cake", "Carrot cake, slice", Unit.PIECE, 129, "gluten", "eggs", "nuts");
        ingredient("cheesecake", "Cheesecake, slice", Unit.PIECE, 139, "gluten", "eggs", "milk");
        ingredient("brownie", "Brownie", Unit.PIECE, 89, "gluten", "eggs", "milk");
        ingredient("apple-pie", "Apple pie, slice", Unit.PIECE, 119, "gluten", "eggs");
        ingredient("muffin", "Blueberry muffin", Unit.PIECE, 79, "gluten", "eggs", "milk");
    }

    private void ingredient(String id, String name, Unit unit, long cents, String... contains) {
        Sku sku = sku(id);
        allergens.put(sku, List.of(contains));
        wares.add(
                new Ware(
                        Article.draft(sku, name, FOOD_TAX, "Café", "Ingredients")
                                .unit(unit)
                                .allergens(List.of(contains))
                                .tags(List.of("ingredient"))
                                .notReturnable()
                                .article(),
                        cents,
                        true));
    }

    // ---- what is chosen with them

    private void extras() {
        extra("x-medium", "Medium", 50);
        extra("x-large", "Large", 90);
        extra("x-shot", "Extra shot", 80, part("espresso", 8));
        extra("x-oat", "Oat drink", 50, part("oat-drink", 200));
        extra("x-syrup", "Syrup", 50);
        extra("x-cream", "Whipped cream", 60);
        extra("x-bacon", "Bacon", 150, part("bacon", 30));
        extra("x-cheddar", "Cheddar", 100, part("cheddar", 1_000));
        extra("x-patty", "Second patty", 290, part("patty", 1_000));
        extra("x-avocado", "Avocado", 180, part("avocado", 500));
        extra("x-chicken", "Grilled chicken", 250, part("chicken", 80));
        extra("x-salmon", "Smoked salmon", 320, part("salmon", 40));
        extra("x-egg", "Egg", 90, part("egg", 1_000));
        extra("x-fries", "Fries", 290, part("fries", 180));
        extra("x-salad", "Side salad", 350, part("lettuce", 60), part("tomato", 40));
        extra("x-dip", "Extra dip", 60, part("mayonnaise", 20));
    }

    private void extra(String id, String name, long cents, Ingredient... parts) {
        Sku sku = sku(id);
        List<Ingredient> recipe = List.of(parts);
        allergens.put(sku, containedIn(recipe));
        wares.add(
                new Ware(
                        Article.draft(sku, name, FOOD_TAX, "Café", "Extras")
                                .recipe(recipe)
                                .allergens(containedIn(recipe))
                                .tags(List.of("extra"))
                                .notReturnable()
                                .article(),
                        cents,
                        true));
    }

    private static ModifierGroup size() {
        return new ModifierGroup(
                "size",
                "Size",
                1,
                1,
                List.of(
                        new Option("small", "Small", null, true, List.of()),
                        option("medium", "Medium", "x-medium"),
                        option("large", "Large", "x-large")));
    }

    private static ModifierGroup milk() {
        return new ModifierGroup(
                "milk",
                "Milk",
                1,
                1,
                List.of(
                        new Option("whole-milk", "Whole milk", null, true, List.of()),
                        option("oat", "Oat drink", "x-oat").replacing(sku("milk"))));
    }

    private static ModifierGroup coffeeExtras() {
        return new ModifierGroup(
                "extras",
                "Extras",
                0,
                3,
                List.of(
                        option("shot", "Extra shot", "x-shot"),
                        option("vanilla", "Vanilla syrup", "x-syrup"),
                        option("caramel", "Caramel syrup", "x-syrup"),
                        option("cream", "Whipped cream", "x-cream")));
    }

    private static ModifierGroup side() {
        ModifierGroup dressing =
                new ModifierGroup(
                        "side-dressing",
                        "Dressing",
                        1,
                        1,
                        List.of(
                                new Option("house", "House dressing", null, true, List.of()),
                                new Option("oil", "Oil and lemon", null, false, List.of())));
        ModifierGroup dip =
                new ModifierGroup(
                        "dip",
                        "Dip",
                        0,
                        2,
                        List.of(
                                option("mayo", "Mayonnaise", "x-dip"),
                                option("ketchup", "Ketchup", "x-dip")));
        return new ModifierGroup(
                "side",
                "Side",
                0,
                1,
                List.of(
                        new Option("fries", "Fries", sku("x-fries"), false, List.of(dip)),
                        new Option(
                                "side-salad",
                                "Side salad",
                                sku("x-salad"),
                                false,
                                List.of(dressing))));
    }

    private static ModifierGroup burgerExtras() {
        return new ModifierGroup(
                "extras",
                "Extras",
                0,
                4,
                List.of(
                        option("bacon", "Bacon", "x-bacon"),
                        option("cheddar", "Cheddar", "x-cheddar"),
                        option("patty", "Second patty", "x-patty"),
                        option("avocado", "Avocado", "x-avocado")));
    }

    private static ModifierGroup saladExtras() {
        return new ModifierGroup(
                "extras",
                "Add",
                0,
                2,
                List.of(
                        option("chicken", "Grilled chicken", "x-chicken"),
                        option("salmon", "Smoked salmon", "x-salmon"),
                        option("egg", "Egg", "x-egg"),
                        option("avocado", "Avocado", "x-avocado")));
    }

    private static Option option(String id, String name, String extra) {
        return new Option(id, name, sku(extra), false, List.of());
    }

    // ---- the menu

    private void coffee() {
        List<ModifierGroup> withMilk = List.of(size(), milk(), coffeeExtras());
        drink("espresso", "Espresso", 220, List.of(coffeeExtras()), part("espresso", 8));
        drink("double", "Double espresso", 290, List.of(coffeeExtras()), part("espresso", 16));
        drink("filter", "Filter coffee", 260, List.of(size()), part("espresso", 12));
        drink("americano", "Americano", 290, List.of(size(), coffeeExtras()), part("espresso", 8));
        drink("cappuccino", "Cappuccino", 340, withMilk, part("espresso", 8), part("milk", 150));
        drink("latte", "Caffè latte", 360, withMilk, part("espresso", 8), part("milk", 220));
        drink("flat-white", "Flat white", 370, withMilk, part("espresso", 16), part("milk", 130));
        drink(
                "macchiato",
                "Latte macchiato",
                370,
                withMilk,
                part("espresso", 8),
                part("milk", 240));
        drink(
                "mocha",
                "Mocha",
                390,
                withMilk,
                part("espresso", 8),
                part("milk", 180),
                part("cocoa", 15));
        drink("chocolate", "Hot chocolate", 350, withMilk, part("milk", 220), part("cocoa", 25));
        drink("tea", "Tea", 250, List.of(), part("tea", 1_000));
        drink("chai", "Chai latte", 360, withMilk, part("tea", 1_000), part("milk", 180));
    }

    private void coldDrinks() {
        drink(
                "iced-latte",
                "Iced latte",
                390,
                List.of(milk()),
                part("espresso", 8),
                part("milk", 180));
        drink("lemonade", "Homemade lemonade", 350, List.of(size()), part("lemonade", 40));
        drink("orange-juice", "Fresh orange juice", 420, List.of(), part("oranges", 500));
        drink("tap-water", "Water, sparkling", 190, List.of());
    }

    private void breakfast() {
        dish(
                "croissant",
                "Butter croissant",
                "Breakfast",
                "bakery",
                220,
                List.of(),
                part("croissant", 1_000));
        dish(
                "ham-croissant",
                "Ham and cheese croissant",
                "Breakfast",
                "bakery",
                420,
                List.of(),
                part("croissant", 1_000),
                part("ham", 30),
                free("cheddar", 1_000));
        dish(
                "granola",
                "Yoghurt with granola and berries",
                "Breakfast",
                "cold",
                590,
                List.of(),
                part("yoghurt", 200),
                part("granola", 60),
                spare("berries", 50, null));
        dish(
                "avocado-toast",
                "Avocado toast with egg",
                "Breakfast",
                "cold",
                790,
                List.of(saladExtras()),
                part("bread", 2_000),
                part("avocado", 500),
                free("egg", 1_000));
        dish(
                "eggs",
                "Scrambled eggs on toast",
                "Breakfast",
                "grill",
                690,
                List.of(),
                part("bread", 2_000),
                part("egg", 3_000));
        dish(
                "big-breakfast",
                "Harbour breakfast",
                "Breakfast",
                "grill",
                1_290,
                List.of(),
                part("bread", 2_000),
                part("egg", 2_000),
                spare("bacon", 50, "x-bacon"),
                free("tomato", 60),
                free("cheddar", 1_000));
    }

    private void sandwiches() {
        dish(
                "salmon-bagel",
                "Salmon bagel",
                "Sandwiches",
                "cold",
                790,
                List.of(),
                part("bagel", 1_000),
                part("cream-cheese", 30),
                part("salmon", 50),
                free("onion", 10));
        dish(
                "club",
                "Club sandwich",
                "Sandwiches",
                "cold",
                890,
                List.of(side()),
                part("bread", 3_000),
                part("chicken", 80),
                spare("bacon", 30, "x-bacon"),
                free("tomato", 40),
                free("lettuce", 20),
                free("mayonnaise", 15));
        dish(
                "ham-toastie",
                "Ham and cheddar toastie",
                "Sandwiches",
                "grill",
                650,
                List.of(side()),
                part("bread", 2_000),
                part("ham", 50),
                part("cheddar", 2_000));
        dish(
                "veggie-bagel",
                "Avocado and feta bagel",
                "Sandwiches",
                "cold",
                690,
                List.of(),
                part("bagel", 1_000),
                part("avocado", 500),
                spare("feta", 40, null),
                free("tomato", 30));
    }

    private void burgers() {
        burger("hamburger", "Hamburger", 890, part("patty", 1_000));
        burger("cheeseburger", "Cheeseburger", 990, part("patty", 1_000), part("cheddar", 1_000));
        burger(
                "bacon-burger",
                "Bacon cheeseburger",
                1_140,
                part("patty", 1_000),
                part("cheddar", 1_000),
                part("bacon", 30));
        burger(
                "double-burger",
                "Double cheeseburger",
                1_290,
                part("patty", 2_000),
                part("cheddar", 2_000));
        burger("veggie-burger", "Chickpea burger", 940, part("veggie-patty", 1_000));
    }

    private void burger(String id, String name, long cents, Ingredient... parts) {
        List<Ingredient> recipe = new ArrayList<>(List.of(parts));
        recipe.addFirst(part("bun", 1_000));
        recipe.add(free("lettuce", 15));
        recipe.add(free("tomato", 30));
        recipe.add(free("onion", 10));
        recipe.add(free("mayonnaise", 15));
        dish(
                id,
                name,
                "Burgers",
                "grill",
                cents,
                List.of(burgerExtras(), side()),
                recipe.toArray(new Ingredient[0]));
    }

    private void salads() {
        dish(
                "garden-salad",
                "Garden salad",
                "Salads",
                "cold",
                690,
                List.of(saladExtras()),
                part("lettuce", 120),
                part("tomato", 80),
                free("onion", 15),
                free("dressing", 30));
        dish(
                "caesar",
                "Caesar salad with bacon",
                "Salads",
                "cold",
                990,
                List.of(saladExtras()),
                part("lettuce", 150),
                part("chicken", 80),
                spare("bacon", 30, "x-bacon"),
                free("dressing", 40));
        dish(
                "goat-salad",
                "Goat cheese salad with walnuts",
                "Salads",
                "cold",
                1_050,
                List.of(saladExtras()),
                part("lettuce", 120),
                part("goat-cheese", 80),
                spare("walnuts", 20, null),
                free("dressing", 30));
        dish(
                "greek",
                "Greek salad",
                "Salads",
                "cold",
                890,
                List.of(saladExtras()),
                part("tomato", 150),
                part("feta", 80),
                free("onion", 20),
                free("dressing", 30));
    }

    private void soups() {
        dish(
                "soup",
                "Soup of the day with bread",
                "Soups and sides",
                "grill",
                590,
                List.of(),
                part("soup", 300),
                free("bread", 1_000));
        dish("fries", "Fries", "Soups and sides", "grill", 390, List.of(), part("fries", 200));
        dish(
                "loaded-fries",
                "Fries with cheddar and bacon",
                "Soups and sides",
                "grill",
                590,
                List.of(),
                part("fries", 200),
                part("cheddar", 2_000),
                spare("bacon", 30, "x-bacon"));
    }

    private void cakes() {
        dish(
                "carrot-cake",
                "Carrot cake",
                "Cakes",
                "bakery",
                390,
                List.of(),
                part("carrot-cake", 1_000));
        dish(
                "cheesecake",
                "Cheesecake",
                "Cakes",
                "bakery",
                420,
                List.of(),
                part("cheesecake", 1_000));
        dish("brownie", "Brownie", "Cakes", "bakery", 320, List.of(), part("brownie", 1_000));
        dish("apple-pie", "Apple pie", "Cakes", "bakery", 370, List.of(), part("apple-pie", 1_000));
        dish(
                "muffin",
                "Blueberry muffin",
                "Cakes",
                "bakery",
                290,
                List.of(),
                part("muffin", 1_000));
    }

    private void combos() {
        combo(
                "burger-menu",
                "Burger menu",
                1_490,
                part("main", "Burger", "hamburger", "cheeseburger", "veggie-burger"),
                part("side", "Side", "fries", "garden-salad"),
                part("drink", "Drink", "lemonade", "tap-water", "filter"));
        combo(
                "coffee-break",
                "Coffee and something sweet",
                590,
                part("coffee", "Coffee", "cappuccino", "filter", "latte"),
                part("sweet", "Sweet", "croissant", "muffin", "brownie"));
    }

    private void combo(String id, String name, long cents, ModifierGroup... parts) {
        wares.add(
                new Ware(
                        Article.draft(new Sku("C-" + id), name, FOOD_TAX, "Café", "Combos")
                                .modifiers(List.of(parts))
                                .tags(List.of("café"))
                                .menu("Combos", null)
                                .notReturnable()
                                .article(),
                        cents,
                        true));
    }

    /// One of these, of which the first is chosen unless the guest says otherwise.
    private ModifierGroup part(String id, String name, String... dishes) {
        List<Option> options = new ArrayList<>();
        for (String dish : dishes) {
            Sku sku = new Sku("C-" + dish);
            options.add(
                    Option.included(
                            dish,
                            wares.stream()
                                    .map(Ware::article)
                                    .filter(it -> it.sku().equals(sku))
                                    .findFirst()
                                    .orElseThrow()
                                    .name(),
                            sku,
                            options.isEmpty()));
        }
        return new ModifierGroup(id, name, 1, 1, options);
    }

    private void drink(
            String id, String name, long cents, List<ModifierGroup> groups, Ingredient... parts) {
        add("C-" + id, name, DRINK_TAX, "Drinks", "bar", cents, groups, parts);
    }

    private void dish(
            String id,
            String name,
            String section,
            String station,
            long cents,
            List<ModifierGroup> groups,
            Ingredient... parts) {
        add("C-" + id, name, FOOD_TAX, section, station, cents, groups, parts);
    }

    private void add(
            String id,
            String name,
            String tax,
            String section,
            String station,
            long cents,
            List<ModifierGroup> groups,
            Ingredient... parts) {
        List<Ingredient> recipe = List.of(parts);
        Draft draft =
                Article.draft(new Sku(id), name, tax, "Café", section)
                        .recipe(recipe)
                        .modifiers(groups)
                        .allergens(containedIn(recipe))
                        .tags(List.of("café"))
                        .menu(section, station)
                        .notReturnable();
        wares.add(new Ware(draft.article(), cents, false));
    }

    private List<String> containedIn(List<Ingredient> recipe) {
        Set<String> all = new LinkedHashSet<>();
        recipe.forEach(it -> all.addAll(allergens.getOrDefault(it.sku(), List.of())));
        return all.stream().sorted().toList();
    }

    private static Sku sku(String id) {
        return new Sku("C-" + (id.startsWith("x-") ? id : "i-" + id));
    }

    /// Nothing is made without it.
    private static Ingredient part(String id, long thousandths) {
        return new Ingredient(sku(id), new Quantity(thousandths), false, false, null);
    }

    /// May be left out, and is when it ran out.
    private static Ingredient free(String id, long thousandths) {
        return new Ingredient(sku(id), new Quantity(thousandths), true, true, null);
    }

    /// The same, and the price of an extra is taken off.
    private static Ingredient spare(String id, long thousandths, @Nullable String credit) {
        return new Ingredient(
                sku(id),
                new Quantity(thousandths),
                true,
                true,
                credit == null ? null : sku(credit));
    }
}
