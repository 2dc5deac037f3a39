package dev.skerry.store.payments;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A day as the cash office counts it: from opening to closing, whatever the clock says.
///
/// @param closedAt null while it is open
public record BusinessDay(
        LocalDate day, Instant openedAt, String openedBy, @Nullable Instant closedAt) {

    boolean open() {
        return closedAt == null;
    }
}
