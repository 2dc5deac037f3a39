package dev.skerry.context;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.CloudEvent.Extension;
import dev.skerry.language.EventForm;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.Limits;
import dev.skerry.stream.Read;
import dev.skerry.stream.Reader;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.Watch;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A context's database: the streams that it publishes, and the state that follows from them. Only events change state, and
/// each is published and applied in one transaction, so the state can be made anew from the streams at any time. Any thread.
///
/// @param <E> the context's events
public final class Book<E> {

    /// On an event that a command with an id has led to: the id, and what tells the command from others.
    private static final String COMMAND = "command";

    private static final String FINGERPRINT = "commandprint";

    /// On an event that a followed event has led to: that event's stream and offset.
    private static final String CAUSE = "cause";

    /// The table of how far a followed stream has led to events of this book.
    private static final String CAUSED = "caused";

    /// The table of how far it had on the machine that was here before, whose events came by copy.
    private static final String FETCHED = "fetched";

    /// What every book keeps beside its context's tables: which commands have been carried out, and how far followed streams have
    /// led to events of its own, at all and on the machine from which the past was fetched.
    public static final Migrations TABLES =
            new Migrations(
                    "book",
                    List.of(
                            """
                            CREATE TABLE command (
                              id TEXT PRIMARY KEY,
                              fingerprint TEXT NOT NULL,
                              at INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE caused (
                              stream TEXT PRIMARY KEY,
                              offset INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            """,
                            """
                            CREATE TABLE fetched (
                              stream TEXT PRIMARY KEY,
                              offset INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            """));

    /// What is published, and where.
    ///
    /// @param events the record types of these events, as one sealed interface
    /// @param compacted the newest event of a key stands for it
    public record Publication<P>(StreamName stream, EventForm<P> events, boolean compacted) {}

    /// What somebody wants, told from everything else that he wants, so that wanting it twice by mistake does it once. It is known as
    /// long as [Forgetting] is told.
    ///
    /// @param id unique for ever; the client's choice
    /// @param fingerprint of what is wanted: the same id with another is a mistake of the client's
    public record Command(String id, String fingerprint) {}

    /// The id of a command stands for another one already.
    public static final class CommandIdReused extends RuntimeException {
        private static final long serialVersionUID = 1;

        CommandIdReused(String id) {
            super(id);
        }
    }

    /// An event that has happened, with what is known of it beside its content.
    ///
    /// @param offset in its stream
    public record Fact<E>(E event, String id, Instant at, long offset) {}

    /// A context's tables: the one place where its state is changed.
    public interface State<E> {

        /// Changes the tables by what has happened. Does the same whenever it is given the same, and does not fail for an
        /// event that has been published.
        void apply(Fact<? extends E> fact, Handle tables);

        /// Empties all tables.
        void clear(Handle tables);

        /// What an event is about, where its stream is compacted.
        default @Nullable String key(E event) {
            return null;
        }

        /// Whether an event ends what it is about.
        default boolean isDeletion(E event) {
            return false;
        }
    }

    /// What is done in one transaction: looks at the tables, and publishes what is decided.
    @FunctionalInterface
    public interface Decision<E, R extends @Nullable Object> {

        /// Must not wait, and not write tables by itself.
        ///
        /// @param publish publishes an event and applies it to the tables at once
        R decide(Handle tables, Consumer<E> publish);
    }

    /// What a context does about an event that it follows.
    @FunctionalInterface
    public interface Reaction<E> {

        /// Must not wait. What it writes into tables by itself is built from the followed stream alone, in tables of their own;
        /// all else it publishes.
        ///
        /// @param publish as in [Decision#decide]; what goes to HQ is published but where the event is known to have led to all it leads
        ///     to, which is so on a machine that has fetched its past from HQ and follows from the beginning
        void react(Event event, Handle tables, Consumer<E> publish);

        /// Empties what was built from the followed stream, because it begins anew: it was compacted beyond the cursor, or is
        /// another copy.
        ///
        /// @return false (the default) if what it has led to cannot be done again; the follower then stops
        default boolean startOver(Handle tables) {
            return false;
        }
    }

    private final SqliteDatabase database;
    private final List<Publication<? extends E>> publications;
    private final State<E> state;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    /// The tails up to which streams are known to have been applied: told after each write, so that a look costs nothing.
    private final Map<StreamName, Long> applied = new ConcurrentHashMap<>();

