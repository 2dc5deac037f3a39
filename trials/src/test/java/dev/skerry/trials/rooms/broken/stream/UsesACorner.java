package dev.skerry.trials.rooms.broken.stream;

import dev.skerry.trials.rooms.broken.stream.memory.Corner;

record UsesACorner(Corner corner) {}
