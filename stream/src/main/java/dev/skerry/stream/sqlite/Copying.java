package dev.skerry.stream.sqlite;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.Chunk;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.Streams.Copy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hands out one stream as it is stored, from an offset on: one query, and nothing decompressed but a chunk that must be
/// cut. For one thread, once.
final class Copying {

    /// What a chunk takes beside its bytes, about: so that many small ones end a copy too.
    private static final int ROW_BYTES = 64;

    private static final String FROM_OFFSET =
            "SELECT first_offset, next_offset, checksum_before, checksum_after, packed_from, data"
                    + " FROM chunk WHERE stream = ?1 AND first_offset >= coalesce((SELECT"
                    + " max(first_offset) FROM chunk WHERE stream = ?1 AND first_offset <= ?2), 0)"
                    + " ORDER BY first_offset";

    private final StoredStream stream;
    private final StreamInfo info;
    private final long offset;
    private final List<Chunk> chunks = new ArrayList<>();

    /// How far the chunks reach, and the checksum there, if it is known.
    private long at;

    private @Nullable Checksum checksum;

    Copying(StoredStream stream, long offset) {
        this.stream = stream;
        this.info = stream.committed().info();
        this.offset = offset;
        this.at = offset;
        this.checksum = offset == 0 ? Checksum.START : null;
    }

    /// @return null if the stream has been deleted meanwhile
    @Nullable Copy run(Statements connection, long bytesMax) throws SQLException {
        if (offset >= info.tail()) {
            return new Copy.Chunks(List.of(), stream.committed().droppedOffset());
        }
        // What is missing has been compacted away; else offsets are dense, and it was dropped.
        boolean gaps = info.settings().compacted() && offset >= info.start();
        Copy.Gone gone = take(connection, gaps, bytesMax);
        // After the reading: a deletion that the chunks lack is then known to be gone.
        PreparedStatement select =
                connection.statement("SELECT dropped_offset FROM stream WHERE id = ?");
        select.setLong(1, stream.id);
        try (ResultSet rows = select.executeQuery()) {
            if (!rows.next()) {
                return null;
            }
            return gone != null ? gone : new Copy.Chunks(chunks, rows.getLong(1));
        }
    }

    private Copy.@Nullable Gone take(Statements connection, boolean gaps, long bytesMax)
            throws SQLException {
        PreparedStatement select = connection.statement(FROM_OFFSET);
        select.setLong(1, stream.id);
        select.setLong(2, offset);
        long bytes = 0;
        try (ResultSet rows = select.executeQuery()) {
            while (chunks.isEmpty() || bytes < bytesMax) {
                boolean more = rows.next();
                long first = more ? rows.getLong(1) : info.tail();
                if (first > at) {
                    Checksum before = more ? Checksum.read(rows.getBytes(3), 0) : info.checksum();
                    if (!gaps) {
                        return chunks.isEmpty() ? new Copy.Gone(first, before) : null;
                    }
                    chunks.add(Chunk.gap(at, first, checksum, before));
                    bytes += ROW_BYTES;
                    at = first;
                }
                if (!more) {
                    return null;
                }
                bytes += take(rows, first);
            }
        }
        return null;
    }

    /// @return about how many bytes this adds
    private long take(ResultSet rows, long first) throws SQLException {
        long next = rows.getLong(2);
        Checksum after = Checksum.read(rows.getBytes(4), 0);
        if (next <= offset) {
            // Between here and the offset all has been compacted away, and the checksums with it.
            checksum = next < offset ? null : after;
            return 0;
        }
        Checksum before = Checksum.read(rows.getBytes(3), 0);
        int packedFrom = rows.getInt(5);
        byte[] data = rows.getBytes(6);
        Chunk chunk =
                first >= offset
                        ? new Chunk(first, next, before, after, packedFrom, Bytes.of(data))
                        : cut(first, next, before, after, packedFrom, data);
        chunks.add(chunk);
        at = next;
        checksum = after;
        return chunk.data().length() + (long) ROW_BYTES;
    }

    private Chunk cut(
            long first, long next, Checksum before, Checksum after, int packedFrom, byte[] data) {
        Bytes entries = packedFrom == 0 ? Bytes.of(data) : StoredChunk.decompress(data, packedFrom);
        return new Chunk(first, next, before, after, 0, entries).from(offset);
    }
}
