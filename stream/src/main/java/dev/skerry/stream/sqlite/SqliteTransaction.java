package dev.skerry.stream.sqlite;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Batch;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.Checksums;
import dev.skerry.stream.ChunkReader;
import dev.skerry.stream.Copied;
import dev.skerry.stream.Event;
import dev.skerry.stream.Following;
import dev.skerry.stream.Limits;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.Streams.Checkpoint;
import dev.skerry.stream.Transaction;
import dev.skerry.stream.sqlite.ChunkPacker.PackedBatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The open transaction of a [SqliteDatabase], shared by the callers whose work is committed together, each of which can
/// be undone by itself. A context's own tables are reached through [#connection].
///
/// Appended events are held in memory until the commit, so that what many callers append to one stream becomes one chunk.
/// Where the disk fails under any of them, the transaction of all is lost, and all are told so.
public final class SqliteTransaction implements Transaction {

    /// What undoes a caller's work: in memory by these, in the file by a savepoint, if one was set.
    private final Deque<Runnable> undo = new ArrayDeque<>();

    private final LogTables tables;

    /// As this transaction sees them.
    private final Map<StreamName, StoredStream> streams = new HashMap<>();

    /// As every thread sees them.
    private final Map<StreamName, StoredStream> published;

    private final SqliteFailures failures;
    private final InstantSource clock;
    private final Checksums checksums = new Checksums();

    /// Streams that this transaction changed; what those looked like is in `undo`.
    private final Set<StoredStream> changed = new LinkedHashSet<>();

    private final Set<StreamName> deleted = new LinkedHashSet<>();
    private final Set<StoredStream> remembered = new LinkedHashSet<>();
    private boolean wrote;
    private long appendedBytes;

    /// Set once the machine has failed: SQLite has given the transaction up, and what follows would be committed statement
    /// by statement.
    private @Nullable SQLException lost;

    private int depth;
    private int savepoints;
    private long nextPosition;
    private long committedPosition;

    /// @param published streams as every thread sees them; brought up to date here, and with each [#publish]
    SqliteTransaction(
            LogTables tables,
            Map<StreamName, StoredStream> published,
            SqliteFailures failures,
            InstantSource clock)
            throws SQLException {
        this.tables = tables;
        this.published = published;
        this.failures = failures;
        this.clock = clock;
        this.nextPosition = tables.nextPosition();
        this.committedPosition = nextPosition;
        for (StoredStream stream : tables.streams()) {
            streams.put(stream.name, stream);
        }
        published.putAll(streams);
        published.keySet().retainAll(streams.keySet());
    }

    /// The connection of this transaction, for a context's own tables. Not to be committed, rolled back, closed, or used
    /// after the work is done; what is opened on it is to be closed. Constraints are to be checked at once: one that is
    /// deferred to the commit fails everybody's.
    public Connection connection() {
        touch();
        return tables.connection();
    }

    /// As [#connection], where statements stay prepared from one transaction to the next.
    public Statements statements() {
        touch();
        return tables.statements();
    }

    // ---- streams

    @Override
    public void open(StreamName name, StreamSettings settings) {
        StoredStream stream = streams.get(name);
        if (stream == null) {
            openAt(name, settings, 0, Checksum.START);
            return;
        }
        if (stream.settings.compacted() != settings.compacted()) {
            throw new IllegalStateException(
                    "stream " + name + " cannot change between compacted and not compacted");
        }
        if (!stream.settings.equals(settings)) {
            change(stream).settings = settings;
            sql(() -> tables.updateStream(stream));
        }
    }

    @Override
    public void openAt(StreamName name, StreamSettings settings, long offset, Checksum checksum) {
        if (streams.containsKey(name)) {
            throw new IllegalStateException("stream " + name + " exists already");
        }
        long id = value(() -> tables.insertStream(name, settings, offset, checksum));
        StoredStream stream = new StoredStream(id, name, settings, offset, checksum);
        streams.put(name, stream);
        changed.add(stream);
        undo.push(() -> {
            streams.remove(name);
            changed.remove(stream);
        });
    }

    @Override
    public void delete(StreamName name) {
        StoredStream stream = streams.get(name);
        if (stream == null) {
            return;
        }
        sql(() -> {
            long last = tables.lastPosition(stream.id).orElse(0);
            for (Following following : tables.followers()) {
                if (following.covers(name)) {
                    put(
                            following.pattern()
                                    ? following.dropped(last + 1)
                                    : following.streamDeleted());
                }
            }
            tables.deleteStream(stream.id);
            tables.keepNextPosition(nextPosition);
        });
        streams.remove(name);
        boolean wasChanged = changed.remove(stream);
        boolean isNew = deleted.add(name);
        undo.push(() -> {
            streams.put(name, stream);
            if (wasChanged) {
                changed.add(stream);
            }
            if (isNew) {
                deleted.remove(name);
            }
        });
    }

    @Override
    public boolean exists(StreamName name) {
        return streams.containsKey(name);
    }

