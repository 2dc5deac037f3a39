package dev.skerry.stream.memory;

import dev.skerry.stream.Checksum;
import dev.skerry.stream.Checksums;
import dev.skerry.stream.ChunkReader;
import dev.skerry.stream.Copied;
import dev.skerry.stream.Event;
import dev.skerry.stream.Following;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.Streams.Checkpoint;
import dev.skerry.stream.Transaction;
import dev.skerry.stream.memory.MemoryDisk.ParkedRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What one caller may do in one commit of a [MemoryDatabase]: besides streams there is a map of texts, to keep state in.
public final class MemoryTransaction implements Transaction {

    private final MemoryDisk disk;
    private final Checksums checksums;
    private final Instant now;
    private final long commit;
    private final Undo undo = new Undo();
    private final Set<StreamName> changed = new TreeSet<>();
    private boolean ended;

    MemoryTransaction(MemoryDisk disk, Checksums checksums, Instant now) {
        this.disk = disk;
        this.checksums = checksums;
        this.now = now;
        this.commit = disk.position;
    }

    /// A parked event that has been dealt with.
    public record Resolved(
            Parked parked, Resolution resolution, String who, String why, Instant at) {}

    // ---- state

    public @Nullable String value(String key) {
        check();
        return disk.state.get(key);
    }

    public void put(String key, String value) {
        check();
        undo.put(disk.state, key, value);
    }

    public void remove(String key) {
        check();
        undo.remove(disk.state, key);
    }

    /// A copy of what is kept under keys that begin so, in order of key.
    public SortedMap<String, String> values(String prefix) {
        check();
        return new TreeMap<>(disk.state.subMap(prefix, prefix + Character.MAX_VALUE));
    }

    // ---- streams

    @Override
    public void open(StreamName stream, StreamSettings settings) {
        check();
        MemoryStream existing = disk.streams.get(stream);
        if (existing == null) {
            create(stream, settings, 0, Checksum.START);
        } else if (existing.head().settings().compacted() != settings.compacted()) {
            throw new IllegalStateException(
                    "stream " + stream + " exists, and whether it is compacted cannot change");
        } else if (!existing.head().settings().equals(settings)) {
            existing.head(existing.head().with(settings), undo);
            changed.add(stream);
        }
    }

    @Override
    public void openAt(StreamName stream, StreamSettings settings, long offset, Checksum checksum) {
        check();
        if (offset < 0) {
            throw new IllegalArgumentException("an offset is 0 or more, not " + offset);
        }
        if (disk.streams.containsKey(stream)) {
            throw new IllegalStateException("stream " + stream + " exists already");
        }
        create(stream, settings, offset, checksum);
    }

    private void create(StreamName name, StreamSettings settings, long offset, Checksum checksum) {
        undo.put(disk.streams, name, new MemoryStream(name, settings, offset, checksum));
        changed.add(name);
    }

    @Override
    public void delete(StreamName stream) {
        check();
        MemoryStream existing = disk.streams.get(stream);
        if (existing == null) {
            return;
        }
        undo.remove(disk.streams, stream);
        existing.entries.values().forEach(entry -> undo.remove(disk.entries, entry.position()));
        for (Following follower : covering(stream)) {
            save(follower.streamDeleted());
        }
        changed.add(stream);
    }

    @Override
    public boolean exists(StreamName stream) {
        check();
        return disk.streams.containsKey(stream);
    }

    @Override
    public long append(StreamName stream, List<NewEvent> events) {
        MemoryStream to = stream(stream);
        boolean compacted = to.head().settings().compacted();
        if (compacted && events.stream().anyMatch(event -> event.key() == null)) {
            throw new IllegalStateException(
                    "stream " + stream + " is compacted: every event needs a key");
        }
        for (NewEvent event : events) {
            append(to, event, compacted);
        }
        if (!events.isEmpty()) {
            changed.add(stream);
        }
        return to.head().tail();
    }

    @Override
    public long append(StreamName mirror, Copied copied) {
        MemoryStream to = stream(mirror);
        boolean compacted = to.head().settings().compacted();
        copied.requireNextIn(mirror, compacted, end(mirror));
        ChunkReader reader = copied.reader();
        while (reader.next()) {
            if (reader.gap()) {
                undo.put(to.known, reader.nextOffset(), reader.afterGap());
                to.head(to.head().withGap(reader.nextOffset(), reader.afterGap()), undo);
            } else {
                append(to, reader.event(mirror).content(), compacted);
            }
        }
        changed.add(mirror);
        return to.head().tail();
    }

