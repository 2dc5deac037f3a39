package dev.skerry.stream;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// A run of a stream, as it is stored and sent. What it says of itself is a claim until [Copied] has proven it.
///
/// @param first the offset at which the run begins
/// @param next the offset after its end
/// @param before the stream's checksum before the run; null where this copy knows it no longer, because compaction has
///     removed what lay on both sides: the run then begins with a gap
/// @param after the stream's checksum after the run
/// @param packedFrom the length of its entries before compression, in bytes; 0: not compressed
/// @param data entries as `docs/chunk-format.md` describes them, compressed or not
public record Chunk(
        long first,
        long next,
        @Nullable Checksum before,
        Checksum after,
        int packedFrom,
        Bytes data) {

    /// The most bytes of entries: an event of the largest size in a chunk that was all but full.
    public static final int BYTES_MAX = Limits.EVENT_BYTES_MAX + 1024 * 1024;

    /// What data in columns begins with; a zstd frame begins with another byte.
    public static final byte COLUMNS = 1;

    public Chunk {
        requireNonNull(after, "after");
        requireNonNull(data, "data");
    }

    /// A run of offsets that have all been compacted away.
    public static Chunk gap(long first, long next, @Nullable Checksum before, Checksum after) {
        ChunkBuilder gap = new ChunkBuilder(0);
        gap.gap(next - first, after);
        return new Chunk(first, next, before, after, 0, gap.bytes());
    }

    /// The entries, decompressed. Those that are in columns are read by `Columns`.
    ///
    /// @throws StreamException if they cannot be, or say that they would be longer than [#BYTES_MAX]
    public Bytes entries() {
        return packedFrom == 0 ? data : Compressor.decompress(data, packedFrom, BYTES_MAX);
    }

    /// Whether its data is in columns; else it is one zstd frame, or not compressed.
    public boolean inColumns() {
        return packedFrom > 0 && inColumns(data);
    }

    /// The same of compressed data.
    public static boolean inColumns(Bytes packed) {
        return packed.length() > 0 && packed.array()[packed.from()] == COLUMNS;
    }

    /// The same run for a receiver who knows what comes before.
    public Chunk after(Checksum known) {
        return new Chunk(first, next, known, after, packedFrom, data);
    }

    /// The rest of the run from an offset within it on; not compressed, unless it is the whole.
    public Chunk from(long offset) {
        if (offset == first) {
            return this;
        }
        Checksums checksums = new Checksums();
        Checksum checksum = before;
        ChunkReader reader = new ChunkReader(entries(), first);
        while (reader.nextOffset() < offset && reader.next()) {
            if (reader.nextOffset() > offset) {
                ChunkBuilder rest = new ChunkBuilder(reader.rest().length());
                rest.gap(reader.nextOffset() - offset, reader.afterGap());
                rest.entries(reader.rest(), 0, next - reader.nextOffset());
                return new Chunk(offset, next, null, after, 0, rest.bytes());
            }
            checksum =
                    reader.gap()
                            ? reader.afterGap()
                            : reader.checksum(requireNonNull(checksum), checksums);
        }
        if (reader.nextOffset() != offset || offset >= next) {
            throw new IllegalArgumentException("offset %d is not in %s".formatted(offset, this));
        }
        return new Chunk(offset, next, checksum, after, 0, reader.rest());
    }

    @Override
    public String toString() {
        return "chunk %d to %d, %d bytes".formatted(first, next, data.length());
    }
}
