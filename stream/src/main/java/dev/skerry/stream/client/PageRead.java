package dev.skerry.stream.client;

import dev.skerry.stream.Bytes;
import java.util.List;

/// What a server answered to a reader at an offset.
public sealed interface PageRead {

    /// @param messages of a JSON stream, each as it was sent; of any other, all bytes as one slice, or none
    /// @param next the offset to read from next
    /// @param upToDate nothing more was there when this was read
    /// @param closed nothing more will ever be there
    record Page(
            String contentType, List<Bytes> messages, String next, boolean upToDate, boolean closed)
            implements PageRead {}

    /// What was at the offset has been dropped; the stream goes on.
    record Dropped() implements PageRead {}

    /// There is no such stream, or no more.
    record NoStream() implements PageRead {}
}
