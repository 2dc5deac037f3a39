package dev.skerry.trials.rooms.broken.node;

import tools.jackson.core.JsonParser;

record UsesJson(JsonParser parser) {}
