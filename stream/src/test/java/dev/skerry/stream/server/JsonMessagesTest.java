package dev.skerry.stream.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMessagesTest {

    private static List<String> split(String body) {
        // In the middle of an array, as bodies may be.
        byte[] bytes = ("[[" + body + "]]").getBytes(StandardCharsets.UTF_8);
        return JsonMessages.split(new Bytes(bytes, 2, bytes.length - 4)).stream()
                .map(Bytes::text)
                .toList();
    }

    private static String refusal(byte[] body) {
        return String.valueOf(
                assertThrows(Refused.class, () -> JsonMessages.split(Bytes.of(body))).getMessage());
    }

    @Test
    void an_array_is_cut_one_level_deep_and_each_message_keeps_its_bytes() {
        assertEquals(
                List.of(
                        "1",
                        "2.50e+3",
                        "\"a\\\"]\"",
                        "null",
                        "true",
                        "{\"ä\": [1,2]}",
                        "[3]",
                        "-0"),
                split(" [1 , 2.50e+3,\"a\\\"]\" ,null,true,\n{\"ä\": [1,2]} ,[3],-0 ] "));
        assertEquals(List.of("[1,2,3]"), split("[[1,2,3]]"));
        assertEquals(List.of(), split(" [ ] "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"x\"", "{\"n\": 1}", "null", "-12.5", "\"Brötchen 🥐\""})
    void any_other_value_is_one_message(String value) {
        assertEquals(List.of(value), split("\t" + value + " \n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "[1", "[1,]", "[,1]", "{} {}", "[1] 2", "[1]x", "nul", "01", "1.", "NaN",
                "'a'", "[1 2]", "{\"a\"}", "{a:1}", "\"a", "\"\\x\"", "\"\t\"", "// c\n1", "\u0000",
                "]"
            })
    void what_is_not_exactly_one_json_value_is_refused(String body) {
        refusal(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void what_is_not_utf_8_is_refused() {
        byte[] overlong = {'[', '"', (byte) 0xC0, (byte) 0x80, '"', ']'};
        assertTrue(refusal(overlong).contains("not UTF-8 (at byte 2)"));
        byte[] cut = {'"', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', (byte) 0xC3, '"'};
        assertTrue(refusal(cut).contains("not UTF-8 (at byte 9)"));
        refusal("[1]".getBytes(StandardCharsets.UTF_16LE));
        assertTrue(refusal("\uFEFF[1]".getBytes(StandardCharsets.UTF_8)).contains("byte order"));
    }

    @Test
    void nesting_has_a_limit() {
        int most = JsonMessages.NESTING_MAX;
        assertEquals(1, split("[".repeat(most) + "]".repeat(most)).size());
        String tooDeep = "[".repeat(most + 1) + "]".repeat(most + 1);
        assertTrue(refusal(tooDeep.getBytes(StandardCharsets.UTF_8)).contains("nesting depth"));
    }

    @Test
    void the_place_of_an_error_is_told() {
        assertTrue(refusal("[1,x]".getBytes(StandardCharsets.UTF_8)).startsWith("at byte 3"));
    }

    @Test
    void messages_of_one_body_have_a_limit() {
        String most = "1,".repeat(JsonMessages.MESSAGES_MAX - 1) + "1";
        assertEquals(JsonMessages.MESSAGES_MAX, split("[" + most + "]").size());
        byte[] more = ("[" + most + ",1]").getBytes(StandardCharsets.UTF_8);
        Refused refused = assertThrows(Refused.class, () -> JsonMessages.split(Bytes.of(more)));
        assertEquals(413, refused.answer().status());
    }
}
