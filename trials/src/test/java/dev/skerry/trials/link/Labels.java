package dev.skerry.trials.link;

import dev.skerry.stream.Event;
import dev.skerry.stream.Reader;
import dev.skerry.stream.memory.MemoryTransaction;
import dev.skerry.trials.simulation.Journal;
import java.util.Map;
import java.util.TreeMap;

/// What a store makes of HQ's catalog: the newest text of each key.
record Labels() implements Reader<MemoryTransaction> {

    static final String NAME = "labels";
    private static final String LABEL = "label/";
    static final Journal JOURNAL = new Journal(NAME);

    @Override
    public void apply(Event event, MemoryTransaction tx) {
        JOURNAL.add(tx, event);
        if (event.deletion()) {
            tx.remove(LABEL + event.key());
        } else {
            tx.put(LABEL + event.key(), event.payload().text());
        }
    }

    @Override
    public boolean startOver(MemoryTransaction tx) {
        JOURNAL.clear(tx);
        tx.values(LABEL).keySet().forEach(tx::remove);
        return true;
    }

    static Map<String, String> all(MemoryTransaction tx) {
        Map<String, String> all = new TreeMap<>();
        tx.values(LABEL).forEach((key, text) -> all.put(key.substring(LABEL.length()), text));
        return all;
    }
}
