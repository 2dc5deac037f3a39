package dev.skerry.hq.prices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Api;
import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.language.JsonObject;
import dev.skerry.node.http.HttpHost;
import dev.skerry.node.http.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Over real HTTP; who asks says so in a header.
class PricesRoutesTest {

    private static final String HALF =
            """
            {"id":"HALF","effect":{"type":"line-discount","articles":{"skus":["milk"]},"off":{"percent":12.5}}}\
            """;

    @TempDir private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private Office office;
    private HttpHost host;

    @BeforeEach
    void open() {
        office = new Office(folder);
        PricesRoutes routes =
                new PricesRoutes(office.prices, Office::article, PricesRoutesTest::caller);
        host =
                new Api("Prices", "test", routes.operations(), PricesRoutesTest::caller)
                        .addTo(HttpHost.at("127.0.0.1", 0))
                        .start();
    }

    private static Caller caller(Request request) {
        String who = String.valueOf(request.header("Who"));
        return new Caller(who, "", Set.of(who.equals("ann") ? Role.ANALYST : Role.MERCHANT));
    }

    @AfterEach
    void close() {
        client.close();
        host.close();
        office.close();
    }

    private JsonObject ask(int status, String who, String method, String path, String body) {
        try {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + host.port() + path))
                                    .method(method, BodyPublishers.ofString(body))
                                    .header("Who", who)
                                    .build(),
                            BodyHandlers.ofString());
            assertEquals(status, answer.statusCode(), answer.body());
            return JsonObject.parse(answer.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String change(String id, String what) {
        return "{\"id\":\"%s\",\"title\":\"Spring\",%s}".formatted(id, what);
    }

    @Test
    void a_promotion_is_checked_proposed_read_again_and_tried_on_past_sales() {
        String wanted = change("c1", "\"promotions\":[" + HALF + "]");
        assertTrue(
                ask(200, "mia", "POST", "/api/prices/check", wanted).objects("faults").isEmpty());
        ask(403, "ann", "POST", "/api/prices/changes", wanted);
        assertEquals(
                "PUBLISHED", ask(200, "mia", "POST", "/api/prices/changes", wanted).text("state"));
        ask(200, "mia", "POST", "/api/prices/changes", wanted);
        JsonObject known = ask(200, "ann", "GET", "/api/prices/promotions/HALF", "");
        assertEquals("HALF", known.object("promotion").object("promotion").text("id"));
        assertEquals(
                1,
                ask(200, "ann", "GET", "/api/prices/promotions", "").objects("promotions").size());

        ask(
                200,
                "mia",
                "POST",
                "/api/prices/changes",
                change(
                        "c2",
                        """
                        "stages":{"HALF":[{"store":"store-0042","from":"2026-03-01T00:00"},{"from":"2026-04-01T00:00"}]}\
                        """));
        assertEquals(
                List.of("2026-03-01T00:00:00", "2026-04-01T00:00:00"),
                ask(200, "ann", "GET", "/api/prices/promotions/HALF", "")
                        .object("promotion")
                        .objects("stages")
                        .stream()
                        .map(it -> it.text("from"))
                        .toList());
        ask(422, "mia", "POST", "/api/prices/changes", change("c3", "\"stages\":{\"HALF\":[]}"));
        ask(
                400,
                "mia",
                "POST",
                "/api/prices/changes",
                change("c4", "\"stages\":{\"NONE\":[{\"from\":\"2026-04-01T00:00\"}]}"));

        LocalDateTime noon = LocalDateTime.of(2026, 3, 8, 12, 0);
        office.sold("store-0042", noon, "1", Office.line("milk", 1, "8.00"));
        JsonObject simulated =
                ask(
                        200,
                        "ann",
                        "POST",
                        "/api/prices/simulation",
                        """
                        {"from":"2026-03-08","to":"2026-03-08","removedPromotions":["HALF"]}\
                        """);
        assertEquals(700, simulated.object("now").number("amount"));
        assertEquals(800, simulated.object("then").number("amount"));
        ask(
                400,
                "ann",
                "POST",
                "/api/prices/simulation",
                "{\"from\":\"2026-03-08\",\"to\":\"2026-03-07\"}");
        ask(
                404,
                "ann",
                "POST",
                "/api/prices/simulation",
                "{\"from\":\"2026-03-08\",\"to\":\"2026-03-08\",\"change\":\"c9\"}");
    }

    @Test
    void a_price_is_proposed_by_its_place_and_a_faulty_promotion_is_refused_by_field() {
        String price =
                """
                "prices":[{"sku":"milk","level":"ZONE","of":"north","validFrom":"2026-03-01T00:00","price":{"amount":119,"currency":"EUR"}}]\
                """;
        ask(200, "mia", "POST", "/api/prices/changes", change("c1", price));
        JsonObject known =
                ask(200, "ann", "GET", "/api/prices/articles/milk", "")
                        .objects("prices")
                        .getFirst();
        assertEquals(119, known.object("price").object("price").number("amount"));
        assertEquals(
                1,
                ask(
                                200,
                                "ann",
                                "GET",
                                "/api/prices/history?key=" + known.text("key").replace("/", "%2F"),
                                "")
                        .objects("history")
                        .size());
        JsonObject problem =
                ask(
                        422,
                        "mia",
                        "POST",
                        "/api/prices/changes",
                        change("c2", "\"promotions\":[" + HALF.replace("12.5", "125") + "]"));
        assertTrue(problem.text("detail").contains("HALF: effect.off.percent"), problem::toString);
        ask(
                400,
                "mia",
                "POST",
                "/api/prices/changes",
                change("c3", price.replace("\"north\"", "null")));
        ask(400, "mia", "POST", "/api/prices/changes", change("c4", "\"promotions\":[7]"));
        ask(404, "ann", "GET", "/api/prices/promotions/NONE", "");
    }
}
