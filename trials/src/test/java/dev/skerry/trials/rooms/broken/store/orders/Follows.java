package dev.skerry.trials.rooms.broken.store.orders;

import dev.skerry.trials.rooms.broken.stream.Reader;

record Follows(Reader reader) {}
