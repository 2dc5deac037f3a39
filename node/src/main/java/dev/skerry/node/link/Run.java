package dev.skerry.node.link;

import dev.skerry.node.link.Message.Coding;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import org.jspecify.annotations.Nullable;

/// A run of a stream, coded to be sent.
///
/// @param check the lower half of the stream's checksum after it
/// @param rawBytes its length once decompressed
/// @param dropped deletions before this offset may be missing in it
record Run(
        long first, long next, long check, Coding coding, int rawBytes, Bytes data, long dropped) {

    /// Makes runs.
    interface Maker {

        /// @param history what went before over the same wire; changed if the run changes it
        /// @return null if there is nothing at or after the offset
        /// @throws Packing.Dropped if what comes next has been dropped, and the other side is to start over
        @Nullable Run run(Streams streams, StreamName stream, long offset, History history);
    }
}
