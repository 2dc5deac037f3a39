package dev.skerry.app.chain;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.TimeOrderedIds;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Brings events into one of HQ's reference streams, in large batches, and leaves out what the stream says already. For one thread.
public final class Publisher<E> {

    /// What has been done.
    ///
    /// @param published how many events were new, or said something else than before
    /// @param same how many the stream said already
    public record Published(long published, long same) {}

    private final ReferencePlace place;
    private final ReferenceStream<E> stream;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    /// By key, what the stream says, those that wait included.
    private final Map<String, String> digests = new HashMap<>();

    private final List<CloudEvent> waiting = new ArrayList<>();
    private long published;
    private long same;

    /// Reads what the stream says now.
    public Publisher(
            ReferencePlace place,
            ReferenceStream<E> stream,
            InstantSource clock,
            TimeOrderedIds ids) {
        this.place = requireNonNull(place, "place");
        this.stream = requireNonNull(stream, "stream");
        this.clock = requireNonNull(clock, "clock");
        this.ids = requireNonNull(ids, "ids");
        ReferencePlace.Page page;
        long offset = 0;
        do {
            page = place.read(stream, offset);
            for (ReferencePlace.Entry entry : page.entries()) {
                if (entry.ended()) {
                    digests.remove(entry.key());
                } else {
                    digests.put(entry.key(), entry.digest());
                }
            }
            offset = page.next();
        } while (!page.upToDate());
    }

    /// Publishes events in their order, in batches: each is there wholly or not at all.
    public void publish(List<E> events) {
        for (E event : events) {
            publish(event);
        }
    }

    /// Publishes one, with the batch that it fills.
    public void publish(E event) {
        CloudEvent envelope = stream.envelope(event, ids.next().toString(), clock.instant());
        String key = stream.key().apply(event);
        boolean ends = stream.ends().test(event);
        String digest = Digest.of(envelope);
        String before = ends ? digests.remove(key) : digests.put(key, digest);
        if (ends ? before == null : digest.equals(before)) {
            same++;
            return;
        }
        waiting.add(envelope);
        if (waiting.size() == ReferencePlace.BATCH_EVENTS_MAX) {
            flush();
        }
    }

    /// Publishes what waits for its batch to be full.
    public void flush() {
        if (!waiting.isEmpty()) {
            place.append(stream, List.copyOf(waiting));
            published += waiting.size();
            waiting.clear();
        }
    }

    /// Whether the stream says something of this key.
    public boolean knows(String key) {
        return digests.containsKey(key);
    }

    /// What is durable by now.
    public Published published() {
        return new Published(published, same);
    }
}
