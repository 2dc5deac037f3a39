package dev.skerry.stream.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Event;
import dev.skerry.stream.StreamName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseFramesTest {

    private static String data(String type, String... payloads) throws IOException {
        List<Event> events = new ArrayList<>();
        for (String payload : payloads) {
            events.add(
                    new Event(StreamName.of("s"), events.size(), null, false, Bytes.of(payload)));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SseFrames frames = new SseFrames(out);
        frames.data(ContentType.of(type), events);
        frames.flush();
        return out.toString(UTF_8);
    }

    @Test
    void text_is_one_event_and_each_line_a_data_line_however_it_ends() throws IOException {
        assertEquals(
                "event: data\ndata:a\ndata:b\ndata:c\ndata:\ndata:d\n\n",
                data("text/plain", "a\r\nb\rc\n\nd"));
        assertEquals("event: data\ndata:one two\n\n", data("text/plain", "one", " two"));
        assertEquals("event: data\ndata:a\ndata:b\n\n", data("text/plain", "a\r", "\nb"));
        assertEquals("event: data\ndata:a\ndata:\n\n", data("text/plain", "a\n"));
    }

    @Test
    void a_space_at_the_beginning_of_a_line_survives_the_reader() throws IOException {
        assertEquals("event: data\ndata:  a\ndata:b\n\n", data("text/plain", " a\nb"));
    }

    @Test
    void a_stream_cannot_fake_an_event() throws IOException {
        assertEquals(
                "event: data\ndata:x\ndata:\ndata:event: control\ndata:data: {}\ndata:\ndata:\n\n",
                data("text/plain", "x\r\revent: control\ndata: {}\n\n"));
    }

    @Test
    void json_is_one_array() throws IOException {
        assertEquals(
                "event: data\ndata:[\ndata:{\"a\":\ndata:1},\ndata:2\ndata:]\n\n",
                data("application/json", "{\"a\":\n1}", "2"));
    }

    @Test
    void anything_else_is_base64_of_all_of_it() throws IOException {
        assertEquals("event: data\ndata:YWJj\n\n", data("image/png", "a", "bc"));
    }

    @Test
    void control_says_where_the_reader_is() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SseFrames frames = new SseFrames(out);
        frames.control(7, 1000L, true, false);
        frames.control(8, null, true, true);
        frames.flush();
        assertEquals(
                """
                event: control
                data:{"streamNextOffset":"0000000000000000_0000000000000007","streamCursor":"1000","upToDate":true}

                event: control
                data:{"streamNextOffset":"0000000000000000_0000000000000008","upToDate":true,"streamClosed":true}

                """,
                out.toString(UTF_8));
    }

    @Test
    void a_large_event_goes_out_in_small_pieces() throws IOException {
        String text = "x".repeat(70_000) + "\n" + "y".repeat(70_001);
        Event event = new Event(StreamName.of("s"), 0, null, false, Bytes.of(text));
        for (String type : List.of("text/plain", "image/png")) {
            List<Integer> pieces = new ArrayList<>();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SseFrames frames = new SseFrames(sized(out, pieces));
            frames.data(ContentType.of(type), List.of(event));
            frames.flush();
            assertTrue(pieces.stream().allMatch(bytes -> bytes > 0 && bytes <= 64 * 1024));
            assertTrue(pieces.size() < 5, "pieces of " + pieces);
            assertEquals(expected(type, text), out.toString(UTF_8));
        }
    }

    private static OutputStream sized(OutputStream out, List<Integer> pieces) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("bytes come together");
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                pieces.add(length);
                out.write(bytes, from, length);
            }
        };
    }

    private static String expected(String type, String text) {
        String data =
                type.startsWith("text")
                        ? text.replace("\n", "\ndata:")
                        : Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
        return "event: data\ndata:" + data + "\n\n";
    }
}
