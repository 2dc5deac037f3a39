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

    /// A run that is longer than this once decompressed goes in few enough bytes only so far: else a hundred bytes could make the other
    /// side set 65 MiB aside for them. Only a single large event makes such a run.
    static final int EXPANDS_FREELY_BYTES_MAX = 1024 * 1024;

    /// How many times as long it may become.
    static final int EXPANSION_MAX = 256;

    /// Whether data may be said to be of a length once decompressed.
    static boolean mayExpand(int rawBytes, long codedBytes) {
        return rawBytes <= EXPANDS_FREELY_BYTES_MAX || rawBytes <= EXPANSION_MAX * codedBytes;
    }

    /// Makes runs.
    interface Maker {

        /// @param history what went before over the same wire; changed if the run changes it
        /// @return null if there is nothing at or after the offset
        /// @throws Packing.Dropped if what comes next has been dropped, and the other side is to start over
        @Nullable Run run(Streams streams, StreamName stream, long offset, History history);
    }
}
