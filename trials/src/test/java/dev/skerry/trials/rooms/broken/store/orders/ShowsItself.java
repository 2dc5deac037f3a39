package dev.skerry.trials.rooms.broken.store.orders;

public record ShowsItself() {}
