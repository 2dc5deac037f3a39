package dev.skerry.stream.client;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.OffsetToken;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Watch;
import dev.skerry.stream.client.StreamReading.Heard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A JSON stream of a Skerry server, followed as if it were in this process. Reading waits for a page that is there (one
/// exchange); for what is not yet there it waits in the background, and watchers are told.
///
/// Events come without keys, and the stream must be one without gaps: over plain HTTP the offsets of a compacted stream's
/// messages are unknown, so one with gaps is refused. The server does not learn how far its reader is.
final class ClientSource implements EventSource {

    private final StreamClient client;
    private final StreamName stream;
    private final Live live;
    private final News news = new News();
    private final Semaphore answered = new Semaphore(0);

    private @Nullable StreamReading reading;

    /// What the last answer brought; a follower may read some of it again.
    private List<Event> page = List.of();

    private long pageFrom;

    /// The cursor at which the reading goes on.
    private long at;

    private boolean upToDate;

    ClientSource(StreamClient client, StreamName stream, Live live) {
        this.client = client;
        this.stream = stream;
        this.live = live;
    }

    @Override
    public String describe() {
        return stream.value();
    }

    @Override
    public Read read(long cursor, int eventsMax) {
        if (cursor < pageFrom || cursor >= pageFrom + page.size()) {
            Read nothing = fetch(cursor);
            if (nothing != null) {
                return nothing;
            }
        }
        // At cursor 0 the page may begin later: where the stream begins now.
        int first = (int) Math.max(cursor - pageFrom, 0);
        int count = Math.min(eventsMax, page.size() - first);
        List<Event> events = List.copyOf(page.subList(first, first + count));
        long next = events.getLast().offset() + 1;
        return new Read.Page(events, next, upToDate && next == pageFrom + page.size());
    }

    @Override
    public void passed(long cursor) {
        // The protocol has no word for it.
    }

    @Override
    public Watch watch(Runnable onNews) {
        return news.watch(onNews);
    }

    /// @return null if there are events in [#page]; otherwise what to say instead
    private @Nullable Read fetch(long cursor) {
        StreamReading open = reading;
        if (open == null || cursor != at) {
            open = open(cursor);
        }
        while (true) {
            answered.drainPermits();
            switch (open.step()) {
                case Heard.Batch batch -> {
                    long from = at;
                    long next = offset(batch.next());
                    upToDate = batch.upToDate();
                    if (batch.messages().isEmpty() || dense(batch, from, next)) {
                        at = next;
                        pageFrom = from;
                        page = events(batch.messages(), from);
                        return page.isEmpty() ? new Read.Page(page, next, upToDate) : null;
                    }
                    forget();
                    if (from != 0) {
                        throw gaps();
                    }
                    // At 0 it is the beginning that is wanted, wherever that is now.
                    open = open(earliest());
                    if (at == 0) {
                        throw gaps();
                    }
                }
                case Heard.Waiting _ -> {
                    if (open.upToDate()) {
                        return new Read.Page(List.of(), cursor, true);
                    }
                    await();
                }
                case Heard.Hindered(var why, var _) -> throw unreachable(why);
                case Heard.Closed _ -> {
                    return new Read.Page(List.of(), cursor, true);
                }
                case Heard.Dropped _ -> {
                    long earliest = earliest();
                    if (cursor != 0) {
                        forget();
                        return new Read.Gone(earliest);
                    }
                    open = open(earliest);
                }
                case Heard.NoStream _ -> throw noStream();
                case Heard.Refused(var _, var why) ->
                        throw refused(why, "change the request, or what the server allows");
            }
        }
    }

    private StreamReading open(long offset) {
        forget();
        StreamReading opened = client.reading(stream, OffsetToken.of(offset), live);
        reading = opened;
        at = offset;
        upToDate = false;
        var _ =
                opened.watch(() -> {
                    answered.release();
                    news.run();
                });
        return opened;
    }

    /// So that the next read asks anew.
    private void forget() {
        page = List.of();
        StreamReading open = reading;
        reading = null;
        if (open != null) {
            open.close();
        }
    }

    private void await() {
        try {
            answered.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StreamException(
                    StreamException.Kind.CLOSED,
                    "reading " + stream + ": interrupted",
                    "read again",
                    true,
                    e);
        }
    }

    /// The first offset that the stream still has. A page tells its end and how many messages it has; only where a second
    /// one, from where the first must then begin, says the same is there no gap in it.
    private long earliest() {
        PageRead.Page first = page(OffsetToken.BEGINNING);
        long next = offset(first.next());
        long start = next - first.messages().size();
        if (!first.messages().isEmpty()) {
            PageRead.Page again = page(OffsetToken.of(start));
            long end = offset(again.next());
            if (end < next || end - start != again.messages().size()) {
                throw gaps();
            }
        }
        return start;
    }

    private PageRead.Page page(String offset) {
        return switch (client.read(stream, offset)) {
            case PageRead.Page page -> page;
            case PageRead.NoStream _ -> throw noStream();
            case PageRead.Dropped _ ->
                    throw unreachable("the beginning was dropped while we read it");
        };
    }

    private boolean dense(Heard.Batch batch, long from, long next) {
        if (!Names.is(Names.JSON, batch.contentType())) {
            throw refused(
                    "it is a stream of " + batch.contentType(),
                    "follow streams of " + Names.JSON + ", where messages have boundaries");
        }
        return next - from == batch.messages().size();
    }

    private List<Event> events(List<Bytes> messages, long from) {
        List<Event> events = new ArrayList<>(messages.size());
        for (Bytes message : messages) {
            events.add(new Event(stream, from + events.size(), null, false, message));
        }
        return events;
    }

    private long offset(String token) {
        return OffsetToken.parse(token)
                .orElseThrow(() ->
                        refused(
                                "'" + token + "' is no offset of Skerry's",
                                "follow streams of a Skerry server"));
    }

    private StreamException gaps() {
        return refused(
                "it is compacted, and plain HTTP does not tell the offsets of its messages",
                "follow a stream without gaps");
    }

    private StreamException refused(String why, String remedy) {
        forget();
        return new StreamException(
                StreamException.Kind.REFUSED,
                "following " + stream + ": " + why,
                remedy,
                false,
                null);
    }

    private StreamException unreachable(String why) {
        return new StreamException(
                StreamException.Kind.UNREACHABLE,
                why,
                "try again; if it stays so, look at the line and the server",
                true,
                null);
    }

    private StreamException noStream() {
        forget();
        return new StreamException(
                StreamException.Kind.NO_STREAM,
                "following " + stream + ": there is no such stream",
                "create it first, or correct its name",
                false,
                null);
    }
}
