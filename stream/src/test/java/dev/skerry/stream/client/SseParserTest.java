package dev.skerry.stream.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skerry.stream.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {

    private static final String TEXT =
            """
            : a comment

            event: data
            data: {"sku":"4711",
            data: "name":"Käse"}

            id: 7
            retry: 100
            event:control
            data:{"streamNextOffset":"5"}

            """;

    private static final List<SseEvent> EVENTS =
            List.of(
                    new SseEvent("data", Bytes.of("{\"sku\":\"4711\",\n\"name\":\"Käse\"}")),
                    new SseEvent("control", Bytes.of("{\"streamNextOffset\":\"5\"}")));

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void events_are_the_same_however_lines_end_and_bytes_are_cut(String lineEnd)
            throws MalformedException {
        byte[] bytes = TEXT.replace("\n", lineEnd).getBytes(UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            assertEquals(EVENTS, parse(new SseParser(1000), bytes, size), "pieces of " + size);
        }
    }

    @Test
    void only_one_space_after_the_colon_is_not_data() throws MalformedException {
        assertEquals(
                List.of(new SseEvent("", Bytes.of(" two\n\n"))),
                parse(new SseParser(1000), "data:  two\ndata:\ndata\n\n".getBytes(UTF_8), 5));
    }

    @Test
    void a_byte_order_mark_at_the_beginning_means_nothing() throws MalformedException {
        assertEquals(
                List.of(new SseEvent("data", Bytes.of("x"))),
                parse(new SseParser(1000), "\uFEFFevent: data\ndata: x\n\n".getBytes(UTF_8), 2));
    }

    @Test
    void an_event_without_its_empty_line_is_not_an_event() throws MalformedException {
        assertEquals(
                List.of(), parse(new SseParser(1000), "event: data\ndata: x\n".getBytes(UTF_8), 9));
    }

    @Test
    void a_type_without_data_is_forgotten_at_the_empty_line() throws MalformedException {
        assertEquals(
                List.of(new SseEvent("", Bytes.of("x"))),
                parse(new SseParser(1000), "event: data\n\ndata: x\n\n".getBytes(UTF_8), 4));
    }

    @Test
    void an_event_of_the_largest_size_is_taken_and_a_larger_one_refused()
            throws MalformedException {
        byte[] fits = ("data: " + "x".repeat(94) + "\n\n").getBytes(UTF_8);
        assertEquals(1, parse(new SseParser(100), fits, 7).size());
        byte[] endless = ("data: " + "x".repeat(200)).getBytes(UTF_8);
        assertThrows(MalformedException.class, () -> parse(new SseParser(100), endless, 7));
        byte[] manyLines = "data: xxxxxxxxx\n".repeat(20).getBytes(UTF_8);
        assertThrows(MalformedException.class, () -> parse(new SseParser(100), manyLines, 7));
    }

    private static List<SseEvent> parse(SseParser parser, byte[] bytes, int pieceSize)
            throws MalformedException {
        List<SseEvent> events = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += pieceSize) {
            ByteBuffer piece =
                    ByteBuffer.wrap(
                            Arrays.copyOfRange(
                                    bytes, from, Math.min(bytes.length, from + pieceSize)));
            SseEvent event = parser.next(piece);
            while (event != null) {
                events.add(event);
                event = parser.next(piece);
            }
        }
        return events;
    }
}
