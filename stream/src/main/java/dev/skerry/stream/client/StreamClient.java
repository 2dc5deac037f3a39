package dev.skerry.stream.client;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Streams at one server. Every call here is one exchange: it waits for the answer, at most
/// [ClientSettings#answerTimeout], and tries once. [#reading] and [#producer] make what tries again. For any number of
/// threads.
///
/// Every method throws [StreamException]: UNREACHABLE and OVERLOADED can be tried again (of an append whose answer was lost
/// it is unknown whether it took effect), REFUSED and NO_STREAM cannot.
public final class StreamClient {

    private final String base;
    private final HttpClient http;
    private final InstantSource clock;
    private final SplittableRandom random;
    private final ClientSettings settings;

    /// @param base where the server has its streams: `https://hq.example:4437/v1/stream/`
    /// @param random only its seed is taken, now
    public StreamClient(
            URI base,
            HttpClient http,
            InstantSource clock,
            RandomGenerator random,
            ClientSettings settings) {
        String text = base.toString();
        this.base = text.endsWith("/") ? text : text + "/";
        this.http = requireNonNull(http, "http");
        this.clock = requireNonNull(clock, "clock");
        this.random = new SplittableRandom(random.nextLong());
        this.settings = requireNonNull(settings, "settings");
    }

    /// Creates a stream, or finds that it is already there as wanted.
    ///
    /// @throws StreamException REFUSED where it is there, but otherwise
    public Created create(StreamName stream, Creation creation) {
        HttpRequest.Builder request = request(stream);
        String contentType = creation.contentType();
        Duration ttl = creation.ttl();
        Instant expiresAt = creation.expiresAt();
        if (contentType != null) {
            request.setHeader(Names.CONTENT_TYPE, contentType);
        }
        if (ttl != null) {
            request.setHeader(Names.TTL, Long.toString(ttl.toSeconds()));
        }
        if (expiresAt != null) {
            request.setHeader(Names.EXPIRES_AT, expiresAt.toString());
        }
        if (creation.closed()) {
            request.setHeader(Names.CLOSED, "true");
        }
        Creation.Fork fork = creation.fork();
        if (fork != null) {
            fork(request, fork);
        }
        String what = "creating " + stream;
        Answer answer = exchange(request.method("PUT", body(request, creation.body())));
        if (answer.status() != 200 && answer.status() != 201) {
            throw answer.failure(what);
        }
        return new Created(
                answer.status() == 201,
                answer.contentType(),
                tail(answer, what),
                answer.flag(Names.CLOSED));
    }

    /// What the server says about a stream; empty if there is none.
    public Optional<Metadata> head(StreamName stream) {
        String what = "looking at " + stream;
        Answer answer = exchange(request(stream).HEAD());
        if (answer.status() == 404 || answer.status() == 410) {
            return Optional.empty();
        }
        if (answer.status() != 200) {
            throw answer.failure(what);
        }
        String ttl = answer.header(Names.TTL);
        String expiresAt = answer.header(Names.EXPIRES_AT);
        try {
            return Optional.of(
                    new Metadata(
                            answer.contentType(),
                            tail(answer, what),
                            ttl == null ? null : Duration.ofSeconds(Long.parseLong(ttl)),
                            expiresAt == null ? null : Instant.parse(expiresAt),
                            answer.flag(Names.CLOSED)));
        } catch (NumberFormatException | DateTimeException e) {
            throw Answer.stranger(what, "readable " + Names.TTL + " or " + Names.EXPIRES_AT);
        }
    }

    /// Appends bytes to a stream of this content type. Sends them once; [#producer] appends safely over a bad line.
    public Appended append(StreamName stream, String contentType, Bytes bytes) {
        return append(stream, contentType, bytes, false);
    }

