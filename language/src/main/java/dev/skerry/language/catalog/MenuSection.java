package dev.skerry.language.catalog;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A part of the menu, and when it is served. Articles say to which they belong by [Article#menu]. Immutable.
///
/// @param name as guests read it, and as articles have it
/// @param place sections are shown in this order, and by name where it is the same
/// @param hours any of them is enough; none means always
public record MenuSection(String name, int place, List<Hours> hours) {

    /// Where a section stands of which headquarters has said nothing: after all others.
    private static final int LAST = Integer.MAX_VALUE;

    /// A part of certain weekdays, store-local. One that ends at or before the hour at which it begins lasts into the next day, and
    /// belongs to the day on which it began. Daylight saving begins and ends nothing twice.
    ///
    /// @param days at least one
    /// @param from included
    /// @param to excluded; equal to `from` means 24 hours
    public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
        public Hours {
            requireNonNull(from, "from");
            requireNonNull(to, "to");
            if (days.isEmpty()) {
                throw new IllegalArgumentException("hours are of one weekday or more");
            }
            days = new TreeSet<>(days);
        }

        /// On every day of the week.
        public static Hours daily(LocalTime from, LocalTime to) {
            return new Hours(EnumSet.allOf(DayOfWeek.class), from, to);
        }

        private Instant begin(LocalDate day, ZoneId zone) {
            return day.atTime(from).atZone(zone).toInstant();
        }

        private Instant end(LocalDate day, ZoneId zone) {
            return (to.isAfter(from) ? day : day.plusDays(1)).atTime(to).atZone(zone).toInstant();
        }

        private boolean includes(Instant at, LocalDate day, ZoneId zone) {
            return days.contains(day.getDayOfWeek())
                    && !begin(day, zone).isAfter(at)
                    && end(day, zone).isAfter(at);
        }
    }

    /// @throws IllegalArgumentException if it has no name
    public MenuSection {
        if (name.isBlank() || name.length() > Article.NAME_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a section's name has 1 to " + Article.NAME_LENGTH_MAX + " characters");
        }
        hours = List.copyOf(hours);
    }

    /// One of which headquarters has said nothing: always served.
    public static MenuSection unsaid(String name) {
        return new MenuSection(name, LAST, List.of());
    }

    /// @param zone of the store
    public boolean isServed(Instant at, ZoneId zone) {
        LocalDate today = at.atZone(zone).toLocalDate();
        return hours.isEmpty()
                || hours.stream()
                        .anyMatch(it ->
                                it.includes(at, today, zone)
                                        || it.includes(at, today.minusDays(1), zone));
    }
}
