package dev.skerry.trials.rooms.broken.language;

import java.io.ObjectOutputStream;

record StoresByReflection(ObjectOutputStream out) {}
