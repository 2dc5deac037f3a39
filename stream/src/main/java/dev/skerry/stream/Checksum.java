package dev.skerry.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// The running checksum of a stream: 128 bits that stand for every event ever appended before an offset, in order.
/// Two copies with the same checksum at an offset are equal up to it, also where compaction has since removed events
/// from one of them. [Checksums] says how it is computed.
public record Checksum(long high, long low) {

    /// Of a stream before its first event.
    public static final Checksum START = new Checksum(0, 0);

    public static final int BYTES = 16;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    public static Checksum read(byte[] bytes, int from) {
        return new Checksum((long) LONGS.get(bytes, from), (long) LONGS.get(bytes, from + 8));
    }

    /// Reads what [#toString] writes.
    ///
    /// @throws IllegalArgumentException if the text is not 32 hexadecimal digits
    public static Checksum parse(String text) {
        byte[] bytes = HexFormat.of().parseHex(text);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a checksum has 32 hexadecimal digits: " + text);
        }
        return read(bytes, 0);
    }

    public void write(byte[] bytes, int at) {
        LONGS.set(bytes, at, high);
        LONGS.set(bytes, at + 8, low);
    }

    public byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        write(bytes, 0);
        return bytes;
    }

    /// 32 hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
