package dev.skerry.stream.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.server.TestServer.Answer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Creating, appending, closing, deleting.
class WritingTest {

    private static final String ZERO = "0000000000000000_0000000000000000";

    @TempDir Path folder;
    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    // ---- create

    @Test
    void a_created_stream_is_empty_and_says_where_it_is() {
        Answer created = server.putJson("shop/sales");
        assertEquals(201, created.status());
        assertEquals(ZERO, created.next());
        assertEquals("http://localhost/v1/stream/shop/sales", created.header("Location"));
        assertEquals("[]", server.get("shop/sales").send().text());
    }

    @Test
    void creating_it_again_is_fine_if_nothing_differs() {
        server.put("s").with("Content-Type", "text/plain").with("Stream-TTL", "60").send();
        assertEquals(
                200,
                server.put("s")
                        .with("Content-Type", "TEXT/plain; charset=utf-8")
                        .with("Stream-TTL", "60")
                        .send()
                        .status());
        assertEquals("stream-exists", server.putText("s").problem());
        assertEquals("stream-exists", server.putJson("s").problem());
        assertEquals(
                409,
                server.put("s")
                        .with("Content-Type", "text/plain")
                        .with("Stream-TTL", "60")
                        .with("Stream-Closed", "true")
                        .send()
                        .status());
    }

    @Test
    void a_stream_can_be_born_with_all_that_it_will_ever_have() {
        Answer created =
                server.put("s")
                        .with("Content-Type", "text/plain")
                        .with("Stream-Closed", "TRUE")
                        .body("all")
                        .send();
        assertEquals(201, created.status());
        assertTrue(created.closed());
        Answer read = server.get("s").send();
        assertEquals("all", read.text());
        assertTrue(read.closed());
        assertFalse(server.put("t").with("Stream-Closed", "yes").send().closed());
    }

    @Test
    void names_are_decoded_strictly() {
        assertEquals(201, server.putText("caf%C3%A9/a%20b").status());
        assertEquals(200, server.head("caf%c3%a9/a%20b").send().status());
        assertEquals("bad-stream-name", server.putText("a/../b").problem());
        assertEquals("bad-stream-name", server.putText("a/%2e%2E/b").problem());
        assertEquals("bad-stream-name", server.putText("a//b").problem());
        assertEquals("bad-stream-name", server.putText("a%zz").problem());
        assertEquals("bad-stream-name", server.putText("a%C3").problem());
        assertEquals("bad-stream-name", server.putText("a%00").problem());
        assertEquals("bad-stream-name", server.putText("").problem());
        assertEquals(501, server.putText("__ds/subscriptions/x").status());
    }

    // ---- append

    @Test
    void json_messages_keep_their_bytes() {
        server.putJson("s");
        assertEquals(204, server.postJson("s", "[ {\"a\" : 1.0} , 2 ]").status());
        Answer appended = server.postJson("s", "[[3]]");
        assertEquals(Offset.token(3), appended.next());
        assertEquals("[{\"a\" : 1.0},2,[3]]", server.get("s").send().text());
    }

    @Test
    void other_content_is_joined_byte_by_byte() {
        server.putText("s");
        server.postText("s", "one");
        server.postText("s", " two");
        assertEquals("one two", server.get("s").send().text());
    }

    /// Of the chunks that a large body becomes, the first are prepared before the last is looked at.
    @Test
    void a_large_body_is_appended_whole_or_not_at_all() {
        server.putJson("s");
        String messages =
                IntStream.range(0, 1000)
                        .mapToObj(i -> "\"" + i + "x".repeat(i) + "\"")
                        .collect(Collectors.joining(","));
        assertEquals("bad-json", server.postJson("s", "[" + messages + ",01]").problem());
        assertEquals("[]", server.get("s").send().text());

        assertEquals(Offset.token(1000), server.postJson("s", "[" + messages + "]").next());
        assertEquals("[" + messages + "]", server.get("s").send().text());
        server.restart();
        assertEquals("[" + messages + "]", server.get("s").send().text());
    }

