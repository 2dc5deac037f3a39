package dev.skerry.stream.client;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Watch;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a stream from an offset on: first what is there, page by page, then what is appended, as it comes. Delivers every
/// message once and in order, whatever happens to the connection, until the stream is closed, deleted, or no longer has
/// what comes next. Has no thread and does not wait; for one thread at a time.
///
/// ```
/// catching up ── up to date ──► live ── more than one page behind ──► catching up
/// either ── cut, nonsense, 429, 5xx ──► pausing ── time ──► where it was, from the offset of the last batch
/// either ── end of a closed stream, 404, 410, other refusals ──► ended
/// ```
public final class StreamReading implements AutoCloseable {

    /// A request that brings nothing, sooner than this, is followed by a rest, for the server did not wait.
    private static final Duration EMPTY_ANSWER_AFTER_MIN = Duration.ofMillis(250);

    private static final Heard WAITING = new Heard.Waiting();

    private final StreamClient client;
    private final StreamName stream;
    private final Live live;
    private final BackOff backOff;
    private final News news = new News();

    private String offset;
    private @Nullable String cursor;
    private String contentType = "";
    private boolean upToDate;
    private Heard.@Nullable Ended ended;

    private @Nullable Call call;
    private Instant askedAt = Instant.MIN;

    /// The call in flight asks whether the stream is still there, after a 410.
    private boolean probing;

    private @Nullable Connection connection;

    StreamReading(StreamClient client, StreamName stream, String offset, Live live) {
        this.client = client;
        this.stream = stream;
        this.offset = offset;
        this.live = live;
        this.backOff = client.backOff();
    }

    /// What came of a step.
    public sealed interface Heard {

        /// What a reader has to deal with; the rest is for whoever steps.
        sealed interface Told extends Heard {}

        /// Read on; step again at once.
        ///
        /// @param contentType the stream's
        /// @param messages of a JSON stream, each as it was sent; of any other, the bytes in slices; empty where there is
        ///     only something to know
        /// @param from the offset of the first
        /// @param next the offset after the last
        /// @param upToDate nothing more was there when this was sent
        record Batch(
                String contentType,
                List<Bytes> messages,
                String from,
                String next,
                boolean upToDate)
                implements Told {}

        /// A request is on its way. Step again when there is news: [StreamReading#watch].
        record Waiting() implements Heard {}

        /// Could not get on. Step again after the pause; nothing was lost.
        record Hindered(String why, Duration pause) implements Heard {}

        /// There is no more to read here; every further step says the same.
        sealed interface Ended extends Told {}

        /// The stream was closed, and all of it has been read.
        record Closed(String tail) implements Ended {}

        /// There is no such stream, or no more.
        record NoStream() implements Ended {}

        /// What comes next has been dropped; the stream goes on. Start over from its beginning, in a new reading.
        record Dropped() implements Ended {}

        /// The server will not have it.
        record Refused(int status, String why) implements Ended {}
    }

    /// Looks whether the answer is there, and asks on.
    public Heard step() {
        if (ended != null) {
            return ended;
        }
        Duration left = backOff.left();
        if (left.isPositive()) {
            return new Heard.Hindered(backOff.why(), left);
        }
        try {
            return hear();
        } catch (StreamException lost) {
            return hindered(describe(lost), null);
        } catch (MalformedException nonsense) {
            return hindered(nonsense.what(), null);
        }
    }

    /// Where the next batch begins.
    public String offset() {
        return offset;
    }

    /// Whether all that was there has been read.
    public boolean upToDate() {
        return upToDate;
    }

    /// Calls `onNews` when a step may have work, from any thread; `onNews` must not wait.
    public Watch watch(Runnable onNews) {
        return news.watch(onNews);
    }

    /// Gives the connection up. The reading can be stepped again, and goes on where it was.
    @Override
    public void close() {
        hangUp();
    }

    private Heard hear() throws MalformedException {
        while (true) {
            if (call == null) {
                ask();
            }
            Call asked = call;
            if (asked == null || !asked.done()) {
                return WAITING;
            }
            Heard heard = connection == null ? hearAnswer(asked.answer()) : hear(connection);
            if (heard != null) {
                return heard;
            }
        }
    }

