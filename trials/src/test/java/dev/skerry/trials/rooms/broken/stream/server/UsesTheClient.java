package dev.skerry.trials.rooms.broken.stream.server;

import dev.skerry.trials.rooms.broken.stream.client.Asked;

record UsesTheClient(Asked asked) {}
