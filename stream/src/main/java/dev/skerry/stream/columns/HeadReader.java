package dev.skerry.stream.columns;

import dev.skerry.stream.Bytes;

/// Reads the part of a coded chunk that says how the rest is coded. Trusts nothing of it. For one thread at a time.
final class HeadReader {

    private final byte[] bytes;
    private final int end;
    private int at;
    private int slotsLeft;
    private int columnsLeft = ColumnsFormat.COLUMNS_MAX;

    /// @param slotsMax how many slots its columns may have together
    HeadReader(Bytes head, int slotsMax) {
        bytes = head.array();
        at = head.from();
        end = head.from() + head.length();
        slotsLeft = slotsMax;
    }

    int next() {
        if (at == end) {
            throw Columns.faulty("it ends too early");
        }
        return bytes[at++] & 0xFF;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = next();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw Columns.faulty("a number that does not end");
    }

    long signed() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    /// A number from 0 to a limit.
    int count(int max) {
        long value = varint();
        if (value < 0 || value > max) {
            throw Columns.faulty("%d where at most %d can be".formatted(value, max));
        }
        return (int) value;
    }

    /// The next bytes, as a part of what is read.
    Bytes take(int length) {
        if (length > end - at) {
            throw Columns.faulty("it ends too early");
        }
        at += length;
        return new Bytes(bytes, at - length, length);
    }

    /// All that is left.
    Bytes rest() {
        return take(end - at);
    }

    /// Counts a column, or a part of a shape.
    void column() {
        columnsLeft--;
        if (columnsLeft < 0) {
            throw Columns.faulty("more columns than there can be");
        }
    }

    byte[] slots(int count) {
        slotsLeft -= count;
        if (slotsLeft < 0) {
            throw Columns.faulty("more symbols than it can need");
        }
        return new byte[count];
    }
}
