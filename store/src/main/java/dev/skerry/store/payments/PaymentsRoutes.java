package dev.skerry.store.payments;

import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.language.Money;
import dev.skerry.language.payments.Pieces;
import dev.skerry.language.payments.RefundOf;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.language.payments.ZReport;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Payments over HTTP, below `/api/payments`, `/api/shifts` and `/api/business-day`.
///
/// The device that asks is the till; who is signed on there is the one who does it. Each request that changes something carries an id in
/// its body, or says the same when it is repeated, so that each may be repeated. What came of a tender is its `outcome`: `DONE`, `DECLINED`,
/// `LOST` (the answer was lost, and it is being reversed), or with status 202 `ASKING` (ask again).
public final class PaymentsRoutes {

    private final Payments payments;
    private final CashOffice office;
    private final Callers callers;
    private final Currency currency;

    public PaymentsRoutes(Payments payments, Callers callers, Currency currency) {
        this.payments = payments;
        this.office = payments.cashOffice();
        this.callers = callers;
        this.currency = currency;
    }

    /// @param day only for a sale that comes late; and so is the shift
    record Opened(String order, Money due, @Nullable LocalDate day, @Nullable String shift) {}

    record NewTender(
            String tender, TenderKind kind, @Nullable Money amount, @Nullable String account) {}

    record NewRefund(
            String tender,
            TenderKind kind,
            Money amount,
            @Nullable RefundOf of,
            @Nullable Boolean otherThanPaid,
            @Nullable String account) {}

    record Reason(@Nullable String reason) {}

    record Note(@Nullable String note) {}

    record Day(LocalDate day) {}

    /// @param day the date by the store's clock if left out
    record NewDay(@Nullable LocalDate day) {}

    record NewShift(String shift, Money cashFloat, @Nullable List<Pieces> pieces) {}

    /// Where there are pieces, the amount need not be said.
    record Move(
            String id,
            @Nullable Money amount,
            @Nullable List<Pieces> pieces,
            @Nullable String reason) {}

    record Closing(@Nullable Boolean evenIfUnfinished) {}

    record Drawer(String id, String reason) {}

    /// What came of a command to a payment.
    record Answer(String outcome, @Nullable String reason, Payment payment) {}

    /// A Z as it was, and what came later.
    record Z(ZReport z, @Nullable Takings supplement) {}

