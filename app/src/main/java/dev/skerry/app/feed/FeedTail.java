package dev.skerry.app.feed;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.MalformedEventException;
import dev.skerry.language.MalformedJsonException;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.Limits;
import dev.skerry.stream.Read;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import dev.skerry.stream.Watch;
import java.util.List;
import java.util.Set;

/// Carries what is appended to a stream to the feed, from when this was made. Keeps no cursor: who was not there reads what there is.
public final class FeedTail implements Steps {

    /// What the events of a stream mean to screens.
    public interface Meaning {

        /// All that they can be about.
        Set<? extends FeedTopic> topics();

        /// @throws MalformedJsonException if the event cannot be read
        List<Change> of(CloudEvent event);
    }

    private static final int PAGE_EVENTS_MAX = 256;

    private final Feed feed;
    private final Meaning meaning;
    private final Streams streams;
    private final StreamName stream;
    private long at;

    public FeedTail(Feed feed, Meaning meaning, Streams streams, StreamName stream) {
        this.feed = feed;
        this.meaning = meaning;
        this.streams = streams;
        this.stream = stream;
        this.at = tail();
    }

    private long tail() {
        return streams.find(stream).map(StreamInfo::tail).orElse(0L);
    }

    @Override
    public String name() {
        return "feed " + stream;
    }

    @Override
    public Step step() {
        // Before the question who listens: who comes after it reads what is before this tail.
        long tail = tail();
        if (at == tail) {
            return new Step.CaughtUp(at);
        }
        if (at > tail || !feed.isWanted(meaning.topics())) {
            at = tail;
            return new Step.CaughtUp(at);
        }
        return switch (streams.read(stream, at, PAGE_EVENTS_MAX, Limits.PAGE_BYTES_MAX)) {
            case Read.Gone _ -> {
                tellAll();
                at = tail;
                yield new Step.Moved(at, 0);
            }
            case Read.Page page -> {
                page.events().forEach(this::tell);
                at = page.next();
                yield new Step.Moved(at, page.events().size());
            }
        };
    }

    private void tell(Event event) {
        List<Change> all;
        try {
            all = meaning.of(CloudEvents.read(event));
        } catch (MalformedEventException | MalformedJsonException e) {
            // Something has changed all the same.
            tellAll();
            return;
        }
        all.forEach(feed::changed);
    }

    private void tellAll() {
        meaning.topics().forEach(it -> feed.changed(Change.all(it)));
    }

    @Override
    public Watch watch(Runnable onNews) {
        return streams.watch(stream, onNews);
    }
}
