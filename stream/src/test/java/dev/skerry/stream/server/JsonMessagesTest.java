package dev.skerry.stream.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

class JsonMessagesTest {

    private static List<String> split(String body) {
        // In the middle of an array, as bodies may be.
        byte[] bytes = ("[[" + body + "]]").getBytes(UTF_8);
        List<String> messages = texts(JsonMessages.split(new Bytes(bytes, 2, bytes.length - 4)));
        if (body.length() < 5000) {
            assertEquals(messages, texts(trickled(body.getBytes(UTF_8), 1)));
        }
        return messages;
    }

    private static List<String> texts(List<Bytes> messages) {
        return messages.stream().map(Bytes::text).toList();
    }

    /// The messages of a body of which a few bytes come at a time, each time in another array.
    private static List<Bytes> trickled(byte[] body, int bytes) {
        int[] come = {0};
        List<Bytes> messages = new ArrayList<>();
        JsonMessages cut =
                new JsonMessages(
                        Bytes.EMPTY,
                        made -> {
                            assertTrue(made == messages.size() || made == messages.size() + 1);
                            if (come[0] == body.length) {
                                return null;
                            }
                            come[0] = Math.min(body.length, come[0] + bytes);
                            return Bytes.of(Arrays.copyOf(body, come[0]));
                        });
        for (Bytes message = cut.next(); message != null; message = cut.next()) {
            messages.add(message);
        }
        return messages;
    }

