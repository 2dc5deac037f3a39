package dev.skerry.app.line;

import java.time.Duration;
import java.util.Locale;

/// How fast and how far one direction of a line is.
///
/// @param bytesPerSecond shared by all connections, at least 1; [#UNLIMITED] for as fast as it goes
/// @param delay from one end to the other; limits no throughput
public record Shape(long bytesPerSecond, Duration delay) {

    public static final long UNLIMITED = Long.MAX_VALUE;

    /// As if there were no line.
    public static final Shape NONE = new Shape(UNLIMITED, Duration.ZERO);

    /// What a packet carries at most; larger pieces only where the line takes more than that in a millisecond.
    private static final int PACKET_BYTES = 1460;

    private static final int PIECE_BYTES_MAX = 64 * 1024;

    /// What waits before a line that is full, such as in a router: bulk holds up the rest for so long.
    private static final Duration QUEUE = Duration.ofMillis(100);

    private static final long UNLIMITED_WINDOW_BYTES = 256 * 1024;
    private static final long UNLIMITED_DELAYED_WINDOW_BYTES = 4 * 1024 * 1024;

    /// @throws IllegalArgumentException if that is no line
    public Shape {
        if (bytesPerSecond < 1 || delay.isNegative()) {
            throw new IllegalArgumentException(
                    "a line carries at least 1 byte/s and none arrives before it was sent");
        }
    }

    /// How much is sent at once: small enough that a slow line trickles.
    int pieceBytes() {
        long most = Math.max(PACKET_BYTES, bytesPerSecond / 1000);
        return (int) Math.clamp(bytesPerSecond / 10, 1, Math.min(most, PIECE_BYTES_MAX));
    }

    /// How much of one connection may be on the line, or waiting before it.
    long windowBytes() {
        if (bytesPerSecond == UNLIMITED) {
            return delay.isZero() ? UNLIMITED_WINDOW_BYTES : UNLIMITED_DELAYED_WINDOW_BYTES;
        }
        double seconds = delay.plus(QUEUE).toNanos() / 1e9;
        return Math.max(1, (long) (bytesPerSecond * seconds));
    }

    /// How long the line is busy with so much.
    long nanos(int bytes) {
        return bytesPerSecond == UNLIMITED ? 0 : (long) (bytes * 1e9 / bytesPerSecond);
    }

    @Override
    public String toString() {
        return (bytesPerSecond == UNLIMITED
                        ? "any number of"
                        : String.format(Locale.ROOT, "%,d", bytesPerSecond))
                + " bytes/s, "
                + delay.toMillis()
                + " ms of delay";
    }
}
