package dev.skerry.node.telemetry;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The disk under a node's data folder. Any thread.
///
/// @param freeBytesMin below this a node is not ready: it still writes, and somebody should come
public record Disk(Path folder, long freeBytesMin) {

    /// How full it is.
    ///
    /// @param freeBytes what this process may still write
    /// @param dataBytes what the data folder takes
    public record Space(long freeBytes, long totalBytes, long dataBytes) {}

    public Disk {
        requireNonNull(folder, "folder");
    }

    /// @return empty if the folder cannot be read
    public Optional<Space> space() {
        try {
            FileStore store = Files.getFileStore(folder);
            return Optional.of(
                    new Space(store.getUsableSpace(), store.getTotalSpace(), dataBytes()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private long dataBytes() throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        bytes.addAndGet(attributes.size());
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        // Files come and go while one looks.
                        return FileVisitResult.CONTINUE;
                    }
                });
        return bytes.get();
    }
}
