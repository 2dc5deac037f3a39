package dev.skerry.stream.sqlite;

import dev.skerry.stream.Batch;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.ChunkBuilder;
import dev.skerry.stream.Compressor;
import dev.skerry.stream.Compressor.Compressed;
import dev.skerry.stream.NewEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Compresses chunks, where that pays. Any number of threads.
///
/// Compressing takes longer than anything else that becomes of a large batch, so it is begun before it is the batch's turn
/// to be written, chunk by chunk on threads of its own, while the writer computes checksums.
final class ChunkPacker implements AutoCloseable {

    /// A chunk that only lacks its place in its stream, and is on its way to be compressed.
    record Part(CompletableFuture<Compressed> packed, List<NewEvent> events) {}

    /// Events of which at least a part is ready.
    record PackedBatch(List<NewEvent> events, List<Part> parts) implements Batch {}

    private final Compressor compressor = Compressor.toStore();

    Compressed pack(Bytes chunk) {
        return compressor.compress(chunk);
    }

    /// Makes a batch ready to be stored; a small one is left as it is, so that it can share a chunk with its neighbours.
    Batch prepare(List<NewEvent> events) {
        long bytes = 0;
        for (NewEvent event : events) {
            bytes += event.payload().length();
        }
        List<Part> parts = new ArrayList<>();
        if (bytes >= Compressor.STORED_BYTES_MIN) {
            int from = 0;
            while (from < events.size()) {
                ChunkBuilder chunk = new ChunkBuilder(bytes);
                int to = from;
                while (to < events.size() && !chunk.full()) {
                    chunk.event(events.get(to));
                    to++;
                }
                Bytes whole = chunk.bytes();
                CompletableFuture<Compressed> packed =
                        CompletableFuture.supplyAsync(
                                () -> pack(whole), Thread::startVirtualThread);
                parts.add(new Part(packed, events.subList(from, to)));
                from = to;
            }
        }
        return new PackedBatch(events, parts);
    }

    @Override
    public void close() {
        compressor.close();
    }
}
