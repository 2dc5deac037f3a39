package dev.skerry.trials.rooms.broken.stream.server;

public record Answered() {}