    @Override
    public long append(StreamName name, List<NewEvent> events) {
        StoredStream stream = stream(name);
        for (NewEvent event : events) {
            check(stream, event);
        }
        change(stream);
        for (NewEvent event : events) {
            if (stream.settings.compacted()) {
                replaceNewest(stream, requireNonNull(event.key()), event.deletion(), stream.tail);
            }
            stream.append(event, checksums);
        }
        return stream.tail;
    }

    @Override
    public long append(StreamName name, Batch batch) {
        StoredStream stream = stream(name);
        if (!(batch instanceof PackedBatch packed)
                || packed.parts().isEmpty()
                || stream.settings.compacted()) {
            return append(name, batch.events());
        }
        for (NewEvent event : packed.events()) {
            check(stream, event);
        }
        change(stream);
        for (ChunkPacker.Part part : packed.parts()) {
            stream.append(part, checksums);
        }
        return stream.tail;
    }

    @Override
    public long append(StreamName name, Copied copied) {
        StoredStream stream = stream(name);
        boolean compacted = stream.settings.compacted();
        copied.requireNextIn(name, compacted, end(name));
        count(copied.payloadBytes());
        change(stream);
        if (compacted) {
            ChunkReader reader = copied.reader();
            while (reader.nextFrom(0)) {
                String key = requireNonNull(reader.key());
                replaceNewest(stream, key, reader.deletion(), reader.offset());
            }
        }
        stream.append(copied);
        return stream.tail;
    }

    private void check(StoredStream stream, NewEvent event) {
        if (stream.settings.compacted() && event.key() == null) {
            throw new IllegalStateException(
                    "stream %s is compacted: an event without a key cannot go there"
                            .formatted(stream.name));
        }
        count(event.payload().length());
    }

    private void count(long payloadBytes) {
        appendedBytes += payloadBytes;
        if (appendedBytes > Limits.TRANSACTION_BYTES_MAX) {
            throw new IllegalStateException(
                    "one transaction appends at most %d bytes: append in several"
                            .formatted(Limits.TRANSACTION_BYTES_MAX));
        }
    }

    private void replaceNewest(StoredStream stream, String key, boolean deletion, long offset) {
        sql(() -> {
            OptionalLong older = tables.newest(stream.id, key);
            if (older.isPresent()) {
                tables.supersede(stream.id, older.getAsLong());
            }
            tables.putNewest(stream.id, key, offset, deletion, clock.instant());
        });
    }

    @Override
    public long tail(StreamName name) {
        return stream(name).tail;
    }

    @Override
    public Checkpoint end(StreamName name) {
        StoredStream stream = stream(name);
        return new Checkpoint(stream.tail, stream.checksum);
    }

    @Override
    public void dropped(StreamName name, long offset) {
        StoredStream stream = stream(name);
        if (offset > stream.droppedOffset) {
            change(stream).droppedOffset = offset;
            sql(() -> tables.updateStream(stream));
        }
    }

    @Override
    public long dropped(StreamName name) {
        return stream(name).droppedOffset;
    }

    private StoredStream stream(StreamName name) {
        StoredStream stream = streams.get(name);
        if (stream == null) {
            throw new IllegalStateException("there is no stream " + name + ": open it first");
        }
        return stream;
    }

    /// Says that a stream is about to change, so that the change can be undone.
    StoredStream change(StoredStream stream) {
        wrote = true;
        if (remembered.add(stream)) {
            Runnable restore = stream.snapshot();
            boolean isNew = changed.add(stream);
            undo.push(() -> {
                restore.run();
                if (isNew) {
                    changed.remove(stream);
                }
            });
        }
        return stream;
    }

    // ---- undoing

    @Override
    public void nested(Runnable work) {
        attempt(work);
    }

    /// Runs work that is undone by itself if it throws.
    void attempt(Runnable work) {
        if (depth > 0) {
            // The work around this one needs its own savepoint before, or this one's would stand
            // for both.
            touch();
        } else {
            appendedBytes = 0;
        }
        int undoBefore = undo.size();
        int savepointsBefore = savepoints;
        depth++;
        remembered.clear();
        try {
            work.run();
            requireSound();
            release(savepointsBefore);
        } catch (Throwable e) {
            SQLException ofMachine = SqliteFailures.ofMachineIn(e);
            if (ofMachine != null) {
                lost = ofMachine;
            }
            requireSound();
            undoTo(undoBefore);
            rollBackTo(savepointsBefore);
            throw e;
        } finally {
            depth--;
            remembered.clear();
        }
    }

    /// Sets the savepoints that are due: only work that reaches the file needs one, most appends do not.
    private void touch() {
        requireSound();
        wrote = true;
        while (savepoints < depth) {
            savepoint("SAVEPOINT s" + (savepoints + 1));
            savepoints++;
        }
    }

    private void release(int to) {
        if (savepoints > to) {
            savepoint("RELEASE s" + (to + 1));
            savepoints = to;
        }
    }

