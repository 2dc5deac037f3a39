package dev.skerry.store.reports;

import dev.skerry.store.reports.ExceptionEntry.Kind;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which exceptions are wanted. What is empty or null does not matter.
///
/// @param from the first calendar day; null with `until` where a shift is asked for, which may be of any day
/// @param until the last, at most [#DAYS_MAX] with the first
/// @param person who did it, or allowed it
public record ExceptionSearch(
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        Set<Kind> kinds,
        @Nullable String person,
        @Nullable String device,
        @Nullable String shift) {

    /// More days are not listed at once.
    public static final int DAYS_MAX = 31;

    /// The most that are listed, the last first.
    public static final int LISTED_MAX = 500;

    public ExceptionSearch {
        kinds = Set.copyOf(kinds);
        if (from == null || until == null) {
            if (shift == null) {
                throw new IllegalArgumentException("say the days, or the shift");
            }
        } else if (until.isBefore(from) || until.isAfter(from.plusDays(DAYS_MAX - 1))) {
            throw new IllegalArgumentException(
                    "the days listed are 1 to %d, not %s to %s".formatted(DAYS_MAX, from, until));
        }
    }
}
