package dev.skerry.store.payments;

import dev.skerry.language.Money;
import dev.skerry.language.payments.TenderTakings;
import java.util.List;

/// What was taken in a span of time: the same sums that a Z is made of.
///
/// @param payments how many were completed
/// @param rounding what paying in cash added to totals
/// @param drawer float + cash received − cash refunded + paid in − paid out − picked up
public record Takings(
        int payments,
        List<TenderTakings> byTender,
        Money rounding,
        Money cashFloat,
        Money paidIn,
        Money paidOut,
        Money pickedUp,
        Money drawer) {

    public Takings {
        byTender = List.copyOf(byTender);
    }
}
