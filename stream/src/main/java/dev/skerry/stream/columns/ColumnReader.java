package dev.skerry.stream.columns;

import static dev.skerry.stream.columns.ColumnsFormat.BITS_MAX;
import static dev.skerry.stream.columns.ColumnsFormat.CONSTANT;
import static dev.skerry.stream.columns.ColumnsFormat.DELTA;
import static dev.skerry.stream.columns.ColumnsFormat.FLAT;
import static dev.skerry.stream.columns.ColumnsFormat.LISTED;
import static dev.skerry.stream.columns.ColumnsFormat.SCALE_MAX;
import static dev.skerry.stream.columns.ColumnsFormat.SMALL_CONSTANT;
import static dev.skerry.stream.columns.ColumnsFormat.SYMBOLS_MAX;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A column of numbers, read from the first to the last. What its head says is not trusted. For one thread at a time.
final class ColumnReader {

    /// The numbers of which symbols are the first.
    ///
    /// @param slots the symbol of each slot
    /// @param base by symbol: the smallest number
    /// @param extraBits by symbol: how many raw bits follow
    /// @param frequencies by symbol: how many slots it has
    /// @param before by symbol: its first slot
    // Never compared.
    @SuppressWarnings("ArrayRecordComponent")
    private record Symbols(
            int scale,
            byte[] slots,
            long[] base,
            byte[] extraBits,
            short[] frequencies,
            short[] before) {

        long next(CodeReader code, long divisor) {
            int slot = code.slot(scale);
            int symbol = slots[slot] & 0xFF;
            code.step(frequencies[symbol], slot - before[symbol], scale);
            int extra = extraBits[symbol];
            return extra == 0 ? base[symbol] : base[symbol] + divisor * code.bits(extra);
        }
    }

    private final long modulus;
    private final int mode;
    private final boolean delta;
    private long previous;
    private long least;
    private long divisor = 1;
    private int flatBits;
    private @Nullable Symbols symbols;

    /// @param head is at the column's head
    /// @param wrapsAt as it was written; 0: not
    ColumnReader(HeadReader head, long wrapsAt) {
        modulus = wrapsAt;
        head.column();
        int first = head.next();
        if (first >= SMALL_CONSTANT) {
            mode = CONSTANT;
            delta = false;
            least = (long) first - SMALL_CONSTANT;
            return;
        }
        mode = first & ~DELTA;
        delta = first != mode;
        if (mode == LISTED) {
            if (delta) {
                throw Columns.faulty("a list of differences");
            }
            symbols = readList(head);
            return;
        }
        least = head.signed();
        if (mode == CONSTANT && !delta) {
            return;
        }
        if (delta) {
            previous = head.signed();
        }
        if (mode == CONSTANT) {
            return;
        }
        divisor = head.varint() + 1;
        if (mode == FLAT) {
            flatBits = head.next();
            if (flatBits > BITS_MAX) {
                throw Columns.faulty("numbers of %d bits".formatted(flatBits));
            }
        } else {
            symbols = readSymbols(head);
        }
    }

    private static Symbols readList(HeadReader head) {
        long[] base = new long[head.count(SYMBOLS_MAX)];
        for (int i = 0; i < base.length; i++) {
            base[i] = i == 0 ? head.signed() : base[i - 1] + head.varint() + 1;
        }
        return readFrequencies(head, base, new byte[base.length]);
    }

    private Symbols readSymbols(HeadReader head) {
        long[] base = new long[head.count(SYMBOLS_MAX)];
        byte[] extraBits = new byte[base.length];
        int symbol = -1;
        for (int i = 0; i < base.length; i++) {
            symbol += head.count(SYMBOLS_MAX) + 1;
            if (symbol >= SYMBOLS_MAX || ColumnsFormat.extraBits(symbol) > BITS_MAX) {
                throw Columns.faulty("a symbol that there is not");
            }
            base[i] = least + divisor * ColumnsFormat.base(symbol);
            extraBits[i] = (byte) ColumnsFormat.extraBits(symbol);
        }
        return readFrequencies(head, base, extraBits);
    }

    private static Symbols readFrequencies(HeadReader head, long[] base, byte[] extraBits) {
        int scale = head.next();
        if (base.length == 0 || scale > SCALE_MAX) {
            throw Columns.faulty("a column without symbols");
        }
        byte[] slots = head.slots(1 << scale);
        short[] frequencies = new short[base.length];
        short[] before = new short[base.length];
        int at = 0;
        for (int i = 0; i < base.length; i++) {
            int left = slots.length - at;
            int frequency = i == base.length - 1 ? left : head.count(slots.length) + 1;
            if (frequency > left || frequency == 0) {
                throw Columns.faulty("frequencies that do not add up");
            }
            frequencies[i] = (short) frequency;
            before[i] = (short) at;
            Arrays.fill(slots, at, at + frequency, (byte) i);
            at += frequency;
        }
        return new Symbols(scale, slots, base, extraBits, frequencies, before);
    }

    long next(CodeReader code) {
        long number = least;
        if (symbols != null) {
            number = symbols.next(code, divisor);
        } else if (mode == FLAT) {
            number += divisor * code.bits(flatBits);
        }
        return delta ? added(number) : number;
    }

    private long added(long difference) {
        previous += difference;
        if (modulus > 0 && previous >= modulus) {
            previous -= modulus;
        }
        return previous;
    }
}
