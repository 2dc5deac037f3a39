package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.shop.TestShop.Answer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Many tills, two kiosks and a kitchen at once for a day, with the line coming and going: in the end everybody has the same sums.
@Tag("slow") // A day of many devices.
class BusyDayTest {

    private static final int TILLS = 20;
    private static final int SALES_A_TILL = 6;
    private static final int KIOSKS = 2;
    private static final int ORDERS_A_KIOSK = 6;

    private static final List<String> DISHES =
            List.of(
                    "\"sku\":\"burger\",\"options\":[{\"option\":\"medium\"}]",
                    "\"sku\":\"fries\",\"quantity\":2",
                    "\"sku\":\"coffee\",\"options\":[{\"option\":\"oat\"}]");

    private static final List<String> CODES =
            List.of("4006381333931", "96385074", "4000417025005", "5449000000996");

    @TempDir private Path folder;
    @TempDir private Path other;
    private TestShop shop;

    /// Suspended by some till, for any till to go on with.
    private final Queue<String> suspended = new ConcurrentLinkedQueue<>();

    /// Ordered at a kiosk, to be paid at some till.
    private final Queue<String> placed = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void open() {
        shop = new TestShop(folder);
        CafeMenu.in(shop);
        shop.article("milk", "Whole milk 1 l", CODES.get(0), "Dairy", 119);
        shop.article("bread", "Rye bread", CODES.get(1), "Bakery", 342);
        shop.article("chocolate", "Milk chocolate", CODES.get(2), "Sweets", 99);
        shop.article("cola", "Cola", CODES.get(3), "Drinks", 169);
        shop.promotion(
                "3for2",
                "{\"id\":\"3for2\",\"effect\":{\"type\":\"take-pay\",\"articles\":{\"skus\":[\"chocolate\"]},\"take\":3,\"pay\":2,\"grouping\":\"same-article\"}}");
        done(shop.ask("POST", "/api/business-day/open", "{\"day\":\"2026-03-02\"}"));
        CODES.forEach(shop::await);
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
    void tills_z_reports_orders_and_stock_agree_and_so_does_a_new_machine() throws Exception {
        Together guests = new Together();
        for (int kiosk = 1; kiosk <= KIOSKS; kiosk++) {
            String device = "kiosk-" + kiosk;
            Random random = new Random(100 + kiosk);
            guests.begin(() -> orderAtKiosk(device, random));
        }
        Together tills = new Together();
        tillNames()
                .forEach(device -> {
                    Random random = new Random(Integer.parseInt(device.substring(5)));
                    tills.begin(() -> work(device, random));
                });
        Together kitchen = new Together();
        kitchen.begin(() -> cook(() -> guests.atWork() || tills.atWork()));
        guests.end();
        tills.end();
        kitchen.end();
        for (String order = placed.poll(); order != null; order = placed.poll()) {
            payPlaced(order, "till-1", new Random(7));
        }
        cook(() -> false);
        agree();
        // What was stored stays so: who goes up with it now is another question.
        shop.lineUp.set(false);
        Map<String, String> before = figures();
        Map<String, Long> streams = shop.ownStreams();
        shop.onNewMachine(other);
        Agreement.awaitSame(before, this::figures, "a new machine");
        assertEquals(streams, shop.ownStreams(), "a new machine publishes nothing twice");
    }

    /// What is told of the day.
    private Map<String, String> figures() {
        Map<String, String> all = new TreeMap<>();
        List<String> paths =
                new ArrayList<>(
                        List.of(
                                "/api/orders?day=2026-03-02",
                                "/api/reports/2026-03-02",
                                "/api/stock"));
        tillNames().forEach(till -> paths.add("/api/shifts/" + till + "-s"));
        paths.forEach(path -> all.put(path, done(shop.ask("GET", path, "")).json().toString()));
        return all;
    }

    private static List<String> tillNames() {
        return IntStream.rangeClosed(1, TILLS).mapToObj(it -> "till-" + it).toList();
    }

    private void work(String device, Random random) {
        done(
                shop.ask(
                        "POST",
                        "/api/shifts",
                        "{\"shift\":\"%s-s\",\"cashFloat\":{\"amount\":10000,\"currency\":\"EUR\"}}"
                                .formatted(device),
                        device));
        String last = "";
        for (int i = 0; i < SALES_A_TILL; i++) {
            shop.lineUp.set(random.nextInt(3) > 0);
            String fromKiosk = placed.poll();
            if (fromKiosk != null) {
                payPlaced(fromKiosk, device, random);
            }
            String basket = device + "-" + i;
            String other = random.nextInt(4) == 0 ? suspended.poll() : null;
            if (other != null) {
                done(shop.ask("POST", "/api/baskets/" + other + "/recall", "{}", device));
                basket = other;
            } else {
                done(shop.ask("PUT", "/api/baskets/" + basket, "{}", device));
            }
            int lines = 1 + random.nextInt(6);
            for (int line = 0; line < lines; line++) {
                String body =
                        "{\"id\":\"%s-%d-%d\",\"code\":\"%s\"}"
                                .formatted(
                                        device, i, line, CODES.get(random.nextInt(CODES.size())));
                done(shop.ask("POST", "/api/baskets/" + basket + "/lines", body, device));
            }
            if (!last.isEmpty() && random.nextInt(6) == 0) {
                giveSomethingBack(basket, last, device);
            }
            if (random.nextInt(6) == 0) {
                done(shop.ask("POST", "/api/baskets/" + basket + "/suspend", "{}", device));
                suspended.add(basket);
            } else {
                Answer paid = pay(basket, device, random);
                last = basket;
                if (random.nextInt(8) == 0 && paid.number("/order/order/total/amount") > 0) {
                    takeBack(basket, device);
                    last = "";
                }
            }
        }
    }

    /// The first article of an order, if it has not come back already.
    private void giveSomethingBack(String basket, String order, String device) {
        Answer bought = done(shop.ask("GET", "/api/orders/" + order, "", device));
        for (JsonNode line : bought.json().at("/order/lines")) {
            if (line.path("quantity").asInt() > 0 && !line.path("voided").asBoolean()) {
                shop.ask(
                        "POST",
                        "/api/baskets/" + basket + "/returns",
                        "{\"id\":\"r-%s\",\"order\":\"%s\",\"line\":\"%s\",\"quantity\":1,\"reason\":\"x\"}"
                                .formatted(order, order, line.path("id").asString()),
                        device);
                return;
            }
        }
    }

    private Answer pay(String basket, String device, Random random) {
        String path = "/api/baskets/" + basket + "/pay";
        Answer begun = done(shop.ask("POST", path, "{}", device));
        if (begun.json().at("/order").isObject()) {
            return begun;
        }
        long left = begun.number("/payment/left/amount");
        if (left < 0) {
            return begun;
        }
        boolean card = random.nextInt(3) == 0;
        String tender =
                "{\"tenders\":[{\"id\":\"%s-t\",\"kind\":\"%s\",\"amount\":{\"amount\":%d,\"currency\":\"EUR\"}}]}"
                        .formatted(
                                basket,
                                card ? "CARD" : "CASH",
                                card ? left : left + 500 - left % 5);
        Answer paid = shop.ask("POST", path, tender, device);
        if (card && paid.status() == 409) {
            // The simulator declines some amounts, and loses some answers.
            paid =
                    shop.ask(
                            "POST",
                            path,
                            tender.replace("-t\"", "-c\"")
                                    .replace("CARD", "CASH")
                                    .replace("" + left, "" + (left + 10)),
                            device);
        }
        done(paid);
        // Where a card had too little on it, cash pays the rest.
        while (!paid.json().at("/order").isObject()) {
            paid =
                    done(
                            shop.ask(
                                    "POST",
                                    path,
                                    "{\"tenders\":[{\"id\":\"%s-rest\",\"kind\":\"CASH\"}]}"
                                            .formatted(basket),
                                    device));
        }
        return paid;
    }

    private void takeBack(String order, String device) {
        shop.ask(
                "POST",
                "/api/orders/" + order + "/void",
                "{\"reason\":\"x\",\"approval\":{\"person\":\"chief\",\"pin\":\"1\"}}",
                device);
    }

    private void payPlaced(String order, String device, Random random) {
        done(shop.ask("POST", "/api/baskets/" + order + "/recall", "{}", device));
        pay(order, device, random);
    }

    // ---- guests and cooks

    private void orderAtKiosk(String device, Random random) {
        for (int i = 0; i < ORDERS_A_KIOSK; i++) {
            String basket = "/api/baskets/" + device + "-" + i;
            done(shop.ask("PUT", basket, "{\"source\":\"KIOSK\"}", device));
            int lines = 1 + random.nextInt(3);
            for (int line = 0; line < lines; line++) {
                String body =
                        "{\"id\":\"%d\",%s}"
                                .formatted(line, DISHES.get(random.nextInt(DISHES.size())));
                done(shop.ask("POST", basket + "/lines", body, device));
            }
            String card =
                    "{\"tenders\":[{\"id\":\"%s-%d-t\",\"kind\":\"CARD\"}]}".formatted(device, i);
            boolean paid =
                    random.nextBoolean()
                            && shop.ask("POST", basket + "/pay", card, device)
                                    .json()
                                    .at("/order")
                                    .isObject();
            if (!paid) {
                // Perhaps a card was asked for, and declined; a lost answer is reversed first.
                shop.await(
                        () -> {
                            shop.ask("DELETE", basket + "/pay", "", device);
                            return shop.ask("POST", basket + "/place", "{}", device);
                        },
                        it -> it.status() < 300);
                placed.add(device + "-" + i);
            }
        }
    }

    /// Makes and hands over, and recalls now and then, as long as something is going on and until all is made.
    private void cook(BooleanSupplier goingOn) {
        int bumped = 0;
        boolean more = true;
        while (more) {
            more = goingOn.getAsBoolean();
            for (JsonNode shown :
                    done(shop.ask("GET", "/api/kitchen/tickets", "", "grill"))
                            .json()
                            .path("tickets")) {
                String ticket = "/api/kitchen/tickets/" + shown.at("/ticket/id").asString();
                done(shop.ask("POST", ticket + "/bump", "{}", "grill"));
                if (++bumped % 5 == 0) {
                    done(shop.change("POST", ticket + "/recall", "{}"));
                }
                more = true;
            }
            for (JsonNode order :
                    done(shop.ask("GET", "/api/kitchen/expo", "", "pass")).json().path("orders")) {
                if (order.path("complete").asBoolean()) {
                    String id = order.path("order").asString();
                    done(shop.ask("POST", "/api/kitchen/orders/" + id + "/serve", "{}", "pass"));
                }
            }
        }
    }

    /// Receipts, drawers, Zs, the day's report, stock, the kitchen and the streams say the same.
    private void agree() {
        Agreement day = Agreement.of(shop, "2026-03-02");
        day.withDrawers(tillNames(), 10_000);
        day.withZs(tillNames(), 10_000);
        day.withReport();
        day.withHeadquarters(folder);
        for (String sku : List.of("milk", "bread", "chocolate", "cola")) {
            day.withStock(sku, sku);
        }
        day.withStock("i-patty", "burger");
        day.withStreams("milk", "bread", "chocolate", "cola", "i-patty", "i-beans", "i-oat");
        for (String dish : List.of("burger", "fries", "coffee")) {
            Agreement.awaitSame(
                    0, () -> day.sold(dish).compareTo(made(dish)), dish + " were made as sold");
        }
        assertTrue(day.standing() > TILLS * SALES_A_TILL / 2, "too few sales to mean anything");
    }

    /// How many of a dish stand on tickets of the kitchen.
    private BigDecimal made(String sku) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int kiosk = 1; kiosk <= KIOSKS; kiosk++) {
            for (int i = 0; i < ORDERS_A_KIOSK; i++) {
                String order = "/api/kitchen/orders/kiosk-%d-%d".formatted(kiosk, i);
                for (JsonNode ticket : shop.ask("GET", order, "").json().path("tickets")) {
                    for (JsonNode line : ticket.path("lines")) {
                        if (line.path("sku").asString().equals(sku)) {
                            sum = sum.add(line.path("quantity").decimalValue());
                        }
                    }
                }
            }
        }
        return sum;
    }
}
