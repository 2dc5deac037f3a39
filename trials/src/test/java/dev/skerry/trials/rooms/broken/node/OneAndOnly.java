package dev.skerry.trials.rooms.broken.node;

final class OneAndOnly {
    static final OneAndOnly INSTANCE = new OneAndOnly();
}
