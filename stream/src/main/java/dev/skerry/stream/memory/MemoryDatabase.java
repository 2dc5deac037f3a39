package dev.skerry.stream.memory;

import dev.skerry.stream.Checksum;
import dev.skerry.stream.Checksums;
import dev.skerry.stream.Database;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Following;
import dev.skerry.stream.Limits;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.Watch;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A database on a [MemoryDisk], for tests and the simulation. Work runs in the caller's thread, one at a time; who
/// watches is told in that thread, after the commit. Reading its streams from inside a transaction sees what that
/// transaction has done so far.
public final class MemoryDatabase implements Database<MemoryTransaction> {

    private final MemoryDisk disk;
    private final MemorySettings settings;
    private final Faults faults;
    private final InstantSource clock;
    private final Checksums checksums = new Checksums();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private boolean writing;

    public MemoryDatabase(
            MemoryDisk disk, MemorySettings settings, Faults faults, InstantSource clock) {
        this.disk = disk;
        this.settings = settings;
        this.faults = faults;
        this.clock = clock;
        synchronized (disk) {
            disk.openedBy = this;
        }
    }

    /// Not a record: two may want the same, and each ends for itself.
    private static final class Watcher {
        private final Predicate<StreamName> streams;
        private final Runnable onNews;

        Watcher(Predicate<StreamName> streams, Runnable onNews) {
            this.streams = streams;
            this.onNews = onNews;
        }
    }

    @Override
    public <R extends @Nullable Object> R write(Work<MemoryTransaction, R> work) {
        R result;
        MemoryTransaction tx;
        synchronized (disk) {
            check();
            if (writing) {
                throw new IllegalStateException(
                        "work that runs on the writer must not call write: it would wait for itself");
            }
            writing = true;
            tx = new MemoryTransaction(disk, checksums, clock.instant());
            boolean committed = false;
            try {
                result = work.run(tx);
                if (tx.changesSomething()) {
                    faults.beforeCommit();
                }
                committed = true;
            } finally {
                if (!committed) {
                    tx.rollBack();
                }
                tx.end();
                writing = false;
            }
        }
        for (Watcher watcher : watchers) {
            if (tx.changed().stream().anyMatch(watcher.streams)) {
                watcher.onNews.run();
            }
        }
        if (tx.changesSomething()) {
            faults.afterCommit();
        }
        return result;
    }

    @Override
    public boolean upkeep() {
        return write(tx -> {
            int most = settings.upkeepEventsMax();
            for (MemoryStream stream : disk.streams.values()) {
                if (tx.upkeep(stream, settings.deletionsKeptFor(), most) > 0) {
                    return true;
                }
            }
            return false;
        });
    }

    /// A copy of the state, in order of key.
    public SortedMap<String, String> state() {
        synchronized (disk) {
            check();
            return new TreeMap<>(disk.state);
        }
    }

    @Override
    public Optional<StreamInfo> find(StreamName name) {
        synchronized (disk) {
            check();
            return Optional.ofNullable(disk.streams.get(name)).map(MemoryStream::info);
        }
    }

    @Override
    public List<StreamInfo> matching(StreamPattern pattern) {
        synchronized (disk) {
            check();
            return disk.streams.values().stream()
                    .filter(stream -> pattern.matches(stream.name))
                    .map(MemoryStream::info)
                    .toList();
        }
    }

    @Override
    public Read read(StreamName name, long offset, int eventsMax, long bytesMax) {
        if (offset < 0 || eventsMax < 1) {
            throw new IllegalArgumentException(
                    "an offset is 0 or more and a page has 1 event or more, not "
                            + offset
                            + " and "
                            + eventsMax);
        }
        synchronized (disk) {
            check();
            MemoryStream stream = existing(name);
            if (offset > 0 && offset < stream.head().start()) {
                return new Read.Gone(stream.head().start());
            }
            return page(stream, offset, eventsMax, bytesMax);
        }
    }

