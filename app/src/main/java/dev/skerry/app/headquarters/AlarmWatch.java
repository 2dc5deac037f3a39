package dev.skerry.app.headquarters;

import dev.skerry.app.feed.Change;
import dev.skerry.app.feed.Feed;
import dev.skerry.hq.stores.Stores;
import dev.skerry.hq.stores.Stores.Alarm;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Tells the feed when other stores need somebody than before, which time alone can bring about. To be stepped about once a second.
final class AlarmWatch implements Steps {

    private static final Duration LOOKS_EVERY = Duration.ofSeconds(10);

    private final Feed feed;
    private final Stores stores;
    private final InstantSource clock;
    private Instant looked = Instant.MIN;
    private List<Alarm> told = List.of();

    AlarmWatch(Feed feed, Stores stores, InstantSource clock) {
        this.feed = feed;
        this.stores = stores;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "alarms";
    }

    @Override
    public Step step() {
        Instant now = clock.instant();
        if (looked.equals(Instant.MIN) || !now.isBefore(looked.plus(LOOKS_EVERY))) {
            looked = now;
            List<Alarm> alarms = stores.alarms();
            if (!alarms.equals(told)) {
                told = alarms;
                feed.changed(Change.all(HqTopic.ALARMS));
            }
        }
        return new Step.CaughtUp(0);
    }

    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }
}
