package dev.skerry.stream.server;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Event;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import dev.skerry.stream.server.Problem.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stream as readers see it: one that clients write, or one that a context owns.
///
/// @param closedAt its tail for ever; null while it is open
/// @param log where its events are
/// @param served null for a context's stream
record Shown(
        StreamName name,
        ContentType contentType,
        @Nullable Long closedAt,
        Lifetime lifetime,
        Streams log,
        @Nullable Served served) {

    /// The most events of one answer.
    static final int EVENTS_MAX = 20_000;

    static Shown of(Served stream, Streams log) {
        return new Shown(
                stream.name(),
                stream.contentType(),
                stream.closedAt(),
                stream.lifetime(),
                log,
                stream);
    }

    static Shown ofContext(StreamName name, Streams log) {
        return new Shown(name, ContentType.JSON, null, new Lifetime.Unlimited(), log, null);
    }

    boolean closed() {
        return closedAt != null;
    }

    /// Whether this is still the stream that another one is: one made again under the same name is not.
    boolean same(Shown other) {
        return served == null
                ? other.served == null
                : other.served != null && other.served.id() == served.id();
    }

    /// Stands in ETags for what is read: for this very stream, where it is known; else for all that its log ever held, as
    /// the context may have begun anew, or with a copy.
    String tag() {
        return served == null ? info().checksum().toString() : served.tag();
    }

    private StreamInfo info() {
        return log.find(name).orElseThrow(Shown::deleted);
    }

    static Refused deleted() {
        return new Refused(Kind.NO_SUCH_STREAM, "the stream has just been deleted");
    }

    /// Where the next event comes, or, once it is closed, would have come: the log learns of the last events a moment after
    /// the tables know of the close.
    long tail() {
        return closedAt == null ? info().tail() : closedAt;
    }

    /// What was read, from `start` up to `next`.
    ///
    /// @param closed there will never be more
    record Page(List<Event> events, long start, long next, boolean upToDate, boolean closed) {

        /// The events' bytes, as an answer has them: a JSON array, or one after the other.
        Bytes body(ContentType type) {
            if (!type.json() && events.size() == 1) {
                return events.getFirst().payload();
            }
            int separators = type.json() ? events.size() + 1 : 0;
            long length = separators;
            for (Event event : events) {
                length += event.payload().length();
            }
            GrowingBytes body = new GrowingBytes(Math.toIntExact(length) + 1);
            String before = type.json() ? "[" : "";
            for (Event event : events) {
                body.write(before);
                body.write(event.payload());
                before = type.json() ? "," : "";
            }
            if (type.json()) {
                body.write(events.isEmpty() ? "[]" : "]");
            }
            return body.bytes();
        }
    }

    /// A place that was given out is that place: only who asks for the beginning skips what was dropped.
    ///
    /// @throws Refused if what was there has been dropped
    long given(long offset) {
        long start = served == null ? info().start() : 0;
        if (offset < start) {
            throw dropped(start);
        }
        return offset;
    }

    private static Refused dropped(long earliest) {
        return new Refused(
                Kind.EVENTS_DROPPED,
                "start over from "
                        + Offset.token(earliest)
                        + ", or from -1, and forget what was built before");
    }

    /// @throws Refused if the offset is not one of this stream, what was there has been dropped, or the stream is gone
    Page read(ServedStreams own, long offset, long bytesMax) {
        long tail = tail();
        if (offset > tail) {
            throw new Refused(
                    Kind.BAD_OFFSET,
                    "the offset is beyond the stream's tail, "
                            + Offset.token(tail)
                            + "; was it given out by another server, or before a restore?");
        }
        Read read =
                served == null
                        ? log.read(name, offset, EVENTS_MAX, bytesMax)
                        : own.read(served, offset, EVENTS_MAX, bytesMax);
        if (served != null && !own.keeps(served)) {
            // Logs are read by name: this may have been another stream's.
            throw deleted();
        }
        return switch (read) {
            case Read.Page page -> {
                boolean ended = closedAt != null && page.next() >= closedAt;
                boolean upToDate = page.upToDate() && (closedAt == null || ended);
                yield new Page(page.events(), offset, page.next(), upToDate, ended);
            }
            case Read.Gone gone -> throw dropped(gone.earliest());
        };
    }
}
