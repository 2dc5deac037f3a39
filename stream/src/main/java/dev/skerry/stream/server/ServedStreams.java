package dev.skerry.stream.server;

import dev.skerry.stream.Batch;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.Checksums;
import dev.skerry.stream.Event;
import dev.skerry.stream.Limits;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.Streams.Checkpoint;
import dev.skerry.stream.server.Bodies.Body;
import dev.skerry.stream.server.ServedTables.Part;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.io.IOException;
import java.sql.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The streams that clients make, write and delete: what is known of them beside their events, in the same database and
/// changed in the same transaction. Any thread.
///
/// A fork has a log of its own that begins where it left its source; what is before that is read from the source, which is
/// therefore kept, out of sight, when it is deleted or over while forks still read it.
public final class ServedStreams {

    /// What the database of served streams must be opened with.
    public static final Migrations MIGRATIONS = ServedTables.MIGRATIONS;

    /// The most streams that one [#upkeep] removes, and the most reads that it writes down.
    static final int AT_ONCE_MAX = 500;

    /// What a chunk needs for an event beside its payload, so that what fills one chunk does not begin another.
    private static final int EVENT_HEAD_BYTES_MAX = 5;

    /// What can be found under a name.
    sealed interface Found {
        record Live(Served stream) implements Found {}

        /// Deleted, or over, but forks still read it.
        record Deleted() implements Found {}

        record Nothing() implements Found {}
    }

    private final SqliteDatabase database;
    private final InstantSource clock;
    private final long streamsMax;
    private final ServedTables tables = new ServedTables();
    private final News news = new News();

    /// Reads that the disk does not know of, by a stream's id; only of streams that end when left alone.
    private final Map<Long, Touch> touched = new ConcurrentHashMap<>();

    private final AtomicLong count;

    /// @param database opened with [#MIGRATIONS]
    /// @param streamsMax how many there may be; creating one more is refused
    public ServedStreams(SqliteDatabase database, InstantSource clock, long streamsMax) {
        this.database = database;
        this.clock = clock;
        this.streamsMax = streamsMax;
        this.count = new AtomicLong(database.query(ServedTables::count));
    }

    SqliteDatabase log() {
        return database;
    }

    News news() {
        return news;
    }

    // ---- finding

    Found find(StreamName name) {
        return database.queryPrepared(connection -> {
            Served stream = ServedTables.find(connection, name);
            if (stream == null) {
                return new Found.Nothing();
            }
            if (stream.deleted()) {
                return new Found.Deleted();
            }
            if (!over(stream)) {
                return new Found.Live(stream);
            }
            return ServedTables.hasForks(connection, stream.id())
                    ? new Found.Deleted()
                    : new Found.Nothing();
        });
    }

    private boolean over(Served stream) {
        return stream.lifetime().over(lastTouched(stream), clock.instant());
    }

    private Instant lastTouched(Served stream) {
        Touch touch = touched.get(stream.id());
        return touch == null || touch.at.isBefore(stream.touchedAt())
                ? stream.touchedAt()
                : touch.at;
    }

    /// Somebody reads or wants the stream: it lives on.
    void touch(Served stream) {
        if (stream.lifetime() instanceof Lifetime.Idle idle) {
            Instant now = clock.instant();
            touched.put(
                    stream.id(),
                    new Touch(now, !now.isBefore(stream.touchedAt().plus(idle.rememberEvery()))));
        }
    }

    /// @param due the disk is to know of it
    private record Touch(Instant at, boolean due) {}

    // ---- reading

    /// Whether this very stream is still kept, be it for its forks only.
    boolean keeps(Served stream) {
        return database.queryPrepared(connection -> ServedTables.exists(connection, stream.id()));
    }

