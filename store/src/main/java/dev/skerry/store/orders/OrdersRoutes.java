package dev.skerry.store.orders;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Approvals;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import dev.skerry.store.orders.Basket.Discount;
import dev.skerry.store.orders.BasketResult.Abandoned;
import dev.skerry.store.orders.BasketResult.Changed;
import dev.skerry.store.orders.BasketResult.Paid;
import dev.skerry.store.orders.BasketResult.Refused;
import dev.skerry.store.orders.Orders.Holder;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Baskets and orders over HTTP, below `/api/baskets` and `/api/orders`.
///
/// The device that asks holds the basket. Each answer to a change is the basket as it then stands; a basket that has been paid
/// answers with its order, and one that was given up with 410.
public final class OrdersRoutes {

    private final Orders orders;
    private final Callers callers;
    private final Approvals approvals;
    private final Supplier<LocalDate> businessDay;

    /// @param businessDay the one that is open
    public OrdersRoutes(
            Orders orders, Callers callers, Approvals approvals, Supplier<LocalDate> businessDay) {
        this.orders = orders;
        this.callers = callers;
        this.approvals = approvals;
        this.businessDay = businessDay;
    }

    /// Who allows what the caller alone may not.
    record Approval(String person, String pin) {}

    record Opening(
            @Nullable OrderSource source,
            @Nullable Boolean training,
            @Nullable String table,
            @Nullable Integer guests) {}

    record SplitOff(List<Check> into) {}

    /// With lines, with an amount, or with neither for an equal share.
    ///
    /// @param id of the new check
    record Check(String id, @Nullable List<Taken> lines, @Nullable Money amount) {}

    /// @param quantity all if left out
    record Taken(String line, @Nullable Quantity quantity) {}

    record Transfer(String to, @Nullable List<String> lines) {}

    record Seating(@Nullable String table, @Nullable Integer guests) {}

    /// @param seen somebody has seen that it can be had, though it counts as run out: not for guests to say
    record NewLine(
            String id,
            @Nullable String code,
            @Nullable Sku sku,
            @Nullable Quantity quantity,
            @Nullable String parent,
            @Nullable String note,
            @Nullable List<Choice> options,
            @Nullable List<Sku> without,
            @Nullable Boolean seen,
            @Nullable Integer course) {

        Wishes wishes() {
            return OrdersRoutes.wishes(options, without, Boolean.TRUE.equals(seen), course);
        }
    }

    /// @param reason who says what they cost, and why
    record GivenLines(String reason, List<GivenLine> lines) {}

    /// @param quantity below zero where it comes back
    /// @param price for one
    /// @param discount on the whole line
    record GivenLine(
            String id,
            Sku sku,
            Quantity quantity,
            Money price,
            @Nullable Money discount,
            @Nullable String note) {}

    /// One of the five.
    record LineChange(
            @Nullable Quantity quantity,
            @Nullable Money price,
            @Nullable String reason,
            @Nullable Discount discount,
            @Nullable String note,
            @Nullable Integer course,
            @Nullable Approval approval) {}

    record WholeDiscount(Discount discount, @Nullable Approval approval) {}

    record Buyer(String customer) {}

    /// @param times how often in all
    record Redeeming(int times) {}

    record Age(int years) {}

    record Named(@Nullable String name) {}

    record Recalling(@Nullable Boolean force) {}

    record Reason(@Nullable String reason) {}

    /// With a receipt: order and line; without one: sku and price.
    record Returned(
            String id,
            @Nullable String order,
            @Nullable String line,
            @Nullable Sku sku,
            @Nullable Money price,
            Quantity quantity,
            String reason,
            @Nullable Approval approval) {}

    record Ordered(
            String id,
            @Nullable OrderSource source,
            @Nullable String name,
            List<OrderedLine> lines) {}

    record OrderedLine(
            Sku sku,
            @Nullable Quantity quantity,
            @Nullable String note,
            @Nullable List<Choice> options,
            @Nullable List<Sku> without) {}

