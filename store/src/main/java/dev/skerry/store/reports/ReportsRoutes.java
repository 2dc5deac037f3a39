package dev.skerry.store.reports;

import dev.skerry.context.Caller.Role;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import dev.skerry.store.reports.DayReport.Row;
import dev.skerry.store.reports.ExceptionEntry.Kind;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
                                "Shows how a business day went, or several together; today is the one that is open",
                                this::day)
                        .asking(
                                "until",
                                "the last day, at most %d with the first; the first if left out"
                                        .formatted(DayReport.DAYS_MAX))
                        .asking("format", "json, or csv for a spreadsheet")
                        .answering(DayReport.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/exceptions",
                                "Lists what was out of the ordinary: voids, returns, discounts, no-sales, approvals, drawers, devices; the last first, %d at most"
                                        .formatted(ExceptionSearch.LISTED_MAX),
                                this::exceptions)
                        .asking("day", "such as 2026-03-01; the open business day if left out")
                        .asking(
                                "until",
                                "the last day, at most %d with the first; the first if left out"
                                        .formatted(ExceptionSearch.DAYS_MAX))
                        .asking("kind", "one or several, separated by commas, such as VOID,NO_SALE")
                        .asking("person", "the number of who did it, or allowed it")
                        .asking("device", "such as till-1")
                        .asking("shift", "the id of a shift; then of any day if none is said")
                        .listing("entries", ExceptionEntry.class)
                        .only(Role.MANAGER));
    }

    private void exceptions(Request request) throws IOException {
        Optional<String> shift = Requests.parameter(request, "shift");
        LocalDate day =
                Requests.parameter(request, "day")
                        .map(this::day)
                        .or(() ->
                                shift.isPresent()
                                        ? Optional.empty()
                                        : Optional.of(businessDay.get()))
                        .orElse(null);
        ExceptionSearch search;
        try {
            search =
                    new ExceptionSearch(
                            day,
                            Requests.parameter(request, "until").map(this::day).orElse(day),
                            Requests.parameter(request, "kind")
                                    .map(ReportsRoutes::kinds)
                                    .orElse(Set.of()),
                            Requests.parameter(request, "person").orElse(null),
                            Requests.parameter(request, "device").orElse(null),
                            shift.orElse(null));
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
        Requests.answer(request, "entries", reports.exceptions(search));
    }

    private static Set<Kind> kinds(String text) {
        try {
            return Arrays.stream(text.split(",")).map(Kind::valueOf).collect(Collectors.toSet());
        } catch (IllegalArgumentException _) {
            throw malformed(
                    "a kind is one of %s, not \"%s\""
                            .formatted(Arrays.toString(Kind.values()), text));
        }
    }

    private static HttpProblem malformed(String detail) {
        return new HttpProblem(
                400, "malformed-request", "The request is not what this takes", detail);
    }

    private void day(Request request) throws IOException {
        LocalDate day = day(request.parameter("day"));
        LocalDate until = Requests.parameter(request, "until").map(this::day).orElse(day);
        DayReport report;
        try {
            report = reports.days(day, until);
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
        Optional<String> format = Requests.parameter(request, "format");
        if (format.isEmpty() || format.get().equals("json")) {
            Requests.answer(request, 200, report);
        } else if (format.get().equals("csv")) {
            String name = until.equals(day) ? day.toString() : day + "_" + until;
            request.answer(
                    200,
                    Map.of(
                            "Content-Type",
                            "text/csv; charset=utf-8",
                            "Content-Disposition",
                            "attachment; filename=\"report-" + name + ".csv\""),
                    Bytes.of(csv(report)));
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

    /// RFC 4180, with amounts in major units; each day by itself, so that a spreadsheet can make of it what it likes.
    private String csv(DayReport all) {
        StringBuilder csv =
                new StringBuilder("day,table,key,count,quantity,amount,tax,currency\r\n");
        for (Row day : all.byDay()) {
            DayReport report = reports.day(LocalDate.parse(day.key()));
            lines(csv, report, "total", report.byDay());
            lines(csv, report, "hour", report.byHour());
            lines(csv, report, "department", report.byDepartment());
            lines(csv, report, "cashier", report.byCashier());
            lines(csv, report, "source", report.bySource());
            lines(csv, report, "tax", report.byTax());
            lines(csv, report, "discount", report.byDiscount());
            lines(csv, report, "tender", report.byTender());
        }
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
        String safe =
                !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
