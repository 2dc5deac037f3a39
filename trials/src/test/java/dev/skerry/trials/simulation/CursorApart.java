package dev.skerry.trials.simulation;

import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.Read;
import dev.skerry.stream.Reader;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.Watch;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryTransaction;
import java.time.InstantSource;

/// A faulty follower: commits what the events do, and then the cursor. For showing that the simulation notices.
public final class CursorApart implements Steps {

    private final String name;
    private final EventSource source;
    private final MemoryDatabase database;
    private final Reader<MemoryTransaction> reader;
    private final int eventsMax;

    public CursorApart(
            String name,
            EventSource source,
            MemoryDatabase database,
            Reader<MemoryTransaction> reader,
            FollowerSettings settings,
            InstantSource clock) {
        this.name = name;
        this.source = source;
        this.database = database;
        this.reader = reader;
        this.eventsMax = settings.pageEventsMax();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Step step() {
        try {
            long cursor = database.write(tx -> tx.cursor(name).orElse(0));
            return switch (source.read(cursor, eventsMax)) {
                case Read.Gone gone -> moveTo(gone.earliest(), 0);
                case Read.Page page when page.next() == cursor -> new Step.CaughtUp(cursor);
                case Read.Page page -> apply(page);
            };
        } catch (StreamException e) {
            return new Step.Hindered(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return new Step.Stopped(String.valueOf(e.getMessage()));
        }
    }

    private Step apply(Read.Page page) {
        database.write(tx -> {
            for (Event event : page.events()) {
                reader.apply(event, tx);
            }
            return true;
        });
        return moveTo(page.next(), page.events().size());
    }

    private Step moveTo(long cursor, int events) {
        database.write(tx -> {
            tx.moveCursor(name, cursor);
            return true;
        });
        return new Step.Moved(cursor, events);
    }

    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }
}
