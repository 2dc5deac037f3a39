package dev.skerry.stream.sqlite;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How a database behaves; the defaults suit a store.
///
/// @param readConnections how many reads run at once; more wait for a connection
/// @param groupWorksMax the most callers whose work is committed together
/// @param worksQueuedMax beyond this many waiting callers, [SqliteDatabase#write] refuses with OVERLOADED
/// @param checkpointPages the write-ahead log is moved into the file each time it has grown by this many pages of 4 KiB
/// @param integrityCheckBytesMax after an unclean stop, a file up to this size is checked before it is used; a larger one
///     in the background
/// @param deletionsKeptFor how long a deletion stays in a compacted stream at least, so that readers which are not known
///     followers see it too
public record SqliteSettings(
        int readConnections,
        int groupWorksMax,
        int worksQueuedMax,
        int checkpointPages,
        long integrityCheckBytesMax,
        Duration deletionsKeptFor) {

    public SqliteSettings {
        requireNonNull(deletionsKeptFor, "deletionsKeptFor");
        if (readConnections < 1
                || groupWorksMax < 1
                || worksQueuedMax < 1
                || checkpointPages < 1
                || integrityCheckBytesMax < 0) {
            throw new IllegalArgumentException("limits are positive");
        }
    }

    public static SqliteSettings defaults() {
        return new SqliteSettings(4, 1024, 100_000, 1000, 256L * 1024 * 1024, Duration.ofDays(1));
    }

    public SqliteSettings withIntegrityCheckBytesMax(long bytes) {
        return new SqliteSettings(
                readConnections,
                groupWorksMax,
                worksQueuedMax,
                checkpointPages,
                bytes,
                deletionsKeptFor);
    }
}
