package dev.skerry.trials.simulation;

import dev.skerry.stream.Event;
import dev.skerry.stream.Limits;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import java.util.ArrayList;
import java.util.List;

/// Reads a stream from its beginning to its end.
final class Whole {

    private Whole() {}

    static List<Event> stream(Streams streams, StreamName name) {
        List<Event> events = new ArrayList<>();
        long offset = 0;
        while (streams.read(name, offset, 1000, Limits.PAGE_BYTES_MAX)
                instanceof Read.Page(List<Event> page, long next, boolean upToDate)) {
            events.addAll(page);
            if (upToDate) {
                return events;
            }
            offset = next;
        }
        throw new Violation("reading %s from 0 is answered Gone".formatted(name));
    }
}
