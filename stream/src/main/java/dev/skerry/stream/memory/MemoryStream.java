package dev.skerry.stream.memory;

import dev.skerry.stream.Checksum;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import java.util.TreeMap;

/// A stream on a [MemoryDisk].
final class MemoryStream {

    /// What there is only one of.
    ///
    /// @param droppedOffset the offset after the last event that retention, or the end of a deletion's time, removed
    /// @param droppedPosition the same as a position
    record Head(
            StreamSettings settings,
            long start,
            long tail,
            Checksum checksum,
            long bytes,
            long droppedOffset,
            long droppedPosition) {

        Head with(StreamSettings newSettings) {
            return new Head(
                    newSettings, start, tail, checksum, bytes, droppedOffset, droppedPosition);
        }

        Head appended(Checksum after, long more) {
            return new Head(
                    settings, start, tail + 1, after, bytes + more, droppedOffset, droppedPosition);
        }

        Head withGap(long next, Checksum after) {
            return new Head(settings, start, next, after, bytes, droppedOffset, droppedPosition);
        }

        Head withDropped(long offset) {
            return new Head(
                    settings,
                    start,
                    tail,
                    checksum,
                    bytes,
                    Math.max(droppedOffset, offset),
                    droppedPosition);
        }

        Head superseded(Entry entry) {
            return new Head(
                    settings,
                    start,
                    tail,
                    checksum,
                    bytes - entry.bytes(),
                    droppedOffset,
                    droppedPosition);
        }

        Head dropped(Entry entry, boolean fromStart) {
            return new Head(
                    settings,
                    fromStart ? entry.offset() + 1 : start,
                    tail,
                    checksum,
                    bytes - entry.bytes(),
                    Math.max(droppedOffset, entry.offset() + 1),
                    Math.max(droppedPosition, entry.position() + 1));
        }
    }

    final StreamName name;
    private Head head;

    /// By offset.
    final TreeMap<Long, Entry> entries = new TreeMap<>();

    /// The checksum of everything before an offset, where it is still known.
    final TreeMap<Long, Checksum> known = new TreeMap<>();

    /// Where compacted: each key's newest offset, those of them that are deletions, and what a newer one replaces.
    final TreeMap<String, Long> newest = new TreeMap<>();

    final TreeMap<Long, Entry> deletions = new TreeMap<>();
    final TreeMap<Long, Entry> superseded = new TreeMap<>();

    MemoryStream(StreamName name, StreamSettings settings, long offset, Checksum checksum) {
        this.name = name;
        this.head = new Head(settings, offset, offset, checksum, 0, 0, 0);
        known.put(offset, checksum);
    }

    MemoryStream copy() {
        MemoryStream copy = new MemoryStream(name, head.settings(), head.start(), head.checksum());
        copy.head = head;
        copy.entries.putAll(entries);
        copy.known.clear();
        copy.known.putAll(known);
        copy.newest.putAll(newest);
        copy.deletions.putAll(deletions);
        copy.superseded.putAll(superseded);
        return copy;
    }

    Head head() {
        return head;
    }

    void head(Head now, Undo undo) {
        Head before = head;
        head = now;
        undo.add(() -> head = before);
    }

    StreamInfo info() {
        return new StreamInfo(
                name, head.settings(), head.start(), head.tail(), head.checksum(), head.bytes());
    }
}
