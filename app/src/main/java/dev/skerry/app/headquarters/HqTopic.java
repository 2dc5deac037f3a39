package dev.skerry.app.headquarters;

import dev.skerry.app.feed.FeedTopic;
import java.util.Locale;

/// What a screen at HQ can be told about, and where it then reads what is new.
enum HqTopic implements FeedTopic {
    LINE("the store's id: the line to it came or went", "/api/stores/{id}"),
    ALARMS("none: a store needs somebody, or does no more", "/api/alarms"),
    SALES("none: a store has sold something, or opened or closed a day", "/api/sales/now"),
    STOCK("none: goods came or went somewhere", "/api/stock");

    private final String keys;
    private final String read;

    HqTopic(String keys, String read) {
        this.keys = keys;
        this.read = read;
    }

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What its keys are.
    String keys() {
        return keys;
    }

    /// Where what it is about is read.
    String read() {
        return read;
    }
}
