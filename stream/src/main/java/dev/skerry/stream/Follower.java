package dev.skerry.stream;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Transaction.Parked;
import dev.skerry.stream.Transaction.Resolution;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Carries events from a source to a reader, in order, each exactly once: what the events of a page do and the cursor
/// after them are one commit. Has no thread and does not wait.
///
/// ```
/// MOVING ⇄ CAUGHT_UP    a page was there / was not
/// MOVING ⇄ HINDERED     the machine failed; tried again by itself
/// any    → STOPPED      an event cannot be applied, events are gone, or there are two followers of this name
/// STOPPED → MOVING      resume, skipFaulty
/// ```
///
/// One thread at a time steps it. The acts of operators and [#status] are for any thread.
public final class Follower<T extends Transaction> implements Steps {

    /// The longest text kept of what went wrong with an event, in characters.
    public static final int ERROR_LENGTH_MAX = 1000;

    private static final Logger LOG = System.getLogger(Follower.class.getName());

    private final String name;
    private final EventSource source;
    private final Database<T> database;
    private final Reader<T> reader;
    private final FollowerSettings settings;
    private final InstantSource clock;

    /// As committed; empty when it has to be read from the database, because it is not known whether a commit succeeded.
    private volatile OptionalLong cursor = OptionalLong.empty();

    private volatile @Nullable Stop stop;
    private volatile State state = State.MOVING;
    private volatile @Nullable String trouble;
    private volatile Instant since;
    private long acknowledged;
    private int pagesSinceAcknowledged;

    /// @param name unique in the database: the cursor is kept under it
    public Follower(
            String name,
            EventSource source,
            Database<T> database,
            Reader<T> reader,
            FollowerSettings settings,
            InstantSource clock) {
        this.name = requireNonNull(name, "name");
        this.source = requireNonNull(source, "source");
        this.database = requireNonNull(database, "database");
        this.reader = requireNonNull(reader, "reader");
        this.settings = requireNonNull(settings, "settings");
        this.clock = requireNonNull(clock, "clock");
        this.since = clock.instant();
    }

    /// What a follower is doing.
    public enum State {
        MOVING,
        CAUGHT_UP,
        HINDERED,
        STOPPED
    }

    /// How a follower stands.
    ///
    /// @param reads what it follows, for people
    /// @param cursor before which all is committed; empty before the first step, and while it is unknown
    /// @param since when it got into this state
    /// @param trouble what keeps it from getting on; null if nothing does
    /// @param faulty the event at which it stopped; null if it did not stop at one
    public record Status(
            String name,
            String reads,
            OptionalLong cursor,
            State state,
            Instant since,
            @Nullable String trouble,
            @Nullable Event faulty) {}

    /// What came of retrying a key.
    ///
    /// @param applied how many parked events have taken effect
    /// @param waiting how many of the key are still parked
    /// @param error why the first of them could not be applied; null if none is left
    public record Retried(int applied, int waiting, @Nullable String error) {}

    /// Why it stands still until an operator acts.
    ///
    /// @param unit the events that have to be committed together, the faulty one among them; null if no event is at fault
    /// @param skips what has been decided about events of the unit
    private record Stop(
            String why,
            @Nullable Event faulty,
            Read.@Nullable Page unit,
            long cursor,
            Map<Event, Skip> skips) {

        static Stop without(String why) {
            return new Stop(why, null, null, 0, Map.of());
        }
    }

    private record Skip(String who, String why) {}

    /// The reader could not apply an event; undoes the transaction.
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Event event;
        private final int index;

