package dev.skerry.stream.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Offsets, cursors, encodings, content types, lifetimes: each alone.
class SmallPartsTest {

    // ---- offsets

    @Test
    void offset_tokens_sort_as_text_the_way_offsets_sort_as_numbers() {
        assertEquals("0000000000000000_0000000000000000", Offset.token(0));
        assertTrue(Offset.token(9).compareTo(Offset.token(10)) < 0);
        assertEquals(new Offset.At(1234), Offset.parse(Offset.token(1234)));
        assertEquals(new Offset.Beginning(), Offset.parse(null));
        assertEquals(new Offset.Beginning(), Offset.parse("-1"));
        assertEquals(new Offset.Tail(), Offset.parse("now"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-2",
                "NOW",
                "0_0",
                "0000000000000000_000000000000000",
                "0000000000000000_00000000000000000",
                "0000000000000001_0000000000000000",
                "0000000000000000_000000000000000٣",
                "0000000000000000_00000000000000-1"
            })
    void what_was_never_given_out_is_no_offset(String text) {
        assertThrows(Refused.class, () -> Offset.parse(text));
    }

    // ---- cursors

    @Test
    void a_cursor_is_the_number_of_the_interval() {
        Instant now = Cursors.EPOCH.plusSeconds(45);
        assertEquals(2, Cursors.next(now, null, new Random(1)));
        assertEquals(2, Cursors.next(now, "1", new Random(1)));
        assertEquals(2, Cursors.next(now, "abc", new Random(1)));
    }

    @Test
    void a_client_that_is_as_far_is_always_moved_on() {
        Instant now = Cursors.EPOCH.plusSeconds(45);
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            long next = Cursors.next(now, "2", random);
            assertTrue(next > 2 && next <= 2 + 180, "next is " + next);
        }
    }

    // ---- encodings

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, IDENTITY",
                "'', IDENTITY",
                "identity, IDENTITY",
                "br, IDENTITY",
                "gzip, GZIP",
                "'gzip, deflate, br', GZIP",
                "'gzip, zstd', ZSTD",
                "'gzip;q=1.0, zstd;q=0.5', GZIP",
                "'gzip;q=0, zstd;q=0', IDENTITY",
                "*, ZSTD",
                "'*;q=0.5, gzip', GZIP",
                "'zstd;q=nonsense, GZIP', GZIP"
            })
    void the_best_encoding_that_the_client_takes_is_chosen(String accepted, Coding best) {
        assertEquals(best, Coding.accepted(accepted));
    }

    @ParameterizedTest
    @EnumSource(Coding.class)
    void what_is_compressed_can_be_read_again(Coding coding) throws IOException {
        Bytes text = Bytes.of("x".repeat(100) + "many many many words ".repeat(1000));
        Bytes packed = coding.compress(text.slice(100, text.length() - 100));
        try (var in = coding.decoded(new ByteArrayInputStream(packed.copy()))) {
            assertEquals(text.slice(100, text.length() - 100), Bytes.of(in.readAllBytes()));
        }
    }

    // ---- ETags

    @Test
    void tags_are_compared_weakly_and_one_of_several_is_enough() {
        assertTrue(ETags.match("\"a\", W/\"b\"", "W/\"b\""));
        assertTrue(ETags.match("\"b\"", "W/\"b\""));
        assertTrue(ETags.match("*", "W/\"b\""));
        assertFalse(ETags.match("\"c\"", "W/\"b\""));
        assertFalse(ETags.match(null, "W/\"b\""));
    }

    // ---- content types

    @Test
    void content_types_match_by_media_type_alone() {
        assertTrue(ContentType.of("Application/JSON; charset=utf-8").matches(ContentType.JSON));
        assertFalse(ContentType.of("text/plain").matches(ContentType.JSON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text", "text/", "/plain", "text/plain\r\nX: y", "te xt/plain", "a/b/c"})
    void what_is_not_a_content_type_is_refused(String text) {
        assertThrows(Refused.class, () -> ContentType.of(text));
    }

    // ---- lifetimes

    @Test
    void a_lifetime_is_over_at_its_very_end() {
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        Lifetime idle = new Lifetime.Idle(10);
        assertFalse(idle.over(begin, begin.plusMillis(9_999)));
        assertTrue(idle.over(begin, begin.plusSeconds(10)));
        Lifetime until = new Lifetime.Until(begin.plusSeconds(10));
        assertFalse(until.over(begin, begin.plusMillis(9_999)));
        assertTrue(until.over(begin.plusSeconds(5), begin.plusSeconds(10)));
        assertFalse(new Lifetime.Unlimited().over(begin, begin.plus(Duration.ofDays(100_000))));
        assertFalse(new Lifetime.Idle(Lifetime.TTL_SECONDS_MAX).over(begin, begin.plusSeconds(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "01", "1.0", "1e3", " 1", "9007199254740992", "٣"})
    void a_ttl_is_plain_digits(String ttl) {
        assertThrows(Refused.class, () -> Lifetime.ofHeaders(ttl, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2026-01-01",
                "2026-01-01T00:00:00",
                "+99999-01-01T00:00:00Z",
                "-999999999-01-01T00:00:00Z",
                "-0005-01-01T00:00:00Z",
                "0000-01-01T00:00:00+01:00",
                "9999-12-31T23:59:59-01:00"
            })
    void an_end_is_a_time_as_in_rfc_3339(String end) {
        assertThrows(Refused.class, () -> Lifetime.ofHeaders(null, end));
    }
}
