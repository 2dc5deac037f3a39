package dev.skerry.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What the disk itself can do: one write and one fdatasync at a time.
final class RawFile implements AutoCloseable {

    private static final int PREALLOCATED_BYTES = 8 * 1024 * 1024;

    private final FileChannel file;
    private final ByteBuffer record;
    private final boolean grows;
    private long at;

    /// @param grows else it overwrites a file that has its whole length already, as a write-ahead log mostly does
    RawFile(Path path, int recordBytes, boolean grows) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.record = ByteBuffer.allocateDirect(recordBytes);
        this.grows = grows;
        if (!grows) {
            ByteBuffer zeros = ByteBuffer.allocate(PREALLOCATED_BYTES);
            while (zeros.hasRemaining()) {
                file.write(zeros, zeros.position());
            }
            file.force(true);
        }
    }

    /// @return 1: the event that would have been written
    long append() throws IOException {
        if (!grows && at + record.capacity() > PREALLOCATED_BYTES) {
            at = 0;
        }
        record.clear();
        while (record.hasRemaining()) {
            at += file.write(record, at);
        }
        file.force(false);
        return 1;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
