package dev.skerry.language;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.CloudEvent.Extension.Flag;
import dev.skerry.language.CloudEvent.Extension.Text;
import dev.skerry.language.CloudEvent.Extension.Whole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventJsonTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final String NEEDED =
            "'specversion':'1.0','id':'1','source':'s','type':'t','time':'2026-01-02T12:00:00Z'";

    @Test
    void an_event_is_written_as_one_json_object_with_its_data_last() {
        CloudEvent event =
                CloudEvent.of("1", "store-0042/orders", "OrderPaid", NOON, "{\"total\": 6.880}")
                        .withSubject("order-17")
                        .withExtension("zone", new Text("say \"north\""))
                        .withExtension("attempt", new Whole(-2))
                        .withExtension("express", new Flag(true));

        assertEquals(
                """
                {"specversion":"1.0","id":"1","source":"store-0042/orders","type":"OrderPaid",\
                "subject":"order-17","time":"2026-01-02T12:00:00Z","zone":"say \\"north\\"",\
                "attempt":-2,"express":true,"data":{"total": 6.880}}\
                """,
                new String(CloudEventJson.write(event), UTF_8));
    }

    @Test
    void members_may_come_in_any_order_with_white_space_between() {
        CloudEvent event =
                read(
                        """
                        { 'data' : [ 1,
                            2 ] , 'zone':'north', 'time':'2026-01-02T12:00:00Z',
                          'type':'t', 'source':'s', 'express':false, 'id':'1', 'specversion':'1.0'}
                        """);

        assertEquals("[ 1,\n    2 ]", event.data());
        assertEquals(
                CloudEvent.of("1", "s", "t", NOON, event.data())
                        .withExtension("zone", new Text("north"))
                        .withExtension("express", new Flag(false)),
                event);
    }

    @Test
    void null_attributes_are_not_set_but_null_data_is_data() {
        CloudEvent event = read("{" + NEEDED + ",'subject':null,'zone':null,'data':null}");

        assertEquals(CloudEvent.of("1", "s", "t", NOON, "null"), event);
        assertNull(read("{" + NEEDED + "}").data());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T13:30:00+01:30, 2026-01-02T12:00:00Z",
        "2026-01-02T12:00:00-00:00, 2026-01-02T12:00:00Z",
        "2026-01-02t12:00:00z, 2026-01-02T12:00:00Z",
        "2026-01-02T12:00:00.5Z, 2026-01-02T12:00:00.500Z",
        "2026-01-02T12:00:00.000000001Z, 2026-01-02T12:00:00.000000001Z",
    })
    void time_is_read_with_any_offset_and_written_in_utc(String in, String out) {
        CloudEvent event = read("{" + NEEDED.replace("2026-01-02T12:00:00Z", in) + "}");

        assertTrue(
                new String(CloudEventJson.write(event), UTF_8).contains("\"time\":\"" + out + '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "noon",
                "2026-01-02",
                "2026-01-02T12:00Z",
                "2026-01-02T12:00:00",
                "2026-02-29T12:00:00Z",
                "2026-01-02T24:00:00Z",
                "12026-01-02T12:00:00Z",
                "-2026-01-02T12:00:00Z",
                "2026-01-02T12:00:00.Z",
                "2026-01-02T12:00:00.0000000001Z",
                "0000-01-01T00:00:00+01:00",
            })
    void anything_else_is_no_time(String text) {
        assertMalformed("time must be", "{" + NEEDED.replace("2026-01-02T12:00:00Z", text) + "}");
    }

    @Test
    void a_missing_attribute_is_named() {
        for (String name : new String[] {"specversion", "id", "source", "type", "time"}) {
            assertMalformed(
                    name + " is missing",
                    "{" + NEEDED.replaceAll("'" + name + "':'.*?'", "'x':1") + "}");
        }
    }

    @Test
    void messages_say_what_is_wrong_and_where() {
        assertMalformed("it is not a JSON object", "");
        assertMalformed("it is not a JSON object", "[{" + NEEDED + "}]");
        assertMalformed("more follows after its end, at byte 85", "{" + NEEDED + "} {}");
        assertMalformed("specversion must be 1.0, not 0.3", "{'specversion':'0.3'}");
        assertMalformed("id must be a string", "{" + NEEDED.replace("'1'", "1") + "}");
        assertMalformed("id must not be empty", "{" + NEEDED.replace("'1'", "''") + "}");
        for (String name : new String[] {"subject", "datacontenttype", "dataschema"}) {
            assertMalformed(name + " must not be empty", "{" + NEEDED + ",'" + name + "':''}");
        }
        assertMalformed("subject must not hold U+000A", "{" + NEEDED + ",'subject':'a\\nb'}");
        assertMalformed("subject must not hold U+D800", "{" + NEEDED + ",'subject':'\\ud800'}");
        assertMalformed("id is there twice, at byte 16", "{'id':'é','id':'2'}");
        assertMalformed("data is there twice", "{'data':null,'data':1}");
        assertMalformed("must be of a-z and 0-9 only, not \"Zone\"", "{" + NEEDED + ",'Zone':1}");
        assertMalformed("data_base64 is not supported", "{" + NEEDED + ",'data_base64':'AA=='}");
        assertMalformed("traceparent must", "{" + NEEDED + ",'traceparent':'00-0-0-01'}");
        assertMalformed("at byte 11", "{'data':[1,nope]}");
        assertMalformed("at byte", "{" + NEEDED + ",'data':{'open':");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e2", "2147483648", "[]", "{'a':1}", "99999999999999999999"})
    void an_extension_is_a_string_a_boolean_or_an_integer_of_32_bits(String value) {
        assertMalformed(
                "zone must be a string, a boolean or an integer of 32 bits, at byte 91",
                "{" + NEEDED + ",'zone':" + value + "}");
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused_and_never_altered() {
        byte[] latin = "{\"data\":\"Käse\"}".getBytes(ISO_8859_1);

        assertEquals(
                "not a CloudEvent in JSON: it is not UTF-8, at byte 10",
                assertThrows(MalformedEventException.class, () -> CloudEventJson.read(latin))
                        .getMessage());
        assertThrows(
                MalformedEventException.class,
                () -> CloudEventJson.read(quoted("{" + NEEDED + "}").getBytes(UTF_16LE)));
        assertMalformed("", "\uFEFF{" + NEEDED + "}");
    }

    @Test
    void a_message_is_one_short_line_whatever_was_sent() {
        String message = malformed("{" + NEEDED.replace("12:00:00Z", "\\n".repeat(1000)) + "}");

        assertFalse(message.contains("\n"), message);
        assertTrue(message.length() < 300, message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "{}}",
                "1 2",
                "1,\"id\":\"2\"",
                "nul",
                "'a'",
                "01",
                "\"\n\"",
                "\"\\x\"",
                "[1,]",
                "/* */ 1"
            })
    void data_that_is_not_one_json_value_is_never_written(String data) {
        CloudEvent event = CloudEvent.of("1", "s", "t", NOON, data);

        assertThrows(IllegalArgumentException.class, () -> CloudEventJson.write(event));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD800", "\uDC00", "\uDC00\uDC00", "\uDC00\uD800", "ab\uD83C🍏"})
    void data_with_half_a_surrogate_pair_is_never_written(String text) {
        CloudEvent event = CloudEvent.of("1", "s", "t", NOON, '"' + text + '"');

        assertThrows(IllegalArgumentException.class, () -> CloudEventJson.write(event));
    }

    @Test
    void data_may_be_nested_as_deep_as_promised_and_no_deeper() {
        int max = CloudEventJson.DATA_DEPTH_MAX;
        String deepest = "[".repeat(max) + "]".repeat(max);
        CloudEvent tooDeep = CloudEvent.of("1", "s", "t", NOON, "[" + deepest + "]");

        assertEquals(deepest, read("{" + NEEDED + ",'data':" + deepest + "}").data());
        assertRoundTrip(CloudEvent.of("1", "s", "t", NOON, deepest));
        assertThrows(IllegalArgumentException.class, () -> CloudEventJson.write(tooDeep));
        assertMalformed(
                "nesting depth (502) exceeds the maximum allowed (501",
                "{" + NEEDED + ",'data':[" + deepest + "]}");
    }

    @Test
    void data_may_be_long() {
        assertRoundTrip(CloudEvent.of("1", "s", "t", NOON, "9".repeat(100_000)));
        assertRoundTrip(CloudEvent.of("1", "s", "t", NOON, '"' + "🍏é".repeat(100_000) + '"'));
        assertRoundTrip(
                CloudEvent.of("1", "s", "t", NOON, "{\"" + "n".repeat(100_000) + "\":[1]}"));
    }

    @Test
    void every_event_is_read_back_as_it_was_written() {
        for (long seed = 0; seed < 5_000; seed++) {
            CloudEvent event = new Any(new SplittableRandom(seed)).event();
            assertRoundTrip(event, "seed " + seed);
        }
    }

    @Test
    void damaged_bytes_are_refused_as_malformed_or_read_as_another_event_that_can_be_written() {
        int refused = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            var chance = new SplittableRandom(seed);
            byte[] damaged = damage(CloudEventJson.write(new Any(chance).event()), chance);
            CloudEvent event;
            try {
                event = CloudEventJson.read(damaged);
            } catch (MalformedEventException e) {
                refused++;
                continue;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
            assertRoundTrip(event, "seed " + seed);
        }
        assertTrue(refused > 10_000, "refused only " + refused);
    }

    private static byte[] damage(byte[] bytes, RandomGenerator chance) {
        byte[] marks = "{}[]\",:\\u0e-. \0\uFFFF🍏".getBytes(UTF_8);
        byte[] damaged = bytes;
        for (int times = chance.nextInt(1, 4); times > 0; times--) {
            int place = chance.nextInt(damaged.length);
            int other = chance.nextInt(damaged.length);
            switch (chance.nextInt(5)) {
                case 0 -> damaged = Arrays.copyOf(damaged, place + 1);
                case 1 -> damaged = Arrays.copyOfRange(damaged, place, damaged.length);
                case 2 -> damaged[place] = (byte) chance.nextInt();
                case 3 -> damaged[place] = marks[chance.nextInt(marks.length)];
                default -> damaged[place] = damaged[other];
            }
        }
        return damaged;
    }

    /// Any event and any JSON, odd ones preferred.
    private record Any(RandomGenerator chance) {
        CloudEvent event() {
            CloudEvent event =
                    new CloudEvent(
                            text(),
                            text(),
                            text(),
                            chance.nextBoolean() ? null : text(),
                            Instant.ofEpochSecond(
                                    chance.nextLong(-62_167_219_200L, 253_402_300_800L),
                                    chance.nextInt(3) * chance.nextLong(500_000_000)),
                            chance.nextBoolean() ? null : text(),
                            chance.nextBoolean() ? null : text(),
                            null,
                            new LinkedHashMap<>(),
                            chance.nextInt(10) == 0 ? null : json(0));
            for (int i = chance.nextInt(4); i > 0; i--) {
                event =
                        event.withExtension(
                                "x" + chance.nextInt(1000),
                                switch (chance.nextInt(3)) {
                                    case 0 -> new Text(chance.nextBoolean() ? "" : text());
                                    case 1 -> new Whole(chance.nextInt());
                                    default -> new Flag(chance.nextBoolean());
                                });
            }
            return event;
        }

        /// Not empty, and of characters that CloudEvents allows.
        private String text() {
            String[] odd = {
                "\"", "\\", "/", "é", "\u2028", "\uFEFF", "€", "🍏", "'", "<", " ", "A"
            };
            var text = new StringBuilder();
            for (int i = chance.nextInt(1, 12); i > 0; i--) {
                text.append(odd[chance.nextInt(odd.length)]);
            }
            return text.toString();
        }

        private String json(int depth) {
            return switch (chance.nextInt(depth < 6 ? 8 : 5)) {
                case 0 -> "null";
                case 1 -> Boolean.toString(chance.nextBoolean());
                case 2 -> number();
                case 3, 4 -> string();
                case 5, 6 -> {
                    var members = new ArrayList<String>();
                    for (int i = chance.nextInt(5); i > 0; i--) {
                        members.add(name() + space() + ":" + space() + json(depth + 1));
                    }
                    yield "{" + space() + String.join(space() + ",", members) + "}";
                }
                default -> {
                    var elements = new ArrayList<String>();
                    for (int i = chance.nextInt(5); i > 0; i--) {
                        elements.add(json(depth + 1));
                    }
                    yield "[" + String.join("," + space(), elements) + space() + "]";
                }
            };
        }

        private String number() {
            var number = new StringBuilder(chance.nextBoolean() ? "-" : "");
            number.append(chance.nextInt(1, 10));
            number.append("0123456789".repeat(chance.nextInt(4) == 0 ? 200 : chance.nextInt(3)));
            number.append(chance.nextBoolean() ? "" : ".0" + chance.nextInt(1000) + "0");
            String[] exponents = {"", "", "e5", "E+007", "e-99999"};
            return number.append(exponents[chance.nextInt(exponents.length)]).toString();
        }

        private String string() {
            String[] odd = {
                "\\\"",
                "\\\\",
                "\\/",
                "\\n",
                "\\u0000",
                "\\uD83C\\udf4f",
                "\\ud800",
                "\u007F",
                "é",
                "\u2028",
                "\uFFFF",
                "🍏",
                "}",
                "]",
                ",",
                "{\\\"data\\\":1}",
                "plain"
            };
            var string = new StringBuilder("\"");
            for (int i = chance.nextInt(6); i > 0; i--) {
                string.append(odd[chance.nextInt(odd.length)]);
            }
            return string.append('"').toString();
        }

        /// Jackson takes half a surrogate pair in a string, but not in a name.
        private String name() {
            return string().replace("\\ud800", "");
        }

        private String space() {
            String[] spaces = {"", "", " ", "\n\t", "\r\n  "};
            return spaces[chance.nextInt(spaces.length)];
        }
    }

    private static void assertRoundTrip(CloudEvent event) {
        assertRoundTrip(event, "there and back");
    }

    private static void assertRoundTrip(CloudEvent event, String message) {
        byte[] written = CloudEventJson.write(event);
        CloudEvent read = CloudEventJson.read(written);
        assertEquals(event, read, message);
        assertArrayEquals(written, CloudEventJson.write(read), message);
    }

    private static CloudEvent read(String json) {
        return CloudEventJson.read(quoted(json).getBytes(UTF_8));
    }

    private static void assertMalformed(String message, String json) {
        String said = malformed(json);
        assertTrue(said.contains(message), () -> "said: " + said);
    }

    private static String malformed(String json) {
        return String.valueOf(
                assertThrows(MalformedEventException.class, () -> read(json)).getMessage());
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
