package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.shop.TestShop.Answer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A café's rush: tables with courses and split checks, kiosks, and an ingredient that comes and goes while it is ordered. In the end
/// receipts, drawers, Zs, the day's report, the kitchen and the stock say the same.
@Tag("slow")
class BusyCafeTest {

    private static final int DEVICES = 4;
    private static final int ORDERS_A_DEVICE = 5;

    private static final List<String> DISHES =
            List.of(
                    "\"sku\":\"burger\",\"options\":[{\"option\":\"medium\"},{\"option\":\"bacon\"}],\"without\":[\"i-onion\"]",
                    "\"sku\":\"burger\",\"quantity\":2,\"options\":[{\"option\":\"done\"}]",
                    "\"sku\":\"salad\",\"without\":[\"i-bacon\"]",
                    "\"sku\":\"fries\",\"quantity\":3",
                    "\"sku\":\"coffee\",\"options\":[{\"option\":\"oat\"}]",
                    "\"sku\":\"menu\",\"options\":[{\"option\":\"burger\",\"options\":[{\"option\":\"medium\"}]}]");

    @TempDir private Path folder;
    private TestShop shop;

    @BeforeEach
    void open() {
        shop = new TestShop(folder);
        CafeMenu.in(shop);
        done(shop.ask("POST", "/api/business-day/open", "{\"day\":\"2026-03-02\"}"));
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

    @Test
    void a_rush_agrees_to_the_cent_and_to_the_patty() throws InterruptedException {
        Together devices = new Together();
        for (int i = 1; i <= DEVICES; i++) {
            String device = "till-" + i;
            Random random = new Random(i);
            devices.begin(() -> work(device, random));
        }
        boolean out = false;
        while (devices.atWork()) {
            out = !out;
            available(!out);
        }
        devices.end();
        available(true);
        agree();
    }

    private void available(boolean now) {
        done(shop.ask("PUT", "/api/availability/i-patty", "{\"available\":" + now + "}"));
    }

    // ---- the rush

    private void work(String device, Random random) {
        done(
                shop.ask(
                        "POST",
                        "/api/shifts",
                        "{\"shift\":\"%s-s\",\"cashFloat\":{\"amount\":10000,\"currency\":\"EUR\"}}"
                                .formatted(device),
                        device));
        for (int i = 0; i < ORDERS_A_DEVICE; i++) {
            String basket = device + "-" + i;
            boolean table = random.nextBoolean();
            done(
                    shop.ask(
                            "PUT",
                            "/api/baskets/" + basket,
                            table
                                    ? "{\"source\":\"TABLE\",\"table\":\"%s\",\"guests\":3}"
                                            .formatted(basket)
                                    : "{\"source\":\"KIOSK\"}",
                            device));
            int lines = 2 + random.nextInt(3);
            for (int line = 0; line < lines; line++) {
                add(basket, line, 1 + random.nextInt(2), random, device);
            }
            done(
                    shop.ask(
                            "POST",
                            "/api/baskets/" + basket + "/lines",
                            "{\"id\":\"last\",\"sku\":\"fries\"}",
                            device));
            if (table) {
                insisting(basket, "/send", "", device);
                if (random.nextBoolean()) {
                    done(shop.ask("DELETE", "/api/baskets/" + basket + "/lines/last", "", device));
                    done(
                            shop.ask(
                                    "POST",
                                    "/api/baskets/" + basket + "/lines",
                                    "{\"id\":\"cake\",\"sku\":\"coffee\",\"course\":2}",
                                    device));
                }
                for (String check : split(basket, random, device)) {
                    pay(check, device);
                }
            } else {
                pay(basket, device);
            }
        }
    }

    private void add(String basket, int line, int course, Random random, String device) {
        Answer answer =
                shop.ask(
                        "POST",
                        "/api/baskets/" + basket + "/lines",
                        "{\"id\":\"l%d\",\"course\":%d,%s}"
                                .formatted(line, course, DISHES.get(random.nextInt(DISHES.size()))),
                        device);
        if (answer.status() == 409) {
            ranOut(answer);
        } else {
            done(answer);
        }
    }

    private static void ranOut(Answer answer) {
        assertEquals("urn:skerry:problem:ran-out", answer.text("/type"), answer::toString);
    }

    /// What has run out since is taken out again.
    private Answer insisting(String basket, String what, String body, String device) {
        while (true) {
            Answer answer = shop.ask("POST", "/api/baskets/" + basket + what, body, device);
            if (answer.status() != 409) {
                return done(answer);
            }
            ranOut(answer);
            for (JsonNode line :
                    done(shop.ask("GET", "/api/baskets/" + basket, "", device))
                            .json()
                            .path("lines")) {
                String sku = line.at("/item/sku").asString();
                if (!line.has("parent")
                        && !line.has("sent")
                        && !line.path("voided").asBoolean()
                        && (sku.equals("burger") || sku.equals("menu"))) {
                    done(
                            shop.ask(
                                    "DELETE",
                                    "/api/baskets/%s/lines/%s"
                                            .formatted(basket, line.path("id").asString()),
                                    "",
                                    device));
                }
            }
        }
    }

    private List<String> split(String basket, Random random, String device) {
        String into =
                switch (random.nextInt(3)) {
                    case 0 -> "{\"id\":\"%1$s-a\"},{\"id\":\"%1$s-b\"}";
                    case 1 -> "{\"id\":\"%1$s-a\",\"amount\":{\"amount\":77,\"currency\":\"EUR\"}}";
                    default -> "";
                };
        if (into.isEmpty()) {
            return List.of(basket);
        }
        Answer answer =
                done(
                        shop.ask(
                                "POST",
                                "/api/baskets/" + basket + "/split",
                                "{\"into\":[%s]}".formatted(into.formatted(basket)),
                                device));
        List<String> checks = new ArrayList<>();
        answer.json().path("baskets").forEach(it -> checks.add(it.path("id").asString()));
        return checks;
    }

    private void pay(String basket, String device) {
        Answer paid =
                insisting(
                        basket,
                        "/pay",
                        "{\"tenders\":[{\"id\":\"t-%s\",\"kind\":\"CASH\"}]}".formatted(basket),
                        device);
        assertTrue(paid.json().at("/order").isObject(), paid::toString);
    }

    // ---- what all of them say

    private void agree() {
        List<String> tills =
                IntStream.rangeClosed(1, DEVICES).mapToObj(it -> "till-" + it).toList();
        Agreement day = Agreement.of(shop, "2026-03-02");
        assertTrue(day.standing() > DEVICES * ORDERS_A_DEVICE, "no check was split");
        day.withDrawers(tills, 10_000);
        day.withZs(tills, 10_000);
        day.withReport();
        for (String dish : List.of("burger", "fries", "salad", "coffee")) {
            shop.await(() -> made(dish), it -> it.compareTo(day.sold(dish)) == 0);
        }
        day.withStock("i-patty", "burger");
        day.withStreams("i-patty", "i-potato", "i-beans");
    }

    /// How many of a dish the kitchen's tickets ask for.
    private BigDecimal made(String sku) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode count :
                done(shop.ask("GET", "/api/kitchen/counts", "")).json().path("counts")) {
            if (count.path("sku").asString().equals(sku)) {
                sum =
                        sum.add(count.path("fired").decimalValue())
                                .add(count.path("held").decimalValue());
            }
        }
        return sum;
    }
}
