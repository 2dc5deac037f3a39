package dev.skerry.trials.rooms.broken.node;

final class SharesAnObject {
    private static final Counter COUNTER = new Counter();

    private static final class Counter {
        private int count;
    }

    int next() {
        return ++COUNTER.count;
    }
}
