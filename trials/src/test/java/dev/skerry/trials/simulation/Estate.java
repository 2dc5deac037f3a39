package dev.skerry.trials.simulation;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Event;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Reader;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.memory.MemoryTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Headquarters and stores, and who follows what:
///
/// ```
/// store-N/orders     → hq: "mirror store-N"   the same stream at HQ, same offsets
/// store-*/orders     → hq: "totals"           a pattern; keys are independent; publishes to hq/totals
/// hq/totals          → hq: "report"           chained; stops at poison
/// hq/catalog         → store-N: "labels"      compacted; state by key
/// store-N/telemetry  → hq: "gauges store-N"   drops its oldest, followed or not; starts over
/// ```
final class Estate {

    static final StreamPattern ALL_ORDERS = StreamPattern.of("store-*/orders");
    static final StreamName CATALOG = StreamName.of("hq/catalog");

    /// The same events as the catalog, never compacted.
    static final StreamName CATALOG_HISTORY = StreamName.of("hq/catalog-history");

    static final StreamName TOTALS = StreamName.of("hq/totals");
    private static final int CATALOG_KEYS = 5;
    private static final int STORES = 3;

    final SimulatedClock clock = new SimulatedClock();
    final Node hq;
    final List<Node> stores = new ArrayList<>();
    final List<Node> nodes = new ArrayList<>();
    final List<Client> clients = new ArrayList<>();

    private final RandomGenerator random;
    private final Variation variation;
    private final Set<String> mended = new HashSet<>();
    private boolean allMended;
    private int catalogVersion;
    private int measured;

    Estate(RandomGenerator random, Variation variation) {
        this.random = random;
        this.variation = variation;
        hq = new Node("hq", clock, (node, followers) -> startHq(followers));
        nodes.add(hq);
        for (int i = 1; i <= STORES; i++) {
            Node store = new Node("store-" + i, clock, this::startStore);
            stores.add(store);
            nodes.add(store);
            for (String till : List.of("a", "b")) {
                clients.add(
                        new Client(
                                store,
                                orders(store),
                                store + till,
                                variation.clientsDedupe(),
                                random));
            }
        }
        nodes.forEach(Node::start);
        createStreams();
    }

    static StreamName orders(Node store) {
        return StreamName.of(store + "/orders");
    }

    static StreamName telemetry(Node store) {
        return StreamName.of(store + "/telemetry");
    }

    static String mirror(Node store) {
        return "mirror " + store;
    }

    static String gauges(Node store) {
        return "gauges " + store;
    }

    static final String TOTALS_FOLLOWER = "totals";
    static final String REPORT = "report";
    static final String LABELS = "labels";

    /// Not a follower: reads for an invariant. Known from the beginning, so that reading commits nothing.
    static final String AUDITOR = "auditor";

    private void createStreams() {
        hq.database()
                .write(tx -> {
                    tx.open(CATALOG, StreamSettings.compactedByKey());
                    tx.open(CATALOG_HISTORY, StreamSettings.keepAll());
                    tx.open(TOTALS, StreamSettings.keepAll());
                    return true;
                });
        hq.database().source(ALL_ORDERS, AUDITOR);
        for (Node store : stores) {
            store.database()
                    .write(tx -> {
                        tx.open(orders(store), StreamSettings.keepFor(Duration.ofDays(2)));
                        tx.open(telemetry(store), StreamSettings.keepNewest(60));
                        return true;
                    });
        }
    }

    // ---- followers

    private void startHq(List<Steps> followers) {
        for (Node store : stores) {
            followers.add(
                    follower(
                            mirror(store),
                            hq,
                            line(store, hq, orders(store), mirror(store)),
                            this::mirror,
                            FollowerSettings.inOrder().withPageEventsMax(3)));
            followers.add(
                    follower(
                            gauges(store),
                            hq,
                            line(store, hq, telemetry(store), gauges(store)),
                            new Gauges(new Journal(gauges(store))),
                            FollowerSettings.inOrder().withPageEventsMax(2)));
        }
        Line allOrders =
                new Line(
                        hq,
                        hq,
                        ALL_ORDERS.value(),
                        database -> database.source(ALL_ORDERS, TOTALS_FOLLOWER));
        Journal totals = new Journal(TOTALS_FOLLOWER);
        followers.add(
                follower(
                        TOTALS_FOLLOWER,
                        hq,
                        allOrders,
                        (event, tx) -> {
                            totals.add(tx, event);
                            tx.append(TOTALS, List.of(event.content()));
                            failIfPoison(event, TOTALS_FOLLOWER);
                        },
                        FollowerSettings.byKey().withPageEventsMax(4)));
        Journal report = new Journal(REPORT);
        followers.add(
                follower(
                        REPORT,
                        hq,
                        line(hq, hq, TOTALS, REPORT),
                        (event, tx) -> {
                            report.add(tx, event);
                            failIfPoison(event, REPORT);
                        },
                        FollowerSettings.inOrder().withPageEventsMax(5)));
    }

