package dev.skerry.stream.server;

import dev.skerry.stream.Batch;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.server.Bodies.Body;
import dev.skerry.stream.server.Problem.Kind;
import dev.skerry.stream.server.Reply.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// PUT, POST and DELETE: what a request wants, and how its outcome is answered.
final class Writing {

    private final EndpointSettings settings;
    private final ServedStreams streams;
    private final Gate gate;
    private final Bodies bodies;

    Writing(EndpointSettings settings, ServedStreams streams, Gate gate) {
        this.settings = settings;
        this.streams = streams;
        this.gate = gate;
        this.bodies = new Bodies(settings.bodyBytesMax(), settings.heldBytesMax());
    }

    // ---- PUT

    Answer put(StreamName name, Exchange exchange) throws IOException {
        ContentType type = ContentType.ofHeader(exchange.header("Content-Type"));
        Lifetime lifetime =
                Lifetime.ofHeaders(
                        exchange.header("Stream-TTL"), exchange.header("Stream-Expires-At"));
        Create.ForkOf fork = fork(exchange);
        try (Body body = bodies.take(exchange)) {
            Create wish = new Create(type, lifetime, closes(exchange), body.whole(), fork);
            return answer(name, streams.create(name, wish), exchange);
        }
    }

    private Create.@Nullable ForkOf fork(Exchange exchange) {
        String from = exchange.header("Stream-Forked-From");
        String offset = exchange.header("Stream-Fork-Offset");
        String subOffset = exchange.header("Stream-Fork-Sub-Offset");
        if (from == null) {
            if (offset != null || subOffset != null) {
                throw new Refused(
                        Kind.BAD_REQUEST,
                        "Stream-Fork-Offset and Stream-Fork-Sub-Offset need Stream-Forked-From");
            }
            return null;
        }
        if (!from.startsWith(settings.mount())) {
            throw new Refused(
                    Kind.NO_SUCH_SOURCE,
                    "Stream-Forked-From is the path of a stream of this server, such as "
                            + settings.mount()
                            + "name");
        }
        StreamName source = Names.parse(from.substring(settings.mount().length()));
        if (gate.hides(source)) {
            throw new Refused(
                    Kind.NO_SUCH_SOURCE, "the stream in Stream-Forked-From does not exist");
        }
        return new Create.ForkOf(
                source,
                offset == null ? null : Offset.parseToken(offset),
                subOffset == null
                        ? 0
                        : Numbers.parse(
                                "Stream-Fork-Sub-Offset", subOffset, Numbers.JAVASCRIPT_MAX));
    }

    private static Answer answer(StreamName name, Create.Outcome outcome, Exchange exchange) {
        return switch (outcome) {
            case Create.Outcome.Created created ->
                    exists(201, created.stream(), created.tail()).with("Location", exchange.url());
            case Create.Outcome.Existed existed -> exists(200, existed.stream(), existed.tail());
            case Create.Outcome.Different different ->
                    no(
                            Kind.STREAM_EXISTS,
                            "stream '%s' exists, but %s".formatted(name, different.what()));
            case Create.Outcome.NameTaken _ ->
                    no(
                            Kind.STREAM_EXISTS,
                            "a deleted stream of this name is kept for its forks; take another name");
            case Create.Outcome.NoSuchSource _ ->
                    no(Kind.NO_SUCH_SOURCE, "the stream in Stream-Forked-From does not exist");
            case Create.Outcome.SourceDeleted _ ->
                    no(
                            Kind.SOURCE_DELETED,
                            "the stream in Stream-Forked-From is deleted; only the forks that it has"
                                    + " still read it");
            case Create.Outcome.BeyondSource beyond ->
                    no(
                            Kind.FORK_BEYOND_SOURCE,
                            "the source's tail is " + Offset.token(beyond.tail()));
            case Create.Outcome.SubOffsetBeyondSource _ ->
                    no(
                            Kind.FORK_BEYOND_SOURCE,
                            "Stream-Fork-Sub-Offset goes beyond what follows Stream-Fork-Offset");
            case Create.Outcome.OtherContentType other ->
                    no(
                            Kind.OTHER_CONTENT_TYPE,
                            "the source is "
                                    + other.expected()
                                    + "; leave Content-Type out to take that");
            case Create.Outcome.TooManyStreams tooMany ->
                    no(
                            Kind.TOO_MANY_STREAMS,
                            "this server holds at most %d streams; delete some, or raise its limit"
                                    .formatted(tooMany.max()));
        };
    }

