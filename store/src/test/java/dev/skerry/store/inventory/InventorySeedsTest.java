package dev.skerry.store.inventory;

import static dev.skerry.store.inventory.StockRoom.at;
import static dev.skerry.store.inventory.StockRoom.goods;
import static dev.skerry.store.inventory.StockRoom.line;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.Article.Ingredient;
import dev.skerry.language.catalog.Article.ModifierGroup;
import dev.skerry.language.catalog.Article.Option;
import dev.skerry.language.inventory.Availability;
import dev.skerry.language.inventory.AvailabilityEvent;
import dev.skerry.language.inventory.AvailabilityEvent.AvailabilityChanged;
import dev.skerry.language.inventory.AvailabilityEvent.AvailabilityRestored;
import dev.skerry.store.inventory.Inventory.Counted;
import dev.skerry.store.inventory.Inventory.LedgerEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What has to hold whatever happens, in whatever order it becomes known.
class InventorySeedsTest {

    private static final List<String> SKUS = List.of("a", "b", "c");

    /// Something that moves stock, or finds it.
    ///
    /// @param counted it is a count, and no movement
    private record Happening(String id, Instant at, String sku, long quantity, boolean counted) {}

    @TempDir private Path folder;

    private static List<Happening> happenings(Random random) {
        List<Happening> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add(
                    new Happening(
                            "h%03d".formatted(i),
                            // Few moments, so that some share theirs.
                            at(random.nextInt(25)),
                            SKUS.get(random.nextInt(SKUS.size())),
                            random.nextInt(1, 30),
                            random.nextInt(4) == 0));
        }
        return all;
    }

    private static void tell(StockRoom room, Happening it, Random random) {
        if (it.counted) {
            room.inventory()
                    .count(
                            room.command(),
                            room.header(it.id, it.at),
                            List.of(new Counted(new Sku(it.sku), Quantity.of(it.quantity), null)));
        } else if (it.quantity % 3 == 0) {
            room.inventory()
                    .receive(
                            room.command(),
                            room.header(it.id, it.at),
                            "Supplier",
                            null,
                            List.of(goods(it.sku, it.quantity)));
        } else {
            room.sell(it.id, it.at, line("1", it.sku, it.quantity * 1000));
            if (random.nextInt(5) == 0) {
                room.sell(it.id, it.at, line("1", it.sku, it.quantity * 1000));
            }
        }
    }

    /// The figure by the definition of it: the last count, and all that happened after.
    private static long expected(List<Happening> told, String sku) {
        Happening last = null;
        for (Happening it : told) {
            if (it.counted
                    && it.sku.equals(sku)
                    && (last == null
                            || it.at.isAfter(last.at)
                            || (it.at.equals(last.at) && it.id.compareTo(last.id) > 0))) {
                last = it;
            }
        }
        long figure = last == null ? 0 : last.quantity;
        for (Happening it : told) {
            if (!it.counted && it.sku.equals(sku) && (last == null || it.at.isAfter(last.at))) {
                figure += it.quantity % 3 == 0 ? it.quantity : -it.quantity;
            }
        }
        return figure;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void in_whatever_order_counts_and_sales_become_known_the_stock_is_the_same(long seed) {
        Random random = new Random(seed);
        List<Happening> all = happenings(random);
        Map<String, Map<String, Quantity>> figures = new HashMap<>();
        for (String order : List.of("one", "another")) {
            Collections.shuffle(all, random);
            Path place = folder.resolve(order);
            place.toFile().mkdir();
            try (StockRoom room = new StockRoom(place)) {
                room.itIs(at(60));
                List<Happening> told = new ArrayList<>();
                for (Happening it : all) {
                    tell(room, it, random);
                    told.add(it);
                    assertEquals(
                            Quantity.of(expected(told, it.sku)), room.stock(it.sku), it::toString);
                    assertAddsUp(room, it.sku);
                }
                Map<String, Quantity> stock = new TreeMap<>();
                SKUS.forEach(sku -> stock.put(sku, room.stock(sku)));
                figures.put(order, stock);
                String before = room.dump();
                room.inventory().rebuild();
                assertEquals(before, room.dump());
            }
        }
        assertEquals(figures.get("one"), figures.get("another"));
    }

    private static void assertAddsUp(StockRoom room, String sku) {
        List<LedgerEntry> ledger = room.inventory().ledger(new Sku(sku));
        assertEquals(
                room.stock(sku),
                ledger.stream().map(LedgerEntry::quantity).reduce(Quantity.ZERO, Quantity::plus));
        for (LedgerEntry entry : ledger) {
            Quantity counted = entry.counted();
            if (counted != null) {
                assertEquals(counted, entry.balance());
            }
        }
    }

    // ---- availability

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void what_can_be_had_is_what_a_naive_look_at_the_whole_menu_says(long seed) {
        Random random = new Random(seed);
        try (StockRoom room = new StockRoom(folder)) {
            Map<Sku, Article> menu = new TreeMap<>();
            Set<Sku> out = new TreeSet<>();
            for (int i = 0; i < 60; i++) {
                if (random.nextInt(3) == 0 || menu.size() < 8) {
                    Article.Draft draft = article(random.nextInt(20), random);
                    Article article = draft.article();
                    menu.put(article.sku(), article);
                    room.article(draft);
                } else {
                    Sku sku = sku(random.nextInt(20));
                    boolean there = random.nextBoolean();
                    room.inventory().setAvailable(room.command(), sku, there, "anna");
                    if (there) {
                        out.remove(sku);
                    } else {
                        out.add(sku);
                    }
                }
                for (int n = 0; n < 20; n++) {
                    assertNaive(room.inventory().availability(sku(n)), menu, out);
                }
            }
            assertEquals(room.inventory().availability(), fromStream(room));
        }
    }

    private static Sku sku(int number) {
        return new Sku("s%02d".formatted(number));
    }

    /// Made of what has a smaller number.
    private static Article.Draft article(int number, Random random) {
        List<Ingredient> recipe = new ArrayList<>();
        for (int i = 0; number > 0 && i < random.nextInt(4); i++) {
            recipe.add(
                    new Ingredient(
                            sku(random.nextInt(number)),
                            Quantity.ONE,
                            random.nextBoolean(),
                            false,
                            null));
        }
        List<Option> options = new ArrayList<>();
        for (int i = 0; number > 0 && i < random.nextInt(4); i++) {
            options.add(new Option("o" + i, "o", sku(random.nextInt(number)), false, List.of()));
        }
        return goods(sku(number).value())
                .recipe(recipe)
                .modifiers(
                        options.isEmpty()
                                ? List.of()
                                : List.of(
                                        new ModifierGroup("g", "g", random.nextInt(2), 2, options)))
                .substitutes(List.of(sku(random.nextInt(20))));
    }

    private static boolean canBeMade(Sku sku, Map<Sku, Article> menu, Set<Sku> out) {
        Article article = menu.get(sku);
        return !out.contains(sku)
                && (article == null
                        || article.recipe().stream()
                                .filter(it -> !it.optional())
                                .allMatch(it -> canBeMade(it.sku(), menu, out)));
    }

    private static boolean canBeHad(Sku sku, Map<Sku, Article> menu, Set<Sku> out) {
        Article article = menu.get(sku);
        return canBeMade(sku, menu, out)
                && (article == null
                        || article.modifiers().stream()
                                .allMatch(group ->
                                        group.min() == 0
                                                || group.options().stream()
                                                        .anyMatch(it ->
                                                                canBeMade(sku(it), menu, out))));
    }

    private static Sku sku(Option option) {
        return requireNonNull(option.sku());
    }

    private static Set<Sku> without(Sku sku, Map<Sku, Article> menu, Set<Sku> out) {
        Set<Sku> without = new HashSet<>();
        Article article = menu.get(sku);
        for (Ingredient part : article == null ? List.<Ingredient>of() : article.recipe()) {
            if (canBeMade(part.sku(), menu, out)) {
                without.addAll(without(part.sku(), menu, out));
            } else {
                without.add(part.sku());
            }
        }
        return without;
    }

    private static void assertNaive(Availability said, Map<Sku, Article> menu, Set<Sku> out) {
        Sku sku = said.sku();
        Article article = menu.get(sku);
        boolean had = canBeHad(sku, menu, out);
        assertEquals(!had, said.state() == Availability.State.OUT, () -> said + " of " + out);
        if (had) {
            Set<Sku> left = new HashSet<>();
            said.without().forEach(it -> left.add(it.ingredient()));
            assertEquals(without(sku, menu, out), left, said::toString);
            List<String> closed = new ArrayList<>();
            if (article != null && !article.modifiers().isEmpty()) {
                article.modifiers().getFirst().options().stream()
                        .filter(it -> !canBeMade(sku(it), menu, out))
                        .forEach(it -> closed.add(it.id()));
            }
            assertEquals(closed, said.options(), said::toString);
        } else {
            assertEquals(
                    article == null
                            ? List.of()
                            : article.substitutes().stream()
                                    .filter(it -> canBeHad(it, menu, out))
                                    .toList(),
                    said.substitutes(),
                    said::toString);
        }
    }

    private static List<Availability> fromStream(StockRoom room) {
        Map<String, Availability> all = new TreeMap<>();
        for (AvailabilityEvent event : room.told()) {
            switch (event) {
                case AvailabilityChanged(Availability it, _) -> all.put(event.key(), it);
                case AvailabilityRestored _ -> all.remove(event.key());
            }
        }
        return List.copyOf(all.values());
    }
}