    private void startStore(Node store, List<Steps> followers) {
        followers.add(
                follower(
                        LABELS,
                        store,
                        line(hq, store, CATALOG, LABELS + " " + store),
                        new Labels(),
                        FollowerSettings.inOrder().withPageEventsMax(2)));
    }

    private Steps follower(
            String name,
            Node node,
            Line source,
            Reader<MemoryTransaction> reader,
            FollowerSettings settings) {
        return variation.followers().make(name, source, node.database(), reader, settings, clock);
    }

    private static Line line(Node from, Node to, StreamName stream, String follower) {
        return new Line(from, to, stream.value(), database -> database.source(stream, follower));
    }

    /// Takes an event into the same stream at HQ, if it is the next.
    private void mirror(Event event, MemoryTransaction tx) {
        tx.open(event.stream(), StreamSettings.keepAll());
        long tail = tx.tail(event.stream());
        if (event.offset() != tail) {
            throw new AssertionError(
                    "mirror of %s is at %d, and got %d"
                            .formatted(event.stream(), tail, event.offset()));
        }
        tx.append(event.stream(), List.of(event.content()));
    }

    private record Gauges(Journal journal) implements Reader<MemoryTransaction> {
        @Override
        public void apply(Event event, MemoryTransaction tx) {
            journal.add(tx, event);
        }

        @Override
        public boolean startOver(MemoryTransaction tx) {
            journal.clear(tx);
            return true;
        }
    }

    private record Labels() implements Reader<MemoryTransaction> {
        @Override
        public void apply(Event event, MemoryTransaction tx) {
            if (event.deletion()) {
                tx.remove("label/" + event.key());
            } else {
                tx.put("label/" + event.key(), event.payload().text());
            }
        }

        @Override
        public boolean startOver(MemoryTransaction tx) {
            tx.values("label/").keySet().forEach(tx::remove);
            return true;
        }
    }

    // ---- poison

    /// Every so-manieth order cannot be read by a follower until somebody has mended it.
    private void failIfPoison(Event event, String follower) {
        String text = event.payload().text();
        boolean poison = Math.floorMod((text + follower).hashCode(), 9) == 0;
        if (poison && !allMended && !mended.contains(text)) {
            throw new IllegalArgumentException("poison " + text);
        }
    }

    void mend(Event event) {
        mended.add(event.payload().text());
    }

    void mendAll() {
        allMended = true;
    }

    // ---- acts besides selling

    String changeCatalog() {
        catalogVersion++;
        String key = "item-" + random.nextInt(CATALOG_KEYS);
        NewEvent event =
                random.nextInt(4) == 0
                        ? NewEvent.deletion(key, Bytes.EMPTY)
                        : NewEvent.keyed(key, Bytes.of("version " + catalogVersion));
        hq.database()
                .write(tx -> {
                    tx.append(CATALOG_HISTORY, event);
                    return tx.append(CATALOG, event);
                });
        return "changed " + key;
    }

    String measure(Node store) {
        measured++;
        String text = "reading " + measured;
        long offset = store.database().write(tx -> tx.append(telemetry(store), NewEvent.of(text)));
        return "measured at " + offset;
    }

    /// What runs anywhere now and can be operated.
    List<Follower<?>> operable() {
        List<Follower<?>> operable = new ArrayList<>();
        for (Node node : nodes) {
            for (Steps steps : node.followers()) {
                if (steps instanceof Follower<?> follower) {
                    operable.add(follower);
                }
            }
        }
        return operable;
    }
}
