package dev.skerry.pricing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PromotionFileTest {

    private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    private final PromotionFile file = new PromotionFile();

    @Test
    void every_example_of_the_page_is_read() throws IOException {
        for (String example : examples()) {
            assertFalse(book(example).promotions().isEmpty(), example);
        }
    }

    @Test
    void the_page_has_an_example_of_every_effect() throws IOException {
        Set<Class<?>> shown = new TreeSet<>(java.util.Comparator.comparing(Class::getSimpleName));
        for (String example : examples()) {
            book(example).promotions().forEach(it -> shown.add(it.effect().getClass()));
        }
        Set<Class<?>> all = new TreeSet<>(java.util.Comparator.comparing(Class::getSimpleName));
        for (Class<?> kind : Effect.class.getPermittedSubclasses()) {
            all.addAll(List.of(kind.getPermittedSubclasses()));
        }
        assertEquals(all, shown);
    }

    @Test
    void the_example_with_everything_means_what_it_says() throws IOException {
        Promotion read = book(examples().getFirst()).promotions().getFirst();
        assertEquals("Happy hour", read.name());
        assertEquals(Standing.BEST_PRICE, read.standing());
        assertEquals(4, read.conditions().limit().orElseThrow());
        assertFalse(read.conditions().reducedToo());
        assertEquals(new Audience(true, Set.of("student"), true), read.conditions().audience());
        assertEquals(
                new Effect.LineDiscount(
                        Articles.department("drinks").except(Articles.brand("Acme")),
                        Shop.off("50")),
                read.effect());
    }

    @Test
    void all_faults_are_said_at_once_with_their_places() {
        Reading<PromotionBook> read =
                file.readBook(
                        """
                        {"format": 1, "version": "1", "currency": "EUR",
                         "promotions": [
                          {"id": "A", "lain": "pre", "effect": {"type": "line-discount",
                            "articles": {"skus": []}, "off": {"percent": 101}}},
                          {"id": "A", "concurrency": "compound", "when": {"from": "tomorrow"},
                           "effect": {"type": "take-pay", "articles": {"all": true}, "take": 3, "pay": 2,
                            "grouping": "same-article"}},
                          {"effect": {"type": "gifts"}}
                         ]}
                        """);
        Reading.Bad<?> bad = assertInstanceOf(Reading.Bad.class, read);
        List<String> faults =
                bad.faults().stream()
                        .map(it -> it.toString().replaceFirst("^(\\d+):\\d+ ", "$1 "))
                        .toList();
        assertEquals(
                List.of(
                        "3 promotions[0].lain: this field is not known; known here are compoundOn, concurrency, effect, id, lane, name, priority, rank, when",
                        "4 promotions[0].effect.articles.skus: a list of at least one is wanted",
                        "4 promotions[0].effect.off.percent: a number from 0 to 100 with at most two decimals is wanted",
                        "5 promotions[1]: what needs several units, or has a limit, is never compound: a lane of its own lets it combine",
                        "5 promotions[1].when.from: a store-local time such as 2026-12-24T08:00 is wanted, not \"tomorrow\"",
                        "8 promotions[2]: \"id\" is missing",
                        "8 promotions[2].effect.type: one of basket-percent, buy-get, buy-get-same, cheapest-off, earn-points, expiry-markdown, gift, line-discount, meal-deal, multiply-points, quantity-tiers, reward, set-for-price, spend-threshold, take-pay is wanted"),
                faults);
    }

    @Test
    void what_is_no_json_is_one_fault() {
        for (String text : List.of("", "{", "[1", "{} {}", "{\"format\": 1, \"format\": 1}")) {
            Reading.Bad<?> bad = assertInstanceOf(Reading.Bad.class, file.readBook(text), text);
            assertTrue(bad.faults().size() >= 1, text);
        }
    }

    @Test
    void two_promotions_with_one_id_are_a_fault() {
        String promotion =
                "{\"id\":\"A\",\"effect\":{\"type\":\"line-discount\",\"articles\":{\"all\":true},\"off\":{\"percent\":1}}}";
        assertInstanceOf(Reading.Bad.class, file.readBook(wrapped(promotion + "," + promotion)));
        assertInstanceOf(Reading.Good.class, file.readBook(wrapped(promotion)));
    }

    @Test
    void a_book_and_its_baskets_are_in_one_currency() {
        Promotion euros = Shop.promotion("A", Shop.line(Shop.ALL, Shop.less("1.00")));
        Promotion dollars =
                Shop.promotion(
                        "B",
                        new Effect.SetForPrice(
                                Shop.ALL, 2, true, dev.skerry.language.Money.of(100, "USD")));
        assertThrows(
                IllegalArgumentException.class,
                () -> PromotionBook.of("v", List.of(euros, dollars)));
        assertThrows(
                IllegalArgumentException.class,
                () -> Shop.price(Shop.basket(Shop.pieces(1, "a", 2, "1.00")), dollars));
    }

    @Test
    void amounts_have_no_more_decimals_than_the_currency() {
        String promotion =
                "{\"id\":\"A\",\"effect\":{\"type\":\"line-discount\",\"articles\":{\"all\":true},\"off\":{\"amount\":0.505}}}";
        assertInstanceOf(
                Reading.Bad.class,
                file.readPromotion(promotion, java.util.Currency.getInstance("EUR")));
        assertInstanceOf(
                Reading.Good.class,
                file.readPromotion(promotion, java.util.Currency.getInstance("BHD")));
    }

    @Test
    void the_schema_and_the_reader_agree_on_every_example_and_on_every_way_to_break_it()
            throws IOException {
        Schema schema = schema();
        int broken = 0;
        for (String example : examples()) {
            String whole = example.contains("\"format\"") ? example : wrapped(example);
            for (String text : broken(tree(whole))) {
                boolean read = file.readBook(text) instanceof Reading.Good;
                assertEquals(schema.accepts(tree(text)), read, text);
                broken += read ? 0 : 1;
            }
            assertTrue(schema.accepts(tree(whole)), whole);
        }
        assertTrue(broken > 1_000, "broken: " + broken);
    }

    /// With each value taken out, under another name, and of another kind.
    private static List<String> broken(JsonTree whole) {
        List<String> texts = new ArrayList<>();
        List<JsonTree> places = new ArrayList<>();
        collect(whole, places);
        for (JsonTree place : places) {
            for (Object other :
                    List.of(
                            "",
                            "x",
                            BigDecimal.ZERO,
                            new BigDecimal("-1"),
                            // How many decimals an amount may have only the currency knows.
                            new BigDecimal(place.where().endsWith("percent") ? "2.005" : "2.5"),
                            new BigDecimal("3000000000"),
                            true,
                            false,
                            List.of(),
                            Map.of(),
                            JsonTree.NULL)) {
                texts.add(render(whole, place, new JsonTree("", 0, 0, other), "same"));
            }
            texts.add(render(whole, place, null, "same"));
            texts.add(render(whole, place, place, "other"));
            texts.add(render(whole, place, place, "added"));
        }
        return texts;
    }

    private static void collect(JsonTree tree, List<JsonTree> places) {
        places.add(tree);
        if (tree.value() instanceof Map<?, ?>) {
            Schema.fields(tree).values().forEach(each -> collect(each, places));
        } else if (tree.value() instanceof List<?>) {
            Schema.list(tree).forEach(each -> collect(each, places));
        }
    }

    /// The text, with another value or name in this place.
    private static String render(
            JsonTree tree,
            JsonTree place,
            @org.jspecify.annotations.Nullable JsonTree other,
            String name) {
        boolean here = tree.where().equals(place.where()) && tree.equals(place);
        JsonTree shown = here && other != null ? other : tree;
        return switch (shown.value()) {
            case Map<?, ?> _ -> {
                Map<String, String> fields = new LinkedHashMap<>();
                Schema.fields(shown)
                        .forEach((field, value) -> {
                            boolean hit = value.equals(place);
                            if (!hit || other != null) {
                                fields.put(
                                        hit && name.equals("other") ? field + "s" : field,
                                        render(value, place, other, name));
                            }
                        });
                if (here && name.equals("added")) {
                    fields.put("more", "1");
                }
                yield "{"
                        + String.join(
                                ",",
                                fields.entrySet().stream()
                                        .map(it -> "\"" + it.getKey() + "\":" + it.getValue())
                                        .toList())
                        + "}";
            }
            case List<?> _ -> {
                List<String> elements = new ArrayList<>();
                for (JsonTree element : Schema.list(shown)) {
                    if (!element.equals(place) || other != null) {
                        elements.add(render(element, place, other, name));
                    }
                }
                yield "[" + String.join(",", elements) + "]";
            }
            case String text -> "\"" + text + "\"";
            case BigDecimal number -> number.toPlainString();
            case Boolean flag -> flag.toString();
            default -> "null";
        };
    }

    private PromotionBook book(String example) {
        return example.contains("\"format\"")
                ? file.readBook(example).orThrow()
                : PromotionBook.of("v", List.of(file.readPromotion(example, Shop.EUR).orThrow()));
    }

    private static String wrapped(String promotions) {
        return "{\"format\":1,\"version\":\"1\",\"currency\":\"EUR\",\"promotions\":["
                + promotions
                + "]}";
    }

    private static JsonTree tree(String text) {
        return JsonTree.parse(text).orThrow();
    }

    private static Schema schema() throws IOException {
        try (var in =
                requireNonNull(PromotionFile.class.getResourceAsStream("promotions.schema.json"))) {
            return new Schema(tree(new String(in.readAllBytes(), UTF_8)));
        }
    }

    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        Matcher matcher = EXAMPLE.matcher(Files.readString(Path.of("../docs/promotions.md")));
        while (matcher.find()) {
            examples.add(matcher.group(1));
        }
        return examples;
    }
}