    /// What is served.
    public List<Operation> operations() {
        return List.of(
                Operation.of(
                                "GET",
                                "/api/baskets",
                                "Lists baskets, the one changed last first",
                                this::list)
                        .listing("baskets", Basket.class)
                        .only(Role.CASHIER, Role.MANAGER, Role.DISPLAY),
                Operation.of(
                                "GET",
                                "/api/baskets/{id}",
                                "Shows a basket, or the order it has become",
                                this::one)
                        .answering(Basket.class),
                changing("PUT", "", "Opens a basket; one that is there stays as it is", this::open)
                        .taking(Opening.class),
                Operation.of(
                                "DELETE",
                                "/api/baskets/{id}",
                                "Gives a basket up",
                                Requests.taking(this::abandon))
                        .taking(Reason.class)
                        .only(Role.GUEST, Role.CASHIER, Role.MANAGER, Role.INTEGRATION),
                changing("POST", "/lines", "Adds what was scanned or chosen", this::add)
                        .taking(NewLine.class),
                changing(
                                "POST",
                                "/given",
                                "Adds what another system has sold or taken back at its own prices, all lines or none",
                                this::addGiven)
                        .taking(GivenLines.class)
                        .only(Role.INTEGRATION, Role.MANAGER),
                changing(
                                "PATCH",
                                "/lines/{line}",
                                "Changes a line's quantity, price, discount, note or course",
                                this::changeLine)
                        .taking(LineChange.class),
                changing("DELETE", "/lines/{line}", "Voids a line", this::voidLine),
                changing(
                                "DELETE",
                                "/lines/{line}/discount",
                                "Takes the discount of a line away",
                                it ->
                                        change(
                                                it,
                                                "",
                                                new BasketCommand.DiscountLine(
                                                        it.request().parameter("line"),
                                                        null,
                                                        null)))
                        .only(Role.CASHIER, Role.MANAGER),
                changing(
                                "POST",
                                "/returns",
                                "Adds what comes back, with or without a receipt",
                                this::giveBack)
                        .taking(Returned.class)
                        .only(Role.CASHIER, Role.MANAGER),
                changing("PUT", "/customer", "Sets the loyalty account", this::customer)
                        .taking(Buyer.class),
                changing(
                        "DELETE",
                        "/customer",
                        "Takes the loyalty account out",
                        it -> change(it, "", new BasketCommand.SetCustomer(null))),
                changing("PUT", "/coupons/{code}", "Adds a coupon", this::coupon),
                changing("DELETE", "/coupons/{code}", "Takes a coupon out", this::coupon),
                changing(
                                "PUT",
                                "/redemptions/{reward}",
                                "Spends points of the customer on a reward, so often in all",
                                this::redeem)
                        .taking(Redeeming.class),
                changing(
                        "DELETE",
                        "/redemptions/{reward}",
                        "Spends no points on a reward",
                        it ->
                                change(
                                        it,
                                        "",
                                        new BasketCommand.RemoveRedemption(
                                                it.request().parameter("reward")))),
                changing("PUT", "/discount", "Takes something off the whole basket", this::discount)
                        .taking(WholeDiscount.class)
                        .only(Role.CASHIER, Role.MANAGER),
                changing(
                                "DELETE",
                                "/discount",
                                "Takes that discount away",
                                it -> change(it, "", new BasketCommand.DiscountAll(null, null)))
                        .only(Role.CASHIER, Role.MANAGER),
                changing("PUT", "/age", "Notes that the buyer was seen to be so old", this::age)
                        .taking(Age.class)
                        .only(Role.CASHIER, Role.MANAGER),
                changing("PUT", "/table", "Says where it is served, and to how many", this::seat)
                        .taking(Seating.class),
                changing(
                        "POST",
                        "/send",
                        "Sends to the kitchen what it was not told of yet",
                        it -> change(it, "", new BasketCommand.Send())),
                Operation.of(
                                "POST",
                                "/api/baskets/{id}/split",
                                "Splits checks off, by line, by amount or in equal shares: together they cost what it cost",
                                Requests.taking(this::split))
                        .taking(SplitOff.class)
                        .listing("baskets", Basket.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/baskets/{id}/transfer",
                                "Takes lines over to another check; all of them if none is named, and then both are one",
                                Requests.taking(this::transfer))
                        .taking(Transfer.class)
                        .listing("baskets", Basket.class)
                        .only(Role.CASHIER, Role.MANAGER),
                changing("POST", "/suspend", "Puts a basket aside, for any till", this::suspend)
                        .only(Role.CASHIER, Role.MANAGER)
                        .taking(Named.class),
                changing("POST", "/recall", "Takes a basket over", this::recall)
                        .only(Role.CASHIER, Role.MANAGER)
                        .taking(Recalling.class),
                changing(
                                "POST",
                                "/place",
                                "Orders now and pays later: gives a number, and the kitchen begins; from a kiosk only if the store makes what is not paid",
                                this::place)
                        .taking(Named.class),
                Operation.of(
                                "POST",
                                "/api/orders",
                                "Puts a whole order into the tills, as another vendor's system does",
                                Requests.taking(this::order))
                        .taking(Ordered.class)
                        .answering(Basket.class)
                        .only(Role.CASHIER, Role.MANAGER, Role.INTEGRATION),
                Operation.of(
                                "GET",
                                "/api/orders",
                                "Lists the paid orders of a business day, or of several, the last first",
                                this::journal)
                        .asking("day", "such as 2026-03-01; the open business day if left out")
                        .asking(
                                "until",
                                "the last business day, at most %d with the first; the first if left out"
                                        .formatted(JournalSearch.DAYS_MAX))
                        .asking(
                                "text",
                                "in the receipt's number, in the number or name of an article, or in a customer's or guest's name")
                        .asking("till", "a device")
                        .asking("cashier", "the number of a person")
                        .asking("amount", "paid or paid back, in major units, such as 12.50")
                        .asking("card", "the last four digits of a card")
                        .asking("since", "store-local time, such as 09:30")
                        .asking("before", "store-local time, such as 10:00")
                        .asking("older", "the id of an order: those that were paid before it")
                        .asking(
                                "max",
                                "how many; %d if left out, which is the most"
                                        .formatted(JournalSearch.LISTED_MAX))
                        .listing("orders", PaidOrder.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/orders/{id}",
                                "Shows a paid order, by its id or the number of its receipt",
                                this::paid)
                        .answering(PaidOrder.class)
                        .only(Role.CASHIER, Role.MANAGER, Role.INTEGRATION));
    }

