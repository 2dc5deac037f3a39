package dev.skerry.stream.server;

import dev.skerry.stream.StreamName;
import dev.skerry.stream.Watch;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Tells live readers what the log does not know: that a stream was closed or deleted, or that the server stops. Any thread.
final class News {

    private final Map<StreamName, Set<Runnable>> watchers = new ConcurrentHashMap<>();

    Watch watch(StreamName stream, Runnable onNews) {
        watchers.compute(
                stream,
                (_, known) -> {
                    Set<Runnable> all = known == null ? ConcurrentHashMap.newKeySet() : known;
                    all.add(onNews);
                    return all;
                });
        return () ->
                watchers.computeIfPresent(
                        stream,
                        (_, all) -> {
                            all.remove(onNews);
                            return all.isEmpty() ? null : all;
                        });
    }

    void tell(StreamName stream) {
        watchers.getOrDefault(stream, Set.of()).forEach(Runnable::run);
    }

    void tellAll() {
        watchers.values().forEach(all -> all.forEach(Runnable::run));
    }
}
