package dev.skerry.stream.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.server.TestServer.Answer;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Catch-up reads, long-polls, server-sent events, metadata.
class ReadingTest {

    @TempDir Path folder;
    private TestServer server;

    @BeforeEach
    void start() {
        server =
                new TestServer(
                        folder,
                        new EndpointSettings(
                                "/v1/stream/",
                                1 << 20,
                                1 << 20,
                                100,
                                2,
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(60)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    // ---- catch-up

    @Test
    void a_long_stream_is_read_page_by_page() {
        server.putText("s");
        for (int i = 0; i < 5; i++) {
            server.postText("s", String.valueOf(i).repeat(40));
        }
        Answer first = server.get("s").send();
        assertEquals("0".repeat(40) + "1".repeat(40), first.text());
        assertFalse(first.upToDate());
        Answer second = server.get("s?offset=" + first.next()).send();
        Answer third = server.get("s?offset=" + second.next()).send();
        assertEquals("4".repeat(40), third.text());
        assertTrue(third.upToDate());
        assertEquals(Offset.token(5), third.next());
        Answer end = server.get("s?offset=" + third.next()).send();
        assertEquals("", end.text());
        assertTrue(end.upToDate());
        assertEquals("no-cache", end.header("Cache-Control"));
    }

    @Test
    void an_event_larger_than_a_page_is_read_whole() {
        server.putText("s");
        server.postText("s", "x".repeat(1000));
        assertEquals(1000, server.get("s").send().body().length());
    }

    @Test
    void the_end_of_a_closed_stream_is_told_with_its_last_page_only() {
        server.putText("s");
        server.postText("s", "a".repeat(80));
        server.postText("s", "b".repeat(80));
        server.post("s", "").with("Stream-Closed", "true").send();
        Answer first = server.get("s").send();
        assertFalse(first.closed());
        assertTrue(server.get("s?offset=" + first.next()).send().closed());
        assertTrue(server.get("s?offset=" + Offset.token(2)).send().closed());
        assertTrue(server.get("s?offset=now").send().closed());
    }

    @Test
    void the_end_is_not_told_before_the_last_event() {
        server.putText("s");
        server.postText("s", "a");
        // As for a moment after a commit: the tables know of the close, the log not yet of its
        // event.
        Shown closed = shown("s", 2L);
        Shown.Page before = closed.read(server.served, 1, 100);
        assertFalse(before.closed());
        assertFalse(before.upToDate());
        assertEquals(2, closed.tail());
        server.postText("s", "b");
        Shown.Page last = closed.read(server.served, 1, 100);
        assertTrue(last.closed());
        assertTrue(last.upToDate());
    }

    private Shown shown(String path, @Nullable Long closedAt) {
        Served known = server.known(path);
        return new Shown(
                known.name(),
                known.contentType(),
                closedAt,
                known.lifetime(),
                server.served.log(),
                known);
    }

    @Test
    void a_page_is_never_taken_from_another_stream_of_the_same_name() {
        server.putText("s");
        server.postText("s", "old");
        Shown found = shown("s", null);
        again("s", "NEW");
        Refused gone = assertThrows(Refused.class, () -> found.read(server.served, 0, 100));
        assertEquals(404, gone.answer().status());
    }

    /// Deletes it, and makes another one.
    private void again(String path, String... appends) {
        server.delete(path).send();
        server.putText(path);
        for (String append : appends) {
            server.postText(path, append);
        }
    }

    @Test
    void a_copy_of_an_answer_is_good_for_the_very_stream_it_came_from_only() {
        String tag;
        try (TestServer first = new TestServer(folder.resolve("first"))) {
            first.putText("s");
            first.postText("s", "old");
            tag = String.valueOf(first.get("s").send().header("ETag"));
        }
        try (TestServer second = new TestServer(folder.resolve("second"))) {
            second.putText("s");
            second.postText("s", "NEW");
            assertEquals(200, second.get("s").with("If-None-Match", tag).send().status());
        }
    }

    @Test
    void now_is_the_tail_and_never_cached() {
        server.putJson("s");
        server.postJson("s", "[1,2]");
        Answer now = server.get("s?offset=now").send();
        assertEquals("[]", now.text());
        assertEquals(Offset.token(2), now.next());
        assertTrue(now.upToDate());
        assertEquals("no-store", now.header("Cache-Control"));
        assertNull(now.header("ETag"));
    }

    @Test
    void an_offset_that_is_none_or_lies_beyond_the_tail_is_refused() {
        server.putText("s");
        assertEquals("bad-offset", server.get("s?offset=").send().problem());
        assertEquals("bad-offset", server.get("s?offset=0%2C1").send().problem());
        assertEquals("bad-request", server.get("s?offset=-1&offset=-1").send().problem());
        assertEquals("bad-offset", server.get("s?offset=" + Offset.token(1)).send().problem());
        assertEquals("bad-request", server.get("s?offset=-1&live=maybe").send().problem());
        assertEquals("bad-request", server.get("s?live=sse").send().problem());
    }

    @Test
    void the_same_page_is_not_sent_again_to_who_has_it() {
        server.putText("s");
        server.postText("s", "a");
        String tag = String.valueOf(server.get("s").send().header("ETag"));
        Answer same = server.get("s").with("If-None-Match", tag).send();
        assertEquals(304, same.status());
        assertEquals(0, same.body().length());
        assertEquals(tag, same.header("ETag"));
        server.post("s", "").with("Stream-Closed", "true").send();
        Answer closed = server.get("s").with("If-None-Match", tag).send();
        assertEquals(200, closed.status());
        assertTrue(closed.closed());
        assertNotEquals(tag, closed.header("ETag"));
    }

    @Test
    void answers_worth_it_are_compressed() throws IOException {
        server.putText("s");
        String text = "words and words ".repeat(100);
        server.postText("s", text);
        for (Coding coding : new Coding[] {Coding.GZIP, Coding.ZSTD}) {
            Answer answer = server.get("s").with("Accept-Encoding", coding.token()).send();
            assertEquals(coding.token(), answer.header("Content-Encoding"));
            assertEquals("Accept-Encoding", answer.header("Vary"));
            try (var in = coding.decoded(new ByteArrayInputStream(answer.body().copy()))) {
                assertEquals(Bytes.of(text), Bytes.of(in.readAllBytes()));
            }
        }
        server.putText("small");
        server.postText("small", "a");
        assertNull(
                server.get("small")
                        .with("Accept-Encoding", "gzip")
                        .send()
                        .header("Content-Encoding"));
    }

    @Test
    void metadata_is_told_without_a_body_and_not_cached() {
        server.put("s").with("Content-Type", "text/plain").with("Stream-TTL", "3600").send();
        server.postText("s", "a");
        Answer head = server.head("s").send();
        assertEquals(200, head.status());
        assertEquals(0, head.body().length());
        assertEquals(Offset.token(1), head.next());
        assertEquals("3600", head.header("Stream-TTL"));
        assertEquals("no-store", head.header("Cache-Control"));
        assertEquals(404, server.head("t").send().status());
        assertEquals(0, server.head("t").send().body().length());
    }

    @Test
    void every_answer_is_safe_for_browsers() {
        for (Answer answer :
                new Answer[] {
                    server.putText("s"),
                    server.get("s").send(),
                    server.get("t").send(),
                    server.head("s").send(),
                    server.postText("s", "a")
                }) {
            assertEquals("nosniff", answer.header("X-Content-Type-Options"));
            assertEquals("same-origin", answer.header("Cross-Origin-Resource-Policy"));
            assertNull(answer.header("Access-Control-Allow-Origin"));
        }
    }

    // ---- long-poll

    @Test
    void a_long_poll_waits_for_what_comes() {
        server.putText("s");
        server.meanwhile.add(() -> server.postText("s", "news"));
        Answer answer = server.get("s?offset=now&live=long-poll").send();
        assertEquals(200, answer.status());
        assertEquals("news", answer.text());
        assertTrue(String.valueOf(answer.header("Stream-Cursor")).matches("[0-9]+"));
    }

    @Test
    void what_a_long_poll_from_now_hears_is_never_cached() {
        server.putText("s");
        server.meanwhile.add(() -> server.postText("s", "news"));
        Answer answer = server.get("s?offset=now&live=long-poll").send();
        assertEquals("news", answer.text());
        assertEquals("no-store", answer.header("Cache-Control"));
        assertNull(answer.header("ETag"));
    }

    @Test
    void a_live_read_does_not_go_on_in_another_stream_of_the_same_name() {
        server.putText("s");
        server.postText("s", "old");
        server.meanwhile.add(() -> again("s", "NEW", "NEWER"));
        String from = "s?offset=" + Offset.token(1);
        assertEquals(404, server.get(from + "&live=long-poll").send().status());
        again("s", "old");
        server.meanwhile.add(() -> again("s", "NEW", "NEWER"));
        String events = server.get("s?offset=-1&live=sse").send().text();
        assertTrue(events.contains("old"), events);
        assertFalse(events.contains("NEW"), events);
    }

    @Test
    void a_long_poll_that_waited_in_vain_says_so_in_time() {
        server.putText("s");
        Instant before = server.instant();
        Answer answer = server.get("s?offset=-1&live=long-poll").send();
        assertEquals(204, answer.status());
        assertTrue(answer.upToDate());
        assertEquals(Offset.token(0), answer.next());
        assertEquals(Duration.ofSeconds(4), Duration.between(before, server.instant()));
        assertTrue(String.valueOf(answer.header("Stream-Cursor")).matches("[0-9]+"));
    }

    @Test
    void a_long_poll_may_say_how_long_it_waits() {
        server.putText("s");
        Instant before = server.instant();
        server.get("s?offset=-1&live=long-poll&timeout=25").send();
        assertEquals(Duration.ofSeconds(25), Duration.between(before, server.instant()));
        assertEquals(400, server.get("s?offset=-1&live=long-poll&timeout=3600").send().status());
    }

    @Test
    void a_long_poll_hears_of_the_close_at_once() {
        server.putText("s");
        server.meanwhile.add(() -> server.post("s", "").with("Stream-Closed", "true").send());
        Answer answer = server.get("s?offset=now&live=long-poll").send();
        assertEquals(204, answer.status());
        assertTrue(answer.closed());
        assertEquals(204, server.get("s?offset=now&live=long-poll").send().status());
    }

    @Test
    void a_long_poll_hears_that_its_stream_was_deleted() {
        server.putText("s");
        server.meanwhile.add(() -> server.delete("s").send());
        assertEquals(404, server.get("s?offset=now&live=long-poll").send().status());
    }

    @Test
    void cursors_never_stand_still_for_a_client() {
        server.putText("s");
        server.postText("s", "a");
        String first = cursor("s?offset=-1&live=long-poll");
        String second = cursor("s?offset=-1&live=long-poll&cursor=" + first);
        assertTrue(Long.parseLong(second) > Long.parseLong(first));
    }

    private String cursor(String target) {
        return String.valueOf(server.get(target).send().header("Stream-Cursor"));
    }

    // ---- server-sent events

    @Test
    void an_event_stream_sends_what_is_there_and_then_what_comes_until_it_is_closed() {
        server.putJson("s");
        server.postJson("s", "[1,2]");
        server.meanwhile.add(() -> server.postJson("s", "3"));
        server.meanwhile.add(() ->
                server.post("s", "4")
                        .with("Content-Type", "application/json")
                        .with("Stream-Closed", "true")
                        .send());
        Answer answer = server.get("s?offset=-1&live=sse").send();
        assertEquals("text/event-stream", answer.header("Content-Type"));
        assertEquals("no-cache", answer.header("Cache-Control"));
        assertEquals(
                """
                event: data
                data:[
                data:1,
                data:2
                data:]

                event: control
                data:{"streamNextOffset":"0000000000000000_0000000000000002","streamCursor":"1939680","upToDate":true}

                event: data
                data:[
                data:3
                data:]

                event: control
                data:{"streamNextOffset":"0000000000000000_0000000000000003","streamCursor":"1939680","upToDate":true}

                event: data
                data:[
                data:4
                data:]

                event: control
                data:{"streamNextOffset":"0000000000000000_0000000000000004","upToDate":true,"streamClosed":true}

                """,
                answer.text());
        assertEquals(0, server.endpoint().liveReaders());
    }

    @Test
    void an_event_stream_says_now_and_then_that_it_is_there_and_ends_after_its_lifetime() {
        server.putText("s");
        Instant before = server.instant();
        String events = server.get("s?offset=now&live=sse").send().text();
        assertEquals(Duration.ofSeconds(60), Duration.between(before, server.instant()));
        assertEquals(5, events.split("event: control", -1).length - 1);
        assertFalse(events.contains("event: data"));
    }

    @Test
    void binary_event_streams_are_base64_and_say_so() {
        server.put("s").send();
        server.post("s", "abc").with("Content-Type", "application/octet-stream").send();
        Answer answer = server.get("s?offset=-1&live=sse").send();
        assertEquals("base64", answer.header("Stream-SSE-Data-Encoding"));
        assertTrue(answer.text().startsWith("event: data\ndata:YWJj\n\n"));
    }

    @Test
    void an_event_stream_ends_when_its_reader_has_gone_or_its_stream_has() {
        server.putText("s");
        server.get("s?offset=-1&live=sse").goneAfter(0).send();
        assertEquals(0, server.endpoint().liveReaders());
        server.meanwhile.add(() -> server.delete("s").send());
        Answer answer = server.get("s?offset=-1&live=sse").send();
        assertEquals(200, answer.status());
        assertEquals(0, server.endpoint().liveReaders());
        assertEquals(404, server.get("s?offset=-1&live=sse").send().status());
    }

    @Test
    void waiting_readers_have_a_limit() {
        server.putText("s");
        int[] statuses = new int[2];
        server.meanwhile.add(() -> {
            server.meanwhile.add(() -> {
                Answer third = server.get("s?offset=-1&live=sse").send();
                statuses[0] = third.status();
                assertEquals("1", third.header("Retry-After"));
            });
            statuses[1] = server.get("s?offset=-1&live=long-poll").send().status();
        });
        server.get("s?offset=-1&live=sse").send();
        assertEquals(429, statuses[0]);
        assertEquals(204, statuses[1]);
        assertEquals(0, server.endpoint().liveReaders());
    }

    @Test
    void a_server_that_stops_ends_all_waiting() {
        server.putText("s");
        server.meanwhile.add(() -> server.endpoint().stopLive());
        Instant before = server.instant();
        assertEquals(204, server.get("s?offset=-1&live=long-poll").send().status());
        assertEquals(before, server.instant());
        assertEquals(204, server.get("s?offset=-1&live=long-poll").send().status());
        assertEquals(before, server.instant());
    }

    // ---- streams of contexts

    @Test
    void streams_of_contexts_are_read_the_same_way_and_never_written() {
        InstantSource clock = InstantSource.fixed(server.instant());
        try (SqliteDatabase orders = TestServer.context(folder.resolve("orders.db"), clock);
                TestServer node =
                        new TestServer(
                                folder.resolve("node"), EndpointSettings.defaults(), orders)) {
            StreamName name = StreamName.of("store-1/orders");
            orders.write(tx -> {
                tx.open(name, StreamSettings.keepAll());
                return tx.append(name, NewEvent.of("{\"order\":1}"));
            });
            Answer read = node.get("store-1/orders").send();
            assertEquals("[{\"order\":1}]", read.text());
            assertEquals("application/json", read.header("Content-Type"));
            assertEquals(Offset.token(1), node.head("store-1/orders").send().next());
            node.meanwhile.add(
                    () -> orders.write(tx -> tx.append(name, NewEvent.of("{\"order\":2}"))));
            assertEquals(
                    "[{\"order\":2}]",
                    node.get("store-1/orders?live=long-poll&offset=" + read.next()).send().text());
            for (Answer refused :
                    new Answer[] {
                        node.postJson("store-1/orders", "1"),
                        node.putJson("store-1/orders"),
                        node.delete("store-1/orders").send()
                    }) {
                assertEquals(405, refused.status());
                assertEquals("GET, HEAD, OPTIONS", refused.header("Allow"));
            }
        }
    }

    @Test
    void a_copy_of_a_contexts_answer_is_not_good_for_a_context_that_began_anew() {
        assertNotEquals(tagOfContext("first", "1"), tagOfContext("second", "2"));
        assertEquals(tagOfContext("third", "1"), tagOfContext("fourth", "1"));
    }

    private String tagOfContext(String file, String event) {
        InstantSource clock = InstantSource.fixed(server.instant());
        try (SqliteDatabase context = TestServer.context(folder.resolve(file + ".db"), clock);
                TestServer node =
                        new TestServer(
                                folder.resolve(file), EndpointSettings.defaults(), context)) {
            StreamName name = StreamName.of("prices");
            context.write(tx -> {
                tx.open(name, StreamSettings.keepAll());
                return tx.append(name, NewEvent.of(event));
            });
            return String.valueOf(node.get("prices").send().header("ETag"));
        }
    }

    @Test
    void only_who_asks_for_the_beginning_skips_what_was_dropped() {
        InstantSource clock = InstantSource.fixed(server.instant());
        try (SqliteDatabase context = TestServer.context(folder.resolve("telemetry.db"), clock);
                TestServer node =
                        new TestServer(
                                folder.resolve("node"), EndpointSettings.defaults(), context)) {
            StreamName name = StreamName.of("telemetry");
            context.write(tx -> {
                tx.open(name, StreamSettings.keepNewest(20_000));
                return null;
            });
            Random random = new Random(5);
            while (context.find(name).orElseThrow().start() == 0) {
                byte[] bytes = new byte[100_000];
                random.nextBytes(bytes);
                String event = "\"" + Base64.getEncoder().encodeToString(bytes) + "\"";
                context.write(tx -> tx.append(name, NewEvent.of(event)));
                context.upkeep();
            }
            for (String live : new String[] {"", "&live=long-poll", "&live=sse"}) {
                String place = "telemetry?offset=" + Offset.token(0) + live;
                assertEquals("events-dropped", node.get(place).send().problem());
            }
            assertEquals(200, node.get("telemetry?offset=-1").send().status());
        }
    }
}