    private MemoryStream existing(StreamName name) {
        MemoryStream stream = disk.streams.get(name);
        if (stream == null) {
            throw new StreamException(
                    Kind.NO_STREAM,
                    "there is no stream " + name,
                    "create it, or check its name",
                    false,
                    null);
        }
        return stream;
    }

    private static Read.Page page(MemoryStream stream, long offset, int eventsMax, long bytesMax) {
        List<Event> events = new ArrayList<>();
        long bytes = 0;
        for (Entry entry : stream.entries.tailMap(offset).values()) {
            bytes += entry.content().payload().length();
            if (!events.isEmpty() && (events.size() == eventsMax || bytes > bytesMax)) {
                return new Read.Page(events, events.getLast().offset() + 1, false);
            }
            events.add(entry.event());
        }
        return new Read.Page(events, Math.max(offset, stream.head().tail()), true);
    }

    @Override
    public Backlog backlog(StreamName name, long offset) {
        synchronized (disk) {
            check();
            MemoryStream stream = disk.streams.get(name);
            if (stream == null || stream.entries.tailMap(offset).isEmpty()) {
                return Backlog.NONE;
            }
            var waiting = stream.entries.tailMap(offset).values();
            return new Backlog(
                    stream.head().tail() - offset,
                    waiting.stream().mapToLong(Entry::bytes).sum(),
                    waiting.iterator().next().appendedAt());
        }
    }

    @Override
    public Optional<Checkpoint> checksum(StreamName name, long offset) {
        synchronized (disk) {
            check();
            MemoryStream stream = disk.streams.get(name);
            Map.Entry<Long, Checksum> known =
                    stream == null ? null : stream.known.floorEntry(offset);
            return known == null
                    ? Optional.empty()
                    : Optional.of(new Checkpoint(known.getKey(), known.getValue()));
        }
    }

    @Override
    public Copy copy(StreamName name, long offset, long bytesMax) {
        if (offset < 0) {
            throw new IllegalArgumentException("an offset is 0 or more, not " + offset);
        }
        synchronized (disk) {
            check();
            MemoryStream stream = existing(name);
            long start = stream.head().start();
            return offset < start
                    ? new Copy.Gone(start, Objects.requireNonNull(stream.known.get(start)))
                    : new Copy.Chunks(
                            new Copying(stream, offset).run(bytesMax),
                            stream.head().droppedOffset());
        }
    }

    @Override
    public EventSource source(StreamName name, String follower) {
        return new StreamSource(name, follower).known();
    }

    @Override
    public EventSource source(StreamPattern pattern, String follower) {
        return new PatternSource(pattern, follower).known();
    }

    @Override
    public List<KnownFollower> followers() {
        synchronized (disk) {
            check();
            return disk.followers.values().stream().map(Following::known).toList();
        }
    }

    @Override
    public void forget(String follower) {
        write(tx -> {
            tx.forget(follower);
            return null;
        });
    }

    @Override
    public Watch watch(StreamName name, Runnable onNews) {
        return watch(name::equals, onNews);
    }

    @Override
    public Watch watch(StreamPattern pattern, Runnable onNews) {
        return watch(pattern::matches, onNews);
    }

