package dev.skerry.app.shop;

import static java.util.Objects.requireNonNull;

import dev.skerry.app.feed.Feed;
import dev.skerry.app.shop.Trips.Trip;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.language.Json;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.loyalty.OfferEvent.OfferMade;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderEvent.OrderLeft;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.language.printing.QrCode;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import dev.skerry.store.catalog.Catalog;
import dev.skerry.store.loyalty.Loyalty;
import dev.skerry.store.loyalty.Member;
import dev.skerry.store.orders.Basket;
import dev.skerry.store.orders.BasketCommand;
import dev.skerry.store.orders.BasketResult;
import dev.skerry.store.orders.BasketResult.Refusal;
import dev.skerry.store.orders.Orders;
import dev.skerry.store.orders.Orders.Holder;
import dev.skerry.store.orders.OrdersRoutes;
import dev.skerry.store.orders.PaidOrder;
import dev.skerry.store.orders.Pricer.PricedLine;
import dev.skerry.store.printing.Printing;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shoppers who scan with their own telephones, pay at a till or at a terminal, and show a code at the exit: below `/api/go`. Any thread.
///
/// ```
/// SHOPPING ⇄ WAITING       wants to pay: any till takes the basket over, by its QR code
/// SHOPPING ⇄ PAYING        at the terminal for phones
/// WAITING → AT_TILL        a till has it; back to WAITING if that puts it aside
/// AT_TILL, PAYING → PAID   the code for the exit is there
/// any but PAID → OVER      given up
/// ```
///
/// A phone names no basket and no order: it has the one of its trip. What is sold by weight comes by its label alone.
final class ScanAndGo {

    static final int FOUND_MAX = 20;

    /// What a till's scanner reads off a phone begins so; the rest is the number of the trip.
    static final String TILL_CODE = "GO-";

    /// What a gate reads off a phone begins so; the rest are the eight digits.
    static final String EXIT_CODE = "EX-";

    private static final String NAME = "\u260e ";

    private final Trips trips;
    private final Orders orders;
    private final Checkout checkout;
    private final Loyalty loyalty;
    private final Catalog catalog;
    private final PriceCheck prices;
    private final Printing printing;
    private final Feed feed;
    private final Callers callers;
    private final ZoneId time;
    private final InstantSource clock;

    ScanAndGo(
            Trips trips,
            Orders orders,
            Checkout checkout,
            Loyalty loyalty,
            Catalog catalog,
            PriceCheck prices,
            Printing printing,
            Feed feed,
            Callers callers,
            ZoneId time,
            InstantSource clock) {
        this.trips = trips;
        this.orders = orders;
        this.checkout = checkout;
        this.loyalty = loyalty;
        this.catalog = catalog;
        this.prices = prices;
        this.printing = printing;
        this.feed = feed;
        this.callers = callers;
        this.time = time;
        this.clock = clock;
    }

    enum Stage {
        SHOPPING,
        WAITING,
        AT_TILL,
        PAYING,
        PAID,
        OVER
    }

    /// A line of a phone's basket.
    ///
    /// @param parent the line that it came with, as a deposit; null if it came by itself
    /// @param fixed its quantity cannot be changed: it was on the label, or it belongs to another line
    /// @param ageMin years; 0 for everybody
    record Item(
            String id,
            @Nullable String parent,
            String name,
            Quantity quantity,
            boolean weighed,
            boolean fixed,
            int ageMin,
            @Nullable Money unitPrice,
            @Nullable Money net,
            List<OrderDiscount> discounts) {}

    /// @param saved all discounts together
    record Cart(
            List<Item> lines,
            List<String> coupons,
            List<OrderDiscount> discounts,
            Money saved,
            Money total,
            long points,
            List<String> hints) {}

    /// The loyalty card of the trip. It says no name: who holds a number need not be who it belongs to.
    ///
    /// @param points to be spent
    /// @param listAgeSeconds how old the list is from which this was read
    record Card(long points, List<String> offers, long listAgeSeconds) {}

