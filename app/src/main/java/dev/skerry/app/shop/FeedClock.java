package dev.skerry.app.shop;

import dev.skerry.app.feed.Change;
import dev.skerry.app.feed.Feed;
import dev.skerry.store.pricing.Pricing;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/// Tells the feed when prices begin or end by the clock alone, to the minute. To be stepped about once a second: the clock brings no news
/// of itself.
final class FeedClock implements Steps {

    private final Feed feed;
    private final Pricing pricing;
    private final ZoneId zone;
    private final InstantSource clock;
    private ZonedDateTime told;

    FeedClock(Feed feed, Pricing pricing, ZoneId zone, InstantSource clock) {
        this.feed = feed;
        this.pricing = pricing;
        this.zone = zone;
        this.clock = clock;
        this.told = minute();
    }

    private ZonedDateTime minute() {
        return clock.instant().atZone(zone).truncatedTo(ChronoUnit.MINUTES);
    }

    @Override
    public String name() {
        return "feed clock";
    }

    @Override
    public Step step() {
        ZonedDateTime now = minute();
        if (!now.toInstant().equals(told.toInstant())) {
            boolean differs =
                    feed.isWanted(Set.of(Topic.PRICES))
                            && (now.isBefore(told) || pricing.differs(told, now));
            told = now;
            if (differs) {
                feed.changed(Change.all(Topic.PRICES));
            }
        }
        return new Step.CaughtUp(0);
    }

    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }
}
