package dev.skerry.pricing;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;

/// A part of certain weekdays. One that ends at or before the hour it begins at lasts into the next day, and belongs to the
/// day on which it began: Friday 22:00 to 02:00 includes Saturday 01:59.
///
/// @param days at least one
/// @param from included
/// @param to excluded; equal to `from` means 24 hours
public record TimeWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

    public TimeWindow {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("at least one weekday");
        }
        days = java.util.Collections.unmodifiableSet(EnumSet.copyOf(days));
    }

    boolean includes(ZonedDateTime at) {
        LocalDate today = at.toLocalDate();
        return includes(at, today) || (!to.isAfter(from) && includes(at, today.minusDays(1)));
    }

    private boolean includes(ZonedDateTime at, LocalDate began) {
        if (!days.contains(began.getDayOfWeek())) {
            return false;
        }
        LocalDate ends = to.isAfter(from) ? began : began.plusDays(1);
        return !StoreTime.moment(began.atTime(from), at.getZone()).isAfter(at.toInstant())
                && StoreTime.moment(ends.atTime(to), at.getZone()).isAfter(at.toInstant());
    }
}
