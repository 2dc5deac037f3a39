package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.shop.TestShop.Answer;
import dev.skerry.context.Caller.Role;
import dev.skerry.language.Gtin;
import dev.skerry.language.Json;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Shoppers scan with their telephones, pay at a till or a terminal, and leave once.
@Timeout(120)
class ScanAndGoTest {

    private static final String MILK = "4006381333931";
    private static final String BEER = "4006381333948";
    private static final String APPLES = "4006381333955";
    private static final String CARD = "9901234500001";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir private Path folder;
    private TestShop shop;

    @BeforeEach
    void open() {
        shop = new TestShop(folder);
        trade();
    }

    private void trade() {
        shop.lineUp.set(true);
        shop.tax();
        shop.article("milk", "Whole milk 1 l", MILK, "Dairy", 119);
        shop.article(
                Article.draft(new Sku("beer"), "Beer 0.5 l", "food", "Food", "Drinks")
                        .codes(List.of(new Article.Code(Gtin.parse(BEER), 1)))
                        .ageMin(16)
                        .article(),
                150);
        shop.article(
                Article.draft(new Sku("apples"), "Apples", "food", "Food", "Fruit")
                        .codes(List.of(new Article.Code(Gtin.parse(APPLES), 1)))
                        .weighed()
                        .article(),
                300);
        shop.customer("c1", "Anna Secret", CARD, 250);
        done(shop.change("POST", "/api/business-day/open", "{\"day\":\"2026-03-02\"}"));
        done(
                shop.ask(
                        "POST",
                        "/api/shifts",
                        "{\"shift\":\"s1\",\"cashFloat\":{\"amount\":10000,\"currency\":\"EUR\"}}"));
        shop.await(MILK);
        shop.await(
                () -> shop.ask("GET", "/api/price-check?code=" + BEER, "").status(),
                it -> it == 200);
        shop.await(
                () -> shop.ask("GET", "/api/customers?card=" + CARD, "").json().toString(),
                it -> it.contains("Secret"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Answer done(Answer answer) {
        assertTrue(answer.status() < 300, answer::toString);
        return answer;
    }

    /// A telephone with its browser.
    private final class Phone {
        /// As the store has set it, with where it goes.
        String cookie = "";

        private int asked;

        Answer ask(String method, String path, String body) {
            HttpRequest request =
                    HttpRequest.newBuilder(shop.url(path))
                            .method(method, BodyPublishers.ofString(body))
                            .header("Idempotency-Key", hashCode() + "-" + asked++)
                            .header("Cookie", "other=1; " + cookie.replaceAll(";.*", ""))
                            .header("Test-Device", "nobody")
                            .build();
            try {
                var answer = client.send(request, BodyHandlers.ofString());
                cookie = answer.headers().firstValue("Set-Cookie").orElse(cookie);
                JsonNode json = Json.tree(answer.body().isEmpty() ? "{}" : answer.body());
                shop.described().check(method, path, answer.statusCode(), json);
                return new Answer(answer.statusCode(), json);
            } catch (IOException e) {
                throw new AssertionError(method + " " + path, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        Phone joined() {
            assertEquals(201, ask("POST", "/api/go/trips", "{}").status());
            return this;
        }

        Answer scan(String code) {
            return ask(
                    "POST",
                    "/api/go/scans",
                    "{\"id\":\"l%d\",\"code\":\"%s\"}".formatted(asked, code));
        }

        String basket() {
            return ask("GET", "/api/go", "").text("/trip");
        }
    }

    private Answer exit(String code, String more) {
        return shop.change("POST", "/api/exits", "{\"code\":\"%s\"%s}".formatted(code, more));
    }

    @Test
    void a_shopper_scans_pays_at_a_till_and_leaves_once() {
        Phone phone = new Phone().joined();
        done(phone.scan(MILK));
        done(phone.scan(MILK));
        Answer cart = done(phone.scan(CARD));
        assertEquals("SHOPPING", cart.text("/stage"));
        assertEquals(2 * 119, cart.number("/cart/total/amount"));
        assertEquals(250, cart.number("/card/points"));
        assertFalse(cart.json().toString().contains("Secret"), "a number says no name");
        // What is in a shopper's hands is not offered to tills.
        assertEquals(0, shop.ask("GET", "/api/baskets", "").json().at("/baskets").size());

        Answer waiting = done(phone.ask("POST", "/api/go/checkout", "{}"));
        assertEquals("WAITING", waiting.text("/stage"));
        String trip = waiting.text("/trip");
        assertEquals("GO-" + trip.substring(3), waiting.text("/till/text"));
        int side = waiting.json().at("/till/rows").size();
        assertEquals(side, waiting.text("/till/rows/0").length());

        done(shop.change("POST", "/api/baskets/%s/recall".formatted(trip), "{}"));
        Answer seen = done(shop.ask("GET", "/api/trips/" + trip, ""));
        assertEquals(0, seen.number("/age"));
        Answer held = phone.ask("GET", "/api/go", "");
        assertEquals("AT_TILL", held.text("/stage"));
        assertEquals("till-1", held.text("/heldBy"));
        assertEquals(409, phone.scan(MILK).status());
        assertEquals(409, phone.ask("POST", "/api/go/shopping", "{}").status());
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/%s/pay".formatted(trip),
                        "{\"tenders\":[{\"id\":\"t1\",\"kind\":\"CASH\"}]}"));

        Answer paid = done(phone.ask("GET", "/api/go", ""));
        assertEquals("PAID", paid.text("/stage"));
        assertEquals(238, paid.number("/bought/total/amount"));
        String digits = paid.text("/exit/digits");
        assertEquals("EX-" + digits, paid.text("/exit/qr/text"));
        assertFalse(paid.json().at("/exit/left").asBoolean());
        Answer out = done(exit("EX-" + digits, ""));
        assertEquals(2, out.number("/articles"));
        Answer again = exit(digits, "");
        assertEquals(409, again.status());
        assertEquals("urn:skerry:problem:left-already", again.text("/type"));
        assertTrue(done(phone.ask("GET", "/api/go", "")).json().at("/exit/left").asBoolean());
        assertEquals(404, exit("00000000", "").status());
    }

    @Test
    void a_shopper_pays_at_the_terminal_without_a_cashier() {
        Phone phone = new Phone().joined();
        done(phone.scan(MILK));
        Answer paid = done(phone.ask("POST", "/api/go/pay", "{\"tender\":\"p1\"}"));
        assertEquals("PAID", paid.text("/stage"));
        assertEquals("0042-exit-1-20260302-0001", paid.text("/bought/receipt"));
        assertEquals(
                paid.text("/exit/digits"),
                done(phone.ask("POST", "/api/go/pay", "{\"tender\":\"p1\"}")).text("/exit/digits"));
        shop.awaitReport("2026-03-02", 1);
    }

    @Test
    void what_the_terminal_declines_is_in_the_shoppers_hands_again() {
        Phone phone = new Phone().joined();
        shop.article("lost", "Declined by the simulator", "4006381333962", "Dairy", 1041);
        shop.await("4006381333962");
        done(phone.scan("4006381333962"));
        Answer refused = phone.ask("POST", "/api/go/pay", "{\"tender\":\"p1\"}");
        assertEquals(409, refused.status(), refused::toString);
        assertEquals("SHOPPING", phone.ask("GET", "/api/go", "").text("/stage"));
        done(phone.scan(MILK));
        done(phone.ask("POST", "/api/go/checkout", "{}"));
    }

    @Test
    void limits_of_age_are_seen_at_a_till() {
        Phone phone = new Phone().joined();
        Answer cart = done(phone.scan(BEER));
        assertEquals(16, cart.number("/ageCheck"));
        Answer refused = phone.ask("POST", "/api/go/pay", "{\"tender\":\"p1\"}");
        assertEquals("urn:skerry:problem:age-check-needed", refused.text("/type"));
        done(phone.ask("POST", "/api/go/checkout", "{}"));
        String trip = phone.basket();
        done(shop.change("POST", "/api/baskets/%s/recall".formatted(trip), "{}"));
        assertEquals(16, done(shop.ask("GET", "/api/trips/" + trip, "")).number("/age"));
        String pay = "/api/baskets/%s/pay".formatted(trip);
        String cash = "{\"tenders\":[{\"id\":\"t1\",\"kind\":\"CASH\"}]}";
        assertEquals(409, shop.ask("POST", pay, cash).status());
        done(shop.change("PUT", "/api/baskets/%s/age".formatted(trip), "{\"years\":16}"));
        done(shop.ask("POST", pay, cash));
    }

    @Test
    void what_is_sold_by_weight_comes_by_its_label_and_no_phone_changes_it() {
        Phone phone = new Phone().joined();
        assertEquals(422, phone.scan(APPLES).status());
        assertEquals(
                422,
                phone.ask("POST", "/api/go/scans", "{\"id\":\"1\",\"sku\":\"apples\"}").status());
        Answer milk = done(phone.scan(MILK));
        String line = milk.text("/cart/lines/0/id");
        assertEquals(
                3 * 119,
                done(phone.ask("PATCH", "/api/go/lines/" + line, "{\"quantity\":3}"))
                        .number("/cart/total/amount"));
        assertEquals(
                0,
                done(phone.ask("DELETE", "/api/go/lines/" + line, "{}"))
                        .number("/cart/total/amount"));
    }

    @Test
    void a_phone_opens_nothing_but_what_is_for_phones() {
        Phone phone = new Phone().joined();
        done(phone.scan(MILK));
        assertTrue(phone.cookie.contains("; Path=/api/go; "), phone.cookie);
        assertTrue(phone.cookie.contains("; HttpOnly; SameSite=Strict"), phone.cookie);
        shop.roles.set(Set.of());
        for (String path : List.of("/api/baskets", "/api/orders", "/api/customers?card=" + CARD)) {
            assertEquals(403, phone.ask("GET", path, "").status(), path);
        }
        assertEquals(403, phone.ask("POST", "/api/exits", "{\"code\":\"1\"}").status());
        assertEquals(200, phone.ask("GET", "/api/go", "").status());
        // One digit of the trip is another.
        int last = phone.cookie.indexOf('.') - 1;
        char digit = phone.cookie.charAt(last);
        phone.cookie =
                phone.cookie.substring(0, last)
                        + (digit == '9' ? '0' : (char) (digit + 1))
                        + phone.cookie.substring(last + 1);
        assertEquals(403, phone.ask("GET", "/api/go", "").status());
        assertEquals(403, new Phone().ask("GET", "/api/go", "").status());
    }

    @Test
    void a_trip_survives_a_restart_of_the_node_and_ends_after_some_hours() {
        Phone phone = new Phone().joined();
        done(phone.scan(MILK));
        String trip = phone.basket();
        shop.restart();
        assertEquals(trip, done(phone.scan(MILK)).text("/trip"));
        shop.now.updateAndGet(it -> it.plus(Trips.LIFE));
        shop.roles.set(Set.of());
        assertEquals(403, phone.ask("GET", "/api/go", "").status());
        shop.roles.set(Set.of(Role.values()));
        shop.now.updateAndGet(it -> it.plus(Duration.ofHours(2)));
        while (shop.store().upkeep()) {
            // There is more to do.
        }
        assertEquals(
                410, shop.change("POST", "/api/baskets/%s/recall".formatted(trip), "{}").status());
    }

    @Test
    void so_many_begin_and_so_many_guess_in_a_minute_and_no_more() {
        for (int i = 0; i < Trips.BEGUN_MAX; i++) {
            new Phone().joined();
        }
        Phone late = new Phone();
        assertEquals(429, late.ask("POST", "/api/go/trips", "{}").status());
        shop.now.updateAndGet(it -> it.plus(Trips.SPAN));
        late.joined();
        for (int i = 0; i < Trips.WRONG_MAX; i++) {
            assertEquals(404, late.scan("99012345" + i).status());
        }
        assertEquals(429, late.scan("9901234567").status());
        assertEquals(429, exit("12345678", "").status());
        done(late.scan(MILK));
    }

    @Test
    void some_bags_are_looked_at_by_lot_and_none_leaves_before() {
        shop.phones.set(new PhoneRules(true, 100, "exit-1", "another key"));
        shop.restart();
        Phone phone = new Phone().joined();
        done(phone.scan(MILK));
        Answer paid = done(phone.ask("POST", "/api/go/pay", "{\"tender\":\"p1\"}"));
        String digits = paid.text("/exit/digits");
        assertFalse(paid.json().toString().contains("check\""), "the phone is not told");
        Answer refused = exit(digits, "");
        assertEquals("urn:skerry:problem:check-first", refused.text("/type"));
        assertTrue(done(exit(digits, ",\"checked\":true")).json().at("/chosen").asBoolean());

        Trips some =
                new Trips(
                        new PhoneRules(true, 25, null, "k"),
                        "0042",
                        shop.now::get,
                        new java.util.Random(4));
        long chosen =
                IntStream.range(0, 4000)
                        .filter(it -> some.isChosen("go-%012d".formatted(it)))
                        .count();
        assertTrue(chosen > 900 && chosen < 1100, () -> chosen + " of 4000");
        assertNotEquals(some.exitCode("go-1"), some.exitCode("go-2"));
    }

    @Test
    void a_code_for_the_exit_lapses() {
        Phone phone = new Phone().joined();
        done(phone.scan(MILK));
        String digits =
                done(phone.ask("POST", "/api/go/pay", "{\"tender\":\"p1\"}")).text("/exit/digits");
        shop.now.updateAndGet(it -> it.plus(Trips.EXIT_LIFE).plusSeconds(1));
        assertEquals(410, exit(digits, "").status());
    }

    @Test
    void a_store_that_does_not_offer_it_says_so() {
        shop.phones.set(PhoneRules.NONE);
        shop.restart();
        Answer refused = new Phone().ask("POST", "/api/go/trips", "{}");
        assertEquals(404, refused.status());
        assertEquals("urn:skerry:problem:not-offered", refused.text("/type"));
    }
}
