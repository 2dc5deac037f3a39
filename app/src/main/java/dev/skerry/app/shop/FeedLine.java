package dev.skerry.app.shop;

import dev.skerry.app.feed.Change;
import dev.skerry.app.feed.Feed;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import java.util.function.Supplier;

/// Tells the feed when the line to HQ is not as it was. To be stepped about once a second: the line brings no news of itself.
final class FeedLine implements Steps {

    private final Feed feed;
    private final Supplier<Line> line;
    private Line told;

    FeedLine(Feed feed, Supplier<Line> line) {
        this.feed = feed;
        this.line = line;
        this.told = line.get();
    }

    @Override
    public String name() {
        return "feed line";
    }

    @Override
    public Step step() {
        Line now = line.get();
        if (!now.equals(told)) {
            told = now;
            feed.changed(Change.all(Topic.LINE));
        }
        return new Step.CaughtUp(0);
    }

    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }
}
