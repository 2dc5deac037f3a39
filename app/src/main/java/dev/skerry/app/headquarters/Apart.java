package dev.skerry.app.headquarters;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Read;
import dev.skerry.stream.Watch;

/// Events of many stores, each with a key of its store's stream alone: what cannot be taken in of one store holds up that store, or
/// what it is about there, and no other. Events that say nothing of what they are about wait for each other, stream by stream.
record Apart(EventSource source) implements EventSource {

    Apart {
        requireNonNull(source, "source");
    }

    @Override
    public String describe() {
        return source.describe();
    }

    @Override
    public Read read(long cursor, int eventsMax) {
        return switch (source.read(cursor, eventsMax)) {
            case Read.Page page ->
                    new Read.Page(
                            page.events().stream().map(Apart::apart).toList(),
                            page.next(),
                            page.upToDate());
            case Read.Gone gone -> gone;
        };
    }

    private static Event apart(Event event) {
        String stream = event.stream().value();
        String key = event.key();
        return new Event(
                event.stream(),
                event.offset(),
                key == null ? stream : stream + " " + key,
                event.deletion(),
                event.payload());
    }

    @Override
    public void passed(long cursor) {
        source.passed(cursor);
    }

    @Override
    public Watch watch(Runnable onNews) {
        return source.watch(onNews);
    }
}
