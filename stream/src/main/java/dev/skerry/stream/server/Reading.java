package dev.skerry.stream.server;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Pacer;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import dev.skerry.stream.Watch;
import dev.skerry.stream.server.Problem.Kind;
import dev.skerry.stream.server.Reply.Answer;
import dev.skerry.stream.server.Reply.EventStream;
import dev.skerry.stream.server.Reply.LiveBody;
import dev.skerry.stream.server.Shown.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// GET and HEAD: catch-up, long-poll and server-sent events. One page is in memory at a time, however slow the reader.
final class Reading {

    /// An event stream sends what it has in pieces of about this size, so that many slow readers need little memory.
    static final long SSE_PAGE_BYTES_MAX = 64 * 1024;

    /// A quiet event stream says at least this often that it is still there.
    static final Duration SSE_QUIET_MAX = Duration.ofSeconds(15);

    /// The longest that a long-poll may ask to wait.
    static final Duration LONG_POLL_WAIT_MAX = Duration.ofSeconds(60);

    /// How long caches may answer instead of us.
    static final Duration CACHED_MAX = Duration.ofSeconds(60);

    private final EndpointSettings settings;
    private final ServedStreams own;
    private final List<Streams> contexts;
    private final Pacer pacer;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final AtomicInteger liveReaders = new AtomicInteger();
    private volatile boolean stopping;

    Reading(
            EndpointSettings settings,
            ServedStreams own,
            List<Streams> contexts,
            Pacer pacer,
            InstantSource clock,
            RandomGenerator random) {
        this.settings = settings;
        this.own = own;
        this.contexts = contexts;
        this.pacer = pacer;
        this.clock = clock;
        this.random = random;
    }

    /// Ends all waiting, now and from now on.
    void stopLive() {
        stopping = true;
        own.news().tellAll();
    }

    int liveReaders() {
        return liveReaders.get();
    }

    /// Whether a context owns a stream of this name.
    boolean ownedByContext(StreamName name) {
        return contexts.stream().anyMatch(log -> log.find(name).isPresent());
    }

    /// @throws Refused if there is no such stream
    private Shown find(StreamName name) {
        return switch (own.find(name)) {
            case ServedStreams.Found.Live live -> Shown.of(live.stream(), own.log());
            case ServedStreams.Found.Deleted _ ->
                    throw new Refused(
                            Kind.STREAM_DELETED,
                            "it was deleted or is over; forks of it can still be read");
            case ServedStreams.Found.Nothing _ ->
                    contexts.stream()
                            .filter(log -> log.find(name).isPresent())
                            .findFirst()
                            .map(log -> Shown.ofContext(name, log))
                            .orElseThrow(() -> new Refused(Kind.NO_SUCH_STREAM, noStream(name)));
        };
    }

    /// What is known of a stream by now.
    ///
    /// @throws Refused if it is gone, even if there is one of its name again
    private Shown findAgain(Shown before) {
        Shown now = find(before.name());
        if (!now.same(before)) {
            throw Shown.deleted();
        }
        return now;
    }

    static String noStream(StreamName name) {
        return "there is no stream '" + name + "' here; PUT creates one";
    }

    Answer head(StreamName name) {
        Shown stream = find(name);
        Answer answer =
                Answer.of(200)
                        .with("Content-Type", stream.contentType().value())
                        .with("Stream-Next-Offset", Offset.token(stream.tail()))
                        .with("Cache-Control", "no-store");
        switch (stream.lifetime()) {
            case Lifetime.Unlimited _ -> {}
            case Lifetime.Idle idle -> answer.with("Stream-TTL", Long.toString(idle.ttlSeconds()));
            case Lifetime.Until until -> answer.with("Stream-Expires-At", until.end().toString());
        }
        return stream.closed() ? answer.with("Stream-Closed", "true") : answer;
    }

    Reply get(StreamName name, Exchange exchange) throws InterruptedException {
        Query query = new Query(exchange.query());
        String where = query.one("offset");
        Offset offset = Offset.parse(where);
        String live = query.one("live");
        if (live != null && where == null) {
            throw new Refused(Kind.BAD_REQUEST, "a live read says its offset; -1 is the beginning");
        }
        String cursor = query.one("cursor");
        return switch (live) {
            case null -> catchUp(find(name), offset, exchange);
            case "long-poll" -> longPoll(name, offset, cursor, longPollWait(query), exchange);
            case "sse" -> eventStream(name, offset, cursor);
            default ->
                    throw new Refused(
                            Kind.BAD_REQUEST, "live is 'long-poll' or 'sse', or left out");
        };
    }

    private Duration longPollWait(Query query) {
        String timeout = query.one("timeout");
        return timeout == null
                ? settings.longPollWait()
                : Duration.ofSeconds(
                        Numbers.parse("timeout", timeout, LONG_POLL_WAIT_MAX.toSeconds()));
    }

