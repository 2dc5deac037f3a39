package dev.skerry.node.link;

import dev.skerry.node.link.Estate.Greeting;
import dev.skerry.node.link.Message.Hello;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Watch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// HQ's end of the link: a session for each store that is connected, and nothing at all for one that is not. Any thread.
///
/// Is itself to be stepped on news: it tells the sessions of what HQ has written.
public final class HqLink implements Acceptor, Steps {

    private static final Logger LOG = System.getLogger(HqLink.class.getName());

    /// Where sessions get their steps from.
    public interface Hosting {
        void start(Steps session);

        void stop(Steps session);
    }

    private final Estate estate;
    private final Homes homes;
    private final Lanes lanes;
    private final String software;
    private final String name;
    private final HqSettings settings;
    private final Hosting hosting;
    private final InstantSource clock;
    private final SharedRuns runs = new SharedRuns(Packing.down(Codecs.make()));
    private final Map<StreamName, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicInteger lastNumber = new AtomicInteger();
    private final AtomicLong lastSession = new AtomicLong();
    private final AtomicInteger greeting = new AtomicInteger();

    /// By store: the one session that may write as it.
    private final Map<String, HqSession> talking = new ConcurrentHashMap<>();

    private volatile Written written;

    /// HQ's streams.
    ///
    /// @param version another one when there are others
    record Written(long version, List<StreamName> streams) {}

    /// A store's connection, for people.
    ///
    /// @param skew by how much the store's clock is ahead of HQ's
    public record Connection(
            String store,
            Instant since,
            Instant lastHeard,
            String address,
            String software,
            @Nullable Duration skew) {}

    /// HQ's end, without stores yet.
    ///
    /// @param software for people, such as `skerry 0.1.0`
    /// @param name of HQ, for people
    public HqLink(
            Estate estate,
            Homes homes,
            Lanes lanes,
            String software,
            String name,
            HqSettings settings,
            Hosting hosting,
            InstantSource clock) {
        this.estate = estate;
        this.homes = homes;
        this.lanes = lanes;
        this.software = software;
        this.name = name;
        this.settings = settings;
        this.hosting = hosting;
        this.clock = clock;
        this.written = new Written(0, writtenNow());
    }

    @Override
    public Wire.Ears accept(Guest guest, Wire wire) {
        HqSession session = new HqSession(this, guest, wire, lastSession.incrementAndGet());
        greeting.incrementAndGet();
        hosting.start(session);
        return session.inbox();
    }

    /// When a store that comes now should come back; empty if it is welcome.
    public Optional<Duration> busy() {
        return greeting.get() > settings.greetingsMax()
                ? Optional.of(Duration.ofSeconds(2))
                : Optional.empty();
    }

    /// Who is connected.
    public Optional<Connection> connection(String store) {
        return Optional.ofNullable(talking.get(store))
                .map(session ->
                        new Connection(
                                store,
                                session.begun(),
                                session.lastHeard(),
                                session.address(),
                                session.software(),
                                session.skew()));
    }

    public int connections() {
        return talking.size();
    }

    /// How many runs of HQ's streams were read and compressed so far, for however many stores.
    public long runsMade() {
        return runs.made();
    }

    /// A store has a new machine: whoever is connected as it is not it any more.
    public void replaced(String store) {
        HqSession session = talking.get(store);
        if (session != null) {
            session.replace();
        }
    }

    // ---- news of HQ's streams

    @Override
    public String name() {
        return "link";
    }

    @Override
    public Step step() {
        List<StreamName> now = writtenNow();
        if (!now.equals(written.streams())) {
            written = new Written(written.version() + 1, now);
        }
        talking.values().forEach(HqSession::news);
        return new Step.CaughtUp(0);
    }

    @Override
    public Watch watch(Runnable onNews) {
        return homes.watch(Names.writtenByHq(), onNews);
    }

    private List<StreamName> writtenNow() {
        return homes.matching(Names.writtenByHq()).stream().map(StreamInfo::name).toList();
    }

    // ---- for sessions

    /// Judges a store's greeting. Of those that come at the same time, one after the other.
    Greeting greet(HqSession session, Guest guest, Hello hello) {
        AtomicReference<Greeting> judged = new AtomicReference<>();
        talking.compute(
                hello.store(),
                (_, before) -> {
                    Greeting greetingNow =
                            estate.greet(guest, hello, before == null ? null : before.boot());
                    judged.set(greetingNow);
                    return switch (greetingNow) {
                        case Greeting.Accepted _ -> {
                            session.is(hello);
                            if (before != null) {
                                before.replace();
                            }
                            yield session;
                        }
                        case Greeting.Turned _ -> {
                            if (before != null) {
                                before.doubt();
                            }
                            yield before;
                        }
                    };
                });
        greeting.decrementAndGet();
        session.greeted();
        return judged.get();
    }

    void ended(HqSession session, boolean wasGreeted, String store, String why) {
        if (!wasGreeted) {
            greeting.decrementAndGet();
        }
        if (talking.remove(store, session)) {
            LOG.log(Level.INFO, "link=down store=%s why=\"%s\"".formatted(store, why));
        }
        hosting.stop(session);
    }

    /// The number that stands for a stream of HQ's on every wire.
    int number(StreamName stream) {
        return numbers.computeIfAbsent(stream, _ -> lastNumber.incrementAndGet());
    }

    Estate estate() {
        return estate;
    }

    Homes homes() {
        return homes;
    }

    Lanes lanes() {
        return lanes;
    }

    String software() {
        return software;
    }

    /// For people.
    String called() {
        return name;
    }

    HqSettings settings() {
        return settings;
    }

    InstantSource clock() {
        return clock;
    }

    SharedRuns runs() {
        return runs;
    }

    Written written() {
        return written;
    }
}
