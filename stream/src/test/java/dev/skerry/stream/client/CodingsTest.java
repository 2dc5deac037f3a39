package dev.skerry.stream.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CodingsTest {

    private static final Bytes PLAIN = Bytes.of("a sale is a sale is a sale. ".repeat(500));

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void what_is_packed_is_unpacked(Compression.Coding coding) throws IOException {
        byte[] packed = packed(coding);
        assertTrue(packed.length < PLAIN.length() / 10);
        assertArrayEquals(PLAIN.copy(), decode(packed, coding, PLAIN.length()));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void an_answer_that_unpacks_to_more_than_allowed_is_refused(Compression.Coding coding) {
        byte[] packed = packed(coding);
        assertThrows(IOException.class, () -> decode(packed, coding, PLAIN.length() - 1));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void a_cut_off_answer_is_refused(Compression.Coding coding) {
        byte[] packed = packed(coding);
        byte[] cut = java.util.Arrays.copyOf(packed, packed.length - 3);
        assertThrows(IOException.class, () -> decode(cut, coding, PLAIN.length()));
    }

    @Test
    void a_small_body_goes_as_it_is() {
        assertEquals(Optional.empty(), Compression.zstd().apply(Bytes.of("small")));
        assertEquals(Optional.empty(), Compression.none().apply(PLAIN));
    }

    private static byte[] packed(Compression.Coding coding) {
        return new Compression(coding, 0).apply(PLAIN).orElseThrow().copy();
    }

    private static byte[] decode(byte[] packed, Compression.Coding coding, int bytesMax)
            throws IOException {
        return Codings.decode(
                packed, coding == Compression.Coding.GZIP ? "gzip" : "zstd", bytesMax);
    }
}
