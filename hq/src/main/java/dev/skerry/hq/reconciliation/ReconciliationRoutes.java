package dev.skerry.hq.reconciliation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.hq.reconciliation.Difference.Kind;
import dev.skerry.hq.reconciliation.Reconciliation.Batch;
import dev.skerry.hq.reconciliation.Reconciliation.CopiedDay;
import dev.skerry.hq.reconciliation.Reconciliation.Deciding;
import dev.skerry.hq.reconciliation.Reconciliation.Differences;
import dev.skerry.hq.reconciliation.Reconciliation.OfKind;
import dev.skerry.hq.reconciliation.Reconciliation.Taking;
import dev.skerry.hq.reconciliation.Reconciliation.Which;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Reconciliation over HTTP.
public final class ReconciliationRoutes {

    /// Of a processor's or bank's file.
    public static final int FILE_BYTES_MAX = 16 * 1024 * 1024;

    private static final int ROWS = 50;

    private final Reconciliation reconciliation;
    private final Callers callers;

    public ReconciliationRoutes(Reconciliation reconciliation, Callers callers) {
        this.reconciliation = reconciliation;
        this.callers = callers;
    }

    /// What was done about a difference.
    public record Decision(String difference, String done) {}

    /// What is served.
    public List<Operation> operations() {
        Role[] some = {Role.ADMIN, Role.ACCOUNTANT};
        return List.of(
                Operation.of(
                                "GET",
                                "/api/reconciliation",
                                "Lists the kinds of which there are open differences, with their sums",
                                this::open)
                        .listing("kinds", OfKind.class)
                        .only(some),
                Operation.of(
                                "GET",
                                "/api/reconciliation/differences",
                                "Lists differences, the newest first",
                                this::differences)
                        .asking("which", words(Which.values()) + "; open if left out")
                        .asking("kind", "one of " + words(Kind.values()))
                        .asking("store", "such as store-0042")
                        .asking("from", "how many are passed over; 0 if left out")
                        .asking("max", max())
                        .answering(Differences.class)
                        .only(some),
                Operation.of(
                                "POST",
                                "/api/reconciliation/decisions",
                                "Says what was done about a difference",
                                Requests.taking(this::decide))
                        .taking(Decision.class)
                        .only(some),
                Operation.of(
                                "POST",
                                "/api/reconciliation/settlements",
                                "Takes a processor's settlement file: CSV with store, reference, batch, date, amount, currency, and fee if there is one",
                                request -> take(request, true))
                        .answering(Taking.Taken.class)
                        .only(some),
                Operation.of(
                                "POST",
                                "/api/reconciliation/statements",
                                "Takes a bank's statement: CSV with date, amount, currency, reference, which is the processor's batch",
                                request -> take(request, false))
                        .answering(Taking.Taken.class)
                        .only(some),
                Operation.of(
                                "GET",
                                "/api/reconciliation/batches",
                                "Lists what a processor settled together, and what the bank booked for it, the newest first",
                                this::batches)
                        .asking("max", max())
                        .listing("batches", Batch.class)
                        .only(some),
                Operation.of(
                                "GET",
                                "/api/reconciliation/copies/{store}",
                                "Lists the days of a store's streams of which headquarters' copy is proven, the newest first",
                                this::copies)
                        .asking("max", max())
                        .listing("days", CopiedDay.class)
                        .only(Role.ADMIN, Role.ACCOUNTANT, Role.SUPPORT));
    }

    private static String max() {
        return "at most so many, 1 to %d; %d if left out".formatted(Reconciliation.ROWS_MAX, ROWS);
    }

    private void open(Request request) throws IOException {
        Requests.answer(request, "kinds", reconciliation.open());
    }

    private void differences(Request request) throws IOException {
        Requests.answer(
                request,
                200,
                reconciliation.differences(
                        Requests.parameter(request, "which")
                                .map(it -> known(Which.values(), "which", it))
                                .orElse(Which.OPEN),
                        Requests.parameter(request, "kind")
                                .map(it -> known(Kind.values(), "kind", it))
                                .orElse(null),
                        Requests.parameter(request, "store").orElse(null),
                        number(request, "from", 0, 0, Integer.MAX_VALUE),
                        rows(request)));
    }

    private void decide(Asked asked) throws IOException {
        Decision decision = asked.as(Decision.class);
        Deciding deciding =
                reconciliation.decide(
                        asked.command(""),
                        decision.difference(),
                        decision.done(),
                        callers.of(asked.request()).person());
        switch (deciding) {
            case Deciding.Decided() -> asked.request().answerJson(200, "{}");
            case Deciding.NoSuchDifference() ->
                    throw new HttpProblem(
                            404,
                            "no-such-difference",
                            "There is no such difference",
                            "it may have gone away by itself: GET /api/reconciliation/differences lists those there are");
            case Deciding.Malformed(String detail) ->
                    throw new HttpProblem(
                            400, "malformed-request", "What was done is missing or long", detail);
        }
    }

    private void take(Request request, boolean settlement) throws IOException {
        String text = text(request.body(FILE_BYTES_MAX).copy());
        String by = callers.of(request).person();
        switch (settlement
                ? reconciliation.settlement(text, by)
                : reconciliation.statement(text, by)) {
            case Taking.Taken taken -> Requests.answer(request, 200, taken);
            case Taking.Malformed(String detail) ->
                    throw new HttpProblem(
                            400,
                            "malformed-file",
                            "The file was not taken",
                            detail + ". Nothing of it was taken");
            case Taking.BatchKnown(String batch) ->
                    throw new HttpProblem(
                            409,
                            "batch-known",
                            "The file was not taken",
                            "batch %s came in another file. Nothing of this one was taken: send each batch once, whole"
                                    .formatted(batch));
        }
    }

    private static String text(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new HttpProblem(
                    400,
                    "malformed-file",
                    "The file was not taken",
                    "it is not UTF-8: save it as CSV in UTF-8");
        }
    }

    private void batches(Request request) throws IOException {
        Requests.answer(request, "batches", reconciliation.batches(rows(request)));
    }

    private void copies(Request request) throws IOException {
        Requests.answer(
                request,
                "days",
                reconciliation.copiedDays(request.parameter("store"), rows(request)));
    }

    private static int rows(Request request) {
        return number(request, "max", ROWS, 1, Reconciliation.ROWS_MAX);
    }

    private static String words(Enum<?>[] all) {
        return Arrays.stream(all).map(ReconciliationRoutes::word).collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
                                "%s is one of %s, not \"%s\"".formatted(name, words(all), word)));
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
