package dev.skerry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.JsonObject;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import dev.skerry.node.config.Source;
import dev.skerry.node.identity.JoinToken;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// How an HQ and a store show themselves; both in this process, over real HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodesTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private Path folder;
    private HqServer hq;
    private StoreServer store;

    @BeforeAll
    void start(@TempDir Path given) throws Exception {
        folder = given;
        hq = HqServer.start(folder.resolve("hq"), configuration(Map.of("link.port", "0")));
        JsonObject invitation = JsonObject.parse(invite().body());
        store =
                StoreServer.start(
                        folder.resolve("store"),
                        configuration(Map.of()),
                        new StoreServer.Invitation(
                                URI.create("https://127.0.0.1:" + hq.linkPort()),
                                JoinToken.parse(invitation.text("token"))),
                        Map.of());
    }

    @AfterAll
    void stop() {
        store.close();
        hq.close();
    }

    private static Configuration configuration(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("http.port", "0");
        return Configuration.load(NodeSettings.SCHEMA, List.of(Source.options(settings)));
    }

    private HttpResponse<String> invite() throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri(hq.port(), "/api/stores"))
                        .header("Authorization", "Bearer " + hq.newAdminToken().orElseThrow())
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"id\":\"0042\",\"name\":\"Main Street\",\"zone\":\"north\"}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(port, path)).build(), BodyHandlers.ofString());
    }

    private JsonObject json(int port, String path) throws Exception {
        return JsonObject.parse(get(port, path).body());
    }

    private int[] ports() {
        return new int[] {hq.port(), store.port()};
    }

    @Test
    void both_kinds_of_nodes_are_alive() throws Exception {
        for (int port : ports()) {
            assertEquals(200, get(port, "/health/live").statusCode());
        }
    }

    @Test
    void ready_names_every_check_and_is_answered_503_where_one_fails() throws Exception {
        for (int port : ports()) {
            HttpResponse<String> answer = get(port, "/health/ready");
            JsonObject health = JsonObject.parse(answer.body());
            boolean ready = health.text("status").equals("UP");
            assertEquals(ready ? 200 : 503, answer.statusCode());
            List<String> names =
                    health.objects("checks").stream().map(check -> check.text("name")).toList();
            assertTrue(names.contains("disk"), names.toString());
            assertTrue(names.contains("database streams.db"), names.toString());
            assertEquals(
                    ready,
                    health.objects("checks").stream()
                            .allMatch(check -> check.text("status").equals("UP")));
        }
        assertEquals(200, get(hq.port(), "/health/ready").statusCode());
    }

    @Test
    void a_node_whose_disk_is_nearly_full_says_so_and_names_the_limit() throws Exception {
        try (HqServer full =
                HqServer.start(
                        folder.resolve("full"),
                        configuration(Map.of("link.port", "0", "disk.free-bytes-min", "1TiB")))) {
            HttpResponse<String> answer = get(full.port(), "/health/ready");
            assertEquals(503, answer.statusCode());
            assertTrue(answer.body().contains("disk.free-bytes-min = 1048576 MiB"), answer.body());
            assertFalse(json(full.port(), "/api/status").flag("ready"));
        }
    }

    @Test
    void both_have_figures() throws Exception {
        for (int port : ports()) {
            HttpResponse<String> answer = get(port, "/metrics");
            assertEquals(200, answer.statusCode());
            assertEquals(
                    "text/plain; version=0.0.4; charset=utf-8",
                    answer.headers().firstValue("Content-Type").orElseThrow());
            assertTrue(answer.body().contains("skerry_disk_free_bytes "), answer.body());
            assertTrue(answer.body().contains("jvm_memory_used_bytes{"), answer.body());
        }
        assertTrue(get(hq.port(), "/metrics").body().contains("skerry_hq_stores_known 1.0"));
        assertTrue(get(store.port(), "/metrics").body().contains("skerry_link_line{state=\"up\"}"));
    }

    @Test
    void a_stores_status_says_what_it_is_and_where_it_stands() throws Exception {
        JsonObject status = json(store.port(), "/api/status");
        assertEquals("store-0042", status.text("node"));
        assertEquals("Main Street", status.text("name"));
        assertEquals(1, status.number("epoch"));
        assertTrue(status.object("disk").number("freeBytes") > 0);
        assertEquals(0, status.object("waitingUp").number("events"));
        assertEquals(status.flag("ready"), status.object("standing").text("state").equals("open"));
    }

    @Test
    void hqs_status_counts_its_stores_and_a_store_of_its_shows_what_hq_has() throws Exception {
        JsonObject stores = json(hq.port(), "/api/status").object("stores");
        assertEquals(1, stores.number("known"));
        assertEquals(1, stores.number("joined"));
        JsonObject one = json(hq.port(), "/api/stores/0042");
        assertEquals("Main Street", one.text("name"));
        assertTrue(one.has("streams"));
        assertEquals(404, get(hq.port(), "/api/stores/0043").statusCode());
    }

    @Test
    void the_page_comes_whole_and_may_fetch_from_this_node_only() throws Exception {
        for (int port : ports()) {
            HttpResponse<String> page = get(port, "/");
            assertEquals(200, page.statusCode());
            assertEquals("nosniff", page.headers().firstValue("X-Content-Type-Options").orElse(""));
            String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
            assertTrue(policy.startsWith("default-src 'none'; script-src 'self'"), policy);
            assertFalse(page.body().contains("http://"), "nothing comes from elsewhere");
            assertFalse(page.body().contains("https://"), "nothing comes from elsewhere");
            for (String part : page.body().split("\"", -1)) {
                if (part.startsWith("/")) {
                    assertEquals(200, get(port, part).statusCode(), part);
                }
            }
        }
        assertEquals(
                "text/javascript; charset=utf-8",
                get(store.port(), "/pages/words.js")
                        .headers()
                        .firstValue("Content-Type")
                        .orElseThrow());
    }

    @Test
    void both_describe_their_api_and_have_a_page_to_try_it() throws Exception {
        for (int port : ports()) {
            assertEquals("3.1.0", json(port, "/api/openapi.json").text("openapi"));
            assertEquals(200, get(port, "/api").statusCode());
            assertEquals(200, get(port, "/pages/api.js").statusCode());
        }
    }

    @Test
    void a_browser_that_has_the_page_is_not_sent_it_again() throws Exception {
        String tag = get(store.port(), "/").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again =
                http.send(
                        HttpRequest.newBuilder(uri(store.port(), "/"))
                                .header("If-None-Match", tag)
                                .build(),
                        BodyHandlers.ofString());
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
    }

    @Test
    void status_is_printed_and_ends_with_0_only_for_a_node_that_is_ready() {
        assertEquals(0, status("hq"));
        assertEquals(1, status("nowhere"));
    }

    @Test
    void a_person_who_was_added_signs_on_at_hq_with_the_password_that_was_shown() throws Exception {
        StringWriter shown = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(shown));
        String data = folder.resolve("hq").toString();
        assertEquals(
                0,
                line.execute(
                        "hq",
                        "person",
                        "add",
                        "anna",
                        "Anna Berg",
                        "--role",
                        "analyst,support",
                        "--data",
                        data));
        String password = shown.toString().lines().skip(2).findFirst().orElseThrow().strip();
        HttpResponse<String> on =
                http.send(
                        HttpRequest.newBuilder(uri(hq.port(), "/api/sign-on"))
                                .POST(
                                        BodyPublishers.ofString(
                                                JsonObject.empty()
                                                        .with("person", "anna")
                                                        .with("password", password)
                                                        .write()))
                                .build(),
                        BodyHandlers.ofString());
        assertEquals(200, on.statusCode(), on::body);
        assertEquals(List.of("ANALYST", "SUPPORT"), JsonObject.parse(on.body()).texts("roles"));
        line.setErr(new PrintWriter(new StringWriter()));
        assertNotEquals(
                0,
                line.execute(
                        "hq", "person", "add", "eve", "Eve", "--role", "cashier", "--data", data));
    }

    private int status(String data) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(new StringWriter()));
        return line.execute("status", "--data", folder.resolve(data).toString());
    }
}
