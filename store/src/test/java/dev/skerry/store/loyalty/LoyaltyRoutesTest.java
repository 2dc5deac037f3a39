package dev.skerry.store.loyalty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.language.Json;
import dev.skerry.language.loyalty.OfferEvent.OfferMade;
import dev.skerry.node.http.HttpHost;
import dev.skerry.node.http.HttpSetup;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LoyaltyRoutesTest {

    @TempDir private Path folder;
    private Till till;
    private HttpHost host;

    @BeforeEach
    void open() {
        till = new Till(folder);
        till.customer("C1", "Anna Berg", 120, "family");
        HttpSetup setup = HttpHost.at("127.0.0.1", 0);
        new LoyaltyRoutes(
                        till.loyalty,
                        _ -> new Caller("eva", "till-1", Set.of(Role.CASHIER)),
                        till.clock)
                .operations()
                .forEach(it -> setup.route(it.method(), it.path(), it.handler()));
        host = setup.start();
    }

    @AfterEach
    void close() {
        host.close();
        till.close();
    }

    private record Answer(int status, JsonNode json) {}

    private Answer get(String path) throws IOException {
        return answer(connection(path));
    }

    private Answer post(String path, String body) throws IOException {
        HttpURLConnection connection = connection(path);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(body.getBytes(UTF_8));
        return answer(connection);
    }

    private HttpURLConnection connection(String path) throws IOException {
        return (HttpURLConnection)
                URI.create("http://127.0.0.1:" + host.port() + path).toURL().openConnection();
    }

    private static Answer answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in =
                status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, Json.tree(new String(in.readAllBytes(), UTF_8)));
        } finally {
            connection.disconnect();
        }
    }

    private static void problem(int status, String kind, Answer answer) {
        assertEquals(status, answer.status());
        assertEquals("urn:skerry:problem:" + kind, answer.json().at("/type").asString());
    }

    @Test
    void customers_are_found_by_card_or_name() throws IOException {
        Answer card = get("/api/customers?card=card-C1");
        assertEquals(200, card.status());
        assertEquals("C1", card.json().at("/customers/0/id").asString());
        assertEquals(
                "Anna Berg",
                get("/api/customers?name=be").json().at("/customers/0/name").asString());
        assertEquals(0, get("/api/customers?card=none").json().at("/customers").size());
        problem(400, "malformed-request", get("/api/customers"));
        problem(400, "malformed-request", get("/api/customers?card=1&name=2"));
    }

    @Test
    void a_customer_is_shown_with_points_offers_and_the_age_of_all_that() throws IOException {
        till.hq(
                new OfferMade(
                        "f1",
                        "C1",
                        null,
                        "V-1",
                        "SAVE5",
                        "5.00 off",
                        LocalDateTime.of(2026, 3, 1, 0, 0),
                        null,
                        true));
        till.pass(Duration.ofMinutes(2));
        till.sell("o1", "C1", 10, 1000);
        JsonNode shown = get("/api/customers/C1").json();
        assertEquals("family", shown.at("/customer/segments/0").asString());
        assertEquals(130, shown.at("/points/balance").asLong());
        assertEquals(120, shown.at("/points/counted").asLong());
        assertEquals("2026-03-02T10:00:00Z", shown.at("/points/asOf").asString());
        assertEquals("V-1", shown.at("/offers/0/code").asString());
        assertEquals(120, shown.at("/listAgeSeconds").asLong());
        problem(404, "no-such-customer", get("/api/customers/C2"));
    }

    @Test
    void somebody_is_signed_up_once_however_often_it_is_asked_for() throws IOException {
        String anna =
                "{\"id\":\"0199-0001\",\"cards\":[\"9276\"],\"name\":\"Anna\",\"email\":\"a@b.example\"}";
        Answer first = post("/api/customers", anna);
        assertEquals(200, first.status());
        assertEquals("0199-0001", first.json().at("/id").asString());
        assertEquals(first, post("/api/customers", anna));
        assertEquals(1, till.published().size());
        assertEquals(200, get("/api/customers/0199-0001").status());
        problem(
                422,
                "idempotency-key-reused",
                post("/api/customers", anna.replace("Anna", "Bert")));
        problem(
                409,
                "card-taken",
                post(
                        "/api/customers",
                        "{\"id\":\"0199-0002\",\"cards\":[\"9276\"],\"name\":\"B\"}"));
        problem(400, "malformed-request", post("/api/customers", "{\"id\":\"1\",\"name\":\"B\"}"));
        problem(400, "malformed-request", post("/api/customers", "{\"id\":\"0199-0003\"}"));
    }

    @Test
    void an_id_that_is_hqs_is_taken() throws IOException {
        till.customer("0199-0009", "Carl", 0);
        problem(
                409,
                "customer-exists",
                post("/api/customers", "{\"id\":\"0199-0009\",\"name\":\"B\"}"));
    }

    @Test
    void a_coupon_says_what_it_is_good_for() throws IOException {
        till.hq(
                new OfferMade(
                        "f1",
                        null,
                        "family",
                        "V-1",
                        "SAVE5",
                        "5.00 off",
                        LocalDateTime.of(2026, 3, 1, 0, 0),
                        null,
                        true));
        assertEquals("OF_ANOTHER", get("/api/coupons/V-1").json().at("/status").asString());
        JsonNode free = get("/api/coupons/V-1?customer=C1").json();
        assertEquals("FREE", free.at("/status").asString());
        assertEquals("SAVE5", free.at("/coupon").asString());
        till.sell("o1", "C1", 10, 1000, "V-1");
        assertEquals("USED", get("/api/coupons/V-1?customer=C1").json().at("/status").asString());
        assertEquals("UNKNOWN", get("/api/coupons/ANY").json().at("/status").asString());
    }
}
