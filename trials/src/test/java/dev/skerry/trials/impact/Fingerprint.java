package dev.skerry.trials.impact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Digests what is added, in this order.
final class Fingerprint {

    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    static byte[] of(byte[] content) {
        return new Fingerprint().add(content).bytes();
    }

    Fingerprint add(byte[] content) {
        digest.update(content);
        return this;
    }

    Fingerprint add(String text) {
        return add(of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// A file, or all files of a folder that are no classes, with their names. What is not there is something too.
    Fingerprint add(Path path) {
        try {
            if (Files.isDirectory(path)) {
                for (Path file : filesIn(path)) {
                    add(path.relativize(file).toString()).add(of(Files.readAllBytes(file)));
                }
            } else {
                add(Files.exists(path) ? of(Files.readAllBytes(path)) : new byte[1]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(it -> !it.toString().endsWith(ClassFolder.CLASS))
                    .sorted()
                    .toList();
        }
    }

    byte[] bytes() {
        return digest.digest();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
