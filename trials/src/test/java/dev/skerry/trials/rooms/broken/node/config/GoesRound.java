package dev.skerry.trials.rooms.broken.node.config;

import dev.skerry.trials.rooms.broken.node.http.ComesBack;

public record GoesRound(ComesBack there) {}
