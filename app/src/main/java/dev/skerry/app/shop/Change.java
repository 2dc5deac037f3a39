package dev.skerry.app.shop;

import org.jspecify.annotations.Nullable;

/// Something is not what it was.
///
/// @param key of what; null for whatever there is of the topic
/// @param version of what it is now; null where it has none, or is no more
record Change(Topic topic, @Nullable String key, @Nullable Long version) {

    static Change of(Topic topic, @Nullable String key) {
        return new Change(topic, key, null);
    }

    static Change all(Topic topic) {
        return new Change(topic, null, null);
    }
}