    /// @param rows of a QR code from top to bottom, `1` where it is dark
    record Shown(String text, List<String> rows) {}

    /// @param digits to be typed where nothing reads the QR code
    /// @param until it counts
    /// @param left somebody has left with it
    record Exit(String digits, Shown qr, Instant until, boolean left) {}

    /// @param total what was paid
    /// @param change given back in cash
    record Bought(String receipt, Money total, Money change, int articles) {}

    /// A trip as it stands.
    ///
    /// @param number by which people at tills call it
    /// @param cart null before anything was scanned, and when all is paid
    /// @param ageCheck the highest age that has to be seen before it is paid; 0 if none
    /// @param till what a till scans; null but while the basket waits to be paid
    /// @param heldBy the till that has it; null if none has
    /// @param terminal at which it can be paid without a cashier; null if there is none
    record Standing(
            String trip,
            String number,
            Stage stage,
            Instant until,
            @Nullable Cart cart,
            int ageCheck,
            @Nullable Card card,
            @Nullable Shown till,
            @Nullable String heldBy,
            @Nullable String terminal,
            @Nullable Bought bought,
            @Nullable Exit exit) {}

    record Scanned(String id, @Nullable String code, @Nullable Sku sku) {}

    record Changed(Quantity quantity) {}

    record Tender(String tender) {}

    /// @param label it is sold by weight: the label has to be scanned
    record Found(Sku sku, String name, @Nullable Money price, boolean label, int ageMin) {}

    /// What a till has to know of a basket that it took over from a phone.
    ///
    /// @param check compare what is in the bag with the basket
    /// @param age to be seen before it can be paid; 0 if none
    /// @param bornBy who is so old today was born on that day or before; null if no age has to be seen
    /// @param names of what has a limit of age
    record ForTill(
            String basket,
            boolean check,
            int age,
            @Nullable LocalDate bornBy,
            List<String> names) {}

    /// @param code eight digits, as they are or as the QR code has them
    /// @param checked somebody has compared the bag with the receipt
    record Leaving(String code, @Nullable Boolean checked) {}

    /// @param chosen it was one of those that are looked at
    record LetOut(String order, String receipt, Money total, int articles, boolean chosen) {}

    List<Operation> operations() {
        return List.of(
                Operation.of(
                                "POST",
                                "/api/go/trips",
                                "Begins a trip with a telephone: answers with a cookie that opens nothing but /api/go, for some hours",
                                Requests.taking(this::begin))
                        .answering(Standing.class)
                        .forAll(),
                Operation.of("GET", "/api/go", "Shows the trip of the phone that asks", this::show)
                        .answering(Standing.class)
                        .only(Role.SHOPPER),
                changing(
                                "POST",
                                "/scans",
                                "Adds what was scanned: an article, a loyalty card or a coupon",
                                this::scan)
                        .taking(Scanned.class),
                changing(
                                "PATCH",
                                "/lines/{line}",
                                "Changes how many there are of what is sold by the piece",
                                this::change)
                        .taking(Changed.class),
                changing("DELETE", "/lines/{line}", "Takes a line out", this::remove),
                changing("DELETE", "/card", "Takes the loyalty card out", this::removeCard),
                changing("DELETE", "/coupons/{code}", "Takes a coupon out", this::removeCoupon),
                changing(
                        "POST",
                        "/checkout",
                        "Wants to pay at a till: shows what its scanner reads",
                        this::toTill),
                changing(
                        "POST",
                        "/shopping",
                        "Goes on shopping, as long as nothing was paid",
                        this::shopOn),
                changing("POST", "/pay", "Pays by card at the terminal for phones", this::pay)
                        .taking(Tender.class),
                Operation.of(
                                "GET",
                                "/api/go/articles",
                                "Finds articles for a shopper whose camera reads nothing",
                                this::find)
                        .asking("q", "words, or the number on the package")
                        .listing("articles", Found.class)
                        .only(Role.SHOPPER),
                Operation.of(
                                "GET",
                                "/api/go/receipt",
                                "Shows the receipt of the trip as a page",
                                this::receipt)
                        .asking("language", "such as en")
                        .only(Role.SHOPPER),
                Operation.of(
                                "GET",
                                "/api/go/feed",
                                "Tells by server-sent events that the trip has changed, as GET /api/feed does of all",
                                this::listen)
                        .only(Role.SHOPPER),
                Operation.of(
                                "GET",
                                "/api/trips/{id}",
                                "Tells a till what to look at in a basket that it took over from a phone",
                                this::forTill)
                        .answering(ForTill.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/exits",
                                "Lets what was paid with a phone out of the store, once; refuses what has to be looked at first",
                                Requests.taking(this::leave))
                        .taking(Leaving.class)
                        .answering(LetOut.class)
                        .only(Role.CASHIER, Role.MANAGER, Role.INTEGRATION));
    }

