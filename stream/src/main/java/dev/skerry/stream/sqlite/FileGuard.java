package dev.skerry.stream.sqlite;

import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Keeps a second process away from a database file for as long as it is open: an operating system's lock on a file
/// beside it, which a killed process leaves free.
final class FileGuard implements AutoCloseable {

    private final FileChannel channel;

    private FileGuard(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws StreamException if another process, or another database of this process, holds the file
    static FileGuard lock(Path file) {
        Path path = file.resolveSibling(file.getFileName() + ".lock");
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = Files.readString(path, StandardCharsets.UTF_8).strip();
                channel.close();
                throw new StreamException(
                        Kind.IN_USE,
                        "%s is in use by %s"
                                .formatted(file, holder.isEmpty() ? "another process" : holder),
                        "stop it first, or use another data folder",
                        false,
                        null);
            }
            channel.truncate(0);
            String me = "process " + ProcessHandle.current().pid();
            channel.write(ByteBuffer.wrap(me.getBytes(StandardCharsets.UTF_8)));
            return new FileGuard(channel);
        } catch (IOException e) {
            if (channel != null) {
                closeQuietly(channel, e);
            }
            throw new StreamException(
                    Kind.IO,
                    "cannot lock " + path + ": " + e,
                    "check that the folder exists and belongs to the user that runs this",
                    false,
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void closeQuietly(FileChannel channel, IOException cause) {
        try {
            channel.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
