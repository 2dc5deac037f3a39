package dev.skerry.trials.rooms.broken.language;

import dev.skerry.trials.rooms.broken.stream.Step;

record UsesTheFloorAbove(Step step) {}
