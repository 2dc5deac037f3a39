package dev.skerry.trials.rooms.broken.store.catalog;

public record Catalog() {}
