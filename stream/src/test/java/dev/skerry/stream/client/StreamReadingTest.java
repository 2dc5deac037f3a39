package dev.skerry.stream.client;

import static dev.skerry.stream.client.Peer.base64Sse;
import static dev.skerry.stream.client.Peer.control;
import static dev.skerry.stream.client.Peer.cut;
import static dev.skerry.stream.client.Peer.cutPage;
import static dev.skerry.stream.client.Peer.data;
import static dev.skerry.stream.client.Peer.lastPage;
import static dev.skerry.stream.client.Peer.page;
import static dev.skerry.stream.client.Peer.sse;
import static dev.skerry.stream.client.Peer.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.OffsetToken;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.client.StreamReading.Heard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamReadingTest {

    private static final StreamName STREAM = StreamName.of("hq/catalog");
    private static final String UP_TO_DATE = "{\"streamNextOffset\":\"0\",\"upToDate\":true}";

    private final Peer peer = new Peer();
    private final Semaphore news = new Semaphore(0);

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void it_reads_what_is_there_and_then_waits_for_what_comes() throws InterruptedException {
        peer.answers(
                page("[{\"n\":1},{\"n\":2}]", "2"),
                page("[{\"n\":3}]", "3", "Stream-Up-To-Date", "true", "Stream-Cursor", "1000"),
                slow(status(204, "Stream-Next-Offset", "3", "Stream-Cursor", "1001")),
                page("[{\"n\":4}]", "4", "Stream-Up-To-Date", "true", "Stream-Cursor", "1002"));
        StreamReading reading = reading(OffsetToken.BEGINNING, Live.LONG_POLL);

        assertEquals(batch("-1", "2", false, "{\"n\":1}", "{\"n\":2}"), next(reading));
        assertEquals(batch("2", "3", true, "{\"n\":3}"), next(reading));
        assertEquals(batch("3", "4", true, "{\"n\":4}"), next(reading));

        assertEquals("/v1/stream/hq/catalog?offset=-1", peer.asked().uri());
        assertEquals("/v1/stream/hq/catalog?offset=2", peer.asked().uri());
        assertEquals(
                "/v1/stream/hq/catalog?cursor=1000&live=long-poll&offset=3&timeout=30",
                peer.asked().uri());
        assertEquals(
                "/v1/stream/hq/catalog?cursor=1001&live=long-poll&offset=3&timeout=30",
                peer.asked().uri());
    }

    @Test
    void a_page_that_was_cut_off_is_read_again_and_delivered_once() throws InterruptedException {
        peer.answers(
                cutPage("[{\"n\":1},{\"n\":2}]", "2", 10),
                cut(),
                // Not even the length shows that it is cut off.
                page("[{\"n\":1},{\"n", "2"),
                page("[{\"n\":1},{\"n\":2}]", "2"));
        StreamReading reading = reading("0", Live.LONG_POLL);

        assertEquals(batch("0", "2", false, "{\"n\":1}", "{\"n\":2}"), next(reading));
    }

    @Test
    void it_does_not_ask_again_before_the_server_said() throws InterruptedException {
        peer.answers(
                status(503, "Retry-After", "7", "starting"),
                status(429, "Retry-After", "Sun, 01 Mar 2026 08:01:00 GMT"),
                lastPage("[1]", "1"));
        StreamReading reading = reading("0", Live.LONG_POLL);

        Heard.Hindered first = assertInstanceOf(Heard.Hindered.class, heard(reading));
        assertTrue(first.pause().compareTo(Duration.ofSeconds(7)) >= 0);
        assertEquals("reading hq/catalog: status 503: starting", first.why());
        assertInstanceOf(Heard.Hindered.class, reading.step(), "too early");
        peer.clock.move(first.pause());
        Heard.Hindered second = assertInstanceOf(Heard.Hindered.class, heard(reading));
        assertTrue(second.pause().compareTo(Duration.ofSeconds(50)) >= 0);
        peer.clock.move(second.pause());
        assertEquals(batch("0", "1", true, "1"), heard(reading));
    }

    @Test
    void what_a_portal_answers_is_not_data() throws InterruptedException {
        peer.answers(
                status(200, "Content-Type", "text/html", "<html>Welcome to our WiFi</html>"),
                status(302, "Location", "http://portal.example/"),
                lastPage("[1]", "1"));
        StreamReading reading = reading("0", Live.LONG_POLL);

        assertEquals(batch("0", "1", true, "1"), next(reading));
    }

    @Test
    void a_server_that_answers_at_once_with_nothing_is_not_asked_without_rest()
            throws InterruptedException {
        peer.answers(lastPage("[]", "0"), status(204, "Stream-Next-Offset", "0"));
        StreamReading reading = reading("0", Live.LONG_POLL);

        assertEquals(batch("0", "0", true), heard(reading));
        assertEquals(
                new Heard.Hindered(
                        "reading hq/catalog: the server answers without waiting",
                        ClientSettings.defaults().pauseMin()),
                heard(reading));
    }

    @Test
    void data_counts_only_once_its_control_event_is_there() throws InterruptedException {
        peer.answers(
                lastPage("[]", "0"),
                sse(
                        control("{\"streamNextOffset\":\"0\",\"upToDate\":true}"),
                        data("[1,2]"),
                        control("{\"streamNextOffset\":\"2\",\"streamCursor\":\"c1\"}"),
                        data("[3,4]"),
                        "event: control\ndata: {\"streamNextOff"),
                page("[3]", "3"),
                lastPage("[4]", "4"));
        StreamReading reading = reading("0", Live.SSE);

        assertEquals(batch("0", "0", true), next(reading));
        assertEquals(batch("0", "2", false, "1", "2"), next(reading));
        assertEquals(batch("2", "3", false, "3"), next(reading));
        assertEquals(batch("3", "4", true, "4"), next(reading));
    }

    @Test
    void an_event_stream_is_opened_again_where_it_ended() throws InterruptedException {
        peer.answers(
                lastPage("[]", "0"),
                sse(
                        data("[1]"),
                        control(
                                "{\"streamNextOffset\":\"1\",\"streamCursor\":\"7\",\"upToDate\":true}")),
                sse(data("[2]"), control("{\"streamNextOffset\":\"2\",\"upToDate\":true}")));
        StreamReading reading = reading("0", Live.SSE);

        next(reading);
        assertEquals(batch("0", "1", true, "1"), next(reading));
        assertEquals(batch("1", "2", true, "2"), next(reading));
        assertEquals("/v1/stream/hq/catalog?offset=0", peer.asked().uri());
        assertEquals("/v1/stream/hq/catalog?live=sse&offset=0", peer.asked().uri());
        assertEquals("/v1/stream/hq/catalog?cursor=7&live=sse&offset=1", peer.asked().uri());
    }

    @Test
    void a_message_of_many_lines_and_events_of_other_types_do_no_harm()
            throws InterruptedException {
        peer.answers(
                lastPage("[]", "0"),
                sse(
                        "event: news\ndata: {}\n\n",
                        data("[", "{\"n\":1},", "{\"n\":2}", "]"),
                        control("{\"other\":[{}],\"streamNextOffset\":\"2\",\"upToDate\":true}")));
        StreamReading reading = reading("0", Live.SSE);

        next(reading);
        assertEquals(batch("0", "2", true, "{\"n\":1}", "{\"n\":2}"), next(reading));
    }

    @Test
    void bytes_come_as_they_were_written() throws InterruptedException {
        byte[] bytes = {0, 13, 10, (byte) 0xFF, 7};
        String base64 = Base64.getEncoder().encodeToString(bytes);
        peer.answers(
                status(
                        200,
                        "Content-Type",
                        "application/octet-stream",
                        "Stream-Next-Offset",
                        "0",
                        "Stream-Up-To-Date",
                        "true"),
                base64Sse(
                        data(base64.substring(0, 3), base64.substring(3)),
                        control("{\"streamNextOffset\":\"5\",\"upToDate\":true}")));
        StreamReading reading = reading("0", Live.SSE);

        next(reading);
        Heard.Batch batch = assertInstanceOf(Heard.Batch.class, next(reading));
        assertEquals(List.of(Bytes.of(bytes)), batch.messages());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{invalid", "[]", "{}", "{\"streamNextOffset\":null}"})
    void after_a_control_event_without_sense_the_data_is_read_again(String nonsense)
            throws InterruptedException {
        peer.answers(
                lastPage("[]", "0"),
                sse(control(UP_TO_DATE), data("[1]"), control(nonsense)),
                sse(data("[1]"), control("{\"streamNextOffset\":\"1\",\"upToDate\":true}")));
        StreamReading reading = reading("0", Live.SSE);

        next(reading);
        assertEquals(batch("0", "1", true, "1"), next(reading));
    }

    @Test
    void a_connection_without_a_sign_of_life_is_given_up() throws InterruptedException {
        peer.answers(
                lastPage("[]", "0"),
                peer.openSse(control(UP_TO_DATE), data("[1]")),
                sse(data("[1]"), control("{\"streamNextOffset\":\"1\",\"upToDate\":true}")));
        StreamReading reading =
                reading(
                        peer.client(
                                ClientSettings.defaults()
                                        .withTimeouts(
                                                Duration.ofSeconds(10), Duration.ofMillis(200))),
                        "0",
                        Live.SSE);

        next(reading);
        assertEquals(batch("0", "1", true, "1"), next(reading));
    }

    @Test
    void it_ends_where_a_closed_stream_ends() throws InterruptedException {
        peer.answers(page("[1]", "1", "Stream-Closed", "true"));
        StreamReading reading = reading("0", Live.LONG_POLL);
        assertEquals(batch("0", "1", true, "1"), next(reading));
        assertEquals(new Heard.Closed("1"), next(reading));
        assertEquals(new Heard.Closed("1"), reading.step());

        peer.answers(
                lastPage("[1]", "1"),
                status(204, "Stream-Next-Offset", "1", "Stream-Closed", "true"));
        StreamReading polling = reading("0", Live.LONG_POLL);
        next(polling);
        assertEquals(new Heard.Closed("1"), next(polling));

        peer.answers(
                lastPage("[]", "0"),
                sse(data("[1]"), control("{\"streamNextOffset\":\"1\",\"streamClosed\":true}")));
        StreamReading listening = reading("0", Live.SSE);
        next(listening);
        assertEquals(batch("0", "1", true, "1"), next(listening));
        assertEquals(new Heard.Closed("1"), next(listening));
    }

    @Test
    void a_closed_stream_is_not_at_its_end_before_its_last_message() throws InterruptedException {
        peer.answers(
                lastPage("[1]", "1"),
                status(204, "Stream-Next-Offset", "2", "Stream-Closed", "true"),
                page("[2]", "2", "Stream-Closed", "true"));
        StreamReading reading = reading("0", Live.LONG_POLL);
        next(reading);
        assertEquals(batch("1", "2", true, "2"), next(reading));
        assertEquals(new Heard.Closed("2"), next(reading));
    }

    @Test
    void it_says_why_there_is_no_more_to_read() throws InterruptedException {
        peer.answers(status(404));
        assertEquals(new Heard.NoStream(), next(reading("0", Live.LONG_POLL)));

        peer.answers(status(410), status(200, "Stream-Next-Offset", "9"));
        assertEquals(new Heard.Dropped(), next(reading("0", Live.LONG_POLL)));

        peer.answers(status(410), status(410));
        assertEquals(new Heard.NoStream(), next(reading("0", Live.LONG_POLL)));

        peer.answers(lastPage("[]", "0"), status(410), status(404));
        StreamReading listening = reading("0", Live.SSE);
        next(listening);
        assertEquals(new Heard.NoStream(), next(listening));

        peer.answers(status(400, "Content-Type", "text/plain", "no such offset"));
        assertEquals(
                new Heard.Refused(400, "status 400: no such offset"),
                next(reading("0", Live.LONG_POLL)));
    }

    @Test
    void messages_that_do_not_move_the_offset_are_not_delivered() throws InterruptedException {
        peer.answers(lastPage("[1]", "0"), lastPage("[1]", "1"));
        assertEquals(batch("0", "1", true, "1"), next(reading("0", Live.LONG_POLL)));
    }

    @Test
    void pages_may_be_compressed() throws InterruptedException {
        Bytes json = JsonMessages.join(List.of(Bytes.of("\"" + "x".repeat(5000) + "\"")));
        byte[] packed = Codings.zstd(json).copy();
        peer.answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Content-Encoding", "zstd");
            exchange.getResponseHeaders().set("Stream-Next-Offset", "1");
            exchange.sendResponseHeaders(200, packed.length);
            exchange.getResponseBody().write(packed);
            exchange.close();
        });
        Heard.Batch batch = assertInstanceOf(Heard.Batch.class, next(reading("0", Live.LONG_POLL)));
        assertEquals(5002, batch.messages().getFirst().length());
        assertEquals("zstd, gzip", peer.asked().header("Accept-encoding"));
    }

    @Test
    void an_answer_larger_than_allowed_is_not_taken() throws InterruptedException {
        peer.answers(lastPage("[" + "1,".repeat(600) + "1]", "601"));
        StreamReading reading =
                reading(
                        peer.client(ClientSettings.defaults().withAnswerBytesMax(1000)),
                        "0",
                        Live.LONG_POLL);
        assertInstanceOf(Heard.Hindered.class, heard(reading));
    }

    @Test
    void without_live_it_asks_only_when_stepped() throws InterruptedException {
        peer.answers(lastPage("[1]", "1"), lastPage("[]", "1"));
        StreamReading reading = reading("0", Live.NO);
        assertEquals(batch("0", "1", true, "1"), next(reading));
        assertEquals(batch("1", "1", true), next(reading));
        peer.asked();
        assertNull(peer.asked().headers().get("Cursor"));
        assertTrue(peer.askedNothingMore());
    }

    @Test
    void a_reading_that_was_closed_can_go_on_where_it_was() throws InterruptedException {
        peer.answers(lastPage("[1]", "1"));
        StreamReading reading = reading("0", Live.LONG_POLL);
        next(reading);
        assertInstanceOf(Heard.Waiting.class, reading.step());
        peer.asked();
        peer.asked();
        reading.close();
        peer.answers(lastPage("[2]", "2"));
        assertEquals(batch("1", "2", true, "2"), next(reading));
    }

    @Test
    void on_the_callers_thread_it_waits_and_paces_itself() throws InterruptedException {
        peer.answers(cut(), status(500), lastPage("[1]", "1"), status(404));
        List<Duration> pauses = new ArrayList<>();
        try (BlockingReading reading =
                new BlockingReading(
                        peer.client().reading(STREAM, "0", Live.LONG_POLL),
                        (_, pause) -> {
                            pauses.add(pause);
                            peer.clock.move(pause);
                            return false;
                        })) {
            assertEquals(batch("0", "1", true, "1"), reading.next());
            assertEquals(new Heard.NoStream(), reading.next());
            assertEquals("1", reading.offset());
        }
        assertTrue(!pauses.isEmpty() && pauses.size() <= 2, pauses.toString());
    }

    private StreamReading reading(String offset, Live live) {
        return reading(peer.client(), offset, live);
    }

    private StreamReading reading(StreamClient client, String offset, Live live) {
        StreamReading reading = client.reading(STREAM, offset, live);
        reading.watch(news::release);
        return reading;
    }

    /// An answer that took its time, as far as the clock can tell.
    private Peer.Reply slow(Peer.Reply reply) {
        return exchange -> {
            peer.clock.move(Duration.ofSeconds(30));
            reply.to(exchange);
        };
    }

    private Heard heard(StreamReading reading) throws InterruptedException {
        while (true) {
            Heard heard = reading.step();
            if (!(heard instanceof Heard.Waiting)) {
                return heard;
            }
            assertTrue(news.tryAcquire(Peer.PATIENCE_SECONDS, TimeUnit.SECONDS), "no news");
        }
    }

    /// As [#heard], time moving on through pauses.
    private Heard next(StreamReading reading) throws InterruptedException {
        while (true) {
            Heard heard = heard(reading);
            if (!(heard instanceof Heard.Hindered hindered)) {
                return heard;
            }
            peer.clock.move(hindered.pause());
        }
    }

    private static Heard.Batch batch(
            String from, String next, boolean upToDate, String... messages) {
        return new Heard.Batch(
                "application/json",
                List.of(messages).stream().map(Bytes::of).toList(),
                from,
                next,
                upToDate);
    }
}