    @Test
    void an_append_says_what_it_is_and_is_not_empty() {
        server.putJson("s");
        assertEquals("empty-body", server.postJson("s", "").problem());
        assertEquals("empty-body", server.postJson("s", "[]").problem());
        assertEquals("bad-json", server.postJson("s", "{").problem());
        assertEquals("bad-request", server.post("s", "1").send().problem());
        assertEquals("other-content-type", server.postText("s", "1").problem());
        assertEquals("no-such-stream", server.postJson("t", "1").problem());
        assertEquals("[]", server.get("s").send().text());
    }

    @Test
    void what_is_wrong_with_the_stream_is_said_before_what_is_wrong_with_the_body() {
        server.putText("s");
        assertEquals("other-content-type", server.postJson("s", "{").problem());
        assertEquals("no-such-stream", server.postJson("t", "{").problem());
        server.putJson("u");
        server.post("u", "").with("Stream-Closed", "true").send();
        assertEquals("stream-closed", server.postJson("u", "{").problem());
    }

    @Test
    void stream_seq_must_move_on_in_the_order_of_bytes() {
        server.putText("s");
        assertEquals(204, seq("09", "a").status());
        assertEquals(204, seq("10", "b").status());
        assertEquals("sequence-regression", seq("10", "c").problem());
        assertEquals("sequence-regression", seq("1", "d").problem());
        assertEquals(204, seq("a", "e").status());
        assertEquals(409, seq("B", "f").status());
        assertEquals("abe", server.get("s").send().text());
    }

    private Answer seq(String seq, String body) {
        return server.post("s", body)
                .with("Content-Type", "text/plain")
                .with("Stream-Seq", seq)
                .send();
    }

    // ---- producers

    private Answer batch(long epoch, long seq, String body) {
        return server.post("s", body)
                .with("Content-Type", "text/plain")
                .producer("till", epoch, seq)
                .send();
    }

    @Test
    void a_repeated_batch_takes_effect_once() {
        server.putText("s");
        assertEquals(200, batch(0, 0, "a").status());
        assertEquals(200, batch(0, 1, "b").status());
        Answer again = batch(0, 0, "a");
        assertEquals(204, again.status());
        assertEquals("1", again.header("Producer-Seq"));
        assertEquals("0", again.header("Producer-Epoch"));
        assertEquals(Offset.token(2), again.next());
        assertEquals("ab", server.get("s").send().text());
    }

    @Test
    void a_repeated_batch_takes_effect_once_across_a_restart() {
        server.putText("s");
        batch(0, 0, "a");
        server.restart();
        assertEquals(204, batch(0, 0, "a").status());
        assertEquals(200, batch(0, 1, "b").status());
        assertEquals("ab", server.get("s").send().text());
    }

    @Test
    void gaps_and_old_epochs_are_refused_with_what_would_be_right() {
        server.putText("s");
        batch(1, 0, "a");
        Answer gap = batch(1, 2, "c");
        assertEquals("sequence-gap", gap.problem());
        assertEquals("1", gap.header("Producer-Expected-Seq"));
        assertEquals("2", gap.header("Producer-Received-Seq"));
        Answer stale = batch(0, 1, "z");
        assertEquals(403, stale.status());
        assertEquals("1", stale.header("Producer-Epoch"));
        assertEquals("new-epoch-not-at-zero", batch(2, 1, "n").problem());
        assertEquals("a", server.get("s").send().text());
    }

    @Test
    void a_refused_append_does_not_count_as_a_batch() {
        server.putText("s");
        assertEquals(
                409,
                server.post("s", "1")
                        .with("Content-Type", "application/json")
                        .producer("till", 0, 0)
                        .send()
                        .status());
        assertEquals(200, batch(0, 0, "a").status());
    }

    @Test
    void producer_headers_come_together_and_are_numbers() {
        server.putText("s");
        assertEquals(400, server.post("s", "a").with("Producer-Id", "x").send().status());
        assertEquals(400, server.post("s", "a").producer("", 0, 0).send().status());
        assertEquals(
                400,
                server.post("s", "a")
                        .producer("x", 0, 0)
                        .with("Producer-Seq", "1e3")
                        .send()
                        .status());
        assertEquals(400, server.post("s", "a").producer("x", 1L << 53, 0).send().status());
    }

    // ---- close

