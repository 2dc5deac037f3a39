package dev.skerry.stream.sqlite;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.Chunk;
import dev.skerry.stream.ChunkReader;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.columns.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;

/// A row of the table `chunk`.
record StoredChunk(
        long position,
        long stream,
        long firstOffset,
        long nextOffset,
        long appendedAtMs,
        Checksum before,
        long bytesThrough,
        int storedBytes,
        Bytes bytes) {

    static final String SELECT =
            "SELECT position, stream, first_offset, next_offset, appended_at, checksum_before,"
                    + " bytes_through, packed_from, data FROM chunk";

    /// From the chunk that spans an offset on, or from the next one.
    static final String FROM_OFFSET =
            SELECT
                    + " WHERE stream = ?1 AND first_offset >= coalesce((SELECT max(first_offset)"
                    + " FROM chunk WHERE stream = ?1 AND first_offset <= ?2), 0)"
                    + " ORDER BY first_offset";

    /// @throws StreamException if the bytes are damaged
    static StoredChunk read(ResultSet rows) throws SQLException {
        int packedFrom = rows.getInt(8);
        byte[] data = rows.getBytes(9);
        return new StoredChunk(
                rows.getLong(1),
                rows.getLong(2),
                rows.getLong(3),
                rows.getLong(4),
                rows.getLong(5),
                Checksum.read(rows.getBytes(6), 0),
                rows.getLong(7),
                data.length,
                packedFrom == 0 ? Bytes.of(data) : decompress(data, packedFrom));
    }

    /// @throws StreamException if the bytes are damaged
    static Bytes decompress(byte[] data, int length) {
        Bytes packed = Bytes.of(data);
        try {
            return Chunk.inColumns(packed)
                    ? Columns.decode(packed, length, Chunk.BYTES_MAX)
                    : Bytes.of(Zstd.decompress(data, length));
        } catch (StreamException | ZstdException e) {
            throw new StreamException(
                    Kind.CORRUPT,
                    "stored events are damaged: " + e.getMessage(),
                    "put the file aside and restore it from a copy or from the other side of the"
                            + " link",
                    false,
                    e);
        }
    }

    ChunkReader reader() {
        return new ChunkReader(bytes, firstOffset);
    }
}