    /// Reads a page, from the stream's own log and from those that it continues.
    ///
    /// @param offset not beyond the tail
    Read read(Served stream, long offset, int eventsMax, long bytesMax) {
        Served.Fork fork = stream.fork();
        if (fork == null || offset >= fork.at()) {
            return database.read(stream.name(), offset, eventsMax, bytesMax);
        }
        List<Part> parts = database.query(connection -> ServedTables.parts(connection, stream));
        List<Event> events = new ArrayList<>();
        long next = offset;
        long bytes = 0;
        while (true) {
            Stretch stretch = Stretch.at(parts, next);
            Read read =
                    database.read(
                            stretch.stream, next, eventsMax - events.size(), bytesMax - bytes);
            if (!(read instanceof Read.Page page)) {
                return read;
            }
            for (Event event : page.events()) {
                if (event.offset() < stretch.end) {
                    events.add(event);
                    bytes += event.payload().length();
                }
            }
            next = Math.min(page.next(), stretch.end);
            boolean own = stretch.end == Long.MAX_VALUE;
            if (own || next < stretch.end || events.size() >= eventsMax || bytes >= bytesMax) {
                return new Read.Page(events, next, own && page.upToDate());
            }
        }
    }

    /// Offsets that are read from one log: up to, but not including, `end`.
    private record Stretch(StreamName stream, long end) {

        static Stretch at(List<Part> parts, long offset) {
            long end = Long.MAX_VALUE;
            for (Part part : parts) {
                if (offset >= part.startsAt()) {
                    return new Stretch(part.stream(), end);
                }
                end = Math.min(end, part.startsAt());
            }
            throw Shown.deleted();
        }
    }

    long tail(Served stream) {
        Long closedAt = stream.closedAt();
        return closedAt == null
                ? database.find(stream.name()).map(StreamInfo::tail).orElse(0L)
                : closedAt;
    }

    // ---- creating

    Create.Outcome create(StreamName name, Create wish) {
        while (true) {
            Plan plan = null;
            if (wish.fork() != null && !(find(name) instanceof Found.Live)) {
                switch (plan(wish, wish.fork())) {
                    case Plan made -> plan = made;
                    case NoPlan no -> {
                        return no.outcome;
                    }
                }
            }
            ContentType wanted = plan == null ? wish.contentType() : plan.source.contentType();
            ContentType type = wanted == null ? ContentType.BINARY : wanted;
            List<NewEvent> first = new ArrayList<>();
            if (plan != null && plan.inherited != null) {
                first.add(NewEvent.of(plan.inherited));
            }
            messages(type, wish.body()).forEach(message -> first.add(NewEvent.of(message)));
            Plan chosen = plan;
            List<StreamName> removed = new ArrayList<>();
            List<StreamName> made = new ArrayList<>();
            Create.Outcome outcome;
            boolean written = false;
            try {
                outcome =
                        database.write(tx ->
                                createNow(tx, name, wish, type, chosen, first, removed, made));
                written = true;
            } finally {
                if (!written) {
                    count.addAndGet(-made.size());
                }
            }
            gone(removed);
            if (outcome instanceof Create.Outcome.NameTaken) {
                // It may have been over, and hidden only now.
                news.tell(name);
            }
            if (outcome != null) {
                return outcome;
            }
        }
    }

    /// Serves a stream that has begun in the database by other means than a client's, such as one that was fetched back from a copy.
    /// To be called in the transaction in which it begins.
    ///
    /// @param contentType a media type
    public void adopt(SqliteTransaction tx, StreamName name, String contentType) {
        ContentType type = ContentType.of(contentType);
        Connection connection = tx.connection();
        if (tables.findAgain(connection, name) == null) {
            Instant now = clock.instant();
            tables.insert(
                    connection,
                    new Served(
                            0,
                            "",
                            name,
                            type,
                            new Lifetime.Unlimited(),
                            null,
                            now,
                            false,
                            null,
                            null,
                            null),
                    now);
            count.incrementAndGet();
        }
    }

    /// The media type of a stream that clients made; that of unknown bytes where there is none.
    public String contentType(StreamName name) {
        return find(name) instanceof Found.Live live
                ? live.stream().contentType().value()
                : ContentType.BINARY.value();
    }

    static List<Bytes> messages(ContentType type, Bytes body) {
        if (body.length() == 0) {
            return List.of();
        }
        return type.json() ? JsonMessages.split(body) : List.of(body);
    }

