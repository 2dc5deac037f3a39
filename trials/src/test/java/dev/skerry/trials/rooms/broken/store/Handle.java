package dev.skerry.trials.rooms.broken.store;

/// Lent to contexts.
public interface Handle {
    int execute(String sql);
}
