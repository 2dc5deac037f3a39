package dev.skerry.store.payments;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Which money is meant. What is null does not matter.
///
/// @param late true for what came after the Z, false for what is in it
public record Span(
        @Nullable LocalDate day,
        @Nullable String till,
        @Nullable String shift,
        @Nullable Boolean late) {

    public static Span ofShift(String shift) {
        return new Span(null, null, shift, null);
    }

    public static Span ofDay(LocalDate day) {
        return new Span(day, null, null, null);
    }

    /// What counts in a Z, and nothing that came later.
    public Span onTime() {
        return new Span(day, till, shift, false);
    }

    /// What came after the Z.
    public Span afterwards() {
        return new Span(day, till, shift, true);
    }
}
