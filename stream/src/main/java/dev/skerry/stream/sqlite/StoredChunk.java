package dev.skerry.stream.sqlite;

import com.github.luben.zstd.Zstd;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.ChunkReader;
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
                Bytes.of(zstdFrom == 0 ? data : Zstd.decompress(data, zstdFrom)));
    }

    ChunkReader reader() {
        return new ChunkReader(bytes, firstOffset);
    }
}
