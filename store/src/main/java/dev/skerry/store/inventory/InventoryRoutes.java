package dev.skerry.store.inventory;

import dev.skerry.context.Book.Command;
import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.inventory.Availability;
import dev.skerry.language.inventory.StockLine;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import dev.skerry.store.inventory.Inventory.Counted;
import dev.skerry.store.inventory.Inventory.Elsewhere;
import dev.skerry.store.inventory.Inventory.Header;
import dev.skerry.store.inventory.Inventory.LedgerEntry;
import dev.skerry.store.inventory.Inventory.Stock;
import dev.skerry.store.inventory.Inventory.Which;
import dev.skerry.store.inventory.StockDocument.Kind;
import dev.skerry.store.inventory.StockResult.Recorded;
import dev.skerry.store.inventory.StockResult.Refused;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Stock, counts and availability over HTTP, below `/api/stock`, `/api/counts` and `/api/availability`.
///
/// A document carries an id of its own, so it may be sent again until it is answered.
public final class InventoryRoutes {

    private static final int DOCUMENTS = 50;

    private final Inventory inventory;
    private final Callers callers;

    public InventoryRoutes(Inventory inventory, Callers callers) {
        this.inventory = inventory;
        this.callers = callers;
    }

    /// A document about goods, but a count.
    ///
    /// @param party the supplier, or the other store such as `store-0043`
    /// @param reference the supplier's number of the delivery, or the other store's document
    /// @param reason of waste, and of an adjustment
    /// @param lines of an adjustment, by how much: below zero if less is there
    record Moving(
            String id,
            Kind kind,
            @Nullable Instant at,
            @Nullable String party,
            @Nullable String reference,
            @Nullable String reason,
            List<StockLine> lines) {}

    record Counting(String id, @Nullable Instant at, List<Counted> lines) {}

    record Available(boolean available) {}

    record Threshold(@Nullable Quantity threshold) {}

    record StockAnswer(Stock stock, List<Elsewhere> elsewhere) {}

    /// What is served.
    public List<Operation> operations() {
        return List.of(
                Operation.of(
                                "GET",
                                "/api/stock",
                                "Lists stock in the order of SKUs, %d at a time"
                                        .formatted(Inventory.ANSWER_MAX),
                                this::stocks)
                        .asking(
                                "after",
                                "the last SKU of the list before; from the first if left out")
                        .asking(
                                "which",
                                "NEGATIVE for what is below zero, OUT for what ran out, LOW for what is used up within a day if it sells as in the last %d days; all that were ever moved if left out"
                                        .formatted(Inventory.USE_LOOKED_AT.toDays()))
                        .asking("negative", "true is which=NEGATIVE")
                        .listing("stock", Stock.class)
                        .only(Role.CASHIER, Role.COOK, Role.STOCK, Role.MANAGER, Role.INTEGRATION),
                Operation.of(
                                "GET",
                                "/api/stock/{sku}",
                                "Shows the stock of an article, here and in other stores",
                                this::stock)
                        .answering(StockAnswer.class)
                        .only(Role.CASHIER, Role.COOK, Role.STOCK, Role.MANAGER, Role.INTEGRATION),
                Operation.of(
                                "PUT",
                                "/api/stock/{sku}/threshold",
                                "Sets at which stock an article counts as run out",
                                Requests.taking(this::threshold))
                        .taking(Threshold.class)
                        .answering(Stock.class)
                        .only(Role.STOCK, Role.COOK, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/stock/movements",
                                "Lists what changed the stock of an article, the last first",
                                this::ledger)
                        .asking("sku", "of which article")
                        .listing("movements", LedgerEntry.class)
                        .only(Role.COOK, Role.STOCK, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/stock/movements",
                                "Writes down what was received, wasted, sent to or came from another store, or was wrong in the books",
                                Requests.taking(this::move))
                        .taking(Moving.class)
                        .answering(StockDocument.class)
                        .only(Role.STOCK, Role.COOK, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/stock/movements/{id}",
                                "Shows a document about goods",
                                this::document)
                        .answering(StockDocument.class)
                        .only(Role.COOK, Role.STOCK, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/documents",
                                "Lists documents about goods, the newest first",
                                this::documents)
                        .asking(
                                "kind",
                                "RECEIVED, WASTED, ADJUSTED, COUNTED, SENT or ARRIVED; all if left out")
                        .asking(
                                "max",
                                "how many are wanted, from 1 to %d; %d if left out"
                                        .formatted(Inventory.ANSWER_MAX, DOCUMENTS))
                        .listing("documents", StockDocument.class)
                        .only(Role.COOK, Role.STOCK, Role.MANAGER),
                Operation.of("GET", "/api/counts", "Lists counts, the newest first", this::counts)
                        .listing("counts", StockDocument.class)
                        .only(Role.COOK, Role.STOCK, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/counts",
                                "Writes down what was found on shelves, and when they were looked at",
                                Requests.taking(this::count))
                        .taking(Counting.class)
                        .answering(StockDocument.class)
                        .only(Role.STOCK, Role.COOK, Role.MANAGER),
                Operation.of("GET", "/api/counts/{id}", "Shows a count", this::document)
                        .answering(StockDocument.class)
                        .only(Role.COOK, Role.STOCK, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/availability",
                                "Lists what cannot be had, or not as always",
                                this::availabilities)
                        .listing("availability", Availability.class),
                Operation.of(
                                "GET",
                                "/api/availability/{sku}",
                                "Tells whether an article can be had",
                                this::availability)
                        .answering(Availability.class),
                Operation.of(
                                "PUT",
                                "/api/availability/{sku}",
                                "Says that an article ran out, or is back",
                                Requests.taking(this::setAvailable))
                        .taking(Available.class)
                        .answering(Availability.class)
                        .only(Role.COOK, Role.CASHIER, Role.STOCK, Role.MANAGER));
    }

