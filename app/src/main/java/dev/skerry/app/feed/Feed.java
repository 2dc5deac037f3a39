package dev.skerry.app.feed;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.AsyncApi;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.language.Json;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Pacer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tells screens what is not as it was, so that they read it anew: `GET /api/feed`, server-sent events. What changes after a screen's
/// `hello` is told to it, be it once for several changes; what has changed before is in what it reads then. Nothing is kept for a
/// screen that is away. Any thread.
public final class Feed {

    public static final int READERS_MAX = 500;

    /// Shoppers' telephones that listen at once, beside the screens.
    static final int GUESTS_MAX = 300;

    /// A quiet feed says at least so often that it is still there.
    static final Duration QUIET_MAX = Duration.ofSeconds(10);

    /// Then it ends, and the screen comes back: shorter than the host lets an answer go on. So a device that was taken out of the
    /// store is told no longer than this.
    public static final Duration LIFE = Duration.ofMinutes(4);

    /// What changes within this time after something was told is told together.
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final String PATH = "/api/feed";

    private static final String SUMMARY =
            "Tells by server-sent events what has changed: `hello` first, after which a screen reads what it shows; then `changed`, with topic, key and version";

    private static final Duration COMES_BACK_AFTER = Duration.ofSeconds(1);

    private final String store;
    private final List<FeedTopic> topics;
    private final String started;
    private final int readersMax;
    private final Pacer pacer;
    private final InstantSource clock;
    private final Set<FeedReader> readers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger seats = new AtomicInteger();
    private final AtomicInteger guests = new AtomicInteger();
    private volatile boolean stopping;

    /// @param store such as `0042`, or `hq`
    /// @param topics that there are, in the order in which they are told
    /// @param started differs from that of each other start of this node
    /// @param readersMax screens that may listen at once
    public Feed(
            String store,
            List<? extends FeedTopic> topics,
            String started,
            int readersMax,
            Pacer pacer,
            InstantSource clock) {
        this.store = requireNonNull(store, "store");
        this.topics = List.copyOf(topics);
        this.started = requireNonNull(started, "started");
        this.readersMax = readersMax;
        this.pacer = requireNonNull(pacer, "pacer");
        this.clock = requireNonNull(clock, "clock");
    }

    public Operation operation() {
        return Operation.of("GET", PATH, SUMMARY, this::serve).asking("topics", topicsMeaning());
    }

    /// Adds what is told to what is published.
    public AsyncApi describe(AsyncApi api) {
        SequencedMap<String, Type> events = new LinkedHashMap<>();
        events.put("hello", Hello.class);
        events.put("changed", Changed.class);
        return api.tells(PATH, SUMMARY, Map.of("topics", topicsMeaning()), events);
    }

    /// Whether anybody wants to know about one of these.
    public boolean isWanted(Set<? extends FeedTopic> some) {
        return readers.stream().anyMatch(it -> it.wants(some));
    }

    public void changed(Change change) {
        readers.forEach(it -> it.tell(change));
    }

    /// Ends all feeds, and lets no new one begin.
    public void stop() {
        stopping = true;
        readers.forEach(FeedReader::end);
    }

    record Hello(String store, String started, List<String> topics) {}

    record Changed(String topic, @Nullable String key, @Nullable Long version) {}

    private void serve(Request request) throws IOException, InterruptedException {
        serve(
                request,
                wanted(Requests.parameter(request, "topics").orElse("")),
                null,
                seats,
                readersMax);
    }

    /// Tells of one thing alone, to somebody who is no device of the store. They take no screen's place.
    public void serveOne(Request request, Set<? extends FeedTopic> wanted, String key)
            throws IOException, InterruptedException {
        serve(request, wanted, key, guests, GUESTS_MAX);
    }

    private void serve(
            Request request,
            Set<? extends FeedTopic> wanted,
            @Nullable String only,
            AtomicInteger taken,
            int most)
            throws IOException, InterruptedException {
        if (request.method().equals("HEAD")) {
            request.answer(200, headers(), Bytes.EMPTY);
            return;
        }
        if (taken.incrementAndGet() > most) {
            taken.decrementAndGet();
            throw new HttpProblem(
                    429,
                    "too-many-feeds",
                    "Too many screens listen already",
                    "%d do; close some, or come back later".formatted(most),
                    Map.of("Retry-After", "30"));
        }
        FeedReader reader = new FeedReader(wanted, only);
        readers.add(reader);
        try (OutputStream out = request.startStreaming(200, headers())) {
            tell(reader, wanted, out);
        } finally {
            readers.remove(reader);
            taken.decrementAndGet();
        }
    }

    private static Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/event-stream");
        headers.put("Cache-Control", "no-store");
        headers.put("X-Accel-Buffering", "no");
        return headers;
    }

    private Set<FeedTopic> wanted(String asked) {
        if (asked.isBlank()) {
            return Set.copyOf(topics);
        }
        Set<FeedTopic> wanted = new HashSet<>();
        for (String word : asked.split(",", -1)) {
            wanted.add(
                    topics.stream()
                            .filter(it -> it.word().equals(word.strip()))
                            .findFirst()
                            .orElseThrow(() ->
                                    new HttpProblem(
                                            400,
                                            "unknown-topic",
                                            "There is no such topic",
                                            "\"%s\" is none; there are %s"
                                                    .formatted(word.strip(), words()))));
        }
        return wanted;
    }

    private String topicsMeaning() {
        return "separated by commas; all if left out: " + words();
    }

    private String words() {
        return topics.stream().map(FeedTopic::word).collect(Collectors.joining(", "));
    }

    /// The reader is known already: nothing that happens from now on is missed.
    private void tell(FeedReader reader, Set<? extends FeedTopic> wanted, OutputStream out)
            throws IOException, InterruptedException {
        Instant end = clock.instant().plus(LIFE);
        send(
                "retry: %d\n%s"
                        .formatted(
                                COMES_BACK_AFTER.toMillis(),
                                frame(
                                        "hello",
                                        new Hello(
                                                store,
                                                started,
                                                topics.stream()
                                                        .filter(wanted::contains)
                                                        .map(FeedTopic::word)
                                                        .toList()))),
                out);
        while (!stopping && clock.instant().isBefore(end)) {
            reader.await(pacer, QUIET_MAX);
            List<Change> changes = reader.take();
            if (changes.isEmpty()) {
                // A comment: shows both sides whether the other is there.
                send(":\n\n", out);
            } else {
                send(changes.stream().map(Feed::frame).collect(Collectors.joining()), out);
                reader.pause(pacer, PAUSE);
            }
        }
    }

    private static String frame(Change change) {
        return frame("changed", new Changed(change.topic().word(), change.key(), change.version()));
    }

    private static String frame(String event, Object data) {
        return "event: %s\ndata: %s\n\n".formatted(event, Json.write(data));
    }

    private static void send(String frames, OutputStream out) throws IOException {
        out.write(frames.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
