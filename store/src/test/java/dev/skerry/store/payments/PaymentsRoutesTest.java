package dev.skerry.store.payments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.language.Json;
import dev.skerry.node.http.HttpHost;
import dev.skerry.node.http.HttpSetup;
import dev.skerry.store.payments.SimulatedTerminal.Act;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A day of a till, as the till asks for it.
class PaymentsRoutesTest {

    @TempDir private Path folder;
    private Shop shop;
    private HttpHost host;

    @BeforeEach
    void open() throws IOException {
        shop = new Shop(folder);
        HttpSetup setup = HttpHost.at("127.0.0.1", 0);
        new PaymentsRoutes(
                        shop.payments,
                        _ -> new Caller("anna", "till-1", Set.of(Role.MANAGER)),
                        Shop.EUR)
                .operations()
                .forEach(it -> setup.route(it.method(), it.path(), it.handler()));
        host = setup.start();
        post(200, "/api/business-day/open", "{\"day\": \"2026-03-02\"}");
        post(200, "/api/shifts", "{\"shift\": \"s-1\", \"cashFloat\": " + eur(10_000) + "}");
    }

    @AfterEach
    void close() {
        host.close();
        shop.close();
    }

    private static String eur(long minor) {
        return "{\"amount\": " + minor + ", \"currency\": \"EUR\"}";
    }

    private JsonNode get(int status, String path) throws IOException {
        return ask(status, "GET", path, "");
    }

    private JsonNode post(int status, String path, String body) throws IOException {
        return ask(status, "POST", path, body);
    }