    // ---- questions

    private void stocks(Request request) throws IOException {
        callers.of(request);
        Requests.answer(
                request,
                "stock",
                inventory.stocks(which(request), Requests.parameter(request, "after").orElse("")));
    }

    private static Which which(Request request) {
        boolean negative = Requests.parameter(request, "negative").orElse("").equals("true");
        String which =
                Requests.parameter(request, "which")
                        .orElse((negative ? Which.NEGATIVE : Which.ALL).name());
        return one(Which.class, "which", which);
    }

    private void stock(Request request) throws IOException {
        callers.of(request);
        Sku sku = sku(request.parameter("sku"));
        Requests.answer(
                request, 200, new StockAnswer(inventory.stock(sku), inventory.elsewhere(sku)));
    }

    private void ledger(Request request) throws IOException {
        callers.of(request);
        String sku =
                Requests.parameter(request, "sku")
                        .orElseThrow(() -> malformed("say which article: ?sku="));
        Requests.answer(request, "movements", inventory.ledger(sku(sku)));
    }

    private void document(Request request) throws IOException {
        callers.of(request);
        String id = request.parameter("id");
        Requests.answer(
                request,
                200,
                inventory
                        .document(id)
                        .orElseThrow(() ->
                                new HttpProblem(
                                        404,
                                        "no-such-document",
                                        "There is no such document",
                                        "no document about goods has the id \"%s\" here"
                                                .formatted(id))));
    }

    private void documents(Request request) throws IOException {
        callers.of(request);
        Set<Kind> kinds =
                Requests.parameter(request, "kind")
                        .<Set<Kind>>map(it -> EnumSet.of(one(Kind.class, "kind", it)))
                        .orElse(EnumSet.allOf(Kind.class));
        Requests.answer(request, "documents", inventory.documents(kinds, max(request)));
    }

