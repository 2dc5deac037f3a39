package dev.skerry.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetTokenTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999, 1_000_000_007, OffsetToken.OFFSET_MAX})
    void a_token_says_its_offset(long offset) {
        assertEquals(OptionalLong.of(offset), OffsetToken.parse(OffsetToken.of(offset)));
    }

    @Test
    void a_token_looks_as_clients_have_seen_it() {
        assertEquals("0000000000000000_0000000000000042", OffsetToken.of(42));
    }

    @Test
    void tokens_sort_as_their_offsets() {
        assertTrue(OffsetToken.of(9).compareTo(OffsetToken.of(10)) < 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "now",
                "",
                "42",
                "0000000000000000_42",
                "0000000000000001_0000000000000042",
                "0000000000000000_00000000000000420"
            })
    void what_is_no_token_has_no_offset(String text) {
        assertEquals(OptionalLong.empty(), OffsetToken.parse(text));
    }

    @Test
    void an_offset_that_no_token_can_hold_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> OffsetToken.of(-1));
        assertThrows(
                IllegalArgumentException.class, () -> OffsetToken.of(OffsetToken.OFFSET_MAX + 1));
    }
}
