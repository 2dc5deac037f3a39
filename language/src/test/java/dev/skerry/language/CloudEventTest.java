package dev.skerry.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.CloudEvent.Extension.Flag;
import dev.skerry.language.CloudEvent.Extension.Text;
import dev.skerry.language.CloudEvent.Extension.Whole;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final CloudEvent PAID =
            CloudEvent.of("1", "store-0042/orders", "dev.skerry.orders.OrderPaid", NOON, "{}");

    @Test
    void id_source_and_type_must_not_be_empty() {
        assertRefused("id must not be empty", () -> CloudEvent.of("", "s", "t", NOON, null));
        assertRefused("source must not be empty", () -> CloudEvent.of("1", "", "t", NOON, null));
        assertRefused("type must not be empty", () -> CloudEvent.of("1", "s", "", NOON, null));
        assertRefused("subject must not be empty", () -> PAID.withSubject(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\0", "\u007F", "\u0085", "\uFDD0", "\uFFFF", "\uD83F\uDFFE"})
    void attributes_hold_no_characters_that_cloudevents_forbids(String text) {
        assertThrows(IllegalArgumentException.class, () -> PAID.withSubject(text));
        assertThrows(IllegalArgumentException.class, () -> PAID.withExtension("x", new Text(text)));
    }

    @Test
    void attributes_hold_no_half_surrogate_pairs_and_the_message_says_where() {
        assertRefused(
                "subject must not hold U+D83C (at character 2)",
                () -> PAID.withSubject("ab\uD83C"));
        assertRefused("subject must not hold U+DF4F", () -> PAID.withSubject("\uDF4Fa"));
        assertEquals("🍏", PAID.withSubject("🍏").subject());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Zone", "my_zone", "my-zone", "zöne", "data_base64"})
    void an_extension_is_named_in_lower_case_letters_and_digits(String name) {
        assertRefused(
                "an extension's name must be of a-z and 0-9 only",
                () -> PAID.withExtension(name, new Whole(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "data", "specversion", "traceparent", "datacontenttype"})
    void an_extension_cannot_take_the_name_of_an_attribute(String name) {
        assertRefused("is no extension", () -> PAID.withExtension(name, new Text("x")));
    }

    @Test
    void extensions_keep_their_order_and_cannot_be_changed_from_outside() {
        var mine = new LinkedHashMap<String, CloudEvent.Extension>();
        mine.put("zone", new Text("north"));
        mine.put("attempt", new Whole(2));
        CloudEvent event =
                new CloudEvent("1", "s", "t", null, NOON, null, null, null, mine, null)
                        .withExtension("express", new Flag(true));
        mine.clear();

        assertEquals(
                List.of("zone", "attempt", "express"), List.copyOf(event.extensions().keySet()));
        assertThrows(UnsupportedOperationException.class, () -> event.extensions().clear());
    }

    @Test
    void time_lies_in_the_years_that_rfc_3339_can_write() {
        Instant tooLate = Instant.parse("+10000-01-01T00:00:00Z");

        assertRefused("years 0000 to 9999", () -> CloudEvent.of("1", "s", "t", tooLate, null));
        assertRefused("years 0000 to 9999", () -> CloudEvent.of("1", "s", "t", Instant.MIN, null));
    }

    @Test
    void white_space_around_data_is_not_part_of_it() {
        assertEquals("[ 1 ]", CloudEvent.of("1", "s", "t", NOON, "\n [ 1 ]\r\n").data());
    }

    @Test
    void traceparent_is_a_w3c_trace_context() {
        assertEquals(TRACE, PAID.withTraceparent(TRACE).traceparent());
        assertTrue(CloudEvent.isTraceparent("01" + TRACE.substring(2) + "-later"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0af7651916cd43dd8448eb211c80319c",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01x",
                "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            })
    void traceparent_is_nothing_else(String text) {
        assertFalse(CloudEvent.isTraceparent(text));
        assertRefused("traceparent must", () -> PAID.withTraceparent(text));
    }

    private static void assertRefused(String message, Runnable act) {
        var refusal = assertThrows(IllegalArgumentException.class, act::run);
        assertTrue(
                String.valueOf(refusal.getMessage()).contains(message),
                () -> "said: " + refusal.getMessage());
    }
}