    private Watch watch(Predicate<StreamName> streams, Runnable onNews) {
        Watcher watcher = new Watcher(streams, onNews);
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    @Override
    public void close() {
        synchronized (disk) {
            if (disk.openedBy == this) {
                disk.openedBy = null;
            }
        }
    }

    private void check() {
        if (disk.openedBy != this) {
            throw new StreamException(
                    Kind.CLOSED,
                    "the database has been closed",
                    "the node is stopping; try again when it is back",
                    true,
                    null);
        }
    }

    /// What both kinds of source have in common: where the follower is, and whether it missed something.
    private abstract class Source implements EventSource {

        private final String reads;
        private final boolean pattern;
        private final String follower;

        Source(String reads, boolean pattern, String follower) {
            this.reads = reads;
            this.pattern = pattern;
            this.follower = follower;
        }

        /// Makes the follower known, so that nothing is dropped before it has passed.
        EventSource known() {
            synchronized (disk) {
                check();
                save(following());
            }
            return this;
        }

        /// The cursor after the last event.
        abstract long end();

        /// The lowest offset still there, where it reads one stream; else 0.
        abstract long start();

        /// The cursor after the last event that was dropped.
        abstract long droppedUpTo();

        abstract Read.Page page(long cursor, int eventsMax);

        @Override
        public String describe() {
            return reads;
        }

        @Override
        public Read read(long cursor, int eventsMax) {
            synchronized (disk) {
                check();
                Following now = following().reads(cursor, droppedUpTo());
                save(now);
                return now.misses(cursor, start(), end())
                        ? new Read.Gone(0)
                        : page(cursor, eventsMax);
            }
        }

        @Override
        public void passed(long cursor) {
            synchronized (disk) {
                check();
                save(following().passed(cursor));
            }
        }

        private Following following() {
            Following stored = disk.followers.get(MemoryTransaction.key(follower, reads));
            return stored != null
                    ? stored
                    : Following.begins(follower, reads, pattern, droppedUpTo());
        }

        private void save(Following now) {
            if (!now.equals(disk.followers.get(MemoryTransaction.key(follower, reads)))) {
                write(tx -> {
                    tx.save(now);
                    return null;
                });
            }
        }
    }

    private final class StreamSource extends Source {

        private final StreamName name;

        StreamSource(StreamName name, String follower) {
            super(name.value(), false, follower);
            this.name = name;
        }

        @Override
        long end() {
            MemoryStream stream = disk.streams.get(name);
            return stream == null ? 0 : stream.head().tail();
        }

        @Override
        long start() {
            MemoryStream stream = disk.streams.get(name);
            return stream == null ? 0 : stream.head().start();
        }

        @Override
        long droppedUpTo() {
            MemoryStream stream = disk.streams.get(name);
            return stream == null ? 0 : stream.head().droppedOffset();
        }

        @Override
        Read.Page page(long cursor, int eventsMax) {
            MemoryStream stream = disk.streams.get(name);
            return stream == null
                    ? new Read.Page(List.of(), cursor, true)
                    : MemoryDatabase.page(stream, cursor, eventsMax, Limits.PAGE_BYTES_MAX);
        }

        @Override
        public Watch watch(Runnable onNews) {
            return MemoryDatabase.this.watch(name, onNews);
        }
    }

    private final class PatternSource extends Source {

        private final StreamPattern streams;

        PatternSource(StreamPattern streams, String follower) {
            super(streams.value(), true, follower);
            this.streams = streams;
        }

        @Override
        long end() {
            return disk.position;
        }

        @Override
        long start() {
            return 0;
        }

        @Override
        long droppedUpTo() {
            return disk.streams.values().stream()
                    .filter(stream -> streams.matches(stream.name))
                    .mapToLong(stream -> stream.head().droppedPosition())
                    .max()
                    .orElse(0);
        }

        @Override
        Read.Page page(long cursor, int eventsMax) {
            List<Event> events = new ArrayList<>();
            long bytes = 0;
            long commit = -1;
            for (Entry entry : disk.entries.tailMap(cursor).values()) {
                boolean full = events.size() >= eventsMax || bytes >= Limits.PAGE_BYTES_MAX;
                if (full && entry.commit() != commit) {
                    return new Read.Page(events, entry.commit(), false);
                }
                if (streams.matches(entry.stream())) {
                    events.add(entry.event());
                    bytes += entry.content().payload().length();
                    commit = entry.commit();
                }
            }
            return new Read.Page(events, disk.position, true);
        }

        @Override
        public Watch watch(Runnable onNews) {
            return MemoryDatabase.this.watch(streams, onNews);
        }
    }
}
