package dev.skerry.store.reports;

import dev.skerry.context.Caller.Role;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import dev.skerry.store.reports.DayReport.Row;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Reports over HTTP: `GET /api/reports/{day}`, as JSON or with `?format=csv` for a spreadsheet. `today` is the business day that is
/// open.
public final class ReportsRoutes {

    private final Reports reports;
    private final Supplier<LocalDate> businessDay;

    public ReportsRoutes(Reports reports, Supplier<LocalDate> businessDay) {
        this.reports = reports;
        this.businessDay = businessDay;
    }

    /// What is served.
    public List<Operation> operations() {
        return List.of(
                Operation.of(
                                "GET",
                                "/api/reports/{day}",
                                "Shows how a business day went; today is the one that is open",
                                this::day)
                        .asking("format", "json, or csv for a spreadsheet")
                        .answering(DayReport.class)
                        .only(Role.CASHIER, Role.MANAGER));
    }

    private void day(Request request) throws IOException {
        DayReport report = reports.day(day(request.parameter("day")));
        Optional<String> format = Requests.parameter(request, "format");
        if (format.isEmpty() || format.get().equals("json")) {
            Requests.answer(request, 200, report);
        } else if (format.get().equals("csv")) {
            request.answer(
                    200, Map.of("Content-Type", "text/csv; charset=utf-8"), Bytes.of(csv(report)));
        } else {
            throw new HttpProblem(
                    400,
                    "no-such-format",
                    "There is no such format",
                    "a report comes as json or csv");
        }
    }

    private LocalDate day(String text) {
        if (text.equals("today")) {
            return businessDay.get();
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new HttpProblem(
                    400,
                    "malformed-request",
                    "That is no day",
                    "a day is written as 2026-03-01, or is today");
        }
    }

    /// RFC 4180, with amounts in major units.
    private static String csv(DayReport report) {
        StringBuilder csv =
                new StringBuilder("day,table,key,count,quantity,amount,tax,currency\r\n");
        lines(csv, report, "hour", report.byHour());
        lines(csv, report, "department", report.byDepartment());
        lines(csv, report, "cashier", report.byCashier());
        lines(csv, report, "source", report.bySource());
        lines(csv, report, "tax", report.byTax());
        lines(csv, report, "discount", report.byDiscount());
        lines(csv, report, "tender", report.byTender());
        return csv.toString();
    }

    private static void lines(StringBuilder csv, DayReport report, String table, List<Row> rows) {
        for (Row row : rows) {
            csv.append(
                    "%s,%s,%s,%d,%s,%s,%s,%s\r\n"
                            .formatted(
                                    report.day(),
                                    table,
                                    quoted(row.key()),
                                    row.count(),
                                    row.quantity(),
                                    row.amount().amount().toPlainString(),
                                    row.tax().amount().toPlainString(),
                                    row.amount().currency()));
        }
    }

    /// A text that a spreadsheet takes for a formula is not one.
    private static String quoted(String text) {
        String safe = !text.isEmpty() && "=+-@\t".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
