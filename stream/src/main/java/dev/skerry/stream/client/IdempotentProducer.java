package dev.skerry.stream.client;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Watch;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Appends messages to a stream, in the order in which it took them, each exactly once, trying for ever; or says why it
/// cannot. While one batch is on its way the next one fills. Has no thread and does not wait; for one thread at a time.
///
/// ```
/// idle ── offered ──► on its way ── 200, 204 ──► idle, or the next batch
/// on its way ── cut, nonsense, 429, 5xx ──► pausing ── time ──► on its way, the same batch with the same number
/// on its way ── 403 with a higher epoch ──► ended Fenced, or on its way with the epoch after (if claiming)
/// on its way ── closed, gap, other refusals ──► ended
/// ```
public final class IdempotentProducer implements AutoCloseable {

    private static final Outcome WAITING = new Outcome.Waiting();

    private final StreamClient client;
    private final StreamName stream;
    private final String contentType;
    private final ProducerSettings settings;
    private final boolean json;
    private final BackOff backOff;
    private final News news = new News();

    private long epoch;
    private long seq;

    /// Taken and not acknowledged; the first [#flying] of them are on their way.
    private final Deque<Bytes> waiting = new ArrayDeque<>();

    private long waitingBytes;
    private int flying;
    private Bytes body = Bytes.EMPTY;

    /// An attempt to send the batch on its way may have succeeded without our knowing.
    private boolean uncertain;

    private long acknowledged;
    private @Nullable Call call;
    private Outcome.@Nullable Ended ended;

    IdempotentProducer(
            StreamClient client, StreamName stream, String contentType, ProducerSettings settings) {
        this.client = client;
        this.stream = stream;
        this.contentType = contentType;
        this.settings = settings;
        this.json = Names.is(Names.JSON, contentType);
        this.backOff = client.backOff();
        this.epoch = settings.epoch();
        this.seq = settings.seq();
    }

    /// What came of a step.
    public sealed interface Outcome {

        /// The server has more of our messages for good. Step again at once.
        ///
        /// @param messages how many, of all that were ever taken
        record Acknowledged(long messages) implements Outcome {}

        /// Everything taken is acknowledged.
        record Idle() implements Outcome {}

        /// A batch is on its way. Step again when there is news: [IdempotentProducer#watch].
        record Waiting() implements Outcome {}

        /// Could not get on. Step again after the pause; nothing was lost.
        record Hindered(String why, Duration pause) implements Outcome {}

        /// There will be no more appends; every further step says the same. [IdempotentProducer#unacknowledged] has what
        /// the server did not confirm.
        sealed interface Ended extends Outcome {
            String why();
        }

        /// Somebody else, perhaps this program before its restart, has appended with the same id and epoch. What has not been
        /// acknowledged was not stored; it can be appended with a higher epoch.
        record Clash(long epoch) implements Ended {
            @Override
            public String why() {
                return "somebody else has appended with this producer's id in epoch "
                        + epoch
                        + "; each start of a producer needs a higher epoch";
            }
        }

        /// Another producer of the same id has a higher epoch.
        ///
        /// @param epoch the other's
        /// @param uncertain the first batch unacknowledged may be in the stream all the same
        record Fenced(long epoch, boolean uncertain) implements Ended {
            @Override
            public String why() {
                return "another producer of the same id has epoch " + epoch;
            }
        }

        /// The stream is closed.
        record Closed() implements Ended {
            @Override
            public String why() {
                return "the stream is closed";
            }
        }

        /// There is no such stream, or no more.
        record NoStream() implements Ended {
            @Override
            public String why() {
                return "there is no such stream";
            }
        }

        /// The server is waiting for another batch than ours: it has lost batches that it had acknowledged, or the numbers
        /// given at the start were wrong.
        record Gap(long expected, long sent) implements Ended {
            @Override
            public String why() {
                return "the server expects batch " + expected + " of this epoch, not " + sent;
            }
        }

        /// The server will not have it.
        record Refused(int status, String why) implements Ended {}
    }

    /// Takes a message, if there is room. Step to send it.
    ///
    /// @param message not empty; one JSON text where the stream is JSON
    /// @return false if as much is waiting as may, or the producer has ended
    public boolean offer(Bytes message) {
        if (message.length() == 0) {
            throw new IllegalArgumentException("nothing to append");
        }
        if (ended != null || !room(message)) {
            return false;
        }
        waiting.add(message);
        waitingBytes += message.length();
        return true;
    }

    /// Looks whether an answer is there, and sends the next batch.
    public Outcome step() {
        if (ended != null) {
            return ended;
        }
        Duration left = backOff.left();
        if (left.isPositive()) {
            return new Outcome.Hindered(backOff.why(), left);
        }
        if (call == null) {
            if (waiting.isEmpty()) {
                return new Outcome.Idle();
            }
            send();
        }
        return hear();
    }

    /// How many messages, of all that were ever taken, the server has for good.
    public long acknowledged() {
        return acknowledged;
    }

    /// How many messages were ever taken.
    public long taken() {
        return acknowledged + waiting.size();
    }

    /// What was taken and is not acknowledged, in order. After an end: what to do something about.
    public List<Bytes> unacknowledged() {
        return List.copyOf(waiting);
    }

    /// The epoch in use: as given, or as claimed.
    public long epoch() {
        return epoch;
    }

