package dev.skerry.trials.simulation;

import dev.skerry.stream.Event;
import dev.skerry.stream.memory.MemoryDatabase;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reading a compacted stream from its beginning gives the state that all events ever appended give; and so does what a
/// follower that is caught up has built from it.
final class CompactedStateEqualsFullState implements Invariant {

    @Override
    public void check(Estate estate) {
        if (!estate.hq.up()) {
            return;
        }
        MemoryDatabase hq = estate.hq.database();
        Map<String, String> full = state(Whole.stream(hq, Estate.CATALOG_HISTORY));
        Map<String, String> compacted = state(Whole.stream(hq, Estate.CATALOG));
        Violation.unless(
                full.equals(compacted), "the catalog is %s, and compacted %s", full, compacted);
        long tail = hq.find(Estate.CATALOG).orElseThrow().tail();
        for (Node store : estate.stores) {
            if (store.up() && (store.changed || estate.hq.changed)) {
                checkLabels(store, tail, full);
            }
        }
    }

    private static void checkLabels(Node store, long tail, Map<String, String> full) {
        store.database()
                .write(tx -> {
                    SortedMap<String, String> labels = new TreeMap<>();
                    tx.values("label/")
                            .forEach((key, text) ->
                                    labels.put(key.substring("label/".length()), text));
                    boolean caughtUp = tx.cursor(Estate.LABELS).orElse(0) == tail;
                    Violation.unless(
                            !caughtUp || labels.equals(full),
                            "the catalog is %s, and the labels of %s are %s",
                            full,
                            store,
                            labels);
                    return true;
                });
    }

    private static Map<String, String> state(List<Event> events) {
        Map<String, String> state = new TreeMap<>();
        for (Event event : events) {
            if (event.deletion()) {
                state.remove(event.key());
            } else {
                state.put(String.valueOf(event.key()), event.payload().text());
            }
        }
        return state;
    }
}