    private static Operation changing(
            String method, String below, String summary, Requests.Answering handler) {
        return Operation.of(method, "/api/go" + below, summary, Requests.taking(handler))
                .answering(Standing.class)
                .only(Role.SHOPPER);
    }

    // ---- the trip

    private void begin(Asked asked) throws IOException {
        if (!trips.rules().offered()) {
            throw new HttpProblem(
                    404,
                    "not-offered",
                    "This store has no scan and go",
                    "shop at the tills; whoever runs the store switches it on with the setting shop.go");
        }
        if (!trips.begun().take()) {
            throw later("Too many shoppers begin at once", trips.begun());
        }
        Trip trip = trips.begin();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Cache-Control", "no-store");
        headers.put("Set-Cookie", trips.cookie(asked.request(), trip));
        asked.request().answer(201, headers, Bytes.of(Json.write(standing(trip))));
    }

    private static HttpProblem later(String what, Budget budget) {
        long seconds = Math.max(1, budget.full().toSeconds() + 1);
        return new HttpProblem(
                429,
                "too-many",
                what,
                "try again in %d seconds".formatted(seconds),
                Map.of("Retry-After", Long.toString(seconds)));
    }

    private void show(Request request) throws IOException {
        Requests.answer(request, 200, standing(trip(request)));
    }

    private Trip trip(Request request) {
        return trips.of(request)
                .orElseThrow(() ->
                        new HttpProblem(
                                401,
                                "no-trip",
                                "This phone is on no trip",
                                "begin one with POST /api/go/trips"));
    }

    private void answer(Asked asked, BasketResult result) throws IOException {
        switch (result) {
            case BasketResult.Changed _, BasketResult.Paid _ -> show(asked.request());
            case BasketResult.Abandoned(String id) -> throw OrdersRoutes.gone(id);
            case BasketResult.Refused refused -> throw OrdersRoutes.problem(refused);
        }
    }

    private static Holder phone(Trip trip) {
        return new Holder(trip.id(), "");
    }

    private void listen(Request request) throws IOException, InterruptedException {
        feed.serveOne(request, EnumSet.of(Topic.BASKETS, Topic.ORDERS), trip(request).id());
    }

    // ---- shopping

    private void scan(Asked asked) throws IOException {
        Scanned scanned = asked.as(Scanned.class);
        String code = scanned.code();
        Sku sku = scanned.sku();
        if ((code == null) == (sku == null)) {
            throw malformed("say either code or sku");
        }
        Trip trip = trip(asked.request());
        Command command = asked.command("line %s of %s".formatted(scanned.id(), trip.id()));
        orders.open(
                new Command("open " + trip.id(), "phone"),
                trip.id(),
                OrderSource.SCAN_AND_GO,
                phone(trip),
                false);
        BasketResult result =
                orders.change(
                        command,
                        trip.id(),
                        phone(trip),
                        code == null
                                ? chosen(scanned.id(), requireNonNull(sku))
                                : new BasketCommand.Scan(scanned.id(), code, null));
        if (code != null
                && result instanceof BasketResult.Refused refused
                && refused.why() == Refusal.UNKNOWN_ARTICLE) {
            result =
                    otherCode(code)
                            .map(it -> orders.change(command, trip.id(), phone(trip), it))
                            .orElse(refused);
        }
        answer(asked, result);
    }

