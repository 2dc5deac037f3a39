package dev.skerry.node.link;

import dev.skerry.node.link.Contact.Opened;
import dev.skerry.node.link.LinkStatus.Direction;
import dev.skerry.node.link.LinkStatus.Line;
import dev.skerry.node.link.LinkStatus.OfStream;
import dev.skerry.node.link.LinkStatus.Standing;
import dev.skerry.node.link.LinkStatus.State;
import dev.skerry.node.link.Message.Refusal;
import dev.skerry.node.link.Message.Refused;
import dev.skerry.stream.Database;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import dev.skerry.stream.Streams.Backlog;
import dev.skerry.stream.Watch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The store's end of the link: keeps a wire to HQ, sends the store's own streams up, the most urgent first, and keeps mirrors of
/// HQ's. To be stepped on news and at least ten times a second. What is asked of it besides may be asked by any thread.
///
/// It also knows whether this machine may write the store's streams at all ([#standing]): not while HQ is being asked at the start, not
/// while what it wrote elsewhere is fetched back, and never again once another machine has taken over.
public final class StoreLink implements Steps {

    private static final Logger LOG = System.getLogger(StoreLink.class.getName());

    /// The name under which databases know how far HQ is, which rules what may be dropped.
    private static final String FOLLOWER = "link";

    /// How often they are told: each time costs them a commit.
    private static final Duration PASSED_EVERY = Duration.ofSeconds(60);

    /// And where HQ has all of a stream, which one wants to know after a power cut.
    private static final Duration PASSED_ALL_EVERY = Duration.ofSeconds(5);

    /// A wire that held for so long was sound.
    private static final Duration SOUND_AFTER = Duration.ofMinutes(5);

    /// After so many fruitless wires in a row it is not the line: an HQ with a full disk, say, is left in peace for a while.
    private static final int FRUITLESS_AT_ONCE = 3;

    private static final Duration STATUS_EVERY = Duration.ofMillis(200);

    /// While the line is down, so long at a time what HQ lacks is coded ahead, and for as long at least it is not.
    private static final Duration AHEAD_FOR = Duration.ofMillis(50);

    private final StoreSide side;
    private final Contact contact;
    private final InstantSource clock;
    private final Asides asides = new Asides();

    /// Mirrors that are to be begun anew, and why.
    private final Map<StreamName, String> outdated = new HashMap<>();

    private final Map<StreamName, Progress> progress = new HashMap<>();
    private final Map<StreamName, Kept> kept = new HashMap<>();
    private final Instant started;

    private @Nullable StoreSession session;
    private @Nullable Instant lastContact;
    private @Nullable Refused refused;
    private String hq = "";
    private Line line = Line.DOWN;
    private String why = "not connected yet";
    private Instant lineSince;
    private Instant statusDue = Instant.MIN;
    private Instant aheadDue = Instant.MIN;

    /// How the link is could not be told the last time.
    private boolean blind;

    /// Wires in a row on which HQ took the store in, and nothing came of it.
    private int fruitless;

    /// Wires that ended because something was wrong with one of the sides, since the last sound one.
    private int breaks;

    private volatile boolean mayCompact;
    private volatile Standing standing;
    private volatile LinkStatus status;
    private volatile Runnable onNews = () -> {};

    /// What HQ is known to have of a stream, and what its database knows of that.
    private static final class Kept {
        final EventSource source;
        long acked;
        long passed;
        Instant toldAt;

        Kept(EventSource source, Instant now) {
            this.source = source;
            this.toldAt = now;
        }
    }

    /// A store's link, which has no wire yet.
    ///
    /// @param self who this is
    /// @param homes where its streams are; `local/link` among them
    public StoreLink(
            Self self,
            Homes homes,
            Dialer dialer,
            Export export,
            LinkSettings settings,
            InstantSource clock,
            RandomGenerator random) {
        Remembered remembered =
                new Remembered(homes.of(Remembered.STREAM).database(), self.enrolled());
        Codecs codecs = Codecs.make();
        this.side =
                new StoreSide(
                        self.id(),
                        self.software(),
                        "%016x%016x".formatted(random.nextLong(), random.nextLong()),
                        homes,
                        self.lanes(),
                        remembered,
                        export,
                        self.up(),
                        self.down(),
                        codecs,
                        new Ahead(codecs, settings.aheadBytesMin(), Ahead.BYTES_MAX),
                        settings);
        this.clock = clock;
        this.contact = new Contact(dialer, settings, random, () -> onNews.run());
        this.started = clock.instant();
        this.lineSince = started;
        this.standing = new Standing.Asking();
        this.status = report(started);
    }

