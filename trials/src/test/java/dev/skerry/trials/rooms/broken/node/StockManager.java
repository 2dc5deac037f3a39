package dev.skerry.trials.rooms.broken.node;

record StockManager() {}
