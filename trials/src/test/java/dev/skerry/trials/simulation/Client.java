package dev.skerry.trials.simulation;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.memory.MemoryTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Sells in a store: one order after the other, each repeated under its own id until it is acknowledged. Some are refused
/// half-way, and must leave no trace.
final class Client {

    static final String REFUSED = "refused";
    private static final int KEYS = 6;

    final Node store;
    final StreamName stream;
    private final String name;
    private final boolean dedupes;
    private final RandomGenerator random;

    /// Offset by text of the order's event.
    private final Map<String, Long> acknowledged = new TreeMap<>();

    private int orders;
    private @Nullable Order pending;

    Client(Node store, StreamName stream, String name, boolean dedupes, RandomGenerator random) {
        this.store = store;
        this.stream = stream;
        this.name = name;
        this.dedupes = dedupes;
        this.random = random;
    }

    private record Order(String id, List<NewEvent> events) {}

    Map<String, Long> acknowledged() {
        return acknowledged;
    }

    boolean waits() {
        return pending != null;
    }

    String act() {
        if (pending == null && random.nextInt(10) == 0) {
            return refused();
        }
        Order order = pending == null ? next() : pending;
        pending = order;
        try {
            long first = store.database().write(tx -> append(tx, order));
            for (int i = 0; i < order.events.size(); i++) {
                acknowledged.put(order.events.get(i).payload().text(), first + i);
            }
            pending = null;
            return "acknowledged " + order.id + " at " + first;
        } catch (StreamException e) {
            return "no answer for " + order.id + ": " + e.kind();
        }
    }

    private Order next() {
        orders++;
        String id = name + "-" + orders;
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            String key = "order-" + random.nextInt(KEYS);
            events.add(NewEvent.keyed(key, Bytes.of(id + "." + i)));
        }
        return new Order(id, events);
    }

    private long append(MemoryTransaction tx, Order order) {
        String done = dedupes ? tx.value("done/" + order.id) : null;
        if (done != null) {
            return Long.parseLong(done);
        }
        long first = tx.append(stream, order.events) - order.events.size();
        tx.put("done/" + order.id, Long.toString(first));
        return first;
    }

    private String refused() {
        try {
            store.database()
                    .write(tx -> {
                        tx.append(stream, List.of(NewEvent.keyed("k", Bytes.of(REFUSED))));
                        throw new IllegalArgumentException(REFUSED);
                    });
            throw new Violation("work that throws was committed");
        } catch (IllegalArgumentException e) {
            return "refused an order of " + name;
        }
    }
}
