package dev.skerry.stream.columns;

import dev.skerry.stream.Bytes;
import java.util.Arrays;

/// Bytes that grow. For one thread at a time.
final class ByteSink {

    byte[] bytes = new byte[4096];
    int length;

    void clear() {
        length = 0;
    }

    /// Makes room for so many more.
    void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    void put(int b) {
        reserve(1);
        bytes[length++] = (byte) b;
    }

    void put(byte[] from, int start, int count) {
        reserve(count);
        System.arraycopy(from, start, bytes, length, count);
        length += count;
    }

    void put(Bytes more) {
        put(more.array(), more.from(), more.length());
    }

    void varint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void signed(long value) {
        varint(value << 1 ^ value >> 63);
    }
}
