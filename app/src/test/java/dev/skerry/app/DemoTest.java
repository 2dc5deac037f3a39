package dev.skerry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.demo.Demo;
import dev.skerry.language.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The demo keeps what it promises on its page: HQ, two stores and their shoppers, all real. One chain for all tests, which begin and
/// end with both lines up; so long may a machine take that is busy with other things.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@Tag("slow") // A chain that trades for some seconds, a sixth of all quick tests together.
class DemoTest {

    private static final int PACE = 300;
    private static final int SOME = 10;
    private static final Duration ASK_EVERY = Duration.ofMillis(50);

    private final HttpClient http = HttpClient.newHttpClient();
    private Demo demo;

    @BeforeAll
    void start(@TempDir Path folder) {
        demo =
                Demo.start(
                        new Demo.Plan(2, 0, folder, 7, PACE, Duration.ZERO),
                        new DemoNodes(),
                        new Demo.Place(InstantSource.system(), ZoneId.of("Europe/Berlin"), "test"));
    }

    @AfterAll
    void stop() {
        demo.close();
    }

    private HttpResponse<String> ask(String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + demo.port() + path))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private void put(String path, String body) throws Exception {
        HttpResponse<String> answer = ask("PUT", path, body);
        assertEquals(200, answer.statusCode(), answer::body);
    }

    private JsonObject store(String id) throws Exception {
        return JsonObject.parse(ask("GET", "/api/demo", "").body()).objects("stores").stream()
                .filter(it -> it.text("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    /// For as long as it takes: the time-out of the test is the limit.
    private JsonObject await(String id, Predicate<JsonObject> state) throws Exception {
        JsonObject now = store(id);
        while (!state.test(now)) {
            // Leaves the processor to those who sell.
            LockSupport.parkNanos(ASK_EVERY.toNanos());
            now = store(id);
        }
        return now;
    }

    private static long receipts(JsonObject store, String where) {
        return store.object(where).number("receipts");
    }

    private static String money(JsonObject store, String where) {
        return store.object(where).text("money");
    }

    /// Nobody comes any more, and all that was sold has arrived.
    private void awaitAllIsCounted(String id) throws Exception {
        put("/api/demo/pace", "{\"perMinute\":0}");
        JsonObject end =
                await(
                        id,
                        it ->
                                it.flag("agree")
                                        && receipts(it, "handedOut") == receipts(it, "sold"));
        assertEquals(money(end, "sold"), money(end, "atHq"));
        assertEquals(money(end, "sold"), money(end, "handedOut"));
        put("/api/demo/pace", "{\"perMinute\":" + PACE + "}");
    }

    @Test
    @Order(1)
    void a_store_whose_line_is_cut_sells_on_and_afterwards_hq_has_it_all_to_the_cent()
            throws Exception {
        await("0001", it -> it.flag("open") && receipts(it, "atHq") >= SOME);
        put("/api/demo/stores/0001/line", "{\"state\":\"cut\"}");
        JsonObject cut = store("0001");
        assertEquals("cut", cut.text("line"));
        JsonObject alone =
                await(
                        "0001",
                        it ->
                                !it.flag("linked")
                                        && receipts(it, "missing") >= SOME
                                        && it.number("oldestSeconds") >= 0);
        assertTrue(receipts(alone, "atHq") < receipts(alone, "sold"));
        assertTrue(alone.number("waiting") >= SOME, alone::toString);
        await("0002", it -> receipts(it, "atHq") >= SOME);
        put("/api/demo/stores/0001/line", "{\"state\":\"up\"}");
        await("0001", it -> receipts(it, "atHq") >= receipts(alone, "sold"));
        awaitAllIsCounted("0001");
    }

    @Test
    @Order(2)
    void a_store_whose_power_is_cut_has_every_receipt_that_a_shopper_got() throws Exception {
        JsonObject before = await("0002", it -> receipts(it, "sold") >= SOME);
        put("/api/demo/stores/0002/power", "{\"state\":\"cut\"}");
        await(
                "0002",
                it -> it.flag("on") && receipts(it, "sold") >= receipts(before, "sold") + SOME);
        awaitAllIsCounted("0002");
    }

    @Test
    @Order(3)
    void its_pages_come_whole_and_receipts_are_shown_as_the_store_lists_them() throws Exception {
        for (String page : new String[] {"/", "/journal"}) {
            HttpResponse<String> answer = ask("GET", page, "");
            assertEquals(200, answer.statusCode());
            for (String part : answer.body().split("\"", -1)) {
                if (part.startsWith("/pages/")) {
                    assertEquals(200, ask("GET", part, "").statusCode(), part);
                }
            }
        }
        await("0001", it -> receipts(it, "sold") > 0);
        JsonObject journal =
                JsonObject.parse(ask("GET", "/api/demo/stores/0001/receipts", "").body());
        assertTrue(journal.objects("orders").getFirst().object("order").has("receipt"));
    }

    @Test
    @Order(4)
    void what_it_does_not_understand_it_says() throws Exception {
        assertEquals(
                400, ask("PUT", "/api/demo/stores/0001/line", "{\"state\":\"on\"}").statusCode());
        assertEquals(
                404, ask("PUT", "/api/demo/stores/0009/line", "{\"state\":\"up\"}").statusCode());
        assertEquals(400, ask("PUT", "/api/demo/pace", "{\"perMinute\":-1}").statusCode());
        assertEquals(400, ask("PUT", "/api/demo/pace", "fast").statusCode());
    }
}