    /// Calls `onNews` when a step may have work, from any thread; `onNews` must not wait. Offering is no news.
    public Watch watch(Runnable onNews) {
        return news.watch(onNews);
    }

    /// Gives up the request on its way; whether it took effect is unknown, and stepping again sends it again.
    @Override
    public void close() {
        Call sent = call;
        call = null;
        if (sent != null) {
            uncertain = true;
            sent.cancel();
        }
    }

    private boolean room(Bytes message) {
        return waiting.isEmpty()
                || (waiting.size() < settings.waitingMessagesMax()
                        && waitingBytes + message.length() <= settings.waitingBytesMax());
    }

    private void send() {
        if (flying == 0) {
            fill();
        }
        HttpRequest.Builder request =
                client.request(stream)
                        .setHeader(Names.CONTENT_TYPE, contentType)
                        .setHeader(Names.PRODUCER_ID, settings.id())
                        .setHeader(Names.PRODUCER_EPOCH, Long.toString(epoch))
                        .setHeader(Names.PRODUCER_SEQ, Long.toString(seq));
        call =
                client.send(
                        request.POST(client.body(request, body)).build(),
                        client.settings().answerTimeout(),
                        news);
    }

    private void fill() {
        List<Bytes> batch = new ArrayList<>();
        long bytes = 0;
        for (Bytes message : waiting) {
            bytes += message.length();
            if (batch.size() == settings.batchMessagesMax()
                    || (!batch.isEmpty() && bytes > settings.batchBytesMax())) {
                break;
            }
            batch.add(message);
        }
        flying = batch.size();
        body = json ? JsonMessages.join(batch) : joined(batch);
        uncertain = false;
    }

    private Outcome hear() {
        Call sent = call;
        if (sent == null || !sent.done()) {
            return WAITING;
        }
        call = null;
        Answer answer;
        try {
            answer = sent.answer();
        } catch (StreamException lost) {
            uncertain = true;
            return hindered(lost.kind() + " " + lost.getMessage(), null);
        }
        return switch (answer.status()) {
            case 200, 204 -> confirmed(answer);
            case 403 -> fenced(answer);
            case 404, 410 -> end(new Outcome.NoStream());
            case 409 -> conflict(answer);
            case 429 -> hindered(answer.brief(), answer.retryAfter(client.clock()));
            default ->
                    answer.passing() || answer.status() / 100 == 2
                            ? doubtful(answer.brief(), answer.retryAfter(client.clock()))
                            : end(new Outcome.Refused(answer.status(), answer.brief()));
        };
    }

    private Outcome confirmed(Answer answer) {
        long accepted = answer.number(Names.PRODUCER_SEQ).orElse(seq);
        boolean ours = answer.number(Names.PRODUCER_EPOCH).equals(OptionalLong.of(epoch));
        if (!ours || accepted < seq) {
            // A portal or a proxy may say 200 too; only a stream server repeats our epoch.
            return doubtful("the answer does not confirm the batch", null);
        }
        // One batch flies at a time: a number beyond it, or a batch that the stream had before it
        // was ever sent, is
        // somebody else's, and ours was not stored.
        if (accepted > seq || (answer.status() == 204 && !uncertain)) {
            return end(new Outcome.Clash(epoch));
        }
        return acknowledge();
    }

    private Outcome acknowledge() {
        for (int i = 0; i < flying; i++) {
            waitingBytes -= waiting.remove().length();
        }
        acknowledged += flying;
        flying = 0;
        body = Bytes.EMPTY;
        seq++;
        backOff.succeeded();
        return new Outcome.Acknowledged(acknowledged);
    }

    private Outcome fenced(Answer answer) {
        OptionalLong theirs = answer.number(Names.PRODUCER_EPOCH);
        if (theirs.isEmpty() || theirs.getAsLong() <= epoch) {
            return end(new Outcome.Refused(answer.status(), answer.brief()));
        }
        // With a new epoch the server cannot know a batch again that it may already have: then
        // claiming could double it.
        if (!settings.claim() || uncertain) {
            return end(new Outcome.Fenced(theirs.getAsLong(), uncertain));
        }
        epoch = theirs.getAsLong() + 1;
        seq = 0;
        send();
        return hear();
    }

    private Outcome conflict(Answer answer) {
        if (answer.flag(Names.CLOSED)) {
            return end(new Outcome.Closed());
        }
        OptionalLong expected = answer.number(Names.PRODUCER_EXPECTED_SEQ);
        return end(
                expected.isPresent()
                        ? new Outcome.Gap(expected.getAsLong(), seq)
                        : new Outcome.Refused(answer.status(), answer.brief()));
    }

    private Outcome doubtful(String why, @Nullable Duration retryAfter) {
        uncertain = true;
        return hindered(why, retryAfter);
    }

    private Outcome hindered(String why, @Nullable Duration retryAfter) {
        backOff.failed("appending to " + stream + ": " + why, retryAfter);
        return new Outcome.Hindered(backOff.why(), backOff.left());
    }

    private Outcome end(Outcome.Ended with) {
        ended = with;
        return with;
    }

    private static Bytes joined(List<Bytes> batch) {
        if (batch.size() == 1) {
            return batch.getFirst();
        }
        int length = batch.stream().mapToInt(Bytes::length).sum();
        byte[] array = new byte[length];
        int to = 0;
        for (Bytes each : batch) {
            System.arraycopy(each.array(), each.from(), array, to, each.length());
            to += each.length();
        }
        return Bytes.of(array);
    }
}
