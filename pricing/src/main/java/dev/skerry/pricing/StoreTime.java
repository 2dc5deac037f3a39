package dev.skerry.pricing;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/// Turns store-local limits into moments, each into one, so that daylight saving starts and ends nothing twice: a time that
/// comes twice means the first one, and one that is left out means the moment at which the clock jumps over it.
public final class StoreTime {

    private StoreTime() {}

    /// When a store-local time is.
    public static Instant moment(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        return local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    /// Whether something is in force.
    ///
    /// @param at in the store's zone
    /// @param to excluded
    public static boolean within(
            ZonedDateTime at, Optional<LocalDateTime> from, Optional<LocalDateTime> to) {
        return (from.isEmpty() || !moment(from.get(), at.getZone()).isAfter(at.toInstant()))
                && (to.isEmpty() || moment(to.get(), at.getZone()).isAfter(at.toInstant()));
    }
}
