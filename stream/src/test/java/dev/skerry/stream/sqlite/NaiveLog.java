package dev.skerry.stream.sqlite;

import dev.skerry.stream.Checksum;
import dev.skerry.stream.Checksums;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a database should hold, kept so simply that it cannot be wrong: every event that was ever appended, in lists. To
/// undo work is to go back to the copy from before it.
final class NaiveLog {

    final Map<StreamName, NaiveStream> streams;
    final List<String> notes;
    final Map<String, Long> cursors;

    /// How many streams have been deleted.
    int deletions;

    NaiveLog() {
        this(new TreeMap<>(), new ArrayList<>(), new TreeMap<>());
    }

    private NaiveLog(
            Map<StreamName, NaiveStream> streams, List<String> notes, Map<String, Long> cursors) {
        this.streams = streams;
        this.notes = notes;
        this.cursors = cursors;
    }

    NaiveLog copy() {
        Map<StreamName, NaiveStream> copies = new TreeMap<>();
        streams.forEach((name, stream) -> copies.put(name, stream.copy()));
        NaiveLog copy = new NaiveLog(copies, new ArrayList<>(notes), new TreeMap<>(cursors));
        copy.deletions = deletions;
        return copy;
    }

    static final class NaiveStream {

        /// Tells a stream from others that had, or will have, the same name.
        final long life;

        /// The offset of its first event ever.
        final long base;

        StreamSettings settings;

        /// Lower offsets have been dropped, as far as the database has said so.
        long start;

        final List<NewEvent> events = new ArrayList<>();

        /// What the checksum was before each event, and is after the last.
        final List<Checksum> checksums = new ArrayList<>();

        NaiveStream(long life, StreamSettings settings, long base, Checksum checksum) {
            this.life = life;
            this.settings = settings;
            this.base = base;
            this.start = base;
            checksums.add(checksum);
        }

        NaiveStream copy() {
            NaiveStream copy = new NaiveStream(life, settings, base, checksums.getFirst());
            copy.start = start;
            copy.events.addAll(events);
            copy.checksums.addAll(checksums.subList(1, checksums.size()));
            return copy;
        }

        void append(List<NewEvent> more) {
            Checksums sums = new Checksums();
            for (NewEvent event : more) {
                checksums.add(sums.after(checksums.getLast(), event));
                events.add(event);
            }
        }

        long tail() {
            return base + events.size();
        }

        NewEvent at(long offset) {
            return events.get((int) (offset - base));
        }

        Checksum checksumBefore(long offset) {
            return checksums.get((int) (offset - base));
        }

        /// The newest event of each key that has not been deleted.
        Map<String, NewEvent> newest() {
            Map<String, NewEvent> newest = new HashMap<>();
            events.forEach(event -> apply(newest, event));
            return newest;
        }
    }

    /// What a reader of a compacted stream does with an event.
    static void apply(Map<String, NewEvent> newest, NewEvent event) {
        String key = String.valueOf(event.key());
        if (event.deletion()) {
            newest.remove(key);
        } else {
            newest.put(key, event);
        }
    }
}
