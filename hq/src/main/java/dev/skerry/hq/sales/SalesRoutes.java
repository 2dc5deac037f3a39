package dev.skerry.hq.sales;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.skerry.context.Caller.Role;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.hq.sales.Sales.By;
import dev.skerry.hq.sales.Sales.Made;
import dev.skerry.hq.sales.Sales.Now;
import dev.skerry.hq.sales.Sales.Row;
import dev.skerry.hq.sales.Sales.StoreDay;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the chain sells, over HTTP.
public final class SalesRoutes {

    private static final int ROWS = 100;
    private static final int CSV_PAGE = 200;
    private static final String XML = "application/xml; charset=utf-8";
    private static final int DAYS_BACK_MAX = 400;

    private static final Role[] READERS = {
        Role.ADMIN, Role.ANALYST, Role.ACCOUNTANT, Role.MERCHANT
    };

    private final Sales sales;

    public SalesRoutes(Sales sales) {
        this.sales = requireNonNull(sales, "sales");
    }

    /// What is served.
    public List<Operation> operations() {
        return List.of(
                Operation.of(
                                "GET",
                                "/api/sales/now",
                                "Shows what is sold so far today, against an earlier day at the same time",
                                this::now)
                        .asking(
                                "against",
                                "so many days back: 1 for yesterday, which it is if left out; 7 for the same weekday")
                        .asking("stores", "true: each store, too")
                        .answering(Now.class)
                        .only(READERS),
                Operation.of(
                                "GET",
                                "/api/sales",
                                "Sums sales of some days: by day, store, hour, department, article and so on",
                                this::sums)
                        .asking("by", "one of " + words() + "; day if left out")
                        .asking("from", "the first business day, such as 2026-03-02")
                        .asking("to", "the last one; the first if left out")
                        .asking("store", "its id; all if left out")
                        .asking(
                                "max",
                                "at most so many rows, 1 to %d; %d if left out"
                                        .formatted(Sales.ROWS_MAX, ROWS))
                        .listing("rows", Row.class)
                        .only(READERS),
                Operation.of(
                                "GET",
                                "/api/sales/{store}/{day}",
                                "Shows how a day of a store went, with its Z reports",
                                this::day)
                        .answering(StoreDay.class)
                        .only(READERS),
                Operation.of(
                                "GET",
                                "/api/transactions",
                                "Reads all sales, and what took sales back, as POSLog in the order in which HQ took them",
                                this::transactions)
                        .asking("after", "the next of the page before; 0 from the beginning")
                        .asking("max", "at most so many, 1 to " + Sales.SALES_MAX)
                        .asking("format", "json, or xml")
                        .answering(Sales.Transactions.class)
                        .only(READERS),
                Operation.of(
                                "GET",
                                "/api/transactions/{store}/{order}",
                                "Shows a sale as POSLog",
                                this::transaction)
                        .asking("format", "json, or xml")
                        .answering(PosLog.Transaction.class)
                        .only(READERS),
                Operation.of(
                                "GET",
                                "/api/files/{day}/lines.csv",
                                "A file of all line items that were sold on a business day",
                                this::lines)
                        .asking("store", "its id; all if left out")
                        .only(READERS));
    }

    private static String words() {
        return Arrays.stream(By.values()).map(SalesRoutes::word).collect(Collectors.joining(", "));
    }

    private static String word(By by) {
        return by.name().toLowerCase(Locale.ROOT);
    }

    private void now(Request request) throws IOException {
        Now now = sales.now(number(request, "against", 1, DAYS_BACK_MAX));
        boolean stores = Requests.parameter(request, "stores").filter("true"::equals).isPresent();
        Requests.answer(request, 200, stores ? now : new Now(now.at(), now.sums(), List.of()));
    }

    private void sums(Request request) throws IOException {
        By by = Requests.parameter(request, "by").map(SalesRoutes::by).orElse(By.DAY);
        LocalDate from =
                Requests.parameter(request, "from")
                        .map(it -> day("from", it))
                        .orElseThrow(() -> malformed("from is missing: the first business day"));
        LocalDate to = Requests.parameter(request, "to").map(it -> day("to", it)).orElse(from);
        Requests.answer(
                request,
                "rows",
                sales.sums(
                        by,
                        from,
                        to,
                        Requests.parameter(request, "store")
                                .filter(it -> !it.isEmpty())
                                .orElse(null),
                        number(request, "max", ROWS, Sales.ROWS_MAX)));
    }

