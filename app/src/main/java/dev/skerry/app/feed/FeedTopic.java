package dev.skerry.app.feed;

/// What a screen can be told about. A node's topics are the constants of one enum.
public interface FeedTopic {

    /// As a client names it: `business-day`.
    String word();
}