    private static int max(Request request) {
        String given = Requests.parameter(request, "max").orElse("" + DOCUMENTS);
        try {
            int max = Integer.parseInt(given);
            if (max >= 1 && max <= Inventory.ANSWER_MAX) {
                return max;
            }
        } catch (NumberFormatException e) {
            // As below.
        }
        throw malformed("max is a number from 1 to %d".formatted(Inventory.ANSWER_MAX));
    }

    private static <E extends Enum<E>> E one(Class<E> type, String name, String given) {
        try {
            return Enum.valueOf(type, given);
        } catch (IllegalArgumentException e) {
            throw malformed(
                    "%s is one of %s, not \"%s\""
                            .formatted(name, List.of(type.getEnumConstants()), given));
        }
    }

    private void counts(Request request) throws IOException {
        callers.of(request);
        Requests.answer(
                request, "counts", inventory.documents(Set.of(Kind.COUNTED), Inventory.ANSWER_MAX));
    }

    private void availabilities(Request request) throws IOException {
        callers.of(request);
        Requests.answer(request, "availability", inventory.availability());
    }

    private void availability(Request request) throws IOException {
        callers.of(request);
        Requests.answer(request, 200, inventory.availability(sku(request.parameter("sku"))));
    }

    // ---- commands

    private void move(Asked asked) throws IOException {
        Moving moving = asked.as(Moving.class);
        Header header = header(asked, moving.id(), moving.at());
        Command command = asked.command("document " + moving.id());
        String party = moving.party() == null ? "" : moving.party();
        String reason = moving.reason() == null ? "" : moving.reason();
        String reference = moving.reference();
        List<StockLine> lines = moving.lines();
        answer(
                asked.request(),
                switch (moving.kind()) {
                    case RECEIVED -> inventory.receive(command, header, party, reference, lines);
                    case ARRIVED -> inventory.arrive(command, header, party, reference, lines);
                    case SENT -> inventory.send(command, header, party, lines);
                    case WASTED -> inventory.waste(command, header, reason, lines);
                    case ADJUSTED -> inventory.adjust(command, header, reason, lines);
                    case COUNTED -> throw malformed("counts are sent to /api/counts");
                });
    }

    private void count(Asked asked) throws IOException {
        Counting counting = asked.as(Counting.class);
        answer(
                asked.request(),
                inventory.count(
                        asked.command("document " + counting.id()),
                        header(asked, counting.id(), counting.at()),
                        counting.lines()));
    }

    private void setAvailable(Asked asked) throws IOException {
        boolean available = asked.as(Available.class).available();
        Sku sku = sku(asked.request().parameter("sku"));
        inventory.setAvailable(
                asked.command(inventory.newId()), sku, available, caller(asked).person());
        Requests.answer(asked.request(), 200, inventory.availability(sku));
    }

    private void threshold(Asked asked) throws IOException {
        Quantity threshold = asked.as(Threshold.class).threshold();
        if (threshold != null && threshold.isNegative()) {
            throw malformed("a threshold is not below zero");
        }
        Requests.answer(
                asked.request(),
                200,
                inventory.setThreshold(
                        asked.command(inventory.newId()),
                        sku(asked.request().parameter("sku")),
                        threshold,
                        caller(asked).person()));
    }

    // ---- how all of them ask and answer

    private Caller caller(Asked asked) {
        return callers.of(asked.request());
    }

    private Header header(Asked asked, String id, @Nullable Instant at) {
        Caller caller = caller(asked);
        return new Header(id, at, caller.person(), caller.device());
    }

    private static Sku sku(String text) {
        try {
            return new Sku(text);
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static HttpProblem malformed(String detail) {
        return new HttpProblem(
                400, "malformed-request", "The request is not what is taken here", detail);
    }

    private static void answer(Request request, StockResult result) throws IOException {
        switch (result) {
            case Recorded(StockDocument document) -> Requests.answer(request, 201, document);
            case Refused(StockResult.Refusal why, String detail) ->
                    throw new HttpProblem(
                            why == StockResult.Refusal.ID_TAKEN ? 409 : 422,
                            Requests.kind(why),
                            "The document was not written down",
                            detail);
        }
    }
}
