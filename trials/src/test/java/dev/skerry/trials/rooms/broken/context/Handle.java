package dev.skerry.trials.rooms.broken.context;

/// Lent to contexts.
public interface Handle {
    int execute(String sql);
}
