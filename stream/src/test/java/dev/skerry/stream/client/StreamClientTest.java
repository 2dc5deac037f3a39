package dev.skerry.stream.client;

import static dev.skerry.stream.client.Peer.cut;
import static dev.skerry.stream.client.Peer.lastPage;
import static dev.skerry.stream.client.Peer.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamClientTest {

    private static final StreamName STREAM = StreamName.of("hq/menu board ü+");

    private final Peer peer = new Peer();

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void a_stream_is_created_as_asked() throws InterruptedException {
        peer.answers(
                status(201, "Content-Type", "application/json", "Stream-Next-Offset", "1"),
                status(200, "Content-Type", "text/plain", "Stream-Next-Offset", "0"));
        assertEquals(
                new Created(true, "application/json", "1", false),
                peer.client()
                        .create(
                                STREAM,
                                Creation.json()
                                        .withTtl(Duration.ofHours(1))
                                        .withBody(Bytes.of("[1]"))
                                        .asClosed()));
        Peer.Asked asked = peer.asked();
        assertEquals("PUT", asked.method());
        assertEquals("/v1/stream/hq/menu%20board%20%C3%BC%2B", asked.uri());
        assertEquals("application/json", asked.header("Content-type"));
        assertEquals("3600", asked.header("Stream-ttl"));
        assertEquals("true", asked.header("Stream-closed"));
        assertEquals("[1]", asked.text());

        assertEquals(
                new Created(false, "text/plain", "0", false),
                peer.client()
                        .create(
                                STREAM,
                                Creation.of("text/plain")
                                        .withExpiry(Instant.parse("2027-01-01T00:00:00Z"))));
        Peer.Asked again = peer.asked();
        assertEquals("2027-01-01T00:00:00Z", again.header("Stream-expires-at"));
        assertNull(again.header("Stream-closed"));
    }

    @Test
    void a_fork_names_its_source_by_path() throws InterruptedException {
        peer.answers(status(201, "Content-Type", "application/json", "Stream-Next-Offset", "5"));
        peer.client()
                .create(
                        StreamName.of("fork"),
                        new Creation(
                                null,
                                null,
                                null,
                                false,
                                new Creation.Fork(STREAM, "5", 2),
                                Bytes.EMPTY));
        Peer.Asked asked = peer.asked();
        assertEquals("/v1/stream/hq/menu%20board%20%C3%BC%2B", asked.header("Stream-forked-from"));
        assertEquals("5", asked.header("Stream-fork-offset"));
        assertEquals("2", asked.header("Stream-fork-sub-offset"));
        assertNull(asked.header("Content-type"));
    }

    @Test
    void metadata_is_what_the_server_says() throws InterruptedException {
        peer.answers(
                status(
                        200,
                        "Content-Type",
                        "text/plain",
                        "Stream-Next-Offset",
                        "7",
                        "Stream-TTL",
                        "60",
                        "Stream-Closed",
                        "TRUE"),
                status(404),
                status(410));
        assertEquals(
                Optional.of(new Metadata("text/plain", "7", Duration.ofMinutes(1), null, true)),
                peer.client().head(STREAM));
        assertEquals("HEAD", peer.asked().method());
        assertEquals(Optional.empty(), peer.client().head(STREAM));
        assertEquals(Optional.empty(), peer.client().head(STREAM));
    }

    @Test
    void messages_are_appended_as_an_array() throws InterruptedException {
        peer.answers(
                status(204, "Stream-Next-Offset", "2"),
                status(409, "Stream-Closed", "true", "Stream-Next-Offset", "2"));
        List<Bytes> messages = List.of(Bytes.of("{\"n\":1}"), Bytes.of("[2]"));
        assertEquals(new Appended.Done("2"), peer.client().appendJson(STREAM, messages));
        assertEquals("[{\"n\":1},[2]]", peer.asked().text());
        assertEquals(new Appended.AlreadyClosed("2"), peer.client().appendJson(STREAM, messages));
    }

    @Test
    void a_stream_is_closed_with_or_without_last_words() throws InterruptedException {
        peer.answers(
                status(204, "Stream-Next-Offset", "3", "Stream-Closed", "true"),
                status(204, "Stream-Next-Offset", "4", "Stream-Closed", "true"));
        assertEquals("3", peer.client().close(STREAM));
        Peer.Asked asked = peer.asked();
        assertEquals(
                "POST true ",
                asked.method() + " " + asked.header("Stream-closed") + " " + asked.text());
        assertEquals(
                new Appended.Done("4"),
                peer.client().appendAndClose(STREAM, "text/plain", Bytes.of("bye")));
        assertEquals("bye", peer.asked().text());
    }

    @Test
    void deleting_says_whether_there_was_something() {
        peer.answers(status(204), status(404));
        assertTrue(peer.client().delete(STREAM));
        assertFalse(peer.client().delete(STREAM));
    }

    @Test
    void a_page_is_read_or_it_is_said_why_not() {
        peer.answers(
                lastPage("[1,2]", "2"),
                status(404),
                status(410),
                status(200, "Stream-Next-Offset", "2"));
        assertEquals(
                new PageRead.Page(
                        "application/json",
                        List.of(Bytes.of("1"), Bytes.of("2")),
                        "2",
                        true,
                        false),
                peer.client().read(STREAM, "-1"));
        assertEquals(new PageRead.NoStream(), peer.client().read(STREAM, "2"));
        assertEquals(new PageRead.Dropped(), peer.client().read(STREAM, "1"));
    }

    @Test
    void failures_say_whether_trying_again_can_help() {
        peer.answers(cut(), status(500), status(429), status(404), status(409), status(200));
        assertFailure(StreamException.Kind.UNREACHABLE, true);
        assertFailure(StreamException.Kind.UNREACHABLE, true);
        assertFailure(StreamException.Kind.OVERLOADED, true);
        assertFailure(StreamException.Kind.NO_STREAM, false);
        assertFailure(StreamException.Kind.REFUSED, false);
        assertFailure(StreamException.Kind.UNREACHABLE, true);
    }

    @Test
    void a_server_that_does_not_answer_is_waited_for_only_so_long() {
        StreamClient client =
                peer.client(
                        ClientSettings.defaults()
                                .withTimeouts(Duration.ofMillis(200), Duration.ofSeconds(10)));
        StreamException failure = assertThrows(StreamException.class, () -> client.close(STREAM));
        assertEquals(StreamException.Kind.UNREACHABLE, failure.kind());
        assertTrue(failure.getMessage().contains("no answer in time"), failure.getMessage());
    }

    @Test
    void credentials_are_asked_for_each_time() throws InterruptedException {
        peer.answers(status(204), status(204));
        AtomicInteger token = new AtomicInteger();
        StreamClient client =
                peer.client(
                        ClientSettings.defaults()
                                .withHeaders(() ->
                                        Map.of(
                                                "Authorization",
                                                "Bearer " + token.incrementAndGet())));
        client.delete(STREAM);
        client.delete(STREAM);
        assertEquals("Bearer 1", peer.asked().header("Authorization"));
        assertEquals("Bearer 2", peer.asked().header("Authorization"));
    }

    private void assertFailure(StreamException.Kind kind, boolean retryable) {
        StreamException failure =
                assertThrows(
                        StreamException.class,
                        () -> peer.client().append(STREAM, "text/plain", Bytes.of("x")));
        assertEquals(kind, failure.kind(), failure.getMessage());
        assertEquals(retryable, failure.retryable());
    }
}
