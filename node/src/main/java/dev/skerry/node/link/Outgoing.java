package dev.skerry.node.link;

import dev.skerry.node.link.Message.Data;
import dev.skerry.node.link.Message.Dropped;
import dev.skerry.node.link.Message.Part;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stream that goes out over a wire: what has been sent of it, and what the other side has. For one thread.
///
/// A single event goes at once. What is appended while it is on its way fills the next run, unless there is so much that
/// waiting would leave the line empty.
final class Outgoing {

    /// So many events are not held back for an answer.
    private static final int FULL_EVENTS = 64;

    final int number;
    final StreamName name;
    final Lane lane;
    final Streams streams;

    private final Run.Maker maker;
    private final History history = new History();

    /// Sent, not answered yet.
    ///
    /// @param next the offset after it; -1 for a part with more to come
    private record Open(long next, Window.Sent sent) {}

    private final Deque<Open> open = new ArrayDeque<>();
    private final Deque<Message> parts = new ArrayDeque<>();
    private long toldDropped;
    private long sent;
    private long acked;
    private boolean more;

    /// @param from where the other side's copy ends
    Outgoing(int number, StreamName name, Lane lane, Streams streams, Run.Maker maker, long from) {
        this.number = number;
        this.name = name;
        this.lane = lane;
        this.streams = streams;
        this.maker = maker;
        this.sent = from;
        this.acked = from;
    }

    /// All before this offset is durable on the other side.
    long acked() {
        return acked;
    }

    long tail() {
        return streams.find(name).map(info -> info.tail()).orElse(sent);
    }

    /// Whether something is to be sent now.
    boolean ready() {
        if (!parts.isEmpty()) {
            return true;
        }
        long waiting = tail() - sent;
        return waiting > 0 && (open.isEmpty() || more || waiting >= FULL_EVENTS);
    }

    boolean nothingOpen() {
        return open.isEmpty();
    }

    /// The next message.
    ///
    /// @param pieceBytes how much goes into one
    /// @return null if there is nothing after all
    @Nullable Message next(int pieceBytes) {
        if (parts.isEmpty()) {
            Run run = maker.run(streams, name, sent, history);
            if (run == null) {
                more = false;
                return null;
            }
            if (run.dropped() > toldDropped) {
                toldDropped = run.dropped();
                parts.addLast(new Dropped(number, run.dropped()));
            }
            cut(run, pieceBytes);
            sent = run.next();
            more = tail() > sent;
        }
        return parts.removeFirst();
    }

    private void cut(Run run, int pieceBytes) {
        Bytes data = run.data();
        // Whole if it is not much more than a piece: an answer for each costs, too.
        int first = data.length() <= 2 * pieceBytes ? data.length() : pieceBytes;
        parts.addLast(
                new Data(
                        number,
                        run.first(),
                        run.next(),
                        run.check(),
                        run.coding(),
                        run.rawBytes(),
                        first < data.length(),
                        data.slice(0, first)));
        int at = first;
        while (at < data.length()) {
            int length = Math.min(pieceBytes, data.length() - at);
            parts.addLast(new Part(number, at + length < data.length(), data.slice(at, length)));
            at += length;
        }
    }

    /// A message of this stream was given to the wire.
    void sent(Message message, Window.Sent how) {
        boolean whole =
                switch (message) {
                    case Data data -> !data.more();
                    case Part part -> !part.more();
                    case Dropped _ -> false;
                    default -> throw new IllegalArgumentException("not of a stream: " + message);
                };
        open.addLast(new Open(whole ? sent : -1, how));
    }

    /// The other side has a part. It says so at once, and so perhaps before it answers the whole run that came before.
    void heard(Window window, Instant now) {
        Open part =
                open.stream()
                        .filter(one -> one.next < 0)
                        .findFirst()
                        .orElseThrow(() ->
                                LinkException.broken(
                                        "an answer to nothing that was sent of " + name));
        open.remove(part);
        window.answered(part.sent, now);
    }

    /// No answers are expected any more.
    void forget(Window window) {
        open.forEach(one -> window.lost(one.sent));
        open.clear();
    }

    /// All before an offset is durable there.
    void acked(long tail, Window window, Instant now) {
        if (tail < acked || tail > sent) {
            throw LinkException.broken(
                    "%s is said to end at %d, where %d to %d was sent"
                            .formatted(name, tail, acked, sent));
        }
        acked = tail;
        // Parts of the run after that may be on their way already, or be answered: they are not
        // meant.
        List<Open> answered =
                open.stream().filter(one -> one.next >= 0 && one.next <= tail).toList();
        open.removeAll(answered);
        answered.forEach(one -> window.answered(one.sent, now));
    }
}
