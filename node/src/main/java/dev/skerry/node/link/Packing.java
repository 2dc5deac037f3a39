package dev.skerry.node.link;

import dev.skerry.node.link.Message.Coding;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Chunk;
import dev.skerry.stream.Compressor.Compressed;
import dev.skerry.stream.Limits;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import dev.skerry.stream.Streams.Copy;
import dev.skerry.stream.columns.Columns;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Makes runs for one wire: what is stored compressed goes as it is, small chunks are joined and compressed together, and
/// single events are compressed against what went before. Any thread, one at a time for each stream of a wire.
final class Packing implements Run.Maker {

    /// Below this a run is compressed with the history: beyond it, it is its own.
    static final int HISTORY_BYTES_MAX = 8 * 1024;

    private final Codecs codecs;
    private final boolean forOneWire;
    private final boolean bridgesGaps;
    private final boolean plain;
    private final BooleanSupplier thrifty;

    private Packing(
            Codecs codecs,
            boolean forOneWire,
            boolean bridgesGaps,
            boolean plain,
            BooleanSupplier thrifty) {
        this.codecs = codecs;
        this.plain = plain;
        this.thrifty = thrifty;
        this.forOneWire = forOneWire;
        this.bridgesGaps = bridgesGaps;
    }

    /// For what a store sends up: uses the history of its wire, and where the store has dropped what HQ lacks (telemetry, on a full
    /// disk), HQ's mirror gets a gap.
    ///
    /// @param plain nothing goes in columns
    /// @param thrifty whether bytes are dearer than time
    static Packing up(Codecs codecs, boolean plain, BooleanSupplier thrifty) {
        return new Packing(codecs, true, true, plain, thrifty);
    }

    /// For what many stores get: no run depends on the wire. Where HQ has dropped what a store lacks, the store is to start over.
    static Packing down(Codecs codecs) {
        return new Packing(codecs, false, false, false, () -> true);
    }

    /// For what a store codes before there is a wire.
    static Packing ahead(Codecs codecs) {
        return new Packing(codecs, false, false, false, () -> true);
    }

    @Override
    public @Nullable Run run(Streams streams, StreamName stream, long offset, History history) {
        return run(streams, stream, offset, Long.MAX_VALUE, history);
    }

    /// As above; where chunks are joined, the run does not go beyond an offset.
    @Nullable Run run(
            Streams streams, StreamName stream, long offset, long until, History history) {
        try {
            return packed(streams, stream, offset, until, history);
        } catch (IllegalStateException e) {
            throw new StreamException(
                    Kind.CORRUPT,
                    "what is stored of %s from %d on cannot be read: %s"
                            .formatted(stream, offset, e.getMessage()),
                    "bring the database back from a backup, or from the other side of the link",
                    false,
                    e);
        }
    }

    /// The run at an offset, unless it would become longer by what is appended yet.
    ///
    /// @param bytesMin so long, before compression, small chunks must be together
    @Nullable Run full(Streams streams, StreamName stream, long offset, int bytesMin) {
        return streams.copy(stream, offset, Limits.CHUNK_BYTES_MAX) instanceof Copy.Chunks copied
                        && isFull(copied.chunks(), bytesMin)
                ? run(copied.chunks(), Long.MAX_VALUE, copied.dropped(), new History())
                : null;
    }

    private static boolean isFull(List<Chunk> chunks, int bytesMin) {
        if (chunks.isEmpty() || chunks.getFirst().packedFrom() > 0) {
            return !chunks.isEmpty();
        }
        Chunk joined = joined(chunks, Long.MAX_VALUE);
        return joined.data().length() >= bytesMin || joined.next() < chunks.getLast().next();
    }

    private @Nullable Run packed(
            Streams streams, StreamName stream, long offset, long until, History history) {
        return switch (streams.copy(stream, offset, Limits.CHUNK_BYTES_MAX)) {
            case Copy.Gone gone when bridgesGaps -> {
                Chunk gap = Chunk.gap(offset, gone.earliest(), null, gone.before());
                yield raw(gap, gone.earliest(), history);
            }
            case Copy.Gone _ -> throw new Gone();
            case Copy.Chunks copied when copied.chunks().isEmpty() -> null;
            case Copy.Chunks copied -> run(copied.chunks(), until, copied.dropped(), history);
        };
    }