    /// What is served.
    public List<Operation> operations() {
        return List.of(
                Operation.of(
                                "POST",
                                "/api/payments",
                                "Begins to take money for an order",
                                Requests.taking(this::open))
                        .taking(Opened.class)
                        .answering(Answer.class)
                        .only(Role.CASHIER, Role.MANAGER, Role.INTEGRATION),
                Operation.of(
                                "GET",
                                "/api/payments/takings",
                                "Shows what was taken on a business day, or in a shift",
                                this::takings)
                        .asking("day", "such as 2026-03-01")
                        .asking("till", "a device")
                        .asking("shift", "the id of a shift")
                        .asking("late", "true for what came after its shift was closed")
                        .answering(Takings.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/payments/stored",
                                "Shows card payments that wait to go up, and their limits",
                                this::stored)
                        .answering(Stored.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/payments/attention",
                                "Lists money that somebody has to look after",
                                this::attention)
                        .listing("attention", Attention.class)
                        .only(Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/payments/attention/{tender}",
                                "Notes that somebody has looked after it",
                                Requests.taking(this::lookedAt))
                        .taking(Note.class)
                        .only(Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/payments/{order}",
                                "Shows how an order is being paid",
                                this::payment)
                        .answering(Payment.class)
                        .only(Role.CASHIER, Role.MANAGER, Role.INTEGRATION, Role.DISPLAY),
                Operation.of(
                                "POST",
                                "/api/payments/{order}/tenders",
                                "Takes a tender",
                                Requests.taking(this::take))
                        .taking(NewTender.class)
                        .answering(Answer.class)
                        .only(Role.CASHIER, Role.MANAGER, Role.INTEGRATION),
                Operation.of(
                                "POST",
                                "/api/payments/{order}/refunds",
                                "Gives money back",
                                Requests.taking(this::giveBack))
                        .taking(NewRefund.class)
                        .answering(Answer.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/payments/{order}/refund-plan",
                                "Says by which tenders an amount should go back",
                                this::refundPlan)
                        .asking("amount", "in major units, such as 12.50")
                        .listing("parts", RefundPart.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/payments/{order}/cancel",
                                "Hands back all that was taken",
                                Requests.taking(this::cancel))
                        .taking(Reason.class)
                        .answering(Answer.class)
                        .only(Role.CASHIER, Role.MANAGER, Role.INTEGRATION),
                Operation.of(
                                "POST",
                                "/api/payments/{order}/tenders/{tender}/withdraw",
                                "Hands a tender back",
                                Requests.taking(this::withdraw))
                        .taking(Reason.class)
                        .answering(Answer.class)
                        .only(Role.CASHIER, Role.MANAGER, Role.INTEGRATION),
                Operation.of(
                                "GET",
                                "/api/business-day",
                                "Shows the business day that is open",
                                this::today)
                        .answering(BusinessDay.class),
                Operation.of(
                                "POST",
                                "/api/business-day/open",
                                "Opens a business day",
                                Requests.taking(this::openDay))
                        .taking(NewDay.class)
                        .answering(BusinessDay.class)
                        .only(Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/business-day/close",
                                "Closes the business day; all shifts are closed before",
                                Requests.taking(this::closeDay))
                        .taking(Day.class)
                        .answering(BusinessDay.class)
                        .only(Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/business-day/{day}",
                                "Shows a business day with its shifts",
                                this::day)
                        .answering(CashOffice.DayReport.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of("GET", "/api/shifts", "Lists shifts", this::shifts)
                        .asking("day", "such as 2026-03-01; the open business day if left out")
                        .listing("shifts", Shift.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/shifts",
                                "Opens a shift at this till",
                                Requests.taking(this::openShift))
                        .taking(NewShift.class)
                        .answering(Shift.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/shifts/drawer",
                                "Notes that the drawer was opened without a sale",
                                Requests.taking(this::drawerOpened))
                        .taking(Drawer.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of("GET", "/api/shifts/{shift}", "Shows a shift: its X report", this::x)
                        .answering(ShiftReport.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of("GET", "/api/shifts/{shift}/x", "Shows the X report", this::x)
                        .answering(ShiftReport.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/shifts/{shift}/z",
                                "Shows the Z report, with what came late",
                                this::z)
                        .answering(Z.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/shifts/{shift}/paid-in",
                                "Puts cash into the drawer",
                                Requests.taking(it -> move(it, office::payIn)))
                        .taking(Move.class)
                        .answering(Shift.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/shifts/{shift}/paid-out",
                                "Takes cash out of the drawer",
                                Requests.taking(it -> move(it, office::payOut)))
                        .taking(Move.class)
                        .answering(Shift.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/shifts/{shift}/pick-ups",
                                "Takes cash out of the drawer to the safe",
                                Requests.taking(it -> move(it, office::pickUp)))
                        .taking(Move.class)
                        .answering(Shift.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/shifts/{shift}/counts",
                                "Counts the drawer",
                                Requests.taking(it -> move(it, office::count)))
                        .taking(Move.class)
                        .answering(Shift.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/shifts/{shift}/close",
                                "Closes a shift, and makes its Z",
                                Requests.taking(this::closeShift))
                        .taking(Closing.class)
                        .answering(Shift.class)
                        .only(Role.CASHIER, Role.MANAGER));
    }

    // ---- payments

    private void open(Asked asked) throws IOException {
        Caller caller = callers.of(asked.request());
        Opened opened = asked.as(Opened.class);
        Opening opening =
                proper(() ->
                        new Opening(
                                opened.order(),
                                opened.due(),
                                caller.device(),
                                caller.person(),
                                opened.day(),
                                opened.shift()));
        answer(asked.request(), payments.open(opening));
    }

    private void payment(Request request) throws IOException {
        callers.of(request);
        Requests.answer(request, 200, found(payments.payment(order(request)), "payment"));
    }

    private void take(Asked asked) throws IOException {
        Caller caller = callers.of(asked.request());
        NewTender tender = asked.as(NewTender.class);
        Offer offer =
                proper(() ->
                        new Offer(
                                order(asked.request()),
                                tender.tender(),
                                tender.kind(),
                                tender.amount(),
                                tender.account(),
                                caller.device(),
                                caller.person()));
        answer(asked.request(), payments.take(offer));
    }

    private void giveBack(Asked asked) throws IOException {
        Caller caller = callers.of(asked.request());
        NewRefund refund = asked.as(NewRefund.class);
        GivingBack wish =
                proper(() ->
                        new GivingBack(
                                order(asked.request()),
                                refund.tender(),
                                refund.kind(),
                                refund.amount(),
                                refund.of(),
                                Boolean.TRUE.equals(refund.otherThanPaid()),
                                refund.account(),
                                caller.device(),
                                caller.person()));
        answer(asked.request(), payments.giveBack(wish));
    }

    /// `?amount=` in major units, such as 12.50.
    private void refundPlan(Request request) throws IOException {
        callers.of(request);
        String amount =
                Requests.parameter(request, "amount")
                        .orElseThrow(() -> malformed("say how much: ?amount=12.50"));
        Money money = proper(() -> Money.of(new BigDecimal(amount), currency));
        Requests.answer(request, "parts", payments.refundPlan(order(request), money));
    }

    private void withdraw(Asked asked) throws IOException {
        Caller caller = callers.of(asked.request());
        String reason = said(asked.as(Reason.class).reason());
        answer(
                asked.request(),
                proper(() ->
                        payments.withdraw(
                                order(asked.request()),
                                asked.request().parameter("tender"),
                                reason,
                                caller.device(),
                                caller.person())));
    }

    private void cancel(Asked asked) throws IOException {
        Caller caller = callers.of(asked.request());
        String reason = said(asked.as(Reason.class).reason());
        answer(
                asked.request(),
                proper(() ->
                        payments.cancel(
                                order(asked.request()), reason, caller.device(), caller.person())));
    }

    private void stored(Request request) throws IOException {
        callers.of(request);
        Requests.answer(request, 200, payments.stored());
    }

    private void attention(Request request) throws IOException {
        callers.of(request);
        Requests.answer(request, "attention", payments.attention());
    }

    private void lookedAt(Asked asked) throws IOException {
        Caller caller = callers.of(asked.request());
        String note = said(asked.as(Note.class).note());
        boolean known =
                proper(() ->
                        payments.lookedAt(
                                asked.request().parameter("tender"), note, caller.person()));
        Requests.answer(asked.request(), 200, Map.of("lookedAt", known));
    }

    /// `?day=`, `?till=`, `?shift=`, `?late=`: what is not said does not matter.
    private void takings(Request request) throws IOException {
        callers.of(request);
        Span span =
                new Span(
                        Requests.parameter(request, "day").map(PaymentsRoutes::date).orElse(null),
                        Requests.parameter(request, "till").orElse(null),
                        Requests.parameter(request, "shift").orElse(null),
                        Requests.parameter(request, "late").map(Boolean::valueOf).orElse(null));
        Requests.answer(request, 200, payments.takings(span));
    }

    // ---- business day

    private void today(Request request) throws IOException {
        callers.of(request);
        Requests.answer(request, 200, found(office.today(), "open business day"));
    }

    private void day(Request request) throws IOException {
        callers.of(request);
        LocalDate day = date(request.parameter("day"));
        Requests.answer(request, 200, found(office.day(day), "business day " + day));
    }

    private void openDay(Asked asked) throws IOException {
        Caller caller = callers.of(asked.request());
        LocalDate day = asked.as(NewDay.class).day();
        answer(asked.request(), office.open(day, caller.person()));
    }

    private void closeDay(Asked asked) throws IOException {
        Caller caller = callers.of(asked.request());
        LocalDate day = asked.as(Day.class).day();
        answer(asked.request(), office.close(day, caller.person()));
    }

    // ---- shifts

    /// `?day=`; else of the day that is open.
    private void shifts(Request request) throws IOException {
        callers.of(request);
        Optional<LocalDate> day =
                Requests.parameter(request, "day")
                        .map(PaymentsRoutes::date)
                        .or(() -> office.today().map(BusinessDay::day));
        Requests.answer(
                request,
                "shifts",
                day.flatMap(office::day).map(CashOffice.DayReport::shifts).orElse(List.of()));
    }

    private void openShift(Asked asked) throws IOException {
        Caller caller = callers.of(asked.request());
        NewShift shift = asked.as(NewShift.class);
        ShiftOpening opening =
                proper(() ->
                        new ShiftOpening(
                                shift.shift(),
                                caller.device(),
                                shift.cashFloat(),
                                said(shift.pieces()),
                                caller.person()));
        answer(asked.request(), office.open(opening));
    }

    private void move(Asked asked, Function<DrawerMove, ShiftResult> command) throws IOException {
        Caller caller = callers.of(asked.request());
        Move move = asked.as(Move.class);
        List<Pieces> pieces = said(move.pieces());
        Money amount = move.amount();
        if (amount == null && pieces.isEmpty()) {
            throw malformed("say the amount, or the pieces that make it");
        }
        DrawerMove drawer =
                proper(() ->
                        new DrawerMove(
                                asked.request().parameter("shift"),
                                move.id(),
                                amount == null ? Pieces.total(pieces, currency) : amount,
                                pieces,
                                said(move.reason()),
                                caller.person()));
        answer(asked.request(), command.apply(drawer));
    }

    private void drawerOpened(Asked asked) throws IOException {
        Caller caller = callers.of(asked.request());
        Drawer drawer = asked.as(Drawer.class);
        proper(() -> {
            office.drawerOpened(caller.device(), drawer.id(), drawer.reason(), caller.person());
            return true;
        });
        Requests.answer(asked.request(), 200, Map.of("id", drawer.id()));
    }

    private void closeShift(Asked asked) throws IOException {
        Caller caller = callers.of(asked.request());
        boolean even = Boolean.TRUE.equals(asked.as(Closing.class).evenIfUnfinished());
        answer(
                asked.request(),
                office.close(asked.request().parameter("shift"), even, caller.person()));
    }

    private void x(Request request) throws IOException {
        callers.of(request);
        Requests.answer(request, 200, report(request));
    }

    private void z(Request request) throws IOException {
        callers.of(request);
        ShiftReport report = report(request);
        ZReport z = report.shift().z();
        if (z == null) {
            throw new HttpProblem(
                    404, "no-z", "There is no Z yet", "the shift is open; close it first");
        }
        Requests.answer(request, 200, new Z(z, report.supplement()));
    }

    private ShiftReport report(Request request) {
        String shift = request.parameter("shift");
        return found(office.report(shift), "shift " + shift);
    }

    // ---- how all of them ask and answer

    private static String order(Request request) {
        return request.parameter("order");
    }

    private static String said(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static List<Pieces> said(@Nullable List<Pieces> pieces) {
        return pieces == null ? List.of() : pieces;
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException _) {
            throw malformed("a day is written as 2026-03-01, not \"" + text + "\"");
        }
    }

    private static HttpProblem malformed(String detail) {
        return new HttpProblem(
                400, "malformed-request", "The request is not what this takes", detail);
    }

    /// What a value says of itself when it is not proper is told to the client.
    private static <T> T proper(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static <T> T found(Optional<T> value, String what) {
        return value.orElseThrow(() ->
                new HttpProblem(404, "not-found", "There is no such thing", "there is no " + what));
    }

    private static void answer(Request request, PaymentResult result) throws IOException {
        switch (result) {
            case PaymentResult.Done(Payment payment) ->
                    Requests.answer(request, 200, new Answer("DONE", null, payment));
            case PaymentResult.Declined(Payment payment, String reason) ->
                    Requests.answer(request, 200, new Answer("DECLINED", reason, payment));
            case PaymentResult.Lost(Payment payment) ->
                    Requests.answer(request, 200, new Answer("LOST", null, payment));
            case PaymentResult.Asking(Payment payment) ->
                    Requests.answer(request, 202, new Answer("ASKING", null, payment));
            case PaymentResult.Refused(Refusal why, String detail) -> throw refused(why, detail);
        }
    }

    private static void answer(Request request, ShiftResult result) throws IOException {
        switch (result) {
            case ShiftResult.Done(Shift shift) -> Requests.answer(request, 200, shift);
            case ShiftResult.Refused(Refusal why, String detail) -> throw refused(why, detail);
        }
    }

    private static void answer(Request request, BusinessDayResult result) throws IOException {
        switch (result) {
            case BusinessDayResult.Done(BusinessDay day) -> Requests.answer(request, 200, day);
            case BusinessDayResult.Refused(Refusal why, String detail) ->
                    throw refused(why, detail);
        }
    }

    private static HttpProblem refused(Refusal why, String detail) {
        return new HttpProblem(status(why), Requests.kind(why), "Nothing was done", detail);
    }

    private static int status(Refusal why) {
        return switch (why) {
            case NO_SUCH_PAYMENT, NO_SUCH_TENDER, NO_SUCH_SHIFT -> 404;
            case ID_USED,
                    NOT_OPEN,
                    STILL_ASKING,
                    VOUCHER_USED,
                    MONEY_WENT_BACK,
                    NOT_NOW,
                    NO_BUSINESS_DAY,
                    BUSINESS_DAY_OPEN,
                    BUSINESS_DAY_OVER,
                    BUSINESS_DAY_AHEAD,
                    NO_SHIFT,
                    SHIFT_OPEN,
                    SHIFT_CLOSED,
                    SHIFTS_OPEN,
                    NOT_COUNTED,
                    UNFINISHED_PAYMENTS,
                    NOT_IN_DRAWER ->
                    409;
            case WRONG_CURRENCY,
                    WRONG_AMOUNT,
                    TOO_MUCH,
                    TOO_MANY_TENDERS,
                    NO_ACCOUNT,
                    CARD_NUMBER,
                    VOUCHER_WORTH,
                    NOT_PAID_SO ->
                    422;
        };
    }
}
