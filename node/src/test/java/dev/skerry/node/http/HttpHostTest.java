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
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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

    // ---- clients that do not behave

    private static final String BIG =
            request("POST", MOUNT + "s", "Content-Type: text/plain", "Content-Length: 90000");

    private static final String CHUNKED =
            request("POST", MOUNT + "s", "Content-Type: text/plain", "Transfer-Encoding: chunked");

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            host.connections().step();
        }
    }

    @Test
    void a_body_in_bad_chunks_is_refused_and_nothing_of_it_is_held() throws IOException {
        create(MOUNT + "s");
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        for (int i = 0; i < 40; i++) {
            try (Client client = new Client()) {
                String answer = client.say(CHUNKED + chunk + "zz\r\n").hearAll();
                assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
                assertTrue(answer.contains("nosniff"), answer);
            }
        }
        try (Client client = new Client()) {
            client.say(append(MOUNT + "s", "x".repeat(90_000)));
            assertTrue(client.hear("\r\n\r\n").startsWith("HTTP/1.1 204"));
        }
        for (String bad :
                new String[] {"-3\r\nabc\r\n", "fffffffff\r\n", "3\r\nabcde\r\n0\r\n\r\n"}) {
            try (Client client = new Client()) {
                assertTrue(client.say(CHUNKED + bad).hearAll().startsWith("HTTP/1.1 400"), bad);
            }
        }
    }

    @Test
    void a_chunk_that_could_never_be_taken_is_not_waited_for() throws IOException {
        create(MOUNT + "s");
        try (Client client = new Client()) {
            String answer = client.say(CHUNKED + "7fffffff\r\nabc").hearAll();
            assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
        }
    }

    @Test
    void a_request_that_stands_still_ends_and_an_idle_connection_does_not() throws IOException {
        create(MOUNT + "s");
        String tooBig = BIG.replace("90000", "200000");
        String expecting = BIG.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n");
        try (Client idle = new Client();
                Client fresh = new Client()) {
            idle.say(request("GET", "/health/live")).hear("UP\"}");
            for (String begun :
                    new String[] {
                        "GET /hea",
                        "GET / HTTP/1.1\r\nHo",
                        BIG + "abc",
                        CHUNKED + "3\r\nabc\r\n",
                        tooBig + "abc",
                        expecting
                    }) {
                try (Client stalled = new Client()) {
                    stalled.say(begun);
                    // Until the host is surely waiting for the rest.
                    lookUntilClosed(stalled);
                }
            }
            fresh.say(request("GET", "/health/live")).hear("UP\"}");
            idle.say(request("GET", "/health/live")).hear("UP\"}");
        }
    }

    private void lookUntilClosed(Client client) throws IOException {
        client.socket.setSoTimeout(1);
        int looks = 0;
        while (true) {
            try {
                if (client.socket.getInputStream().read() < 0) {
                    break;
                }
            } catch (SocketTimeoutException e) {
                look(1);
                looks++;
                assertTrue(looks < 10_000, "still open");
            }
        }
        assertTrue(looks >= Line.SILENT_LOOKS_MAX, "closed after " + looks);
    }

    @Test
    void a_reader_that_takes_nothing_gives_back_its_seat() throws IOException {
        create(MOUNT + "s");
        for (int i = 0; i < 200; i++) {
            try (Client writer = new Client()) {
                writer.say(append(MOUNT + "s", "x".repeat(100_000)));
                assertTrue(writer.hear("\r\n\r\n").startsWith("HTTP/1.1 204"));
            }
        }
        try (Client reader = new Client()) {
            reader.say(request("GET", MOUNT + "s?offset=-1&live=sse")).hear("data:x");
            assertEquals(1, endpoint.liveReaders());
            int looks = 0;
            while (endpoint.liveReaders() > 0) {
                look(1);
                Thread.onSpinWait();
                looks++;
                assertTrue(looks < 100_000_000, "still has its seat");
            }
            assertTrue(looks > Line.UNTAKEN_LOOKS_MAX, "closed after " + looks);
        }
    }

    @Test
    void a_client_that_leaves_in_the_middle_is_no_reason_to_wake_anybody() throws IOException {
        create(MOUNT + "s");
        try (Listener log = new Listener("io.helidon")) {
            for (String begun :
                    new String[] {"GE", "GET / HTTP/1.1\r\nHo", BIG + "abc", CHUNKED + "3\r\na"}) {
                try (Client leaving = new Client()) {
                    leaving.say(begun);
                    leaving.socket.shutdownOutput();
                    assertEquals("", leaving.hearAll(), begun);
                }
            }
            assertEquals(List.of(), log.heard);
        }
    }

    /// Hears what a library logs.
    private static final class Listener extends Handler implements AutoCloseable {
        private final Logger logger;
        private final List<String> heard = new CopyOnWriteArrayList<>();

        Listener(String name) {
            logger = Logger.getLogger(name);
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                heard.add(entry.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }

    @Test
    void a_connection_that_is_to_be_closed_is_closed_after_the_whole_answer() throws IOException {
        create(MOUNT + "s");
        String close = "Connection: close";
        try (Client client = new Client()) {
            String answer = client.say(request("GET", "/health/live", close)).hearAll();
            assertTrue(answer.endsWith("UP\"}"), answer);
        }
        try (Client listener = new Client();
                Client writer = new Client()) {
            listener.say(request("GET", MOUNT + "s?offset=-1&live=sse", close)).hear("upToDate");
            writer.say(request("POST", MOUNT + "s", "Stream-Closed: true", close)).hearAll();
            String end = listener.hearAll();
            assertTrue(end.contains("streamClosed") && end.endsWith("0\r\n\r\n"), end);
        }
    }

    @Test
    void no_answer_is_taken_for_what_it_does_not_say_it_is() throws IOException {
        for (String path : new String[] {"/health/live", "/elsewhere", MOUNT + "s"}) {
            try (Client client = new Client()) {
                String answer = client.say(request("GET", path, "Connection: close")).hearAll();
                assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer);
            }
        }
    }
}