    private void append(MemoryStream to, NewEvent event, boolean compacted) {
        long offset = to.head().tail();
        long position = disk.position++;
        undo.add(() -> disk.position = position);
        Entry entry = new Entry(to.name, offset, event, position, commit, now);
        undo.put(disk.entries, position, entry);
        undo.put(to.entries, offset, entry);
        Checksum after = checksums.after(to.head().checksum(), event);
        undo.put(to.known, offset + 1, after);
        to.head(to.head().appended(after, entry.bytes()), undo);
        if (compacted) {
            Long before = undo.put(to.newest, Objects.requireNonNull(event.key()), offset);
            if (before != null) {
                undo.put(to.superseded, before, Objects.requireNonNull(to.entries.get(before)));
                undo.remove(to.deletions, before);
            }
            if (event.deletion()) {
                undo.put(to.deletions, offset, entry);
            }
        }
    }

    @Override
    public long tail(StreamName stream) {
        return stream(stream).head().tail();
    }

    @Override
    public Checkpoint end(StreamName stream) {
        MemoryStream.Head head = stream(stream).head();
        return new Checkpoint(head.tail(), head.checksum());
    }

    @Override
    public void dropped(StreamName mirror, long offset) {
        MemoryStream stream = stream(mirror);
        stream.head(stream.head().withDropped(offset), undo);
    }

    @Override
    public long dropped(StreamName stream) {
        return stream(stream).head().droppedOffset();
    }

    @Override
    public void nested(Runnable work) {
        check();
        int mark = undo.mark();
        boolean done = false;
        try {
            work.run();
            done = true;
        } finally {
            if (!done) {
                undo.backTo(mark);
            }
        }
    }

    // ---- followers

    @Override
    public OptionalLong cursor(String follower) {
        check();
        Long cursor = disk.cursors.get(follower);
        return cursor == null ? OptionalLong.empty() : OptionalLong.of(cursor);
    }

    @Override
    public void moveCursor(String follower, long cursor) {
        check();
        undo.put(disk.cursors, follower, cursor);
    }

    @Override
    public void park(String follower, Event event, String error, Instant at) {
        check();
        long id = disk.nextParkedId++;
        undo.add(() -> disk.nextParkedId = id);
        Parked parked = new Parked(id, follower, event, error, at);
        undo.put(disk.parked, id, new ParkedRow(parked, null));
    }

    @Override
    public boolean parked(String follower, @Nullable String key) {
        return parked(follower).stream()
                .anyMatch(parked -> Objects.equals(parked.event().key(), key));
    }

    @Override
    public List<Parked> parked(String follower) {
        check();
        return disk.parked.values().stream()
                .filter(row -> row.resolved() == null)
                .map(ParkedRow::parked)
                .filter(parked -> parked.follower().equals(follower))
                .toList();
    }

    @Override
    public void resolve(long parkedId, Resolution resolution, String who, String why, Instant at) {
        check();
        ParkedRow row = disk.parked.get(parkedId);
        if (row == null || row.resolved() != null) {
            throw new IllegalStateException("no unresolved parked event has id " + parkedId);
        }
        Resolved resolved = new Resolved(row.parked(), resolution, who, why, at);
        undo.put(disk.parked, parkedId, new ParkedRow(row.parked(), resolved));
    }

    /// Parked events of a follower that have been dealt with, in the order in which they were parked.
    public List<Resolved> resolved(String follower) {
        check();
        return disk.parked.values().stream()
                .map(ParkedRow::resolved)
                .filter(Objects::nonNull)
                .filter(resolved -> resolved.parked().follower().equals(follower))
                .toList();
    }

    // ---- for the database

    void save(Following follower) {
        undo.put(disk.followers, key(follower.follower(), follower.reads()), follower);
    }

    void forget(String follower) {
        for (Following known : List.copyOf(disk.followers.values())) {
            if (known.follower().equals(follower)) {
                undo.remove(disk.followers, key(follower, known.reads()));
            }
        }
    }

    /// Removes what need not be kept from one stream.
    ///
    /// @return how many events, at most `max`
    int upkeep(MemoryStream stream, Duration deletionsKeptFor, int max) {
        return stream.head().settings().compacted()
                ? compact(stream, deletionsKeptFor, max)
                : retain(stream, max);
    }