    private BasketCommand chosen(String line, Sku sku) {
        if (catalog.article(sku).filter(it -> it.weighed()).isPresent()) {
            throw new HttpProblem(
                    422,
                    Requests.kind(Refusal.WRONG_QUANTITY),
                    "The basket stays as it was",
                    "it is sold by weight: weigh it, and scan its label");
        }
        return new BasketCommand.Add(line, sku, Quantity.ONE, null, null);
    }

    /// No article has this code: it may be a loyalty card, or a coupon.
    private Optional<BasketCommand> otherCode(String code) {
        Optional<BasketCommand> found =
                loyalty.byCard(code)
                        .filter(it -> !it.blocked())
                        .<BasketCommand>map(it -> new BasketCommand.SetCustomer(it.id()))
                        .or(() ->
                                loyalty.coupon(code, null, clock.instant()).offer() == null
                                        ? Optional.empty()
                                        : Optional.of(new BasketCommand.AddCoupon(code)));
        if (found.isEmpty() && !trips.wrong().take()) {
            throw later("Too many unknown codes", trips.wrong());
        }
        return found;
    }

    /// What is on a label, or came with something else, is changed by nobody but a cashier: else a phone would weigh.
    private void change(Asked asked) throws IOException {
        Trip trip = trip(asked.request());
        String id = asked.request().parameter("line");
        Quantity quantity = asked.as(Changed.class).quantity();
        if (orders.basket(trip.id()) instanceof BasketResult.Changed(Basket basket)
                && live(basket).stream().anyMatch(it -> it.id().equals(id) && isFixed(it))) {
            throw new HttpProblem(
                    422,
                    Requests.kind(Refusal.WRONG_QUANTITY),
                    "The basket stays as it was",
                    "how much it is stands on its label: take it out, or scan another");
        }
        command(asked, new BasketCommand.ChangeQuantity(id, quantity));
    }

    private static boolean isFixed(Basket.Line line) {
        return line.parent() != null
                || line.item().weighed()
                || line.item().quantity() != null
                || line.item().price() != null;
    }

    private void remove(Asked asked) throws IOException {
        command(asked, new BasketCommand.VoidLine(asked.request().parameter("line")));
    }

    private void removeCard(Asked asked) throws IOException {
        command(asked, new BasketCommand.SetCustomer(null));
    }

    private void removeCoupon(Asked asked) throws IOException {
        command(asked, new BasketCommand.RemoveCoupon(asked.request().parameter("code")));
    }

    private void command(Asked asked, BasketCommand command) throws IOException {
        Trip trip = trip(asked.request());
        answer(asked, orders.change(asked.command(""), trip.id(), phone(trip), command));
    }

    private void find(Request request) throws IOException {
        trip(request);
        ZonedDateTime at = clock.instant().atZone(time);
        List<Found> found = new ArrayList<>();
        catalog.search(Requests.parameter(request, "q").orElse(""), at.toLocalDateTime(), FOUND_MAX)
                .forEach(it ->
                        prices.price(it.sku(), at)
                                .ifPresent(price -> {
                                    Integer age = it.ageMin();
                                    found.add(
                                            new Found(
                                                    it.sku(),
                                                    it.name(),
                                                    price.price(),
                                                    it.weighed(),
                                                    age == null ? 0 : age));
                                }));
        Requests.answer(request, "articles", found);
    }

    // ---- paying

