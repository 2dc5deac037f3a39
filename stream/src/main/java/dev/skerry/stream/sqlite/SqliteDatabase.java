package dev.skerry.stream.sqlite;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Checksums;
import dev.skerry.stream.ChunkReader;
import dev.skerry.stream.Database;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Following;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.Watch;
import dev.skerry.stream.sqlite.Readers.ReadConnection;
import dev.skerry.stream.sqlite.SqliteTransaction.GroupFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A context's database in one SQLite file. Any thread may use it.
///
/// What [#write] has answered is on the disk. After a crash the file is as of the last commit; after an unclean stop it is
/// checked before it is used. A full disk refuses work and recovers by itself; a damaged file is never written to.
public final class SqliteDatabase implements Database<SqliteTransaction> {

    private static final System.Logger LOG = System.getLogger(SqliteDatabase.class.getName());

    private static final int PAGE_BYTES = 4096;

    private final Path file;
    private final SqliteSettings settings;
    private final InstantSource clock;
    private final SqliteFailures failures;
    private final FileGuard guard;
    private final Map<StreamName, StoredStream> streams = new ConcurrentHashMap<>();
    private final Map<String, Following> followers = new ConcurrentHashMap<>();
    private final Readers readers;
    private final Announcer announcer;
    private final Writer writer;
    private final Upkeep upkeep;

    /// For the holder of the writer's role alone.
    private LogTables tables;

    private SqliteTransaction transaction;
    private boolean reopen;
    private volatile long nextPosition;

    private volatile @Nullable StreamException damage;
    private final AtomicBoolean closing = new AtomicBoolean();

    /// Opens a database, and creates the file and tables that are missing.
    ///
    /// @param contextTables tables of the context whose database this is
    /// @throws StreamException if the file is in use, damaged, from a newer version, or cannot be opened
    public static SqliteDatabase open(
            Path file, SqliteSettings settings, InstantSource clock, Migrations... contextTables) {
        FileGuard guard = FileGuard.lock(file);
        try {
            return new SqliteDatabase(file, settings, clock, guard, List.of(contextTables));
        } catch (SQLException e) {
            guard.close();
            throw new SqliteFailures(file).explain(e);
        } catch (RuntimeException e) {
            guard.close();
            throw e;
        }
    }

    private SqliteDatabase(
            Path file,
            SqliteSettings settings,
            InstantSource clock,
            FileGuard guard,
            List<Migrations> contextTables)
            throws SQLException {
        this.file = requireNonNull(file, "file");
        this.settings = requireNonNull(settings, "settings");
        this.clock = requireNonNull(clock, "clock");
        this.guard = guard;
        this.failures = new SqliteFailures(file);
        boolean unclean = bytes(file.resolveSibling(file.getFileName() + "-wal")) > 0;
        boolean checkLater = unclean && bytes(file) > settings.integrityCheckBytesMax();
        this.tables = new LogTables(connect());
        try {
            if (unclean && !checkLater) {
                check(tables.connection());
            }
            migrate(contextTables);
            this.transaction = load();
            this.readers = new Readers(this::connect, settings.readConnections(), failures);
        } catch (SQLException | RuntimeException e) {
            tables.close();
            throw e;
        }
        this.announcer = new Announcer(String.valueOf(file.getFileName()));
        this.writer = new Writer(failures, settings, this::commit);
        this.upkeep = new Upkeep(this, settings.deletionsKeptFor());
        if (checkLater) {
            checkInBackground();
        }
    }

