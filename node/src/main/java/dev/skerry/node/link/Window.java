package dev.skerry.node.link;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// How much may be on its way: as much as keeps the line full and little more, so that a sale never waits long behind bulk.
///
/// The rule is that of BBR in short: the line carries what it was seen to carry at best lately, and its delay is the shortest
/// seen lately; what fills it for that delay and [#QUEUE] more may be on its way. Where more fits than is allowed, the next
/// measurement shows it, and the window grows. For one thread.
final class Window {

    /// How long something may wait in the line's own queues.
    static final Duration QUEUE = Duration.ofMillis(100);

    static final int BYTES_MIN = 2 * 1024;

    private static final int BYTES_FIRST = 64 * 1024;

    /// Measurements older than this no longer count.
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    /// Something sent.
    ///
    /// @param deliveredBefore how many bytes had been answered when it was sent
    record Sent(int bytes, Instant at, long deliveredBefore) {}

    private record Measured(Instant at, double bytesPerSecond, Duration delay) {}

    private final int bytesMax;
    private final Deque<Measured> measured = new ArrayDeque<>();
    private int bytes = BYTES_FIRST;
    private int onItsWay;
    private long delivered;
    private final Deque<Sent> open = new ArrayDeque<>();

    /// @param bytesMax what the other side takes at most
    Window(int bytesMax) {
        this.bytesMax = bytesMax;
        this.bytes = Math.min(BYTES_FIRST, bytesMax);
    }

    /// Starts smaller, on a line on which the last wire stood still.
    void startAt(int first) {
        bytes = Math.clamp(first, BYTES_MIN, bytesMax);
    }

    boolean open() {
        return onItsWay < bytes;
    }

    boolean idle() {
        return onItsWay == 0;
    }

    /// The largest piece to send at once.
    int pieceBytes() {
        return Math.clamp(bytes / 4, BYTES_MIN / 2, 64 * 1024);
    }

    Sent sent(int count, Instant now) {
        Sent sent = new Sent(count, now, delivered);
        onItsWay += count;
        open.addLast(sent);
        return sent;
    }

    /// It was answered.
    void answered(Sent sent, Instant now) {
        open.remove(sent);
        onItsWay -= sent.bytes;
        delivered += sent.bytes;
        Duration delay = Duration.between(sent.at, now);
        if (delay.isNegative()) {
            // The clock was set back; this measured nothing.
            return;
        }
        double seconds = Math.max(delay.toNanos(), 1_000) / 1e9;
        measured.addLast(new Measured(now, (delivered - sent.deliveredBefore) / seconds, delay));
        while (measured.size() > 1 && measured.getFirst().at.isBefore(now.minus(REMEMBERED))) {
            measured.removeFirst();
        }
        adapt();
    }

    /// It will not be answered.
    void lost(Sent sent) {
        if (open.remove(sent)) {
            onItsWay -= sent.bytes;
        }
    }

    private void adapt() {
        double best = 0;
        Duration shortest = measured.getFirst().delay;
        for (Measured one : measured) {
            best = Math.max(best, one.bytesPerSecond);
            shortest = one.delay.compareTo(shortest) < 0 ? one.delay : shortest;
        }
        double fits = best * shortest.plus(QUEUE).toNanos() / 1e9;
        // A line on which only single events went has shown nothing of what it can carry: that is
        // no reason to allow less.
        if (fits > bytes || onItsWay > bytes / 2) {
            bytes = (int) Math.clamp(fits, BYTES_MIN, bytesMax);
        }
    }

    /// When the oldest of what has not been answered was sent.
    @Nullable Instant waitingSince() {
        return open.isEmpty() ? null : open.getFirst().at;
    }

    int bytes() {
        return bytes;
    }

    int onItsWay() {
        return onItsWay;
    }

    /// The shortest delay seen lately; null before the first answer.
    @Nullable Duration delay() {
        return measured.stream().map(Measured::delay).min(Duration::compareTo).orElse(null);
    }

    /// What the line was seen to carry at best lately, in bytes a second; 0 if not known.
    double bytesPerSecond() {
        return measured.stream().mapToDouble(Measured::bytesPerSecond).max().orElse(0);
    }
}
