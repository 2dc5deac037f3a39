package dev.skerry.store.printing;

import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.language.printing.CodePage;
import dev.skerry.language.printing.Letterhead;
import dev.skerry.language.printing.PrintJob;
import dev.skerry.language.printing.PrintJob.State;
import dev.skerry.language.printing.Printer;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import dev.skerry.store.printing.Printing.Form;
import dev.skerry.store.printing.Printing.PrinterState;
import dev.skerry.store.printing.Printing.Result;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Printers, print jobs and receipts over HTTP.
public final class PrintingRoutes {

    private static final int COLUMNS = 42;
    private static final int PORT = 9100;

    private final Printing printing;
    private final Callers callers;
    private final String language;

    /// @param language BCP 47, of receipts where nobody says another
    public PrintingRoutes(Printing printing, Callers callers, String language) {
        this.printing = printing;
        this.callers = callers;
        this.language = language;
    }

    // ---- what is asked and answered

    /// A printer without its id, which is in the path. What is not said is as most are.
    ///
    /// @param port 9100
    /// @param columns 42
    /// @param codePages of western Europe
    /// @param documents all
    record PrinterSettings(
            @Nullable String name,
            String host,
            @Nullable Integer port,
            @Nullable Integer columns,
            @Nullable String language,
            @Nullable List<CodePage> codePages,
            @Nullable List<Printer.Kind> documents,
            @Nullable List<String> serves,
            @Nullable String fallback,
            @Nullable Boolean automatic,
            @Nullable Boolean drawer,
            @Nullable Boolean reports) {

        Printer printer(String id, String storeLanguage) {
            return new Printer(
                    id,
                    name == null ? id : name,
                    host,
                    port == null ? PORT : port,
                    columns == null ? COLUMNS : columns,
                    language == null ? storeLanguage : language,
                    codePages == null ? List.of(CodePage.PC858) : codePages,
                    documents == null ? List.of(Printer.Kind.values()) : documents,
                    serves == null ? List.of() : serves,
                    fallback,
                    !Boolean.FALSE.equals(automatic),
                    Boolean.TRUE.equals(drawer),
                    !Boolean.FALSE.equals(reports));
        }
    }

    /// A print job without what is on the paper.
    ///
    /// @param title such as the number of the receipt
    record Job(
            String id,
            Printer.Kind kind,
            String title,
            String device,
            String printer,
            State state,
            Instant queuedAt,
            boolean duplicate,
            boolean uncertain,
            @Nullable String insteadOf,
            @Nullable String trouble,
            @Nullable Instant doneAt) {

        static Job of(PrintJob it) {
            return new Job(
                    it.id(),
                    it.what().sort(),
                    it.what().title(),
                    it.device(),
                    it.printer(),
                    it.state(),
                    it.queuedAt(),
                    it.duplicate(),
                    it.uncertain(),
                    it.insteadOf(),
                    it.trouble(),
                    it.doneAt());
        }
    }

    record Releasing(@Nullable String printer) {}

    record Discarding(String reason) {}

    /// @param printer that of the device, if it is not said
    /// @param gift without prices
    record Reprinting(@Nullable String printer, @Nullable Boolean gift) {}

