package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.shop.TestShop.Answer;
import dev.skerry.store.pricing.Pricing;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The store's own campaigns, its labels, and what an article costs and why.
@Timeout(120)
class PricesTest {

    private static final String MILK = "4006381333931";
    private static final String BREAD = "96385074";
    private static final String HALF =
            """
            {"name":"Near expiry","reason":"surplus","percent":50,"departments":["Food/Dairy"],"to":"2026-03-03T00:00"}\
            """;

    @TempDir private Path folder;
    private TestShop shop;

    @BeforeEach
    void open() {
        shop = new TestShop(folder);
        shop.tax();
        shop.article("milk", "Whole milk 1 l", MILK, "Dairy", 119);
        shop.article("bread", "Rye bread", BREAD, "Bakery", 342);
        shop.await(MILK);
        shop.await(BREAD);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Answer done(Answer answer) {
        assertTrue(answer.status() < 300, answer::toString);
        return answer;
    }

    private int baskets;

    private long costs(String device, String code) {
        String basket = "b" + baskets++;
        done(shop.ask("PUT", "/api/baskets/" + basket, "{}", device));
        return done(shop.ask(
                        "POST",
                        "/api/baskets/" + basket + "/lines",
                        "{\"id\":\"1\",\"code\":\"%s\"}".formatted(code),
                        device))
                .number("/priced/total/amount");
    }

    private Answer change(String method, String path, String body) {
        return shop.change(method, path, body);
    }

    @Test
    void a_screen_asks_for_many_prices_at_once_and_what_has_none_is_left_out() {
        done(change("PUT", "/api/campaigns/c1", HALF));
        Answer prices = done(shop.ask("GET", "/api/prices?skus=bread,milk,none", ""));
        assertEquals(2, prices.json().path("prices").size());
        assertEquals("bread", prices.text("/prices/0/sku"));
        assertEquals(342, prices.number("/prices/0/price/amount"));
        assertEquals(119, prices.number("/prices/1/regular/amount"));
        assertEquals(59, prices.number("/prices/1/price/amount"));
        assertEquals(400, shop.ask("GET", "/api/prices", "").status());
        assertEquals(400, shop.ask("GET", "/api/prices?skus=a,,b", "").status());
    }

    @Test
    void a_preview_says_what_a_campaign_would_do_and_does_nothing() {
        done(
                shop.ask(
                        "POST",
                        "/api/stock/movements",
                        "{\"id\":\"d1\",\"kind\":\"RECEIVED\",\"party\":\"Dairy Ltd\",\"lines\":[{\"sku\":\"milk\",\"quantity\":24}]}"));
        Answer preview = done(shop.ask("POST", "/api/campaigns/preview", HALF));
        assertEquals(1, preview.json().path("lines").size());
        assertEquals("milk", preview.text("/lines/0/sku"));
        assertEquals(119, preview.number("/lines/0/before/amount"));
        // 50 % of 1.19 is 0.60, rounded away from zero.
        assertEquals(59, preview.number("/lines/0/after/amount"));
        assertEquals(24, preview.number("/lines/0/stock"));
        assertEquals(119, costs("till-1", MILK));
    }

    @Test
    void a_campaign_counts_at_every_device_at_once_until_it_is_stopped_and_hq_gets_to_know() {
        Answer begun = done(change("PUT", "/api/campaigns/c1", HALF));
        assertEquals("RUNNING", begun.text("/state"));
        assertEquals(59, costs("till-1", MILK));
        assertEquals(59, costs("kiosk-1", MILK));
        assertEquals(342, costs("till-1", BREAD));
        done(change("DELETE", "/api/campaigns/c1", ""));
        assertEquals(119, costs("till-1", MILK));
        assertEquals(0, shop.ask("GET", "/api/campaigns", "").json().path("campaigns").size());
        assertEquals(
                "STOPPED",
                shop.ask("GET", "/api/campaigns?ended=true", "").text("/campaigns/0/state"));
        var published = shop.store().databases().get("pricing.db");
        assertTrue(published != null);
        assertEquals(2, published.find(Pricing.stream("0042")).orElseThrow().tail());
        assertEquals(404, change("DELETE", "/api/campaigns/c1", "").status());
    }

    @Test
    void a_campaign_begins_and_ends_by_the_clock_of_the_store() {
        String tomorrow =
                """
                {"name":"Fresh bread","reason":"opening","price":{"amount":299,"currency":"EUR"},"skus":["bread"],
                 "from":"2026-03-03T08:00","to":"2026-03-03T12:00"}\
                """;
        assertEquals("PLANNED", done(change("PUT", "/api/campaigns/c2", tomorrow)).text("/state"));
        assertEquals(342, costs("till-1", BREAD));
        shop.now.set(java.time.Instant.parse("2026-03-03T07:00:00Z"));
        assertEquals(299, costs("till-1", BREAD));
        shop.now.set(java.time.Instant.parse("2026-03-03T11:00:00Z"));
        assertEquals(342, costs("till-1", BREAD));
    }

    @Test
    void a_campaign_that_means_nothing_is_refused_with_the_reason() {
        Answer both =
                shop.ask(
                        "POST",
                        "/api/campaigns/preview",
                        "{\"name\":\"x\",\"reason\":\"y\",\"skus\":[\"milk\"],\"to\":\"2026-03-03T00:00\"}");
        assertEquals(400, both.status());
        assertTrue(both.text("/detail").contains("a percentage or a price"), both::toString);
        Answer foreign =
                change(
                        "PUT",
                        "/api/campaigns/c1",
                        "{\"name\":\"x\",\"reason\":\"y\",\"price\":{\"amount\":1,\"currency\":\"USD\"},\"skus\":[\"milk\"],\"to\":\"2026-03-03T00:00\"}");
        assertEquals(400, foreign.status());
        assertTrue(foreign.text("/detail").contains("EUR"), foreign::toString);
    }

    @Test
    void a_price_goes_up_after_its_label_and_down_at_once() {
        Answer batch =
                done(
                        shop.ask(
                                "POST",
                                "/api/labels/batches",
                                "{\"id\":\"l1\",\"skus\":[\"milk\"]}"));
        assertEquals(119, batch.number("/labels/0/price/amount"));
        assertEquals("0" + MILK, batch.text("/labels/0/code"));
        done(change("POST", "/api/labels/batches/l1/hung", "{}"));
        priced(129);
        assertEquals(119, costs("till-1", MILK));
        Answer due = done(shop.ask("GET", "/api/labels/due", ""));
        assertEquals("bread", due.text("/labels/0/sku"));
        assertEquals(129, due.number("/labels/1/price/amount"));
        assertEquals(119, due.number("/labels/1/said/amount"));
        done(shop.ask("POST", "/api/labels/batches", "{\"id\":\"l2\"}"));
        assertEquals(119, costs("till-1", MILK));
        Answer hung = done(change("POST", "/api/labels/batches/l2/hung", "{\"skus\":[\"milk\"]}"));
        assertTrue(hung.json().at("/labels/1").has("hungAt"), hung::toString);
        assertEquals(129, costs("till-1", MILK));
        Answer batches = done(shop.ask("GET", "/api/labels/batches", ""));
        assertEquals("l2", batches.text("/batches/0/id"));
        assertEquals(1, batches.number("/batches/0/hung"));
        assertEquals(2, batches.number("/batches/0/labels"));
        priced(99);
        assertEquals(99, costs("till-1", MILK));
    }

    /// Waits until the store has read it.
    private void priced(long cents) {
        try (Listener screen = shop.listen("?topics=prices")) {
            screen.next();
            shop.price("milk", cents, LocalDateTime.of(2026, 2, 1, 0, 0));
            while (!shop.ask("GET", "/api/labels/due", "")
                    .json()
                    .toString()
                    .contains("\"price\":{\"amount\":" + cents)) {
                screen.await("prices", "");
            }
        }
    }

    @Test
    void a_batch_is_made_once_however_often_it_is_asked_for_and_labels_of_others_are_refused() {
        String wanted = "{\"id\":\"l1\",\"skus\":[\"milk\"]}";
        done(shop.ask("POST", "/api/labels/batches", wanted));
        done(shop.ask("POST", "/api/labels/batches", wanted));
        assertEquals(1, shop.ask("GET", "/api/labels/batches", "").json().path("batches").size());
        assertEquals(
                400,
                change("POST", "/api/labels/batches/l1/hung", "{\"skus\":[\"bread\"]}").status());
        assertEquals(404, shop.ask("GET", "/api/labels/batches/l9", "").status());
    }

    @Test
    void a_price_check_tells_price_promotions_and_stock() {
        try (Listener screen = shop.listen("?topics=prices")) {
            screen.next();
            shop.promotion(
                    "m1",
                    """
                    {"id":"m1","name":"Milk 3 for 2","effect":{"type":"take-pay","articles":{"skus":["milk"]},"take":3,"pay":2,"grouping":"cheapest-of-each-group"}}\
                    """);
            while (!shop.ask("GET", "/api/price-check?sku=milk", "")
                    .json()
                    .at("/promotions/0")
                    .has("name")) {
                screen.await("prices", "");
            }
        }
        done(change("PUT", "/api/campaigns/c1", HALF));
        Answer checked = done(shop.ask("GET", "/api/price-check?code=" + MILK, ""));
        assertEquals(119, checked.number("/regular/amount"));
        assertEquals(59, checked.number("/price/amount"));
        assertEquals("Near expiry", checked.text("/discounts/0/name"));
        assertEquals("Milk 3 for 2", checked.text("/promotions/0/name"));
        assertFalse(checked.json().at("/promotions/0/coupon").asBoolean());
        assertEquals(0, checked.number("/stock"));
        assertEquals("AVAILABLE", checked.text("/availability/state"));
        assertEquals(404, shop.ask("GET", "/api/price-check?sku=unobtainium", "").status());
        assertEquals(400, shop.ask("GET", "/api/price-check", "").status());
    }

    @Test
    void prices_of_tonight_are_told_before_they_count() {
        shop.price("milk", 129, LocalDateTime.of(2026, 3, 3, 0, 0));
        shop.price("bread", 342, LocalDateTime.of(2026, 3, 3, 0, 0));
        Answer changes =
                shop.await(
                        () -> done(shop.ask("GET", "/api/prices/changes", "")),
                        it -> it.json().path("changes").size() > 0);
        assertEquals(1, changes.json().path("changes").size());
        assertEquals("milk", changes.text("/changes/0/sku"));
        assertEquals("2026-03-03T00:00:00", changes.text("/changes/0/at"));
        assertEquals(119, changes.number("/changes/0/before/amount"));
        assertEquals(129, changes.number("/changes/0/after/amount"));
        assertEquals(119, costs("till-1", MILK));
        assertEquals(
                0,
                shop.ask("GET", "/api/prices/changes?until=2026-03-02T23:59", "")
                        .json()
                        .path("changes")
                        .size());
        assertEquals(400, shop.ask("GET", "/api/prices/changes?until=tonight", "").status());
    }

    private void milk(String id, String when, String effect) {
        shop.promotion(
                id,
                """
                {"id":"%s","name":"%s",%s"effect":{%s}}\
                """
                        .formatted(id, id, when, effect));
    }

    @Test
    void of_an_article_it_is_told_what_each_promotion_takes_off_or_why_it_does_not() {
        String tenth =
                "\"type\":\"line-discount\",\"articles\":{\"skus\":[\"milk\"]},\"off\":{\"percent\":10}";
        milk("a-tenth", "", tenth);
        milk("b-members", "\"when\":{\"for\":{\"cardHolders\":true}},", tenth);
        milk("c-april", "\"when\":{\"from\":\"2026-04-01T00:00\"},", tenth);
        milk(
                "d-three",
                "",
                "\"type\":\"take-pay\",\"articles\":{\"skus\":[\"milk\"]},\"take\":3,\"pay\":2,\"grouping\":\"cheapest-of-each-group\"");
        Answer told =
                shop.await(
                        () -> done(shop.ask("GET", "/api/promotions?sku=milk", "")),
                        it -> it.json().path("promotions").size() == 4);
        List<String> lines =
                told.json().path("promotions").values().stream()
                        .map(it ->
                                "%s %s %s %s"
                                        .formatted(
                                                it.path("id").asString(),
                                                it.path("state").asString(),
                                                it.at("/off/amount").asString(""),
                                                it.path("why").asString("")))
                        .sorted()
                        .toList();
        assertEquals(
                List.of(
                        "a-tenth RUNNING 12 ",
                        "b-members RUNNING  CARD_MISSING",
                        "c-april PLANNED  NOT_YET",
                        "d-three RUNNING  NEEDS_UNITS"),
                lines);
        Answer all = done(shop.ask("GET", "/api/promotions", ""));
        assertEquals(4, all.json().path("promotions").size());
        assertEquals("c-april", all.text("/promotions/3/id"));
        assertEquals(
                0,
                shop.ask("GET", "/api/promotions?sku=bread", "").json().path("promotions").size());
        assertEquals(404, shop.ask("GET", "/api/promotions?sku=unobtainium", "").status());
    }
}
