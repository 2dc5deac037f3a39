package dev.skerry.stream.sqlite;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.ChunkReader;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
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
                    + " bytes_through, zstd_from, data FROM chunk";

    /// From the chunk that spans an offset on, or from the next one.
    static final String FROM_OFFSET =
            SELECT
                    + " WHERE stream = ?1 AND first_offset >= coalesce((SELECT max(first_offset)"
                    + " FROM chunk WHERE stream = ?1 AND first_offset <= ?2), 0)"
                    + " ORDER BY first_offset";

    /// @throws StreamException if the bytes are damaged
    static StoredChunk read(ResultSet rows) throws SQLException {
        int zstdFrom = rows.getInt(8);
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
                Bytes.of(zstdFrom == 0 ? data : decompress(data, zstdFrom)));
    }

    /// @throws StreamException if the bytes are damaged
    static byte[] decompress(byte[] data, int length) {
        try {
            return Zstd.decompress(data, length);
        } catch (ZstdException e) {
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
