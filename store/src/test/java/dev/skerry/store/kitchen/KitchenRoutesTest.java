package dev.skerry.store.kitchen;

import static dev.skerry.store.kitchen.TestKitchen.line;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.context.Api;
import dev.skerry.context.Caller;
import dev.skerry.context.Callers;
import dev.skerry.language.Json;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.node.http.HttpHost;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class KitchenRoutesTest {

    @TempDir private Path folder;
    private TestKitchen test;
    private HttpHost host;
    private HttpClient client;

    @BeforeEach
    void open() {
        test = new TestKitchen(folder);
        Callers callers = _ -> new Caller("cleo", "screen-1", Set.of(Caller.Role.COOK));
        host =
                new Api(
                                "Test",
                                "1",
                                new KitchenRoutes(test.kitchen(), callers).operations(),
                                callers)
                        .addTo(HttpHost.at("127.0.0.1", 0))
                        .start();
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void close() {
        client.close();
        host.close();
        test.close();
    }

    private JsonNode ask(int status, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
                        .method(method, BodyPublishers.ofString(body.replace('\'', '"')));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        assertEquals(status, answer.statusCode(), answer::body);
        return Json.tree(answer.body());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return ask(200, "GET", path, "");
    }

    @Test
    void a_ticket_goes_from_its_station_to_the_expo() throws IOException, InterruptedException {
        test.place("o1", OrderSource.KIOSK, line("1", "burger", "grill", 2));
        assertEquals("grill", get("/api/kitchen/stations").at("/stations/0/name").asString());
        JsonNode ticket = get("/api/kitchen/tickets?station=grill").at("/tickets/0");
        assertEquals("NORMAL", ticket.at("/colour").asString());
        assertEquals("2", get("/api/kitchen/counts").at("/counts/0/fired").asString());
        String path = "/api/kitchen/tickets/" + ticket.at("/ticket/id").asString();
        ask(409, "POST", "/api/kitchen/orders/o1/serve", "");
        assertEquals(
                "BUMPED", ask(200, "POST", path + "/bump", "").at("/tickets/0/state").asString());
        ask(200, "POST", path + "/recall", "");
        assertEquals(
                0, get("/api/kitchen/tickets?station=grill&state=bumped").at("/tickets").size());
        ask(200, "POST", path + "/bump", "");
        assertEquals(
                1, get("/api/kitchen/tickets?station=grill&state=bumped").at("/tickets").size());
        assertEquals(true, get("/api/kitchen/expo").at("/orders/0/complete").asBoolean());
        ask(200, "POST", "/api/kitchen/orders/o1/serve", "");
        assertEquals(0, get("/api/kitchen/expo").at("/orders").size());
        assertEquals(1, get("/api/kitchen/orders/o1").at("/tickets").size());
    }

    @Test
    void the_next_course_is_fired_once_however_often_it_is_asked_for()
            throws IOException, InterruptedException {
        test.place(
                "o1",
                OrderSource.TABLE,
                line("1", "soup", "stove", 1),
                line("2", "2-steak", "grill", 1));
        String path = "/api/kitchen/orders/o1/fire";
        ask(400, "POST", path, "");
        ask(400, "POST", path, "{'course': 0}");
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "FIRED",
                    ask(200, "POST", path, "", "Idempotency-Key", "f1")
                            .at("/tickets/1/state")
                            .asString());
        }
        ask(200, "POST", path, "{'course': 2}");
        JsonNode problem = ask(409, "POST", path, "", "Idempotency-Key", "f2");
        assertEquals("urn:skerry:problem:nothing-to-fire", problem.at("/type").asString());
    }

    @Test
    void all_that_is_served_is_described() throws IOException, InterruptedException {
        JsonNode paths = get("/api/openapi.json").at("/paths");
        assertEquals(11, paths.size());
    }

    @Test
    void what_is_not_there_is_not_found() throws IOException, InterruptedException {
        ask(404, "POST", "/api/kitchen/tickets/o9-1/bump", "");
        ask(404, "POST", "/api/kitchen/orders/o9/serve", "");
        assertEquals(0, get("/api/kitchen/orders/o9").at("/tickets").size());
    }
}