    private static Operation changing(
            String method, String below, String summary, Requests.Answering handler) {
        return Operation.of(method, "/api/baskets/{id}" + below, summary, Requests.taking(handler))
                .answering(Basket.class)
                .only(Role.GUEST, Role.CASHIER, Role.MANAGER, Role.INTEGRATION);
    }

    // ---- baskets

    private void list(Request request) throws IOException {
        callers.of(request);
        Requests.answer(request, "baskets", orders.baskets());
    }

    private void one(Request request) throws IOException {
        callers.of(request);
        answer(request, 200, orders.basket(request.parameter("id")));
    }

    private void open(Asked asked) throws IOException {
        Opening opening = asked.as(Opening.class);
        String id = id(asked);
        answer(
                asked.request(),
                200,
                orders.open(
                        asked.command("open " + id),
                        id,
                        opening.source() == null ? OrderSource.TILL : opening.source(),
                        holder(asked),
                        Boolean.TRUE.equals(opening.training()),
                        opening.table(),
                        opening.guests()));
    }

    private void add(Asked asked) throws IOException {
        NewLine line = asked.as(NewLine.class);
        Sku sku = line.sku();
        String code = line.code();
        if (Boolean.TRUE.equals(line.seen()) && !maySay(asked)) {
            throw new HttpProblem(
                    403,
                    "role-needed",
                    "This is for others to do",
                    "cashier or manager may say that they have seen what counts as run out");
        }
        if ((sku == null) == (code == null)) {
            throw malformed("a line has a code that was scanned, or a sku that was chosen");
        }
        change(
                asked,
                "line " + line.id() + " of " + id(asked),
                code != null
                        ? new BasketCommand.Scan(line.id(), code, line.quantity(), line.wishes())
                        : new BasketCommand.Add(
                                line.id(),
                                requireNonNull(sku),
                                line.quantity() == null ? Quantity.ONE : line.quantity(),
                                line.parent(),
                                line.note(),
                                line.wishes()));
    }