        Failed(Event event, int index, Throwable cause) {
            super(cause);
            this.event = event;
            this.index = index;
        }
    }

    /// Something other than an event is wrong; undoes the transaction.
    private static final class CannotGoOn extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotGoOn(String message) {
            super(message);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Watch watch(Runnable onNews) {
        return source.watch(onNews);
    }

    /// Applies at most one page.
    @Override
    public Step step() {
        Stop stopped = stop;
        if (stopped != null) {
            return new Step.Stopped(stopped.why);
        }
        try {
            return stepOn();
        } catch (CannotGoOn e) {
            return stop(Stop.without(message(e)));
        } catch (StreamException e) {
            cursor = OptionalLong.empty();
            if (!e.retryable()) {
                return stop(Stop.without(message(e)));
            }
            show(State.HINDERED, message(e));
            return new Step.Hindered(message(e));
        } catch (RuntimeException | AssertionError e) {
            // Not the event's fault but ours, here or in the source: this follower stops, and an
            // operator can resume it.
            LOG.log(
                    Level.ERROR,
                    "mistake follower=" + name + " remedy=\"report it; then resume\"",
                    e);
            cursor = OptionalLong.empty();
            return stop(Stop.without(String.valueOf(e)));
        }
    }

    public Status status() {
        Stop stopped = stop;
        return new Status(
                name,
                source.describe(),
                cursor,
                state,
                since,
                trouble,
                stopped == null ? null : stopped.faulty);
    }

    private Step stepOn() {
        long from = cursor();
        int eventsMax = settings.pageEventsMax();
        while (true) {
            Read.Page page;
            switch (source.read(from, eventsMax)) {
                case Read.Gone gone -> {
                    return startOver(from, gone.earliest());
                }
                case Read.Page read -> page = read;
            }
            if (page.next() == from) {
                acknowledge(from);
                show(State.CAUGHT_UP, null);
                return new Step.CaughtUp(from);
            }
            try {
                return take(from, page);
            } catch (Failed e) {
                if (eventsMax == 1) {
                    return stop(stopAt(e, from, page, Map.of()));
                }
                // The events before the faulty one are good: take them first, until it stands
                // alone.
                eventsMax = e.index < eventsMax ? Math.max(e.index, 1) : eventsMax / 2;
            }
        }
    }

    private long cursor() {
        OptionalLong known = cursor;
        if (known.isEmpty()) {
            known = OptionalLong.of(database.write(tx -> tx.cursor(name).orElse(0)));
            cursor = known;
        }
        return known.getAsLong();
    }

    private Step take(long from, Read.Page page) {
        try {
            commit(from, page, Map.of(), false);
        } catch (Failed e) {
            if (!settings.independentKeys()) {
                throw e;
            }
            commit(from, page, Map.of(), true);
        }
        passPage(page);
        return new Step.Moved(page.next(), page.events().size());
    }

    private void passPage(Read.Page page) {
        pagesSinceAcknowledged++;
        if (pagesSinceAcknowledged >= settings.acknowledgePages()) {
            acknowledge(page.next());
        }
        show(State.MOVING, null);
    }

    /// Applies a page and moves the cursor over it, in one transaction.
    ///
    /// @param eachAlone events that fail are parked; else the first one undoes all
    private void commit(long from, Read.Page page, Map<Event, Skip> skips, boolean eachAlone) {
        List<String> parked =
                database.write(tx -> {
                    verifyCursor(tx, from);
                    Application application = new Application(tx, skips, eachAlone);
                    for (int i = 0; i < page.events().size(); i++) {
                        application.apply(page.events().get(i), i);
                    }
                    tx.moveCursor(name, page.next());
                    return application.news;
                });
        cursor = OptionalLong.of(page.next());
        parked.forEach(news -> LOG.log(Level.WARNING, news));
    }

    private void verifyCursor(T tx, long expected) {
        long stored = tx.cursor(name).orElse(0);
        if (stored != expected) {
            throw new CannotGoOn(
                    "the cursor was at "
                            + expected
                            + " and is now at "
                            + stored
                            + ": somebody else moves it. Is there a second follower named "
                            + name
                            + "? Stop one, then resume this one");
        }
    }

    /// The events of one page in one transaction.
    private final class Application {
        private final T tx;
        private final Map<Event, Skip> skips;
        private final boolean eachAlone;
        private final List<String> news = new ArrayList<>();
        private @Nullable Map<String, Event> heads;

        Application(T tx, Map<Event, Skip> skips, boolean eachAlone) {
            this.tx = tx;
            this.skips = skips;
            this.eachAlone = eachAlone;
        }

        void apply(Event event, int index) {
            Skip skip = skips.isEmpty() ? null : skips.get(event);
            if (skip != null) {
                skip(event, skip);
            } else if (settings.independentKeys()
                    && event.key() != null
                    && tx.parked(name, event.key())) {
                Event head = requireNonNull(heads().get(event.key()));
                String behind = "waits behind offset " + head.offset() + " of " + head.stream();
                tx.park(name, event, behind, clock.instant());
            } else if (eachAlone) {
                applyAlone(event, index);
            } else {
                applyTo(event, index);
            }
        }

        private void applyTo(Event event, int index) {
            try {
                reader.apply(event, tx);
            } catch (StreamException e) {
                throw e;
            } catch (Throwable e) {
                throw new Failed(event, index, e);
            }
        }

        private void applyAlone(Event event, int index) {
            try {
                tx.nested(() -> applyTo(event, index));
            } catch (Failed e) {
                // An Error is our own mistake, not the event's: it stops everything that relies on
                // this code.
                if (event.key() == null || e.getCause() instanceof Error) {
                    throw e;
                }
                park(event, describe(e));
            }
        }

        private void park(Event event, String error) {
            tx.park(name, event, error, clock.instant());
            if (heads != null) {
                heads.putIfAbsent(String.valueOf(event.key()), event);
            }
            news.add("parked " + line(event) + " error=\"" + error + "\"");
        }

        private void skip(Event event, Skip skip) {
            Instant now = clock.instant();
            tx.park(name, event, "stopped the follower", now);
            long id = tx.parked(name).getLast().id();
            tx.resolve(id, Resolution.SKIPPED, skip.who, skip.why, now);
            news.add("skipped " + line(event) + " who=" + skip.who + " why=\"" + skip.why + "\"");
        }

        /// The first parked event of each key.
        private Map<String, Event> heads() {
            Map<String, Event> known = heads;
            if (known == null) {
                known = new HashMap<>();
                for (Parked parked : tx.parked(name)) {
                    String key = parked.event().key();
                    if (key != null) {
                        known.putIfAbsent(key, parked.event());
                    }
                }
                heads = known;
            }
            return known;
        }
    }

    private Step startOver(long from, long earliest) {
        boolean restarted =
                database.write(tx -> {
                    verifyCursor(tx, from);
                    if (!startOver(tx)) {
                        return false;
                    }
                    // What is still there will be read again; applying the parked copies too would
                    // be twice.
                    for (Parked parked : tx.parked(name)) {
                        tx.resolve(
                                parked.id(),
                                Resolution.SKIPPED,
                                "follower " + name,
                                "started over",
                                clock.instant());
                    }
                    tx.moveCursor(name, earliest);
                    return true;
                });
        if (!restarted) {
            return stop(
                    Stop.without(
                            "what follows cursor "
                                    + from
                                    + " of "
                                    + source.describe()
                                    + " has been dropped, and this reader cannot start over"));
        }
        cursor = OptionalLong.of(earliest);
        acknowledged = 0;
        show(State.MOVING, null);
        LOG.log(
                Level.WARNING,
                "started over follower={0} reads={1} from={2} to={3}",
                name,
                source.describe(),
                Long.toString(from),
                Long.toString(earliest));
        return new Step.Moved(earliest, 0);
    }

    private boolean startOver(T tx) {
        try {
            return reader.startOver(tx);
        } catch (StreamException e) {
            throw e;
        } catch (Throwable e) {
            throw new CannotGoOn("events are gone, and starting over failed: " + e);
        }
    }

    /// Tells the source what has been passed. It may lag, so a failure hinders nothing and is made good by the next call.
    private void acknowledge(long passed) {
        if (passed == acknowledged) {
            return;
        }
        pagesSinceAcknowledged = 0;
        try {
            source.passed(passed);
            acknowledged = passed;
        } catch (StreamException e) {
            LOG.log(Level.DEBUG, "not acknowledged follower={0} why=\"{1}\"", name, message(e));
        }
    }

    private Stop stopAt(Failed failed, long from, Read.Page unit, Map<Event, Skip> skips) {
        Event event = failed.event;
        String why = "cannot apply " + event.stream() + " at " + event.offset() + ": ";
        return new Stop(why + describe(failed), event, unit, from, skips);
    }

    private Step stop(Stop now) {
        stop = now;
        show(State.STOPPED, now.why);
        return new Step.Stopped(now.why);
    }

    private void show(State now, @Nullable String why) {
        trouble = why;
        if (state != now) {
            since = clock.instant();
            state = now;
        }
    }

    // ---- acts of operators

    /// Lets a stopped follower try again. Whoever drives it has to be told ([Driver#wake]).
    ///
    /// @throws IllegalStateException if it is not stopped
    public void resume() {
        if (stop == null) {
            throw new IllegalStateException("follower " + name + " is not stopped");
        }
        cursor = OptionalLong.empty();
        show(State.MOVING, null);
        stop = null;
    }

    /// Passes over the event at which the follower stopped, for ever. The event goes on record as parked and skipped, in the
    /// commit that moves the cursor past it.
    ///
    /// @return [Step.Moved] when that is done; [Step.Stopped] if another event which has to be committed together with this
    ///     one cannot be applied either: nothing is done before that one is decided on too
    /// @throws IllegalStateException if it is not stopped at an event, or somebody else has acted
    /// @throws StreamException if the machine failed; then try again, or [#resume] where the outcome is unknown
    public Step skipFaulty(String who, String why) {
        Stop stopped = stop;
        if (stopped == null) {
            throw new IllegalStateException("follower " + name + " is not stopped at an event");
        }
        return skip(stopped, who, why);
    }

    /// The same, if it stands at this event and no other: a request that is repeated passes over nothing else.
    ///
    /// @throws IllegalStateException as well if it is stopped at another event
    public Step skipFaulty(StreamName stream, long offset, String who, String why) {
        Stop stopped = stop;
        Event faulty = stopped == null ? null : stopped.faulty;
        if (stopped == null
                || faulty == null
                || faulty.offset() != offset
                || !faulty.stream().equals(stream)) {
            throw new IllegalStateException(
                    "follower %s is not stopped at offset %d of %s"
                            .formatted(name, offset, stream));
        }
        return skip(stopped, who, why);
    }

    private Step skip(Stop stopped, String who, String why) {
        if (stopped.faulty == null || stopped.unit == null) {
            throw new IllegalStateException("follower " + name + " is not stopped at an event");
        }
        Map<Event, Skip> skips = new HashMap<>(stopped.skips);
        skips.put(stopped.faulty, new Skip(who, why));
        try {
            commit(stopped.cursor, stopped.unit, skips, settings.independentKeys());
        } catch (Failed e) {
            return stop(stopAt(e, stopped.cursor, stopped.unit, skips));
        } catch (CannotGoOn e) {
            throw new IllegalStateException(message(e), e);
        }
        show(State.MOVING, null);
        stop = null;
        return new Step.Moved(stopped.unit.next(), stopped.unit.events().size());
    }

    /// Events put aside and not yet dealt with, in order.
    public List<Parked> parked() {
        return database.write(tx -> tx.parked(name));
    }

    /// Applies the parked events of a key in order, each in a transaction of its own, until one fails; the rest stays
    /// parked. What follows of the key goes on by itself once none is left.
    ///
    /// @throws StreamException if the machine failed; what was applied before stays applied
    public Retried retry(String key, String who) {
        int applied = 0;
        while (true) {
            try {
                if (!database.write(tx -> retryFirst(tx, key, who))) {
                    return new Retried(applied, 0, null);
                }
                applied++;
            } catch (Failed e) {
                return new Retried(
                        applied, database.write(tx -> parkedOf(tx, key).size()), describe(e));
            }
        }
    }

    private boolean retryFirst(T tx, String key, String who) {
        List<Parked> waiting = parkedOf(tx, key);
        if (waiting.isEmpty()) {
            return false;
        }
        Parked first = waiting.getFirst();
        try {
            reader.apply(first.event(), tx);
        } catch (StreamException e) {
            throw e;
        } catch (Throwable e) {
            throw new Failed(first.event(), 0, e);
        }
        tx.resolve(first.id(), Resolution.RETRIED, who, "retried", clock.instant());
        return true;
    }

    private List<Parked> parkedOf(T tx, String key) {
        return tx.parked(name).stream().filter(parked -> key.equals(parked.event().key())).toList();
    }

    /// Decides that a parked event never takes effect. Others of its key stay parked until they are retried.
    ///
    /// @throws IllegalArgumentException if no unresolved event of this follower has this id
    public void skip(long parkedId, String who, String why) {
        Event event =
                database.write(tx -> {
                    Parked parked =
                            tx.parked(name).stream()
                                    .filter(p -> p.id() == parkedId)
                                    .findFirst()
                                    .orElseThrow(() -> notParked(parkedId));
                    tx.resolve(parkedId, Resolution.SKIPPED, who, why, clock.instant());
                    return parked.event();
                });
        LOG.log(Level.WARNING, "skipped " + line(event) + " who=" + who + " why=\"" + why + "\"");
    }

    private IllegalArgumentException notParked(long parkedId) {
        return new IllegalArgumentException(
                "follower " + name + " has no parked event " + parkedId + " that waits");
    }

    private String line(Event event) {
        return "follower="
                + name
                + " stream="
                + event.stream()
                + " offset="
                + event.offset()
                + " key="
                + event.key();
    }

    private static String describe(Failed failed) {
        String text = String.valueOf(failed.getCause());
        return text.length() <= ERROR_LENGTH_MAX ? text : text.substring(0, ERROR_LENGTH_MAX);
    }

    private static String message(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }
}
