package dev.skerry.trials.link;

import dev.skerry.stream.memory.MemoryTransaction;
import dev.skerry.trials.simulation.Journal;
import dev.skerry.trials.simulation.Violation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// No event takes effect twice, at HQ or in a store.
final class NoEffectTwice implements Invariant {

    private static final class Seen {
        private int era;
        private int entries;
        private final Set<String> events = new HashSet<>();
    }

    private final Map<Server, Seen> seen = new HashMap<>();

    @Override
    public void check(Chain chain) {
        for (Server server : chain.changed()) {
            Journal journal = server == chain.hq ? Headquarters.JOURNAL : Labels.JOURNAL;
            server.database()
                    .write(tx -> {
                        look(server, journal, tx);
                        return true;
                    });
        }
    }

    private void look(Server server, Journal journal, MemoryTransaction tx) {
        Seen before = seen.computeIfAbsent(server, _ -> new Seen());
        if (before.era != journal.era(tx) || before.entries > journal.size(tx)) {
            before.era = journal.era(tx);
            before.entries = 0;
            before.events.clear();
        }
        for (Journal.Entry entry : journal.since(tx, before.entries)) {
            before.entries++;
            Violation.unless(
                    before.events.add(entry.stream() + "@" + entry.offset()),
                    "%s@%d took effect twice at %s",
                    entry.stream(),
                    entry.offset(),
                    server);
        }
    }
}
