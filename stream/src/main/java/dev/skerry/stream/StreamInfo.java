package dev.skerry.stream;

/// What a stream looked like at the last commit.
///
/// @param start the earliest offset that can still be asked for; below it, retention has dropped events
/// @param tail the offset of the next event
/// @param checksum of everything before the tail
/// @param storedBytes what its chunks take in the database, compressed
public record StreamInfo(
        StreamName name,
        StreamSettings settings,
        long start,
        long tail,
        Checksum checksum,
        long storedBytes) {}
