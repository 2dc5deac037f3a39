package dev.skerry.hq.reconciliation;

import dev.skerry.context.Book;
import dev.skerry.language.MalformedEventException;
import dev.skerry.language.reconciliation.ReconciliationEvent.CopyFoundDifferent;
import dev.skerry.language.reconciliation.ReconciliationEvent.DayProven;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.Checksums;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.Read;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.Streams;
import dev.skerry.stream.Watch;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads all that headquarters have of stores once more, and computes its checksums from the bytes as they lie on the disk. A store's own
/// checksum is with each run that came over the link, and is compared with it at each greeting; so if a copy leads to the checksum that
/// is kept with it, it is what the store wrote. For one driver.
///
/// It is on record by day and stream how many events are proven, up to where, and with which checksum: two lists of the same stream
/// can be compared by eye. A day is recorded once a later one has begun.
final class CopyCheck implements Steps {

    private static final StreamPattern OF_STORES = StreamPattern.of("store-*/**");

    private static final int EVENTS_A_STEP = 2_000;
    private static final long BYTES_A_STEP = 4L * 1024 * 1024;

    /// How far a stream is proven.
    ///
    /// @param day of the last event; null before the first one
    /// @param events of that day
    private record Place(long offset, Checksum checksum, @Nullable LocalDate day, long events) {}

    private final Streams mirrors;
    private final Book<Object> book;
    private final Checksums checksums = new Checksums();
    private final Map<StreamName, Place> places = new HashMap<>();
    private String last = "";

    CopyCheck(Streams mirrors, Book<Object> book) {
        this.mirrors = mirrors;
        this.book = book;
    }

    @Override
    public String name() {
        return "copies of stores' streams";
    }

    /// One page of one stream, each stream in turn.
    @Override
    public Step step() {
        List<StreamInfo> streams = mirrors.matching(OF_STORES);
        Optional<StreamInfo> next =
                streams.stream()
                        .filter(it -> it.name().value().compareTo(last) > 0)
                        .filter(this::hasMore)
                        .findFirst()
                        .or(() -> streams.stream().filter(this::hasMore).findFirst());
        if (next.isEmpty()) {
            return new Step.CaughtUp(0);
        }
        StreamName name = next.get().name();
        last = name.value();
        try {
            return new Step.Moved(0, prove(name));
        } catch (StreamException e) {
            if (e.kind() != StreamException.Kind.CORRUPT) {
                return new Step.Hindered(String.valueOf(e.getMessage()));
            }
            different(name, place(name), next.get().tail());
            return new Step.Moved(0, 0);
        }
    }

    private boolean hasMore(StreamInfo stream) {
        return place(stream.name()).offset < stream.tail();
    }

    /// A stream that was found different is looked at no more, until people have put it right.
    private Place place(StreamName stream) {
        return places.computeIfAbsent(
                stream,
                _ ->
                        book.query(tables ->
                                ReconciliationTables.isFoundDifferent(stream.value(), tables)
                                        ? new Place(Long.MAX_VALUE, Checksum.START, null, 0)
                                        : ReconciliationTables.proven(stream.value(), tables)
                                                .map(it ->
                                                        new Place(
                                                                it.upTo(),
                                                                Checksum.parse(it.checksum()),
                                                                it.day(),
                                                                it.events()))
                                                .orElse(new Place(0, Checksum.START, null, 0))));
    }

    private int prove(StreamName stream) {
        Place place = place(stream);
        Read read = mirrors.read(stream, place.offset, EVENTS_A_STEP, BYTES_A_STEP);
        return switch (read) {
            case Read.Gone(long earliest) -> begin(stream, place, earliest);
            case Read.Page page when page.events().isEmpty() -> begin(stream, place, page.next());
            case Read.Page page when page.events().getFirst().offset() > place.offset ->
                    begin(stream, place, page.events().getFirst().offset());
            case Read.Page page -> prove(stream, place, page);
        };
    }

    /// What was compacted or dropped is proven by what comes after it.
    private int begin(StreamName stream, Place place, long offset) {
        Checksum checksum =
                mirrors.checksumAt(stream, offset)
                        .map(Streams.Checkpoint::checksum)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "%s has no checksum at %d, where its events begin"
                                                .formatted(stream, offset)));
        places.put(stream, new Place(offset, checksum, place.day, place.events));
        return 0;
    }

    private int prove(StreamName stream, Place from, Read.Page page) {
        Place place = from;
        for (Event event : page.events()) {
            if (event.offset() != place.offset) {
                break;
            }
            LocalDate before = place.day;
            LocalDate day = day(event, before);
            if (before != null && day.isAfter(before)) {
                if (!isAsKept(stream, from, place)) {
                    return page.events().size();
                }
                Place done = place;
                book.write((_, publish) -> {
                    publish.accept(
                            new DayProven(
                                    stream.value(),
                                    before,
                                    done.events,
                                    done.offset,
                                    done.checksum.toString()));
                    return true;
                });
                place = new Place(place.offset, place.checksum, day, 0);
            }
            place =
                    new Place(
                            event.offset() + 1,
                            checksums.after(place.checksum, event.content()),
                            before == null || day.isAfter(before) ? day : before,
                            place.events + 1);
        }
        if (isAsKept(stream, from, place)) {
            places.put(stream, place);
        }
        return page.events().size();
    }

    /// Says so where it is not.
    private boolean isAsKept(StreamName stream, Place from, Place place) {
        boolean asKept =
                mirrors.checksumAt(stream, place.offset)
                        .map(it -> it.checksum().equals(place.checksum))
                        .orElse(true);
        if (!asKept) {
            different(stream, from, place.offset);
        }
        return asKept;
    }

    private void different(StreamName stream, Place from, long to) {
        places.put(stream, new Place(Long.MAX_VALUE, from.checksum, from.day, from.events));
        book.write((_, publish) -> {
            publish.accept(new CopyFoundDifferent(stream.value(), from.offset, to));
            return true;
        });
    }

    /// What a store's clients write need not say when it happened: it counts on the day of what came before.
    private static LocalDate day(Event event, @Nullable LocalDate before) {
        try {
            return LocalDate.ofInstant(CloudEvents.read(event).time(), ZoneOffset.UTC);
        } catch (MalformedEventException e) {
            return before == null ? LocalDate.EPOCH : before;
        }
    }

    /// There is no hurry, and news of all stores come all the time: it is looked at whenever the driver looks.
    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }
}
