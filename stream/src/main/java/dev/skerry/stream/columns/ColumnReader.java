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

    // What is known of a symbol, in one number: so many bits for its first slot, its frequency, and
    // how many raw bits follow.
    private static final int BEFORE_BITS = SCALE_MAX;
    private static final int FREQUENCY_BITS = SCALE_MAX + 1;

    private final long modulus;
    private final int mode;
    private final boolean delta;
    private long previous;
    private long least;
    private long divisor = 1;
    private int flatBits;
    private int scale;

    /// The symbol of each slot.
    private byte @Nullable [] slots;

    /// By symbol.
    private int[] about = {};

    /// By symbol: the smallest number that it stands for.
    private long[] base = {};

    /// Reads a column's head.
    ///
    /// One long method on purpose: it is called from many places, and what the JIT does not copy into each of them it compiles
    /// only once. HQ reads its first runs after a start while it compiles this.
    ///
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
        boolean listed = mode == LISTED;
        if (listed && delta) {
            throw Columns.faulty("a list of differences");
        }
        if (!listed) {
            least = head.signed();
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
                return;
            }
        }
        int count = head.count(SYMBOLS_MAX);
        base = new long[count];
        about = new int[count];
        int symbol = -1;
        for (int i = 0; i < count; i++) {
            if (listed) {
                base[i] = i == 0 ? head.signed() : base[i - 1] + head.varint() + 1;
                continue;
            }
            symbol += head.count(SYMBOLS_MAX) + 1;
            int extraBits = ColumnsFormat.extraBits(symbol);
            if (symbol >= SYMBOLS_MAX || extraBits > BITS_MAX) {
                throw Columns.faulty("a symbol that there is not");
            }
            base[i] = least + divisor * ColumnsFormat.base(symbol);
            about[i] = extraBits << (BEFORE_BITS + FREQUENCY_BITS);
        }
        scale = head.next();
        if (count == 0 || scale > SCALE_MAX) {
            throw Columns.faulty("a column without symbols");
        }
        byte[] all = head.slots(1 << scale);
        slots = all;
        int at = 0;
        for (int i = 0; i < count; i++) {
            int left = all.length - at;
            int frequency = i == count - 1 ? left : head.count(all.length) + 1;
            if (frequency > left || frequency == 0) {
                throw Columns.faulty("frequencies that do not add up");
            }
            about[i] |= frequency << BEFORE_BITS | at;
            Arrays.fill(all, at, at + frequency, (byte) i);
            at += frequency;
        }
    }

    /// Whether all its numbers are the same, namely [#first].
    boolean constant() {
        return mode == CONSTANT && !delta;
    }

    /// The number of a constant column.
    long first() {
        return least;
    }

    long next(CodeReader code) {
        long number = least;
        byte[] all = slots;
        if (all != null) {
            number = symbol(all, code);
        } else if (mode == FLAT) {
            number += divisor * code.bits(flatBits);
        }
        return delta ? added(number) : number;
    }

    private long symbol(byte[] all, CodeReader code) {
        int slot = code.slot(scale);
        int symbol = all[slot] & 0xFF;
        int facts = about[symbol];
        int before = facts & (1 << BEFORE_BITS) - 1;
        int frequency = facts >>> BEFORE_BITS & (1 << FREQUENCY_BITS) - 1;
        int extraBits = facts >>> (BEFORE_BITS + FREQUENCY_BITS);
        code.step(frequency, slot - before, scale);
        return extraBits == 0 ? base[symbol] : base[symbol] + divisor * code.bits(extraBits);
    }

    private long added(long difference) {
        previous += difference;
        if (modulus > 0 && previous >= modulus) {
            previous -= modulus;
        }
        return previous;
    }
}