    private static String refusal(byte[] body) {
        String whole =
                String.valueOf(
                        assertThrows(Refused.class, () -> JsonMessages.split(Bytes.of(body)))
                                .getMessage());
        for (int bytes = 1; bytes < 10; bytes += 4) {
            int pieces = bytes;
            Refused refused = assertThrows(Refused.class, () -> trickled(body, pieces));
            assertEquals(whole, refused.getMessage());
        }
        return whole;
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
                "",
                " ",
                "[1",
                "[1,]",
                "[,1]",
                "{} {}",
                "[1] 2",
                "[1]x",
                "nul",
                "01",
                "1.",
                "NaN",
                "'a'",
                "[1 2]",
                "{\"a\"}",
                "{a:1}",
                "\"a",
                "\"\\x\"",
                "\"\t\"",
                "// c\n1",
                "\u0000",
                "]",
                "[1}",
                "{]",
                "{\"a\":1]",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\" 1}",
                "truth",
                "tru",
                "-",
                "-x",
                "+1",
                ".5",
                "1e",
                "1e+",
                "00",
                "-01",
                "\"\\u12g4\"",
                "\"\\u12",
                "\"\\",
                "\"\n\"",
                "\f1",
                "1\u00a0"
            })
    void what_is_not_exactly_one_json_value_is_refused(String body) {
        refusal(body.getBytes(UTF_8));
    }

    @Test
    void what_is_not_utf_8_is_refused() {
        byte[] overlong = {'[', '"', (byte) 0xC0, (byte) 0x80, '"', ']'};
        assertTrue(refusal(overlong).contains("not UTF-8 (at byte 2)"));
        byte[] cut = {'"', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', (byte) 0xC3, '"'};
        assertTrue(refusal(cut).contains("not UTF-8 (at byte 9)"));
        refusal("[1]".getBytes(StandardCharsets.UTF_16LE));
        assertTrue(refusal("\uFEFF[1]".getBytes(UTF_8)).contains("byte order"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C0 AF",
                "C1 BF",
                "C2",
                "C2 22",
                "E0 9F BF",
                "ED A0 80",
                "EF BF",
                "F0 8F BF BF",
                "F4 90 80 80",
                "F5 80 80 80",
                "FF",
                "80",
                "E2 82 41",
                "F0 9F A5 C0"
            })
    void no_byte_that_is_not_utf_8_gets_through_wherever_it_is(String hex) {
        byte[] wrong = HexFormat.ofDelimiter(" ").parseHex(hex);
        for (int before = 0; before < 18; before++) {
            byte[] text = ("\"" + "x".repeat(before) + "€".repeat(before % 3)).getBytes(UTF_8);
            byte[] body = Arrays.copyOf(text, text.length + wrong.length + 1);
            System.arraycopy(wrong, 0, body, text.length, wrong.length);
            body[body.length - 1] = '"';
            assertEquals("the body is not UTF-8 (at byte " + text.length + ")", refusal(body));
        }
    }

    @Test
    void a_string_ends_at_its_quote_wherever_that_is() {
        for (int length = 0; length < 40; length++) {
            for (String last :
                    List.of(
                            "x", "é", "\u007f", "🥐", "\\\"", "\\\\", "\\u00e9", "\ud7ff",
                            "\ue000")) {
                String string = "\"" + "!".repeat(length) + last + "\"";
                assertEquals(
                        List.of(string, "2", string), split("[" + string + ",2," + string + "]"));
            }
            String tab = "\"" + "#".repeat(length) + "\t\"";
            assertTrue(refusal(tab.getBytes(UTF_8)).startsWith("at byte " + (length + 1) + ": "));
        }
    }

    /// Seeded damage to sound JSON: what Jackson, at its strictest, refuses is refused, and what it takes is cut as it cuts.
    @Test
    void damaged_json_is_judged_as_jackson_judges_it() {
        byte[] sound =
                "[ {\"a\" : [1, {\"]\":\"}\\\"\\\\\"}]} ,\n[[12.5e-1,-0],[]], \"é€🥐,[\\u00E9\", -1.5e+3,true , null,false,{},\"\" ] "
                        .getBytes(UTF_8);
        byte[] likely = "[]{}\",:\\ \n01-+.eEtfnu\u0001".getBytes(UTF_8);
        Random random = new Random(1);
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = sound.clone();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                int at = random.nextInt(changed.length);
                byte other =
                        random.nextInt(4) == 0
                                ? (byte) random.nextInt(256)
                                : likely[random.nextInt(likely.length)];
                int skipped = random.nextInt(3);
                byte[] before = Arrays.copyOf(changed, at);
                byte[] after =
                        Arrays.copyOfRange(
                                changed, Math.min(at + skipped, changed.length), changed.length);
                changed = Arrays.copyOf(before, at + 1 + after.length);
                changed[at] = other;
                System.arraycopy(after, 0, changed, at + 1, after.length);
            }
            byte[] body = changed;
            List<Bytes> expected = byJackson(body);
            List<Bytes> cut = null;
            try {
                cut = JsonMessages.split(Bytes.of(body));
                taken++;
                assertEquals(cut, trickled(body, 1 + i % 7));
            } catch (Refused e) {
                assertEquals(400, e.answer().status());
                assertEquals(String.valueOf(e.getMessage()), refusal(body));
            }
            assertEquals(expected, cut, () -> new String(body, UTF_8));
        }
        assertTrue(taken > 500, "only " + taken + " were sound");
    }

    /// @return null if the body is refused
    private static @Nullable List<Bytes> byJackson(byte[] body) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            return null;
        }
        JsonFactory json =
                JsonFactory.builder().disable(TokenStreamFactory.Feature.CHARSET_DETECTION).build();
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), body)) {
            List<Bytes> messages = new ArrayList<>();
            JsonToken first = parser.nextToken();
            if (first == null) {
                return null;
            }
            if (first == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    messages.add(value(parser, body));
                }
            } else {
                messages.add(value(parser, body));
            }
            return parser.nextToken() == null ? messages : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static Bytes value(JsonParser parser, byte[] body) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        // The parser looks at one byte more to know that a bare number has ended.
        while (body[end - 1] <= ' ') {
            end--;
        }
        return new Bytes(body, start, end - start);
    }

    @Test
    void a_number_has_a_greatest_length() {
        String most = "1".repeat(JsonMessages.NUMBER_LENGTH_MAX);
        assertEquals(List.of(most, "2"), split("[" + most + ",2]"));
        assertTrue(refusal((most + "1").getBytes(UTF_8)).contains("at most 1000 characters"));
    }

    @Test
    void nesting_has_a_limit() {
        int most = JsonMessages.NESTING_MAX;
        assertEquals(1, split("[".repeat(most) + "]".repeat(most)).size());
        String tooDeep = "[".repeat(most + 1) + "]".repeat(most + 1);
        assertTrue(refusal(tooDeep.getBytes(UTF_8)).contains("nesting depth"));
    }

    @Test
    void the_place_of_an_error_is_told() {
        assertTrue(refusal("[1,x]".getBytes(UTF_8)).startsWith("at byte 3"));
    }

    @Test
    void messages_of_one_body_have_a_limit() {
        String most = "1,".repeat(JsonMessages.MESSAGES_MAX - 1) + "1";
        assertEquals(JsonMessages.MESSAGES_MAX, split("[" + most + "]").size());
        byte[] more = ("[" + most + ",1]").getBytes(UTF_8);
        Refused refused = assertThrows(Refused.class, () -> JsonMessages.split(Bytes.of(more)));
        assertEquals(413, refused.answer().status());
    }
}
