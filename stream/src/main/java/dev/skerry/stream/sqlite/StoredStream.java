package dev.skerry.stream.sqlite;

import dev.skerry.stream.Checksum;
import dev.skerry.stream.Checksums;
import dev.skerry.stream.ChunkBuilder;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.ChunkPacker.Packed;
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
        final ChunkBuilder chunk;

        /// As it will be stored, if a caller has prepared it; it is then complete.
        final @Nullable CompletableFuture<Packed> packed;

        Checksum after;

        Pending(
                long firstOffset,
                Checksum before,
                ChunkBuilder chunk,
                @Nullable CompletableFuture<Packed> packed) {
            this.firstOffset = firstOffset;
            this.before = before;
            this.chunk = chunk;
            this.packed = packed;
            this.after = before;
        }

        boolean full() {
            return packed != null || chunk.full();
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
        Pending last = pending.isEmpty() ? null : pending.getLast();
        if (last == null || last.full()) {
            last = new Pending(tail, checksum, new ChunkBuilder(), null);
            pending.add(last);
        }
        last.chunk.event(event);
        advance(last, event, checksums);
    }

    /// Appends a chunk that is ready.
    void append(Part part, Checksums checksums) {
        Pending ready = new Pending(tail, checksum, part.chunk(), part.packed());
        pending.add(ready);
        for (NewEvent event : part.events()) {
            advance(ready, event, checksums);
        }
    }

    private void advance(Pending chunk, NewEvent event, Checksums checksums) {
        checksum = checksums.after(checksum, event);
        chunk.after = checksum;
        tail++;
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
                        pending.isEmpty() ? null : pending.getLast().chunk.mark());
        return () -> restore(then);
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
            last.chunk.cutBack(then.lastChunk);
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