    private static long start(Offset offset, Shown stream) {
        return switch (offset) {
            case Offset.Beginning _ -> 0;
            case Offset.Tail _ -> stream.tail();
            case Offset.At at -> stream.given(at.value());
        };
    }

    private void touch(Shown stream) {
        if (stream.served() != null) {
            own.touch(stream.served());
        }
    }

    // ---- catch-up

    private Answer catchUp(Shown stream, Offset offset, Exchange exchange) {
        touch(stream);
        if (offset instanceof Offset.Tail) {
            long tail = stream.tail();
            Page nothing = new Page(List.of(), tail, tail, true, stream.closed());
            return neverCached(stream, nothing, exchange);
        }
        return answer(stream, page(stream, start(offset, stream)), exchange);
    }

    private Page page(Shown stream, long offset) {
        return stream.read(own, offset, settings.pageBytesMax());
    }

    private static Answer place(Answer answer, Page page) {
        answer.with("Stream-Next-Offset", Offset.token(page.next()));
        if (page.upToDate()) {
            answer.with("Stream-Up-To-Date", "true");
        }
        return page.closed() ? answer.with("Stream-Closed", "true") : answer;
    }

    private Answer answer(Shown stream, Page page, Exchange exchange) {
        String state = page.closed() ? ":c" : page.upToDate() ? ":u" : "";
        // Weak, because the same events may come in several encodings.
        String tag = "W/\"%s:%d:%d%s\"".formatted(stream.tag(), page.start(), page.next(), state);
        Answer answer =
                place(Answer.of(200), page)
                        .with("ETag", tag)
                        .with("Cache-Control", cacheControl(stream, page))
                        .with("Vary", "Accept-Encoding");
        if (ETags.match(exchange.header("If-None-Match"), tag)) {
            return answer.withStatus(304);
        }
        return filled(answer, stream, page, exchange);
    }

    /// What was asked for as `now` is another thing each time.
    private static Answer neverCached(Shown stream, Page page, Exchange exchange) {
        Answer answer = place(Answer.of(200), page).with("Cache-Control", "no-store");
        return filled(answer, stream, page, exchange);
    }

    private static Answer filled(Answer answer, Shown stream, Page page, Exchange exchange) {
        ContentType type = stream.contentType();
        answer.with("Content-Type", type.value());
        // A stream is data: opened as a page, it may run nothing.
        answer.with("Content-Security-Policy", "sandbox");
        Bytes body = page.body(type);
        if (body.length() < Coding.COMPRESS_BYTES_MIN || !type.compressible()) {
            return answer.with(body);
        }
        Coding coding = Coding.accepted(exchange.header("Accept-Encoding"));
        return coding == Coding.IDENTITY
                ? answer.with(body)
                : answer.with("Content-Encoding", coding.token()).with(coding.compress(body));
    }

    /// Streams may hold what is not for everybody, so only the reader's own cache keeps them. At the tail, nothing is worth
    /// keeping: it would hide what comes next.
    private String cacheControl(Shown stream, Page page) {
        if (page.events().isEmpty()) {
            return "no-cache";
        }
        Instant now = clock.instant();
        return switch (stream.lifetime()) {
            case Lifetime.Unlimited _ ->
                    "private, max-age=" + CACHED_MAX.toSeconds() + ", stale-while-revalidate=300";
            case Lifetime.Idle idle ->
                    "private, max-age=" + Math.min(CACHED_MAX.toSeconds(), idle.ttlSeconds() / 2);
            case Lifetime.Until until ->
                    "private, max-age="
                            + Math.clamp(
                                    Duration.between(now, until.end()).toSeconds(),
                                    0,
                                    CACHED_MAX.toSeconds());
        };
    }

    // ---- live

    /// One of the readers that may wait.
    private final class Seat implements AutoCloseable {
        private final Semaphore woken = new Semaphore(0);
        private @Nullable Watch log;
        private @Nullable Watch news;

        Seat() {
            if (liveReaders.incrementAndGet() > settings.liveReadersMax()) {
                liveReaders.decrementAndGet();
                throw new Refused(
                        Kind.TOO_MANY_LIVE_READERS,
                        settings.liveReadersMax()
                                + " readers wait already; read without 'live' now and then instead");
            }
        }

        /// From now on, news ends the next wait.
        void watch(Shown stream) {
            if (log == null) {
                log = stream.log().watch(stream.name(), this::wake);
                news = own.news().watch(stream.name(), this::wake);
            }
        }

        boolean watching() {
            return log != null;
        }

