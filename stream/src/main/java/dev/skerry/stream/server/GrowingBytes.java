package dev.skerry.stream.server;

import dev.skerry.stream.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes written one after the other. For one thread.
final class GrowingBytes {

    private byte[] array;
    private int length;

    GrowingBytes(int expected) {
        array = new byte[expected];
    }

    void write(int b) {
        reserve(1);
        array[length++] = (byte) b;
    }

    void write(byte[] from, int at, int count) {
        reserve(count);
        System.arraycopy(from, at, array, length, count);
        length += count;
    }

    void write(Bytes bytes) {
        write(bytes.array(), bytes.from(), bytes.length());
    }

    void write(String ascii) {
        byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        write(bytes, 0, bytes.length);
    }

    void littleEndian(int number) {
        for (int shift = 0; shift < 32; shift += 8) {
            write(number >>> shift);
        }
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /// Shares its array with this until more is written.
    Bytes bytes() {
        return new Bytes(array, 0, length);
    }

    private void reserve(int more) {
        if (array.length - length < more) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
        }
    }
}