    private void toTill(Asked asked) throws IOException {
        Trip trip = trip(asked.request());
        if (stage(trip, orders.basket(trip.id())) == Stage.WAITING) {
            show(asked.request());
            return;
        }
        command(asked, new BasketCommand.Suspend(NAME + number(trip)));
    }

    private void shopOn(Asked asked) throws IOException {
        Trip trip = trip(asked.request());
        Stage stage = stage(trip, orders.basket(trip.id()));
        switch (stage) {
            case SHOPPING -> show(asked.request());
            case WAITING ->
                    answer(asked, orders.recall(asked.command(""), trip.id(), phone(trip), false));
            case PAYING -> {
                backFromTerminal(trip);
                show(asked.request());
            }
            case AT_TILL, PAID, OVER ->
                    throw notNow(
                            stage == Stage.AT_TILL
                                    ? "a till has the basket: ask there"
                                    : "the trip is over: begin another");
        }
    }

    private void pay(Asked asked) throws IOException {
        Trip trip = trip(asked.request());
        String terminal = trips.rules().terminal();
        String tender = asked.as(Tender.class).tender();
        if (terminal == null) {
            throw notNow("phones pay at a till in this store");
        }
        BasketResult there = orders.basket(trip.id());
        Stage stage = stage(trip, there);
        if (stage == Stage.PAID) {
            show(asked.request());
            return;
        }
        if (stage == Stage.AT_TILL || !(there instanceof BasketResult.Changed(Basket basket))) {
            throw notNow("the basket is not at this phone");
        }
        if (age(basket) > basket.ageChecked()) {
            throw new HttpProblem(
                    409,
                    Requests.kind(Refusal.AGE_CHECK_NEEDED),
                    "Somebody has to see how old you are",
                    "pay at a till: there is something with a limit of age in the basket");
        }
        if (basket.status() != Basket.Status.PAYING) {
            BasketResult moved =
                    orders.recall(asked.command(""), trip.id(), new Holder(terminal, ""), true);
            if (moved instanceof BasketResult.Refused refused) {
                throw OrdersRoutes.problem(refused);
            }
        }
        try {
            checkout.byCard(trip.id(), tender, terminal(terminal));
        } catch (HttpProblem e) {
            backFromTerminal(trip);
            throw e;
        }
        show(asked.request());
    }

    private static Caller terminal(String device) {
        return new Caller("", device, Set.of(Role.GUEST));
    }

    /// To the shopper's hands again.
    private void backFromTerminal(Trip trip) {
        String terminal = requireNonNull(trips.rules().terminal());
        if (orders.basket(trip.id()) instanceof BasketResult.Changed(Basket basket)
                && basket.status() == Basket.Status.PAYING) {
            checkout.stopped(trip.id(), terminal(terminal));
        }
        orders.recall(
                new Command("back %s %s".formatted(trip.id(), clock.instant()), "back"),
                trip.id(),
                phone(trip),
                true);
    }

    private static HttpProblem notNow(String detail) {
        return new HttpProblem(
                409, Requests.kind(Refusal.NOT_NOW), "The basket stays as it was", detail);
    }

    private void receipt(Request request) throws IOException {
        Trip trip = trip(request);
        String html =
                printing.html(
                                trip.id(),
                                Printing.Form.of(
                                        Requests.parameter(request, "language")
                                                .filter(it -> it.matches("[a-z]{2}"))
                                                .orElse("en")),
                                false)
                        .orElseThrow(() ->
                                new HttpProblem(
                                        404,
                                        "no-receipt",
                                        "There is no receipt yet",
                                        "it is there when all is paid"));
        request.answer(
                200,
                Map.of(
                        "Content-Type",
                        "text/html; charset=utf-8",
                        "Cache-Control",
                        "private, no-store"),
                Bytes.of(html));
    }

    // ---- tills and gates