    private boolean maySay(Asked asked) {
        Caller caller = callers.of(asked.request());
        return caller.is(Role.CASHIER) || caller.is(Role.MANAGER);
    }

    private static Wishes wishes(
            @Nullable List<Choice> options,
            @Nullable List<Sku> without,
            boolean seen,
            @Nullable Integer course) {
        try {
            return new Wishes(
                    options == null ? List.of() : options,
                    without == null ? List.of() : without,
                    seen,
                    course);
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private void addGiven(Asked asked) throws IOException {
        GivenLines given = asked.as(GivenLines.class);
        if (given.lines().isEmpty() || given.reason().isBlank()) {
            throw malformed("there are lines, and a reason for their prices");
        }
        change(
                asked,
                "given " + given.lines().getFirst().id() + " of " + id(asked),
                new BasketCommand.AddGiven(
                        given.lines().stream()
                                .map(it ->
                                        new BasketCommand.GivenLine(
                                                it.id(),
                                                it.sku(),
                                                it.quantity(),
                                                it.price(),
                                                it.discount(),
                                                it.note()))
                                .toList(),
                        given.reason()));
    }

    private void changeLine(Asked asked) throws IOException {
        LineChange change = asked.as(LineChange.class);
        String line = asked.request().parameter("line");
        String by = approved(asked, "change of line " + line, change.approval());
        Quantity quantity = change.quantity();
        Money price = change.price();
        Discount discount = change.discount();
        String note = change.note();
        if ((price != null || discount != null) && !isOfTheStore(callers.of(asked.request()))) {
            throw new HttpProblem(
                    403,
                    "role-needed",
                    "This is for others to do",
                    "prices and discounts are given by cashiers and managers alone");
        }
        Integer course = change.course();
        long wanted =
                Stream.of(quantity, price, discount, note, course).filter(Objects::nonNull).count();
        if (wanted != 1) {
            throw malformed("change one of quantity, price, discount, note and course at a time");
        }
        BasketCommand command;
        if (quantity != null) {
            command = new BasketCommand.ChangeQuantity(line, quantity);
        } else if (price != null) {
            String reason = change.reason() == null ? "" : change.reason();
            command = new BasketCommand.OverridePrice(line, price, reason, by);
        } else if (discount != null) {
            command = new BasketCommand.DiscountLine(line, discount, by);
        } else if (note != null) {
            command = new BasketCommand.Note(line, note);
        } else {
            command = new BasketCommand.SetCourse(line, requireNonNull(course));
        }
        change(asked, "", command);
    }

    private void voidLine(Asked asked) throws IOException {
        String line = asked.request().parameter("line");
        change(asked, "void " + line + " of " + id(asked), new BasketCommand.VoidLine(line));
    }

    private void giveBack(Asked asked) throws IOException {
        Returned returned = asked.as(Returned.class);
        String order = returned.order();
        String line = returned.line();
        Sku sku = returned.sku();
        Money price = returned.price();
        String own = "line " + returned.id() + " of " + id(asked);
        if (order != null && line != null && sku == null && price == null) {
            change(
                    asked,
                    own,
                    new BasketCommand.Return(
                            returned.id(), order, line, returned.quantity(), returned.reason()));
        } else if (sku != null && price != null && order == null && line == null) {
            change(
                    asked,
                    own,
                    new BasketCommand.ReturnWithoutReceipt(
                            returned.id(),
                            sku,
                            returned.quantity(),
                            price,
                            returned.reason(),
                            approved(
                                    asked,
                                    "return of %s without a receipt".formatted(sku),
                                    returned.approval())));
        } else {
            throw malformed(
                    "a return names order and line of its receipt, or sku and price without one");
        }
    }

    private void redeem(Asked asked) throws IOException {
        int times = asked.as(Redeeming.class).times();
        if (times < 1 || times > Basket.Redemption.TIMES_MAX) {
            throw malformed(
                    "a reward is redeemed 1 to %d times".formatted(Basket.Redemption.TIMES_MAX));
        }
        change(asked, "", new BasketCommand.Redeem(asked.request().parameter("reward"), times));
    }

    private void customer(Asked asked) throws IOException {
        change(asked, "", new BasketCommand.SetCustomer(asked.as(Buyer.class).customer()));
    }

    private void coupon(Asked asked) throws IOException {
        String code = asked.request().parameter("code");
        change(
                asked,
                "",
                asked.request().method().equals("DELETE")
                        ? new BasketCommand.RemoveCoupon(code)
                        : new BasketCommand.AddCoupon(code));
    }

    private void discount(Asked asked) throws IOException {
        WholeDiscount discount = asked.as(WholeDiscount.class);
        change(
                asked,
                "",
                new BasketCommand.DiscountAll(
                        discount.discount(), approved(asked, "discount", discount.approval())));
    }

    private void age(Asked asked) throws IOException {
        change(asked, "", new BasketCommand.CheckAge(asked.as(Age.class).years()));
    }

    private void seat(Asked asked) throws IOException {
        Seating seating = asked.as(Seating.class);
        change(asked, "", new BasketCommand.Seat(seating.table(), seating.guests()));
    }

    private void split(Asked asked) throws IOException {
        List<Splitting.Part> parts = new ArrayList<>();
        for (Check check : asked.as(SplitOff.class).into()) {
            List<Taken> lines = check.lines();
            if (lines != null && (lines.isEmpty() || check.amount() != null)) {
                throw malformed("a check is split off by lines, by an amount, or as a share");
            }
            parts.add(
                    new Splitting.Part(
                            check.id(),
                            lines == null
                                    ? null
                                    : lines.stream()
                                            .map(it ->
                                                    new Splitting.Taken(it.line(), it.quantity()))
                                            .toList(),
                            check.amount()));
        }
        if (parts.isEmpty()) {
            throw malformed("at least one check is split off");
        }
        answer(
                asked.request(),
                orders.split(
                        asked.command("split off " + parts.getFirst().id()),
                        id(asked),
                        holder(asked),
                        parts));
    }

    private void transfer(Asked asked) throws IOException {
        Transfer transfer = asked.as(Transfer.class);
        if (transfer.lines() != null && transfer.lines().isEmpty()) {
            throw malformed("name lines, or leave them out for all");
        }
        answer(
                asked.request(),
                orders.transfer(
                        asked.command(""),
                        id(asked),
                        holder(asked),
                        transfer.to(),
                        transfer.lines()));
    }

    private static void answer(Request request, CheckResult result) throws IOException {
        switch (result) {
            case CheckResult.Done(List<Basket> checks) ->
                    Requests.answer(request, "baskets", checks);
            case CheckResult.NotDone(BasketResult why) -> answer(request, 200, why);
        }
    }

    private void suspend(Asked asked) throws IOException {
        String name = asked.as(Named.class).name();
        change(asked, "", new BasketCommand.Suspend(name == null ? "" : name));
    }

    private void recall(Asked asked) throws IOException {
        boolean force = Boolean.TRUE.equals(asked.as(Recalling.class).force());
        answer(
                asked.request(),
                200,
                orders.recall(once(asked, ""), id(asked), holder(asked), force));
    }

    private void place(Asked asked) throws IOException {
        String name = asked.as(Named.class).name();
        answer(
                asked.request(),
                200,
                orders.place(
                        asked.command("place " + id(asked)),
                        id(asked),
                        holder(asked),
                        name == null ? "" : name));
    }

    /// Somebody who answers for it, and no guest or other system.
    private static boolean isOfTheStore(Caller caller) {
        return caller.is(Role.CASHIER) || caller.is(Role.MANAGER);
    }

    private void abandon(Asked asked) throws IOException {
        String reason = asked.as(Reason.class).reason();
        Caller caller = callers.of(asked.request());
        if (!isOfTheStore(caller)
                && orders.basket(id(asked)) instanceof Changed(Basket basket)
                && !basket.device().equals(caller.device())) {
            throw new HttpProblem(
                    409,
                    Requests.kind(BasketResult.Refusal.HELD_ELSEWHERE),
                    "The basket stays as it was",
                    "%s holds this basket: only a cashier or a manager gives up what others hold"
                            .formatted(basket.device()));
        }
        BasketResult result =
                orders.abandon(
                        asked.command("abandon " + id(asked)),
                        id(asked),
                        holder(asked),
                        businessDay.get(),
                        reason == null ? "" : reason);
        if (result instanceof Paid) {
            throw new HttpProblem(
                    409,
                    "paid-already",
                    "The basket stays as it was",
                    "it has been paid: take it back as a void or a return");
        }
        if (result instanceof Abandoned) {
            asked.request().answer(204, Map.of(), Bytes.of(""));
        } else {
            answer(asked.request(), 200, result);
        }
    }

    // ---- orders

    /// A whole order at once, as another vendor's system sends it: any till can recall it, and the kitchen begins.
    private void order(Asked asked) throws IOException {
        Ordered ordered = asked.as(Ordered.class);
        Holder holder = holder(asked);
        String id = ordered.id();
        if (ordered.lines().isEmpty()) {
            throw malformed("an order has lines");
        }
        BasketResult result =
                orders.open(
                        new Command("open " + id, "order"),
                        id,
                        ordered.source() == null ? OrderSource.VENDOR : ordered.source(),
                        holder,
                        false);
        for (int i = 0; i < ordered.lines().size() && isOpen(result); i++) {
            OrderedLine line = ordered.lines().get(i);
            String lineId = String.valueOf(i + 1);
            result =
                    orders.change(
                            new Command("line " + lineId + " of " + id, line.toString()),
                            id,
                            holder,
                            new BasketCommand.Add(
                                    lineId,
                                    line.sku(),
                                    line.quantity() == null ? Quantity.ONE : line.quantity(),
                                    null,
                                    line.note(),
                                    wishes(line.options(), line.without(), false, null)));
        }
        if (result instanceof Refused) {
            // Nothing is half done: what is refused leaves no basket behind.
            orders.abandon(
                    new Command("abandon " + id, "refused"),
                    id,
                    holder,
                    businessDay.get(),
                    "refused");
        } else if (isOpen(result)) {
            result =
                    orders.place(
                            asked.command("place " + id),
                            id,
                            holder,
                            ordered.name() == null ? "" : ordered.name());
        }
        answer(asked.request(), 201, result);
    }

    private static boolean isOpen(BasketResult result) {
        return result instanceof Changed(Basket basket) && basket.status() == Basket.Status.OPEN;
    }

    private void paid(Request request) throws IOException {
        callers.of(request);
        String id = request.parameter("id");
        Requests.answer(
                request,
                200,
                orders.order(id)
                        .orElseThrow(() ->
                                new HttpProblem(
                                        404,
                                        "no-such-order",
                                        "There is no such order",
                                        "no order \"%s\" has been paid in this store"
                                                .formatted(id))));
    }

    private void journal(Request request) throws IOException {
        callers.of(request);
        LocalDate day = asked(request, "day", OrdersRoutes::day).orElseGet(businessDay);
        JournalSearch search;
        try {
            search =
                    new JournalSearch(
                            day,
                            asked(request, "until", OrdersRoutes::day).orElse(day),
                            asked(request, "text", it -> it).orElse(""),
                            asked(request, "till", it -> it).orElse(null),
                            asked(request, "cashier", it -> it).orElse(null),
                            asked(request, "amount", this::amount).orElse(null),
                            asked(request, "card", it -> it).orElse(null),
                            asked(request, "since", OrdersRoutes::time).orElse(null),
                            asked(request, "before", OrdersRoutes::time).orElse(null),
                            asked(request, "older", it -> it).orElse(null),
                            asked(request, "max", OrdersRoutes::count)
                                    .orElse(JournalSearch.LISTED_MAX));
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
        Requests.answer(request, "orders", orders.journal(search));
    }

    private static <T> Optional<T> asked(Request request, String name, Function<String, T> read) {
        return Requests.parameter(request, name).filter(it -> !it.isBlank()).map(read);
    }

    private Money amount(String text) {
        try {
            return Money.of(new BigDecimal(text.strip()), orders.currency());
        } catch (IllegalArgumentException _) {
            throw malformed("an amount is written as 12.50, not \"" + text + "\"");
        }
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException _) {
            throw malformed("a time is written as 09:30, not \"" + text + "\"");
        }
    }

    private static int count(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw malformed("a number is written in digits, not as \"" + text + "\"");
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw malformed("a day is written as 2026-03-01, not \"" + text + "\"");
        }
    }

    // ---- how all of them ask and answer

    private void change(Asked asked, String own, BasketCommand command) throws IOException {
        answer(
                asked.request(),
                200,
                orders.change(once(asked, own), id(asked), holder(asked), command));
    }

    /// What sets something to a value may be repeated as it is: each time counts as a command of its own.
    private Command once(Asked asked, String own) {
        return asked.command(own.isEmpty() ? orders.newId() : own);
    }

    private static String id(Asked asked) {
        return asked.request().parameter("id");
    }

    private Holder holder(Asked asked) {
        Caller caller = callers.of(asked.request());
        return new Holder(caller.device(), caller.person());
    }

    private @Nullable String approved(Asked asked, String action, @Nullable Approval approval) {
        return approval == null
                ? null
                : approvals.by(
                        callers.of(asked.request()),
                        "%s in basket %s".formatted(action, id(asked)),
                        approval.person(),
                        approval.pin());
    }

    private static HttpProblem malformed(String detail) {
        return new HttpProblem(
                400, "malformed-request", "The body is not what this request takes", detail);
    }

    private static void answer(Request request, int status, BasketResult result)
            throws IOException {
        switch (result) {
            case Changed(Basket basket) -> Requests.answer(request, status, basket);
            case Paid(PaidOrder order) -> Requests.answer(request, 200, order);
            case Abandoned(String id) -> throw gone(id);
            case Refused refused -> throw problem(refused);
        }
    }

    /// How it is answered that a basket was given up.
    public static HttpProblem gone(String id) {
        return new HttpProblem(
                410,
                "basket-abandoned",
                "The basket was given up",
                "the basket %s was given up: open another".formatted(id));
    }

    /// How it is answered that nothing was done.
    public static HttpProblem problem(Refused refused) {
        return problem(status(refused.why()), "The basket stays as it was", refused);
    }

    /// What is said to a client that is refused something.
    ///
    /// @param title always the same for what it asked for
    public static HttpProblem problem(int status, String title, Refused refused) {
        HttpProblem problem =
                new HttpProblem(status, Requests.kind(refused.why()), title, refused.detail());
        BasketResult.AgeLimit age = refused.age();
        return age == null
                ? problem
                : problem.with("years", age.years()).with("bornBy", age.bornBy().toString());
    }

    private static int status(BasketResult.Refusal why) {
        return switch (why) {
            case NO_SUCH_BASKET, NO_SUCH_LINE, NO_SUCH_ORDER, UNKNOWN_ARTICLE -> 404;
            case APPROVAL_NEEDED -> 403;
            case HELD_ELSEWHERE, NOT_NOW, AGE_CHECK_NEEDED, ALREADY_RETURNED, RAN_OUT -> 409;
            case NOT_FOR_SALE,
                    NO_PRICE,
                    WRONG_QUANTITY,
                    WRONG_PRICE,
                    CHOICE_MISSING,
                    WRONG_CHOICE,
                    NOT_DISCOUNTABLE,
                    NOT_RETURNABLE,
                    COUPON_REFUSED,
                    CUSTOMER_NEEDED,
                    TOO_MANY,
                    NOTHING_TO_PAY ->
                    422;
        };
    }
}
