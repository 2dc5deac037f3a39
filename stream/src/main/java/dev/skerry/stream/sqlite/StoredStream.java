package dev.skerry.stream.sqlite;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.Checksums;
import dev.skerry.stream.Chunk;
import dev.skerry.stream.ChunkBuilder;
import dev.skerry.stream.Compressor.Compressed;
import dev.skerry.stream.Copied;
import dev.skerry.stream.Limits;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.ChunkPacker.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A stream as its database knows it: what is committed, for every thread, and what the open transaction has made of it,
/// for the writer alone.
final class StoredStream {

    /// For every thread.
    ///
    /// @param droppedOffset the offset after the last event that was dropped
    /// @param droppedPosition the position after it
    record Committed(StreamInfo info, long droppedOffset, long droppedPosition) {}

    /// What can be undone: everything that a transaction may change, and how far the chunks had got.
    private record Snapshot(
            StreamSettings settings,
            long start,
            long tail,
            Checksum checksum,
            long bytesThrough,
            long bytesBefore,
            long droppedOffset,
            long droppedPosition,
            int chunks,
            ChunkBuilder.@Nullable Mark lastChunk) {}

    /// A chunk of the open transaction.
    static final class Pending {
        final long firstOffset;
        final Checksum before;

        /// Takes what is appended next, if there is room; null where the chunk is complete.
        final @Nullable ChunkBuilder open;

        /// As it will be stored, if it came so or a caller has prepared it; it is then complete.
        final @Nullable CompletableFuture<Compressed> packed;

        long nextOffset;
        Checksum after;

        private Pending(
                StoredStream stream,
                @Nullable ChunkBuilder open,
                @Nullable CompletableFuture<Compressed> packed) {
            this.firstOffset = stream.tail;
            this.before = stream.checksum;
            this.open = open;
            this.packed = packed;
            this.nextOffset = firstOffset;
            this.after = before;
        }

        /// Nothing was appended that has not been undone.
        boolean empty() {
            return nextOffset == firstOffset;
        }

        /// Whether it holds no event.
        boolean onlyGaps() {
            return open != null && open.events() == 0;
        }
    }

    final long id;
    final StreamName name;
    private volatile Committed committed;

    StreamSettings settings;
    long start;
    long tail;
    Checksum checksum;

    /// Bytes of chunks stored so far, those gone since included; and those of the gone ones alone.
    long bytesThrough;

    long bytesBefore;
    long droppedOffset;
    long droppedPosition;

    /// Appended by the open transaction: chunks, the last of them still open.
    final List<Pending> pending = new ArrayList<>();

    StoredStream(
            long id, StreamName name, StreamSettings settings, long offset, Checksum checksum) {
        this.id = id;
        this.name = name;
        this.settings = settings;
        this.start = offset;
        this.tail = offset;
        this.checksum = checksum;
        this.committed = seen();
    }

    /// As of the last commit. Only for streams that have been published.
    Committed committed() {
        return committed;
    }

    void append(NewEvent event, Checksums checksums) {
        ChunkBuilder chunk = open(1, 0);
        chunk.event(event);
        advance(event, checksums);
    }

    /// Appends a chunk that is ready.
    void append(Part part, Checksums checksums) {
        pending.add(new Pending(this, null, part.packed()));
        for (NewEvent event : part.events()) {
            advance(event, checksums);
        }
    }

    /// Appends what was copied: as it came, if that is how it would be stored.
    void append(Copied copied) {
        Chunk chunk = copied.chunk();
        if (copied.wellCompressed()) {
            Bytes data = chunk.data();
            boolean whole = data.length() == data.array().length;
            Compressed asItCame =
                    new Compressed(chunk.packedFrom(), whole ? data : Bytes.of(data.copy()));
            pending.add(new Pending(this, null, CompletableFuture.completedFuture(asItCame)));
        } else {
            Bytes entries = copied.entries();
            open(copied.events(), entries.length())
                    .entries(entries, copied.events(), chunk.next() - chunk.first());
        }
        advance(chunk.next(), chunk.after());
    }

    /// The chunk to append to.
    ///
    /// @param events how many are to come
    /// @param bytes how long they are together; 0: that does not matter
    private ChunkBuilder open(int events, int bytes) {
        ChunkBuilder open = pending.isEmpty() ? null : pending.getLast().open;
        if (open == null
                || open.full()
                || open.events() + events > Limits.CHUNK_EVENTS_MAX
                || open.length() + bytes > Limits.CHUNK_BYTES_MAX) {
            open = bytes == 0 ? new ChunkBuilder() : new ChunkBuilder(bytes);
            pending.add(new Pending(this, open, null));
        }
        return open;
    }

    private void advance(NewEvent event, Checksums checksums) {
        advance(tail + 1, checksums.after(checksum, event));
    }

    private void advance(long next, Checksum after) {
        tail = next;
        checksum = after;
        pending.getLast().nextOffset = next;
        pending.getLast().after = after;
    }

    /// The offset from which on events are not in the file yet.
    long pendingFrom() {
        return pending.isEmpty() ? tail : pending.getFirst().firstOffset;
    }

    /// Remembers this moment.
    ///
    /// @return puts everything back to it
    Runnable snapshot() {
        Snapshot then =
                new Snapshot(
                        settings,
                        start,
                        tail,
                        checksum,
                        bytesThrough,
                        bytesBefore,
                        droppedOffset,
                        droppedPosition,
                        pending.size(),
                        mark());
        return () -> restore(then);
    }

    private ChunkBuilder.@Nullable Mark mark() {
        ChunkBuilder open = pending.isEmpty() ? null : pending.getLast().open;
        return open == null ? null : open.mark();
    }

    private void restore(Snapshot then) {
        settings = then.settings;
        start = then.start;
        tail = then.tail;
        checksum = then.checksum;
        bytesThrough = then.bytesThrough;
        bytesBefore = then.bytesBefore;
        droppedOffset = then.droppedOffset;
        droppedPosition = then.droppedPosition;
        pending.subList(then.chunks, pending.size()).clear();
        if (then.lastChunk != null) {
            Pending last = pending.getLast();
            requireNonNull(last.open).cutBack(then.lastChunk);
            last.nextOffset = tail;
            last.after = checksum;
        }
    }

    /// Shows every thread what the transaction made of the stream.
    void publish() {
        pending.clear();
        committed = seen();
    }

    private Committed seen() {
        return new Committed(
                new StreamInfo(name, settings, start, tail, checksum, bytesThrough - bytesBefore),
                droppedOffset,
                droppedPosition);
    }
}