    /// Appends messages to a JSON stream, all or none. Each is one JSON text.
    ///
    /// @param messages 1 or more
    public Appended appendJson(StreamName stream, List<Bytes> messages) {
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("one message or more");
        }
        return append(stream, Names.JSON, JsonMessages.join(messages), false);
    }

    /// Appends bytes and closes the stream, or does neither.
    public Appended appendAndClose(StreamName stream, String contentType, Bytes bytes) {
        return append(stream, contentType, bytes, true);
    }

    /// Closes a stream: its readers come to its end. A closed one stays closed.
    ///
    /// @return the end's offset
    public String close(StreamName stream) {
        HttpRequest.Builder request = request(stream).setHeader(Names.CLOSED, "true");
        String what = "closing " + stream;
        Answer answer = exchange(request.POST(BodyPublishers.noBody()));
        if (answer.status() / 100 != 2 && !(answer.status() == 409 && answer.flag(Names.CLOSED))) {
            throw answer.failure(what);
        }
        return tail(answer, what);
    }

    /// Deletes a stream and all that is in it.
    ///
    /// @return false if there was none
    public boolean delete(StreamName stream) {
        Answer answer = exchange(request(stream).DELETE());
        if (answer.status() == 404 || answer.status() == 410) {
            return false;
        }
        if (answer.status() / 100 != 2) {
            throw answer.failure("deleting " + stream);
        }
        return true;
    }

    /// Reads one page, as much as the server likes to send at once, without waiting for more to come.
    ///
    /// @param offset one that the server gave, or [dev.skerry.stream.OffsetToken#BEGINNING] or NOW
    public PageRead read(StreamName stream, String offset) {
        String what = "reading " + stream;
        Answer answer = exchange(asking(stream, offset, Live.NO, null).GET());
        return switch (answer.status()) {
            case 200 -> {
                try {
                    yield page(answer);
                } catch (MalformedException e) {
                    throw Answer.stranger(what, "whole content: " + e.what());
                }
            }
            case 404 -> new PageRead.NoStream();
            case 410 -> head(stream).isPresent() ? new PageRead.Dropped() : new PageRead.NoStream();
            default -> throw answer.failure(what);
        };
    }

    /// Reads a stream from an offset on, and then what is appended to it.
    public StreamReading reading(StreamName stream, String offset, Live live) {
        return new StreamReading(this, stream, offset, live);
    }

    /// Appends to a stream, each message exactly once.
    public IdempotentProducer producer(
            StreamName stream, String contentType, ProducerSettings producer) {
        return new IdempotentProducer(this, stream, contentType, producer);
    }

    /// A JSON stream of a Skerry server as something to follow.
    public EventSource source(StreamName stream, Live live) {
        return new ClientSource(this, stream, live);
    }

    InstantSource clock() {
        return clock;
    }

    ClientSettings settings() {
        return settings;
    }

    BackOff backOff() {
        synchronized (random) {
            return new BackOff(settings, clock, random.split());
        }
    }

    HttpRequest.Builder request(StreamName stream) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + encoded(stream)));
        settings.headers().get().forEach(request::setHeader);
        return request;
    }

    HttpRequest.Builder asking(
            StreamName stream, String offset, Live live, @Nullable String cursor) {
        // In the order of their names, so that caches see one address for one question.
        StringBuilder uri = new StringBuilder(base).append(encoded(stream)).append('?');
        if (live != Live.NO) {
            if (cursor != null) {
                uri.append("cursor=").append(encoded(cursor)).append('&');
            }
            uri.append(live == Live.SSE ? "live=sse&" : "live=long-poll&");
        }
        uri.append("offset=").append(encoded(offset));
        if (live == Live.LONG_POLL && settings.longPollWait().toSeconds() > 0) {
            uri.append("&timeout=").append(settings.longPollWait().toSeconds());
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri.toString()));
        settings.headers().get().forEach(request::setHeader);
        return request.setHeader(
                Names.ACCEPT_ENCODING, live == Live.SSE ? "identity" : Codings.ACCEPTED);
    }

    /// The body to send, compressed if that pays; says so in the request.
    BodyPublisher body(HttpRequest.Builder request, Bytes plain) {
        Optional<Bytes> packed = settings.compression().apply(plain);
        Bytes sent = packed.orElse(plain);
        if (packed.isPresent()) {
            request.setHeader(
                    Names.CONTENT_ENCODING,
                    settings.compression().coding() == Compression.Coding.GZIP ? "gzip" : "zstd");
        }
        return sent.length() == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(sent.array(), sent.from(), sent.length());
    }

    Call send(HttpRequest request, Duration timeout, Runnable onNews) {
        int bytesMax = settings.answerBytesMax();
        return new Call(http, request, SseFeed.whole(bytesMax), timeout, bytesMax, onNews);
    }

    Call send(HttpRequest request, SseFeed feed, Runnable onNews) {
        int bytesMax = settings.answerBytesMax();
        return new Call(
                http, request, feed.handler(bytesMax), settings.liveTimeout(), bytesMax, onNews);
    }

    /// @throws MalformedException if the answer cannot be a stream's
    static PageRead.Page page(Answer answer) throws MalformedException {
        String next = answer.header(Names.NEXT_OFFSET);
        if (next == null || next.isEmpty()) {
            throw new MalformedException(
                    "the answer has no "
                            + Names.NEXT_OFFSET
                            + ": something other than a stream server answers at this address");
        }
        String contentType = answer.contentType();
        return new PageRead.Page(
                contentType,
                messages(Bytes.of(answer.body()), contentType),
                next,
                answer.flag(Names.UP_TO_DATE) || answer.flag(Names.CLOSED),
                answer.flag(Names.CLOSED));
    }

    static List<Bytes> messages(Bytes data, String contentType) throws MalformedException {
        if (data.length() == 0) {
            return List.of();
        }
        return Names.is(Names.JSON, contentType) ? JsonMessages.split(data) : List.of(data);
    }

    private Appended append(StreamName stream, String contentType, Bytes bytes, boolean closing) {
        if (bytes.length() == 0) {
            throw new IllegalArgumentException("nothing to append");
        }
        HttpRequest.Builder request = request(stream).setHeader(Names.CONTENT_TYPE, contentType);
        if (closing) {
            request.setHeader(Names.CLOSED, "true");
        }
        String what = "appending to " + stream;
        Answer answer = exchange(request.POST(body(request, bytes)));
        if (answer.status() == 409 && answer.flag(Names.CLOSED)) {
            return new Appended.AlreadyClosed(tail(answer, what));
        }
        if (answer.status() / 100 != 2) {
            throw answer.failure(what);
        }
        return new Appended.Done(tail(answer, what));
    }

    private void fork(HttpRequest.Builder request, Creation.Fork fork) {
        request.setHeader(
                Names.FORKED_FROM, URI.create(base + encoded(fork.source())).getRawPath());
        String offset = fork.offset();
        if (offset != null) {
            request.setHeader(Names.FORK_OFFSET, offset);
        }
        if (fork.past() > 0) {
            request.setHeader(Names.FORK_SUB_OFFSET, Long.toString(fork.past()));
        }
    }

    private Answer exchange(HttpRequest.Builder request) {
        return send(request.build(), settings.answerTimeout(), () -> {}).await();
    }

    private static String tail(Answer answer, String what) {
        String tail = answer.header(Names.NEXT_OFFSET);
        if (tail == null || tail.isEmpty()) {
            throw Answer.stranger(what, Names.NEXT_OFFSET);
        }
        return tail;
    }

    private static String encoded(StreamName stream) {
        return encoded(stream.value()).replace("%2F", "/");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
