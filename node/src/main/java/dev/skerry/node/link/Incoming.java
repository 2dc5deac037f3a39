package dev.skerry.node.link;

import dev.skerry.node.link.Home.Arrival;
import dev.skerry.node.link.Message.Coding;
import dev.skerry.node.link.Message.Data;
import dev.skerry.node.link.Message.Dropped;
import dev.skerry.node.link.Message.Part;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.Chunk;
import dev.skerry.stream.Compressor;
import dev.skerry.stream.Copied;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams.Checkpoint;
import dev.skerry.stream.columns.Columns;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// A stream that comes in over a wire: puts its parts together, and proves that they continue what is there. For one thread.
final class Incoming {

    final StreamName name;
    final boolean compacted;
    final String contentType;

    /// Where the stream ends, with all that has come in so far and will be written next.
    private Checkpoint end;

    /// Deletions before this offset may be missing in what comes.
    private long dropped;

    private final History history = new History();

    /// A run of which parts are missing yet.
    private @Nullable Data begun;

    private ByteArrayOutputStream parts = new ByteArrayOutputStream(0);

    Incoming(StreamName name, boolean compacted, String contentType, Checkpoint end) {
        this.name = name;
        this.compacted = compacted;
        this.contentType = contentType;
        this.end = end;
    }

    Checkpoint end() {
        return end;
    }

    /// What is kept of a run of which parts are missing yet.
    int partsBytes() {
        return parts.size();
    }

    void dropped(Dropped told) {
        dropped = Math.max(dropped, told.offset());
    }

    /// @return null if parts are missing yet
    /// @throws LinkException if it does not continue what is there
    /// @throws StreamException if it is not what it says
    @Nullable Arrival take(Data data) {
        if (begun != null) {
            throw LinkException.broken("a run of " + name + " begins within another");
        }
        if (data.first() != end.offset()) {
            throw LinkException.broken(
                    "a run of %s begins at %d, where it ends at %d"
                            .formatted(name, data.first(), end.offset()));
        }
        if (data.more()) {
            begun = data;
            keep(data.data());
            return null;
        }
        return arrived(data, data.data());
    }

    /// As above.
    @Nullable Arrival take(Part part) {
        Data head = begun;
        if (head == null) {
            throw LinkException.broken("a part of " + name + " belongs to no run");
        }
        keep(part.data());
        if (part.more()) {
            return null;
        }
        Bytes whole = Bytes.of(parts.toByteArray());
        // Not reset: that would keep what the largest run took.
        parts = new ByteArrayOutputStream(0);
        begun = null;
        return arrived(head, whole);
    }

    private void keep(Bytes data) {
        if (parts.size() + data.length() > Chunk.BYTES_MAX) {
            throw LinkException.broken("a run of " + name + " is too large");
        }
        parts.write(data.array(), data.from(), data.length());
    }

    private Arrival arrived(Data data, Bytes bytes) {
        if (!Run.mayExpand(data.rawBytes(), bytes.length())) {
            throw faulty(
                    "is said to be of %d bytes, and came in %d"
                            .formatted(data.rawBytes(), bytes.length()));
        }
        boolean packed = data.coding() == Coding.ZSTD || data.coding() == Coding.COLUMNS;
        // It is stored as it came, and tells by itself what it is.
        if (packed && Chunk.inColumns(bytes) != (data.coding() == Coding.COLUMNS)) {
            throw faulty("is not coded as it says");
        }
        Bytes stored =
                data.coding() == Coding.HISTORY
                        ? Compressor.decompress(
                                bytes, data.rawBytes(), Chunk.BYTES_MAX, history.dictionary())
                        : bytes;
        Chunk claim =
                new Chunk(
                        data.first(),
                        data.next(),
                        end.checksum(),
                        new Checksum(0, data.check()),
                        packed ? data.rawBytes() : 0,
                        stored);
        Copied run = Copied.ofHalf(claim, Columns.entries(claim));
        if (!packed) {
            history.add(stored);
        }
        end = new Checkpoint(data.next(), run.chunk().after());
        return new Arrival(name, run, dropped);
    }

    private StreamException faulty(String what) {
        return new StreamException(
                StreamException.Kind.PEER_FAULTY,
                "a run of %s %s".formatted(name, what),
                "nothing of it was taken; look at the peer that sent it",
                false,
                null);
    }
}