    /// @param removed gets the names of streams that were over
    /// @param made gets the name where it was made and counted, which is undone if nothing is written
    /// @return null if a plan is needed after all, because the stream that was there is gone
    private Create.@Nullable Outcome createNow(
            SqliteTransaction tx,
            StreamName name,
            Create wish,
            ContentType type,
            @Nullable Plan plan,
            List<NewEvent> first,
            List<StreamName> removed,
            List<StreamName> made) {
        Connection connection = tx.connection();
        Served existing = tables.findAgain(connection, name);
        if (existing != null && !existing.deleted() && over(existing)) {
            removed.addAll(removeOrHide(tx, existing));
            if (removed.isEmpty()) {
                return new Create.Outcome.NameTaken();
            }
            existing = null;
        }
        if (existing != null) {
            return existing.deleted()
                    ? new Create.Outcome.NameTaken()
                    : compare(tx, wish, existing);
        }
        if (tx.exists(name)) {
            return new Create.Outcome.Different("it is not one that clients write");
        }
        if (count.get() - removed.size() >= streamsMax) {
            return new Create.Outcome.TooManyStreams(streamsMax);
        }
        Served.Fork fork = null;
        Lifetime lifetime = wish.lifetime();
        if (wish.fork() == null) {
            tx.open(name, StreamSettings.keepAll());
        } else if (plan == null) {
            return null;
        } else {
            Served source = tables.findAgain(connection, plan.source.id());
            if (source == null || over(source)) {
                return new Create.Outcome.NoSuchSource();
            }
            if (source.deleted()) {
                return new Create.Outcome.SourceDeleted();
            }
            fork =
                    new Served.Fork(
                            source.id(),
                            source.name(),
                            plan.at,
                            wish.fork().offset(),
                            wish.fork().subOffset());
            lifetime = Lifetime.ofFork(lifetime, source.lifetime());
            tx.openAt(name, StreamSettings.keepAll(), plan.at, plan.checksum);
        }
        Instant now = clock.instant();
        long tail = first.isEmpty() ? tx.tail(name) : tx.append(name, first);
        Served stream =
                new Served(
                        0,
                        "",
                        name,
                        type,
                        lifetime == null ? new Lifetime.Unlimited() : lifetime,
                        wish.closed() ? tail : null,
                        now,
                        false,
                        fork,
                        null,
                        null);
        tables.insert(connection, stream, now);
        // Only the writer counts up, and it is alone: there are never more than allowed.
        count.incrementAndGet();
        made.add(name);
        return new Create.Outcome.Created(stream, tail);
    }

    private Create.Outcome compare(SqliteTransaction tx, Create wish, Served existing) {
        Served.Fork fork = existing.fork();
        Served source = fork == null ? null : tables.findAgain(tx.connection(), fork.source());
        String difference = wish.difference(existing, source);
        if (difference != null) {
            return new Create.Outcome.Different(difference);
        }
        touch(existing);
        return new Create.Outcome.Existed(existing, tx.tail(existing.name()));
    }

    // ---- forking

    /// What a fork needs to know of its source, found out before the writer is taken: nothing below a tail ever changes.
    private sealed interface Planned {}

    /// @param at where the fork's own log begins
    /// @param inherited the first event of the fork's own log, where the fork begins inside an event of its source
    private record Plan(Served source, long at, Checksum checksum, @Nullable Bytes inherited)
            implements Planned {}

    private record NoPlan(Create.Outcome outcome) implements Planned {}

    private Planned plan(Create wish, Create.ForkOf fork) {
        Served source;
        switch (find(fork.source())) {
            case Found.Live live -> source = live.stream();
            case Found.Deleted _ -> {
                return new NoPlan(new Create.Outcome.SourceDeleted());
            }
            case Found.Nothing _ -> {
                return new NoPlan(new Create.Outcome.NoSuchSource());
            }
        }
        ContentType type = wish.contentType();
        if (type != null && !type.matches(source.contentType())) {
            return new NoPlan(new Create.Outcome.OtherContentType(source.contentType()));
        }
        long tail = tail(source);
        Long asked = fork.offset();
        long anchor = asked == null ? tail : asked;
        if (anchor > tail) {
            return new NoPlan(new Create.Outcome.BeyondSource(tail));
        }
        long at = anchor;
        Bytes inherited = null;
        if (fork.subOffset() > 0) {
            if (source.contentType().json()) {
                at = anchor + fork.subOffset();
            } else {
                inherited = beginningOf(source, anchor, fork.subOffset());
            }
            if (at > tail || (inherited == null && !source.contentType().json())) {
                return new NoPlan(new Create.Outcome.SubOffsetBeyondSource());
            }
        }
        return new Plan(source, at, checksum(source, at), inherited);
    }

