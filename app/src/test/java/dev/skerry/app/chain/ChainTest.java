package dev.skerry.app.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Json;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.Article.Ingredient;
import dev.skerry.language.catalog.Article.ModifierGroup;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.CatalogEvent.LotRecalled;
import dev.skerry.language.catalog.CatalogEvent.SectionChanged;
import dev.skerry.language.customers.CustomerEvent.CustomerChanged;
import dev.skerry.language.prices.PriceEvent.Level;
import dev.skerry.language.prices.PriceEvent.PriceSet;
import dev.skerry.language.prices.PromotionEvent.PromotionChanged;
import dev.skerry.language.prices.TaxEvent;
import dev.skerry.language.staff.StaffEvent;
import dev.skerry.language.staff.StaffEvent.PersonChanged;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChainTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final int CUSTOMERS = 300;
    private static final Chain CHAIN = new Chain(1, MONDAY, 3, CUSTOMERS);

    private static List<Article> articles() {
        return articles(CHAIN);
    }

    private static List<Article> articles(Chain chain) {
        return chain.catalog().stream()
                .filter(ArticleChanged.class::isInstance)
                .map(it -> ((ArticleChanged) it).article())
                .toList();
    }

    private static List<PriceSet> prices() {
        return CHAIN.prices().stream().map(it -> (PriceSet) it).toList();
    }

    private static <T> void assertUnique(Collection<T> all) {
        Set<T> seen = new HashSet<>();
        assertEquals(List.of(), all.stream().filter(it -> !seen.add(it)).toList());
    }

    @Test
    void the_same_seed_makes_the_same_chain_and_another_makes_another() {
        Chain again = new Chain(1, MONDAY, 3, CUSTOMERS);
        assertEquals(CHAIN.catalog(), again.catalog());
        assertEquals(CHAIN.prices(), again.prices());
        assertEquals(CHAIN.customers(), again.customers());
        assertEquals(CHAIN.staff(), again.staff());
        Chain other = new Chain(2, MONDAY, 3, CUSTOMERS);
        assertNotEquals(CHAIN.catalog(), other.catalog());
        assertNotEquals(CHAIN.customers(), other.customers());
    }

    private static long events(Class<? extends CatalogEvent> kind) {
        return CHAIN.catalog().stream().filter(kind::isInstance).count();
    }

    @Test
    void it_is_about_as_large_as_it_says() {
        int articles = articles().size();
        assertTrue(articles > 4_800 && articles < 5_300, articles + " articles");
        assertEquals(3, CHAIN.shops().size());
        assertEquals(2 * CUSTOMERS, CHAIN.customers().size());
        assertEquals(3, events(LotRecalled.class), "recalls");
        assertEquals(Cafe.sections().size(), events(SectionChanged.class), "parts of the menu");
    }

    @Test
    void no_two_articles_have_one_name_number_or_code() {
        assertUnique(articles().stream().map(Article::sku).toList());
        assertUnique(
                articles().stream()
                        .filter(it -> it.department().size() > 1 && !it.tags().contains("extra"))
                        .filter(it -> !it.tags().contains("ingredient"))
                        .map(Article::name)
                        .toList());
        assertUnique(
                articles().stream()
                        .flatMap(it -> it.codes().stream())
                        .map(it -> it.gtin())
                        .toList());
        List<String> plus = articles().stream().map(Article::plu).filter(it -> it != null).toList();
        assertUnique(plus);
        Set<String> skus =
                articles().stream().map(it -> it.sku().value()).collect(Collectors.toSet());
        assertTrue(plus.stream().noneMatch(skus::contains));
    }

    @Test
    void every_code_is_one_that_gs1_keeps_for_examples() {
        assertTrue(
                articles().stream()
                        .flatMap(it -> it.codes().stream())
                        .allMatch(it -> it.gtin().digits().startsWith("0952")));
    }

    @Test
    void a_larger_one_has_further_articles_each_with_a_name_a_code_and_a_price() {
        Chain large = Chain.of(1, MONDAY, 3, new Chain.Size(30_000, 0, 1));
        List<Article> all = articles(large);
        assertTrue(all.size() >= 30_000 && all.size() < 30_500, all.size() + " articles");
        assertUnique(all.stream().map(Article::sku).toList());
        assertUnique(all.stream().flatMap(it -> it.codes().stream()).map(it -> it.gtin()).toList());
        Set<Sku> priced =
                large.prices().stream()
                        .map(it -> ((PriceSet) it).place().sku())
                        .collect(Collectors.toSet());
        assertTrue(
                all.stream()
                        .filter(it -> it.name().contains(" no. "))
                        .allMatch(it -> priced.contains(it.sku())));
    }

    @Test
    void receipts_can_be_told_apart_but_for_a_few() {
        List<String> names = articles().stream().map(Article::receiptName).toList();
        assertTrue(new HashSet<>(names).size() > names.size() * 97 / 100);
    }

    @Test
    void what_an_article_refers_to_is_there() {
        Set<Sku> skus = articles().stream().map(Article::sku).collect(Collectors.toSet());
        Set<String> taxes =
                CHAIN.taxes().stream().map(TaxEvent::category).collect(Collectors.toSet());
        for (Article article : articles()) {
            List<Sku> meant = new ArrayList<>(article.substitutes());
            if (article.deposit() != null) {
                meant.add(article.deposit().sku());
            }
            for (Ingredient ingredient : article.recipe()) {
                meant.add(ingredient.sku());
                if (ingredient.credit() != null) {
                    meant.add(ingredient.credit());
                }
            }
            options(article.modifiers()).forEach(meant::add);
            assertTrue(skus.containsAll(meant), article.name() + " " + meant);
            assertTrue(taxes.contains(article.taxCategory()), article.taxCategory());
        }
    }

    private static Stream<Sku> options(List<ModifierGroup> groups) {
        return groups.stream()
                .flatMap(it -> it.options().stream())
                .flatMap(it -> Stream.concat(Stream.ofNullable(it.sku()), options(it.groups())));
    }

    @Test
    void a_dish_contains_what_its_ingredients_contain() {
        Article burger =
                articles().stream()
                        .filter(it -> it.name().equals("Bacon cheeseburger"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(List.of("eggs", "gluten", "milk", "mustard", "sesame"), burger.allergens());
        assertTrue(burger.modifiers().stream().anyMatch(it -> it.name().equals("Side")));
    }

    @Test
    void beer_is_for_16_spirits_for_18_and_without_alcohol_for_everybody() {
        for (Article article : articles()) {
            if (article.department().contains("Spirits")) {
                assertEquals(18, article.ageMin());
            }
            if (article.department().contains("Beer")) {
                boolean sober = article.name().contains("Alcohol-free");
                assertEquals(sober ? null : Integer.valueOf(16), article.ageMin(), article.name());
                assertEquals(!sober, article.tags().contains("alcohol"), article.name());
            }
        }
    }

    @Test
    void every_article_has_a_price_everywhere_and_some_have_others() {
        Set<Sku> everywhere =
                prices().stream()
                        .filter(it -> it.place().level() == Level.CHAIN)
                        .filter(it -> it.place().validFrom().toLocalDate().isBefore(MONDAY))
                        .filter(it -> it.validTo() == null)
                        .map(it -> it.place().sku())
                        .collect(Collectors.toSet());
        assertEquals(articles().stream().map(Article::sku).collect(Collectors.toSet()), everywhere);
        assertUnique(prices().stream().map(PriceSet::key).toList());
        assertUnique(prices().stream().map(PriceSet::id).toList());
        for (Level level : Level.values()) {
            assertTrue(prices().stream().anyMatch(it -> it.place().level() == level), level + "");
        }
        assertTrue(
                prices().stream()
                                .filter(it -> it.place().validFrom().toLocalDate().isAfter(MONDAY))
                                .count()
                        > 100);
        assertTrue(prices().stream().allMatch(it -> it.price().isPositive()));
    }

    @Test
    void promotions_are_of_every_type_and_most_of_them_have_an_end() {
        List<PromotionChanged> promotions =
                CHAIN.promotions().stream().map(it -> (PromotionChanged) it).toList();
        assertEquals(300, promotions.size());
        assertUnique(promotions.stream().map(PromotionChanged::id).toList());
        assertEquals(
                Set.of(
                        "line-discount",
                        "expiry-markdown",
                        "quantity-tiers",
                        "set-for-price",
                        "take-pay",
                        "cheapest-off",
                        "buy-get",
                        "buy-get-same",
                        "meal-deal",
                        "spend-threshold",
                        "basket-percent",
                        "gift",
                        "reward",
                        "earn-points",
                        "multiply-points"),
                promotions.stream()
                        .map(it -> Json.tree(it.promotion()).at("/effect/type").asString())
                        .collect(Collectors.toSet()));
        assertTrue(
                promotions.stream()
                                .filter(it ->
                                        !Json.tree(it.promotion()).at("/when/to").isMissingNode())
                                .count()
                        > 200);
        assertEquals(CHAIN.promotions(), new Chain(1, MONDAY, 3, 1).promotions());
    }

    @Test
    void staff_sign_on_with_their_number_backwards() {
        for (StaffEvent event : CHAIN.staff()) {
            PersonChanged person = (PersonChanged) event;
            String pin = new StringBuilder(person.person()).reverse().toString();
            assertTrue(person.pin() != null && person.pin().isOf(pin), person.person());
        }
        assertUnique(CHAIN.staff().stream().map(StaffEvent::person).toList());
        assertFalse(CHAIN.staff().isEmpty());
    }

    @Test
    void cards_are_everybodys_own_and_guarded_by_a_digit() {
        List<String> cards =
                CHAIN.customers().stream()
                        .filter(CustomerChanged.class::isInstance)
                        .flatMap(it -> ((CustomerChanged) it).cards().stream())
                        .toList();
        assertUnique(cards);
        assertEquals("7042500000000103", cards.getFirst());
        assertTrue(cards.stream().allMatch(it -> it.length() == 16));
    }

    @Test
    void a_recall_means_an_article_that_is_sold() {
        Set<String> sold =
                articles().stream()
                        .flatMap(it -> it.codes().stream())
                        .map(it -> it.gtin().digits())
                        .collect(Collectors.toSet());
        for (CatalogEvent event : CHAIN.catalog()) {
            if (event instanceof LotRecalled recalled) {
                assertTrue(sold.contains(recalled.gtin().digits()));
            }
        }
    }
}
