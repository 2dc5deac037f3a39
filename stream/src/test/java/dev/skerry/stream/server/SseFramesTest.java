package dev.skerry.stream.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Event;
import dev.skerry.stream.StreamName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseFramesTest {

    private static String data(String type, String... payloads) {
        List<Event> events = new ArrayList<>();
        for (String payload : payloads) {
            events.add(
                    new Event(StreamName.of("s"), events.size(), null, false, Bytes.of(payload)));
        }
        SseFrames frames = new SseFrames();
        frames.data(ContentType.of(type), events);
        return frames.bytes().text();
    }

    @Test
    void text_is_one_event_and_each_line_a_data_line_however_it_ends() {
        assertEquals(
                "event: data\ndata:a\ndata:b\ndata:c\ndata:\ndata:d\n\n",
                data("text/plain", "a\r\nb\rc\n\nd"));
        assertEquals("event: data\ndata:one two\n\n", data("text/plain", "one", " two"));
        assertEquals("event: data\ndata:a\ndata:b\n\n", data("text/plain", "a\r", "\nb"));
        assertEquals("event: data\ndata:a\ndata:\n\n", data("text/plain", "a\n"));
    }

    @Test
    void a_space_at_the_beginning_of_a_line_survives_the_reader() {
        assertEquals("event: data\ndata:  a\ndata:b\n\n", data("text/plain", " a\nb"));
    }

    @Test
    void a_stream_cannot_fake_an_event() {
        assertEquals(
                "event: data\ndata:x\ndata:\ndata:event: control\ndata:data: {}\ndata:\ndata:\n\n",
                data("text/plain", "x\r\revent: control\ndata: {}\n\n"));
    }

    @Test
    void json_is_one_array() {
        assertEquals(
                "event: data\ndata:[\ndata:{\"a\":\ndata:1},\ndata:2\ndata:]\n\n",
                data("application/json", "{\"a\":\n1}", "2"));
    }

    @Test
    void anything_else_is_base64_of_all_of_it() {
        assertEquals("event: data\ndata:YWJj\n\n", data("image/png", "a", "bc"));
    }

    @Test
    void control_says_where_the_reader_is() {
        SseFrames frames = new SseFrames();
        frames.control(7, 1000L, true, false);
        frames.control(8, null, true, true);
        assertEquals(
                """
                event: control
                data:{"streamNextOffset":"0000000000000000_0000000000000007","streamCursor":"1000","upToDate":true}

                event: control
                data:{"streamNextOffset":"0000000000000000_0000000000000008","upToDate":true,"streamClosed":true}

                """,
                frames.bytes().text());
    }
}
