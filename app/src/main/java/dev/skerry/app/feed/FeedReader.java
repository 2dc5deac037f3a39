package dev.skerry.app.feed;

import dev.skerry.stream.Pacer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What one screen has still to be told: of each thing that it has changed, once, however often it did. Any thread puts in, one
/// takes out.
final class FeedReader {

    /// More than so many things are told as their topics.
    static final int WAITING_MAX = 500;

    private record Thing(FeedTopic topic, @Nullable String key) {}

    private final Set<FeedTopic> topics;
    private final @Nullable String only;
    private final Map<Thing, Change> waiting = new LinkedHashMap<>();
    private final Semaphore news = new Semaphore(0);
    private final Semaphore end = new Semaphore(0);

    /// Of all things of some topics.
    FeedReader(Set<? extends FeedTopic> topics) {
        this(topics, null);
    }

    /// @param only the key of the one thing that this is about; null for all
    FeedReader(Set<? extends FeedTopic> topics, @Nullable String only) {
        this.topics = Set.copyOf(topics);
        this.only = only;
    }

    boolean wants(Set<? extends FeedTopic> some) {
        return some.stream().anyMatch(topics::contains);
    }

    void tell(Change change) {
        if (!topics.contains(change.topic())
                || (only != null && change.key() != null && !only.equals(change.key()))) {
            return;
        }
        synchronized (waiting) {
            if (waiting.containsKey(new Thing(change.topic(), null))) {
                return;
            }
            if (change.key() == null) {
                waiting.keySet().removeIf(it -> it.topic().equals(change.topic()));
            }
            waiting.put(new Thing(change.topic(), change.key()), change);
            if (waiting.size() > WAITING_MAX) {
                Set<FeedTopic> all =
                        waiting.keySet().stream().map(Thing::topic).collect(Collectors.toSet());
                waiting.clear();
                all.forEach(it -> waiting.put(new Thing(it, null), Change.all(it)));
            }
        }
        wake(news);
    }

    /// What there is to tell now; nothing of it is told again.
    List<Change> take() {
        synchronized (waiting) {
            List<Change> all = new ArrayList<>(waiting.values());
            waiting.clear();
            return all;
        }
    }

    /// Waits until there is something to tell, or this has ended.
    void await(Pacer pacer, Duration atMost) throws InterruptedException {
        pacer.await(news, atMost);
    }

    /// Waits though there may be something to tell, so that more of it is told at once.
    void pause(Pacer pacer, Duration pause) throws InterruptedException {
        pacer.await(end, pause);
    }

    void end() {
        wake(end);
        wake(news);
    }

    private static void wake(Semaphore semaphore) {
        if (semaphore.availablePermits() == 0) {
            semaphore.release();
        }
    }
}
