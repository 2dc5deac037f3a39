package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.shop.TestShop.Answer;
import dev.skerry.context.Book.Command;
import dev.skerry.store.orders.BasketCommand;
import dev.skerry.store.orders.Orders;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Points are spent in a basket, once, and come back with the goods.
@Timeout(60)
class RewardsTest {

    private static final String CHEESE = "4006381333931";

    @TempDir private Path folder;
    private TestShop shop;

    @BeforeEach
    void open() {
        shop = new TestShop(folder);
        shop.lineUp.set(true);
        shop.tax();
        shop.article("cheese", "Cheese", CHEESE, "Dairy", 1000);
        try (Listener screen = shop.listen("?topics=prices,customers")) {
            screen.next();
            shop.promotion(
                    "five",
                    """
                    {"id":"five","name":"5.00 for 500 points","effect":{"type":"reward","articles":{"all":true},"points":500,"amount":5.00}}\
                    """);
            while (shop.ask("GET", "/api/rewards", "").json().path("rewards").isEmpty()) {
                screen.await("prices", "");
            }
            shop.customer("c-1", "Mia", "4711", 1200);
            while (points() != 1200) {
                screen.await("customers", "");
            }
        }
        done(shop.ask("POST", "/api/business-day/open", "{\"day\":\"2026-03-02\"}"));
        done(
                shop.ask(
                        "POST",
                        "/api/shifts",
                        "{\"shift\":\"s1\",\"cashFloat\":{\"amount\":10000,\"currency\":\"EUR\"}}"));
        shop.await(CHEESE);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Answer done(Answer answer) {
        assertTrue(answer.status() < 300, answer::toString);
        return answer;
    }

    private long points() {
        Answer shown = shop.ask("GET", "/api/customers/c-1", "");
        return shown.status() == 200 ? shown.number("/points/free") : -1;
    }

    /// With cheese for so many times 10.00, and rewards.
    private Answer basket(String id, int cheese, int times) {
        done(shop.ask("PUT", "/api/baskets/" + id, "{}"));
        done(shop.change("PUT", "/api/baskets/" + id + "/customer", "{\"customer\":\"c-1\"}"));
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/" + id + "/lines",
                        "{\"id\":\"1\",\"code\":\"%s\",\"quantity\":%d}"
                                .formatted(CHEESE, cheese)));
        return done(
                shop.change(
                        "PUT",
                        "/api/baskets/" + id + "/redemptions/five",
                        "{\"times\":%d}".formatted(times)));
    }

    private Answer pay(String basket) {
        return shop.ask(
                "POST",
                "/api/baskets/" + basket + "/pay",
                "{\"tenders\":[{\"id\":\"%s-t\",\"kind\":\"CASH\",\"amount\":{\"amount\":10000,\"currency\":\"EUR\"}}]}"
                        .formatted(basket));
    }

    private void awaitPoints(long points) {
        try (Listener screen = shop.listen("?topics=customers")) {
            screen.next();
            while (points() != points) {
                screen.await(it -> true);
            }
        }
    }

    @Test
    void what_points_can_buy_is_listed() {
        Answer rewards = done(shop.ask("GET", "/api/rewards", ""));
        assertEquals("five", rewards.text("/rewards/0/id"));
        assertEquals(500, rewards.number("/rewards/0/points"));
        assertEquals(500, rewards.number("/rewards/0/off/amount"));
    }

    @Test
    void a_reward_takes_off_what_it_says_and_its_points_are_spent_with_the_order() {
        Answer basket = basket("b1", 2, 2);
        assertEquals(1000, basket.number("/priced/total/amount"));
        assertEquals(1000, basket.number("/priced/pointsSpent"));
        assertEquals(1200, points());
        Answer paid = done(pay("b1"));
        assertEquals(1000, paid.number("/order/order/pointsSpent"));
        assertEquals("REWARD", paid.text("/order/order/discounts/0/kind"));
        awaitPoints(200);
        String receipt = shop.text("/api/receipts/b1?format=text");
        assertTrue(receipt.matches("(?s).*Points spent +1,000\\R.*"), receipt);
    }

    @Test
    void points_that_one_basket_is_paid_with_cannot_be_spent_by_another() {
        basket("b1", 2, 2);
        basket("b2", 2, 2);
        done(shop.ask("POST", "/api/baskets/b1/pay", "{}"));
        assertEquals(200, points());
        Answer second = done(shop.ask("POST", "/api/baskets/b2/pay", "{}"));
        // Its total was fixed with what was left: nothing.
        assertEquals(2000, second.number("/payment/due/amount"));
        done(shop.change("DELETE", "/api/baskets/b1/pay", ""));
        assertEquals(1200, points());
        done(shop.ask("POST", "/api/baskets/b1/pay", "{}"));
        assertEquals(200, points());
    }

    @Test
    void points_of_a_basket_that_nobody_pays_any_more_are_free_after_the_next_start() {
        basket("stopped", 2, 1);
        basket("paying", 2, 1);
        done(shop.ask("POST", "/api/baskets/stopped/pay", "{}"));
        done(shop.ask("POST", "/api/baskets/paying/pay", "{}"));
        assertEquals(200, points());
        // The machine dies when the basket is open again, and its points are not given back yet.
        shop.store()
                .orders()
                .change(
                        new Command("stop", "stop"),
                        "stopped",
                        new Orders.Holder("till-1", "anna"),
                        new BasketCommand.StopPaying());
        shop.restart();
        assertEquals(700, points());
        done(pay("paying"));
        awaitPoints(700);
    }

    @Test
    void checks_that_were_split_get_their_points_and_spend_points_each_for_itself() {
        shop.promotion(
                "points",
                """
                {"id":"points","name":"A point a euro","when":{"for":{"cardHolders":true}},"effect":{"type":"earn-points","articles":{"all":true},"points":1,"per":1.00}}\
                """);
        basket("whole", 4, 1);
        done(shop.change("DELETE", "/api/baskets/whole/redemptions/five", ""));
        shop.await(
                () -> {
                    done(shop.ask("PATCH", "/api/baskets/whole/lines/1", "{\"quantity\":4}"));
                    return done(shop.ask("GET", "/api/baskets/whole", ""));
                },
                it -> it.number("/priced/points") == 40);
        done(
                shop.change(
                        "POST",
                        "/api/baskets/whole/split",
                        "{\"into\":[{\"id\":\"half\",\"lines\":[{\"line\":\"1\",\"quantity\":2}]}]}"));
        done(shop.change("PUT", "/api/baskets/half/customer", "{\"customer\":\"c-1\"}"));
        for (String check : List.of("whole", "half")) {
            Answer priced = done(shop.ask("GET", "/api/baskets/" + check, ""));
            assertEquals(20, priced.number("/priced/points"), priced::toString);
            Answer less =
                    done(
                            shop.change(
                                    "PUT",
                                    "/api/baskets/" + check + "/redemptions/five",
                                    "{\"times\":1}"));
            assertEquals(1500, less.number("/priced/total/amount"), less::toString);
            assertEquals(500, less.number("/priced/pointsSpent"));
            assertEquals(15, less.number("/priced/points"));
        }
        done(shop.ask("POST", "/api/baskets/half/pay", "{}"));
        assertEquals(700, points());
        done(pay("whole"));
        done(pay("half"));
        awaitPoints(1200 - 1000 + 30);
    }

    @Test
    void the_same_payment_again_spends_points_once() {
        basket("b1", 2, 2);
        done(shop.ask("POST", "/api/baskets/b1/pay", "{}"));
        done(shop.ask("POST", "/api/baskets/b1/pay", "{}"));
        assertEquals(200, points());
        done(pay("b1"));
        done(pay("b1"));
        awaitPoints(200);
    }

    @Test
    void too_few_points_give_what_they_are_worth_and_the_cashier_is_told() {
        Answer basket = basket("b1", 9, 3);
        assertEquals(8000, basket.number("/priced/total/amount"));
        assertEquals(1000, basket.number("/priced/pointsSpent"));
        assertTrue(
                basket.text("/priced/hints/0").contains("5.00 for 500 points: 2 of 3 redeemed"),
                basket::toString);
    }

    @Test
    void without_a_line_no_more_is_redeemed_than_the_cap() {
        shop.lineUp.set(false);
        shop.customer("c-2", "Ben", "4712", 9000);
        try (Listener screen = shop.listen("?topics=customers")) {
            screen.next();
            while (shop.ask("GET", "/api/customers/c-2", "").status() != 200) {
                screen.await("customers", "");
            }
        }
        done(shop.ask("PUT", "/api/baskets/b1", "{}"));
        done(shop.change("PUT", "/api/baskets/b1/customer", "{\"customer\":\"c-2\"}"));
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/b1/lines",
                        "{\"id\":\"1\",\"code\":\"%s\",\"quantity\":9}".formatted(CHEESE)));
        Answer basket =
                done(shop.change("PUT", "/api/baskets/b1/redemptions/five", "{\"times\":9}"));
        // 2,000 points in one basket, worth 20.00.
        assertEquals(2000, basket.number("/priced/pointsSpent"));
        assertEquals(7000, basket.number("/priced/total/amount"));
    }

    @Test
    void points_are_a_customers_and_go_with_the_customer() {
        done(shop.ask("PUT", "/api/baskets/b1", "{}"));
        Answer refused = shop.change("PUT", "/api/baskets/b1/redemptions/five", "{\"times\":1}");
        assertEquals(422, refused.status());
        assertEquals("urn:skerry:problem:customer-needed", refused.text("/type"));
        basket("b2", 2, 1);
        Answer without = done(shop.change("DELETE", "/api/baskets/b2/customer", ""));
        assertEquals(2000, without.number("/priced/total/amount"));
        assertFalse(without.json().has("redemptions"));
        basket("b3", 2, 1);
        Answer back = done(shop.change("DELETE", "/api/baskets/b3/redemptions/five", ""));
        assertEquals(2000, back.number("/priced/total/amount"));
    }

    @Test
    void a_void_gives_the_points_back() {
        basket("b1", 2, 2);
        done(pay("b1"));
        awaitPoints(200);
        done(
                shop.ask(
                        "POST",
                        "/api/orders/b1/void",
                        "{\"reason\":\"wrong\",\"approval\":{\"person\":\"chief\",\"pin\":\"1\"}}"));
        awaitPoints(1200);
    }

    @Test
    void goods_that_come_back_bring_their_share_of_the_points_and_all_returns_together_all() {
        basket("b1", 3, 2);
        // 30.00 less 10.00: 20.00 for three, 6.66 or 6.67 for one.
        assertEquals(2000, done(pay("b1")).number("/order/order/total/amount"));
        awaitPoints(200);
        returned("r1");
        awaitPoints(200 + 333);
        returned("r2");
        returned("r3");
        awaitPoints(1200);
    }

    private void returned(String basket) {
        done(shop.ask("PUT", "/api/baskets/" + basket, "{}"));
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/" + basket + "/returns",
                        "{\"id\":\"1\",\"order\":\"b1\",\"line\":\"1\",\"quantity\":1,\"reason\":\"mouldy\"}"));
        done(shop.ask("POST", "/api/baskets/" + basket + "/pay", "{}"));
    }
}
