package dev.skerry.stream.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Remembers how to take back what a transaction has done so far.
final class Undo {

    private final List<Runnable> steps = new ArrayList<>();

    <K, V> @Nullable V put(Map<K, V> map, K key, V value) {
        V old = map.put(key, value);
        steps.add(old == null ? () -> map.remove(key) : () -> map.put(key, old));
        return old;
    }

    <K, V> void remove(Map<K, V> map, K key) {
        V old = map.remove(key);
        if (old != null) {
            steps.add(() -> map.put(key, old));
        }
    }

    void add(Runnable step) {
        steps.add(step);
    }

    /// A place to come back to with [#backTo].
    int mark() {
        return steps.size();
    }

    void backTo(int mark) {
        while (steps.size() > mark) {
            steps.removeLast().run();
        }
    }
}