    /// What comes next at an offset is there no more.
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private Run run(List<Chunk> chunks, long until, long dropped, History history) {
        Chunk head = chunks.getFirst();
        if (!Run.mayExpand(head.packedFrom(), head.data().length())) {
            return raw(unpacked(head), dropped, history);
        }
        if (head.inColumns() && !plain) {
            return coded(head, Coding.COLUMNS, head.packedFrom(), head.data(), dropped);
        }
        if (head.packedFrom() > 0 && !head.inColumns()) {
            Run torn = thrifty() ? torn(head, head.entries(), dropped) : null;
            return torn != null
                    ? torn
                    : coded(head, Coding.ZSTD, head.packedFrom(), head.data(), dropped);
        }
        Chunk joined = head.inColumns() ? unpacked(head) : joined(chunks, until);
        Bytes entries = joined.data();
        if (forOneWire && entries.length() < HISTORY_BYTES_MAX) {
            Bytes packed = codecs.toSend().compress(entries, history.dictionary());
            if (packed.length() < entries.length()) {
                history.add(entries);
                return coded(joined, Coding.HISTORY, entries.length(), packed, dropped);
            }
            return raw(joined, dropped, history);
        }
        Run torn = thrifty() ? torn(joined, entries, dropped) : null;
        if (torn != null) {
            return torn;
        }
        Compressed packed = codecs.toSend().compress(entries);
        return packed.packedFrom() == 0
                        || !Run.mayExpand(packed.packedFrom(), packed.data().length())
                ? raw(joined, dropped, history)
                : coded(joined, Coding.ZSTD, entries.length(), packed.data(), dropped);
    }

    private boolean thrifty() {
        return !plain && thrifty.getAsBoolean();
    }

    /// In columns, if that is less than it is stored as.
    private @Nullable Run torn(Chunk chunk, Bytes entries, long dropped) {
        return codecs.columns()
                .encode(entries, chunk.data().length())
                .filter(columns -> Run.mayExpand(entries.length(), columns.length()))
                .map(columns -> coded(chunk, Coding.COLUMNS, entries.length(), columns, dropped))
                .orElse(null);
    }

    /// The chunks at the beginning that are not compressed, as one: entries of chunks can simply be put together.
    private static Chunk joined(List<Chunk> chunks, long until) {
        Chunk head = chunks.getFirst();
        if (chunks.size() == 1 || chunks.get(1).packedFrom() > 0) {
            return head;
        }
        Chunk last = head;
        ByteArrayOutputStream entries = new ByteArrayOutputStream(4 * head.data().length());
        for (Chunk chunk : chunks) {
            boolean fits =
                    entries.size() + chunk.data().length() <= Limits.CHUNK_BYTES_MAX
                            && chunk.next() <= until
                            && chunk.next() - head.first() <= Limits.CHUNK_EVENTS_MAX;
            if (chunk.packedFrom() > 0 || (entries.size() > 0 && !fits)) {
                break;
            }
            entries.write(chunk.data().array(), chunk.data().from(), chunk.data().length());
            last = chunk;
        }
        return new Chunk(
                head.first(),
                last.next(),
                head.before(),
                last.after(),
                0,
                Bytes.of(entries.toByteArray()));
    }

    private static Chunk unpacked(Chunk chunk) {
        return new Chunk(
                chunk.first(),
                chunk.next(),
                chunk.before(),
                chunk.after(),
                0,
                Columns.entries(chunk));
    }

    private static Run raw(Chunk chunk, long dropped, History history) {
        history.add(chunk.data());
        return coded(chunk, Coding.RAW, chunk.data().length(), chunk.data(), dropped);
    }

    private static Run coded(Chunk chunk, Coding coding, int rawBytes, Bytes data, long dropped) {
        return new Run(
                chunk.first(), chunk.next(), chunk.after().low(), coding, rawBytes, data, dropped);
    }
}