    private int compact(MemoryStream stream, Duration deletionsKeptFor, int max) {
        int removed = 0;
        while (removed < max && !stream.superseded.isEmpty()) {
            Entry entry = stream.superseded.firstEntry().getValue();
            stream.head(stream.head().superseded(entry), undo);
            leaveGap(stream, entry);
            removed++;
        }
        boolean wait = stream.head().settings().waitForFollowers();
        List<Following> followers = covering(stream.name);
        Instant before = now.minus(deletionsKeptFor);
        for (Entry deletion : List.copyOf(stream.deletions.values())) {
            boolean over =
                    deletion.appendedAt().isBefore(before)
                            && (!wait || allHavePassed(followers, deletion));
            if (over && removed < max) {
                drop(stream, deletion, false);
                undo.remove(stream.newest, Objects.requireNonNull(deletion.content().key()));
                leaveGap(stream, deletion);
                removed++;
            }
        }
        return removed;
    }

    private int retain(MemoryStream stream, int max) {
        int removed = 0;
        while (removed < max && !stream.entries.isEmpty()) {
            Entry oldest = stream.entries.firstEntry().getValue();
            if (!mayGo(stream, oldest)) {
                break;
            }
            drop(stream, oldest, true);
            undo.remove(stream.entries, oldest.offset());
            undo.remove(disk.entries, oldest.position());
            for (long below : List.copyOf(stream.known.headMap(oldest.offset() + 1).keySet())) {
                undo.remove(stream.known, below);
            }
            removed++;
        }
        return removed;
    }

    private boolean mayGo(MemoryStream stream, Entry oldest) {
        StreamSettings settings = stream.head().settings();
        Duration keepFor = settings.keepFor();
        boolean old = keepFor != null && oldest.appendedAt().isBefore(now.minus(keepFor));
        boolean tooMuch =
                settings.keepBytesMax() > 0 && stream.head().bytes() > settings.keepBytesMax();
        if (!old && !tooMuch) {
            return false;
        }
        List<Following> followers = covering(stream.name);
        return !settings.waitForFollowers()
                || (!followers.isEmpty() && allHavePassed(followers, oldest));
    }

    /// Notes that an event goes which nobody can read any more, not even as a newer one of its key.
    private void drop(MemoryStream stream, Entry entry, boolean fromStart) {
        stream.head(stream.head().dropped(entry, fromStart), undo);
        for (Following follower : covering(stream.name)) {
            Following after = follower.dropped(entry.cursorAfter(follower));
            if (!after.equals(follower)) {
                save(after);
            }
        }
    }

    private void leaveGap(MemoryStream stream, Entry entry) {
        undo.remove(stream.entries, entry.offset());
        undo.remove(disk.entries, entry.position());
        undo.remove(stream.superseded, entry.offset());
        undo.remove(stream.deletions, entry.offset());
        Map.Entry<Long, Entry> before = stream.entries.lowerEntry(entry.offset());
        Map.Entry<Long, Entry> after = stream.entries.higherEntry(entry.offset());
        long from = before == null ? stream.head().start() : before.getKey() + 1;
        long to = after == null ? stream.head().tail() : after.getKey();
        for (long within : List.copyOf(stream.known.subMap(from, false, to, false).keySet())) {
            undo.remove(stream.known, within);
        }
    }

    boolean changesSomething() {
        return undo.mark() > 0;
    }

    Set<StreamName> changed() {
        return changed;
    }

    void rollBack() {
        undo.backTo(0);
    }

    void end() {
        ended = true;
    }

    private List<Following> covering(StreamName stream) {
        return disk.followers.values().stream().filter(f -> f.covers(stream)).toList();
    }

    private static boolean allHavePassed(List<Following> followers, Entry entry) {
        return followers.stream().allMatch(f -> f.passed() >= entry.cursorAfter(f));
    }

    private MemoryStream stream(StreamName name) {
        check();
        MemoryStream stream = disk.streams.get(name);
        if (stream == null) {
            throw new IllegalStateException("there is no stream " + name);
        }
        return stream;
    }

    private void check() {
        if (ended) {
            throw new IllegalStateException("the transaction is over");
        }
    }

    static String key(String follower, String reads) {
        return follower + "\n" + reads;
    }
}
