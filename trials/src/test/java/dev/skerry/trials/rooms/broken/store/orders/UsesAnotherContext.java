package dev.skerry.trials.rooms.broken.store.orders;

import dev.skerry.trials.rooms.broken.store.catalog.Catalog;

record UsesAnotherContext(Catalog catalog) {}
