package dev.skerry.stream.sqlite;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Batch;
import dev.skerry.stream.Checksums;
import dev.skerry.stream.ChunkReader;
import dev.skerry.stream.Database;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Following;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.Watch;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

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
    private final ConcurrentNavigableMap<StreamName, StoredStream> streams =
            new ConcurrentSkipListMap<>();
    private final Readers readers;

    /// For contexts' own queries: what one of them leaves open does not hold the log back.
    private final Readers queries;

    private final Announcer announcer;
    private final Writer writer;
    private final Upkeep upkeep;

    private final ChunkPacker packer = new ChunkPacker();

    /// For the holder of the writer's role alone.
    private LogTables tables;

    private SqliteTransaction transaction;
    private boolean reopen;
    private volatile long nextPosition;

    /// Written by the holder of the writer's role alone.
    private volatile Commits commits = Commits.NONE;

    private volatile @Nullable StreamException damage;

    /// Written by the holder of the writer's role alone.
    private volatile @Nullable StreamException sealed;

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
        } catch (Throwable e) {
            try {
                guard.close();
            } catch (SQLException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e instanceof SQLException sql
                    ? new SqliteFailures(file).explain(sql)
                    : rethrown(e);
        }
    }

    private static RuntimeException rethrown(Throwable e) {
        return switch (e) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException(e);
        };
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
        boolean unclean =
                guard.unclean() || bytes(file.resolveSibling(file.getFileName() + "-wal")) > 0;
        boolean checkLater = unclean && bytes(file) > settings.integrityCheckBytesMax();
        if (unclean && !checkLater) {
            check();
        }
        this.tables = new LogTables(connect(), packer);
        try {
            migrate(contextTables);
            this.transaction = new SqliteTransaction(tables, streams, failures, clock);
            this.nextPosition = transaction.nextPosition();
            this.readers = new Readers(this::connectToRead, settings.readConnections(), failures);
            this.queries = new Readers(this::connectToRead, settings.readConnections(), failures);
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

    private Connection connect() throws SQLException {
        return connect(
                "page_size = " + PAGE_BYTES,
                "journal_mode = WAL",
                "synchronous = FULL",
                "foreign_keys = ON",
                "busy_timeout = 5000",
                "wal_autocheckpoint = " + settings.checkpointPages());
    }

    private Connection connectToRead() throws SQLException {
        return connect("busy_timeout = 5000", "query_only = ON");
    }

    private Connection connect(String... pragmas) throws SQLException {
        Properties options = new Properties();
        // Else the driver asks for the last row's id after every INSERT.
        options.setProperty("jdbc.get_generated_keys", "false");
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, options);
        try (Statement statement = connection.createStatement()) {
            for (String pragma : pragmas) {
                statement.execute("PRAGMA " + pragma);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void migrate(List<Migrations> contextTables) throws SQLException {
        List<Migrations> all = new ArrayList<>();
        all.add(new Migrations("stream", List.of(script("stream-1.sql"), script("stream-2.sql"))));
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

    /// Reads the whole file and writes nothing, not even what the log beside it holds.
    private void check() throws SQLException {
        SQLiteConfig readOnly = new SQLiteConfig();
        readOnly.setReadOnly(true);
        try (Connection connection = readOnly.createConnection("jdbc:sqlite:" + file)) {
            String verdict = verdict(connection);
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

    /// What SQLite says of a whole file: `ok`, or the first thing that is wrong with it.
    static String verdict(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            return rows.next() ? rows.getString(1) : "no answer";
        }
    }

    /// A large file is checked while it is already in use: a shop must not wait for it.
    private void checkInBackground() {
        Thread.ofPlatform()
                .daemon()
                .name("check " + file.getFileName())
                .start(() -> {
                    try {
                        check();
                    } catch (StreamException e) {
                        damaged(e);
                    } catch (SQLException e) {
                        noteDamage(failures.explain(e));
                    }
                });
    }

    private StreamException noteDamage(StreamException e) {
        if (e.kind() == Kind.CORRUPT && damage == null) {
            damaged(e);
        }
        return e;
    }

    private void damaged(StreamException e) {
        damage = e;
        LOG.log(System.Logger.Level.ERROR, "database=damaged " + e.getMessage());
    }

    /// Why nothing more is written to this file; empty while it is sound.
    public Optional<StreamException> damage() {
        return Optional.ofNullable(damage);
    }

    /// What has been committed since it was opened.
    public Commits commits() {
        return commits;
    }

    // ---- writing

    @Override
    public <R extends @Nullable Object> R write(Work<SqliteTransaction, R> work) {
        return writer.write(work);
    }

    @Override
    public Batch prepare(List<NewEvent> events) {
        return packer.prepare(events);
    }

    /// Takes no more work, for good: what has been answered when this returns is in the file, all else is refused. Reading goes on.
    ///
    /// @param what why, for who is refused
    /// @param remedy what to do about it
    public void seal(String what, String remedy) {
        if (sealed != null || damage != null) {
            return;
        }
        StreamException refusal = new StreamException(Kind.CLOSED, what, remedy, false, null);
        // In the writer's role, so that nobody is between being let in and being committed.
        writer.<@Nullable Void>write(_ -> {
            sealed = refusal;
            return null;
        });
    }

    /// Commits a group; called by the holder of the writer's role. Nobody is told that it worked but after the commit.
    private void commit(List<Writer.Ticket<?>> tickets) {
        StreamException broken = damage;
        try {
            if (broken != null) {
                tickets.forEach(ticket -> ticket.fail(broken.again()));
            } else {
                commitSound(tickets);
            }
        } catch (Throwable e) {
            // Not even the failure could be handled (out of memory?): that is what they are told.
            reopen = true;
            tickets.forEach(ticket -> ticket.fail(e));
        } finally {
            tickets.forEach(Writer.Ticket::finish);
        }
    }

    private void commitSound(List<Writer.Ticket<?>> tickets) {
        try {
            if (reopen) {
                reopen();
            }
            if (!transact(tickets)) {
                return;
            }
        } catch (GroupFailed e) {
            failAll(tickets, e.failure(), noteDamage(failures.explain(e.failure())));
            return;
        } catch (SQLException e) {
            failAll(tickets, e, noteDamage(failures.explain(e)));
            return;
        } catch (Throwable e) {
            failAll(tickets, e, e);
            return;
        }
        tickets.forEach(Writer.Ticket::committed);
        publish();
    }

    /// @return whether anything was committed; if not, everybody has been told already
    private boolean transact(List<Writer.Ticket<?>> tickets) throws SQLException {
        tables.run("BEGIN IMMEDIATE");
        for (Writer.Ticket<?> ticket : tickets) {
            StreamException refusal = sealed;
            if (refusal != null) {
                ticket.fail(refusal.again());
                continue;
            }
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
            transaction.abandon();
            tickets.forEach(Writer.Ticket::committed);
            return false;
        }
        transaction.flush();
        Instant begun = clock.instant();
        tables.run("COMMIT");
        commits = commits.and(tickets.size(), Duration.between(begun, clock.instant()));
        return true;
    }

    private void publish() {
        try {
            List<StreamName> news = transaction.publish();
            nextPosition = transaction.nextPosition();
            if (!news.isEmpty()) {
                announcer.announce(news);
            }
        } catch (Throwable e) {
            // It is durable all the same. What the file holds is read again before the next commit.
            reopen = true;
            LOG.log(System.Logger.Level.ERROR, "publish=failed remedy=\"restart the node\"", e);
        }
    }

    /// The transaction failed as a whole: nothing of this group is there, and everybody in it is told so, also those whose
    /// work had failed by itself, since it may have failed over what has been undone now.
    private void failAll(List<Writer.Ticket<?>> tickets, Throwable cause, Throwable answer) {
        reopen = true;
        tickets.forEach(ticket -> ticket.fail(answer));
        transaction.abandon();
        try {
            tables.run("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back by itself already, as it does where the disk is full or fails.
            cause.addSuppressed(e);
        }
    }

    /// After a failure it is not known what the file holds, or what state statements are in: a new connection reads it again.
    private void reopen() throws SQLException {
        tables.close();
        tables = new LogTables(connect(), packer);
        transaction = new SqliteTransaction(tables, streams, failures, clock);
        nextPosition = transaction.nextPosition();
        reopen = false;
    }

    @Override
    public boolean upkeep() {
        return upkeep.step();
    }

    // ---- reading

    @Override
    public Optional<StreamInfo> find(StreamName name) {
        return Optional.ofNullable(streams.get(name)).map(stream -> stream.committed().info());
    }

    @Override
    public List<StreamInfo> matching(StreamPattern pattern) {
        String beginning = pattern.beginning();
        List<StreamInfo> found = new ArrayList<>();
        // Names are in order, and those that begin alike are neighbours: a few of very many are
        // found quickly.
        String first =
                beginning.endsWith("/")
                        ? beginning.substring(0, beginning.length() - 1)
                        : beginning;
        for (StoredStream stream :
                first.isEmpty()
                        ? streams.values()
                        : streams.tailMap(StreamName.of(first)).values()) {
            String name = stream.name.value();
            if (pattern.matches(name)) {
                found.add(stream.committed().info());
            } else if (!name.startsWith(beginning) && name.compareTo(beginning) > 0) {
                break;
            }
        }
        return found;
    }

    @Override
    public Read read(StreamName name, long offset, int eventsMax, long bytesMax) {
        Read read = readIfThere(name, offset, eventsMax, bytesMax);
        if (read == null) {
            throw noStream(name);
        }
        return read;
    }

    private StreamException noStream(StreamName name) {
        return new StreamException(
                Kind.NO_STREAM,
                "there is no stream " + name + " in " + file,
                "create it first, or check its name",
                false,
                null);
    }

    /// @return null if there is no such stream
    @Nullable Read readIfThere(StreamName name, long offset, int eventsMax, long bytesMax) {
        if (offset < 0 || eventsMax < 1) {
            throw new IllegalArgumentException(
                    "an offset is 0 or more and a page has 1 event or more, not %d and %d"
                            .formatted(offset, eventsMax));
        }
        StoredStream stream = streams.get(name);
        if (stream == null) {
            return null;
        }
        StreamInfo info = stream.committed().info();
        if (offset > 0 && offset < info.start()) {
            return new Read.Gone(info.start());
        }
        if (offset >= info.tail()) {
            return new Read.Page(List.of(), offset, true);
        }
        return reading(
                connection -> page(connection, stream.id, info, offset, eventsMax, bytesMax));
    }

    /// @return null if the stream has been deleted meanwhile
    private static @Nullable Read page(
            Statements connection,
            long stream,
            StreamInfo info,
            long offset,
            int eventsMax,
            long bytesMax)
            throws SQLException {
        boolean dense = !info.settings().compacted();
        PreparedStatement select = connection.statement(StoredChunk.FROM_OFFSET);
        select.setLong(1, stream);
        select.setLong(2, offset);
        List<Event> events = new ArrayList<>(Math.min(eventsMax, 1024));
        long bytes = 0;
        long next = offset;
        try (ResultSet rows = select.executeQuery()) {
            // What was committed since the tail was looked up is for the next page.
            while (next < info.tail() && rows.next()) {
                StoredChunk stored = StoredChunk.read(rows);
                if (stored.firstOffset() >= info.tail()) {
                    break;
                }
                if (dense && next > 0 && stored.firstOffset() > next) {
                    // Without compaction offsets are dense: this was dropped a moment ago.
                    return new Read.Gone(stored.firstOffset());
                }
                ChunkReader chunk = stored.reader();
                while (chunk.nextFrom(offset)) {
                    bytes += chunk.payload().length();
                    if (events.size() == eventsMax || (bytes > bytesMax && !events.isEmpty())) {
                        return new Read.Page(events, next, false);
                    }
                    events.add(chunk.event(info.name()));
                    next = chunk.nextOffset();
                }
                next = Math.max(next, chunk.nextOffset());
            }
        }
        if (dense && next > 0 && next < info.tail()) {
            return new Read.Gone(info.tail());
        }
        if (next == 0 && info.start() == 0 && info.tail() > 0 && !exists(connection, stream)) {
            return null;
        }
        // What is not stored between here and the tail has been compacted away, or was dropped
        // before a reader from 0.
        return new Read.Page(events, Math.max(next, info.tail()), true);
    }

    private static boolean exists(Statements connection, long stream) throws SQLException {
        PreparedStatement select = connection.statement("SELECT 1 FROM stream WHERE id = ?");
        select.setLong(1, stream);
        try (ResultSet rows = select.executeQuery()) {
            return rows.next();
        }
    }

    @Override
    public Optional<Checkpoint> checksum(StreamName name, long offset) {
        StoredStream stream = streams.get(name);
        if (stream == null) {
            return Optional.empty();
        }
        StreamInfo info = stream.committed().info();
        if (offset >= info.tail()) {
            return Optional.of(new Checkpoint(info.tail(), info.checksum()));
        }
        return reading(connection -> {
            PreparedStatement select =
                    connection.statement(
                            StoredChunk.SELECT
                                    + " WHERE stream = ? AND first_offset <= ?"
                                    + " ORDER BY first_offset DESC LIMIT 1");
            select.setLong(1, stream.id);
            select.setLong(2, offset);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(checkpoint(StoredChunk.read(rows), offset))
                        : Optional.empty();
            }
        });
    }

    @Override
    public Backlog backlog(StreamName name, long offset) {
        StoredStream stream = streams.get(name);
        long tail = stream == null ? 0 : stream.committed().info().tail();
        if (stream == null || offset >= tail) {
            return Backlog.NONE;
        }
        return reading(connection -> {
            PreparedStatement select =
                    connection.statement(
                            "SELECT c.appended_at, (SELECT bytes_through FROM chunk WHERE stream ="
                                    + " ?1 ORDER BY first_offset DESC LIMIT 1) - c.bytes_through +"
                                    + " length(c.data) FROM chunk c WHERE c.stream = ?1 AND"
                                    + " c.first_offset >= coalesce((SELECT max(first_offset) FROM"
                                    + " chunk WHERE stream = ?1 AND first_offset <= ?2), 0)"
                                    + " AND c.next_offset > ?2 ORDER BY c.first_offset LIMIT 1");
            select.setLong(1, stream.id);
            select.setLong(2, offset);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? new Backlog(
                                tail - offset,
                                rows.getLong(2),
                                Instant.ofEpochMilli(rows.getLong(1)))
                        : Backlog.NONE;
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
    public Copy copy(StreamName name, long offset, long bytesMax) {
        if (offset < 0) {
            throw new IllegalArgumentException("an offset is 0 or more, not " + offset);
        }
        StoredStream stream = streams.get(name);
        if (stream == null) {
            throw noStream(name);
        }
        Copying copying = new Copying(stream, offset);
        Copy copy = reading(connection -> copying.run(connection, bytesMax));
        if (copy == null) {
            throw noStream(name);
        }
        return copy;
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
        return reading(LogTables::followers).stream().map(Following::known).toList();
    }

    @Override
    public void forget(String follower) {
        write(tx -> {
            tx.forget(follower);
            return true;
        });
    }

    @Override
    public Watch watch(StreamName name, Runnable onNews) {
        return announcer.watch(name, onNews);
    }

    @Override
    public Watch watch(StreamPattern pattern, Runnable onNews) {
        return announcer.watch(pattern::matches, onNews);
    }

    /// What a context reads from its own tables, on a connection that sees the last commit.
    @FunctionalInterface
    public interface Query<R extends @Nullable Object> {
        R run(Connection connection) throws SQLException;
    }

    /// Runs a context's query. Any thread; the query must not call [#write], and closes what it opens.
    ///
    /// @throws StreamException if the file cannot be read
    public <R extends @Nullable Object> R query(Query<R> query) {
        return queries.read(connection -> query.run(connection.connection()));
    }

    /// What is asked so often that its statements stay prepared.
    @FunctionalInterface
    public interface PreparedQuery<R extends @Nullable Object> {
        R run(Statements connection) throws SQLException;
    }

    /// As [#query].
    public <R extends @Nullable Object> R queryPrepared(PreparedQuery<R> query) {
        return queries.read(query::run);
    }

    /// A cursor of this database, as of the last commit.
    public OptionalLong cursor(String follower) {
        return reading(statements -> LogTables.cursor(statements, follower));
    }

    /// All cursors of this database by their followers, as of the last commit. What is only written together with a cursor is as it was
    /// while these are.
    public Map<String, Long> cursors() {
        return reading(LogTables::cursors);
    }

    // ---- for sources and upkeep

    /// A read of the log. Damage that it meets is the database's.
    <R extends @Nullable Object> R reading(Readers.Query<R> query) {
        try {
            return readers.read(query);
        } catch (StreamException e) {
            throw noteDamage(e);
        }
    }

    /// The position that the next chunk will get, as of the last commit.
    long nextPosition() {
        return nextPosition;
    }

    List<StreamInfo> all() {
        return streams.values().stream().map(stream -> stream.committed().info()).toList();
    }

    /// What is known of a follower of this database, as of the last commit.
    @Nullable Following following(String follower, String reads) {
        return reading(connection -> LogTables.follower(connection, follower, reads));
    }

    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        writer.close();
        announcer.close();
        List<SQLException> failed = new ArrayList<>();
        close(readers::close, failed);
        close(queries::close, failed);
        close(this::emptyLog, failed);
        close(() -> tables.close(), failed);
        packer.close();
        if (failed.isEmpty() && damage == null) {
            close(guard::clean, failed);
        }
        close(guard::close, failed);
        if (!failed.isEmpty()) {
            throw failures.explain(failed.getFirst());
        }
    }

    /// Moves everything into the file, so that it is whole without the log beside it.
    private void emptyLog() throws SQLException {
        if (reopen) {
            reopen();
        }
        try (Statement statement = tables.connection().createStatement()) {
            statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)").close();
        }
    }

    /// Closes one thing, so that a failure (a full disk) does not keep the next one open.
    private static void close(SqliteTransaction.Sql closing, List<SQLException> failed) {
        try {
            closing.run();
        } catch (SQLException e) {
            failed.add(e);
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
