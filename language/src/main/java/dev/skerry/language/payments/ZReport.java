package dev.skerry.language.payments;

import dev.skerry.language.Money;
import java.time.LocalDate;
import java.util.List;

/// The end of a shift at a till, as it was then and as it will always be. What counts in the shift and came later is not in it.
///
/// @param number counts from 1 at each till, without a gap
/// @param payments how many were completed
/// @param takings by tender
/// @param rounding what paying in cash added to the totals of orders; negative if it took off
/// @param cashFloat in the drawer at the start
/// @param expectedCash float + cash received − cash refunded + paid in − paid out − picked up
/// @param overShort counted − expected
public record ZReport(
        String till,
        int number,
        String shift,
        LocalDate day,
        String openedBy,
        String closedBy,
        int payments,
        List<TenderTakings> takings,
        Money rounding,
        Money cashFloat,
        Money paidIn,
        Money paidOut,
        Money pickedUp,
        Money expectedCash,
        Money countedCash,
        Money overShort) {

    public ZReport {
        takings = List.copyOf(takings);
    }
}
