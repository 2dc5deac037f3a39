package dev.skerry.node.link;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// How much may be on its way: as much as keeps the line full and little more, so that a sale never waits long behind bulk.
///
/// The rule is that of BBR in short: what the line was seen to carry at best lately, for the line's own delay and [#QUEUE] more. The line's
/// own delay is seen only by what goes alone, so every now and then the line is let run empty. Where more fits than is allowed, the
/// next measurement shows it, and the window grows. For one thread.
final class Window {

    /// How long something may wait in the line's own queues.
    static final Duration QUEUE = Duration.ofMillis(100);

    static final int BYTES_MIN = 2 * 1024;

    private static final int BYTES_FIRST = 64 * 1024;
    private static final int PIECE_BYTES_MAX = 64 * 1024;

    /// Measurements older than this no longer count.
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    /// Something sent.
    ///
    /// @param deliveredBefore how many bytes had been answered when it was sent
    /// @param alone nothing else was on its way
    record Sent(int bytes, Instant at, long deliveredBefore, boolean alone) {}

    private record Measured(Instant at, double bytesPerSecond, Duration delay) {}

    private final int bytesMax;
    private final Deque<Measured> measured = new ArrayDeque<>();
    private final Deque<Sent> open = new ArrayDeque<>();
    private int bytes;
    private int onItsWay;
    private long delivered;

    /// The line's own delay, and when it was seen.
    private @Nullable Duration own;

    private @Nullable Instant ownSeenAt;
    private boolean runsEmpty;

    /// @param bytesMax what the other side takes at most
    Window(int bytesMax) {
        this.bytesMax = Math.max(bytesMax, BYTES_MIN);
        this.bytes = Math.min(BYTES_FIRST, this.bytesMax);
    }

    /// Whether more may be sent.
    boolean open() {
        return runsEmpty ? onItsWay == 0 : onItsWay < bytes;
    }

    boolean idle() {
        return onItsWay == 0;
    }

    /// The largest piece to send at once.
    int pieceBytes() {
        return Math.clamp(bytes / 4, BYTES_MIN / 2, PIECE_BYTES_MAX);
    }

    Sent sent(int count, Instant now) {
        boolean alone = onItsWay == 0;
        runsEmpty &= !alone;
        Sent sent = new Sent(count, now, delivered, alone);
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
        remember(now, (delivered - sent.deliveredBefore) / seconds, delay);
        double best = bytesPerSecond();
        seeOwn(sent, delay, best, now);
        double fits = best * (double) requireNonNull(own).plus(QUEUE).toNanos() / 1e9;
        // A line on which only single events went has shown nothing of what it can carry: that is
        // no reason to allow less.
        if (fits > bytes || onItsWay > bytes / 2) {
            bytes = (int) Math.clamp(fits, BYTES_MIN, bytesMax);
        }
    }

    /// The best of every half second.
    private void remember(Instant now, double bytesPerSecond, Duration delay) {
        Measured last = measured.peekLast();
        if (last != null && !now.isAfter(last.at.plus(REMEMBERED.dividedBy(20)))) {
            measured.removeLast();
            measured.addLast(
                    new Measured(
                            last.at,
                            Math.max(last.bytesPerSecond, bytesPerSecond),
                            delay.compareTo(last.delay) < 0 ? delay : last.delay));
        } else {
            measured.addLast(new Measured(now, bytesPerSecond, delay));
        }
        while (measured.getFirst().at.isBefore(now.minus(REMEMBERED))) {
            measured.removeFirst();
        }
    }

    private void seeOwn(Sent sent, Duration delay, double best, Instant now) {
        Instant seenAt = ownSeenAt;
        if (own == null || delay.compareTo(own) < 0) {
            own = delay;
            ownSeenAt = now;
        } else if (sent.alone) {
            // What it took to get all of it onto the line is not the line's own.
            own =
                    delay.minusNanos(
                            (long) Math.min(sent.bytes * 1e9 / best, (double) delay.toNanos()));
            ownSeenAt = now;
        } else if (seenAt != null && now.isAfter(seenAt.plus(REMEMBERED))) {
            runsEmpty = true;
        }
    }

    /// It will not be answered.
    void lost(Sent sent) {
        if (open.remove(sent)) {
            onItsWay -= sent.bytes;
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
        double best = 0;
        for (Measured one : measured) {
            best = Math.max(best, one.bytesPerSecond);
        }
        return best;
    }
}
