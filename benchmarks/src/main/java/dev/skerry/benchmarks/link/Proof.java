package dev.skerry.benchmarks.link;

import static dev.skerry.benchmarks.link.LinkBytes.CHECKSUM_BYTES;

import com.github.luben.zstd.Zstd;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.columns.Columns;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What is known of a stream's running checksum, shared by all who follow it: the first who gets a run proves it event by
/// event, as `docs/protocol.md` and `docs/chunk-format.md` say; the others compare. Any thread.
final class Proof {

    private static final int RAW = 0;
    private static final int ZSTD = 1;
    private static final int COLUMNS = 3;
    private static final int ENTRIES_BYTES_MAX = 1 << 24;
    private static final int KIND_WITHOUT_KEY = 0;
    private static final int KIND_GAP = 3;

    private final Map<Long, byte[]> checksums = new ConcurrentHashMap<>();

    Proof() {
        checksums.put(0L, new byte[CHECKSUM_BYTES]);
    }

    /// @throws IllegalStateException if nothing that ends there has been proven
    byte[] at(long offset) {
        byte[] checksum = checksums.get(offset);
        if (checksum == null) {
            throw new IllegalStateException("no checksum is known at offset " + offset);
        }
        return checksum;
    }

    /// HQ's word is taken for what a stream begins with.
    void begin(long offset, byte[] checksum) {
        checksums.putIfAbsent(offset, checksum);
    }

    boolean knows(long offset) {
        return checksums.containsKey(offset);
    }

    /// @param data null if [#knows] what comes after
    /// @throws IllegalStateException if the run is not what it says
    void prove(Head head, byte @Nullable [] data) {
        byte[] after = checksums.get(head.next());
        if (after == null && data != null) {
            after = checksum(head, entries(head, data));
        }
        if (after == null
                || ByteBuffer.wrap(after).getLong(CHECKSUM_BYTES - Long.BYTES) != head.check) {
            throw new IllegalStateException(
                    "%s does not lead to what it says, but to %s"
                            .formatted(head, after == null ? "" : HexFormat.of().formatHex(after)));
        }
        checksums.putIfAbsent(head.next(), after);
    }

    /// What a run says of itself.
    ///
    /// @param first its first offset
    /// @param count how many offsets it has
    record Head(long first, long count, int coding, int rawBytes, long check) {

        static Head read(ByteBuffer in) {
            long first = LinkBytes.number(in);
            long count = LinkBytes.number(in);
            int coding = in.get() & 0xFF;
            return new Head(first, count, coding, LinkBytes.size(in), in.getLong());
        }

        long next() {
            return first + count;
        }

        boolean more() {
            return (coding & LinkBytes.MORE) != 0;
        }
    }

    private byte[] entries(Head head, byte[] data) {
        return switch (head.coding & ~LinkBytes.MORE) {
            case RAW -> data;
            case ZSTD -> Zstd.decompress(data, head.rawBytes);
            case COLUMNS -> Columns.decode(Bytes.of(data), head.rawBytes, ENTRIES_BYTES_MAX).copy();
            // What goes to many stores is not coded for one wire.
            default -> throw new IllegalStateException("not understood here: " + head);
        };
    }

    private byte[] checksum(Head head, byte[] entries) {
        byte[] checksum = at(head.first);
        MessageDigest digest = sha256();
        ByteBuffer in = ByteBuffer.wrap(entries);
        long offset = head.first;
        while (in.hasRemaining()) {
            long tag = LinkBytes.number(in);
            int kind = (int) (tag & 3);
            if (kind == KIND_GAP) {
                offset += tag >>> 2;
                checksum = LinkBytes.bytes(in, CHECKSUM_BYTES);
                continue;
            }
            digest.update(checksum);
            digest.update((byte) kind);
            if (kind != KIND_WITHOUT_KEY) {
                byte[] key = LinkBytes.bytes(in, LinkBytes.size(in));
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, key.length));
                digest.update(key);
            }
            digest.update(LinkBytes.bytes(in, (int) (tag >>> 2)));
            checksum = Arrays.copyOf(digest.digest(), CHECKSUM_BYTES);
            offset++;
        }
        if (offset != head.next()) {
            throw new IllegalStateException(head + " ends at " + offset);
        }
        return checksum;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