    private void ask() {
        askedAt = client.clock().instant();
        Live mode = upToDate ? live : Live.NO;
        HttpRequest.Builder request =
                probing
                        ? client.request(stream).HEAD()
                        : client.asking(stream, offset, mode, cursor).GET();
        if (mode == Live.SSE && !probing) {
            SseFeed feed = new SseFeed(client.settings().liveTimeout(), news);
            Call opening = client.send(request.build(), feed, news);
            connection = new Connection(opening, feed, new SseParser(eventBytesMax()));
            call = opening;
        } else {
            Duration timeout =
                    mode == Live.NO
                            ? client.settings().answerTimeout()
                            : client.settings().liveTimeout();
            call = client.send(request.build(), timeout, news);
        }
    }

    /// @return null to go on at once
    private @Nullable Heard hearAnswer(Answer answer) throws MalformedException {
        call = null;
        if (probing) {
            return hearProbe(answer);
        }
        return switch (answer.status()) {
            case 200 -> {
                PageRead.Page page = StreamClient.page(answer);
                contentType = page.contentType();
                keepCursor(answer.header(Names.CURSOR));
                yield take(page.messages(), page.next(), page.upToDate(), page.closed());
            }
            case 204 -> hearNothing(answer);
            default -> hearRefusal(answer);
        };
    }

    private @Nullable Heard hearNothing(Answer answer) throws MalformedException {
        String tail = answer.header(Names.NEXT_OFFSET);
        if (tail == null) {
            throw new MalformedException(
                    "the answer has no "
                            + Names.NEXT_OFFSET
                            + ": something other than a stream server answers at this address");
        }
        backOff.succeeded();
        keepCursor(answer.header(Names.CURSOR));
        // Only at our own offset is it the end; where the tail has moved on, there is something to
        // read first.
        if (answer.flag(Names.CLOSED) && tail.equals(offset)) {
            return end(new Heard.Closed(offset));
        }
        return restIfHasty("the server answers without waiting");
    }

    private @Nullable Heard hearProbe(Answer answer) throws MalformedException {
        probing = false;
        return switch (answer.status()) {
            case 200 -> end(new Heard.Dropped());
            case 404, 410 -> end(new Heard.NoStream());
            default -> hearRefusal(answer);
        };
    }

    private @Nullable Heard hearRefusal(Answer answer) {
        if (answer.status() == 410) {
            // Retention, or deleted while forked: only asking tells.
            hangUp();
            probing = true;
            return null;
        }
        if (answer.status() == 404) {
            return end(new Heard.NoStream());
        }
        return answer.passing() || answer.status() / 100 == 2
                ? hindered(answer.brief(), answer.retryAfter(client.clock()))
                : end(new Heard.Refused(answer.status(), answer.brief()));
    }

    private @Nullable Heard hear(Connection open) throws MalformedException {
        Answer head = open.opening.answer();
        if (head.status() != 200) {
            connection = null;
            call = null;
            return hearRefusal(head);
        }
        if (!Names.is(Names.EVENT_STREAM, head.contentType())) {
            throw new MalformedException("the answer is no event stream but " + head.contentType());
        }
        SseEvent event = open.next();
        if (event == null) {
            return open.over ? hearEnd(open) : WAITING;
        }
        return switch (event.type()) {
            case "data" -> {
                open.hold(decoded(event.data(), head), contentType, eventBytesMax());
                yield null;
            }
            case "control" -> {
                Control control = Control.parse(event.data());
                keepCursor(control.cursor());
                yield take(
                        open.release(),
                        control.nextOffset(),
                        control.upToDate() || control.closed(),
                        control.closed());
            }
            default -> null;
        };
    }

    /// Servers end event streams now and then; what was held is read again.
    private @Nullable Heard hearEnd(Connection open) {
        boolean useful = open.useful;
        hangUp();
        return useful
                ? restIfHasty("the event stream ended soon after it began")
                : hindered("the event stream ended before it said anything", null);
    }

