package dev.skerry.stream.memory;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Checksum;
import dev.skerry.stream.Chunk;
import dev.skerry.stream.ChunkBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes chunks of what a stream still holds, from an offset on.
final class Copying {

    private final MemoryStream stream;
    private final List<Chunk> chunks = new ArrayList<>();
    private ChunkBuilder entries = new ChunkBuilder();

    /// Where the open chunk begins, and how far it reaches.
    private long first;

    private long at;

    Copying(MemoryStream stream, long offset) {
        this.stream = stream;
        this.first = offset;
        this.at = offset;
    }

    List<Chunk> run(long bytesMax) {
        long bytes = 0;
        for (Entry entry : stream.entries.tailMap(at).values()) {
            gapUpTo(entry.offset());
            entries.event(entry.content());
            at = entry.offset() + 1;
            boolean enough = bytes + entries.length() >= bytesMax;
            if (enough || entries.full()) {
                bytes += entries.length();
                close();
            }
            if (enough) {
                return chunks;
            }
        }
        gapUpTo(stream.head().tail());
        close();
        return chunks;
    }

    private void gapUpTo(long offset) {
        if (offset > at) {
            entries.gap(offset - at, checksum(offset));
            at = offset;
        }
    }

    private void close() {
        if (at > first) {
            @Nullable Checksum before = stream.known.get(first);
            chunks.add(new Chunk(first, at, before, checksum(at), 0, entries.bytes()));
            entries = new ChunkBuilder();
            first = at;
        }
    }

    /// At both sides of an event the checksum stays known, and so it does at the tail.
    private Checksum checksum(long offset) {
        return requireNonNull(stream.known.get(offset));
    }
}