    /// Learns from the file what is committed.
    private SqliteTransaction load() throws SQLException {
        Set<StreamName> known = new HashSet<>();
        for (StoredStream stream : tables.streams()) {
            stream.publish();
            streams.put(stream.name, stream);
            known.add(stream.name);
        }
        streams.keySet().retainAll(known);
        for (Following following : tables.followers()) {
            followers.put(
                    SqliteTransaction.followerKey(following.follower(), following.reads()),
                    following);
        }
        SqliteTransaction loaded =
                new SqliteTransaction(tables, streams, followers, failures, clock);
        nextPosition = loaded.nextPosition();
        return loaded;
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = " + PAGE_BYTES);
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA foreign_keys = ON");
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("PRAGMA wal_autocheckpoint = " + settings.checkpointPages());
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void migrate(List<Migrations> contextTables) throws SQLException {
        List<Migrations> all = new ArrayList<>();
        all.add(new Migrations("stream", List.of(script("stream-1.sql"))));
        all.addAll(contextTables);
        tables.run("BEGIN IMMEDIATE");
        for (Migrations migrations : all) {
            migrations.apply(tables.connection(), file);
        }
        tables.run("COMMIT");
    }

    private static String script(String name) {
        try (var in = SqliteDatabase.class.getResourceAsStream(name)) {
            return new String(
                    requireNonNull(in, name).readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- is the file sound?

    private void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            String verdict = rows.next() ? rows.getString(1) : "no answer";
            if (!verdict.equals("ok")) {
                throw new StreamException(
                        Kind.CORRUPT,
                        file + " is damaged: " + verdict.lines().limit(3).toList(),
                        "nothing was written to it; put it aside and restore it from a copy or from"
                                + " the other side of the link",
                        false,
                        null);
            }
        }
    }

    /// A large file is checked while it is already in use: a shop must not wait for it.
    private void checkInBackground() {
        Thread.ofPlatform()
                .daemon()
                .name("check " + file.getFileName())
                .start(() -> {
                    try (Connection connection = connect()) {
                        check(connection);
                    } catch (StreamException e) {
                        damaged(e);
                    } catch (SQLException e) {
                        StreamException explained = failures.explain(e);
                        if (explained.kind() == Kind.CORRUPT) {
                            damaged(explained);
                        }
                    }
                });
    }

    private void damaged(StreamException e) {
        damage = e;
        LOG.log(System.Logger.Level.ERROR, "database=damaged " + e.getMessage());
    }

    /// Why nothing more is written to this file; empty while it is sound.
    public Optional<StreamException> damage() {
        return Optional.ofNullable(damage);
    }

    // ---- writing

    @Override
    public <R extends @Nullable Object> R write(Work<SqliteTransaction, R> work) {
        return writer.write(work);
    }

    /// Commits a group; called by the holder of the writer's role.
    private void commit(List<Writer.Ticket<?>> tickets) {
        try {
            StreamException broken = damage;
            if (broken != null) {
                throw broken;
            }
            if (reopen) {
                reopen();
            }
            transact(tickets);
        } catch (GroupFailed e) {
            failAll(tickets, e.failure(), failures.explain(e.failure()));
        } catch (SQLException e) {
            failAll(tickets, e, failures.explain(e));
        } catch (Throwable e) {
            // A refusal, or a mistake in this class: either way nobody may believe that anything
            // was done.
            failAll(tickets, e, e);
        } finally {
            tickets.forEach(Writer.Ticket::finish);
        }
    }

    private void transact(List<Writer.Ticket<?>> tickets) throws SQLException {
        tables.run("BEGIN IMMEDIATE");
        for (Writer.Ticket<?> ticket : tickets) {
            try {
                transaction.attempt(() -> ticket.run(transaction));
            } catch (GroupFailed e) {
                throw e;
            } catch (Throwable e) {
                ticket.fail(e);
            }
        }
        if (!transaction.wrote()) {
            tables.run("ROLLBACK");
            return;
        }
        transaction.flush();
        tables.run("COMMIT");
        List<StreamName> news = transaction.publish();
        nextPosition = transaction.nextPosition();
        if (!news.isEmpty()) {
            announcer.announce(news);
        }
    }

    /// The transaction failed as a whole: nothing of this group is there, and everybody in it is told so, also those whose
    /// work had failed by itself, since it may have failed over what has been undone now.
    private void failAll(List<Writer.Ticket<?>> tickets, Throwable cause, Throwable answer) {
        transaction.abandon();
        if (answer instanceof StreamException e && e.kind() == Kind.CORRUPT && damage == null) {
            damaged(e);
        }
        try {
            tables.run("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back by itself already, as it does where the disk is full or fails.
            cause.addSuppressed(e);
        }
        reopen = true;
        tickets.forEach(ticket -> ticket.fail(answer));
    }

    /// After a failure it is not known what the file holds, or what state statements are in: a new connection reads it again.
    private void reopen() throws SQLException {
        tables.close();
        tables = new LogTables(connect());
        transaction = load();
        reopen = false;
    }

    @Override
    public boolean upkeep() {
        return upkeep.step();
    }

    // ---- reading

    @Override
    public Optional<StreamInfo> find(StreamName name) {
        return Optional.ofNullable(streams.get(name)).map(StoredStream::committed);
    }

    @Override
    public List<StreamInfo> matching(StreamPattern pattern) {
        Pattern compiled = pattern.compiled();
        return streams.values().stream()
                .map(StoredStream::committed)
                .filter(Objects::nonNull)
                .filter(info -> compiled.matcher(info.name().value()).matches())
                .sorted(Comparator.comparing(StreamInfo::name))
                .toList();
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
        StoredStream stream = stream(name);
        StreamInfo info = requireNonNull(stream.committed());
        if (offset > 0 && offset < info.start()) {
            return new Read.Gone(info.start());
        }
        if (offset >= info.tail()) {
            return new Read.Page(List.of(), offset, true);
        }
        return readers.read(connection -> page(connection, stream, offset, eventsMax, bytesMax));
    }

    private static Read page(
            ReadConnection connection,
            StoredStream stream,
            long offset,
            int eventsMax,
            long bytesMax)
            throws SQLException {
        StreamInfo info = requireNonNull(stream.committed());
        PreparedStatement select =
                connection.statement(
                        StoredChunk.SELECT
                                + " WHERE stream = ? AND first_offset >= coalesce((SELECT"
                                + " max(first_offset) FROM chunk WHERE stream = ? AND"
                                + " first_offset <= ?), 0) ORDER BY first_offset");
        select.setLong(1, stream.id);
        select.setLong(2, stream.id);
        select.setLong(3, offset);
        List<Event> events = new ArrayList<>(Math.min(eventsMax, 1024));
        long bytes = 0;
        long next = offset;
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                StoredChunk stored = StoredChunk.read(rows);
                if (stored.firstOffset() > next && next > 0 && !info.settings().compacted()) {
                    // Without compaction offsets are dense: this was dropped a moment ago.
                    return new Read.Gone(stored.firstOffset());
                }
                ChunkReader chunk = stored.reader();
                while (chunk.nextFrom(offset)) {
                    bytes += chunk.payload().length();
                    if (events.size() == eventsMax || (bytes > bytesMax && !events.isEmpty())) {
                        return new Read.Page(events, next, false);
                    }
                    events.add(chunk.event(stream.name));
                    next = chunk.nextOffset();
                }
                next = Math.max(next, chunk.nextOffset());
            }
        }
        if (next < info.tail() && offset > 0 && !info.settings().compacted()) {
            return new Read.Gone(info.tail());
        }
        // What is not stored between here and the tail has been compacted away.
        return new Read.Page(events, Math.max(next, info.tail()), true);
    }

    @Override
    public Optional<Checkpoint> checksum(StreamName name, long offset) {
        StoredStream stream = streams.get(name);
        StreamInfo info = stream == null ? null : stream.committed();
        if (stream == null || info == null) {
            return Optional.empty();
        }
        if (offset >= info.tail()) {
            return Optional.of(new Checkpoint(info.tail(), info.checksum()));
        }
        return readers.read(connection -> {
            PreparedStatement select =
                    connection.statement(
                            StoredChunk.SELECT
                                    + " WHERE stream = ? AND first_offset <= ? ORDER BY"
                                    + " first_offset DESC LIMIT 1");
            select.setLong(1, stream.id);
            select.setLong(2, offset);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(checkpoint(StoredChunk.read(rows), offset))
                        : Optional.empty();
            }
        });
    }