    /// What HQ said when the store was enrolled.
    ///
    /// @param restores HQ has streams of this store from before
    public record Enrolled(long epoch, boolean restores) {}

    /// Who a store is.
    ///
    /// @param software for people, such as `skerry 0.1.0`
    /// @param enrolled what HQ said when it was enrolled
    public record Self(
            String id,
            String software,
            Enrolled enrolled,
            Lanes lanes,
            Bandwidth up,
            Bandwidth down) {}

    /// Why the machine that a database belongs to may not write any more; empty while it may.
    ///
    /// @param database the one with `local/link`
    public static Optional<String> fenced(Database<?> database) {
        return Optional.ofNullable(
                new Remembered(database, new Enrolled(0, false)).state().fenced());
    }

    // ---- for any thread

    /// Whether this machine may write the store's streams now.
    public Standing standing() {
        return standing;
    }

    /// Whether the store's streams may be compacted now: not while HQ lacks anything of one that is. What is compacted before HQ has it
    /// would hide whether what HQ has is its beginning, and two machines' events could mix.
    public boolean mayCompact() {
        return mayCompact;
    }

    /// As of a moment ago.
    public LinkStatus status() {
        return status;
    }

    @Override
    public String name() {
        return "link";
    }

    @Override
    public Watch watch(Runnable news) {
        onNews = news;
        Watch own = side.homes().watch(Names.written(side.id()), news);
        return () -> {
            onNews = () -> {};
            own.close();
        };
    }

    // ---- steps

    @Override
    public Step step() {
        Instant now = clock.instant();
        boolean more = false;
        if (retired()) {
            standing = standingNow(now);
        } else {
            seek(now);
            StoreSession talk = session;
            if (talk != null) {
                more = step(talk, now);
                look(talk, now);
            }
            standing = standingNow(now);
            keep(now);
            codeAhead(now);
        }
        if (!now.isBefore(statusDue) || statusDue.isAfter(now.plus(STATUS_EVERY))) {
            statusDue = now.plus(STATUS_EVERY);
            look(now);
        }
        return more ? new Step.Moved(0, 0) : new Step.CaughtUp(0);
    }

