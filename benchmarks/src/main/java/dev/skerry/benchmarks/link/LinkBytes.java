package dev.skerry.benchmarks.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.language.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Messages of the link as bytes, written from `docs/protocol.md` and nothing else: so this is also the proof that the page is
/// enough for somebody's other end.
final class LinkBytes {

    static final int VERSION = 1;

    static final int HELLO = 1;
    static final int WELCOME = 2;
    static final int REFUSED = 3;
    static final int READY = 4;
    static final int ANNOUNCE = 9;
    static final int FOLLOW = 10;
    static final int START_OVER = 11;
    static final int DATA = 12;
    static final int PART = 13;
    static final int ACK = 14;
    static final int HEARD = 15;
    static final int PING = 16;
    static final int PONG = 17;
    static final int DROPPED = 19;

    static final int MORE = 0x80;
    static final int CHECKSUM_BYTES = 16;

    private LinkBytes() {}

    static byte[] json(int message, JsonObject fields) {
        return new Out(message).bytes(fields.write().getBytes(UTF_8)).toBytes();
    }

    /// A message that consists of numbers.
    static byte[] numbers(int message, long... fields) {
        Out out = new Out(message);
        Arrays.stream(fields).forEach(out::number);
        return out.toBytes();
    }

    /// A message being written.
    static final class Out {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Out(int message) {
            bytes.write(message);
        }

        Out number(long value) {
            long rest = value;
            for (; rest > 0x7F; rest >>>= 7) {
                bytes.write((int) ((rest & 0x7F) | 0x80));
            }
            bytes.write((int) rest);
            return this;
        }

        Out bytes(byte[] more) {
            bytes.writeBytes(more);
            return this;
        }

        byte[] toBytes() {
            return bytes.toByteArray();
        }
    }

    /// @throws BufferUnderflowException if there is no whole number
    static long number(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    static int size(ByteBuffer in) {
        return Math.toIntExact(number(in));
    }

    static byte[] bytes(ByteBuffer in, int count) {
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    static byte[] rest(ByteBuffer in) {
        return bytes(in, in.remaining());
    }

    static JsonObject json(ByteBuffer in) {
        return JsonObject.parse(rest(in));
    }
}
