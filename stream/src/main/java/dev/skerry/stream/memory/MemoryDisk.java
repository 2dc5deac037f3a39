package dev.skerry.stream.memory;

import dev.skerry.stream.Following;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Transaction;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What of a [MemoryDatabase] survives a crash. A database opened on a disk takes it over from the one that had it, which
/// is then refused: that is how a test crashes one.
public final class MemoryDisk {

    final TreeMap<StreamName, MemoryStream> streams = new TreeMap<>();

    /// Every stored event, by position.
    final TreeMap<Long, Entry> entries = new TreeMap<>();

    final TreeMap<String, Following> followers = new TreeMap<>();
    final TreeMap<String, Long> cursors = new TreeMap<>();
    final TreeMap<Long, ParkedRow> parked = new TreeMap<>();
    final TreeMap<String, String> state = new TreeMap<>();

    /// The position of the next event.
    long position;

    long nextParkedId = 1;

    /// Which database has the disk; null if none.
    @Nullable MemoryDatabase openedBy;

    /// The same again: what somebody gets who puts back an image of this disk, or runs two machines from one.
    public MemoryDisk copy() {
        MemoryDisk copy = new MemoryDisk();
        synchronized (this) {
            streams.forEach((name, stream) -> copy.streams.put(name, stream.copy()));
            copy.entries.putAll(entries);
            copy.followers.putAll(followers);
            copy.cursors.putAll(cursors);
            copy.parked.putAll(parked);
            copy.state.putAll(state);
            copy.position = position;
            copy.nextParkedId = nextParkedId;
        }
        return copy;
    }

    /// A parked event and, once there is one, its end.
    record ParkedRow(Transaction.Parked parked, MemoryTransaction.@Nullable Resolved resolved) {}
}