    @Test
    void a_closed_stream_takes_nothing_more_and_says_where_it_ended() {
        server.putText("s");
        server.postText("s", "a");
        Answer closed = server.post("s", "").with("Stream-Closed", "true").send();
        assertEquals(204, closed.status());
        assertTrue(closed.closed());
        assertEquals(204, server.post("s", "").with("Stream-Closed", "true").send().status());
        Answer refused = server.postText("s", "b");
        assertEquals("stream-closed", refused.problem());
        assertTrue(refused.closed());
        assertEquals(Offset.token(1), refused.next());
    }

    @Test
    void closing_with_a_batch_can_be_repeated_by_the_same_batch_only() {
        server.putText("s");
        assertEquals(200, last(0, "end").status());
        assertEquals(204, last(0, "end").status());
        assertTrue(last(0, "end").closed());
        assertEquals("stream-closed", last(1, "more").problem());
        server.restart();
        assertEquals(204, last(0, "end").status());
        assertEquals("end", server.get("s").send().text());
    }

    private Answer last(long seq, String body) {
        return server.post("s", body)
                .with("Content-Type", "text/plain")
                .with("Stream-Closed", "true")
                .producer("till", 0, seq)
                .send();
    }

    // ---- delete

    @Test
    void a_deleted_stream_is_gone_and_a_new_one_of_its_name_is_another() {
        server.putText("s");
        batch(0, 0, "old");
        String tag = String.valueOf(server.get("s").send().header("ETag"));
        assertEquals(204, server.delete("s").send().status());
        assertEquals(404, server.delete("s").send().status());
        assertEquals(404, server.get("s").send().status());
        assertEquals(201, server.putText("s").status());
        assertEquals(200, batch(0, 0, "new").status());
        Answer read = server.get("s").with("If-None-Match", tag).send();
        assertEquals(200, read.status());
        assertEquals("new", read.text());
        assertNotEquals(tag, read.header("ETag"));
    }

    // ---- encodings and limits

    @Test
    void bodies_may_come_compressed() {
        server.putJson("s");
        for (Coding coding : new Coding[] {Coding.GZIP, Coding.ZSTD}) {
            Bytes packed = coding.compress(Bytes.of("[1,2]"));
            assertEquals(
                    204,
                    server.post("s", "")
                            .with("Content-Type", "application/json")
                            .with("Content-Encoding", coding.token())
                            .body(packed.copy())
                            .send()
                            .status());
        }
        assertEquals("[1,2,1,2]", server.get("s").send().text());
    }

    @Test
    void an_encoding_nobody_knows_or_a_broken_one_is_refused() {
        server.putText("s");
        Answer unknown =
                server.post("s", "a")
                        .with("Content-Type", "text/plain")
                        .with("Content-Encoding", "br")
                        .send();
        assertEquals(415, unknown.status());
        assertEquals("gzip, zstd", unknown.header("Accept-Encoding"));
        for (Coding coding : new Coding[] {Coding.GZIP, Coding.ZSTD}) {
            byte[] whole = coding.compress(Bytes.of("text ".repeat(100))).copy();
            for (byte[] broken :
                    new byte[][] {
                        "nonsense".getBytes(StandardCharsets.UTF_8),
                        java.util.Arrays.copyOf(whole, whole.length - 3)
                    }) {
                Answer answer =
                        server.post("s", "")
                                .with("Content-Type", "text/plain")
                                .with("Content-Encoding", coding.token())
                                .body(broken)
                                .send();
                assertEquals("bad-request", answer.problem());
            }
        }
        assertEquals("", server.get("s").send().text());
    }

    @Test
    void a_body_has_a_limit_that_compression_does_not_get_around() {
        TestServer small = new TestServer(folder.resolve("small"), limits(1000, 10_000));
        try (small) {
            small.putText("s");
            assertEquals(204, small.postText("s", "x".repeat(1000)).status());
            assertEquals("body-too-large", small.postText("s", "x".repeat(1001)).problem());
            Bytes bomb = Coding.ZSTD.compress(Bytes.of("x".repeat(5_000_000)));
            assertTrue(bomb.length() < 1000);
            for (Coding coding : new Coding[] {Coding.GZIP, Coding.ZSTD}) {
                Answer answer =
                        small.post("s", "")
                                .with("Content-Type", "text/plain")
                                .with("Content-Encoding", coding.token())
                                .body(coding.compress(Bytes.of("x".repeat(5_000_000))).copy())
                                .send();
                assertEquals(413, answer.status());
            }
        }
    }