    private static Checkpoint checkpoint(StoredChunk chunk, long offset) {
        Checksums checksums = new Checksums();
        Checkpoint known = new Checkpoint(chunk.firstOffset(), chunk.before());
        ChunkReader reader = chunk.reader();
        while (reader.next() && reader.nextOffset() <= offset) {
            known =
                    new Checkpoint(
                            reader.nextOffset(), reader.checksum(known.checksum(), checksums));
        }
        return known;
    }

    @Override
    public EventSource source(StreamName name, String follower) {
        StreamSource source = new StreamSource(this, name, follower);
        source.register();
        return source;
    }

    @Override
    public EventSource source(StreamPattern pattern, String follower) {
        PatternSource source = new PatternSource(this, pattern, follower);
        source.register();
        return source;
    }

    @Override
    public List<KnownFollower> followers() {
        return followers.values().stream()
                .map(Following::known)
                .sorted(
                        Comparator.comparing(KnownFollower::follower)
                                .thenComparing(KnownFollower::reads))
                .toList();
    }

    /// Forgets a follower that will not come back, so that nothing is kept for it any longer.
    public void forget(String follower) {
        write(tx -> {
            tx.forget(follower);
            return null;
        });
    }

    @Override
    public Watch watch(StreamName name, Runnable onNews) {
        return announcer.watch(name, onNews);
    }

