package dev.skerry.store.inventory;

import static dev.skerry.store.inventory.StockRoom.dish;
import static dev.skerry.store.inventory.StockRoom.goods;
import static dev.skerry.store.inventory.StockRoom.line;
import static dev.skerry.store.inventory.StockRoom.optional;
import static dev.skerry.store.inventory.StockRoom.part;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderLine.ReturnOf;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SellingTest {

    private static final Map<Sku, Product> MENU =
            Stream.of(
                            dish(
                                    "burger",
                                    part("bun", 1000),
                                    optional("bacon", 30, "x-bacon"),
                                    part("relish", 20)),
                            dish("relish", part("onion", 500), optional("chili", 10, null)),
                            dish("x-bacon", part("bacon", 30)),
                            dish("snake", part("snake", 100), part("egg", 1000)),
                            goods("cola").deposit(new Sku("empty"), 1))
                    .map(Article.Draft::article)
                    .map(Product::of)
                    .collect(Collectors.toMap(Product::sku, Function.identity()));

    private static String moved(Set<String> out, OrderLine... lines) {
        Recipes recipes =
                new Recipes(
                        sku -> Optional.ofNullable(MENU.get(sku)),
                        sku -> out.contains(sku.value()));
        return new Selling(recipes, sku -> sku.value().equals("empty"), Set.of("damaged"))
                .movements(Arrays.asList(lines)).stream()
                        .map(it -> it.kind() + " " + it.sku() + " " + it.quantity())
                        .collect(Collectors.joining(", "));
    }

    private static String moved(OrderLine... lines) {
        return moved(Set.of(), lines);
    }

    @Test
    void goods_leave_as_they_are_and_voided_lines_do_not() {
        assertEquals(
                "SOLD milk -2, SOLD apples -0.735",
                moved(
                        line("1", "milk", 2000),
                        line("2", "apples", 735),
                        line("3", null, "beer", 1000, null, null, true)));
    }

    @Test
    void a_dish_uses_up_what_it_is_made_of_down_to_what_is_stocked() {
        // 10 g of chili for a kilogram of relish are nothing in one burger, to the gram.
        assertEquals(
                "CONSUMED bacon -0.06, CONSUMED bun -2, CONSUMED onion -0.02",
                moved(line("1", "burger", 2000)));
        assertEquals(
                "CONSUMED bacon -0.6, CONSUMED bun -20, CONSUMED chili -0.004, CONSUMED onion -0.2",
                moved(line("1", "burger", 20_000)));
    }

    @Test
    void what_ran_out_is_not_used_where_it_can_be_done_without() {
        assertEquals(
                "CONSUMED bun -1, CONSUMED onion -0.01",
                moved(Set.of("bacon", "chili"), line("1", "burger", 1000)));
    }

    @Test
    void a_credit_leaves_its_ingredient_out_and_an_extra_uses_it() {
        assertEquals(
                "CONSUMED bacon -0.03, CONSUMED bun -2, CONSUMED onion -0.02",
                moved(
                        line("1", "burger", 2000),
                        line("2", "1", "x-bacon", -1000, null, null, false)));
        assertEquals(
                "CONSUMED bacon -0.03, CONSUMED bun -1, CONSUMED onion -0.01, CONSUMED bacon -0.03",
                moved(
                        line("1", "burger", 1000),
                        line("2", "1", "x-bacon", 1000, null, null, false)));
        assertEquals(
                "CONSUMED bun -1, CONSUMED onion -0.01",
                moved(
                        line("1", "burger", 1000),
                        line("2", "1", "x-bacon", -5000, null, null, false)));
    }

    @Test
    void goods_come_back_to_the_shelf_unless_they_are_damaged_and_dishes_never_do() {
        ReturnOf sold = new ReturnOf("o", "1");
        assertEquals(
                "RETURNED milk 1", moved(line("1", null, "milk", -1000, sold, "too many", false)));
        assertEquals(
                "RETURNED milk 1, DAMAGED milk -1",
                moved(line("1", null, "milk", -1000, null, "Damaged", false)));
        assertEquals("", moved(line("1", null, "burger", -1000, sold, "cold", false)));
    }

    @Test
    void a_bottle_leaves_with_what_is_in_it_and_comes_back_empty() {
        assertEquals(
                "SOLD cola -1",
                moved(line("1", "cola", 1000), line("2", "1", "empty", 1000, null, null, false)));
        assertEquals("RETURNED empty 3", moved(line("1", "empty", -3000)));
    }

    @Test
    void a_recipe_that_needs_itself_ends() {
        assertEquals("CONSUMED egg -1, CONSUMED snake -0.1", moved(line("1", "snake", 1000)));
    }

    @Test
    void an_hour_that_comes_twice_is_the_one_that_fits_when_it_became_known() {
        LocalDateTime twice = LocalDateTime.of(2026, 10, 25, 2, 30);
        Instant first = Instant.parse("2026-10-25T00:30:00Z");
        Instant second = Instant.parse("2026-10-25T01:30:00Z");
        assertEquals(first, Selling.paidAt(twice, StockRoom.BERLIN, first.plusSeconds(9)));
        assertEquals(second, Selling.paidAt(twice, StockRoom.BERLIN, second));
        assertEquals(
                Instant.parse("2026-03-02T09:00:00Z"),
                Selling.paidAt(
                        LocalDateTime.of(2026, 3, 2, 10, 0),
                        StockRoom.BERLIN,
                        Instant.parse("2026-03-02T08:59:00Z")));
    }
}
