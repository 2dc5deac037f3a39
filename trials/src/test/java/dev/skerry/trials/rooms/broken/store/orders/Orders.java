package dev.skerry.trials.rooms.broken.store.orders;

public record Orders() {
    /// Breaks no rule: belongs to the front.
    public record Receipt() {}
}
