package dev.skerry.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A fresh folder in the build tree, so on its disk, that is gone once closed.
public final class Scratch implements AutoCloseable {

    private final Path folder;
    private int given;

    Scratch() throws IOException {
        folder = Files.createTempDirectory(target(), "scratch-");
    }

    /// Where the build put this program: `benchmarks/target`.
    public static Path target() {
        try {
            Path classes =
                    Path.of(
                            Scratch.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            Path target = classes.toAbsolutePath().getParent();
            if (target == null) {
                throw new IllegalStateException(classes + " lies in no folder");
            }
            return target;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Path folder() {
        return folder;
    }

    /// A path that nobody has been given before.
    public Path fresh(String name) {
        return folder.resolve(name + "-" + ++given);
    }

    @Override
    public void close() throws IOException {
        delete(folder);
    }

    public static void delete(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            all.sorted(Comparator.reverseOrder())
                    .forEach(path -> {
                        try {
                            Files.deleteIfExists(path);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }
}