    @Test
    void bodies_together_have_a_limit_and_the_client_is_told_to_come_back() {
        TestServer small = new TestServer(folder.resolve("held"), limits(100_000, 50_000));
        try (small) {
            small.putText("s");
            Answer refused = small.postText("s", "x".repeat(60_000));
            assertEquals(429, refused.status());
            assertEquals("1", refused.header("Retry-After"));
            assertEquals(204, small.postText("s", "x".repeat(40_000)).status());
            assertEquals(204, small.postText("s", "x".repeat(40_000)).status());
        }
    }

    @Test
    void a_body_that_fails_on_its_way_gives_back_what_it_held() {
        TestServer small = new TestServer(folder.resolve("failing"), limits(100_000, 50_000));
        try (small) {
            small.putText("s");
            for (int i = 0; i < 10; i++) {
                TestServer.Request failing = small.post("s", "").body(failingAfter(20_000));
                assertThrows(NumberFormatException.class, failing::send);
            }
            assertEquals(204, small.postText("s", "x".repeat(40_000)).status());
        }
    }

    @Test
    void what_is_made_of_a_body_that_still_comes_counts_and_is_not_made_where_that_is_too_much() {
        String ones = "[" + "1,".repeat(10_000) + "1]";
        TestServer small = new TestServer(folder.resolve("many"), limits(100_000, 50_000));
        try (small) {
            small.putJson("s");
            for (int i = 1; i <= 3; i++) {
                assertEquals(Offset.token(10_001L * i), small.postJson("s", ones).next());
            }
            small.putText("t");
            assertEquals(204, small.postText("t", "x".repeat(40_000)).status());
        }
        TestServer roomy = new TestServer(folder.resolve("room"), limits(100_000, 10_000_000));
        try (roomy) {
            roomy.putJson("s");
            assertEquals(Offset.token(10_001), roomy.postJson("s", ones).next());
        }
    }