    /// @param database of this context alone, with its tables and [#TABLES]
    /// @param publications of disjoint sets of events
    public Book(
            SqliteDatabase database,
            List<Publication<? extends E>> publications,
            State<E> state,
            InstantSource clock,
            TimeOrderedIds ids) {
        this.database = requireNonNull(database, "database");
        this.publications = List.copyOf(publications);
        this.state = requireNonNull(state, "state");
        this.clock = requireNonNull(clock, "clock");
        this.ids = requireNonNull(ids, "ids");
        catchUp();
    }

    /// The book's own time.
    public InstantSource clock() {
        return clock;
    }

    // ---- writing

    /// Decides and publishes, in one transaction; durable when this returns.
    ///
    /// @throws dev.skerry.stream.StreamException if the machine failed
    public <R extends @Nullable Object> R write(Decision<E, R> decision) {
        return writing(null, decision);
    }

    /// As [#write(Decision)], but a command that has led to events before leads to nothing.
    ///
    /// @return empty if it has been carried out before, or if the decision gave null
    /// @throws CommandIdReused if another command had this id
    public <R> Optional<R> once(Command command, Decision<E, @Nullable R> decision) {
        return writing(
                command,
                (tables, publish) -> {
                    if (isDone(command, tables)) {
                        return Optional.<R>empty();
                    }
                    return Optional.ofNullable(decision.decide(tables, publish));
                });
    }

    /// Whether a command has led to events before.
    ///
    /// @throws CommandIdReused if another command had this id
    public boolean isDone(Command command) {
        return query(tables -> isDone(command, tables));
    }

    private static boolean isDone(Command command, Handle tables) {
        Optional<String> known =
                tables.createQuery("SELECT fingerprint FROM command WHERE id = ?")
                        .bind(0, command.id())
                        .mapTo(String.class)
                        .findOne();
        if (known.isPresent() && !known.get().equals(command.fingerprint())) {
            throw new CommandIdReused(command.id());
        }
        return known.isPresent();
    }

    private <R extends @Nullable Object> R writing(
            @Nullable Command command, Decision<E, R> decision) {
        while (true) {
            try {
                Map<StreamName, Long> tails = new HashMap<>();
                R result =
                        database.write(tx -> {
                            requireApplied(tx);
                            R decided = decide(command, decision, new Handle(tx.statements()), tx);
                            publications.forEach(
                                    it -> tails.put(it.stream(), tx.tail(it.stream())));
                            return decided;
                        });
                tails.forEach((stream, tail) -> applied.merge(stream, tail, Math::max));
                return result;
            } catch (Behind e) {
                catchUp();
            }
        }
    }

    private <R extends @Nullable Object> R decide(
            @Nullable Command command,
            Decision<E, R> decision,
            Handle tables,
            SqliteTransaction tx) {
        return decision.decide(tables, event -> publish(event, Reason.of(command), tables, tx));
    }

    /// Why something is published: because of a command, of an event that is followed, or of nothing that could come again.
    private record Reason(@Nullable Command command, @Nullable Event event) {

        static final Reason NONE = new Reason(null, null);

        static Reason of(@Nullable Command command) {
            return new Reason(command, null);
        }

        CloudEvent on(CloudEvent envelope) {
            CloudEvent reasoned = envelope;
            if (command != null) {
                reasoned =
                        reasoned.withExtension(COMMAND, new Extension.Text(command.id()))
                                .withExtension(
                                        FINGERPRINT, new Extension.Text(command.fingerprint()));
            }
            if (event != null) {
                reasoned =
                        reasoned.withExtension(
                                CAUSE, new Extension.Text(event.stream() + "@" + event.offset()));
            }
            return reasoned;
        }
    }

    private void publish(E event, Reason reason, Handle tables, SqliteTransaction tx) {
        publishIn(publication(event), event, reason, tables, tx);
    }

