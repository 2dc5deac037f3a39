package dev.skerry.node.link;

import dev.skerry.node.link.Message.Coding;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.Chunk;
import dev.skerry.stream.Compressor;
import dev.skerry.stream.Compressor.Compressed;
import dev.skerry.stream.Limits;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import dev.skerry.stream.Streams.Copy;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes runs for one wire: what is stored compressed goes as it is, small chunks are joined and compressed together, and
/// single events are compressed against what went before. Any thread, one at a time for each stream of a wire.
final class Packing implements Run.Maker {

    /// Below this a run is compressed with the history: beyond it, it is its own.
    static final int HISTORY_BYTES_MAX = 8 * 1024;

    private final Compressor compressor;
    private final boolean forOneWire;
    private final boolean bridgesGaps;

    private Packing(Compressor compressor, boolean forOneWire, boolean bridgesGaps) {
        this.compressor = compressor;
        this.forOneWire = forOneWire;
        this.bridgesGaps = bridgesGaps;
    }

    /// For what a store sends up: uses the history of its wire, and where the store has dropped what HQ lacks (telemetry, on a full
    /// disk), HQ's mirror gets a gap.
    static Packing up(Compressor compressor) {
        return new Packing(compressor, true, true);
    }

    /// For what many stores get: no run depends on the wire. Where HQ has dropped what a store lacks, the store is to start over.
    static Packing down(Compressor compressor) {
        return new Packing(compressor, false, false);
    }

    @Override
    public @Nullable Run run(Streams streams, StreamName stream, long offset, History history) {
        return switch (streams.copy(stream, offset, Limits.CHUNK_BYTES_MAX)) {
            case Copy.Gone gone when bridgesGaps -> {
                Chunk gap = Chunk.gap(offset, gone.earliest(), null, gone.before());
                yield raw(gap.first(), gap.next(), gap.after(), gap.data(), history);
            }
            case Copy.Gone _ -> throw new Dropped();
            case Copy.Chunks copied ->
                    copied.chunks().isEmpty() ? null : run(copied.chunks(), history);
        };
    }

    /// What comes next at an offset has been dropped.
    static final class Dropped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private Run run(List<Chunk> chunks, History history) {
        Chunk head = chunks.getFirst();
        if (head.zstdFrom() > 0) {
            return new Run(
                    head.first(),
                    head.next(),
                    head.after(),
                    Coding.ZSTD,
                    head.zstdFrom(),
                    head.data());
        }
        long next = head.next();
        Checksum after = head.after();
        Bytes entries = head.data();
        if (chunks.size() > 1 && chunks.get(1).zstdFrom() == 0) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream(4 * entries.length());
            for (Chunk chunk : chunks) {
                if (chunk.zstdFrom() > 0
                        || (joined.size() > 0
                                && (joined.size() + chunk.data().length() > Limits.CHUNK_BYTES_MAX
                                        || chunk.next() - head.first()
                                                > Limits.CHUNK_EVENTS_MAX))) {
                    break;
                }
                joined.write(chunk.data().array(), chunk.data().from(), chunk.data().length());
                next = chunk.next();
                after = chunk.after();
            }
            entries = Bytes.of(joined.toByteArray());
        }
        return forOneWire && entries.length() < HISTORY_BYTES_MAX
                ? small(head.first(), next, after, entries, history)
                : large(head.first(), next, after, entries, history);
    }

    private Run small(long first, long next, Checksum after, Bytes entries, History history) {
        Bytes packed = compressor.compress(entries, history.dictionary());
        if (packed.length() >= entries.length()) {
            return raw(first, next, after, entries, history);
        }
        history.add(entries);
        return new Run(first, next, after, Coding.HISTORY, entries.length(), packed);
    }

    private Run large(long first, long next, Checksum after, Bytes entries, History history) {
        Compressed packed = compressor.compress(entries);
        return packed.zstdFrom() == 0
                ? raw(first, next, after, entries, history)
                : new Run(first, next, after, Coding.ZSTD, entries.length(), packed.data());
    }

    private static Run raw(long first, long next, Checksum after, Bytes entries, History history) {
        history.add(entries);
        return new Run(first, next, after, Coding.RAW, entries.length(), entries);
    }
}