    @Test
    void a_body_that_is_bad_from_its_beginning_is_read_to_its_end() {
        server.putJson("s");
        boolean[] read = new boolean[1];
        for (String bad : List.of("[1,x", "[1]]")) {
            InputStream body =
                    new SequenceInputStream(
                            new ByteArrayInputStream(
                                    (bad + " ".repeat(50_000)).getBytes(StandardCharsets.UTF_8)),
                            endingWith(() -> read[0] = true));
            Answer refused =
                    server.post("s", "").body(body).with("Content-Type", "application/json").send();
            assertEquals("bad-json", refused.problem());
            assertTrue(read[0]);
            read[0] = false;
        }
        byte[] tooLarge = ("x" + " ".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
        TestServer small = new TestServer(folder.resolve("bad"), limits(50_000, 500_000));
        try (small) {
            small.putJson("s");
            for (String stream : List.of("s", "none")) {
                Answer refused =
                        small.post(stream, "")
                                .body(new ByteArrayInputStream(tooLarge))
                                .with("Content-Type", "application/json")
                                .send();
                assertEquals("body-too-large", refused.problem());
            }
        }
    }

    /// As the HTTP server's own, where chunks are not what they should be.
    private static InputStream failingAfter(int bytes) {
        return new SequenceInputStream(
                new ByteArrayInputStream(new byte[bytes]),
                endingWith(() -> {
                    throw new NumberFormatException("zz");
                }));
    }

    private static InputStream endingWith(Runnable end) {
        return new InputStream() {
            @Override
            public int read() {
                end.run();
                return -1;
            }

            @Override
            public int read(byte[] into, int at, int length) {
                return read();
            }
        };
    }

    @Test
    void a_body_holds_what_has_come_and_not_what_it_says_that_it_will() {
        TestServer small = new TestServer(folder.resolve("promises"), limits(100_000, 50_000));
        try (small) {
            small.putText("s");
            int[] status = new int[1];
            InputStream slow =
                    endingWith(() -> status[0] = small.postText("s", "x".repeat(30_000)).status());
            small.post("s", "").body(slow).with("Content-Length", "90000").send();
            assertEquals(204, status[0]);
        }
    }

    private static EndpointSettings limits(long bodyBytesMax, long heldBytesMax) {
        return new EndpointSettings(
                "/v1/stream/",
                bodyBytesMax,
                heldBytesMax,
                1 << 20,
                10,
                Duration.ofSeconds(4),
                Duration.ofSeconds(60));
    }

    @Test
    void streams_have_a_limit_and_deleting_makes_room() {
        for (int i = 0; i < TestServer.STREAMS_MAX; i++) {
            assertEquals(201, server.putText("s" + i).status());
        }
        assertEquals("too-many-streams", server.putText("more").problem());
        assertEquals(200, server.putText("s7").status());
        server.delete("s7").send();
        assertEquals(201, server.putText("more").status());
    }

    @Test
    void the_limit_on_streams_holds_when_many_create_at_once() throws InterruptedException {
        AtomicInteger created = new AtomicInteger();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 2 * TestServer.STREAMS_MAX; i++) {
            String name = "s" + i;
            clients.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                if (server.putText(name).status() == 201) {
                                    created.incrementAndGet();
                                }
                            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        assertEquals(TestServer.STREAMS_MAX, created.get());
    }

    @Test
    void any_bytes_come_back_as_they_went_in() {
        server.put("s").send();
        Random random = new Random(7);
        byte[] bytes = new byte[100_000];
        random.nextBytes(bytes);
        server.post("s", "").with("Content-Type", "application/octet-stream").body(bytes).send();
        Answer read = server.get("s").send();
        assertEquals(Bytes.of(bytes), read.body());
        assertEquals("application/octet-stream", read.header("Content-Type"));
        assertNull(read.header("Content-Encoding"));
    }

    @Test
    void methods_that_streams_do_not_know_are_refused() {
        Answer answer = server.request("PATCH", "s").send();
        assertEquals(405, answer.status());
        assertEquals("GET, HEAD, PUT, POST, DELETE, OPTIONS", answer.header("Allow"));
        Answer preflight = server.request("OPTIONS", "s").send();
        assertEquals(204, preflight.status());
        assertEquals("GET, HEAD, PUT, POST, DELETE, OPTIONS", preflight.header("Allow"));
        assertNull(preflight.header("Access-Control-Allow-Origin"));
        assertNull(preflight.header("Access-Control-Allow-Methods"));
    }

    // ---- web pages

    private TestServer.Request fromPage(TestServer to, String method, String origin) {
        return to.request(method, "s").with("Content-Type", "text/plain").with("Origin", origin);
    }

    @Test
    void web_pages_from_elsewhere_may_do_nothing_unless_they_are_allowed() {
        for (String method : List.of("PUT", "POST", "DELETE")) {
            Answer refused = fromPage(server, method, "https://evil.example").send();
            assertEquals("foreign-origin", refused.problem());
            assertNull(refused.header("Access-Control-Allow-Origin"));
        }
        assertEquals(201, fromPage(server, "PUT", "http://localhost").send().status());
        assertNull(
                fromPage(server, "GET", "https://evil.example")
                        .send()
                        .header("Access-Control-Allow-Origin"));
    }

    @Test
    void web_pages_that_are_allowed_may_do_all_that_clients_may() {
        String pos = "https://pos.example";
        for (String allowed : List.of(pos, "*")) {
            EndpointSettings settings =
                    EndpointSettings.defaults().withCorsOrigins(Set.of(allowed));
            try (TestServer open =
                    new TestServer(folder.resolve(Integer.toString(allowed.length())), settings)) {
                Answer created = fromPage(open, "PUT", pos).send();
                assertEquals(201, created.status());
                assertEquals(allowed, created.header("Access-Control-Allow-Origin"));
                assertEquals("cross-origin", created.header("Cross-Origin-Resource-Policy"));
                assertTrue(
                        String.valueOf(created.header("Access-Control-Expose-Headers"))
                                .contains("Stream-Next-Offset"));
                assertTrue(
                        String.valueOf(
                                        fromPage(open, "OPTIONS", pos)
                                                .send()
                                                .header("Access-Control-Allow-Headers"))
                                .contains("If-None-Match"));
                boolean any = allowed.equals("*");
                Answer other = fromPage(open, "DELETE", "https://evil.example").send();
                assertEquals(any ? 204 : 403, other.status());
                assertEquals(any ? "*" : null, other.header("Access-Control-Allow-Origin"));
            }
        }
    }
}
