package dev.skerry.trials.rooms.broken.node;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Breaks no rule: none of these can change.
final class SharesValues {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final List<Duration> PAUSES = List.of(PAUSE, PAUSE.multipliedBy(2));
    private static final Map<String, Integer> SIZES = Map.ofEntries(Map.entry("small", 1));

    int all() {
        return PAUSES.size() + SIZES.size();
    }
}
