package dev.skerry.trials.rooms.broken.node;

final class CountsForAll {
    private static int count;

    int next() {
        return ++count;
    }
}
