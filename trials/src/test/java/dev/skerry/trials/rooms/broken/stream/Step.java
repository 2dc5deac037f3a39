package dev.skerry.trials.rooms.broken.stream;

public record Step() {}