    /// What is served.
    public List<Operation> operations() {
        return List.of(
                Operation.of("GET", "/api/printers", "Lists the printers", this::printers)
                        .listing("printers", PrinterState.class)
                        .only(Role.CASHIER, Role.COOK, Role.MANAGER),
                Operation.of(
                                "PUT",
                                "/api/printers/{id}",
                                "Adds a printer, or changes it",
                                Requests.taking(this::set))
                        .taking(PrinterSettings.class)
                        .answering(Printer.class)
                        .only(Role.MANAGER),
                Operation.of(
                                "DELETE",
                                "/api/printers/{id}",
                                "Removes a printer; what waits for it is held",
                                Requests.taking(this::remove))
                        .only(Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/printers/{id}/test",
                                "Prints a page that shows what the printer can do",
                                Requests.taking(this::test))
                        .answering(Job.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/letterhead",
                                "Shows what stands at both ends of a receipt",
                                this::letterhead)
                        .answering(Letterhead.class),
                Operation.of(
                                "PUT",
                                "/api/letterhead",
                                "Changes what stands at both ends of a receipt",
                                Requests.taking(this::setLetterhead))
                        .taking(Letterhead.class)
                        .answering(Letterhead.class)
                        .only(Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/print-jobs",
                                "Lists print jobs, the last first",
                                this::jobs)
                        .asking("printer", "only of this printer")
                        .asking("state", "only in this state, such as held")
                        .listing("jobs", Job.class)
                        .only(Role.CASHIER, Role.COOK, Role.MANAGER),
                Operation.of("GET", "/api/print-jobs/{id}", "Shows a print job", this::job)
                        .answering(Job.class)
                        .only(Role.CASHIER, Role.COOK, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/print-jobs/{id}/release",
                                "Prints what was held, here or at another printer",
                                Requests.taking(this::release))
                        .taking(Releasing.class)
                        .answering(Job.class)
                        .only(Role.CASHIER, Role.COOK, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/print-jobs/{id}/discard",
                                "Gives up what was not printed",
                                Requests.taking(this::discard))
                        .taking(Discarding.class)
                        .answering(Job.class)
                        .only(Role.CASHIER, Role.COOK, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/print-jobs/{id}/reprint",
                                "Prints a duplicate of what was printed",
                                Requests.taking(this::reprint))
                        .answering(Job.class)
                        .only(Role.CASHIER, Role.COOK, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/receipts/{order}",
                                "Shows the receipt of a paid order, by its id or receipt number",
                                this::receipt)
                        .asking("format", "text (if not said), html, or escpos for a printer")
                        .asking("columns", "characters in a line, 24 to 64; 42 if not said")
                        .asking("language", "such as de-DE")
                        .asking("printer", "columns, language and letters as of this printer")
                        .asking("gift", "true: without prices")
                        .only(Role.CASHIER, Role.MANAGER, Role.INTEGRATION),
                Operation.of(
                                "POST",
                                "/api/receipts/{order}/print",
                                "Prints a duplicate of a receipt, or a gift receipt",
                                Requests.taking(this::printReceipt))
                        .taking(Reprinting.class)
                        .answering(Job.class)
                        .only(Role.CASHIER, Role.MANAGER));
    }

    // ---- printers

    private void printers(Request request) throws IOException {
        Requests.answer(request, "printers", printing.printers());
    }

