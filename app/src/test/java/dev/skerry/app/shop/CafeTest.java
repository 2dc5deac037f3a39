package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.shop.TestShop.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A café over the store's API: what is ordered is priced, made, printed and taken off the stock as it was wanted.
class CafeTest {

    @TempDir private Path folder;
    private TestShop shop;

    @BeforeEach
    void open() {
        shop = new TestShop(folder);
        CafeMenu.in(shop);
        done(shop.ask("POST", "/api/business-day/open", "{\"day\":\"2026-03-02\"}"));
        done(
                shop.ask(
                        "POST",
                        "/api/shifts",
                        "{\"shift\":\"s1\",\"cashFloat\":{\"amount\":10000,\"currency\":\"EUR\"}}"));
        CafeMenu.await(shop);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Answer done(Answer answer) {
        assertTrue(answer.status() < 300, answer::toString);
        return answer;
    }

    private Answer line(String basket, String body) {
        return shop.ask("POST", "/api/baskets/" + basket + "/lines", body);
    }

    private Answer pay(String basket) {
        return done(
                shop.ask(
                        "POST",
                        "/api/baskets/" + basket + "/pay",
                        "{\"tenders\":[{\"id\":\"t-%s\",\"kind\":\"CASH\"}]}".formatted(basket)));
    }

    private void opened(String basket, String source) {
        done(shop.ask("PUT", "/api/baskets/" + basket, "{\"source\":\"%s\"}".formatted(source)));
    }

    private static List<String> all(JsonNode list, String pointer) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(it -> it.at(pointer).asString())
                .toList();
    }

    /// Until an article has so much stock.
    private void awaitStock(String sku, String quantity) {
        shop.await(() -> stock(sku), quantity::equals);
    }

    @Test
    void a_dish_is_sold_as_it_was_wanted() {
        opened("b1", "KIOSK");
        Answer missing = line("b1", "{\"id\":\"1\",\"sku\":\"burger\"}");
        assertEquals(422, missing.status());
        assertEquals("urn:skerry:problem:choice-missing", missing.text("/type"));
        assertEquals("Burger: choose 1 of doneness: medium, done", missing.text("/detail"));
        done(
                line(
                        "b1",
                        "{\"id\":\"1\",\"sku\":\"burger\",\"options\":[{\"option\":\"done\"},{\"option\":\"bacon\"}],\"without\":[\"i-onion\"]}"));
        done(line("b1", "{\"id\":\"2\",\"sku\":\"salad\",\"without\":[\"i-bacon\"]}"));
        Answer basket =
                done(
                        line(
                                "b1",
                                "{\"id\":\"3\",\"sku\":\"coffee\",\"options\":[{\"option\":\"large\"},{\"option\":\"oat\"}]}"));
        // 8.90 + 1.50, 9.90 - 1.50, 3.40 + 0.90 + 0.50.
        assertEquals(1040 + 840 + 480, basket.number("/priced/total/amount"));

        Answer paid = pay("b1");
        JsonNode order = paid.json().at("/order/order");
        // What is chosen with a drink is taxed as the drink.
        assertEquals(480, tax(order, "A"));
        assertEquals(1880, tax(order, "B"));
        JsonNode salad = order.at("/lines/3");
        assertEquals("Salad with bacon", salad.path("name").asString());
        assertEquals(990, salad.at("/gross/amount").asLong());
        assertEquals(840, salad.at("/net/amount").asLong());
        assertEquals("WITHOUT", salad.at("/discounts/0/kind").asString());

        String receipt = receipt("b1");
        assertTrue(receipt.contains("Burger") && receipt.contains("  Well done"), () -> receipt);
        assertTrue(receipt.contains("no onion"), () -> receipt);
        assertTrue(receipt.contains("no bacon") && receipt.contains("-1.50"), () -> receipt);

        awaitTickets("b1", 3);
        JsonNode grill = ticket("b1", "grill");
        assertEquals(List.of("Burger", "Bacon", "onion"), all(grill.path("lines"), "/name"));
        assertEquals("Well done", grill.at("/lines/0/choices/0").asString());
        assertEquals(-1, grill.at("/lines/2/quantity").asInt());

        awaitStock("i-patty", "-1");
        awaitStock("i-oat", "-0.2");
        awaitStock("i-beans", "-0.008");
        awaitStock("i-bacon", "-0.03");
        assertEquals("0", stock("i-onion"));
        assertEquals("0", stock("i-milk"));
    }

