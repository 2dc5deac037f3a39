package dev.skerry.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.http.Request.Handler;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Routes over real sockets.
class RoutesTest {

    private HttpHost host;

    @BeforeEach
    void start() {
        host = routes(HttpHost.at("127.0.0.1", 0)).start();
    }

    private static HttpSetup routes(HttpSetup setup) {
        return setup.route("GET", "/api/stores", it -> it.answerJson(200, "[]"))
                .route(
                        "GET",
                        "/api/stores/{id}",
                        it -> it.answerJson(200, "\"" + it.parameter("id") + "\""))
                .route("GET", "/api/stores/new", it -> it.answerJson(200, "\"literally\""))
                .route("PUT", "/api/stores/{id}/zone", it -> it.answerJson(200, it.body(5).text()))
                .route(
                        "POST",
                        "/api/refusals",
                        _ -> {
                            throw new HttpProblem(
                                    409,
                                    "store-exists",
                                    "The store exists",
                                    "choose \"another\" number",
                                    Map.of("Retry-After", "3"));
                        })
                .route("GET", "/api/mistakes", it -> it.answerJson(200, it.parameter("nothing")))
                .route(
                        "GET",
                        "/api/halves",
                        it -> {
                            it.startStreaming(200, Map.of()).write(1);
                            throw new HttpProblem(409, "too-late", "Too late", "too late");
                        })
                .route(
                        "GET",
                        "/api/me",
                        it ->
                                it.answerJson(
                                        200,
                                        it.guest().map(guest -> guest.name()).orElse("nobody")
                                                + it.certificate().isPresent()));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private String ask(String method, String path, String body, String... headers)
            throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
            return ask(socket, method, path, body, headers);
        }
    }

    private static String ask(
            Socket socket, String method, String path, String body, String... headers)
            throws IOException {
        socket.setSoTimeout(10_000);
        String more = String.join("", Arrays.stream(headers).map(h -> h + "\r\n").toList());
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        String request =
                "%s %s HTTP/1.1\r\nHost: h:1\r\nConnection: close\r\n%s%s\r\n%s"
                        .formatted(method, path, length, more, body);
        socket.getOutputStream().write(request.getBytes(UTF_8));
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    @Test
    void a_path_and_its_parameters_are_found() throws IOException {
        assertTrue(ask("GET", "/api/stores", "").endsWith("[]"));
        assertTrue(ask("GET", "/api/stores/0042", "").endsWith("\"0042\""));
        assertTrue(ask("GET", "/api/stores/a%20b+c%2F", "").endsWith("\"a b+c/\""));
        assertTrue(ask("GET", "/api/stores/new", "").endsWith("\"literally\""));
        assertTrue(ask("PUT", "/api/stores/1/zone", "north").endsWith("north"));
        for (String none : new String[] {"/api/stores/", "/api", "/api/stores/1/x", "//api"}) {
            assertTrue(ask("GET", none, "").startsWith("HTTP/1.1 404"), none);
        }
        assertTrue(ask("GET", "/health/live", "").endsWith("{\"status\":\"UP\"}"));
    }

    @Test
    void another_method_is_told_which_there_are() throws IOException {
        String answer = ask("DELETE", "/api/stores", "");
        assertTrue(answer.startsWith("HTTP/1.1 405"), answer);
        assertTrue(answer.contains("Allow: GET, HEAD\r\n"), answer);
        assertTrue(answer.contains("urn:skerry:problem:method-not-allowed"), answer);
    }

    @Test
    void head_is_get_without_a_body() throws IOException {
        String answer = ask("HEAD", "/api/stores", "");
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }

    @Test
    void a_body_that_is_too_large_is_refused() throws IOException {
        assertTrue(ask("PUT", "/api/stores/1/zone", "northx").startsWith("HTTP/1.1 413"));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
            String chunked = "Transfer-Encoding: chunked";
            socket.getOutputStream()
                    .write(
                            ("PUT /api/stores/1/zone HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                                            + chunked
                                            + "\r\n\r\n6\r\nnorthx\r\n0\r\n\r\n")
                                    .getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
        }
    }

    @Test
    void a_problem_is_the_answer() throws IOException {
        String answer = ask("POST", "/api/refusals", "");
        assertTrue(answer.startsWith("HTTP/1.1 409"), answer);
        assertTrue(answer.contains("Retry-After: 3\r\n"), answer);
        assertTrue(answer.contains("X-Content-Type-Options: nosniff\r\n"), answer);
        assertTrue(
                answer.endsWith(
                        "{\"type\":\"urn:skerry:problem:store-exists\",\"title\":\"The store exists\","
                                + "\"status\":409,\"detail\":\"choose \\\"another\\\" number\"}"),
                answer);
    }

    @Test
    void a_mistake_is_not_explained_to_strangers() throws IOException {
        String answer = ask("GET", "/api/mistakes", "");
        assertTrue(answer.startsWith("HTTP/1.1 500"), answer);
        assertTrue(answer.contains("see the server's log"), answer);
        // Cut short, so that nobody takes it for whole.
        String half = ask("GET", "/api/halves", "");
        assertTrue(!half.endsWith("0\r\n\r\n"), half);
    }

    @Test
    void web_pages_from_elsewhere_may_read_and_not_write() throws IOException {
        String evil = "Origin: https://evil.example";
        assertTrue(ask("GET", "/api/stores", "", evil).startsWith("HTTP/1.1 200"));
        assertTrue(ask("PUT", "/api/stores/1/zone", "n", evil).startsWith("HTTP/1.1 403"));
        assertTrue(
                ask("PUT", "/api/stores/1/zone", "n", "Origin: http://h:1")
                        .startsWith("HTTP/1.1 200"));
    }

    @Test
    void a_route_knows_who_asks(@TempDir Path folder) throws Exception {
        assertTrue(ask("GET", "/api/me", "").endsWith("nobodyfalse"));
        Keys keys = new Keys(folder, "hq", "store-0042");
        SSLContext own = keys.context("hq", "store-0042");
        try (HttpHost secure = routes(HttpHost.at("127.0.0.1", 0)).tls(() -> own).start()) {
            for (String name : new String[] {"store-0042", ""}) {
                try (Socket socket =
                        keys.context(name, "hq")
                                .getSocketFactory()
                                .createSocket("127.0.0.1", secure.port())) {
                    String answer = ask(socket, "GET", "/api/me", "");
                    assertTrue(
                            answer.endsWith(name.isEmpty() ? "nobodyfalse" : name + "true"),
                            answer);
                }
            }
            // Many records, and not one after the other.
            try (Socket socket =
                    keys.context("", "hq")
                            .getSocketFactory()
                            .createSocket("127.0.0.1", secure.port())) {
                assertTrue(
                        ask(socket, "PUT", "/api/stores/1/zone", "x".repeat(300_000))
                                .startsWith("HTTP/1.1 413"));
            }
        }
    }

    @Test
    void two_handlers_of_the_same_are_a_mistake() {
        Handler handler = it -> it.answer(204, Map.of(), Bytes.EMPTY);
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        HttpHost.at("127.0.0.1", 0)
                                .route("GET", "/a/{b}", handler)
                                .route("GET", "/a/{c}", handler)
                                .start());
        assertThrows(
                IllegalArgumentException.class,
                () -> HttpHost.at("127.0.0.1", 0).route("GET", "a", handler));
    }
}