    private static By by(String word) {
        return Arrays.stream(By.values())
                .filter(it -> word(it).equals(word))
                .findFirst()
                .orElseThrow(
                        () -> malformed("by is one of %s, not \"%s\"".formatted(words(), word)));
    }

    private void day(Request request) throws IOException {
        Requests.answer(
                request,
                200,
                sales.day(request.parameter("store"), day("day", request.parameter("day"))));
    }

    // ---- for other systems

    private void transactions(Request request) throws IOException {
        Sales.Transactions page =
                sales.transactions(after(request), number(request, "max", ROWS, Sales.SALES_MAX));
        if (isXml(request)) {
            request.answer(
                    200,
                    Map.of(
                            "Content-Type",
                            XML,
                            "Skerry-Next",
                            String.valueOf(page.next()),
                            "Skerry-Up-To-Date",
                            String.valueOf(page.upToDate())),
                    Bytes.of(PosLogXml.write(page.transactions())));
        } else {
            Requests.answer(request, 200, page);
        }
    }

    private void transaction(Request request) throws IOException {
        String store = request.parameter("store");
        String order = request.parameter("order");
        PosLog.Transaction found =
                sales.sale(store, order)
                        .map(it -> PosLog.sale(it.order()))
                        .orElseThrow(() ->
                                new HttpProblem(
                                        404,
                                        "no-such-sale",
                                        "There is no such sale",
                                        "HQ knows of no %s of store %s".formatted(order, store)));
        if (isXml(request)) {
            request.answer(
                    200, Map.of("Content-Type", XML), Bytes.of(PosLogXml.write(List.of(found))));
        } else {
            Requests.answer(request, 200, found);
        }
    }

    private static boolean isXml(Request request) {
        String format = Requests.parameter(request, "format").orElse("json");
        return switch (format) {
            case "json" -> false;
            case "xml" -> true;
            default -> throw malformed("format is json or xml, not \"%s\"".formatted(format));
        };
    }

    private static long after(Request request) {
        try {
            long after = Requests.parameter(request, "after").map(Long::parseLong).orElse(0L);
            if (after >= 0) {
                return after;
            }
        } catch (NumberFormatException e) {
            // As below.
        }
        throw malformed("after is a number from 0 on");
    }

    /// Written as it is read: a day of a chain fits no memory.
    private void lines(Request request) throws IOException {
        LocalDate day = day("day", request.parameter("day"));
        List<String> stores =
                Requests.parameter(request, "store")
                        .filter(it -> !it.isEmpty())
                        .map(List::of)
                        .orElseGet(() -> sales.stores(day));
        Map<String, String> headers =
                Map.of(
                        "Content-Type",
                        "text/csv; charset=utf-8; header=present",
                        "Content-Disposition",
                        "attachment; filename=\"lines-%s.csv\"".formatted(day));
        if (request.method().equals("HEAD")) {
            request.answer(200, headers, Bytes.EMPTY);
            return;
        }
        try (OutputStream out = request.startStreaming(200, headers)) {
            out.write(SalesCsv.HEAD.getBytes(UTF_8));
            for (String store : stores) {
                long from = 0;
                List<Made> page = sales.sales(store, day, from, CSV_PAGE);
                while (!page.isEmpty()) {
                    for (Made one : page) {
                        out.write(
                                SalesCsv.rows(PosLog.sale(one.order()), one.voided())
                                        .getBytes(UTF_8));
                    }
                    from = page.getLast().offset() + 1;
                    page = sales.sales(store, day, from, CSV_PAGE);
                }
            }
        }
    }

    private static LocalDate day(String name, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw malformed("%s is a day such as 2026-03-02, not \"%s\"".formatted(name, text));
        }
    }

    private static int number(Request request, String name, int otherwise, int most) {
        Optional<String> text = Requests.parameter(request, name);
        try {
            int number = text.map(Integer::parseInt).orElse(otherwise);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // As below.
        }
        throw malformed("%s is 1 to %d".formatted(name, most));
    }

    private static HttpProblem malformed(String why) {
        return new HttpProblem(400, "malformed-request", "The request cannot be read", why);
    }
}
