package dev.skerry.trials.nodes;

import static dev.skerry.trials.nodes.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Json;
import dev.skerry.language.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A store's server is killed while a till is paid at: what the till asks again leads to one sale, and to the money of one sale.
@Tag("slow")
class KilledTillTest {

    private static final int ROUNDS = 6;

    /// Within this a payment is done, on a quiet machine; killed anywhere in it.
    private static final int KILLED_WITHIN_MS = 60;

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);
    private static final String DAY = "2026-03-02";
    private static final String STORE = "0001";
    private static final long CASH_FLOAT = 10_000;

    @TempDir private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final long seed = new SplittableRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final List<Node> open = new ArrayList<>();
    private Node store;
    private String token = "";

    @AfterEach
    void stop() {
        open.forEach(Node::close);
    }

    @BeforeEach
    void openStore() throws Exception {
        Node hq = Node.hq(folder.resolve("hq"), Ports.free(random), Ports.free(random), http);
        open.add(hq);
        hq.start();
        String data = hq.data().toString();
        assertEquals(
                0,
                new NodeProcess(
                                List.of(
                                        "generate",
                                        "--data",
                                        data,
                                        "--stores",
                                        "1",
                                        "--customers",
                                        "0"))
                        .ended());
        store = Node.store(folder.resolve("store"), Ports.free(random), http);
        open.add(store);
        store.start(
                "--set",
                "shop.terminal=simulator",
                "--hq",
                "https://127.0.0.1:" + hq.linkAddress().getPort(),
                "--join",
                hq.invite(STORE, "Harbour Market", "north"));
        until("it trades", SETTLED_WITHIN, () -> operator("GET", "/api/devices", "").done());
        token =
                operator("POST", "/api/devices", "{\"name\":\"till-1\",\"kind\":\"TILL\"}")
                        .json()
                        .at("/token")
                        .asString();
        until(
                "HQ's staff is there",
                SETTLED_WITHIN,
                () ->
                        till("POST", "/api/sign-on", "{\"person\":\"1001\",\"pin\":\"1001\"}")
                                .done());
        assertDone(till("POST", "/api/business-day/open", "{\"day\":\"" + DAY + "\"}"));
        assertDone(
                till(
                        "POST",
                        "/api/shifts",
                        "{\"shift\":\"s-1\",\"cashFloat\":{\"amount\":%d,\"currency\":\"EUR\"}}"
                                .formatted(CASH_FLOAT)));
        until("there is something to sell", SETTLED_WITHIN, () -> opened("first") > 0);
        // The line is cut from here on.
        hq.stop();
    }

    private record Answer(int status, JsonNode json) {
        boolean done() {
            return status < 300;
        }
    }

    private static Answer assertDone(Answer answer) {
        assertTrue(answer.done(), answer::toString);
        return answer;
    }

    private Answer operator(String method, String path, String body)
            throws IOException, InterruptedException {
        String secret =
                JsonObject.parse(Files.readString(store.data().resolve("node.json")))
                        .text("secret");
        return ask(method, path, body, secret);
    }

    private Answer till(String method, String path, String body)
            throws IOException, InterruptedException {
        return ask(method, path, body, token);
    }

    private Answer ask(String method, String path, String body, String bearer)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(store.url(path))
                                .method(method, BodyPublishers.ofString(body))
                                .header("Authorization", "Bearer " + bearer)
                                .timeout(SETTLED_WITHIN)
                                .build(),
                        BodyHandlers.ofString());
        return new Answer(
                answer.statusCode(), Json.tree(answer.body().isEmpty() ? "{}" : answer.body()));
    }

    /// Opens a basket, and puts the first chocolate into it that there is.
    ///
    /// @return what it costs; 0 if nothing can be sold yet
    private long opened(String basket) throws IOException, InterruptedException {
        Answer found = till("GET", "/api/articles?q=chocolate&max=1", "");
        String sku = found.json().at("/articles/0/sku").asString();
        if (sku.isEmpty() || !till("PUT", "/api/baskets/" + basket, "{}").done()) {
            return 0;
        }
        Answer added =
                till(
                        "POST",
                        "/api/baskets/" + basket + "/lines",
                        "{\"id\":\"1\",\"sku\":\"%s\",\"quantity\":3}".formatted(sku));
        return added.done() ? added.json().at("/priced/total/amount").asLong() : 0;
    }

    private Answer pay(String basket, String tender, String kind)
            throws IOException, InterruptedException {
        return till(
                "POST",
                "/api/baskets/" + basket + "/pay",
                "{\"tenders\":[{\"id\":\"%s\",\"kind\":\"%s\"}]}".formatted(tender, kind));
    }

    @Test
    void a_server_that_is_killed_between_tender_and_receipt_sells_once_or_not_at_all()
            throws Exception {
        Map<String, Long> owed = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            String basket = "killed-" + round;
            String kind = round % 2 == 0 ? "CASH" : "CARD";
            long total = opened(basket);
            assertTrue(total > 0, "seed " + seed);
            owed.put(basket, total);
            Thread paying = Thread.startVirtualThread(() -> tryToPay(basket, kind));
            Thread.sleep(random.nextInt(KILLED_WITHIN_MS));
            store.kill();
            paying.join();
            store.start();
            paidAtLast(basket, kind);
        }
        agree(owed);
    }

    private void tryToPay(String basket, String kind) {
        try {
            pay(basket, basket + "-t", kind);
        } catch (IOException e) {
            // Killed before it answered: what it did is what this is about.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The till asks the same again; a tender that came to nothing is followed by another.
    private void paidAtLast(String basket, String kind) throws Exception {
        until(
                basket + " is paid, seed " + seed,
                SETTLED_WITHIN,
                () -> {
                    Answer again = pay(basket, basket + "-t", kind);
                    boolean paid = again.json().at("/order").isObject();
                    if (!paid && again.status() != 503) {
                        paid = pay(basket, basket + "-c", "CASH").json().at("/order").isObject();
                    }
                    return paid;
                });
    }

    private void agree(Map<String, Long> owed) throws Exception {
        Map<String, Integer> sold = new TreeMap<>();
        List<Long> receipts = new ArrayList<>();
        long cash = 0;
        for (JsonNode one :
                assertDone(till("GET", "/api/orders?day=" + DAY, "")).json().at("/orders")) {
            JsonNode order = one.path("order");
            String id = order.path("id").asString();
            sold.merge(id, 1, Integer::sum);
            assertEquals(owed.get(id), order.at("/total/amount").asLong(), id);
            receipts.add(order.at("/receipt/sequence").asLong());
            cash += assertPaidOnce(id, order.at("/total/amount").asLong());
        }
        assertEquals(owed.keySet(), sold.keySet(), "seed " + seed);
        assertTrue(sold.values().stream().allMatch(it -> it == 1), sold::toString);
        receipts.sort(null);
        for (int i = 0; i < receipts.size(); i++) {
            assertEquals(i + 1L, receipts.get(i), "seed " + seed);
        }
        assertEquals(
                owed.size(),
                store.messages("store-" + STORE + "/orders").stream()
                        .filter(it -> it.contains("\"type\":\"dev.skerry.orders.OrderPaid\""))
                        .count(),
                "seed " + seed);
        long drawer =
                assertDone(till("GET", "/api/shifts/s-1", ""))
                        .json()
                        .at("/takings/drawer/amount")
                        .asLong();
        assertEquals(CASH_FLOAT + cash, drawer, "seed " + seed);
    }

    /// @return what of it was cash
    private long assertPaidOnce(String order, long total) throws Exception {
        until(
                "all tenders of " + order + " have come to an end, seed " + seed,
                SETTLED_WITHIN,
                () -> {
                    String payment = till("GET", "/api/payments/" + order, "").json().toString();
                    return List.of("REQUESTED", "UNKNOWN", "REVERSING").stream()
                            .noneMatch(state -> payment.contains("\"state\":\"" + state + "\""));
                });
        JsonNode payment = assertDone(till("GET", "/api/payments/" + order, "")).json();
        assertEquals("COMPLETED", payment.path("state").asString(), payment::toString);
        long paid = 0;
        long cash = 0;
        for (JsonNode tender : payment.path("tenders")) {
            boolean counts =
                    List.of("TAKEN", "APPROVED", "STORED", "FORWARDED", "APPROVED_LATE")
                            .contains(tender.path("state").asString());
            long amount = counts ? tender.at("/amount/amount").asLong() : 0;
            paid += amount;
            cash += tender.path("kind").asString().equals("CASH") ? amount : 0;
        }
        assertEquals(total, paid - payment.at("/change/amount").asLong(), payment::toString);
        return cash - payment.at("/change/amount").asLong();
    }
}
