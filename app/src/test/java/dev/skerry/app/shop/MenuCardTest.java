package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.shop.TestShop.Answer;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The menu as guests see it: `GET /api/menu`. The store's clock says 10:00 at the beginning.
class MenuCardTest {

    @TempDir private Path folder;
    private TestShop shop;

    @BeforeEach
    void open() {
        shop = new TestShop(folder);
        CafeMenu.in(shop);
        CafeMenu.await(shop);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private JsonNode card() {
        Answer answer = shop.ask("GET", "/api/menu", "");
        assertEquals(200, answer.status(), answer::toString);
        return answer.json();
    }

    private static List<String> names(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(it -> it.path("name").asString())
                .toList();
    }

    private static JsonNode named(JsonNode list, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(it -> it.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + list));
    }

    private JsonNode dish(String name) {
        for (JsonNode section : card().path("sections")) {
            for (JsonNode dish : section.path("dishes")) {
                if (dish.path("name").asString().equals(name)) {
                    return dish;
                }
            }
        }
        throw new AssertionError("no " + name + " on the menu");
    }

    private static Answer done(Answer answer) {
        assertTrue(answer.status() < 300, answer::toString);
        return answer;
    }

    private String tag() {
        HttpResponse<String> answer = shop.again("/api/menu", "");
        assertEquals(200, answer.statusCode());
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void a_card_is_sent_once_until_something_on_it_changes() {
        String first = tag();
        HttpResponse<String> again = shop.again("/api/menu", first);
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());

        // An hour later nothing else is in force.
        shop.now.set(shop.now.get().plusSeconds(3600));
        assertEquals(304, shop.again("/api/menu", first).statusCode());
        // A sale is no change of the card.
        done(shop.ask("POST", "/api/business-day/open", "{}"));
        done(
                shop.ask(
                        "POST",
                        "/api/shifts",
                        "{\"shift\":\"s\",\"cashFloat\":{\"amount\":0,\"currency\":\"EUR\"}}"));
        done(shop.ask("PUT", "/api/baskets/b1", "{}"));
        done(shop.ask("POST", "/api/baskets/b1/lines", "{\"id\":\"1\",\"sku\":\"fries\"}"));
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/b1/pay",
                        "{\"tenders\":[{\"id\":\"t\",\"kind\":\"CASH\"}]}"));
        shop.awaitReport("2026-03-02", 1);
        assertEquals(304, shop.again("/api/menu", first).statusCode());

        shop.ask("PUT", "/api/availability/i-patty", "{\"available\":false}");
        HttpResponse<String> out = shop.again("/api/menu", first);
        assertEquals(200, out.statusCode());
        assertEquals("OUT", dish("Burger").path("state").asString());
        shop.ask("PUT", "/api/availability/i-patty", "{\"available\":true}");
        assertEquals(first, tag());

        shop.change(
                "PUT",
                "/api/campaigns/late",
                """
                {"name":"Late","reason":"x","percent":50,"skus":["fries"],
                 "from":"2026-03-02T08:00","to":"2026-03-02T22:00"}\
                """);
        assertEquals(150, dish("Fries").at("/price/amount").asLong());
        shop.change("DELETE", "/api/campaigns/late", "");
        assertEquals(first, tag());
        shop.price("fries", 320, LocalDateTime.parse("2026-03-02T09:00"));
        shop.await(() -> dish("Fries").at("/price/amount").asLong(), it -> it == 320);
    }

    @Test
    void a_dish_has_its_price_and_what_is_chosen_with_it_and_left_out() {
        JsonNode burger = dish("Burger");
        assertEquals(890, burger.at("/price/amount").asLong());
        assertEquals("AVAILABLE", burger.path("state").asString());
        JsonNode doneness = burger.at("/groups/0");
        assertEquals(1, doneness.path("min").asInt());
        assertEquals(List.of("Medium", "Well done"), names(doneness.path("options")));
        JsonNode bacon = named(burger.at("/groups/1/options"), "Bacon");
        assertEquals(150, bacon.at("/price/amount").asLong());
        assertEquals(List.of("onion"), names(burger.path("removable")));
        assertEquals(
                150,
                named(dish("Salad with bacon").path("removable"), "bacon")
                        .at("/less/amount")
                        .asLong());
    }

    @Test
    void a_combo_shows_what_is_chosen_with_its_parts_and_adds_no_price_for_them() {
        JsonNode main = dish("Burger menu").at("/groups/0/options/0");
        assertTrue(main.path("price").isMissingNode(), main::toString);
        assertEquals(List.of("Medium", "Well done"), names(main.at("/groups/0/options")));
        assertEquals(List.of("onion"), names(main.path("removable")));
    }

    @Test
    void what_ran_out_is_said_with_what_can_be_had_instead() {
        shop.ask("PUT", "/api/availability/i-patty", "{\"available\":false}");
        JsonNode burger = dish("Burger");
        assertEquals("OUT", burger.path("state").asString());
        assertEquals("salad", burger.at("/substitutes/0").asString());
        shop.ask("PUT", "/api/availability/i-bacon", "{\"available\":false}");
        JsonNode salad = dish("Salad with bacon");
        assertEquals("LIMITED", salad.path("state").asString());
        assertEquals(List.of("bacon"), names(salad.path("without")));
        assertFalse(names(salad.path("removable")).contains("bacon"));
        shop.ask("PUT", "/api/availability/i-patty", "{\"available\":true}");
        assertFalse(
                named(dish("Burger").at("/groups/1/options"), "Bacon")
                        .path("available")
                        .asBoolean());
    }

    @Test
    void sections_are_in_the_order_that_headquarters_says_and_served_at_their_hours() {
        shop.article(
                Article.draft(new Sku("eggs"), "Scrambled eggs", "food", "Café", "Menu")
                        .menu("Morning", "grill")
                        .article(),
                690);
        shop.await(() -> names(card().path("sections")), List.of("Menu", "Morning")::equals);
        shop.section("Morning", 1, LocalTime.of(6, 0), LocalTime.of(11, 30));
        shop.await(() -> names(card().path("sections")), List.of("Morning", "Menu")::equals);
        assertTrue(card().at("/sections/0/served").asBoolean());
        // 11:30 in Berlin.
        shop.now.set(Instant.parse("2026-03-02T10:30:00Z"));
        assertFalse(card().at("/sections/0/served").asBoolean());
        assertTrue(card().at("/sections/1/served").asBoolean());
    }
}
