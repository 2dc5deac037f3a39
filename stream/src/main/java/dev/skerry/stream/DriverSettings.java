package dev.skerry.stream;

import java.time.Duration;

/// How a [Driver] waits.
///
/// @param idleMax the longest pause of something that is caught up, in case news of it got lost
/// @param backOffMin the pause after the first hindrance, before jitter; doubled with each further one
/// @param backOffMax the longest pause after a hindrance
public record DriverSettings(Duration idleMax, Duration backOffMin, Duration backOffMax) {

    public DriverSettings {
        if (!idleMax.isPositive()
                || !backOffMin.isPositive()
                || backOffMax.compareTo(backOffMin) < 0) {
            throw new IllegalArgumentException(
                    "pauses are positive, and backOffMax is not below backOffMin");
        }
    }

    public static DriverSettings defaults() {
        return new DriverSettings(
                Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofSeconds(30));
    }

    /// The pause after so many hindrances in a row, before jitter.
    ///
    /// @param hindrances 1 or more
    public Duration backOff(int hindrances) {
        int doublings = Math.min(hindrances - 1, 30);
        Duration pause = backOffMin.multipliedBy(1L << doublings);
        return pause.compareTo(backOffMax) < 0 ? pause : backOffMax;
    }
}
