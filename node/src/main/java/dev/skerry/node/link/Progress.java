package dev.skerry.node.link;

import dev.skerry.node.link.LinkStatus.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The watchdog of one stream: tells getting on from standing still. For one thread.
final class Progress {

    /// A stream that is behind and has not moved for so long is stuck.
    static final Duration STUCK_AFTER = Duration.ofSeconds(10);

    /// How far back speed is measured.
    private static final Duration MEASURED_OVER = Duration.ofSeconds(5);

    private long cursor;
    private @Nullable Instant movedAt;
    private long measuredFrom;
    private @Nullable Instant measuredSince;
    private double eventsPerSecond;

    /// Looks at the stream.
    State look(long nowAt, long tail, boolean connected, Instant now) {
        if (movedAt == null || nowAt != cursor || nowAt >= tail) {
            movedAt = now;
        }
        cursor = nowAt;
        measure(now);
        if (!connected) {
            movedAt = now;
            return State.OFFLINE;
        }
        if (nowAt >= tail) {
            return State.UP_TO_DATE;
        }
        return now.isAfter(movedAt.plus(STUCK_AFTER)) ? State.STUCK : State.DRAINING;
    }

    private void measure(Instant now) {
        Instant since = measuredSince;
        if (since == null || now.isBefore(since) || cursor < measuredFrom) {
            measuredSince = now;
            measuredFrom = cursor;
        } else if (now.isAfter(since.plus(MEASURED_OVER))) {
            eventsPerSecond =
                    (cursor - measuredFrom) * 1e9 / Duration.between(since, now).toNanos();
            measuredSince = now;
            measuredFrom = cursor;
        }
    }

    /// @return null if it is not moving, or not known
    @Nullable Duration timeLeft(long tail) {
        return eventsPerSecond > 0 && tail > cursor
                ? Duration.ofMillis((long) ((tail - cursor) * 1000 / eventsPerSecond))
                : null;
    }
}
