package dev.skerry.stream.client;

import static dev.skerry.stream.client.Peer.control;
import static dev.skerry.stream.client.Peer.cut;
import static dev.skerry.stream.client.Peer.data;
import static dev.skerry.stream.client.Peer.lastPage;
import static dev.skerry.stream.client.Peer.page;
import static dev.skerry.stream.client.Peer.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.OffsetToken;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ClientSourceTest {

    private static final StreamName STREAM = StreamName.of("hq/catalog");

    private final Peer peer = new Peer();
    private final Semaphore news = new Semaphore(0);

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void events_have_the_offsets_that_they_have_at_the_server() throws InterruptedException {
        peer.answers(page("[10,11,12]", at(13)), lastPage("[13]", at(14)));
        EventSource source = source(Live.LONG_POLL);

        assertEquals(new Read.Page(events(10, 12), 12, false), source.read(10, 2));
        assertEquals(new Read.Page(events(12, 13), 13, false), source.read(12, 2));
        assertEquals(new Read.Page(events(13, 14), 14, true), source.read(13, 2));
        assertEquals(new Read.Page(List.of(), 14, true), source.read(14, 2));
        assertEquals("/v1/stream/hq/catalog?offset=" + at(10), peer.asked().uri());
        assertEquals("/v1/stream/hq/catalog?offset=" + at(13), peer.asked().uri());
    }

    @Test
    void a_page_can_be_read_again_in_smaller_parts() throws InterruptedException {
        peer.answers(lastPage("[0,1,2]", at(3)));
        EventSource source = source(Live.LONG_POLL);
        assertEquals(new Read.Page(events(0, 3), 3, true), source.read(0, 10));
        assertEquals(new Read.Page(events(0, 1), 1, false), source.read(0, 1));
        assertEquals(new Read.Page(events(1, 3), 3, true), source.read(1, 10));
        peer.asked();
        assertTrue(peer.askedNothingMore());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NO")
    void watchers_are_told_when_there_is_more(Live live) throws InterruptedException {
        Semaphore go = new Semaphore(0);
        peer.answers(
                lastPage("[0]", at(1)),
                exchange -> {
                    go.acquireUninterruptibly();
                    (live == Live.SSE
                                    ? peer.openSse(
                                            data("[1]"),
                                            control(
                                                    "{\"upToDate\":true,\"streamNextOffset\":\""
                                                            + at(2)
                                                            + "\"}"))
                                    : lastPage("[1]", at(2)))
                            .to(exchange);
                });
        EventSource source = source(live);
        assertEquals(new Read.Page(events(0, 1), 1, true), source.read(0, 10));
        assertEquals(new Read.Page(List.of(), 1, true), source.read(1, 10));
        go.release();
        assertEquals(new Read.Page(events(1, 2), 2, true), readWhenTold(source, 1));
    }

    @Test
    void a_peer_out_of_reach_is_to_be_tried_again() {
        peer.answers(cut(), cut(), status(503), lastPage("[0]", at(1)));
        EventSource source = source(Live.LONG_POLL);
        List<Read> reads = new ArrayList<>();
        while (reads.isEmpty()) {
            try {
                reads.add(source.read(0, 10));
            } catch (StreamException e) {
                assertEquals(StreamException.Kind.UNREACHABLE, e.kind());
                assertTrue(e.retryable());
                peer.clock.move(Duration.ofSeconds(1));
            }
        }
        assertEquals(List.of(new Read.Page(events(0, 1), 1, true)), reads);
    }

    @Test
    void what_was_dropped_is_gone_and_it_says_from_where_to_start_over() {
        peer.answers(
                status(410),
                status(200),
                lastPage("[37,38]", at(39)),
                lastPage("[37,38]", at(39)),
                lastPage("[37,38]", at(39)));
        EventSource source = source(Live.LONG_POLL);
        assertEquals(new Read.Gone(37), source.read(5, 10));
        assertEquals(new Read.Page(events(37, 39), 39, true), source.read(37, 10));
    }

    @Test
    void at_0_it_begins_where_the_stream_begins_now() {
        peer.answers(
                lastPage("[37,38]", at(39)),
                lastPage("[37,38]", at(39)),
                lastPage("[37,38]", at(39)),
                lastPage("[37,38]", at(39)));
        EventSource source = source(Live.LONG_POLL);
        assertEquals(new Read.Page(events(37, 38), 38, false), source.read(0, 1));
        assertEquals(new Read.Page(events(38, 39), 39, true), source.read(38, 1));
    }

    @Test
    void a_stream_with_gaps_is_refused_rather_than_told_wrong_offsets() {
        peer.answers(
                lastPage("[0,5,6]", at(7)), lastPage("[0,5,6]", at(7)), lastPage("[5,6]", at(7)));
        assertRefused(0, StreamException.Kind.REFUSED);
        peer.answers(lastPage("[5,7]", at(8)));
        assertRefused(5, StreamException.Kind.REFUSED);
    }

    @Test
    void what_cannot_be_followed_is_said() {
        peer.answers(status(404));
        assertRefused(0, StreamException.Kind.NO_STREAM);
        peer.answers(lastPage("[1]", "some-others-offset"));
        assertRefused(0, StreamException.Kind.REFUSED);
        peer.answers(
                status(200, "Content-Type", "text/plain", "Stream-Next-Offset", at(1), "hello"));
        assertRefused(0, StreamException.Kind.REFUSED);
    }

    @Test
    void a_closed_stream_is_read_to_its_end_and_then_has_nothing_more() {
        peer.answers(page("[0]", at(1), "Stream-Closed", "true"));
        EventSource source = source(Live.LONG_POLL);
        assertEquals(new Read.Page(events(0, 1), 1, true), source.read(0, 10));
        assertEquals(new Read.Page(List.of(), 1, true), source.read(1, 10));
    }

    private EventSource source(Live live) {
        EventSource source = peer.client().source(STREAM, live);
        source.watch(news::release);
        return source;
    }

    private Read readWhenTold(EventSource source, long cursor) throws InterruptedException {
        while (true) {
            Read read = source.read(cursor, 10);
            if (!(read instanceof Read.Page page) || !page.events().isEmpty()) {
                return read;
            }
            assertTrue(news.tryAcquire(Peer.PATIENCE_SECONDS, TimeUnit.SECONDS), "no news");
        }
    }

    private void assertRefused(long cursor, StreamException.Kind kind) {
        StreamException refused =
                assertThrows(StreamException.class, () -> source(Live.LONG_POLL).read(cursor, 10));
        assertEquals(kind, refused.kind(), refused.getMessage());
    }

    private static String at(long offset) {
        return OffsetToken.of(offset);
    }

    /// Events whose payload is their offset.
    private static List<Event> events(long from, long to) {
        List<Event> events = new ArrayList<>();
        for (long offset = from; offset < to; offset++) {
            events.add(new Event(STREAM, offset, null, false, Bytes.of(Long.toString(offset))));
        }
        return events;
    }
}
