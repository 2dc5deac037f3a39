package dev.skerry.trials.link;

import dev.skerry.node.link.Acceptor;
import dev.skerry.node.link.Estate;
import dev.skerry.node.link.Estate.Joining;
import dev.skerry.node.link.HqSettings;
import dev.skerry.node.link.LinkSettings;
import dev.skerry.node.link.StoreLink;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.Streams.Checkpoint;
import dev.skerry.trials.link.Histories.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// HQ, its stores and what lies between, and what was seen of them:
///
/// ```
/// store-N/orders, payments      → HQ; orders may be dropped at the store once HQ has them
/// store-N/shelf                 → HQ; compacted
/// store-N/telemetry             → HQ; drops its oldest, whether HQ has it or not
/// hq/catalog                    → every store; compacted, with deletions
/// hq/notices                    → every store; kept for two days
/// hq/zone-Z/prices              → the stores of a zone; compacted
/// hq/store-N/tasks              → one store
/// ```
final class Chain {

    static final StreamName CATALOG = StreamName.of("hq/catalog");
    private static final StreamName NOTICES = StreamName.of("hq/notices");
    private static final List<String> ZONES = List.of("north", "south");
    private static final int KEYS = 5;

    final RandomGenerator random;
    final Variation variation;
    final LinkSettings linkSettings;
    final HqSettings hqSettings;
    final Time time = new Time();
    final Network network;
    final Headquarters hq;
    final List<Store> stores = new ArrayList<>();
    final Histories histories = new Histories();

    /// HQ's streams, as far as written to, and for whom they are.
    final Map<StreamName, Audience> ofHq = new HashMap<>();

    private final Map<StreamName, Place> hqTips = new HashMap<>();

    /// Where HQ's mirrors ended when they were last looked at.
    private final Map<StreamName, Place> mirrorTips = new HashMap<>();

    private final Set<Server> changed = new LinkedHashSet<>();

    // ---- seen in the last step

    /// HQ's mirrors that ended elsewhere after it.
    final List<Move> moves = new ArrayList<>();

    /// Over which connection HQ was working in it.
    @Nullable Connection acting;

    private int written;
    private int commits;
    private int renewed;

    /// The stores that get a stream of HQ's.
    @FunctionalInterface
    interface Audience {
        boolean includes(Store store);
    }

    /// A mirror at HQ ends elsewhere.
    ///
    /// @param to null if nobody ever wrote what leads there
    record Move(StreamName mirror, Place from, Checkpoint end, @Nullable Place to) {}

    Chain(RandomGenerator random, Variation variation) {
        this.random = random;
        this.variation = variation;
        int windowBytes = random.nextBoolean() ? 4 * 1024 : 64 * 1024;
        LinkSettings link = LinkSettings.defaults();
        this.linkSettings =
                new LinkSettings(
                        link.probeEvery(),
                        link.answerWithin(),
                        link.pingEvery(),
                        link.backOffMin(),
                        link.backOffMax(),
                        windowBytes,
                        link.patience(),
                        // Few events are many enough to be made ready.
                        windowBytes < 64 * 1024 ? 200 : link.aheadBytesMin());
        HqSettings settings = HqSettings.defaults();
        this.hqSettings =
                new HqSettings(
                        settings.silenceMax(),
                        windowBytes,
                        random.nextBoolean() ? 3 : settings.greetingsMax(),
                        settings.probation());
        this.network = new Network(this, random);
        this.hq = new Headquarters(this);
        hq.start();
        int many = Math.min(howMany(), variation.storesMax());
        for (int i = 0; i < many; i++) {
            stores.add(store("%04d".formatted(i), ZONES.get(random.nextInt(ZONES.size()))));
        }
    }

    /// Mostly a few, which meet more often.
    private int howMany() {
        return switch (random.nextInt(20)) {
            case 0 -> random.nextInt(10, 51);
            case 1, 2, 3, 4 -> random.nextInt(4, 10);
            default -> random.nextInt(1, 4);
        };
    }

    private Store store(String id, String zone) {
        String prefix = "store-" + id + "/";
        return new Store(
                id,
                zone,
                List.of(
                        new Store.Own(
                                StreamName.of(prefix + "orders"),
                                StreamSettings.keepFor(Duration.ofDays(2)),
                                false),
                        new Store.Own(
                                StreamName.of(prefix + "payments"),
                                StreamSettings.keepAll(),
                                false),
                        new Store.Own(
                                StreamName.of(prefix + "shelf"),
                                StreamSettings.compactedByKey(),
                                false),
                        new Store.Own(
                                StreamName.of(prefix + "telemetry"),
                                StreamSettings.keepNewest(300),
                                true)));
    }

    List<Machine> machines() {
        List<Machine> all = new ArrayList<>();
        stores.forEach(store -> all.addAll(store.machines));
        return all;
    }

    List<Server> servers() {
        List<Server> all = new ArrayList<>(machines());
        all.add(hq);
        return all;
    }

    // ---- what people do