    private static long tax(JsonNode order, String code) {
        for (JsonNode tax : order.path("taxes")) {
            if (tax.path("category").asString().equals(code)) {
                return tax.at("/gross/amount").asLong();
            }
        }
        return 0;
    }

    private String stock(String sku) {
        return done(shop.ask("GET", "/api/stock/" + sku, "")).text("/stock/quantity");
    }

    private String receipt(String order) {
        return shop.text("/api/receipts/" + order);
    }

    private void awaitTickets(String order, int count) {
        shop.await(() -> tickets(order), it -> it.size() >= count);
    }

    private List<JsonNode> tickets(String order) {
        List<JsonNode> all = new ArrayList<>();
        done(shop.ask("GET", "/api/kitchen/orders/" + order, ""))
                .json()
                .path("tickets")
                .forEach(all::add);
        return all;
    }

    private JsonNode ticket(String order, String station) {
        return tickets(order).stream()
                .filter(it -> it.path("station").asString().equals(station))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_combo_is_one_line_with_its_parts_and_each_is_taxed_as_it_is() {
        opened("b1", "TILL");
        Answer basket =
                done(
                        line(
                                "b1",
                                "{\"id\":\"1\",\"sku\":\"menu\",\"quantity\":2,\"options\":[{\"option\":\"burger\",\"options\":[{\"option\":\"medium\"}],\"without\":[\"i-onion\"]},{\"option\":\"coffee\",\"options\":[{\"option\":\"large\"}]}]}"));
        // 12.90, and 0.90 for the large coffee.
        assertEquals(2 * 1380, basket.number("/priced/total/amount"));
        JsonNode order = pay("b1").json().at("/order/order");
        // 12.90 is shared as 8.90, 3.00 and 3.40: 7.50, 2.53, 2.87.
        assertEquals(2 * (287 + 90), tax(order, "A"));
        assertEquals(2 * (750 + 253), tax(order, "B"));
        assertEquals("COMBO", order.at("/lines/1/priceSource").asString());
        String receipt = receipt("b1");
        assertTrue(receipt.contains("2 x Burger menu"), () -> receipt);
        assertTrue(receipt.contains("25.80"), () -> receipt);
        // Each part shows by its letter how it is taxed.
        assertTrue(receipt.lines().anyMatch(it -> it.matches("  Coffee +A")), () -> receipt);
        assertTrue(receipt.lines().anyMatch(it -> it.matches("  Burger +B")), () -> receipt);
        awaitTickets("b1", 2);
        assertEquals("Burger menu", ticket("b1", "grill").at("/lines/0/of").asString());
        awaitStock("i-patty", "-2");
        awaitStock("i-potato", "-0.4");
        assertEquals("0", stock("menu"));
    }

    @Test
    void a_manager_takes_something_off_a_combo() {
        opened("b1", "TILL");
        done(
                line(
                        "b1",
                        "{\"id\":\"1\",\"sku\":\"menu\",\"options\":[{\"option\":\"burger\",\"options\":[{\"option\":\"medium\"}]}]}"));
        Answer basket =
                done(
                        shop.ask(
                                "PATCH",
                                "/api/baskets/b1/lines/1",
                                "{\"discount\":{\"amount\":{\"amount\":100,\"currency\":\"EUR\"},\"reason\":\"waited\"}}"));
        assertEquals(1190, basket.number("/priced/total/amount"));
        Answer half =
                done(
                        shop.ask(
                                "PATCH",
                                "/api/baskets/b1/lines/1",
                                "{\"discount\":{\"percent\":100,\"reason\":\"burnt\"},\"approval\":{\"person\":\"chief\",\"pin\":\"1\"}}"));
        assertEquals(0, half.number("/priced/total/amount"));
    }

    @Test
    void what_ran_out_is_refused_everywhere_at_once_and_what_can_be_had_instead_is_offered() {
        opened("b1", "KIOSK");
        done(line("b1", "{\"id\":\"1\",\"sku\":\"salad\"}"));
        done(shop.ask("PUT", "/api/availability/i-patty", "{\"available\":false}"));
        Answer out =
                line(
                        "b1",
                        "{\"id\":\"2\",\"sku\":\"burger\",\"options\":[{\"option\":\"medium\"}]}");
        assertEquals(409, out.status());
        assertEquals("urn:skerry:problem:ran-out", out.text("/type"));
        assertEquals(
                "Burger cannot be had: patty ran out. Instead there is Salad with bacon (salad)",
                out.text("/detail"));
        // While it is being ordered: the salad is made without, for its credit less.
        done(shop.ask("PUT", "/api/availability/i-bacon", "{\"available\":false}"));
        assertEquals(840, pay("b1").number("/order/order/total/amount"));
    }

    @Test
    void a_table_is_served_course_by_course_before_it_pays() {
        done(
                shop.ask(
                        "PUT",
                        "/api/baskets/b1",
                        "{\"source\":\"TABLE\",\"table\":\"12\",\"guests\":2}"));
        done(line("b1", "{\"id\":\"1\",\"sku\":\"salad\",\"course\":1}"));
        done(
                line(
                        "b1",
                        "{\"id\":\"2\",\"sku\":\"burger\",\"quantity\":2,\"course\":2,\"options\":[{\"option\":\"medium\"}]}"));
        done(shop.ask("POST", "/api/baskets/b1/send", ""));
        awaitTickets("b1", 2);
        assertEquals("12", ticket("b1", "cold").path("name").asString());
        assertEquals("FIRED", ticket("b1", "cold").path("state").asString());
        assertEquals("HELD", ticket("b1", "grill").path("state").asString());
        done(shop.ask("POST", "/api/kitchen/orders/b1/fire", "{\"course\":2}"));
        assertEquals("FIRED", ticket("b1", "grill").path("state").asString());

        done(shop.ask("PATCH", "/api/baskets/b1/lines/2", "{\"quantity\":1}"));
        shop.await(() -> ticket("b1", "grill").at("/lines/0/cancelled").asInt(), it -> it == 1);
        done(line("b1", "{\"id\":\"3\",\"sku\":\"fries\",\"course\":2}"));
        assertEquals(2, tickets("b1").size(), "not sent yet");

        JsonNode order = pay("b1").json().at("/order/order");
        assertEquals(990 + 890 + 300, order.at("/total/amount").asLong());
        assertEquals("12", order.path("table").asString());
        awaitTickets("b1", 3);
        assertEquals(3, tickets("b1").size());
    }

    @Test
    void checks_of_a_table_are_split_and_paid_one_by_one_and_nothing_is_made_twice() {
        done(shop.ask("PUT", "/api/baskets/b1", "{\"source\":\"TABLE\",\"table\":\"12\"}"));
        done(line("b1", "{\"id\":\"1\",\"sku\":\"salad\"}"));
        done(line("b1", "{\"id\":\"2\",\"sku\":\"fries\",\"quantity\":2}"));
        done(line("b1", "{\"id\":\"3\",\"sku\":\"coffee\"}"));
        done(shop.ask("POST", "/api/baskets/b1/send", ""));
        awaitTickets("b1", 3);

        Answer byLine =
                done(
                        shop.ask(
                                "POST",
                                "/api/baskets/b1/split",
                                "{\"into\":[{\"id\":\"b2\",\"lines\":[{\"line\":\"2\",\"quantity\":1}]}]}"));
        assertEquals(990 + 300 + 340, byLine.number("/baskets/0/priced/total/amount"));
        assertEquals(300, byLine.number("/baskets/1/priced/total/amount"));
        assertEquals("12", byLine.text("/baskets/1/table"));
        // 16.30 in three.
        Answer shares =
                done(
                        shop.ask(
                                "POST",
                                "/api/baskets/b1/split",
                                "{\"into\":[{\"id\":\"b3\"},{\"id\":\"b4\"}]}"));
        assertEquals(544, shares.number("/baskets/0/priced/total/amount"));
        assertEquals(543, shares.number("/baskets/1/priced/total/amount"));
        assertEquals(543, shares.number("/baskets/2/priced/total/amount"));
        assertEquals(
                409,
                shop.ask(
                                "POST",
                                "/api/baskets/b1/split",
                                "{\"into\":[{\"id\":\"b3x\"},{\"id\":\"b4\"}]}")
                        .status());
        long paid = 0;
        List<Long> receipts = new ArrayList<>();
        for (String check : List.of("b1", "b2", "b3", "b4")) {
            JsonNode order = pay(check).json().at("/order/order");
            paid += order.at("/total/amount").asLong();
            receipts.add(order.at("/receipt/sequence").asLong());
            long taxed = 0;
            for (JsonNode tax : order.path("taxes")) {
                taxed += tax.at("/gross/amount").asLong();
            }
            assertEquals(order.at("/total/amount").asLong(), taxed, check);
        }
        assertEquals(990 + 600 + 340, paid);
        assertEquals(List.of(1L, 2L, 3L, 4L), receipts);
        // Each third of a dish uses up its third, rounded to the thousandth.
        shop.await(() -> stock("i-potato"), List.of("-0.4", "-0.401")::contains);
        assertEquals(3, tickets("b1").size());
        assertTrue(tickets("b2").isEmpty() && tickets("b3").isEmpty());
        for (JsonNode ticket : tickets("b1")) {
            assertEquals("FIRED", ticket.path("state").asString());
            assertEquals(0, ticket.at("/lines/0/cancelled").asInt());
        }
    }

    @Test
    void a_line_goes_to_another_check_and_two_checks_become_one() {
        for (String check : List.of("b1", "b2")) {
            done(
                    shop.ask(
                            "PUT",
                            "/api/baskets/" + check,
                            "{\"source\":\"TABLE\",\"table\":\"" + check + "\"}"));
            done(line(check, "{\"id\":\"1\",\"sku\":\"fries\"}"));
            done(
                    line(
                            check,
                            "{\"id\":\"2\",\"sku\":\"burger\",\"options\":[{\"option\":\"medium\"},{\"option\":\"bacon\"}]}"));
            done(shop.ask("POST", "/api/baskets/" + check + "/send", ""));
            awaitTickets(check, 1);
        }
        Answer moved = done(transfer("b1", "{\"to\":\"b2\",\"lines\":[\"2\"]}"));
        assertEquals(300, moved.number("/baskets/0/priced/total/amount"));
        assertEquals(300 + 2 * 1040, moved.number("/baskets/1/priced/total/amount"));
        // What was moved is not made there, and what is voided there is not made.
        done(shop.ask("DELETE", "/api/baskets/b2/lines/2~2", ""));
        shop.await(() -> ticket("b1", "grill").at("/lines/1/cancelled").asInt(), it -> it == 1);
        Answer joined = done(transfer("b1", "{\"to\":\"b2\"}"));
        assertEquals(2 * 300 + 1040, joined.number("/baskets/0/priced/total/amount"));
        assertEquals(410, shop.ask("GET", "/api/baskets/b1", "").status());
        assertEquals(1640, pay("b2").number("/order/order/total/amount"));
        assertEquals("FIRED", ticket("b1", "grill").path("state").asString());
        assertEquals(1, tickets("b2").size());
    }

    private Answer transfer(String from, String body) {
        return shop.change("POST", "/api/baskets/" + from + "/transfer", body);
    }

    @Test
    void what_is_ordered_at_a_kiosk_is_made_when_it_is_paid_also_at_the_counter() {
        opened("b1", "KIOSK");
        done(line("b1", "{\"id\":\"1\",\"sku\":\"fries\"}"));
        assertEquals(409, shop.ask("POST", "/api/baskets/b1/send", "").status());
        Answer placed = done(shop.ask("POST", "/api/baskets/b1/place", "{}"));
        assertEquals("1", placed.text("/number"));
        // The telephone's order is made at once; so the kitchen has read that of the kiosk, too.
        opened("b2", "TILL");
        done(line("b2", "{\"id\":\"1\",\"sku\":\"fries\"}"));
        done(shop.ask("POST", "/api/baskets/b2/place", "{}"));
        awaitTickets("b2", 1);
        assertTrue(tickets("b1").isEmpty());
        // Who never came to pay was not cooked for.
        opened("b3", "KIOSK");
        done(line("b3", "{\"id\":\"1\",\"sku\":\"fries\"}"));
        done(shop.ask("POST", "/api/baskets/b3/place", "{}"));
        done(shop.ask("DELETE", "/api/baskets/b3", "{\"reason\":\"left\"}"));

        done(shop.ask("POST", "/api/baskets/b1/recall", "{}"));
        assertEquals("1", pay("b1").text("/order/order/number"));
        awaitTickets("b1", 1);
        assertEquals("FIRED", tickets("b1").getFirst().path("state").asString());
        assertTrue(tickets("b3").isEmpty());
    }

    @Test
    void a_guest_hears_a_number_and_sees_when_it_can_be_collected() {
        opened("b1", "KIOSK");
        done(line("b1", "{\"id\":\"1\",\"sku\":\"fries\"}"));
        opened("b2", "KIOSK");
        done(line("b2", "{\"id\":\"1\",\"sku\":\"salad\"}"));
        assertEquals("1", done(shop.ask("POST", "/api/baskets/b2/place", "{}")).text("/number"));
        Answer paid = pay("b1");
        assertEquals("2", paid.text("/order/order/number"));
        done(shop.ask("POST", "/api/baskets/b2/recall", "{}"));
        assertEquals("1", pay("b2").text("/order/order/number"));
        opened("b3", "TILL");
        done(line("b3", "{\"id\":\"1\",\"sku\":\"fries\"}"));
        assertEquals("3", pay("b3").text("/order/order/number"));
        assertTrue(receipt("b1").contains("Order number"), () -> receipt("b1"));

        awaitTickets("b1", 1);
        assertEquals("PREPARING", pickup("b1"));
        done(
                shop.ask(
                        "POST",
                        "/api/kitchen/tickets/%s/bump"
                                .formatted(tickets("b1").getFirst().path("id").asString()),
                        ""));
        assertEquals("READY", pickup("b1"));
        assertTrue(
                shop.await(
                                () -> shop.ask("GET", "/api/pickup", "").json().at("/orders"),
                                it -> it.size() == 3)
                        .toString()
                        .contains("{\"number\":\"2\",\"state\":\"READY\"}"));
        done(shop.ask("POST", "/api/kitchen/orders/b1/serve", ""));
        assertEquals("COLLECTED", pickup("b1"));
        assertEquals(2, shop.ask("GET", "/api/pickup", "").json().at("/orders").size());
        assertEquals(404, shop.ask("GET", "/api/pickup/b9", "").status());
    }

    private String pickup(String order) {
        return done(shop.ask("GET", "/api/pickup/" + order, "")).text("/state");
    }
}
