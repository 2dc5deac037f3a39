package dev.skerry.store.catalog;

import static dev.skerry.store.catalog.Hq.article;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Gtin;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.CatalogEvent.ArticleRemoved;
import dev.skerry.language.catalog.CatalogEvent.LotRecalled;
import dev.skerry.language.catalog.CatalogEvent.SectionChanged;
import dev.skerry.language.catalog.CatalogEvent.SectionRemoved;
import dev.skerry.language.catalog.MenuSection;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 3, 1, 12, 0);

    @TempDir private Path folder;
    private Hq hq;

    @BeforeEach
    void open() {
        hq = new Hq(folder);
    }

    @AfterEach
    void close() {
        hq.close();
    }

    private List<String> search(String words) {
        return hq.catalog.search(words, NOON, 10).stream().map(it -> it.sku().value()).toList();
    }

    private void assertFinds(List<String> expected, String... words) {
        for (String one : words) {
            assertEquals(expected, search(one), one);
        }
    }

    /// What is in the tables, whatever way it came there.
    private Map<String, List<String>> dump() {
        return hq.catalog
                .book()
                .query(tables -> {
                    Map<String, List<String>> all = new TreeMap<>();
                    for (String sql :
                            List.of(
                                    "SELECT sku || plu || department || name || content FROM article ORDER BY sku",
                                    "SELECT gtin || sku FROM code JOIN article ON id = article ORDER BY 1",
                                    "SELECT gtin || lot || ifnull(expires_to, '') || reason FROM recall ORDER BY 1",
                                    "SELECT name || content FROM section ORDER BY name",
                                    "SELECT count(*) FROM word")) {
                        all.put(sql, tables.createQuery(sql).mapTo(String.class).list());
                    }
                    return all;
                });
    }

    // ---- following

    @Test
    void an_article_that_changes_is_found_by_what_it_is_now() {
        hq.sell(article("1", "Milk").gtin(Gtin.parse("4012345678901")).plu("10"));
        hq.sell(article("1", "Oat drink").gtin(Gtin.parse("4012345678918")).plu("11"));
        assertEquals("Oat drink", hq.catalog.article(new Sku("1")).orElseThrow().name());
        assertFinds(List.of("1"), "oat", "11", "4012345678918");
        assertFinds(List.of(), "milk", "10", "4012345678901");
        assertInstanceOf(Identified.Unknown.class, hq.catalog.identify("10", NOON));
        assertInstanceOf(Identified.Unknown.class, hq.catalog.identify("4012345678901", NOON));
    }

    @Test
    void an_article_that_is_removed_is_found_by_nothing() {
        hq.sell(article("1", "Milk").gtin(Gtin.parse("4012345678901")), article("2", "Milk roll"));
        hq.publish(new ArticleRemoved(new Sku("1")), new ArticleRemoved(new Sku("none")));
        assertTrue(hq.catalog.article(new Sku("1")).isEmpty());
        assertFinds(List.of("2"), "milk");
        assertInstanceOf(Identified.Unknown.class, hq.catalog.identify("4012345678901", NOON));
    }

    @Test
    void an_article_that_cannot_be_read_keeps_no_other_away() {
        ArticleChanged broken = new ArticleChanged(article("1", "Milk").article());
        hq.publish(
                List.of(
                        Hq.event(broken, "{\"article\":{\"sku\":\"1\"}}"),
                        Hq.event(new ArticleChanged(article("2", "Butter").article()))));
        assertFinds(List.of("2"), "butter");
        assertTrue(hq.catalog.article(new Sku("1")).isEmpty());
    }

    @Test
    void what_a_newer_hq_says_besides_is_passed_over() {
        ArticleChanged known = new ArticleChanged(article("1", "Milk").article());
        var newer =
                dev.skerry.language.CloudEvent.of(
                                "1",
                                "hq/catalog",
                                "dev.skerry.catalog.ShelfMoved",
                                Hq.CLOCK.instant(),
                                "{}")
                        .withSubject("shelf/1");
        hq.publish(List.of(dev.skerry.stream.CloudEvents.write(newer), Hq.event(known)));
        assertFinds(List.of("1"), "milk");
    }

    @Test
    void the_menu_is_what_is_in_sale_by_section() {
        hq.sell(
                article("1", "Tea").menu("Drinks", "bar"),
                article("2", "Eggs").menu("Breakfast", "grill"),
                article("3", "Americano").menu("Drinks", "bar"),
                article("4", "Pie").menu("Cakes", null).active(null, hq.catalog.now()),
                article("5", "Beans"));
        hq.publish(new SectionChanged(new MenuSection("Breakfast", 1, List.of())));
        assertEquals(List.of("Breakfast Eggs", "Drinks Americano, Tea"), menu());
        hq.publish(new SectionChanged(new MenuSection("Drinks", 1, List.of())));
        hq.publish(new SectionChanged(new MenuSection("Breakfast", 2, List.of())));
        assertEquals(List.of("Drinks Americano, Tea", "Breakfast Eggs"), menu());
        hq.publish(new SectionRemoved("Drinks"), new ArticleRemoved(new Sku("1")));
        assertEquals(List.of("Breakfast Eggs", "Drinks Americano"), menu());
    }

    private List<String> menu() {
        return hq.catalog.menu().stream()
                .map(it ->
                        it.section().name()
                                + " "
                                + it.articles().stream()
                                        .map(Article::name)
                                        .collect(Collectors.joining(", ")))
                .toList();
    }

    @Test
    void begun_anew_it_is_the_same() {
        hq.sell(
                article("1", "Milk").gtin(Gtin.parse("4012345678901")).plu("10"),
                article("2", "Butter").gtin(Gtin.parse("4012345678918")),
                article("3", "Curd"));
        hq.publish(
                new ArticleRemoved(new Sku("2")),
                new LotRecalled(Gtin.parse("4012345678901"), "L", null, "glass"),
                new SectionChanged(new MenuSection("Breakfast", 1, List.of())));
        hq.sell(article("1", "Fresh milk").gtin(Gtin.parse("4012345678901")));
        Map<String, List<String>> before = dump();
        hq.catalog.book().rebuild();
        assertEquals(before, dump());
        hq.database.write(tx -> {
            tx.moveCursor("catalog", 0);
            return true;
        });
        hq.catalog
                .book()
                .write((tables, _) -> {
                    CatalogTables.startOver(tables);
                    return true;
                });
        assertFinds(List.of(), "milk");
        hq.close();
        hq = new Hq(folder);
        hq.publish(List.of());
        assertEquals(before, dump());
        assertFinds(List.of("1"), "milk");
    }

    // ---- searching

    @Test
    void words_are_found_by_their_beginning_without_case_and_accents() {
        hq.sell(
                article("1", "Müller Käse Gruyère 200 g"),
                article("2", "Weißwurst"),
                article("3", "Smørrebrød"),
                article("4", "Łosoś wędzony"));
        assertFinds(List.of("1"), "käse", "KASE", "kas", "gruyere müll", "muller gruy");
        assertFinds(List.of("2"), "weiß", "weiss", "WEISSWURST");
        assertFinds(List.of("3"), "smor", "smørre", "smorrebrod");
        assertFinds(List.of("4"), "losos", "wedz");
    }

    @Test
    void all_words_have_to_fit_and_only_the_last_may_be_unfinished() {
        hq.sell(article("1", "Apple juice"), article("2", "Apple pie"), article("3", "Apples"));
        assertFinds(List.of("1"), "apple jui", "juice apple");
        assertFinds(List.of("2"), "apple p", "app pi", "pie ap");
        assertFinds(List.of(), "apple x");
    }

    @Test
    void the_name_counts_most_and_then_the_brand() {
        hq.sell(
                Article.draft(new Sku("1"), "Crackers", "food", "Cheese and snacks"),
                article("2", "Toast").brand("Cheese Corner"),
                article("3", "Cheese"));
        assertFinds(List.of("3", "2", "1"), "cheese");
    }

    @Test
    void numbers_tags_and_brands_are_found_too() {
        hq.sell(
                article("A-17", "Milk")
                        .brand("Alm")
                        .gtin(Gtin.parse("4012345678901"))
                        .plu("4711")
                        .tags(List.of("organic")));
        assertFinds(List.of("A-17"), "4711", "401234567", "organic", "alm", "a-17", "milk alm");
    }

    @Test
    void one_letter_finds_names_that_begin_so() {
        hq.sell(article("1", "Banana"), article("2", "Red beet"), article("3", "Bread"));
        assertFinds(List.of("1", "3"), "b");
        assertFinds(List.of("3"), "br");
    }

    @Test
    void what_is_not_in_sale_is_not_found() {
        hq.sell(article("1", "Easter egg").active(NOON.plusDays(1), null), article("2", "Egg"));
        assertFinds(List.of("2"), "egg", "e");
    }

    @Test
    void nothing_that_is_typed_is_a_mistake_of_syntax() {
        hq.sell(article("1", "Milk"));
        for (String typed :
                List.of(
                        "",
                        " ",
                        "\"",
                        "*",
                        "milk*\"",
                        "name:milk",
                        "NOT milk",
                        "(",
                        "a AND",
                        "-",
                        "'")) {
            assertFalse(search(typed).size() > 1);
        }
        assertFinds(List.of("1"), "\"milk\"", "milk*", "(milk)", "-milk");
        assertThrows(IllegalArgumentException.class, () -> hq.catalog.search("milk", NOON, 1_000));
    }

    // ---- departments

    @Test
    void a_department_holds_those_below_it() {
        hq.sell(
                Article.draft(new Sku("1"), "Milk", "food", "Food", "Dairy"),
                Article.draft(new Sku("2"), "Butter", "food", "Food", "Dairy"),
                Article.draft(new Sku("3"), "Bread", "food", "Food"),
                Article.draft(new Sku("4"), "Dog food", "food", "Food for pets"));
        assertEquals(List.of("3", "2", "1"), department(0, 10, "Food"));
        assertEquals(List.of("2", "1"), department(0, 10, "Food", "Dairy"));
        assertEquals(List.of("1"), department(1, 1, "Food", "Dairy"));
        assertEquals(List.of(), department(0, 10, "Dairy"));
        List<Department> expected = new ArrayList<>();
        expected.add(new Department(List.of("Food for pets"), 1));
        expected.add(new Department(List.of("Food"), 1));
        expected.add(new Department(List.of("Food", "Dairy"), 2));
        assertEquals(expected, hq.catalog.departments());
    }

    private List<String> department(int offset, int max, String... path) {
        return hq.catalog.department(List.of(path), offset, max).stream()
                .map(it -> it.sku().value())
                .toList();
    }
}
