package dev.skerry.trials.rooms.broken.store.orders;

import java.nio.file.Path;

record DecidesFromAFile(Path file) {}
