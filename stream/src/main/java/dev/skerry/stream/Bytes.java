package dev.skerry.stream;

import static java.util.Objects.checkFromIndexSize;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A slice of a byte array: what an event carries. The array is shared, not copied, so nobody may change it; equality
/// is by content.
// The array is the point here: a slice without a copy; equality and hash are by content below.
@SuppressWarnings("ArrayRecordComponent")
public record Bytes(byte[] array, int from, int length) {

    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    public Bytes {
        checkFromIndexSize(from, length, array.length);
    }

    public static Bytes of(byte[] array) {
        return new Bytes(array, 0, array.length);
    }

    /// The UTF-8 bytes of a text.
    public static Bytes of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public Bytes slice(int start, int count) {
        checkFromIndexSize(start, count, length);
        return new Bytes(array, from + start, count);
    }

    public byte[] copy() {
        return Arrays.copyOfRange(array, from, from + length);
    }

    /// The slice read as UTF-8.
    public String text() {
        return new String(array, from, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(
                        array, from, from + length, that.array, that.from, that.from + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return text();
    }
}
