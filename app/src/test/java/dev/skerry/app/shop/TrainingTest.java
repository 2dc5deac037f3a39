package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.shop.TestShop.Answer;
import dev.skerry.store.orders.Orders;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who learns the till sells as always, and nothing is sold.
@Timeout(120)
class TrainingTest {

    private static final String MILK = "4006381333931";

    @TempDir private Path folder;
    private TestShop shop;

    @BeforeEach
    void open() {
        shop = new TestShop(folder);
        shop.tax();
        shop.article("milk", "Whole milk 1 l", MILK, "Dairy", 119);
        done(shop.ask("POST", "/api/business-day/open", "{\"day\":\"2026-03-02\"}"));
        done(
                shop.ask(
                        "POST",
                        "/api/shifts",
                        "{\"shift\":\"s1\",\"cashFloat\":{\"amount\":10000,\"currency\":\"EUR\"}}"));
        shop.await(MILK);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Answer done(Answer answer) {
        assertTrue(answer.status() < 300, answer::toString);
        return answer;
    }

    private Answer rehearsed(String basket, String tenders) {
        done(shop.ask("PUT", "/api/baskets/" + basket, "{\"training\":true}"));
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/" + basket + "/lines",
                        "{\"id\":\"1\",\"code\":\"%s\"}".formatted(MILK)));
        return done(
                shop.ask(
                        "POST",
                        "/api/baskets/" + basket + "/pay",
                        "{\"tenders\":[%s]}".formatted(tenders)));
    }

    private static String tender(String kind, long cents) {
        return "{\"id\":\"t-%s\",\"kind\":\"%s\",\"amount\":{\"amount\":%d,\"currency\":\"EUR\"}}"
                .formatted(kind, kind, cents);
    }

    private long tail() {
        SqliteDatabase orders = Objects.requireNonNull(shop.store().databases().get("orders.db"));
        return orders.find(Orders.stream("0042")).orElseThrow().tail();
    }

    @Test
    void a_sale_of_training_looks_like_one_and_moves_nothing() {
        long before = tail();
        Answer paid = rehearsed("t1", tender("CASH", 200));
        assertTrue(paid.json().path("training").asBoolean(), paid::toString);
        assertEquals(80, paid.number("/order/order/change/amount"));
        assertEquals(1, paid.number("/order/order/rounding/amount"));
        assertEquals(0, paid.number("/order/order/receipt/sequence"));
        // No order, no money, no stock, no figure; and the first sale has the first number.
        assertEquals(before, tail());
        assertEquals(404, shop.ask("GET", "/api/orders/t1", "").status());
        assertEquals(404, shop.ask("GET", "/api/payments/t1", "").status());
        Answer takings = done(shop.ask("GET", "/api/payments/takings?shift=s1", ""));
        assertTrue(
                takings.json().toString().contains("\"drawer\":{\"amount\":10000"),
                takings::toString);
        done(shop.ask("PUT", "/api/baskets/b1", "{}"));
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/b1/lines",
                        "{\"id\":\"1\",\"code\":\"%s\"}".formatted(MILK)));
        Answer sold =
                done(
                        shop.ask(
                                "POST",
                                "/api/baskets/b1/pay",
                                "{\"tenders\":[%s]}".formatted(tender("CASH", 200))));
        assertEquals(1, sold.number("/order/order/receipt/sequence"));
        shop.awaitReport("2026-03-02", 1);
        assertEquals(1, shop.ask("GET", "/api/reports/2026-03-02", "").number("/orders"));
        try (Listener screen = shop.listen("?topics=stock")) {
            screen.next();
            while (shop.ask("GET", "/api/stock/milk", "").number("/stock/quantity") != -1) {
                screen.await("stock", "milk");
            }
        }
    }

    @Test
    void its_receipt_says_training() {
        rehearsed("t1", tender("CASH", 200));
        String receipt = shop.text("/api/receipts/t1?format=text");
        assertTrue(receipt.toUpperCase(java.util.Locale.ROOT).contains("TRAINING"), receipt);
    }

    @Test
    void the_same_request_again_is_answered_the_same() {
        Answer paid = rehearsed("t1", tender("CARD", 119));
        Answer again =
                done(
                        shop.ask(
                                "POST",
                                "/api/baskets/t1/pay",
                                "{\"tenders\":[%s]}".formatted(tender("CARD", 119))));
        assertEquals(paid.json(), again.json());
        shop.restart();
        assertTrue(shop.text("/api/receipts/t1?format=text").contains("milk"));
    }

    @Test
    void money_that_is_taken_for_training_all_the_same_is_told_and_holds_up_nobody() {
        done(shop.ask("PUT", "/api/baskets/t1", "{\"training\":true}"));
        done(
                shop.ask(
                        "POST",
                        "/api/payments",
                        "{\"order\":\"t1\",\"due\":{\"amount\":100,\"currency\":\"EUR\"}}"));
        done(
                shop.ask(
                        "POST",
                        "/api/payments/t1/tenders",
                        "{\"tender\":\"x1\",\"kind\":\"CASH\",\"amount\":{\"amount\":100,\"currency\":\"EUR\"}}"));
        done(shop.ask("PUT", "/api/baskets/b1", "{}"));
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/b1/lines",
                        "{\"id\":\"1\",\"code\":\"%s\"}".formatted(MILK)));
        Answer sold =
                done(
                        shop.ask(
                                "POST",
                                "/api/baskets/b1/pay",
                                "{\"tenders\":[%s]}".formatted(tender("CASH", 200))));
        assertEquals(1, sold.number("/order/order/receipt/sequence"));
        assertEquals(404, shop.ask("GET", "/api/orders/t1", "").status());
    }

    @Test
    void what_does_not_suffice_leaves_the_basket_open_to_be_paid() {
        Answer paid = rehearsed("t1", tender("CASH", 100));
        assertEquals(200, paid.status());
        assertEquals(19, paid.number("/payment/left/amount"));
        Answer stopped = done(shop.ask("DELETE", "/api/baskets/t1/pay", ""));
        assertEquals("OPEN", stopped.text("/status"));
    }
}
