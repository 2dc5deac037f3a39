package dev.skerry.app.feed;

import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;

/// Tells the feed when a context has taken in what somebody else has published: screens that heard of it before would read what was.
public record Telling(Steps steps, Feed feed, FeedTopic topic) implements Steps {

    @Override
    public String name() {
        return steps.name();
    }

    @Override
    public Step step() {
        Step step = steps.step();
        if (step instanceof Step.Moved) {
            feed.changed(Change.all(topic));
        }
        return step;
    }

    @Override
    public Watch watch(Runnable onNews) {
        return steps.watch(onNews);
    }
}
