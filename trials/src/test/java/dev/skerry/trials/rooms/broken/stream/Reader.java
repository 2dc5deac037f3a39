package dev.skerry.trials.rooms.broken.stream;

public interface Reader {
    void apply(String event);
}
