package dev.skerry.stream.client;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Bytes;
import java.util.Optional;

/// How request bodies are compressed. Answers are decoded whatever this says.
///
/// @param fromBytes bodies smaller than this are sent as they are
public record Compression(Coding coding, int fromBytes) {

    public enum Coding {
        NONE,
        GZIP,
        ZSTD
    }

    public Compression {
        requireNonNull(coding, "coding");
    }

    /// For servers that do not say that they decode request bodies.
    public static Compression none() {
        return new Compression(Coding.NONE, Integer.MAX_VALUE);
    }

    public static Compression gzip() {
        return new Compression(Coding.GZIP, 1024);
    }

    public static Compression zstd() {
        return new Compression(Coding.ZSTD, 1024);
    }

    /// The body compressed, or empty if it goes as it is.
    Optional<Bytes> apply(Bytes body) {
        if (coding == Coding.NONE || body.length() < fromBytes) {
            return Optional.empty();
        }
        Bytes packed = coding == Coding.GZIP ? Codings.gzip(body) : Codings.zstd(body);
        return packed.length() < body.length() ? Optional.of(packed) : Optional.empty();
    }
}
