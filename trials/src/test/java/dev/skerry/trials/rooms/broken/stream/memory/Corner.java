package dev.skerry.trials.rooms.broken.stream.memory;

public record Corner() {}
