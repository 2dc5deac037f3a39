package dev.skerry.stream;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.skerry.stream.StreamException.Kind;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Compresses chunks with zstd, where that pays: to be stored, or to be sent. Any number of threads.
public final class Compressor implements AutoCloseable {

    /// Below this many bytes a chunk is stored as it is: compressing one sale costs more than it saves.
    public static final int STORED_BYTES_MIN = 4096;

    /// What is stored is compressed at zstd's quickest ordinary level.
    public static final int STORED_LEVEL = 1;

    /// When sent, every byte costs.
    private static final int SENT_BYTES_MIN = 128;

    /// For a few events each byte counts more than a few microseconds: 142 bytes for a sale of 600, where level 1 needs 149.
    private static final int TERSE_LEVEL = 6;

    /// What became of a chunk's entries.
    ///
    /// @param packedFrom their length before compression, in bytes; 0: not compressed
    /// @param data an array of its own
    public record Compressed(int packedFrom, Bytes data) {}

    /// What one thread compresses with.
    private static final class Press {
        private final ZstdCompressCtx zstd;

        /// Leaves out of a frame what its receiver knows anyway: length, dictionary, checksum.
        private final ZstdCompressCtx terse;

        private byte[] buffer = new byte[0];

        Press(int level) {
            zstd = new ZstdCompressCtx().setLevel(level).setChecksum(true);
            terse =
                    new ZstdCompressCtx()
                            .setLevel(TERSE_LEVEL)
                            .setMagicless(true)
                            .setChecksum(false)
                            .setContentSize(false)
                            .setDictID(false);
        }

        /// @return a part of the buffer
        Bytes press(ZstdCompressCtx with, Bytes from) {
            int bound = (int) Zstd.compressBound(from.length());
            if (buffer.length < bound) {
                buffer = new byte[bound];
            }
            int length =
                    with.compressByteArray(
                            buffer, 0, bound, from.array(), from.from(), from.length());
            return new Bytes(buffer, 0, length);
        }

        void close() {
            zstd.close();
            terse.close();
        }
    }

    private final int level;
    private final int bytesMin;
    private final Queue<Press> idle = new ConcurrentLinkedQueue<>();

    /// @param level zstd's, 1 to 22
    /// @param bytesMin fewer are left as they are
    public Compressor(int level, int bytesMin) {
        this.level = level;
        this.bytesMin = bytesMin;
    }

    /// As chunks are compressed to be stored.
    public static Compressor toStore() {
        return new Compressor(STORED_LEVEL, STORED_BYTES_MIN);
    }

    /// As chunks are compressed to be sent: also small ones.
    public static Compressor toSend() {
        return new Compressor(STORED_LEVEL, SENT_BYTES_MIN);
    }

    /// Whether compression has saved at least an eighth.
    static boolean pays(int length, int compressed) {
        return compressed <= length - length / 8;
    }

    /// Compresses entries, where that pays.
    public Compressed compress(Bytes entries) {
        if (entries.length() < bytesMin) {
            return new Compressed(0, Bytes.of(entries.copy()));
        }
        Press press = press();
        try {
            Bytes pressed = press.press(press.zstd, entries);
            return pays(entries.length(), pressed.length())
                    ? new Compressed(entries.length(), Bytes.of(pressed.copy()))
                    : new Compressed(0, Bytes.of(entries.copy()));
        } finally {
            idle.add(press);
        }
    }

    /// Compresses a few events against what the receiver has already: the result has no header, and is read by
    /// [#decompress(Bytes, int, int, Bytes)] with the same dictionary alone.
    ///
    /// @param dictionary any bytes; zstd takes them as what went before
    public Bytes compress(Bytes entries, Bytes dictionary) {
        Press press = press();
        try {
            press.terse.loadDict(whole(dictionary));
            return Bytes.of(press.press(press.terse, entries).copy());
        } finally {
            idle.add(press);
        }
    }

    private Press press() {
        Press press = idle.poll();
        return press == null ? new Press(level) : press;
    }

    /// Zstd takes whole arrays as dictionaries.
    private static byte[] whole(Bytes bytes) {
        return bytes.length() == bytes.array().length ? bytes.array() : bytes.copy();
    }

    /// Decompresses what a peer has sent. The length it gives is trusted as far as the limit, and must be right.
    ///
    /// @param length of the result, as the peer says
    /// @param lengthMax what is longer is refused before memory is spent on it
    /// @throws StreamException that the peer is at fault
    public static Bytes decompress(Bytes data, int length, int lengthMax) {
        try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
            return decompress(zstd, data, length, lengthMax);
        }
    }

    /// Decompresses what was compressed against a dictionary; otherwise as above.
    public static Bytes decompress(Bytes data, int length, int lengthMax, Bytes dictionary) {
        try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
            zstd.setMagicless(true).loadDict(whole(dictionary));
            return decompress(zstd, data, length, lengthMax);
        }
    }

    private static Bytes decompress(ZstdDecompressCtx with, Bytes data, int length, int lengthMax) {
        if (length < 0 || length > lengthMax) {
            throw faulty("%d bytes, where at most %d are taken".formatted(length, lengthMax), null);
        }
        byte[] decompressed = new byte[length];
        try {
            int found =
                    with.decompressByteArray(
                            decompressed, 0, length, data.array(), data.from(), data.length());
            if (found == length) {
                return Bytes.of(decompressed);
            }
            throw faulty("%d bytes, and are %d".formatted(length, found), null);
        } catch (ZstdException e) {
            throw faulty(length + " bytes, and cannot be decompressed: " + e.getMessage(), e);
        }
    }

    private static StreamException faulty(String what, @Nullable Throwable cause) {
        return new StreamException(
                Kind.PEER_FAULTY,
                "compressed data is said to be of " + what,
                "nothing of it was used; look at the peer that sent it, or at what lies between",
                false,
                cause);
    }

    @Override
    public void close() {
        Press press = idle.poll();
        while (press != null) {
            press.close();
            press = idle.poll();
        }
    }
}
