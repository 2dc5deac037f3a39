package dev.skerry.hq.sales;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Caller.Role;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.hq.sales.Sales.By;
import dev.skerry.hq.sales.Sales.Now;
import dev.skerry.hq.sales.Sales.Row;
import dev.skerry.hq.sales.Sales.StoreDay;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the chain sells, over HTTP.
public final class SalesRoutes {

    private static final int ROWS = 100;
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
