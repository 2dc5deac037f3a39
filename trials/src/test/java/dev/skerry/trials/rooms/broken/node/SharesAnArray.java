package dev.skerry.trials.rooms.broken.node;

final class SharesAnArray {
    private static final int[] SHARED = {1, 2};

    int first() {
        return SHARED[0];
    }
}
