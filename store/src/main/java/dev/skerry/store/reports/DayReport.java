package dev.skerry.store.reports;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import java.time.LocalDate;
import java.util.List;

/// The figures of a business day. Rows of a table stand in the order of their keys.
///
/// @param orders that were paid and stand, returns among them
/// @param voids taken back whole, which count nowhere else
/// @param total of the receipts: what customers owed, less what they got back
/// @param rounding what paying in cash added to it
/// @param byTender what was kept: cash is less the change; the sum is total + rounding
public record DayReport(
        LocalDate day,
        long orders,
        long voids,
        Money total,
        Money tax,
        Money discounts,
        Money rounding,
        List<Row> byHour,
        List<Row> byDepartment,
        List<Row> byCashier,
        List<Row> bySource,
        List<Row> byTax,
        List<Row> byDiscount,
        List<Row> byTender) {

    /// One line of a table.
    ///
    /// @param count of orders; of lines for departments, of times for discounts and tenders
    /// @param quantity of articles, whatever their units; zero where that means nothing
    /// @param tax in it, where that is known by rate; else zero
    public record Row(String key, long count, Quantity quantity, Money amount, Money tax) {}

    public DayReport {
        byHour = List.copyOf(byHour);
        byDepartment = List.copyOf(byDepartment);
        byCashier = List.copyOf(byCashier);
        bySource = List.copyOf(bySource);
        byTax = List.copyOf(byTax);
        byDiscount = List.copyOf(byDiscount);
        byTender = List.copyOf(byTender);
    }
}