    private void rollBackTo(int to) {
        if (savepoints > to) {
            savepoint("ROLLBACK TO s" + (to + 1));
            savepoint("RELEASE s" + (to + 1));
            savepoints = to;
        }
    }

    /// A savepoint that cannot be had says that SQLite has given the transaction up, whoever kept quiet about it.
    private void savepoint(String sql) {
        try {
            tables.run(sql);
        } catch (SQLException e) {
            lost = e;
            throw new GroupFailed(e);
        }
    }

    private void requireSound() {
        if (lost != null) {
            throw new GroupFailed(lost);
        }
    }

    private void undoTo(int size) {
        while (undo.size() > size) {
            undo.pop().run();
        }
    }

    // ---- followers

    @Override
    public OptionalLong cursor(String follower) {
        return value(() -> tables.cursor(follower));
    }

    @Override
    public void moveCursor(String follower, long cursor) {
        sql(() -> tables.putCursor(follower, cursor));
    }

    @Override
    public void park(String follower, Event event, String error, Instant at) {
        sql(() -> tables.park(follower, event, error, at));
    }

    @Override
    public boolean parked(String follower, @Nullable String key) {
        return value(() -> tables.parked(follower, key));
    }

    @Override
    public List<Parked> parked(String follower) {
        return value(() -> tables.parked(follower));
    }

    @Override
    public void resolve(long id, Resolution resolution, String who, String why, Instant at) {
        if (!value(() -> tables.resolve(id, resolution, who, why, at))) {
            throw new IllegalStateException("there is no unresolved parked event " + id);
        }
    }

    // ---- for the writer and for upkeep

    @Nullable Following following(String follower, String reads) {
        return value(() -> tables.follower(follower, reads));
    }

    void put(Following following) {
        sql(() -> tables.putFollower(following));
    }

    void forget(String follower) {
        sql(() -> tables.deleteFollower(follower));
    }

    /// A stream as this transaction sees it.
    @Nullable StoredStream stored(StreamName name) {
        return streams.get(name);
    }

    /// All streams as this transaction sees them.
    Collection<StoredStream> stored() {
        return streams.values();
    }

    LogTables tables() {
        touch();
        return tables;
    }

    InstantSource clock() {
        return clock;
    }

    long nextPosition() {
        return nextPosition;
    }

    /// Whether there is anything to commit.
    boolean wrote() {
        return wrote;
    }

    /// Writes what was appended.
    void flush() throws SQLException {
        requireSound();
        Instant now = clock.instant();
        for (StoredStream stream : changed) {
            boolean compacted = stream.settings.compacted();
            boolean gapAtEnd = false;
            for (StoredStream.Pending pending : stream.pending) {
                if (pending.empty()) {
                    continue;
                }
                gapAtEnd = compacted && pending.onlyGaps();
                if (!gapAtEnd) {
                    stream.bytesThrough += tables.insertChunk(nextPosition, stream, pending, now);
                    nextPosition++;
                }
            }
            if (gapAtEnd) {
                // As where compaction has emptied the last chunk: the stream's row knows the tail.
                tables.updateStream(stream);
            }
        }
    }

    /// After the commit: shows what was done to every thread.
    ///
    /// @return the streams about which there is news
    List<StreamName> publish() {
        Set<StreamName> news = new LinkedHashSet<>(deleted);
        published.keySet().removeAll(deleted);
        for (StoredStream stream : changed) {
            stream.publish();
            published.put(stream.name, stream);
            news.add(stream.name);
        }
        committedPosition = nextPosition;
        reset();
        return List.copyOf(news);
    }

    /// After the transaction failed as a whole: puts everything back as it was at the last commit.
    void abandon() {
        undoTo(0);
        nextPosition = committedPosition;
        reset();
    }

    private void reset() {
        undo.clear();
        changed.clear();
        deleted.clear();
        remembered.clear();
        wrote = false;
        lost = null;
        depth = 0;
        savepoints = 0;
    }

    // ---- SQL

    /// SQL that fails because of the machine ends the whole transaction.
    static final class GroupFailed extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient SQLException failure;

        GroupFailed(SQLException failure) {
            super(failure);
            this.failure = failure;
        }

        SQLException failure() {
            return failure;
        }
    }

    @FunctionalInterface
    interface Sql {
        void run() throws SQLException;
    }

    @FunctionalInterface
    interface SqlValue<R extends @Nullable Object> {
        R run() throws SQLException;
    }

    private void sql(Sql work) {
        value(() -> {
            work.run();
            return true;
        });
    }

    /// Runs SQL of the log itself.
    <R extends @Nullable Object> R value(SqlValue<R> work) {
        touch();
        try {
            return work.run();
        } catch (SQLException e) {
            if (SqliteFailures.ofMachine(e)) {
                lost = e;
                throw new GroupFailed(e);
            }
            throw new StreamException(
                    Kind.IO,
                    "SQL that the log relies on failed: " + failures.explain(e).getMessage(),
                    "this is a mistake in the program; the work was undone",
                    false,
                    e);
        }
    }
}
