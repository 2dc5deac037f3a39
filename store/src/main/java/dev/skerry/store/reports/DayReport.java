package dev.skerry.store.reports;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import java.time.LocalDate;
import java.util.List;

/// The figures of a business day, or of several. Rows of a table stand in the order of their keys.
///
/// @param day the first
/// @param until the last; the same where it is one
/// @param orders that were paid and stand, returns among them
/// @param voids taken back whole, which count nowhere else
/// @param total of the receipts: what customers owed, less what they got back
/// @param rounding what paying in cash added to it
/// @param byDay the totals of each day on which something was sold
/// @param byTender what was kept: cash is less the change; the sum is total + rounding
public record DayReport(
        LocalDate day,
        LocalDate until,
        long orders,
        long voids,
        Money total,
        Money tax,
        Money discounts,
        Money rounding,
        List<Row> byDay,
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

    /// The most days of which there is one report.
    public static final int DAYS_MAX = 366;

    public DayReport {
        byDay = List.copyOf(byDay);
        byHour = List.copyOf(byHour);
        byDepartment = List.copyOf(byDepartment);
        byCashier = List.copyOf(byCashier);
        bySource = List.copyOf(bySource);
        byTax = List.copyOf(byTax);
        byDiscount = List.copyOf(byDiscount);
        byTender = List.copyOf(byTender);
    }
}
