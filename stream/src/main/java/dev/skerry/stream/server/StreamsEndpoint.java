package dev.skerry.stream.server;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Pacer;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import dev.skerry.stream.server.Gate.Act;
import dev.skerry.stream.server.Gate.Closed;
import dev.skerry.stream.server.Problem.Kind;
import dev.skerry.stream.server.Reply.Answer;
import dev.skerry.stream.server.Reply.EventStream;
import dev.skerry.stream.server.Reply.LiveBody;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Answers requests as the Durable Streams protocol asks. Any number of threads; one that reads live is blocked until there
/// is something to say, so it is best a virtual one.
///
/// Scopes that the protocol leaves open: Stream-Seq is counted per stream; an idempotent producer's state is kept as long
/// as its stream, and committed with what it appends; a stream past its limits is answered 507, as waiting does not help.
public final class StreamsEndpoint {

    private static final String METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS";
    private static final String READ_METHODS = "GET, HEAD, OPTIONS";

    private final Cors cors;
    private final Reading reading;
    private final Writing writing;
    private final Gate gate;

    /// An endpoint where everybody may write the streams that clients make.
    ///
    /// @param own the streams that clients may make and write
    /// @param contexts databases whose streams are served too, read-only
    /// @param pacer how live readers wait
    /// @param random for several threads at once
    public StreamsEndpoint(
            EndpointSettings settings,
            ServedStreams own,
            List<Streams> contexts,
            Pacer pacer,
            InstantSource clock,
            RandomGenerator random) {
        this(settings, own, contexts, Gate.OPEN, pacer, clock, random);
    }

    /// As above.
    ///
    /// @param gate says which of their streams clients may write
    public StreamsEndpoint(
            EndpointSettings settings,
            ServedStreams own,
            List<Streams> contexts,
            Gate gate,
            Pacer pacer,
            InstantSource clock,
            RandomGenerator random) {
        this.gate = gate;
        this.cors = new Cors(settings.corsOrigins());
        this.reading = new Reading(settings, own, List.copyOf(contexts), pacer, clock, random);
        this.writing = new Writing(settings, own, gate);
    }

    /// Handles one request; everything that can be said about it is answered.
    ///
    /// @throws IOException if the client has gone
    /// @throws InterruptedException if the thread is to end
    public void handle(Exchange exchange) throws IOException, InterruptedException {
        switch (reply(exchange)) {
            case Answer answer -> {
                boolean bodiless = exchange.method().equals("HEAD");
                exchange.answer(
                        answer.status(),
                        headers(answer, exchange),
                        bodiless ? Bytes.EMPTY : answer.body());
            }
            case EventStream events -> {
                try (LiveBody body = events.body();
                        OutputStream out =
                                exchange.startStreaming(
                                        events.status(), headers(events, exchange))) {
                    body.writeTo(out);
                }
            }
        }
    }

    private Reply reply(Exchange exchange) throws IOException, InterruptedException {
        try {
            return route(exchange);
        } catch (Refused e) {
            return e.answer();
        } catch (StreamException e) {
            return Problem.of(e).answer();
        }
    }

    private Reply route(Exchange exchange) throws IOException, InterruptedException {
        String method = exchange.method();
        if (method.equals("OPTIONS")) {
            return Answer.of(204).with("Allow", METHODS).with(cors.preflight(exchange, METHODS));
        }
        StreamName name = Names.parse(exchange.path());
        return switch (method) {
            case "GET", "HEAD" -> {
                if (gate.hides(name)) {
                    throw new Refused(Kind.NO_SUCH_STREAM, Reading.noStream(name));
                }
                yield method.equals("GET") ? reading.get(name, exchange) : reading.head(name);
            }
            case "PUT" -> {
                requireWritable(name, exchange);
                yield writing.put(name, exchange);
            }
            case "POST" -> {
                requireWritable(name, exchange);
                yield writing.post(name, exchange);
            }
            case "DELETE" -> {
                requireWritable(name, exchange);
                yield writing.delete(name);
            }
            default ->
                    throw new Refused(
                            Kind.METHOD_NOT_ALLOWED, "use " + METHODS, Map.of("Allow", METHODS));
        };
    }

    private void requireWritable(StreamName name, Exchange exchange) {
        cors.requireKnown(exchange);
        if (reading.ownedByContext(name)) {
            throw new Refused(
                    Kind.READ_ONLY,
                    "'%s' is written by the part of this node that owns it".formatted(name),
                    Map.of("Allow", READ_METHODS));
        }
        Optional<Closed> closed = gate.closed(act(exchange), name);
        if (closed.isPresent()) {
            throw closed.get().forNow()
                    ? new Refused(Kind.NOT_NOW, closed.get().why())
                    : new Refused(Kind.NOT_YOURS, closed.get().why());
        }
    }

    private static Act act(Exchange exchange) {
        return switch (exchange.method()) {
            case "POST" -> Act.APPEND;
            case "DELETE" -> Act.DELETE;
            default ->
                    exchange.header("Stream-TTL") == null
                                    && exchange.header("Stream-Expires-At") == null
                                    && exchange.header("Stream-Forked-From") == null
                            ? Act.CREATE
                            : Act.CREATE_PASSING;
        };
    }

    private Map<String, String> headers(Reply reply, Exchange exchange) {
        Map<String, String> all = new LinkedHashMap<>(reply.headers());
        all.put("X-Content-Type-Options", "nosniff");
        cors.addTo(all, exchange);
        return all;
    }

    /// How many readers wait now.
    public int liveReaders() {
        return reading.liveReaders();
    }

    /// Answers all live reads at once, now and from now on: the server is about to stop.
    public void stopLive() {
        reading.stopLive();
    }
}
