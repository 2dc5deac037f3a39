package dev.skerry.stream.sqlite;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.skerry.stream.Batch;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.ChunkBuilder;
import dev.skerry.stream.NewEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Compresses chunks, where that pays. Any number of threads.
///
/// Compressing takes longer than anything else that becomes of a large batch, so it is begun before it is the batch's turn
/// to be written, chunk by chunk on threads of its own, while the writer computes checksums.
final class ChunkPacker implements AutoCloseable {

    /// Below this many bytes a chunk is stored as it is: compressing one sale costs more than it saves.
    private static final int COMPRESS_BYTES_MIN = 4096;

    private static final int COMPRESSION_LEVEL = 1;

    /// What a chunk is stored as.
    ///
    /// @param zstdFrom its length before compression; 0 if it is not compressed
    record Packed(int zstdFrom, Bytes data) {}

    /// A chunk that only lacks its place in its stream, and is on its way to be compressed.
    record Part(ChunkBuilder chunk, CompletableFuture<Packed> packed, List<NewEvent> events) {}

    /// Events of which at least a part is ready.
    record PackedBatch(List<NewEvent> events, List<Part> parts) implements Batch {}

    /// What one thread compresses with.
    private static final class Press {
        private final ZstdCompressCtx zstd =
                new ZstdCompressCtx().setLevel(COMPRESSION_LEVEL).setChecksum(true);
        private byte[] buffer = new byte[0];
    }

    private final Queue<Press> idle = new ConcurrentLinkedQueue<>();

    Packed pack(Bytes chunk) {
        if (chunk.length() < COMPRESS_BYTES_MIN) {
            return new Packed(0, Bytes.of(chunk.copy()));
        }
        Press press = idle.poll();
        if (press == null) {
            press = new Press();
        }
        try {
            int bound = (int) Zstd.compressBound(chunk.length());
            if (press.buffer.length < bound) {
                press.buffer = new byte[bound];
            }
            int length =
                    press.zstd.compressByteArray(
                            press.buffer, 0, bound, chunk.array(), chunk.from(), chunk.length());
            if (length > chunk.length() - chunk.length() / 8) {
                return new Packed(0, Bytes.of(chunk.copy()));
            }
            return new Packed(chunk.length(), Bytes.of(new Bytes(press.buffer, 0, length).copy()));
        } finally {
            idle.add(press);
        }
    }

    /// Makes a batch ready to be stored; a small one is left as it is, so that it can share a chunk with its neighbours.
    Batch prepare(List<NewEvent> events) {
        long bytes = 0;
        for (NewEvent event : events) {
            bytes += event.payload().length();
        }
        List<Part> parts = new ArrayList<>();
        if (bytes >= COMPRESS_BYTES_MIN) {
            int from = 0;
            while (from < events.size()) {
                ChunkBuilder chunk = new ChunkBuilder(bytes);
                int to = from;
                while (to < events.size() && !chunk.full()) {
                    chunk.event(events.get(to));
                    to++;
                }
                Bytes whole = chunk.bytes();
                CompletableFuture<Packed> packed =
                        CompletableFuture.supplyAsync(
                                () -> pack(whole), Thread::startVirtualThread);
                parts.add(new Part(chunk, packed, events.subList(from, to)));
                from = to;
            }
        }
        return new PackedBatch(events, parts);
    }

    @Override
    public void close() {
        Press press = idle.poll();
        while (press != null) {
            press.zstd.close();
            press = idle.poll();
        }
    }
}
