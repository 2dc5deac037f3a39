package dev.skerry.stream.columns;

import static dev.skerry.stream.columns.ColumnsFormat.LONGS;
import static dev.skerry.stream.columns.ColumnsFormat.STATE_MIN;

import dev.skerry.stream.Bytes;

/// Gives back symbols and raw bits, in the order in which they are needed. For one thread at a time.
final class CodeReader {

    private final byte[] bytes;
    private final int bitsFrom;
    private final int wordsFrom;
    private long bitsLeft;
    private int wordsAt;
    private int state;

    /// @param bits ended by a bit that is set
    /// @param words directly after the bits
    CodeReader(Bytes bits, Bytes words) {
        bytes = bits.array();
        bitsFrom = bits.from();
        wordsFrom = words.from();
        wordsAt = words.from() + words.length();
        int last = bits.length() == 0 ? 0 : bytes[bitsFrom + bits.length() - 1] & 0xFF;
        if (last == 0 || words.length() < 4 || (words.length() & 1) != 0) {
            throw Columns.faulty("its numbers have no end");
        }
        bitsLeft = 8L * (bits.length() - 1) + ColumnsFormat.bitsOf(last) - 1;
        state = word() << 16 | word();
        if (Integer.compareUnsigned(state, STATE_MIN) < 0) {
            throw Columns.faulty("its numbers have no end");
        }
    }

    private int word() {
        if (wordsAt == wordsFrom) {
            throw Columns.faulty("it has too few numbers");
        }
        wordsAt -= 2;
        return (bytes[wordsAt] & 0xFF) | (bytes[wordsAt + 1] & 0xFF) << 8;
    }

    /// Where the next symbol is, among all slots of its column.
    int slot(int scale) {
        return state & (1 << scale) - 1;
    }

    /// Steps over the symbol of that slot.
    void step(int frequency, int offset, int scale) {
        int x = frequency * (state >>> scale) + offset;
        state = Integer.compareUnsigned(x, STATE_MIN) < 0 ? x << 16 | word() : x;
    }

    long bits(int count) {
        bitsLeft -= count;
        if (bitsLeft < 0) {
            throw Columns.faulty("it has too few numbers");
        }
        int at = bitsFrom + (int) (bitsLeft >>> 3);
        long found = at <= bytes.length - 8 ? (long) LONGS.get(bytes, at) : tail(at);
        return found >>> (bitsLeft & 7) & (1L << count) - 1;
    }

    private long tail(int from) {
        long found = 0;
        for (int i = bytes.length - 1; i >= from; i--) {
            found = found << 8 | (bytes[i] & 0xFF);
        }
        return found;
    }

    /// Whether nothing is left.
    boolean done() {
        return bitsLeft == 0 && wordsAt == wordsFrom && state == STATE_MIN;
    }
}
