package dev.skerry.stream.client;

/// What came of an append.
public sealed interface Appended {

    /// It is in the stream.
    ///
    /// @param tail the offset of what is appended next
    record Done(String tail) implements Appended {}

    /// Nothing was appended, because the stream is closed.
    ///
    /// @param tail its end
    record AlreadyClosed(String tail) implements Appended {}
}
