package dev.skerry.trials.rooms.broken.node.http;

public record Host() {}
