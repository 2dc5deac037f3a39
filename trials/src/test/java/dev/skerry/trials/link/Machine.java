package dev.skerry.trials.link;

import static java.util.Objects.requireNonNull;

import dev.skerry.node.link.Bandwidth;
import dev.skerry.node.link.Home;
import dev.skerry.node.link.Homes;
import dev.skerry.node.link.Lanes;
import dev.skerry.node.link.LinkStatus.Standing;
import dev.skerry.node.link.StoreLink;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Event;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryDisk;
import dev.skerry.stream.memory.MemoryTransaction;
import dev.skerry.trials.link.Histories.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A store's server: sells while its link says that it may.
final class Machine extends Server {

    private static final int KEYS = 4;

    /// A sale that was accepted: its event is durable, and the customer has gone.
    ///
    /// @param place right after it
    record Sale(String text, Place place) {}

    /// Somebody's copy of a machine's disk.
    record Image(
            MemoryDisk disk,
            String fingerprint,
            StoreLink.Enrolled enrolled,
            List<Sale> sales,
            Map<StreamName, Place> tips) {}

    final Store store;
    final Network.Line line = new Network.Line();
    String fingerprint;
    private final StoreLink.Enrolled enrolled;

    /// What it has accepted, or the machine whose image it began with.
    final List<Sale> sales;

    /// Where its own streams ended when they were last looked at.
    final Map<StreamName, Place> tips;

    private @Nullable StoreLink link;
    private @Nullable Follower<MemoryTransaction> labels;
    private int lives;
    private int sold;

    /// For how many steps in a row, at different times, it has been asking whether it may write.
    int asked;

    boolean awake;
    long steppedAtMs;
    boolean labelsAwake;
    long labelledAtMs;

    Machine(Chain chain, Store store, Image begin) {
        super(chain, store.nextMachine(), begin.disk.copy());
        this.store = store;
        this.fingerprint = begin.fingerprint;
        this.enrolled = begin.enrolled;
        this.sales = new ArrayList<>(begin.sales);
        this.tips = new HashMap<>(begin.tips);
    }

    /// A new one, with an empty disk.
    static Image fresh(String fingerprint, StoreLink.Enrolled enrolled) {
        return new Image(new MemoryDisk(), fingerprint, enrolled, List.of(), Map.of());
    }

    Image image() {
        return new Image(
                disk().copy(), fingerprint, enrolled, List.copyOf(sales), Map.copyOf(tips));
    }

    @Override
    void begin(MemoryDatabase on) {
        lives++;
        asked = 0;
        StoreLink started =
                new StoreLink(
                        new StoreLink.Self(
                                store.id,
                                "simulated",
                                enrolled,
                                Lanes.defaults(),
                                Bandwidth.unlimited(),
                                Bandwidth.unlimited()),
                        new Homes(
                                List.of(),
                                new Home<>(on, (_, _, _) -> {}, _ -> "application/json")),
                        chain.network.dialer(this),
                        this::export,
                        chain.linkSettings,
                        clock,
                        chain.random);
        started.watch(() -> awake = true);
        awake = true;
        link = started;
        Follower<MemoryTransaction> follower =
                new Follower<>(
                        Labels.NAME,
                        on.source(Chain.CATALOG, Labels.NAME),
                        on,
                        new Labels(),
                        FollowerSettings.inOrder().withPageEventsMax(3),
                        clock);
        follower.watch(() -> labelsAwake = true);
        labelsAwake = true;
        labels = follower;
    }

    /// Which of its processes runs.
    int life() {
        return lives;
    }

    boolean lives(int life) {
        return up() && lives == life;
    }

    StoreLink link() {
        return requireNonNull(link);
    }

    Standing standing() {
        return link().standing();
    }

    boolean open() {
        return up() && standing() instanceof Standing.Open;
    }

    /// Another machine is the store, and what HQ never got is written out.
    boolean retired() {
        return up() && standing() instanceof Standing.Fenced fenced && fenced.exported() != null;
    }

    Steps.Step step() {
        awake = false;
        boolean later = chain.time.nowMs() > steppedAtMs;
        steppedAtMs = chain.time.nowMs();
        Steps.Step step = soundly(link());
        if (!(standing() instanceof Standing.Asking)) {
            asked = 0;
        } else if (later) {
            asked++;
        }
        awake |= step instanceof Steps.Step.Moved;
        chain.network.connections().stream()
                .filter(connection -> connection.machine == this)
                .forEach(connection -> connection.store.read());
        return step;
    }

    Steps.Step stepLabels() {
        labelsAwake = false;
        labelledAtMs = chain.time.nowMs();
        Steps.Step step = soundly(requireNonNull(labels));
        labelsAwake |= step instanceof Steps.Step.Moved;
        return step;
    }

    /// As a store's server does, which asks the link.
    @Override
    boolean mayTidy() {
        return store.streams.stream()
                .filter(own -> own.settings().compacted())
                .map(own -> tips.get(own.name()))
                .allMatch(tip -> tip == null || tip.mirrored);
    }

    // ---- selling

    String sell(RandomGenerator random) {
        Store.Own stream = store.streams.get(random.nextInt(store.streams.size()));
        int many = random.nextInt(10) == 0 ? random.nextInt(100) : random.nextInt(3);
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i <= many; i++) {
            Bytes what = Bytes.of(name + "#" + ++sold + large(random));
            events.add(
                    stream.settings().compacted()
                            ? NewEvent.keyed("key-" + random.nextInt(KEYS), what)
                            : NewEvent.of(what));
        }
        long tail =
                database()
                        .write(tx -> {
                            tx.open(stream.name(), stream.settings());
                            return tx.append(stream.name(), events);
                        });
        chain.look(this);
        Place place = tips.get(stream.name());
        for (int i = events.size() - 1; i >= 0; i--) {
            Place after = requireNonNull(place);
            if (!stream.mayDrop()) {
                sales.add(new Sale(events.get(i).payload().text(), after));
            }
            place = after.before;
        }
        return "sells %d, %s ends at %d".formatted(events.size(), stream.name(), tail);
    }

    /// Now and then one that goes in several pieces, and cannot be compressed.
    private static String large(RandomGenerator random) {
        if (random.nextInt(60) > 0) {
            return "";
        }
        StringBuilder text = new StringBuilder(" ");
        for (int i = random.nextInt(1, 800); i > 0; i--) {
            text.append(Long.toString(random.nextLong(), Character.MAX_RADIX));
        }
        return text.toString();
    }

    private String export(String file, String why, Consumer<Consumer<Event>> events) {
        List<String> texts = new ArrayList<>();
        events.accept(event -> texts.add(event.payload().text()));
        beforeCommit();
        store.exported.put(name + " " + file, texts);
        afterCommit();
        return name + " " + file;
    }
}
