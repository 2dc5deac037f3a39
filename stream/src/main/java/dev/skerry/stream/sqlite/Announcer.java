package dev.skerry.stream.sqlite;

import dev.skerry.stream.StreamName;
import dev.skerry.stream.Watch;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Tells watchers what has been committed, on a thread of its own: ten thousand waiting readers do not hold up the writer.
/// News of one stream that come faster than they are told are told once.
final class Announcer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Announcer.class.getName());

    /// One watch; compared by identity, so that the same Runnable may watch twice.
    private static final class Watcher {
        private final Runnable onNews;

        Watcher(Runnable onNews) {
            this.onNews = onNews;
        }

        /// One that throws must not keep the news from the others.
        void tell() {
            try {
                onNews.run();
            } catch (Throwable e) {
                LOG.log(Level.ERROR, "watcher=faulty remedy=\"mend it: it misses news\"", e);
            }
        }
    }

    private final Map<StreamName, Set<Watcher>> watchers = new ConcurrentHashMap<>();
    private final Map<Watcher, Predicate<StreamName>> patternWatchers = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Set<StreamName> changed = new LinkedHashSet<>();
    private boolean closed;
    private final Thread thread;

    Announcer(String name) {
        thread = Thread.ofPlatform().daemon().name("announcer " + name).start(this::run);
    }

    Watch watch(StreamName stream, Runnable onNews) {
        Watcher mine = new Watcher(onNews);
        watchers.compute(
                stream,
                (name, known) -> {
                    Set<Watcher> all = known == null ? ConcurrentHashMap.newKeySet() : known;
                    all.add(mine);
                    return all;
                });
        return () ->
                watchers.computeIfPresent(
                        stream,
                        (name, all) -> {
                            all.remove(mine);
                            return all.isEmpty() ? null : all;
                        });
    }

    Watch watch(Predicate<StreamName> pattern, Runnable onNews) {
        Watcher mine = new Watcher(onNews);
        patternWatchers.put(mine, pattern);
        return () -> patternWatchers.remove(mine);
    }

    void announce(Collection<StreamName> streams) {
        lock.lock();
        try {
            changed.addAll(streams);
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (true) {
            List<StreamName> now;
            lock.lock();
            try {
                while (changed.isEmpty()) {
                    if (closed) {
                        return;
                    }
                    news.awaitUninterruptibly();
                }
                now = new ArrayList<>(changed);
                changed.clear();
            } finally {
                lock.unlock();
            }
            now.forEach(this::tell);
        }
    }

    private void tell(StreamName stream) {
        watchers.getOrDefault(stream, Set.of()).forEach(Watcher::tell);
        patternWatchers.forEach((watcher, pattern) -> {
            if (pattern.test(stream)) {
                watcher.tell();
            }
        });
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until nothing is told any more; after [#close].
    void join() throws InterruptedException {
        thread.join();
    }
}