    /// The first bytes of the event at an offset; null if there is none, or it is shorter.
    private @Nullable Bytes beginningOf(Served source, long offset, long length) {
        if (read(source, offset, 1, 1) instanceof Read.Page page && !page.events().isEmpty()) {
            Bytes payload = page.events().getFirst().payload();
            if (payload.length() >= length) {
                return Bytes.of(payload.slice(0, (int) length).copy());
            }
        }
        return null;
    }

    /// The running checksum of all that a stream, with what it continues, has before an offset.
    private Checksum checksum(Served stream, long offset) {
        List<Part> parts = database.query(connection -> ServedTables.parts(connection, stream));
        Stretch stretch = Stretch.at(parts, offset);
        Checkpoint known =
                database.checksum(stretch.stream, offset).orElse(new Checkpoint(0, Checksum.START));
        Checksums checksums = new Checksums();
        Checksum checksum = known.checksum();
        long next = known.offset();
        while (next < offset
                && read(stream, next, (int) Math.min(1000, offset - next), Long.MAX_VALUE)
                        instanceof Read.Page page) {
            for (Event event : page.events()) {
                checksum = checksums.after(checksum, event.content());
            }
            next = page.next();
        }
        return checksum;
    }

    // ---- appending

    /// Cuts a body into events and makes them ready, a chunk at a time: one is compressed while the next is cut, and that while
    /// the rest of the body still comes in.
    ///
    /// @return none for an empty array
    /// @throws IOException if the client has gone; also as an [java.io.UncheckedIOException]
    List<Batch> prepare(ContentType type, Body body) throws IOException {
        if (!type.json()) {
            return List.of(database.prepare(List.of(NewEvent.of(body.whole()))));
        }
        JsonMessages messages = new JsonMessages(body.come(), body);
        List<Batch> ready = new ArrayList<>();
        List<NewEvent> chunk = new ArrayList<>();
        int bytes = 0;
        for (Bytes message = messages.next(); message != null; message = messages.next()) {
            chunk.add(NewEvent.of(message));
            bytes += message.length() + EVENT_HEAD_BYTES_MAX;
            if (bytes >= Limits.CHUNK_BYTES_MAX || chunk.size() == Limits.CHUNK_EVENTS_MAX) {
                ready.add(database.prepare(chunk));
                chunk = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!chunk.isEmpty()) {
            ready.add(database.prepare(chunk));
        }
        return ready;
    }

    Append.Outcome append(StreamName name, Append wish) {
        Append.Outcome outcome = database.write(tx -> appendNow(tx, name, wish));
        if (wish.close() && outcome instanceof Append.Outcome.Appended) {
            news.tell(name);
        }
        return outcome;
    }

    private Append.Outcome appendNow(SqliteTransaction tx, StreamName name, Append wish) {
        Connection connection = tx.connection();
        Served stream = tables.findAgain(connection, name);
        if (stream == null) {
            return new Append.Outcome.NoSuchStream();
        }
        if (stream.deleted() || over(stream)) {
            return stream.deleted() || tables.isForked(connection, stream.id())
                    ? new Append.Outcome.Deleted()
                    : new Append.Outcome.NoSuchStream();
        }
        Producer producer = wish.producer();
        Producer.State known =
                producer == null ? null : tables.producer(connection, stream.id(), producer.id());
        switch (wish.decide(stream, known, tx.tail(name))) {
            case Append.Decision.No no -> {
                return no.outcome();
            }
            case Append.Decision.Go go -> {
                if (producer != null && go.producer() != null) {
                    tables.putProducer(connection, stream.id(), producer.id(), go.producer());
                }
            }
        }
        long tail = tx.tail(name);
        for (Batch events : wish.events()) {
            tail = tx.append(name, events);
        }
        if (wish.close() || wish.seq() != null || stream.lifetime() instanceof Lifetime.Idle) {
            tables.update(connection, after(stream, wish, tail));
        }
        return new Append.Outcome.Appended(tail);
    }

    private Served after(Served stream, Append wish, long tail) {
        return new Served(
                stream.id(),
                stream.tag(),
                stream.name(),
                stream.contentType(),
                stream.lifetime(),
                wish.close() ? tail : null,
                clock.instant(),
                false,
                stream.fork(),
                wish.seq() == null ? stream.lastSeq() : wish.seq(),
                wish.close() ? wish.producer() : null);
    }

    // ---- deleting

    /// @return what was found; a live stream is no more
    Found delete(StreamName name) {
        List<StreamName> removed = new ArrayList<>();
        Found found =
                database.write(tx -> {
                    Served stream = tables.findAgain(tx.connection(), name);
                    if (stream == null) {
                        return new Found.Nothing();
                    }
                    if (stream.deleted()) {
                        return new Found.Deleted();
                    }
                    boolean wasOver = over(stream);
                    removed.addAll(removeOrHide(tx, stream));
                    if (wasOver) {
                        return removed.isEmpty() ? new Found.Deleted() : new Found.Nothing();
                    }
                    return new Found.Live(stream);
                });
        gone(removed);
        news.tell(name);
        return found;
    }

    private void gone(List<StreamName> removed) {
        count.addAndGet(-removed.size());
        removed.forEach(news::tell);
    }

    /// Removes a stream, and what was kept only for it; or hides it while forks still read it.
    ///
    /// @return what was removed
    private List<StreamName> removeOrHide(SqliteTransaction tx, Served stream) {
        Connection connection = tx.connection();
        List<StreamName> removed = new ArrayList<>();
        if (tables.isForked(connection, stream.id())) {
            tables.markDeleted(connection, stream.id());
            return removed;
        }
        Served next = stream;
        while (next != null) {
            tables.remove(connection, next.id());
            tx.delete(next.name());
            touched.remove(next.id());
            removed.add(next.name());
            Served.Fork fork = next.fork();
            next = fork == null ? null : tables.findAgain(connection, fork.source());
            if (next != null && (!next.deleted() || tables.isForked(connection, next.id()))) {
                next = null;
            }
        }
        return removed;
    }

    // ---- upkeep

    /// Removes streams that are over, and tells the disk which ones were read, so that they live on after a restart. One
    /// bounded piece of work; to be called about once a second.
    ///
    /// @return whether there is more to do now
    public boolean upkeep() {
        Instant now = clock.instant();
        List<Served> ending =
                database.query(connection -> ServedTables.ending(connection, now, AT_ONCE_MAX));
        Map<Long, Touch> reads = new HashMap<>();
        for (var entry : touched.entrySet()) {
            if (entry.getValue().due && reads.size() < AT_ONCE_MAX) {
                reads.put(entry.getKey(), entry.getValue());
            }
        }
        // What only lives on because of reads that the disk does not know of would be found again
        // and again.
        for (Served stream : ending) {
            Touch touch = touched.get(stream.id());
            if (touch != null) {
                reads.put(stream.id(), touch);
            }
        }
        List<Served> over = ending.stream().filter(this::over).toList();
        if (!over.isEmpty() || !reads.isEmpty()) {
            List<StreamName> removed = new ArrayList<>();
            database.write(tx -> {
                remember(tx, reads);
                for (Served stream : over) {
                    Served again = tables.findAgain(tx.connection(), stream.id());
                    if (again != null && !again.deleted() && over(again)) {
                        removed.addAll(removeOrHide(tx, again));
                    }
                }
                return null;
            });
            reads.forEach(touched::remove);
            gone(removed);
            over.forEach(stream -> news.tell(stream.name()));
        }
        return ending.size() == AT_ONCE_MAX || reads.size() >= AT_ONCE_MAX;
    }

    private void remember(SqliteTransaction tx, Map<Long, Touch> reads) {
        reads.forEach((id, touch) -> tables.touch(tx.connection(), id, touch.at));
    }

    /// Tells the disk about all reads that it does not know of; before the database is closed.
    public void rememberReads() {
        Map<Long, Touch> reads = Map.copyOf(touched);
        if (!reads.isEmpty()) {
            database.write(tx -> {
                remember(tx, reads);
                return null;
            });
            reads.forEach(touched::remove);
        }
    }
}
