package dev.skerry.hq.customers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.context.Api;
import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.language.JsonObject;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.node.http.HttpHost;
import dev.skerry.node.http.Request;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Over real HTTP; who asks says so in a header.
class CustomersRoutesTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));

    @TempDir private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private SqliteDatabase database;
    private HttpHost host;

    @BeforeEach
    void open() {
        database =
                SqliteDatabase.open(
                        folder.resolve("customers.db"),
                        SqliteSettings.defaults(),
                        CLOCK,
                        Customers.tables());
        Customers customers =
                new Customers(
                        database,
                        Currency.getInstance("EUR"),
                        CLOCK,
                        new TimeOrderedIds(CLOCK, new Random(1)));
        host =
                new Api(
                                "Customers",
                                "test",
                                new CustomersRoutes(customers, CustomersRoutesTest::caller)
                                        .operations(),
                                CustomersRoutesTest::caller)
                        .addTo(HttpHost.at("127.0.0.1", 0))
                        .start();
    }

    private static Caller caller(Request request) {
        String who = String.valueOf(request.header("Who"));
        return new Caller(
                who,
                "",
                Set.of(
                        switch (who) {
                            case "kai" -> Role.ACCOUNTANT;
                            case "ann" -> Role.ANALYST;
                            default -> Role.MERCHANT;
                        }));
    }

    @AfterEach
    void close() {
        client.close();
        host.close();
        database.close();
    }

    private JsonObject ask(int status, String who, String method, String path, String body) {
        try {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + host.port() + path))
                                    .method(method, BodyPublishers.ofString(body))
                                    .header("Who", who)
                                    .header("Idempotency-Key", who + path + body.hashCode())
                                    .build(),
                            BodyHandlers.ofString());
            assertEquals(status, answer.statusCode(), answer.body());
            return JsonObject.parse(answer.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_customer_is_signed_up_found_offered_something_and_forgotten() {
        ask(
                200,
                "mia",
                "POST",
                "/api/customers/changes",
                """
                {"id":"c1","title":"Anna","customers":[{"customer":"C1","cards":["77"],"name":"Anna Berg","segments":["gold"],"blocked":false}],\
                "offers":[{"id":"f1","customer":"C1","code":"V1","title":"5.00 off","validFrom":"2026-03-01T00:00","singleUse":true}]}\
                """);
        assertEquals(
                "C1",
                ask(200, "mia", "GET", "/api/customers/members?q=77", "")
                        .objects("customers")
                        .getFirst()
                        .text("customer"));
        JsonObject known = ask(200, "mia", "GET", "/api/customers/members/C1", "");
        assertEquals(0, known.number("points"));
        assertEquals(1, known.objects("history").size());
        assertEquals(
                1, ask(200, "mia", "GET", "/api/customers/offers", "").objects("offers").size());
        ask(403, "ann", "GET", "/api/customers/members/C1", "");
        ask(
                200,
                "mia",
                "POST",
                "/api/customers/changes",
                "{\"id\":\"c2\",\"title\":\"Anna is gone\",\"removed\":[\"C1\"],\"withdrawn\":[\"f1\"]}");
        ask(404, "mia", "GET", "/api/customers/members/C1", "");
        assertEquals(
                0, ask(200, "mia", "GET", "/api/customers/offers", "").objects("offers").size());
        assertEquals(
                0,
                ask(200, "mia", "GET", "/api/customers/findings", "").objects("findings").size());
    }

    @Test
    void money_is_put_on_a_gift_card_by_accountants_and_once_a_request() {
        String load = "{\"amount\":{\"amount\":5000,\"currency\":\"EUR\"}}";
        ask(403, "mia", "POST", "/api/customers/gift-cards/G1/loads", load);
        ask(404, "kai", "GET", "/api/customers/gift-cards/G1", "");
        ask(200, "kai", "POST", "/api/customers/gift-cards/G1/loads", load);
        ask(200, "kai", "POST", "/api/customers/gift-cards/G1/loads", load);
        assertEquals(
                5000,
                ask(200, "kai", "GET", "/api/customers/gift-cards/G1", "")
                        .object("balance")
                        .number("amount"));
        ask(400, "kai", "POST", "/api/customers/gift-cards/G1/loads", load.replace("EUR", "CHF"));
    }
}