    private void set(Asked asked) throws IOException {
        Printer printer;
        try {
            printer =
                    asked.as(PrinterSettings.class)
                            .printer(asked.request().parameter("id"), language);
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
        Requests.answer(asked.request(), 200, printing.set(asked.command(""), printer));
    }

    private void remove(Asked asked) throws IOException {
        String id = asked.request().parameter("id");
        if (!printing.remove(asked.command(""), id)) {
            throw notFound("no printer " + id);
        }
        asked.request().answer(204, Map.of(), Bytes.EMPTY);
    }

    private void test(Asked asked) throws IOException {
        answer(asked, printing.test(asked.command(""), asked.request().parameter("id")));
    }

    private void letterhead(Request request) throws IOException {
        Requests.answer(request, 200, printing.letterhead());
    }

    private void setLetterhead(Asked asked) throws IOException {
        Letterhead letterhead = asked.as(Letterhead.class);
        Requests.answer(asked.request(), 200, printing.set(asked.command(""), letterhead));
    }

    // ---- jobs

    private void jobs(Request request) throws IOException {
        String printer = Requests.parameter(request, "printer").orElse(null);
        State state = Requests.parameter(request, "state").map(PrintingRoutes::state).orElse(null);
        Requests.answer(
                request, "jobs", printing.jobs(printer, state).stream().map(Job::of).toList());
    }

    private static State state(String text) {
        return Arrays.stream(State.values())
                .filter(it -> it.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        malformed(
                                "a job is in one of the states "
                                        + Arrays.toString(State.values())));
    }

    private void job(Request request) throws IOException {
        String id = request.parameter("id");
        Requests.answer(
                request,
                200,
                printing.job(id).map(Job::of).orElseThrow(() -> notFound("no print job " + id)));
    }

    private void release(Asked asked) throws IOException {
        String printer = asked.as(Releasing.class).printer();
        answer(
                asked,
                printing.release(asked.command(""), asked.request().parameter("id"), printer));
    }

    private void discard(Asked asked) throws IOException {
        String reason = asked.as(Discarding.class).reason();
        answer(asked, printing.discard(asked.command(""), asked.request().parameter("id"), reason));
    }

    private void reprint(Asked asked) throws IOException {
        answer(asked, printing.reprint(asked.command(""), asked.request().parameter("id")));
    }

    // ---- receipts

    private void printReceipt(Asked asked) throws IOException {
        Reprinting how = asked.as(Reprinting.class);
        answer(
                asked,
                printing.receipt(
                        asked.command(""),
                        asked.request().parameter("order"),
                        callers.of(asked.request()).device(),
                        how.printer(),
                        Boolean.TRUE.equals(how.gift())));
    }

    private void receipt(Request request) throws IOException {
        String order = request.parameter("order");
        Form form = form(request);
        boolean gift = Requests.parameter(request, "gift").filter("true"::equals).isPresent();
        switch (Requests.parameter(request, "format").orElse("text")) {
            case "text" ->
                    answer(
                            request,
                            "text/plain; charset=utf-8",
                            printing.text(order, form, gift).map(Bytes::of));
            case "html" ->
                    answer(
                            request,
                            "text/html; charset=utf-8",
                            printing.html(order, form, gift).map(Bytes::of));
            case "escpos" ->
                    answer(
                            request,
                            "application/octet-stream",
                            printing.escPos(order, form, gift).map(Bytes::of));
            default ->
                    throw new HttpProblem(
                            400,
                            "no-such-format",
                            "There is no such format",
                            "a receipt comes as text, html or escpos");
        }
    }

    private Form form(Request request) {
        Optional<String> printer = Requests.parameter(request, "printer");
        Form base =
                printer.map(id ->
                                printing.printer(id)
                                        .map(Form::of)
                                        .orElseThrow(() -> notFound("no printer " + id)))
                        .orElseGet(() -> Form.of(language));
        try {
            return new Form(
                    Requests.parameter(request, "columns")
                            .map(Integer::parseInt)
                            .orElse(base.columns()),
                    Requests.parameter(request, "language").orElse(base.language()),
                    base.codePages());
        } catch (IllegalArgumentException e) {
            throw malformed("columns: " + e.getMessage());
        }
    }

    private static void answer(Request request, String type, Optional<Bytes> receipt)
            throws IOException {
        request.answer(
                200,
                Map.of(
                        "Content-Type",
                        type,
                        "Cache-Control",
                        "no-store",
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"),
                receipt.orElseThrow(() -> notFound("no paid order " + request.parameter("order"))));
    }

    // ---- answers

    private static void answer(Asked asked, Result result) throws IOException {
        switch (result) {
            case Result.Done(PrintJob job) -> Requests.answer(asked.request(), 200, Job.of(job));
            case Result.NotFound(String what) -> throw notFound(what);
            case Result.NoPrinter(String why) ->
                    throw new HttpProblem(409, "no-printer", "No printer is there for this", why);
            case Result.NotNow(String why) ->
                    throw new HttpProblem(
                            409, "not-now", "As things stand this cannot be done", why);
        }
    }

    private static HttpProblem notFound(String what) {
        return new HttpProblem(404, "not-found", "There is no such thing", what);
    }

    private static HttpProblem malformed(String detail) {
        return new HttpProblem(
                400, "malformed-request", "The request is not what can be done", detail);
    }
}
