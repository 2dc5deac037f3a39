package dev.skerry.stream.columns;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Chunk;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Codes the entries of a chunk of similar events in JSON to far fewer bytes than zstd does, and exactly back: what
/// they have in common once, what differs in columns. `docs/columns-format.md` describes the result. Any number of
/// threads.
public final class Columns implements AutoCloseable {

    /// The first byte of what is coded.
    static final int VERSION = Chunk.COLUMNS;

    /// Fewer bytes are never worth it.
    public static final int BYTES_MIN = 1024;

    /// Longer entries are not looked at.
    public static final int BYTES_MAX = 4 * 1024 * 1024;

    /// What coded longer entries is not kept: it has grown with them.
    private static final int KEPT_BYTES_MAX = 1024 * 1024;

    private static final int LEVEL = 3;

    /// What one thread codes with.
    private static final class Press {
        private final Tearing tearing = new Tearing();
        private final CodeWriter code = new CodeWriter();
        private final ByteSink head = new ByteSink();
        private final ByteSink coded = new ByteSink();
        private final ZstdCompressCtx zstd =
                new ZstdCompressCtx()
                        .setLevel(LEVEL)
                        .setMagicless(true)
                        .setChecksum(false)
                        .setContentSize(false)
                        .setDictID(false);
    }

    private final Queue<Press> idle = new ConcurrentLinkedQueue<>();

    /// How many slots the columns of so many bytes may have: what a reader spends on them.
    private static int slotsMax(int length) {
        return (1 << 16) + 2 * length;
    }

    /// Codes entries, where that pays.
    ///
    /// @param lengthMax what the result must be shorter than, in bytes: as long as what would be sent otherwise
    /// @return an array of its own; empty: send them otherwise
    public Optional<Bytes> encode(Bytes entries, int lengthMax) {
        if (entries.length() < BYTES_MIN || entries.length() > BYTES_MAX) {
            return Optional.empty();
        }
        Press press = idle.poll();
        if (press == null) {
            press = new Press();
        }
        try {
            return encode(press, entries, lengthMax);
        } finally {
            press.tearing.forget();
            if (entries.length() > KEPT_BYTES_MAX) {
                press.zstd.close();
            } else {
                idle.add(press);
            }
        }
    }

    private static Optional<Bytes> encode(Press press, Bytes entries, int lengthMax) {
        if (!press.tearing.tear(entries)) {
            return Optional.empty();
        }
        ByteSink head = press.head;
        head.clear();
        if (!press.tearing.writeHead(head, slotsMax(entries.length()))
                || head.length > entries.length()) {
            return Optional.empty();
        }
        press.code.clear();
        press.tearing.code(press.code);
        ByteSink bits = press.code.endBits();
        ByteSink words = press.code.endWords();
        if (bits.length + words.length >= lengthMax) {
            return Optional.empty();
        }
        ByteSink coded = press.coded;
        coded.clear();
        coded.put(VERSION);
        coded.varint(head.length);
        coded.varint(bits.length);
        coded.varint(words.length);
        coded.put(bits.bytes, 0, bits.length);
        coded.put(words.bytes, 0, words.length);
        int bound = (int) Zstd.compressBound(head.length);
        coded.reserve(bound);
        coded.length +=
                press.zstd.compressByteArray(
                        coded.bytes, coded.length, bound, head.bytes, 0, head.length);
        return coded.length < lengthMax
                ? Optional.of(Bytes.of(new Bytes(coded.bytes, 0, coded.length).copy()))
                : Optional.empty();
    }

    /// The entries of a chunk, however they are compressed.
    ///
    /// @throws StreamException that the peer is at fault, if they cannot be read
    public static Bytes entries(Chunk chunk) {
        return chunk.inColumns()
                ? decode(chunk.data(), chunk.packedFrom(), Chunk.BYTES_MAX)
                : chunk.entries();
    }

    /// Makes the entries again.
    ///
    /// @param length of the result, as the peer says
    /// @param lengthMax what is longer is refused before memory is spent on it
    /// @throws StreamException that the peer is at fault
    public static Bytes decode(Bytes coded, int length, int lengthMax) {
        if (length < 0 || length > lengthMax) {
            throw faulty("%d bytes, where at most %d are taken".formatted(length, lengthMax));
        }
        HeadReader outer = new HeadReader(coded, 0);
        int version = outer.next();
        if (version != VERSION) {
            throw faulty("version %d, where only %d is known".formatted(version, VERSION));
        }
        int headLength = outer.count(length);
        int bitsLength = outer.count(coded.length());
        int wordsLength = outer.count(coded.length());
        Bytes bits = outer.take(bitsLength);
        Bytes words = outer.take(wordsLength);
        Bytes head = decompress(outer.rest(), headLength);
        return new Mending(
                        new HeadReader(head, slotsMax(length)), new CodeReader(bits, words), length)
                .mend();
    }

    private static Bytes decompress(Bytes compressed, int length) {
        try (ZstdDecompressCtx zstd = new ZstdDecompressCtx().setMagicless(true)) {
            byte[] head = new byte[length];
            int found =
                    zstd.decompressByteArray(
                            head,
                            0,
                            length,
                            compressed.array(),
                            compressed.from(),
                            compressed.length());
            if (found != length) {
                throw faulty("it ends too early");
            }
            return Bytes.of(head);
        } catch (ZstdException e) {
            throw new StreamException(
                    Kind.PEER_FAULTY, WHAT + "its head cannot be decompressed", REMEDY, false, e);
        }
    }

    private static final String WHAT = "entries coded in columns cannot be read: ";
    private static final String REMEDY =
            "nothing of it was used; look at the peer that sent it, or at what lies between";

    static StreamException faulty(String what) {
        return new StreamException(Kind.PEER_FAULTY, WHAT + what, REMEDY, false, null);
    }

    @Override
    public void close() {
        for (Press press = idle.poll(); press != null; press = idle.poll()) {
            press.zstd.close();
        }
    }
}
