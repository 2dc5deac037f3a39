package dev.skerry.trials.rooms.broken.stream.client;

public record Asked() {}
