package dev.skerry.stream;

/// A standing wish to be told; closing ends it.
@FunctionalInterface
public interface Watch extends AutoCloseable {
    @Override
    void close();
}
