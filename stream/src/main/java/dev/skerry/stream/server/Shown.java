package dev.skerry.stream.server;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Event;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import dev.skerry.stream.server.Problem.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stream as readers see it: one that clients write, or one that a context owns.
///
/// @param log where its events are
/// @param served null for a context's stream
record Shown(
        StreamName name,
        ContentType contentType,
        boolean closed,
        Lifetime lifetime,
        Streams log,
        @Nullable Served served) {

    /// The most events of one answer.
    static final int EVENTS_MAX = 20_000;

    static Shown of(Served stream, Streams log) {
        return new Shown(
                stream.name(),
                stream.contentType(),
                stream.closed(),
                stream.lifetime(),
                log,
                stream);
    }

    static Shown ofContext(StreamName name, Streams log) {
        return new Shown(name, ContentType.JSON, false, new Lifetime.Unlimited(), log, null);
    }

    /// Stands for this very stream in ETags: one made again under the same name is another.
    String tag() {
        if (served != null) {
            return Long.toString(served.id());
        }
        byte[] bytes = name.value().getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    long tail() {
        return log.find(name)
                .orElseThrow(
                        () -> new Refused(Kind.NO_SUCH_STREAM, "the stream has just been deleted"))
                .tail();
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

    /// @throws Refused if the offset is not one of this stream, or what was there has been dropped
    Page read(ServedStreams own, long offset, long bytesMax) {
        // `closed` was found out before this read, so nothing can come after what it sees.
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
        return switch (read) {
            case Read.Page page ->
                    new Page(
                            page.events(),
                            offset,
                            page.next(),
                            page.upToDate(),
                            closed && page.upToDate());
            case Read.Gone gone ->
                    throw new Refused(
                            Kind.EVENTS_DROPPED,
                            "start over from "
                                    + Offset.token(gone.earliest())
                                    + ", or from -1, and forget what was built before");
        };
    }
}