    private void forTill(Request request) throws IOException {
        callers.of(request);
        String id = request.parameter("id");
        if (!(orders.basket(id) instanceof BasketResult.Changed(Basket basket))
                || basket.source() != OrderSource.SCAN_AND_GO) {
            throw new HttpProblem(
                    404,
                    "no-such-trip",
                    "There is no such trip",
                    "no phone's basket is called \"%s\", or it is paid".formatted(id));
        }
        int age = age(basket) > basket.ageChecked() ? age(basket) : 0;
        Requests.answer(
                request,
                200,
                new ForTill(
                        id,
                        trips.isChosen(id),
                        age,
                        age == 0 ? null : orders.day(clock.instant()).minusYears(age),
                        live(basket).stream()
                                .filter(it -> it.item().ageMin() > 0)
                                .map(it -> it.item().name())
                                .toList()));
    }

    private void leave(Asked asked) throws IOException {
        Leaving leaving = asked.as(Leaving.class);
        Caller caller = callers.of(asked.request());
        String digits = leaving.code().replaceAll("\\D", "");
        Instant now = clock.instant();
        Order order =
                orders.paidByPhone(now).stream()
                        .filter(it -> trips.exitCode(it).equals(digits))
                        .findFirst()
                        .flatMap(orders::order)
                        .filter(it -> it.voided() == null)
                        .map(PaidOrder::order)
                        .orElseThrow(this::noSuchExit);
        if (exitUntil(order).isBefore(now)) {
            throw new HttpProblem(
                    410,
                    "exit-code-lapsed",
                    "The code for the exit is too old",
                    "it was paid at %s: look at the receipt".formatted(order.at().toLocalTime()));
        }
        boolean checked = Boolean.TRUE.equals(leaving.checked());
        boolean chosen = isToBeChecked(order);
        Command command = asked.command("");
        if (chosen && !checked && orders.left(order.id()).isEmpty()) {
            throw new HttpProblem(
                    409,
                    "check-first",
                    "Look into the bag first",
                    "compare it with receipt %s: %d articles, %s; then say that it was checked"
                            .formatted(order.receipt(), articles(order), order.total()));
        }
        switch (orders.leave(
                command, order.id(), new Holder(caller.device(), caller.person()), checked)) {
            case Orders.Leaving.Now _ ->
                    Requests.answer(
                            asked.request(),
                            200,
                            new LetOut(
                                    order.id(),
                                    order.receipt().toString(),
                                    order.total(),
                                    articles(order),
                                    chosen));
            case Orders.Leaving.Before(OrderLeft before) ->
                    throw new HttpProblem(
                            409,
                            "left-already",
                            "Somebody has left with this code",
                            "%s let it out at %s: look at the receipt"
                                    .formatted(
                                            before.by().isEmpty() ? "the gate" : before.by(),
                                            before.device()));
        }
    }

    private HttpProblem noSuchExit() {
        return trips.wrong().take()
                ? new HttpProblem(
                        404,
                        "no-such-exit-code",
                        "No sale has this code for the exit",
                        "read it again off the phone, or look at the receipt")
                : later("Too many wrong codes", trips.wrong());
    }

    /// Who took the money at a till was told to look.
    private boolean isToBeChecked(Order order) {
        return order.receipt().till().equals(trips.rules().terminal())
                && trips.isChosen(order.id());
    }

    // ---- how it stands

    private static String number(Trip trip) {
        return trip.id().substring(trip.id().length() - 4);
    }

    private Stage stage(Trip trip, BasketResult there) {
        return switch (there) {
            case BasketResult.Paid _ -> Stage.PAID;
            case BasketResult.Abandoned _ -> Stage.OVER;
            case BasketResult.Refused _ -> Stage.SHOPPING;
            case BasketResult.Changed(Basket basket) -> {
                if (basket.status() == Basket.Status.SUSPENDED) {
                    yield Stage.WAITING;
                }
                if (basket.device().equals(trip.id())) {
                    yield Stage.SHOPPING;
                }
                yield basket.device().equals(trips.rules().terminal())
                        ? Stage.PAYING
                        : Stage.AT_TILL;
            }
        };
    }

