package dev.skerry.stream.columns;

import static dev.skerry.stream.columns.ColumnsFormat.LONGS;
import static dev.skerry.stream.columns.ColumnsFormat.STATE_MIN;

/// Takes symbols and raw bits from the last to the first, as [CodeReader] gives them from the first to the last: an
/// entropy coder (rANS) with one state for the symbols of all columns. For one thread at a time.
final class CodeWriter {

    private final ByteSink words = new ByteSink();
    private final ByteSink bits = new ByteSink();
    private long pending;
    private int pendingBits;
    private int state;

    void clear() {
        words.clear();
        bits.clear();
        pending = 0;
        pendingBits = 0;
        state = STATE_MIN;
    }

    /// @param before the sum of the frequencies of the symbols before this one
    /// @param scale all frequencies add up to two to the power of this
    void symbol(int frequency, int before, int scale) {
        int x = state;
        long most = (long) frequency << (32 - scale);
        if (Integer.toUnsignedLong(x) >= most) {
            words.put(x);
            words.put(x >>> 8);
            x >>>= 16;
        }
        int quotient = Integer.divideUnsigned(x, frequency);
        state = (quotient << scale) + (x - quotient * frequency) + before;
    }

    /// @param count up to [ColumnsFormat#BITS_MAX]
    void bits(long value, int count) {
        bits.reserve(8);
        pending |= value << pendingBits;
        pendingBits += count;
        LONGS.set(bits.bytes, bits.length, pending);
        bits.length += pendingBits >>> 3;
        pending >>>= pendingBits & ~7;
        pendingBits &= 7;
    }

    /// The raw bits; the highest bit that is set only ends them.
    ByteSink endBits() {
        bits(1, 1);
        if (pendingBits > 0) {
            bits.put((int) pending);
        }
        return bits;
    }

    /// The symbols.
    ByteSink endWords() {
        words.put(state);
        words.put(state >>> 8);
        words.put(state >>> 16);
        words.put(state >>> 24);
        return words;
    }
}
