package dev.skerry.trials.simulation;

import dev.skerry.stream.Event;
import dev.skerry.stream.StreamName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Every order of which a client was told is at its offset: in the store, or, where retention has dropped it there, at
/// headquarters.
final class NothingAcknowledgedIsMissing implements Invariant {

    @Override
    public void check(Estate estate) {
        for (Node store : estate.stores) {
            if (store.up() && (store.changed || estate.hq.changed)) {
                check(estate, store);
            }
        }
    }

    private static void check(Estate estate, Node store) {
        StreamName orders = Estate.orders(store);
        long start = store.database().find(orders).orElseThrow().start();
        Map<Long, String> kept = byOffset(Whole.stream(store.database(), orders));
        if (start > 0 && estate.hq.up()) {
            byOffset(Whole.stream(estate.hq.database(), orders)).forEach(kept::putIfAbsent);
        }
        for (Client client : estate.clients) {
            if (client.store.equals(store)) {
                client.acknowledged()
                        .forEach((order, offset) -> {
                            String there = kept.getOrDefault(offset, "nothing");
                            Violation.unless(
                                    order.equals(there) || (offset < start && !estate.hq.up()),
                                    "order %s was acknowledged at %d of %s, where there is" + " %s",
                                    order,
                                    offset,
                                    orders,
                                    there);
                        });
            }
        }
    }

    private static Map<Long, String> byOffset(List<Event> events) {
        Map<Long, String> texts = new HashMap<>();
        for (Event event : events) {
            texts.put(event.offset(), event.payload().text());
        }
        return texts;
    }
}
