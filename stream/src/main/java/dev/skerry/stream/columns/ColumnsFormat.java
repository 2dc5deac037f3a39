package dev.skerry.stream.columns;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What both directions of [Columns] have to agree on. `docs/columns-format.md` describes it.
final class ColumnsFormat {

    /// Keys of entries are values of this place.
    static final int KEY = 0;

    /// Comes before the first text of a payload.
    static final int START = 1;

    /// After this, the rest of a payload is text.
    static final int REST = 2;

    static final int PLACES_MAX = 1024;

    /// The longest text before a value.
    static final int FRAGMENT_BYTES_MAX = 2048;

    /// Texts that a place knows again are at most so long, and so many.
    static final int KNOWN_BYTES_MAX = 64;

    static final int KNOWN_TEXTS_MAX = 4096;

    static final int FORMS_MAX = 64;

    /// All columns and parts of shapes.
    static final int COLUMNS_MAX = 8 * PLACES_MAX;

    /// Forms: any text; what another place had last; a decimal number; digits in a [Shape].
    static final int TEXT = 0;

    static final int COPY = 1;
    static final int NUMBER = 2;
    static final int SHAPED = 3;

    /// All numbers are the same.
    static final int CONSTANT = 0;

    /// All numbers take the same number of raw bits.
    static final int FLAT = 1;

    /// A symbol says how large a number is, raw bits the rest.
    static final int SCALED = 2;

    /// A symbol says which of a list of numbers it is.
    static final int LISTED = 3;

    /// Added to a mode: the column holds differences.
    static final int DELTA = 4;

    /// A first byte from here on is a constant.
    static final int SMALL_CONSTANT = 8;

    static final int SYMBOLS_MAX = 256;

    /// The most raw bits of one number.
    static final int BITS_MAX = 56;

    /// Numbers keep below this, so that a difference of differences still has few enough bits.
    static final long NUMBER_MAX = 1L << 54;

    /// Symbols are coded by frequencies that add up to at most two to the power of this.
    static final int SCALE_MAX = 12;

    /// The coder's state stays at or above this, and below its square.
    static final int STATE_MIN = 1 << 16;

    static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int EXACT = 16;
    private static final int EXACT_BITS = 4;

    private ColumnsFormat() {}

    /// @param number from 0
    static int symbol(long number) {
        if (number < EXACT) {
            return (int) number;
        }
        int top = 63 - Long.numberOfLeadingZeros(number);
        return EXACT + (top - EXACT_BITS) * 4 + ((int) (number >>> (top - 2)) & 3);
    }

    /// How many raw bits follow the symbol.
    static int extraBits(int symbol) {
        return symbol < EXACT ? 0 : ((symbol - EXACT) >> 2) + EXACT_BITS - 2;
    }

    /// The smallest number of the symbol.
    static long base(int symbol) {
        return symbol < EXACT ? symbol : (long) (4 + ((symbol - EXACT) & 3)) << extraBits(symbol);
    }

    static int bitsOf(long number) {
        return 64 - Long.numberOfLeadingZeros(number);
    }

    /// How many bytes a number takes as a varint.
    static int varintBytes(long number) {
        return Math.max(1, (bitsOf(number) + 6) / 7);
    }
}