    private static Answer exists(int status, Served stream, long tail) {
        Answer answer =
                Answer.of(status)
                        .with("Content-Type", stream.contentType().value())
                        .with("Stream-Next-Offset", Offset.token(tail));
        return stream.closed() ? answer.with("Stream-Closed", "true") : answer;
    }

    // ---- POST

    Answer post(StreamName name, Exchange exchange) throws IOException {
        Producer producer = Producer.ofHeaders(exchange);
        boolean close = closes(exchange);
        String seq = exchange.header("Stream-Seq");
        if (seq != null && seq.length() > Append.SEQ_LENGTH_MAX) {
            throw new Refused(
                    Kind.BAD_REQUEST,
                    "Stream-Seq has at most " + Append.SEQ_LENGTH_MAX + " characters");
        }
        try (Body body = bodies.take(exchange)) {
            Append wish = wish(name, exchange, body, producer, close, seq);
            return answer(name, wish, streams.append(name, wish));
        }
    }

    /// What is wrong with how the body comes is said before what is wrong with what it says.
    private Append wish(
            StreamName name,
            Exchange exchange,
            Body body,
            @Nullable Producer producer,
            boolean close,
            @Nullable String seq)
            throws IOException {
        try {
            boolean empty = body.empty();
            if (empty && !close) {
                throw new Refused(
                        Kind.EMPTY_BODY, "send what to append, or Stream-Closed: true to close");
            }
            ContentType type = empty ? null : typeOf(exchange);
            List<Batch> events = type == null ? List.of() : events(name, type, body);
            return new Append(type, events, close, producer, seq);
        } catch (Refused e) {
            body.whole();
            throw e;
        }
    }

    private static ContentType typeOf(Exchange exchange) {
        ContentType type = ContentType.ofHeader(exchange.header("Content-Type"));
        if (type == null) {
            throw new Refused(
                    Kind.BAD_REQUEST, "say what the body is: Content-Type, as the stream has it");
        }
        return type;
    }

