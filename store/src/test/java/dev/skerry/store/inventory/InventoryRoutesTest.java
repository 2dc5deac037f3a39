package dev.skerry.store.inventory;

import static dev.skerry.store.inventory.StockRoom.at;
import static dev.skerry.store.inventory.StockRoom.dish;
import static dev.skerry.store.inventory.StockRoom.goods;
import static dev.skerry.store.inventory.StockRoom.line;
import static dev.skerry.store.inventory.StockRoom.part;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.context.Api;
import dev.skerry.context.Caller;
import dev.skerry.context.Callers;
import dev.skerry.language.Json;
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

class InventoryRoutesTest {

    @TempDir private Path folder;
    private StockRoom room;
    private HttpHost host;
    private HttpClient client;

    @BeforeEach
    void open() {
        room = new StockRoom(folder);
        room.itIs(at(60));
        Callers callers = _ -> new Caller("anna", "handheld-1", Set.of(Caller.Role.STOCK));
        host =
                new Api(
                                "Test",
                                "1",
                                new InventoryRoutes(room.inventory(), callers).operations(),
                                callers)
                        .addTo(HttpHost.at("127.0.0.1", 0))
                        .start();
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void close() {
        client.close();
        host.close();
        room.close();
    }

    private JsonNode ask(int status, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
                                .method(method, BodyPublishers.ofString(body.replace('\'', '"')))
                                .build(),
                        BodyHandlers.ofString());
        assertEquals(status, answer.statusCode(), answer::body);
        return Json.tree(answer.body());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return ask(200, "GET", path, "");
    }

    @Test
    void a_delivery_is_received_and_found_again() throws IOException, InterruptedException {
        String delivery =
                """
                {'id': 'r1', 'kind': 'RECEIVED', 'party': 'Dairy Ltd', 'reference': 'D-7',
                 'lines': [{'sku': 'milk', 'quantity': 24, 'lot': 'L1'}, {'sku': 'apples', 'quantity': 2.5}]}\
                """;
        for (int i = 0; i < 2; i++) {
            JsonNode receipt = ask(201, "POST", "/api/stock/movements", delivery);
            assertEquals("anna", receipt.at("/by").asString());
        }
        assertEquals("24", get("/api/stock/milk").at("/stock/quantity").asString());
        assertEquals(2, get("/api/stock").at("/stock").size());
        assertEquals("milk", get("/api/stock?after=apples").at("/stock/0/sku").asString());
        assertEquals(
                "RECEIVED",
                get("/api/stock/movements?sku=milk").at("/movements/0/kind").asString());
        assertEquals("D-7", get("/api/stock/movements/r1").at("/reference").asString());
        assertEquals("r1", get("/api/documents").at("/documents/0/id").asString());
        assertEquals(0, get("/api/documents?kind=WASTED&max=1").at("/documents").size());
        ask(400, "GET", "/api/documents?kind=SOLD", "");
        ask(400, "GET", "/api/documents?max=0", "");
        ask(422, "POST", "/api/stock/movements", delivery.replace("24", "25"));
    }

    @Test
    void a_count_says_when_the_shelf_was_looked_at() throws IOException, InterruptedException {
        room.sell("o1", at(20), line("1", "milk", 3000));
        JsonNode count =
                ask(
                        201,
                        "POST",
                        "/api/counts",
                        "{'id': 'c1', 'lines': [{'sku': 'milk', 'counted': 10, 'at': '2026-03-02T08:10:00Z'}]}");
        assertEquals("0", count.at("/lines/0/expected").asString());
        assertEquals("7", get("/api/stock/milk").at("/stock/quantity").asString());
        assertEquals("c1", get("/api/counts").at("/counts/0/id").asString());
        assertEquals("c1", get("/api/counts/c1").at("/id").asString());
        ask(404, "GET", "/api/counts/c2", "");
        JsonNode problem = ask(422, "POST", "/api/counts", "{'id': 'c3', 'lines': []}");
        assertEquals("urn:skerry:problem:malformed-document", problem.at("/type").asString());
    }

    @Test
    void what_ran_out_is_said_and_listed() throws IOException, InterruptedException {
        room.article(goods("bacon"));
        room.article(dish("burger", part("bacon", 30)));
        assertEquals(
                "OUT",
                ask(200, "PUT", "/api/availability/bacon", "{'available': false}")
                        .at("/state")
                        .asString());
        assertEquals(2, get("/api/availability").at("/availability").size());
        assertEquals("bacon", get("/api/availability/burger").at("/because/0").asString());
        ask(200, "PUT", "/api/availability/bacon", "{'available': true}");
        assertEquals("AVAILABLE", get("/api/availability/burger").at("/state").asString());
        ask(200, "PUT", "/api/stock/bacon/threshold", "{'threshold': 0}");
        assertEquals("OUT", get("/api/availability/burger").at("/state").asString());
    }

    @Test
    void the_list_of_what_is_below_zero_has_nothing_else()
            throws IOException, InterruptedException {
        room.sell("o1", at(20), line("1", "milk", 3000), line("2", "tea", -1000));
        JsonNode negative = get("/api/stock?negative=true").at("/stock");
        assertEquals(1, negative.size());
        assertEquals("milk", negative.at("/0/sku").asString());
        assertEquals("-3", negative.at("/0/quantity").asString());
    }

    @Test
    void the_books_are_put_right_and_what_ran_out_is_listed()
            throws IOException, InterruptedException {
        String adjustment =
                "{'id': 'a1', 'kind': 'ADJUSTED', 'reason': 'own use', 'lines': [{'sku': 'milk', 'quantity': -2}]}";
        for (int i = 0; i < 2; i++) {
            ask(201, "POST", "/api/stock/movements", adjustment);
        }
        assertEquals("-2", get("/api/stock/milk").at("/stock/quantity").asString());
        ask(
                422,
                "POST",
                "/api/stock/movements",
                adjustment.replace("a1", "a2").replace("own use", ""));
        ask(200, "PUT", "/api/availability/milk", "{'available': false}");
        assertEquals("milk", get("/api/stock?which=OUT").at("/stock/0/sku").asString());
        assertEquals(0, get("/api/stock?which=LOW").at("/stock").size());
        ask(400, "GET", "/api/stock?which=SOME", "");
    }

    @Test
    void all_that_is_served_is_described() throws IOException, InterruptedException {
        JsonNode paths = get("/api/openapi.json").at("/paths");
        assertEquals(10, paths.size());
    }

    @Test
    void a_request_that_is_none_is_told_so() throws IOException, InterruptedException {
        ask(400, "GET", "/api/stock/movements", "");
        ask(400, "GET", "/api/stock/" + "x".repeat(65), "");
        ask(400, "POST", "/api/counts", "{'id': 'c1'}");
        ask(400, "PUT", "/api/availability/bacon", "{'available': 'perhaps'}");
        ask(400, "PUT", "/api/stock/bacon/threshold", "{'threshold': -1}");
        ask(400, "POST", "/api/stock/movements", "{'id': 'c1', 'kind': 'COUNTED', 'lines': []}");
    }
}