    private JsonNode ask(int status, String method, String path, String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection)
                        URI.create("http://127.0.0.1:" + host.port() + path)
                                .toURL()
                                .openConnection();
        connection.setRequestMethod(method);
        if (method.equals("POST")) {
            connection.setDoOutput(true);
            try (var out = connection.getOutputStream()) {
                out.write(body.getBytes(UTF_8));
            }
        }
        int answered = connection.getResponseCode();
        try (InputStream in =
                answered < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String text = new String(in.readAllBytes(), UTF_8);
            assertEquals(status, answered, text);
            return Json.tree(text);
        } finally {
            connection.disconnect();
        }
    }

    private void refused(int status, String kind, String path, String body) throws IOException {
        assertEquals(
                "urn:skerry:problem:" + kind, post(status, path, body).path("type").asString());
    }

    private void due(String order, long due) throws IOException {
        post(200, "/api/payments", "{\"order\": \"%s\", \"due\": %s}".formatted(order, eur(due)));
    }

    private JsonNode tender(int status, String order, String tender, String kind, String more)
            throws IOException {
        return post(
                status,
                "/api/payments/" + order + "/tenders",
                "{\"tender\": \"%s\", \"kind\": \"%s\"%s}".formatted(tender, kind, more));
    }

    @Test
    void a_sale_is_paid_and_the_shift_is_closed() throws IOException {
        due("o", 1502);
        assertEquals(
                "DONE",
                tender(200, "o", "t1", "CARD", ", \"amount\": " + eur(500))
                        .path("outcome")
                        .asString());
        JsonNode paid = tender(200, "o", "t2", "CASH", ", \"amount\": " + eur(2000));
        assertEquals("COMPLETED", paid.at("/payment/state").asString());
        assertEquals(1000, paid.at("/payment/change/amount").asLong());
        assertEquals(paid, tender(200, "o", "t2", "CASH", ", \"amount\": " + eur(2000)));
        assertEquals(paid.path("payment"), get(200, "/api/payments/o"));

        post(
                200,
                "/api/shifts/s-1/paid-in",
                "{\"id\": \"m1\", \"amount\": %s, \"reason\": \"coins\"}".formatted(eur(700)));
        post(200, "/api/shifts/s-1/paid-out", "{\"id\": \"m2\", \"amount\": " + eur(200) + "}");
        post(
                200,
                "/api/shifts/s-1/pick-ups",
                "{\"id\": \"m3\", \"pieces\": [{\"value\": %s, \"count\": 2}]}"
                        .formatted(eur(2000)));
        post(200, "/api/shifts/drawer", "{\"id\": \"d1\", \"reason\": \"no sale\"}");
        assertEquals(7500, get(200, "/api/shifts/s-1/x").at("/takings/drawer/amount").asLong());
        get(404, "/api/shifts/s-1/z");
        refused(409, "not-counted", "/api/shifts/s-1/close", "");
        post(200, "/api/shifts/s-1/counts", "{\"id\": \"c1\", \"amount\": " + eur(7490) + "}");
        post(200, "/api/shifts/s-1/close", "");
        JsonNode z = get(200, "/api/shifts/s-1/z").path("z");
        assertEquals(1, z.path("number").asInt());
        assertEquals(-10, z.at("/overShort/amount").asLong());
        assertEquals(
                z.path("takings"),
                get(200, "/api/payments/takings?shift=s-1&late=false").path("byTender"));
        post(200, "/api/business-day/close", "{\"day\": \"2026-03-02\"}");
        get(404, "/api/business-day");
        assertEquals(1, get(200, "/api/business-day/2026-03-02").at("/takings/payments").asInt());
        assertEquals(1, get(200, "/api/shifts?day=2026-03-02").path("shifts").size());

        post(
                200,
                "/api/payments",
                "{\"order\": \"late\", \"due\": %s, \"day\": \"2026-03-02\"}".formatted(eur(300)));
        tender(200, "late", "t3", "CASH", "");
        assertEquals(1, get(200, "/api/shifts/s-1/z").at("/supplement/byTender/0/count").asInt());
    }

    @Test
    void what_came_of_a_card_is_told() throws IOException {
        due("o", 1000);
        shop.terminal.script(Act.DECLINE, Act.MISS);
        JsonNode declined = tender(200, "o", "t1", "CARD", "");
        assertEquals("DECLINED", declined.path("outcome").asString());
        assertFalse(declined.path("reason").asString().isEmpty());
        assertEquals("LOST", tender(200, "o", "t2", "CARD", "").path("outcome").asString());
        assertEquals("DONE", tender(200, "o", "t3", "CARD", "").path("outcome").asString());
        JsonNode card = get(200, "/api/payments/o").at("/tenders/2/card");
        assertEquals(4, card.path("lastFour").asString().length());
    }

    @Test
    void a_refund_goes_back_as_it_is_planned() throws IOException {
        due("o", 1000);
        tender(200, "o", "t1", "CARD", ", \"amount\": " + eur(600));
        tender(200, "o", "t2", "CASH", "");
        due("r", -700);
        JsonNode parts = get(200, "/api/payments/o/refund-plan?amount=7.00").path("parts");
        int i = 0;
        for (JsonNode part : parts) {
            post(
                    200,
                    "/api/payments/r/refunds",
                    "{\"tender\": \"b%d\", \"kind\": %s, \"amount\": %s, \"of\": %s}"
                            .formatted(
                                    i++, part.path("kind"), part.path("amount"), part.path("of")));
        }
        assertEquals("COMPLETED", get(200, "/api/payments/r").path("state").asString());
        assertEquals(-600, shop.terminal.moved("b0"));
    }

    @Test
    void a_tender_is_handed_back_and_a_payment_given_up() throws IOException {
        due("o", 1000);
        tender(200, "o", "t1", "CASH", ", \"amount\": " + eur(400));
        post(200, "/api/payments/o/tenders/t1/withdraw", "{\"reason\": \"card instead\"}");
        assertEquals(1000, get(200, "/api/payments/o").at("/left/amount").asLong());
        assertEquals(
                "CANCELLED",
                post(200, "/api/payments/o/cancel", "").at("/payment/state").asString());
    }

    @Test
    void what_is_stored_and_what_needs_attention_is_listed() throws IOException {
        shop.line = false;
        due("o", 1047);
        tender(200, "o", "t1", "CARD", "");
        assertEquals(1, get(200, "/api/payments/stored").path("tenders").size());
        shop.line = true;
        shop.forward();
        assertEquals(
                "LATE_DECLINE",
                get(200, "/api/payments/attention").at("/attention/0/why").asString());
        JsonNode seen = post(200, "/api/payments/attention/t1", "{\"note\": \"called\"}");
        assertTrue(seen.path("lookedAt").asBoolean());
        assertEquals(0, get(200, "/api/payments/attention").path("attention").size());
    }

    @Test
    void what_is_wrong_is_told_as_a_problem() throws IOException {
        due("o", 1000);
        refused(
                404,
                "no-such-payment",
                "/api/payments/x/tenders",
                "{\"tender\": \"t\", \"kind\": \"CASH\"}");
        refused(
                422,
                "too-much",
                "/api/payments/o/tenders",
                "{\"tender\": \"t\", \"kind\": \"CARD\", \"amount\": " + eur(1001) + "}");
        refused(400, "malformed-request", "/api/payments/o/tenders", "{\"tender\": \"t\"}");
        refused(
                400,
                "malformed-request",
                "/api/payments/o/tenders",
                "{\"tender\": \"4111111111111111\", \"kind\": \"CASH\"}");
        refused(
                422,
                "card-number",
                "/api/payments/o/tenders",
                "{\"tender\": \"t\", \"kind\": \"CARD\", \"account\": \"4111111111111111\"}");
        refused(
                409,
                "shift-open",
                "/api/shifts",
                "{\"shift\": \"s-2\", \"cashFloat\": " + eur(0) + "}");
        refused(400, "malformed-request", "/api/shifts/s-1/counts", "{\"id\": \"c\"}");
        assertEquals(
                "urn:skerry:problem:not-found",
                get(404, "/api/payments/x").path("type").asString());
        get(400, "/api/payments/takings?day=yesterday");
        get(400, "/api/payments/o/refund-plan?amount=1.001");
        get(400, "/api/payments/o/refund-plan?amount=x");
    }
}
