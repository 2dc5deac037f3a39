package dev.skerry.node.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Pacer;
import dev.skerry.stream.server.EndpointSettings;
import dev.skerry.stream.server.ServedStreams;
import dev.skerry.stream.server.StreamsEndpoint;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Over real sockets on loopback: what only they can show.
class HttpHostTest {

    private static final String MOUNT = "/v1/stream/";

    @TempDir Path folder;
    private SqliteDatabase database;
    private StreamsEndpoint endpoint;
    private HttpHost host;

    @BeforeEach
    void start() {
        InstantSource clock = InstantSource.system();
        database =
                SqliteDatabase.open(
                        folder.resolve("streams.db"),
                        SqliteSettings.defaults(),
                        clock,
                        ServedStreams.MIGRATIONS);
        EndpointSettings settings =
                new EndpointSettings(
                        MOUNT,
                        100_000,
                        1 << 20,
                        1 << 20,
                        100,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60));
        endpoint =
                new StreamsEndpoint(
                        settings,
                        new ServedStreams(database, clock, 100),
                        List.of(),
                        Pacer.REAL,
                        clock,
                        new Random(1));
        host = host(0);
    }

    private HttpHost host(int port) {
        return HttpHost.start("127.0.0.1", port, MOUNT, endpoint, Duration.ofMinutes(5));
    }

    @AfterEach
    void stop() {
        host.close();
        database.close();
    }

    /// A client that says exactly what it is told, and shows exactly what comes back.
    private final class Client implements AutoCloseable {
        private final Socket socket;

        Client() throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), host.port());
            socket.setSoTimeout(10_000);
        }

        Client say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return this;
        }

        /// Reads until this has come, or the connection is closed.
        String hear(String until) throws IOException {
            StringBuilder heard = new StringBuilder();
            while (heard.indexOf(until) < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    return heard + "(closed)";
                }
                heard.append((char) next);
            }
            return heard.toString();
        }

        String hearAll() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static String request(String method, String path, String... headers) {
        return method
                + " "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\n"
                + String.join("", java.util.Arrays.stream(headers).map(h -> h + "\r\n").toList())
                + "\r\n";
    }

    private static String append(String path, String body) {
        return request("POST", path, "Content-Type: text/plain", "Content-Length: " + body.length())
                + body;
    }

    private void create(String path) throws IOException {
        try (Client client = new Client()) {
            client.say(request("PUT", path, "Content-Type: text/plain"));
            assertTrue(client.hear("\r\n\r\n").startsWith("HTTP/1.1 201"));
        }
    }

    @Test
    void one_connection_serves_many_requests_sent_ahead_of_the_answers() throws IOException {
        create(MOUNT + "s");
        try (Client client = new Client()) {
            client.say(
                    append(MOUNT + "s", "one")
                            + append(MOUNT + "s", " two")
                            + request("GET", MOUNT + "s"));
            assertTrue(client.hear("\r\n\r\n").startsWith("HTTP/1.1 204"));
            assertTrue(client.hear("\r\n\r\n").startsWith("HTTP/1.1 204"));
            assertTrue(client.hear("one two").startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void a_body_may_come_in_chunks() throws IOException {
        create(MOUNT + "s");
        try (Client client = new Client()) {
            client.say(
                    request(
                                    "POST",
                                    MOUNT + "s",
                                    "Content-Type: text/plain",
                                    "Transfer-Encoding: chunked")
                            + "3\r\none\r\n4\r\n two\r\n0\r\n\r\n"
                            + request("GET", MOUNT + "s"));
            assertTrue(client.hear("\r\n\r\n").startsWith("HTTP/1.1 204"));
            assertTrue(client.hear("one two").startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void a_body_that_would_be_too_large_need_not_be_sent() throws IOException {
        create(MOUNT + "s");
        String big =
                request(
                        "POST",
                        MOUNT + "s",
                        "Content-Type: text/plain",
                        "Content-Length: 200000",
                        "Expect: 100-continue");
        try (Client client = new Client()) {
            String answer = client.say(big).hearAll();
            assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
            assertTrue(answer.contains("body-too-large"), answer);
        }
        try (Client client = new Client()) {
            client.say(big.replace("200000", "3"));
            assertTrue(client.hear("\r\n\r\n").startsWith("HTTP/1.1 100"));
            assertTrue(client.say("abc").hear("\r\n\r\n").startsWith("HTTP/1.1 204"));
        }
    }

    @Test
    void a_body_that_is_too_large_is_answered_even_if_it_was_sent() throws IOException {
        create(MOUNT + "s");
        try (Client client = new Client()) {
            String answer = client.say(append(MOUNT + "s", "x".repeat(2_000_000))).hearAll();
            assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
        }
    }

    @Test
    void a_small_body_nobody_wanted_does_not_end_the_connection() throws IOException {
        try (Client client = new Client()) {
            client.say(append(MOUNT + "a//b", "xyz") + request("GET", "/health/live"));
            assertTrue(client.hear("\r\n\r\n").startsWith("HTTP/1.1 400"));
            assertTrue(client.hear("\"UP\"}").contains("HTTP/1.1 200"));
        }
    }

    @Test
    void an_event_reaches_its_reader_while_the_answer_goes_on() throws IOException {
        create(MOUNT + "s");
        try (Client reader = new Client();
                Client writer = new Client()) {
            reader.say(request("GET", MOUNT + "s?offset=-1&live=sse"));
            assertTrue(reader.hear("upToDate").contains("text/event-stream"));
            writer.say(append(MOUNT + "s", "hello"));
            reader.hear("data:hello");
            reader.hear("upToDate");
        }
    }

    @Test
    void stopping_ends_those_who_wait_and_is_quick() throws IOException {
        create(MOUNT + "s");
        try (Client poller = new Client();
                Client listener = new Client();
                Client idle = new Client()) {
            poller.say(request("GET", MOUNT + "s?offset=-1&live=long-poll"));
            listener.say(request("GET", MOUNT + "s?offset=-1&live=sse"));
            listener.hear("upToDate");
            idle.say(request("GET", "/health/live")).hear("UP");
            while (endpoint.liveReaders() < 2) {
                Thread.onSpinWait();
            }
            long before = System.nanoTime();
            host.close();
            long ms = (System.nanoTime() - before) / 1_000_000;
            assertTrue(ms < 2000, "stopping took " + ms + " ms");
            assertTrue(poller.hear("\r\n\r\n").startsWith("HTTP/1.1 204"));
            listener.hear("0\r\n\r\n");
        }
    }

    @Test
    void paths_are_taken_as_they_come() throws IOException {
        try (Client client = new Client()) {
            client.say(request("PUT", MOUNT + "a/../b"));
            assertTrue(client.hear("bad-stream-name").startsWith("HTTP/1.1 400"));
        }
        create(MOUNT + "a;x=1/b%20c");
        try (Client client = new Client()) {
            client.say(request("HEAD", MOUNT + "a%3Bx=1/b%20c"));
            assertTrue(client.hear("\r\n\r\n").startsWith("HTTP/1.1 200"));
        }
        try (Client client = new Client()) {
            client.say(request("GET", "/elsewhere"));
            assertTrue(client.hear("}").contains("application/problem+json"));
        }
    }

    @Test
    void what_is_not_proper_http_is_answered_in_our_words() throws IOException {
        try (Client client = new Client()) {
            String answer = client.say("NONSENSE\r\n\r\n").hearAll();
            assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
            assertTrue(answer.contains("application/problem+json"), answer);
        }
        try (Client client = new Client()) {
            String answer =
                    client.say("GET " + MOUNT + "<script> HTTP/1.1\r\nHost: h\r\n\r\n").hearAll();
            assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
        }
    }

    @Test
    void a_port_in_use_is_said_plainly() {
        String message =
                String.valueOf(
                        assertThrows(HttpHostException.class, () -> host(host.port()))
                                .getMessage());
        assertEquals(
                "127.0.0.1:%d is in use by another program (stop it, or choose another port with --port)"
                        .formatted(host.port()),
                message);
    }
}
