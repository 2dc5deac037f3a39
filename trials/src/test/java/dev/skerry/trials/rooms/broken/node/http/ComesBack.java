package dev.skerry.trials.rooms.broken.node.http;

import dev.skerry.trials.rooms.broken.node.config.GoesRound;

public record ComesBack(Class<GoesRound> here) {}