    Watch watch(StreamPattern pattern, Runnable onNews) {
        Pattern compiled = pattern.compiled();
        return announcer.watch(name -> compiled.matcher(name.value()).matches(), onNews);
    }

    /// What a context reads from its own tables, on a connection that sees the last commit.
    @FunctionalInterface
    public interface Query<R> {
        R run(Connection connection) throws SQLException;
    }

    /// Runs a context's query. Any thread.
    ///
    /// @throws StreamException if the file cannot be read
    public <R> R query(Query<R> query) {
        return readers.read(connection -> query.run(connection.connection()));
    }

    // ---- for sources and upkeep

    /// The position that the next chunk will get, as of the last commit.
    long nextPosition() {
        return nextPosition;
    }

    long droppedOffset(StreamName name) {
        StoredStream stream = streams.get(name);
        return stream == null ? 0 : stream.droppedOffset;
    }

    long droppedPosition(StreamPattern pattern) {
        Pattern compiled = pattern.compiled();
        return streams.values().stream()
                .filter(stream -> compiled.matcher(stream.name.value()).matches())
                .mapToLong(stream -> stream.droppedPosition)
                .max()
                .orElse(0);
    }

    Readers readers() {
        return readers;
    }

    StoredStream stream(StreamName name) {
        StoredStream stream = streams.get(name);
        if (stream == null || stream.committed() == null) {
            throw new StreamException(
                    Kind.NO_STREAM,
                    "there is no stream " + name + " in " + file,
                    "create it first, or check its name",
                    false,
                    null);
        }
        return stream;
    }

    /// The stored stream of an id, if it still exists.
    @Nullable StoredStream stream(long id) {
        for (StoredStream stream : streams.values()) {
            if (stream.id == id) {
                return stream;
            }
        }
        return null;
    }

    List<StoredStream> streams() {
        return List.copyOf(streams.values());
    }

    List<Following> following(StreamName stream) {
        return followers.values().stream().filter(known -> known.covers(stream)).toList();
    }

    /// What is known of a follower of this database, as of the last commit.
    @Nullable Following following(String follower, String reads) {
        return followers.get(SqliteTransaction.followerKey(follower, reads));
    }

    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        writer.close();
        announcer.close();
        try {
            readers.close();
            try (Statement statement = tables.connection().createStatement()) {
                // Moves everything into the file and empties the log beside it: the sign of a clean
                // stop.
                statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)").close();
            }
            tables.close();
        } catch (SQLException e) {
            throw failures.explain(e);
        } finally {
            guard.close();
        }
    }

    private static long bytes(Path path) {
        try {
            return Files.exists(path) ? Files.size(path) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
