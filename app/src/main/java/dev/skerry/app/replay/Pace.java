package dev.skerry.app.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How fast the past goes by. Any thread.
///
/// @param speed how many times as fast as it was; 0 for as fast as it goes
/// @param began when the replay began
/// @param first moment of what is replayed
record Pace(double speed, Instant began, Instant first, InstantSource clock) {

    static final double FULL = 0;

    boolean isDue(Sale sale, Site site) {
        if (speed == FULL) {
            return true;
        }
        Duration then = Duration.between(first, sale.time().atZone(site.time()).toInstant());
        Duration now = Duration.between(began, clock.instant());
        return now.toMillis() * speed >= then.toMillis();
    }
}
