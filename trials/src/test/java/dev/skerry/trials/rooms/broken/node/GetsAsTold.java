package dev.skerry.trials.rooms.broken.node;

import java.util.function.Supplier;

/// Breaks no rule: the JDK wants it so.
final class GetsAsTold implements Supplier<String> {
    @Override
    public String get() {
        return "";
    }
}