    private Standing standing(Trip trip) {
        BasketResult there = orders.basket(trip.id());
        Stage stage = stage(trip, there);
        Basket basket = there instanceof BasketResult.Changed(Basket open) ? open : null;
        PaidOrder paid = there instanceof BasketResult.Paid(PaidOrder order) ? order : null;
        return new Standing(
                trip.id(),
                number(trip),
                stage,
                trip.until(),
                basket == null ? null : cart(basket),
                basket == null || age(basket) <= basket.ageChecked() ? 0 : age(basket),
                basket == null ? null : card(basket.customer()),
                stage == Stage.WAITING
                        ? drawn(TILL_CODE + trip.id().substring("go-".length()))
                        : null,
                stage == Stage.AT_TILL && basket != null ? basket.device() : null,
                trips.rules().terminal(),
                paid == null ? null : bought(paid.order()),
                paid == null || paid.voided() != null ? null : exit(paid.order()));
    }

    private static List<Basket.Line> live(Basket basket) {
        return basket.lines().stream().filter(it -> !it.voided()).toList();
    }

    private static int age(Basket basket) {
        return live(basket).stream().mapToInt(it -> it.item().ageMin()).max().orElse(0);
    }

    private static Cart cart(Basket basket) {
        List<Item> lines = new ArrayList<>();
        for (Basket.Line line : live(basket)) {
            PricedLine priced = basket.priced().lines().get(line.id());
            lines.add(
                    new Item(
                            line.id(),
                            line.parent(),
                            line.item().name(),
                            line.quantity(),
                            line.item().weighed(),
                            isFixed(line),
                            line.item().ageMin(),
                            priced == null ? null : priced.unitPrice(),
                            priced == null ? null : priced.net(),
                            priced == null ? List.of() : priced.discounts()));
        }
        Money total = basket.priced().total();
        return new Cart(
                lines,
                basket.coupons(),
                basket.priced().discounts(),
                basket.priced().discounts().stream()
                        .map(OrderDiscount::amount)
                        .reduce(Money.zero(total.currency()), Money::plus),
                total,
                basket.priced().points(),
                basket.priced().hints());
    }

    private @Nullable Card card(@Nullable String customer) {
        if (customer == null) {
            return null;
        }
        Instant now = clock.instant();
        return loyalty.byId(customer)
                .map(Member::id)
                .map(it ->
                        new Card(
                                loyalty.balance(it, now).free(),
                                loyalty.offers(it, now).stream().map(OfferMade::title).toList(),
                                loyalty.listAge(now).toSeconds()))
                .orElse(null);
    }

    private static int articles(Order order) {
        return (int)
                order.lines().stream().filter(it -> !it.voided() && it.parent() == null).count();
    }

    private static Bought bought(Order order) {
        return new Bought(
                order.receipt().toString(), order.total(), order.change(), articles(order));
    }

    private Exit exit(Order order) {
        String digits = trips.exitCode(order.id());
        return new Exit(
                digits,
                drawn(EXIT_CODE + digits),
                exitUntil(order),
                orders.left(order.id()).isPresent());
    }

    private Instant exitUntil(Order order) {
        return order.at().atZone(time).toInstant().plus(Trips.EXIT_LIFE);
    }

    private static Shown drawn(String text) {
        QrCode code = QrCode.of(text);
        List<String> rows = new ArrayList<>();
        for (int y = 0; y < code.size(); y++) {
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < code.size(); x++) {
                row.append(code.dark(x, y) ? '1' : '0');
            }
            rows.add(row.toString());
        }
        return new Shown(text, rows);
    }

    private static HttpProblem malformed(String detail) {
        return new HttpProblem(
                400, "malformed-request", "The body is not what this request takes", detail);
    }
}
