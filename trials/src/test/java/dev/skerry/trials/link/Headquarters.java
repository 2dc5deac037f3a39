package dev.skerry.trials.link;

import static java.util.Objects.requireNonNull;

import dev.skerry.node.link.Acceptor.Guest;
import dev.skerry.node.link.Estate;
import dev.skerry.node.link.Home;
import dev.skerry.node.link.Homes;
import dev.skerry.node.link.HqLink;
import dev.skerry.node.link.Lanes;
import dev.skerry.node.link.Wire;
import dev.skerry.stream.Database;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.Transaction;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryDisk;
import dev.skerry.trials.simulation.Journal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// HQ: takes what stores send, and has a follower that does something about each order.
final class Headquarters extends Server {

    static final String TOTALS = "totals";
    static final Journal JOURNAL = new Journal(TOTALS);
    private static final StreamPattern ALL_ORDERS = StreamPattern.of("store-*/orders");

    /// How many commits a disk that forgets takes before it writes them down.
    private static final int SYNC_EVERY_COMMITS = 5;

    private @Nullable Estate estate;
    private @Nullable HqLink link;
    private @Nullable Steps totals;
    private final List<Connection> sessions = new ArrayList<>();

    /// Where the disk says that it has more than it has: what it has.
    private @Nullable MemoryDisk synced;

    private int commits;

    /// Whose session is being made.
    private @Nullable Connection accepting;

    boolean linkAwake;
    long linkedAtMs;
    boolean totalsAwake;
    long totalledAtMs;

    Headquarters(Chain chain) {
        super(chain, "hq", new MemoryDisk());
    }

    @Override
    void begin(MemoryDatabase on) {
        sessions.clear();
        begin(on, chain.variation.hqDatabase().apply(on));
    }

    private <T extends Transaction> void begin(MemoryDatabase on, Database<T> seen) {
        Estate register = new Estate(on, clock, chain.random);
        HqLink started =
                new HqLink(
                        register,
                        new Homes(
                                List.of(),
                                new Home<>(seen, (_, _, _) -> {}, _ -> "application/json")),
                        Lanes.defaults(),
                        "simulated",
                        "HQ",
                        chain.hqSettings,
                        new HqLink.Hosting() {
                            @Override
                            public void start(Steps session) {
                                Connection connection = requireNonNull(accepting);
                                connection.session = session;
                                session.watch(() -> connection.awake = true);
                                sessions.add(connection);
                            }

                            @Override
                            public void stop(Steps session) {
                                sessions.removeIf(connection -> session.equals(connection.session));
                            }
                        },
                        clock);
        started.watch(() -> linkAwake = true);
        linkAwake = true;
        Steps follower =
                chain.variation
                        .followers()
                        .make(
                                TOTALS,
                                on.source(ALL_ORDERS, TOTALS),
                                on,
                                (event, tx) -> JOURNAL.add(tx, event),
                                FollowerSettings.inOrder().withPageEventsMax(4),
                                clock);
        follower.watch(() -> totalsAwake = true);
        totalsAwake = true;
        estate = register;
        link = started;
        totals = follower;
    }

    @Override
    void crash() {
        super.crash();
        sessions.clear();
        MemoryDisk left = synced;
        if (left != null) {
            replaceDisk(left.copy());
        }
    }

    @Override
    public void afterCommit() {
        if (chain.variation.hqForgets() && ++commits % SYNC_EVERY_COMMITS == 0) {
            synced = disk().copy();
        }
        super.afterCommit();
    }

    Estate estate() {
        return requireNonNull(estate);
    }

    HqLink link() {
        return requireNonNull(link);
    }

    long epochOf(Store store) {
        return estate().find(store.id).map(Estate.Store::epoch).orElse(0L);
    }

    /// Whoever is connected as a store is told that there is a new machine: at once, or a little later if that joined through another
    /// server of HQ's.
    String replaced(Store store) {
        if (up()) {
            link().replaced(store.id);
        }
        return this + ": " + store + " has a new machine";
    }

    Wire.Ears accept(Guest guest, Connection connection) {
        accepting = connection;
        Wire.Ears ears = link().accept(guest, connection.hq);
        accepting = null;
        return ears;
    }

    List<Connection> sessions() {
        return sessions;
    }

    Steps.Step stepLink() {
        linkAwake = false;
        linkedAtMs = chain.time.nowMs();
        return soundly(link());
    }

    Steps.Step stepTotals() {
        totalsAwake = false;
        totalledAtMs = chain.time.nowMs();
        Steps.Step step = soundly(requireNonNull(totals));
        totalsAwake |= step instanceof Steps.Step.Moved;
        return step;
    }

    Steps.Step step(Connection connection) {
        connection.awake = false;
        connection.steppedAtMs = chain.time.nowMs();
        Steps.Step step = soundly(requireNonNull(connection.session));
        connection.awake |= step instanceof Steps.Step.Moved;
        connection.hq.read();
        return step;
    }
}