    /// A new machine joins as a store.
    ///
    /// @param answerLost HQ's answer gets lost the first time
    Machine join(Store store, boolean answerLost) {
        String secret = "secret " + store + ++store.lastToken;
        Estate.Token token = new Estate.Token(secret, hq.clock.instant().plus(Duration.ofDays(1)));
        hq.estate().invite(store.id, "Store " + store.id, store.zone, token);
        String key = "key " + secret;
        Joining joining = hq.estate().join(store.id, secret, key, "fingerprint " + key);
        if (answerLost) {
            joining = hq.estate().join(store.id, secret, key, "fingerprint again " + key);
        }
        network.later(random.nextLong(20_000), () -> hq.replaced(store));
        return switch (joining) {
            case Joining.Joined joined ->
                    add(
                            store,
                            Machine.fresh(
                                    joined.store().fingerprint(),
                                    new StoreLink.Enrolled(
                                            joined.store().epoch(), joined.restores())));
            case Joining.Refused refused ->
                    throw new AssertionError("may not join: " + refused.why());
        };
    }

    /// A machine gets a new certificate.
    String renew(Machine machine, boolean answerLost) {
        Acceptor.Guest guest =
                new Acceptor.Guest(machine.store.toString(), machine.fingerprint, "");
        if (!hq.estate().holds(guest)) {
            return machine + " gets no new certificate";
        }
        String next = "fingerprint renewed " + ++renewed;
        hq.estate().renewed(guest, next);
        machine.fingerprint = answerLost ? machine.fingerprint : next;
        return machine + " has a new certificate" + (answerLost ? ", and does not know" : "");
    }

    Machine add(Store store, Machine.Image begin) {
        Machine machine = new Machine(this, store, begin);
        store.machines.add(machine);
        return machine;
    }

    /// HQ writes something for some of the stores.
    String write() {
        Store store = stores.get(random.nextInt(stores.size()));
        return switch (random.nextInt(6)) {
            case 0 ->
                    write(
                            StreamName.of("hq/zone-" + store.zone + "/prices"),
                            StreamSettings.compactedByKey(),
                            other -> other.zone.equals(store.zone));
            case 1 ->
                    write(
                            StreamName.of("hq/" + store + "/tasks"),
                            StreamSettings.keepAll(),
                            other -> other == store);
            case 2 -> write(NOTICES, StreamSettings.keepFor(Duration.ofDays(2)), _ -> true);
            default -> write(CATALOG, StreamSettings.compactedByKey(), _ -> true);
        };
    }

    private String write(StreamName stream, StreamSettings settings, Audience audience) {
        ofHq.put(stream, audience);
        List<NewEvent> events = new ArrayList<>();
        for (int i = random.nextInt(random.nextInt(8) == 0 ? 80 : 3); i >= 0; i--) {
            String key = "item-" + random.nextInt(KEYS);
            Bytes what = Bytes.of("version " + ++written);
            events.add(
                    !settings.compacted()
                            ? NewEvent.of(what)
                            : random.nextInt(4) == 0
                                    ? NewEvent.deletion(key, Bytes.EMPTY)
                                    : NewEvent.keyed(key, what));
        }
        long tail =
                hq.database()
                        .write(tx -> {
                            tx.open(stream, settings);
                            return tx.append(stream, events);
                        });
        return "writes %d, %s ends at %d".formatted(events.size(), stream, tail);
    }

    /// Puts a machine out of the world, with what only it had.
    void destroy(Machine machine) {
        machine.crash();
        network.died(machine);
        machine.store.machines.remove(machine);
        changed.remove(machine);
    }

    // ---- what is seen

    void changed(Server server) {
        commits++;
        changed.add(server);
    }

    /// How often anything was committed anywhere.
    int commits() {
        return commits;
    }

    Set<Server> changed() {
        return changed;
    }

    /// Takes down what the step has written.
    void look() {
        moves.clear();
        for (Server server : changed) {
            if (server instanceof Machine machine) {
                look(machine);
            }
        }
        if (changed.contains(hq)) {
            lookAtHq();
        }
    }

    void look(Machine machine) {
        for (Store.Own own : machine.store.streams) {
            machine.database()
                    .find(own.name())
                    .ifPresent(info -> {
                        Place tip = machine.tips.get(own.name());
                        machine.tips.put(
                                own.name(),
                                histories.written(
                                        machine.database(),
                                        info,
                                        tip == null ? histories.root(own.name()) : tip));
                    });
        }
    }

    private void lookAtHq() {
        for (StreamName stream : ofHq.keySet()) {
            hq.database()
                    .find(stream)
                    .ifPresent(info -> {
                        Place tip = hqTips.get(stream);
                        hqTips.put(
                                stream,
                                histories.written(
                                        hq.database(),
                                        info,
                                        tip == null ? histories.root(stream) : tip));
                    });
        }
        for (Store store : stores) {
            for (Store.Own own : store.streams) {
                hq.database()
                        .find(own.name())
                        .map(info -> new Checkpoint(info.tail(), info.checksum()))
                        .ifPresent(end -> lookAtMirror(own.name(), end));
            }
        }
    }

    private void lookAtMirror(StreamName mirror, Checkpoint end) {
        Place from = mirrorTips.computeIfAbsent(mirror, histories::root);
        if (from.at.equals(end)) {
            return;
        }
        Place to = histories.find(mirror, end);
        moves.add(new Move(mirror, from, end, to));
        if (to != null) {
            for (Place lost = from;
                    lost != null && lost.at.offset() > end.offset();
                    lost = lost.before) {
                lost.mirrored = false;
            }
            for (Place at = to; at != null && !at.mirrored; at = at.before) {
                at.mirrored = true;
            }
            mirrorTips.put(mirror, to);
        }
    }

    /// All has been checked.
    void seen() {
        changed.clear();
        acting = null;
    }
}
