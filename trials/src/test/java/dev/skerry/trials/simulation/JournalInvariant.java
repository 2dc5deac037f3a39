package dev.skerry.trials.simulation;

import dev.skerry.stream.memory.MemoryTransaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Goes once through the effects of every follower at headquarters that keeps a journal, as they appear.
abstract class JournalInvariant implements Invariant {

    /// Looks at one effect after the other, from an empty journal on.
    @FunctionalInterface
    interface Eye {
        void see(Journal.Entry entry, long cursor);
    }

    private static final class Progress {
        private int era;
        private int seen;
        private Eye eye;

        Progress(Eye eye) {
            this.eye = eye;
        }
    }

    private final Map<String, Progress> progress = new HashMap<>();

    /// A new observer of a follower's effects, for an empty journal.
    abstract Supplier<Eye> eyes(String follower);

    @Override
    public void check(Estate estate) {
        if (!estate.hq.up() || !estate.hq.changed) {
            return;
        }
        List<String> followers = new ArrayList<>();
        followers.add(Estate.TOTALS_FOLLOWER);
        followers.add(Estate.REPORT);
        estate.stores.forEach(store -> followers.add(Estate.gauges(store)));
        estate.hq
                .database()
                .write(tx -> {
                    followers.forEach(follower -> look(follower, tx));
                    return true;
                });
    }

    private void look(String follower, MemoryTransaction tx) {
        Supplier<Eye> eyes = eyes(follower);
        Progress now = progress.computeIfAbsent(follower, f -> new Progress(eyes.get()));
        Journal journal = new Journal(follower);
        if (journal.era(tx) != now.era) {
            now.era = journal.era(tx);
            now.seen = 0;
            now.eye = eyes.get();
        }
        long cursor = tx.cursor(follower).orElse(0);
        for (Journal.Entry entry : journal.since(tx, now.seen)) {
            now.seen++;
            now.eye.see(entry, cursor);
        }
    }
}
