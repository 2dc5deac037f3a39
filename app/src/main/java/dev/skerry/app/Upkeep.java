package dev.skerry.app;

import dev.skerry.stream.Database;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.Watch;
import dev.skerry.stream.server.ServedStreams;

/// What has to be done now and then: streams that are over go, and what may be dropped or compacted is.
record Upkeep(Database<?> database, ServedStreams served) implements Steps {

    @Override
    public String name() {
        return "upkeep";
    }

    @Override
    public Step step() {
        try {
            boolean moreServed = served.upkeep();
            boolean moreStored = database.upkeep();
            return moreServed || moreStored ? new Step.Moved(0, 0) : new Step.CaughtUp(0);
        } catch (StreamException e) {
            return new Step.Hindered(String.valueOf(e.getMessage()));
        }
    }

    /// Looks for itself, once in a while.
    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }
}
