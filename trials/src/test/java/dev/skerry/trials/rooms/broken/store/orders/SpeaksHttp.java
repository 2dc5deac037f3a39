package dev.skerry.trials.rooms.broken.store.orders;

import dev.skerry.trials.rooms.broken.node.http.Host;

record SpeaksHttp(Host host) {}
