package dev.skerry.benchmarks;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.Checksums;
import dev.skerry.stream.ChunkBuilder;
import dev.skerry.stream.ChunkReader;
import dev.skerry.stream.NewEvent;
import java.time.Duration;
import java.util.List;

/// What the log does to each event besides storing it, part by part: where its time goes.
final class PartRuns {

    private static final int ROUNDS = 5;
    private static final Duration TIME = Duration.ofMillis(250);

    private final Sales sales;

    PartRuns(Sales sales) {
        this.sales = sales;
    }

    Comparison.Results parts() throws Exception {
        List<Bytes> batch = sales.batch(0);
        List<NewEvent> events = batch.stream().map(NewEvent::of).toList();
        Checksums checksums = new Checksums();
        byte[] chunk = chunk(events).copy();
        byte[] squeezed = Zstd.compress(chunk, 1);
        try (ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(1)) {
            return new Comparison("parts: one thread, batches of 1,000, events/s", ROUNDS)
                    .side(
                            "running checksum",
                            () -> Load.perSecond(TIME, () -> checksum(checksums, events)))
                    .side(
                            "write a chunk",
                            () -> Load.perSecond(TIME, () -> chunk(events).length() < 0 ? 0 : 1000))
                    .side("read a chunk", () -> Load.perSecond(TIME, () -> count(Bytes.of(chunk))))
                    .side(
                            "compress a chunk (zstd 1)",
                            () ->
                                    Load.perSecond(
                                            TIME, () -> zstd.compress(chunk).length < 0 ? 0 : 1000))
                    .side(
                            "decompress a chunk",
                            () ->
                                    Load.perSecond(
                                            TIME,
                                            () ->
                                                    Zstd.decompress(squeezed, chunk.length).length
                                                                    < 0
                                                            ? 0
                                                            : 1000))
                    .run();
        }
    }

    private static long checksum(Checksums checksums, List<NewEvent> events) {
        Checksum running = Checksum.START;
        for (NewEvent event : events) {
            running = checksums.after(running, event);
        }
        return running.equals(Checksum.START) ? 0 : events.size();
    }

    private static Bytes chunk(List<NewEvent> events) {
        ChunkBuilder chunk = new ChunkBuilder();
        events.forEach(chunk::event);
        return chunk.bytes();
    }

    private static long count(Bytes chunk) {
        ChunkReader reader = new ChunkReader(chunk, 0);
        long events = 0;
        while (reader.next()) {
            events++;
        }
        return events;
    }
}
