package dev.skerry.trials.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// A file system of its own, so small that it can be filled. Gone when closed.
final class SmallDisk implements AutoCloseable {

    private static final int BYTES = 16 * 1024 * 1024;

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /// Leaves the test out where this process may not mount.
    static SmallDisk mount(Path at) throws IOException, InterruptedException {
        String refusal = run("mount", "-t", "tmpfs", "-o", "size=" + BYTES, "tmpfs", at.toString());
        Assumptions.assumeTrue(
                refusal.isEmpty(), "a small disk cannot be mounted, which needs root: " + refusal);
        return new SmallDisk(at);
    }

    Path file(String name) {
        return path.resolve(name);
    }

    private Path ballast() {
        return file("ballast");
    }

    /// Leaves not one byte free.
    void fill() throws IOException {
        byte[] piece = new byte[4096];
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            while (true) {
                ballast.write(piece);
            }
        } catch (IOException e) {
            if (Files.getFileStore(path).getUsableSpace() > 0) {
                throw e;
            }
        }
    }

    void free() throws IOException {
        Files.delete(ballast());
    }

    @Override
    public void close() {
        try {
            // Lazily: it goes even if somebody still has a file open.
            String refusal = run("umount", "-l", path.toString());
            if (!refusal.isEmpty()) {
                throw new IllegalStateException(refusal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// @return why not; empty if it worked
    private static String run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
        try (var said = process.inputReader()) {
            String words = said.readAllAsString().strip();
            return process.waitFor() == 0 ? "" : words + " (" + process.exitValue() + ")";
        }
    }
}
