package dev.skerry.store.kitchen;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// By when a station should be done with a ticket, and in which colour that is shown.
///
/// @param late from when on it is late
/// @param overdue from when on it is overdue; longer than late
/// @param stations those with other times
public record Timing(Duration late, Duration overdue, Map<String, Timing> stations) {

    /// How a ticket is shown.
    public enum Colour {
        NORMAL,
        LATE,
        OVERDUE
    }

    public Timing {
        requireNonNull(late, "late");
        stations = Map.copyOf(stations);
        if (late.isNegative() || overdue.compareTo(late) <= 0) {
            throw new IllegalArgumentException(
                    "a ticket is late first, and overdue after: %s, %s".formatted(late, overdue));
        }
    }

    /// Five and ten minutes.
    public static Timing standard() {
        return new Timing(Duration.ofMinutes(5), Duration.ofMinutes(10), Map.of());
    }

    /// The times of a station.
    Timing of(String station) {
        return stations.getOrDefault(station, this);
    }

    Instant lateAt(String station, Instant fired) {
        return fired.plus(of(station).late);
    }

    Instant overdueAt(String station, Instant fired) {
        return fired.plus(of(station).overdue);
    }

    Colour colour(String station, Instant fired, Instant now) {
        if (now.isBefore(lateAt(station, fired))) {
            return Colour.NORMAL;
        }
        return now.isBefore(overdueAt(station, fired)) ? Colour.LATE : Colour.OVERDUE;
    }
}
