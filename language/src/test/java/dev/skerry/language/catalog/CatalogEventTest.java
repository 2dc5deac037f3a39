package dev.skerry.language.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Gtin;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article.Code;
import dev.skerry.language.catalog.Article.Ingredient;
import dev.skerry.language.catalog.Article.ModifierGroup;
import dev.skerry.language.catalog.Article.Option;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.CatalogEvent.ArticleRemoved;
import dev.skerry.language.catalog.CatalogEvent.LotRecalled;
import dev.skerry.language.catalog.CatalogEvent.LotReleased;
import dev.skerry.language.catalog.CatalogEvent.SectionChanged;
import dev.skerry.language.catalog.CatalogEvent.SectionRemoved;
import dev.skerry.language.catalog.MenuSection.Hours;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogEventTest {

    private static final Gtin COLA = Gtin.parse("5449000000996");

    private static Article cola() {
        return Article.draft(
                        new Sku("100200"),
                        "Coca-Cola Classic 0.33 l can",
                        "standard",
                        "Drinks",
                        "Soft drinks",
                        "Cola")
                .receiptName("COCA-COLA 0.33L")
                .brand("Coca-Cola")
                .size("0.33 l")
                .codes(List.of(new Code(COLA, 1), new Code(Gtin.parse("5449000054227"), 6)))
                .plu("4711")
                .deposit(new Sku("D25"), 1)
                .tags(List.of("can"))
                .substitutes(List.of(new Sku("100201")))
                .picture("sha256:" + "0a".repeat(32))
                .article();
    }

    private static Article burger() {
        return Article.draft(new Sku("M-10"), "Bacon cheeseburger", "food", "Café", "Burgers")
                .allergens(List.of("gluten", "milk"))
                .recipe(
                        List.of(
                                new Ingredient(new Sku("I-BUN"), Quantity.ONE, false, false, null),
                                new Ingredient(
                                        new Sku("I-BACON"),
                                        new Quantity(30),
                                        true,
                                        true,
                                        new Sku("X-BACON"))))
                .modifiers(
                        List.of(
                                new ModifierGroup(
                                        "side",
                                        "Side",
                                        1,
                                        1,
                                        List.of(
                                                new Option("fries", "Fries", null, true, List.of()),
                                                new Option(
                                                        "salad",
                                                        "Salad",
                                                        new Sku("X-SALAD"),
                                                        false,
                                                        List.of(
                                                                new ModifierGroup(
                                                                        "dressing",
                                                                        "Dressing",
                                                                        0,
                                                                        2,
                                                                        List.of(
                                                                                new Option(
                                                                                        "oil",
                                                                                        "Olive oil",
                                                                                        null,
                                                                                        false,
                                                                                        List
                                                                                                .of())))))))))
                .notReturnable()
                .discountExempt()
                .ageMin(18)
                .weighed()
                .menu("Burgers", "grill")
                .active(LocalDateTime.of(2026, 3, 1, 6, 0), LocalDateTime.of(2026, 9, 1, 0, 0))
                .article();
    }

    private static Article combo() {
        return Article.draft(new Sku("M-20"), "Burger menu", "food", "Café", "Combos")
                .modifiers(
                        List.of(
                                new ModifierGroup(
                                        "main",
                                        "Main",
                                        1,
                                        1,
                                        List.of(
                                                Option.included(
                                                        "burger",
                                                        "Burger",
                                                        new Sku("M-10"),
                                                        true))),
                                new ModifierGroup(
                                        "milk",
                                        "Milk",
                                        0,
                                        1,
                                        List.of(
                                                new Option(
                                                                "oat",
                                                                "Oat drink",
                                                                new Sku("X-OAT"),
                                                                false,
                                                                List.of())
                                                        .replacing(new Sku("I-MILK"))))))
                .article();
    }

    private static MenuSection breakfast() {
        return new MenuSection(
                "Breakfast",
                2,
                List.of(
                        new Hours(
                                Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                                LocalTime.of(7, 0),
                                LocalTime.of(14, 30))));
    }

    @Test
    void every_event_is_read_and_written_as_it_was_first_published() {
        new Golden<>(CatalogEvent.FORM, CatalogEventTest.class)
                .check(
                        Map.of(
                                "ArticleChanged-1",
                                new ArticleChanged(cola()),
                                "ArticleChanged-2",
                                new ArticleChanged(burger()),
                                "ArticleChanged-3",
                                new ArticleChanged(combo()),
                                "ArticleRemoved",
                                new ArticleRemoved(new Sku("100200")),
                                "LotRecalled",
                                new LotRecalled(
                                        COLA,
                                        "L4711",
                                        LocalDate.of(2026, 5, 31),
                                        "glass splinters"),
                                "LotReleased",
                                new LotReleased(COLA, "L4711"),
                                "SectionChanged",
                                new SectionChanged(breakfast()),
                                "SectionRemoved",
                                new SectionRemoved("Breakfast")));
    }

    @Test
    void what_ends_something_has_the_key_of_what_began_it() {
        assertEquals(new ArticleChanged(cola()).key(), new ArticleRemoved(new Sku("100200")).key());
        assertEquals(new LotRecalled(COLA, "A", null, "").key(), new LotReleased(COLA, "A").key());
        assertNotEquals(
                new LotRecalled(COLA, "A", null, "").key(),
                new LotRecalled(COLA, null, null, "").key());
        assertEquals(new SectionChanged(breakfast()).key(), new SectionRemoved("Breakfast").key());
        assertTrue(new SectionRemoved("Breakfast").ends());
        assertTrue(new LotReleased(COLA, "A").ends());
        assertFalse(new LotRecalled(COLA, "A", null, "").ends());
    }

    @Test
    void an_article_is_in_sale_from_its_first_moment_until_its_last() {
        Article burger = burger();
        assertFalse(burger.isActive(LocalDateTime.of(2026, 3, 1, 5, 59)));
        assertTrue(burger.isActive(LocalDateTime.of(2026, 3, 1, 6, 0)));
        assertTrue(burger.isActive(LocalDateTime.of(2026, 8, 31, 23, 59)));
        assertFalse(burger.isActive(LocalDateTime.of(2026, 9, 1, 0, 0)));
        assertTrue(cola().isActive(LocalDateTime.MAX));
    }

    @Test
    void nonsense_is_refused() {
        Sku sku = new Sku("1");
        assertRefused(() -> Article.draft(sku, "", "standard", "Food").article());
        assertRefused(() -> Article.draft(sku, "Milk", "standard").article());
        assertRefused(() -> Article.draft(sku, "Milk", "standard", "Food").plu("0123").article());
        assertRefused(() -> Article.draft(sku, "Gin", "standard", "Food").ageMin(0).article());
        assertRefused(() -> Article.draft(sku, "Milk", "standard", "Food/Dairy").article());
        assertRefused(() -> new Code(COLA, 0));
        assertRefused(() -> new ModifierGroup("a", "A", 2, 1, List.of()));
        Option same = new Option("same", "Same", null, false, List.of());
        assertRefused(() ->
                Article.draft(sku, "Tea", "standard", "Food")
                        .modifiers(List.of(new ModifierGroup("a", "A", 0, 1, List.of(same, same))))
                        .article());
    }

    private static void assertRefused(org.junit.jupiter.api.function.Executable nonsense) {
        assertThrows(IllegalArgumentException.class, nonsense);
    }
}
