package dev.skerry.app.feed;

import org.jspecify.annotations.Nullable;

/// Something is not what it was.
///
/// @param key of what; null for whatever there is of the topic
/// @param version of what it is now; null where it has none, or is no more
public record Change(FeedTopic topic, @Nullable String key, @Nullable Long version) {

    public static Change of(FeedTopic topic, @Nullable String key) {
        return new Change(topic, key, null);
    }

    public static Change all(FeedTopic topic) {
        return new Change(topic, null, null);
    }
}