    private List<Batch> events(StreamName name, ContentType type, Body body) throws IOException {
        try {
            List<Batch> events = streams.prepare(type, body);
            if (events.isEmpty()) {
                throw new Refused(Kind.EMPTY_BODY, "an empty array appends nothing");
            }
            return events;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (Refused e) {
            body.whole();
            weightier(name, type);
            throw e;
        }
    }

    /// What is wrong with the stream is said before what is wrong with the body.
    private void weightier(StreamName name, ContentType type) {
        switch (streams.find(name)) {
            case ServedStreams.Found.Nothing _ ->
                    throw new Refused(Kind.NO_SUCH_STREAM, Reading.noStream(name));
            case ServedStreams.Found.Deleted _ -> throw deleted();
            case ServedStreams.Found.Live live -> {
                Served stream = live.stream();
                if (stream.closed()) {
                    throw closed(streams.tail(stream));
                }
                if (!type.matches(stream.contentType())) {
                    throw other(stream.contentType());
                }
            }
        }
    }

    private static Answer answer(StreamName name, Append wish, Append.Outcome outcome) {
        Producer producer = wish.producer();
        return switch (outcome) {
            case Append.Outcome.Appended done -> {
                int status = producer != null && !wish.events().isEmpty() ? 200 : 204;
                Answer answer = at(Answer.of(status), done.tail(), wish.close());
                yield producer == null ? answer : known(answer, producer.epoch(), producer.seq());
            }
            case Append.Outcome.Duplicate again -> {
                Answer answer = at(Answer.of(204), again.tail(), again.closed());
                Producer.State state = again.known();
                yield state == null ? answer : known(answer, state.epoch(), state.lastSeq());
            }
            case Append.Outcome.NoSuchStream _ -> no(Kind.NO_SUCH_STREAM, Reading.noStream(name));
            case Append.Outcome.Deleted _ -> deleted().answer();
            case Append.Outcome.Closed closed -> closed(closed.tail()).answer();
            case Append.Outcome.OtherContentType type -> other(type.expected()).answer();
            case Append.Outcome.SeqRegression regression ->
                    no(
                            Kind.SEQUENCE_REGRESSION,
                            "the stream's last Stream-Seq is '%s'; the next comes after it in the"
                                            .formatted(regression.last())
                                    + " order of bytes");
            case Append.Outcome.Rejected rejected -> rejected(rejected.verdict(), producer);
        };
    }

    private static Answer rejected(Producer.Verdict verdict, @Nullable Producer producer) {
        return switch (verdict) {
            case Producer.Verdict.Fenced fenced ->
                    no(
                                    Kind.STALE_EPOCH,
                                    "epoch %d of this producer has written; stop, or start over"
                                                    .formatted(fenced.currentEpoch())
                                            + " with a higher epoch and sequence 0")
                            .with("Producer-Epoch", Long.toString(fenced.currentEpoch()));
            case Producer.Verdict.NewEpochNotAtZero _ ->
                    no(Kind.NEW_EPOCH_NOT_AT_ZERO, "send Producer-Seq 0 first in a new epoch");
            case Producer.Verdict.Gap gap ->
                    no(
                                    Kind.SEQUENCE_GAP,
                                    "send the batch with Producer-Seq %d first"
                                            .formatted(gap.expectedSeq()))
                            .with("Producer-Expected-Seq", Long.toString(gap.expectedSeq()))
                            .with(
                                    "Producer-Received-Seq",
                                    producer == null ? "" : Long.toString(producer.seq()));
            case Producer.Verdict.Accepted _, Producer.Verdict.Duplicate _ ->
                    throw new IllegalStateException("not a rejection: " + verdict);
        };
    }

    private static Answer at(Answer answer, long tail, boolean closed) {
        answer.with("Stream-Next-Offset", Offset.token(tail));
        return closed ? answer.with("Stream-Closed", "true") : answer;
    }

    private static Answer known(Answer answer, long epoch, long seq) {
        return answer.with("Producer-Epoch", Long.toString(epoch))
                .with("Producer-Seq", Long.toString(seq));
    }

    private static Refused deleted() {
        return new Refused(
                Kind.STREAM_DELETED, "it was deleted or is over; forks of it can still be read");
    }

    private static Refused closed(long tail) {
        return new Refused(
                Kind.STREAM_CLOSED,
                "a closed stream takes nothing more; write to another one",
                Map.of("Stream-Closed", "true", "Stream-Next-Offset", Offset.token(tail)));
    }

    private static Refused other(ContentType expected) {
        return new Refused(
                Kind.OTHER_CONTENT_TYPE, "the stream is " + expected + "; send that Content-Type");
    }

    // ---- DELETE

    Answer delete(StreamName name) {
        return switch (streams.delete(name)) {
            case ServedStreams.Found.Live _ -> Answer.of(204);
            case ServedStreams.Found.Deleted _ -> deleted().answer();
            case ServedStreams.Found.Nothing _ ->
                    no(Kind.NO_SUCH_STREAM, "there is no stream '" + name + "' here");
        };
    }

    private static boolean closes(Exchange exchange) {
        return "true".equalsIgnoreCase(exchange.header("Stream-Closed"));
    }

    private static Answer no(Kind kind, String detail) {
        return new Problem(kind, detail).answer();
    }
}