        /// A stream that ends when left alone does not end under its readers.
        void await(Duration atMost, Lifetime lifetime) throws InterruptedException {
            Duration wanted = atMost;
            if (lifetime instanceof Lifetime.Idle idle) {
                Duration half = Duration.ofSeconds(Math.max(1, idle.ttlSeconds())).dividedBy(2);
                wanted = wanted.compareTo(half) < 0 ? wanted : half;
            }
            if (pacer.await(woken, wanted)) {
                woken.drainPermits();
            }
        }

        private void wake() {
            if (woken.availablePermits() == 0) {
                woken.release();
            }
        }

        @Override
        public void close() {
            liveReaders.decrementAndGet();
            if (log != null && news != null) {
                log.close();
                news.close();
            }
        }
    }

    private Answer longPoll(
            StreamName name,
            Offset offset,
            @Nullable String cursor,
            Duration longest,
            Exchange exchange)
            throws InterruptedException {
        Shown stream = find(name);
        long at = start(offset, stream);
        Instant end = clock.instant().plus(longest);
        try (Seat seat = new Seat()) {
            while (true) {
                touch(stream);
                Page page = page(stream, at);
                at = page.next();
                if (!page.events().isEmpty()) {
                    Answer answer =
                            offset instanceof Offset.Tail
                                    ? neverCached(stream, page, exchange)
                                    : answer(stream, page, exchange);
                    return withCursor(answer, cursor);
                }
                if (page.closed()) {
                    return place(Answer.of(204), page).with("Cache-Control", "no-store");
                }
                Duration left = Duration.between(clock.instant(), end);
                if (stopping || !left.isPositive()) {
                    return withCursor(place(Answer.of(204), page), cursor)
                            .with("Cache-Control", "no-store");
                }
                if (!page.upToDate()) {
                    continue;
                }
                if (seat.watching()) {
                    seat.await(left, stream.lifetime());
                } else {
                    seat.watch(stream);
                }
                stream = findAgain(stream);
            }
        }
    }

    private Answer withCursor(Answer answer, @Nullable String client) {
        return answer.with(
                "Stream-Cursor", Long.toString(Cursors.next(clock.instant(), client, random)));
    }

    private EventStream eventStream(StreamName name, Offset offset, @Nullable String cursor) {
        Shown stream = find(name);
        long start = start(offset, stream);
        // Says what is wrong with the request while there is still a status to say it with.
        stream.read(own, start, 1);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/event-stream");
        headers.put("Cache-Control", "no-cache");
        headers.put("X-Accel-Buffering", "no");
        if (!stream.contentType().text()) {
            headers.put("Stream-SSE-Data-Encoding", "base64");
        }
        return new EventStream(200, headers, new Events(stream, start, cursor));
    }

    /// One connection's server-sent events.
    private final class Events implements LiveBody {
        private final Seat seat = new Seat();
        private final Instant end = clock.instant().plus(settings.sseLifetime());
        private final long firstCursor;
        private Shown stream;
        private long at;
        private Instant lastSaid = Instant.MIN;

        Events(Shown stream, long start, @Nullable String cursor) {
            this.stream = stream;
            this.at = start;
            this.firstCursor = Cursors.next(clock.instant(), cursor, random);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try {
                seat.watch(stream);
                while (step(out)) {
                    stream = findAgain(stream);
                }
            } catch (Refused | StreamException e) {
                // Deleted, over, dropped, failed: the reader comes back and is told so with a
                // status.
                out.flush();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /// @return whether to go on
        private boolean step(OutputStream out) throws IOException, InterruptedException {
            touch(stream);
            Page page = stream.read(own, at, Math.min(SSE_PAGE_BYTES_MAX, settings.pageBytesMax()));
            Instant now = clock.instant();
            boolean moved = page.next() > at;
            at = page.next();
            if (moved || page.closed() || !now.isBefore(lastSaid.plus(SSE_QUIET_MAX))) {
                say(out, page, now);
            }
            if (page.closed() || stopping || !now.isBefore(end)) {
                return false;
            }
            if (page.upToDate()) {
                Duration left = Duration.between(now, end);
                seat.await(
                        left.compareTo(SSE_QUIET_MAX) < 0 ? left : SSE_QUIET_MAX,
                        stream.lifetime());
            }
            return true;
        }

        private void say(OutputStream out, Page page, Instant now) throws IOException {
            SseFrames frames = new SseFrames(out);
            if (!page.events().isEmpty()) {
                frames.data(stream.contentType(), page.events());
            }
            long cursor = Math.max(firstCursor, Cursors.next(now, null, random));
            frames.control(
                    page.next(), page.closed() ? null : cursor, page.upToDate(), page.closed());
            frames.flush();
            lastSaid = now;
        }

        @Override
        public void close() {
            seat.close();
        }
    }
}
