package dev.skerry.hq.stock;

import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.hq.stock.Stock.Articles;
import dev.skerry.hq.stock.Stock.Closing;
import dev.skerry.hq.stock.Stock.Everywhere;
import dev.skerry.hq.stock.Stock.Which;
import dev.skerry.hq.stock.Transfer.State;
import dev.skerry.language.Sku;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Stock across stores over HTTP.
public final class StockRoutes {

    private static final int ARTICLES = 50;
    private static final int TRANSFERS = 100;

    private final Stock stock;
    private final Callers callers;

    public StockRoutes(Stock stock, Callers callers) {
        this.stock = stock;
        this.callers = callers;
    }

    /// Why a transfer needs nothing more.
    public record Reason(String reason) {}

    /// What is served.
    public List<Operation> operations() {
        Role[] readers = {Role.ADMIN, Role.MERCHANT, Role.ANALYST, Role.ACCOUNTANT, Role.SUPPORT};
        return List.of(
                Operation.of("GET", "/api/stock", "Lists articles with their stock", this::list)
                        .asking("which", "all, negative or out; all if left out")
                        .asking("find", "a part of the SKU or name")
                        .asking("store", "such as store-0042: its figures alone")
                        .asking("from", "how many are passed over; 0 if left out")
                        .asking(
                                "max",
                                "at most so many, 1 to %d; %d if left out"
                                        .formatted(Stock.ARTICLES_MAX, ARTICLES))
                        .answering(Articles.class)
                        .only(readers),
                Operation.of(
                                "GET",
                                "/api/stock/{sku}",
                                "Shows the stock of an article in each store, and how old that is",
                                this::one)
                        .answering(Everywhere.class)
                        .only(readers),
                Operation.of(
                                "GET",
                                "/api/transfers",
                                "Lists goods that went from one store to another, the newest first",
                                this::transfers)
                        .asking("state", "one of " + states() + "; all if left out")
                        .asking(
                                "max",
                                "at most so many, 1 to %d; %d if left out"
                                        .formatted(Stock.TRANSFERS_MAX, TRANSFERS))
                        .listing("transfers", Transfer.class)
                        .only(readers),
                Operation.of(
                                "POST",
                                "/api/transfers/{sender}/{document}/close",
                                "Says that nothing more is to be done about a transfer, and why",
                                Requests.taking(this::close))
                        .taking(Reason.class)
                        .answering(Transfer.class)
                        .only(Role.ADMIN, Role.MERCHANT, Role.ACCOUNTANT));
    }

    private void list(Request request) throws IOException {
        Requests.answer(
                request,
                200,
                stock.articles(
                        Requests.parameter(request, "which").map(it -> which(it)).orElse(Which.ALL),
                        Requests.parameter(request, "find").orElse("").strip(),
                        Requests.parameter(request, "store").orElse(null),
                        number(request, "from", 0, 0, Integer.MAX_VALUE),
                        number(request, "max", ARTICLES, 1, Stock.ARTICLES_MAX)));
    }

    private void one(Request request) throws IOException {
        String sku = request.parameter("sku");
        Requests.answer(
                request,
                200,
                stock.article(new Sku(sku))
                        .orElseThrow(() ->
                                new HttpProblem(
                                        404,
                                        "no-such-article",
                                        "There is no such article",
                                        "neither a store nor the catalogue has \"%s\""
                                                .formatted(sku))));
    }

    private void transfers(Request request) throws IOException {
        State state =
                Requests.parameter(request, "state")
                        .map(it -> known(State.values(), "state", it))
                        .orElse(null);
        Requests.answer(
                request,
                "transfers",
                stock.transfers(state, number(request, "max", TRANSFERS, 1, Stock.TRANSFERS_MAX)));
    }

    private void close(Asked asked) throws IOException {
        Request request = asked.request();
        Closing closing =
                stock.close(
                        asked.command(""),
                        request.parameter("sender"),
                        request.parameter("document"),
                        asked.as(Reason.class).reason(),
                        callers.of(request).person());
        switch (closing) {
            case Closing.Done(Transfer transfer) -> Requests.answer(request, 200, transfer);
            case Closing.NoSuchTransfer() ->
                    throw new HttpProblem(
                            404,
                            "no-such-transfer",
                            "There is no such transfer",
                            "GET /api/transfers lists them, each with its sender and document");
            case Closing.Arrived() ->
                    throw new HttpProblem(
                            409,
                            "transfer-arrived",
                            "There is nothing to decide",
                            "it arrived as it was sent");
            case Closing.Malformed(String detail) ->
                    throw new HttpProblem(
                            400, "malformed-request", "The reason is missing or long", detail);
        }
    }

    private static Which which(String word) {
        return known(Which.values(), "which", word);
    }

    private static <E extends Enum<E>> E known(E[] all, String name, String word) {
        return Arrays.stream(all)
                .filter(it -> word(it).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new HttpProblem(
                                400,
                                "malformed-request",
                                "The query cannot be read",
                                "%s is one of %s, not \"%s\""
                                        .formatted(
                                                name,
                                                Arrays.stream(all)
                                                        .map(StockRoutes::word)
                                                        .collect(Collectors.joining(", ")),
                                                word)));
    }

    private static String states() {
        return Arrays.stream(State.values())
                .map(StockRoutes::word)
                .collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static int number(Request request, String name, int otherwise, int min, int max) {
        String text = Requests.parameter(request, name).orElse("");
        try {
            int value = text.isEmpty() ? otherwise : Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number that is out of range is.
        }
        throw new HttpProblem(
                400,
                "malformed-request",
                "The query cannot be read",
                "%s is a whole number from %d to %d, not \"%s\"".formatted(name, min, max, text));
    }
}