    private Publication<? extends E> publication(E event) {
        return publications.stream()
                .filter(it -> it.events().events().isInstance(event))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("this context does not publish " + event));
    }

    /// Whether an event stays in the store, and so is not there on a new machine.
    private boolean isLocal(E event) {
        return publication(event).stream().value().startsWith("local/");
    }

    private <P extends E> void publishIn(
            Publication<P> publication,
            E event,
            Reason reason,
            Handle tables,
            SqliteTransaction tx) {
        StreamName stream = publication.stream();
        P own = publication.events().events().cast(event);
        CloudEvent envelope =
                reason.on(
                        CloudEvent.of(
                                        ids.next().toString(),
                                        stream.value(),
                                        publication.events().type(own),
                                        clock.instant(),
                                        publication.events().data(own))
                                .withSubject(state.key(event)));
        if (publication.compacted() && state.isDeletion(event)) {
            envelope = CloudEvents.deletionOf(envelope);
        }
        long offset = tx.append(stream, CloudEvents.write(envelope));
        apply(new Fact<>(event, envelope.id(), envelope.time(), offset), envelope, false, tables);
        tx.moveCursor(cursor(stream), offset + 1);
    }

    /// @param fetched it comes from the machine that was here before
    private void apply(
            Fact<? extends E> fact, CloudEvent envelope, boolean fetched, Handle tables) {
        state.apply(fact, tables);
        if (envelope.extensions().get(COMMAND) instanceof Extension.Text(String id)
                && envelope.extensions().get(FINGERPRINT) instanceof Extension.Text(String print)) {
            tables.execute(
                    "INSERT OR IGNORE INTO command (id, fingerprint, at) VALUES (?, ?, ?)",
                    id,
                    print,
                    fact.at().toEpochMilli());
        }
        if (envelope.extensions().get(CAUSE) instanceof Extension.Text(String cause)) {
            int at = cause.lastIndexOf('@');
            for (String table : fetched ? List.of(CAUSED, FETCHED) : List.of(CAUSED)) {
                tables.execute(
                        "INSERT INTO "
                                + table
                                + " (stream, offset) VALUES (?, ?)"
                                + " ON CONFLICT DO UPDATE SET offset = max(offset, excluded.offset)",
                        cause.substring(0, at),
                        Long.parseLong(cause.substring(at + 1)));
            }
        }
    }

    /// How far a followed stream has led to events of this book. On a machine that has fetched its past from HQ, cursors begin anew, and
    /// what an event led to is there already.
    private static long upTo(String table, StreamName stream, Handle tables) {
        return tables.createQuery("SELECT offset FROM " + table + " WHERE stream = ?")
                .bind(0, stream.value())
                .mapTo(Long.class)
                .findOne()
                .orElse(-1L);
    }

    // ---- reading

    /// Looks at the tables as of the last commit. The query must not write, nor call [#write].
    ///
    /// @throws dev.skerry.stream.StreamException if the machine failed
    public <R extends @Nullable Object> R query(Function<Handle, R> query) {
        applyWhatCame();
        return database.queryPrepared(statements -> Handle.reading(statements, query));
    }

    /// Is another whenever the context's tables may be: where it is in all that it publishes and follows, for nothing else writes them.
    public String version() {
        applyWhatCame();
        return database.cursors().toString();
    }

    /// Is another whenever something was published there: for tables that are made of one stream alone.
    public long version(StreamName published) {
        applyWhatCame();
        return database.cursor(cursor(published)).orElse(0);
    }

    /// Before anything is followed, what came by copy is applied: what follows decides on the state.
    private final class CaughtUp implements EventSource {

        private final EventSource source;

        CaughtUp(EventSource source) {
            this.source = source;
        }

        @Override
        public String describe() {
            return source.describe();
        }

        @Override
        public Read read(long cursor, int eventsMax) {
            applyWhatCame();
            return source.read(cursor, eventsMax);
        }

        @Override
        public void passed(long cursor) {
            source.passed(cursor);
        }

        @Override
        public Watch watch(Runnable onNews) {
            return source.watch(onNews);
        }
    }

    /// On a machine that fetches its past from HQ, streams grow by copies, of which the tables know nothing yet.
    private void applyWhatCame() {
        for (Publication<? extends E> publication : publications) {
            StreamName stream = publication.stream();
            long tail = tail(stream);
            if (tail != applied.getOrDefault(stream, -1L)) {
                // Most often a write beside this one, which has committed and not yet told: no
                // reason to wait for the writer.
                if (database.cursor(cursor(stream)).orElse(0) < tail) {
                    catchUp(publication, true);
                }
                applied.merge(stream, tail, Math::max);
            }
        }
    }

    private long tail(StreamName stream) {
        return database.find(stream).map(StreamInfo::tail).orElse(-1L);
    }

    // ---- following

    /// Carries the events of a source to this book; to be driven.
    ///
    /// @param name unique in this database, and the same for ever
    public Follower<SqliteTransaction> follower(
            String name, EventSource source, FollowerSettings settings, Reaction<E> reaction) {
        return new Follower<>(
                name,
                new CaughtUp(source),
                database,
                new Reader<>() {
                    @Override
                    public void apply(Event event, SqliteTransaction tx) {
                        try {
                            requireApplied(tx);
                        } catch (Behind e) {
                            // No fault of the event's: it is tried again, and before that the
                            // source catches up.
                            throw new StreamException(
                                    StreamException.Kind.OVERLOADED,
                                    name + " waits for what HQ has sent to be applied",
                                    "nothing is to be done",
                                    true,
                                    e);
                        }
                        Handle tables = new Handle(tx.statements());
                        boolean before = isLedTo(event, tx, tables);
                        Reason reason = new Reason(null, event);
                        reaction.react(
                                event,
                                tables,
                                one -> {
                                    if (isLocal(one)) {
                                        publish(one, Reason.NONE, tables, tx);
                                    } else if (!before) {
                                        publish(one, reason, tables, tx);
                                    }
                                });
                    }

                    // What was put aside and is tried again has led to nothing here, though later
                    // events have.
                    private boolean isLedTo(Event event, SqliteTransaction tx, Handle tables) {
                        boolean retried = event.key() != null && tx.parked(name, event.key());
                        return event.offset()
                                <= (retried
                                        ? upTo(FETCHED, event.stream(), tables)
                                        : upTo(CAUSED, event.stream(), tables));
                    }

                    @Override
                    public boolean startOver(SqliteTransaction tx) {
                        return reaction.startOver(new Handle(tx.statements()));
                    }
                },
                settings,
                clock);
    }

    // ---- the state, from the streams

    /// Something has been published here by another way than [#write]: a copy from HQ.
    private static final class Behind extends RuntimeException {
        private static final long serialVersionUID = 1;

        Behind() {
            super("behind", null, false, false);
        }
    }

    private void requireApplied(SqliteTransaction tx) {
        for (Publication<? extends E> publication : publications) {
            StreamName stream = publication.stream();
            if (!tx.exists(stream) || tx.cursor(cursor(stream)).orElse(0) != tx.tail(stream)) {
                throw new Behind();
            }
        }
    }

    /// Opens the streams that are not there, and applies what has been published and not applied.
    public void catchUp() {
        database.write(tx -> {
            for (Publication<? extends E> publication : publications) {
                if (!tx.exists(publication.stream())) {
                    tx.open(
                            publication.stream(),
                            publication.compacted()
                                    ? StreamSettings.compactedByKey()
                                    : StreamSettings.keepAll());
                }
            }
            return true;
        });
        publications.forEach(it -> catchUp(it, true));
    }

    /// @param fetched what has not been applied comes from the machine that was here before
    private <P extends E> void catchUp(Publication<P> publication, boolean fetched) {
        StreamName stream = publication.stream();
        boolean more = true;
        while (more) {
            long from = database.write(tx -> tx.cursor(cursor(stream)).orElse(0));
            switch (database.read(stream, from, Limits.PAGE_EVENTS_MAX, Limits.PAGE_BYTES_MAX)) {
                case Read.Gone(long earliest) ->
                        throw new IllegalStateException(
                                "%s begins at %d, and %d is the next to be applied: the state cannot be made from it. Put this context's database aside, and restart: HQ has the rest"
                                        .formatted(stream, earliest, from));
                case Read.Page page -> {
                    more = page.next() > from;
                    if (more) {
                        replay(publication, page, from, fetched);
                    }
                }
            }
        }
    }

    private <P extends E> void replay(
            Publication<P> publication, Read.Page page, long from, boolean fetched) {
        String cursor = cursor(publication.stream());
        database.write(tx -> {
            if (tx.cursor(cursor).orElse(0) == from) {
                Handle tables = new Handle(tx.statements());
                page.events().forEach(event -> replay(publication, event, fetched, tables));
                tx.moveCursor(cursor, page.next());
            }
            return true;
        });
    }

    private <P extends E> void replay(
            Publication<P> publication, Event event, boolean fetched, Handle tables) {
        CloudEvent envelope = CloudEvents.read(event);
        publication
                .events()
                .read(envelope)
                .ifPresent(known ->
                        apply(
                                new Fact<>(known, envelope.id(), envelope.time(), event.offset()),
                                envelope,
                                fetched,
                                tables));
    }

    /// Empties the tables and makes them anew from the streams. Nobody else may use the book meanwhile.
    public void rebuild() {
        database.write(tx -> {
            Handle tables = new Handle(tx.statements());
            state.clear(tables);
            tables.execute("DELETE FROM command");
            tables.execute("DELETE FROM caused");
            publications.forEach(it -> tx.moveCursor(cursor(it.stream()), 0));
            return true;
        });
        publications.forEach(it -> catchUp(it, false));
    }

    private static String cursor(StreamName stream) {
        return "state of " + stream;
    }
}