    /// What nobody foresaw ends the wire, and not the link: the next wire begins anew from what is durable.
    private static boolean step(StoreSession talk, Instant now) {
        try {
            return talk.step(now);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "link=failed remedy=\"report this, with what follows\"", e);
            talk.breakOff("failed here: " + e);
            return true;
        }
    }

    /// Fenced, and everything that HQ never got is written out: there is nothing left to say.
    private boolean retired() {
        Remembered.State state = side.remembered().state();
        return state.fenced() != null && state.exported() != null && session == null;
    }

    private void seek(Instant now) {
        StoreSession talk = session;
        boolean silent = talk != null && talk.silent(now);
        if (talk != null && !silent) {
            contact.settled();
            return;
        }
        Opened opened = contact.seek(now);
        if (opened != null) {
            if (talk != null) {
                talk.hangUp("no answer; connected anew", null);
            }
            session =
                    new StoreSession(
                            side,
                            opened.wire(),
                            opened.inbox(),
                            asides,
                            outdated,
                            breaks + fruitless > 0,
                            now);
        }
    }

    /// Draws conclusions from how the talk goes.
    private void look(StoreSession talk, Instant now) {
        lastContact = talk.welcomed() ? talk.lastHeard() : lastContact;
        StoreSession.End end = talk.end();
        if (end == null) {
            if (talk.welcomed()) {
                hq = talk.hq();
                refused = null;
                contact.welcomed();
                show(talk.silent(now) ? Line.SILENT : Line.UP, "", now);
                if (line == Line.UP && now.isAfter(lineSince.plus(SOUND_AFTER))) {
                    breaks = 0;
                }
            }
            return;
        }
        if (session == talk) {
            session = null;
            side.ahead().begin();
        }
        kept.values().stream().filter(one -> one.acked > one.passed).forEach(one -> pass(one, now));
        fruitless = !talk.wasWelcomed() || talk.fruitful(now) ? 0 : fruitless + 1;
        if (end.broken()) {
            breaks++;
            contact.lost(end.why(), side.settings().backOff(breaks), now);
        } else if (end.refused() != null || !talk.wasWelcomed()) {
            contact.turnedAway(end.why(), end.comeBackAfter(), now);
        } else if (fruitless > FRUITLESS_AT_ONCE) {
            contact.lost(end.why(), side.settings().backOff(fruitless - FRUITLESS_AT_ONCE), now);
        } else {
            contact.lost(end.why(), end.comeBackAfter(), now);
        }
        // One that was turned away stays so until HQ takes it in, also if the line breaks
        // meanwhile.
        refused = end.refused() == null ? refused : end.refused();
        show(Line.DOWN, end.why(), now);
    }

    private void show(Line next, String because, Instant now) {
        why = because;
        if (next == line) {
            return;
        }
        line = next;
        lineSince = now;
        switch (next) {
            case UP -> LOG.log(Level.INFO, "link=up hq=" + hq);
            case SILENT -> LOG.log(Level.WARNING, "link=silent hq=" + hq);
            case DOWN -> LOG.log(Level.INFO, "link=down why=\"" + because + "\"");
        }
    }

    private Standing standingNow(Instant now) {
        Remembered.State state = side.remembered().state();
        String fenced = state.fenced();
        if (fenced != null) {
            return new Standing.Fenced(fenced, state.exported());
        }
        Refused no = refused;
        if (no != null && no.refusal() == Refusal.ELSEWHERE) {
            return new Standing.TurnedAway(no.why());
        }
        StoreSession talk = session;
        if (state.restoring()) {
            return new Standing.Restoring(talk == null ? -1 : talk.eventsToRestore());
        }
        boolean wait =
                standing instanceof Standing.Asking
                        && (talk == null || !talk.welcomed())
                        && !contact.failedOnce()
                        && !now.isBefore(started)
                        && now.isBefore(started.plus(side.settings().patience()));
        return wait ? standing : new Standing.Open();
    }

    /// Lets the databases know now and then what HQ has, and what they therefore may drop.
    private void keep(Instant now) {
        StoreSession talk = session;
        if (talk == null) {
            return;
        }
        for (Outgoing stream : talk.sending()) {
            Kept one = kept(stream.name, now);
            if (one != null) {
                one.acked = stream.acked();
                side.ahead().acked(stream.name, one.acked);
                boolean all = one.acked >= stream.tail();
                Duration every = all ? PASSED_ALL_EVERY : PASSED_EVERY;
                if (one.acked > one.passed && now.isAfter(one.toldAt.plus(every))) {
                    pass(one, now);
                }
            }
        }
    }

    /// What waits for the line is made ready for it, unless that has taken time only just now.
    private void codeAhead(Instant now) {
        boolean due = !now.isBefore(aheadDue) || aheadDue.isAfter(now.plus(AHEAD_FOR));
        if (session != null || !due || !(standing instanceof Standing.Open)) {
            return;
        }
        try {
            codeAheadUntil(now.plus(AHEAD_FOR), now);
        } catch (StreamException e) {
            // The link goes on; who sends it meets the same, and says so.
        }
        aheadDue = clock.instant().plus(AHEAD_FOR);
    }

    private void codeAheadUntil(Instant end, Instant now) {
        List<StreamInfo> urgentFirst =
                side.homes().matching(Names.written(side.id())).stream()
                        .sorted(Comparator.comparing(one -> side.lanes().of(one.name())))
                        .toList();
        for (StreamInfo stream : urgentFirst) {
            // What was put aside is tried when its pause is over, and not before.
            Kept one = asides.why(stream.name()) == null ? kept(stream.name(), now) : null;
            Streams streams = side.homes().of(stream.name()).streams();
            while (one != null
                    && clock.instant().isBefore(end)
                    && contact.quiet()
                    && side.ahead().step(streams, stream, one.acked)) {}
        }
    }

    private static void pass(Kept one, Instant now) {
        one.toldAt = now;
        try {
            one.source.passed(one.acked);
            one.passed = one.acked;
        } catch (StreamException e) {
            // A full disk, say. It is told the next time; until then more is kept than need be.
        }
    }

    /// @return null while the database cannot take down that HQ is to be waited for, such as on a full disk
    private @Nullable Kept kept(StreamName name, Instant now) {
        Kept known = kept.get(name);
        if (known != null) {
            return known;
        }
        try {
            Kept begun = begun(name, now);
            kept.put(name, begun);
            return begun;
        } catch (StreamException e) {
            // Asked again in a moment.
            return null;
        }
    }

    private Kept begun(StreamName name, Instant now) {
        Streams streams = side.homes().of(name).streams();
        Kept one = new Kept(streams.source(name, FOLLOWER), now);
        one.passed = passed(streams, name);
        one.acked = one.passed;
        return one;
    }

    /// Up to where a database has been told that HQ has a stream; 0 if it never was.
    static long passed(Streams streams, StreamName name) {
        return streams.followers().stream()
                .filter(known ->
                        known.follower().equals(FOLLOWER) && known.reads().equals(name.value()))
                .mapToLong(known -> known.passed())
                .findFirst()
                .orElse(0);
    }

    // ---- status

    /// The link goes on, whether or not it can be said how it is.
    private void look(Instant now) {
        try {
            status = report(now);
            blind = false;
        } catch (StreamException e) {
            if (!blind) {
                LOG.log(Level.WARNING, "link=unseen why=\"" + e.getMessage() + "\"");
            }
            blind = true;
        }
    }

    private LinkStatus report(Instant now) {
        StoreSession talk = session;
        boolean connected = talk != null && talk.welcomed();
        List<OfStream> streams = new ArrayList<>();
        boolean hqHasAll = true;
        for (StreamInfo info : side.homes().matching(Names.written(side.id()))) {
            OfStream shown = up(info, connected, now);
            streams.add(shown);
            hqHasAll &= !info.settings().compacted() || shown.cursor() >= info.tail();
        }
        mayCompact = hqHasAll;
        for (StreamInfo info : side.homes().matching(Names.writtenByHq())) {
            streams.add(down(info, talk, connected, now));
        }
        return new LinkStatus(
                standing,
                line,
                line == Line.DOWN ? contact.why() : why,
                lineSince,
                lastContact,
                talk == null ? null : talk.roundTrip(),
                talk == null ? null : talk.skew(),
                hq,
                side.remembered().state().epoch(),
                streams);
    }

    private OfStream up(StreamInfo info, boolean connected, Instant now) {
        Kept known = kept(info.name(), now);
        long cursor = known == null ? 0 : Math.min(known.acked, info.tail());
        String error = asides.why(info.name());
        Backlog waiting;
        try {
            waiting = side.homes().of(info.name()).streams().backlog(info.name(), cursor);
        } catch (StreamException e) {
            // How the others stand can be told nevertheless.
            waiting = new Backlog(info.tail() - cursor, 0, null);
            error = error == null ? e.getMessage() : error;
        }
        return shown(
                info.name(), Direction.UP, info.tail(), cursor, waiting, connected, error, now);
    }

    private OfStream down(
            StreamInfo info, @Nullable StoreSession talk, boolean connected, Instant now) {
        long tail =
                talk == null
                        ? info.tail()
                        : talk.announced().getOrDefault(info.name(), info.tail());
        Backlog waiting = new Backlog(Math.max(0, tail - info.tail()), 0, null);
        return shown(
                info.name(),
                Direction.DOWN,
                Math.max(tail, info.tail()),
                info.tail(),
                waiting,
                connected,
                outdated.getOrDefault(info.name(), asides.why(info.name())),
                now);
    }

    private OfStream shown(
            StreamName name,
            Direction direction,
            long tail,
            long cursor,
            Backlog waiting,
            boolean connected,
            @Nullable String error,
            Instant now) {
        Progress moving = progress.computeIfAbsent(name, _ -> new Progress());
        State state = moving.look(cursor, tail, connected, now);
        String because =
                error != null
                        ? error
                        : state == State.STUCK
                                ? "connected, and nothing of it has been taken for %d s"
                                        .formatted(Progress.STUCK_AFTER.toSeconds())
                                : "";
        return new OfStream(
                name,
                direction,
                side.lanes().of(name),
                error != null ? State.PARKED : state,
                tail,
                cursor,
                waiting.events(),
                waiting.storedBytes(),
                waiting.oldest(),
                state == State.DRAINING && line == Line.UP ? moving.timeLeft(tail) : null,
                because);
    }
}
