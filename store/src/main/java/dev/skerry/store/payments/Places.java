package dev.skerry.store.payments;

import dev.skerry.context.Handle;
import dev.skerry.language.payments.Place;
import java.time.LocalDate;
import java.util.Optional;

/// Tells where money counts: till, shift, business day.
final class Places {

    private final PaymentsTables tables;

    Places(PaymentsTables tables) {
        this.tables = tables;
    }

    /// Where it counts if it is taken now; empty if no business day is open.
    Optional<Place> now(Handle handle, String till) {
        return tables.openShift(handle, till)
                .map(shift -> new Place(till, shift.day(), shift.id(), false))
                .or(() ->
                        tables.lastDay(handle)
                                .filter(BusinessDay::open)
                                .map(day -> new Place(till, day.day(), null, false)));
    }

    /// Where it counts if it is taken now for this payment: what came late stays in its own day, and what is paid after its day was
    /// closed does, too.
    Place now(Handle handle, Payment payment, String till) {
        if (payment.place().late()) {
            return payment.place();
        }
        return now(handle, till)
                .orElseGet(() -> {
                    Place still = still(handle, payment.place());
                    return new Place(till, still.day(), still.shift(), still.late());
                });
    }

    /// The same place, and whether it is late by now.
    Place still(Handle handle, Place place) {
        String shift = place.shift();
        boolean over =
                shift == null
                        ? tables.day(handle, place.day()).filter(BusinessDay::open).isEmpty()
                        : tables.shift(handle, shift).filter(Shift::open).isEmpty();
        return new Place(place.till(), place.day(), shift, over);
    }

    /// Where a sale counts that says when it was made.
    ///
    /// @return empty if that day has not begun
    Optional<Place> then(Handle handle, String till, LocalDate day) {
        boolean begun = tables.lastDay(handle).filter(last -> !day.isAfter(last.day())).isPresent();
        if (!begun) {
            return Optional.empty();
        }
        String shift = tables.lastShift(handle, till, day).map(Shift::id).orElse(null);
        return Optional.of(still(handle, new Place(till, day, shift, false)));
    }
}
