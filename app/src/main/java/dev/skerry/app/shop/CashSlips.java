package dev.skerry.app.shop;

import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.language.Quantity;
import dev.skerry.language.printing.Printout;
import dev.skerry.language.printing.Slip;
import dev.skerry.language.printing.Slip.Row;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.store.payments.CashOffice;
import dev.skerry.store.payments.Shift;
import dev.skerry.store.payments.ShiftReport;
import dev.skerry.store.payments.Takings;
import dev.skerry.store.printing.Printing;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// Prints what `payments` knows of a shift that goes on. Any thread.
final class CashSlips {

    private final CashOffice office;
    private final Printing printing;
    private final Callers callers;
    private final InstantSource clock;
    private final ZoneId time;

    CashSlips(
            CashOffice office,
            Printing printing,
            Callers callers,
            InstantSource clock,
            ZoneId time) {
        this.office = office;
        this.printing = printing;
        this.callers = callers;
        this.clock = clock;
        this.time = time;
    }

    /// @param job of the printer's queue
    record SlipQueued(String job) {}

    List<Operation> operations() {
        return List.of(
                Operation.of(
                                "POST",
                                "/api/shifts/{shift}/x/print",
                                "Prints the X report",
                                Requests.taking(this::print))
                        .answering(SlipQueued.class)
                        .only(Role.CASHIER, Role.MANAGER));
    }

    private void print(Asked asked) throws IOException {
        Caller caller = callers.of(asked.request());
        String id = asked.request().parameter("shift");
        ShiftReport report =
                office.report(id)
                        .orElseThrow(() ->
                                new HttpProblem(
                                        404,
                                        "no-such-shift",
                                        "There is no such shift",
                                        "no shift \"%s\" was opened here".formatted(id)));
        Takings takings = report.takings();
        if (takings == null) {
            throw new HttpProblem(
                    409,
                    "blind-count",
                    "The drawer is counted blind",
                    "what should be in it is shown after it was counted: close the shift");
        }
        Printing.Result result =
                printing.print(
                        asked.command(""),
                        new Printout.Report(x(report.shift(), takings, caller)),
                        report.shift().till());
        if (result instanceof Printing.Result.Done(var job)) {
            Requests.answer(asked.request(), 200, new SlipQueued(job.id()));
        } else {
            throw new HttpProblem(
                    409,
                    "no-printer",
                    "No printer is there for this",
                    "no printer prints reports for " + report.shift().till());
        }
    }

    private Slip x(Shift shift, Takings takings, Caller caller) {
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of("row.day", shift.day().toString()));
        rows.add(Row.of("row.opened-by", shift.openedBy()));
        rows.add(
                new Row(
                        "row.payments",
                        Quantity.of(takings.payments()),
                        null,
                        null,
                        Slip.Style.NORMAL));
        rows.addAll(Slip.takings(takings.byTender(), takings.drawer().currency()));
        rows.add(Row.heading("row.drawer"));
        rows.add(Row.of("row.float", takings.cashFloat()));
        rows.add(Row.of("row.paid-in", takings.paidIn()));
        rows.add(Row.of("row.paid-out", takings.paidOut()));
        rows.add(Row.of("row.picked-up", takings.pickedUp()));
        rows.add(Row.total("row.expected", takings.drawer()));
        return new Slip(
                Slip.Kind.X_REPORT,
                "",
                null,
                LocalDateTime.ofInstant(clock.instant(), time),
                caller.person(),
                shift.till(),
                rows,
                List.of(),
                false);
    }
}
