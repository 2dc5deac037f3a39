package dev.skerry.stream.client;

import dev.skerry.stream.Watch;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Those who want to be told that a step may have work.
final class News implements Runnable {

    private final List<Told> told = new CopyOnWriteArrayList<>();

    Watch watch(Runnable onNews) {
        Told added = new Told(onNews);
        told.add(added);
        return () -> told.remove(added);
    }

    @Override
    public void run() {
        for (Told each : told) {
            each.onNews.run();
        }
    }

    /// Compared by identity, so that the same action can be watched with twice.
    private static final class Told {
        final Runnable onNews;

        Told(Runnable onNews) {
            this.onNews = onNews;
        }
    }
}
