package dev.skerry.trials.rooms.broken.store.orders;

public final class ShowsItself {
    int shown() {
        return 1;
    }
}