    /// @return null if there is nothing to tell
    private @Nullable Heard take(
            List<Bytes> messages, String next, boolean nowUpToDate, boolean closed)
            throws MalformedException {
        if (!messages.isEmpty() && next.equals(offset)) {
            throw new MalformedException(
                    "the server sent messages, and the offset that they follow");
        }
        backOff.succeeded();
        boolean telling =
                !messages.isEmpty()
                        || !next.equals(offset)
                        || nowUpToDate != upToDate
                        || live == Live.NO;
        Heard batch = new Heard.Batch(contentType, messages, offset, next, nowUpToDate);
        offset = next;
        upToDate = nowUpToDate;
        if (closed) {
            Heard end = end(new Heard.Closed(next));
            return messages.isEmpty() ? end : batch;
        }
        if (telling) {
            return batch;
        }
        return connection == null ? restIfHasty("the server answers without waiting") : null;
    }

    private @Nullable Heard restIfHasty(String why) {
        Duration took = Duration.between(askedAt, client.clock().instant());
        if (took.compareTo(EMPTY_ANSWER_AFTER_MIN) >= 0) {
            return null;
        }
        backOff.rest("reading " + stream + ": " + why);
        return new Heard.Hindered(backOff.why(), backOff.left());
    }

    private Heard hindered(String why, @Nullable Duration retryAfter) {
        hangUp();
        backOff.failed("reading " + stream + ": " + why, retryAfter);
        return new Heard.Hindered(backOff.why(), backOff.left());
    }

    private Heard.Ended end(Heard.Ended with) {
        hangUp();
        ended = with;
        return with;
    }

    private void hangUp() {
        Call asked = call;
        call = null;
        if (asked != null) {
            asked.cancel();
        }
        Connection open = connection;
        connection = null;
        if (open != null) {
            open.feed.cancel();
        }
    }

    private void keepCursor(@Nullable String told) {
        if (told != null) {
            cursor = told;
        }
    }

    private int eventBytesMax() {
        // Base64 makes four bytes of three, and lines have their ends.
        return (int) Math.min(Integer.MAX_VALUE - 8, client.settings().answerBytesMax() * 3L / 2);
    }

    private static Bytes decoded(Bytes data, Answer head) throws MalformedException {
        if (!"base64".equalsIgnoreCase(head.header(Names.SSE_ENCODING))) {
            return data;
        }
        byte[] packed = new byte[data.length()];
        int length = 0;
        for (int i = data.from(); i < data.from() + data.length(); i++) {
            byte b = data.array()[i];
            if (b != '\n' && b != '\r') {
                packed[length++] = b;
            }
        }
        if (length % 4 != 0) {
            throw new MalformedException("a data event is not whole base64");
        }
        try {
            ByteBuffer plain = Base64.getDecoder().decode(ByteBuffer.wrap(packed, 0, length));
            return new Bytes(plain.array(), plain.arrayOffset(), plain.remaining());
        } catch (IllegalArgumentException e) {
            throw new MalformedException("a data event is not base64: " + e.getMessage());
        }
    }

    private static String describe(StreamException lost) {
        return lost.getMessage() == null ? lost.kind().name() : lost.getMessage();
    }

    /// A lasting answer: what arrived counts only once the control event after it has arrived too.
    private static final class Connection {
        final Call opening;
        final SseFeed feed;
        final SseParser parser;
        final List<Bytes> held = new ArrayList<>();
        long heldBytes;
        @Nullable ByteBuffer piece;
        boolean useful;
        boolean over;

        Connection(Call opening, SseFeed feed, SseParser parser) {
            this.opening = opening;
            this.feed = feed;
            this.parser = parser;
        }

        /// The next event, or null if there is none yet; then [#over] says whether there will be.
        @Nullable SseEvent next() throws MalformedException {
            while (true) {
                if (piece != null) {
                    SseEvent event = parser.next(piece);
                    if (event != null) {
                        return event;
                    }
                }
                over = feed.over();
                piece = feed.poll();
                if (piece == null) {
                    return null;
                }
            }
        }

        void hold(Bytes data, String contentType, int bytesMax) throws MalformedException {
            heldBytes += data.length();
            if (heldBytes > bytesMax) {
                throw new MalformedException(
                        "more than " + bytesMax + " bytes of data came without a control event");
            }
            held.addAll(StreamClient.messages(data, contentType));
        }

        List<Bytes> release() {
            List<Bytes> messages = List.copyOf(held);
            held.clear();
            heldBytes = 0;
            useful = true;
            return messages;
        }
    }
}
