package dev.skerry.store.orders;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.Publication;
import dev.skerry.context.Handle;
import dev.skerry.language.EventForm;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.BasketAbandoned;
import dev.skerry.language.orders.OrderEvent.OrderCancelled;
import dev.skerry.language.orders.OrderEvent.OrderLeft;
import dev.skerry.language.orders.OrderEvent.OrderLost;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderPlaced;
import dev.skerry.language.orders.OrderEvent.OrderSent;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.language.orders.OrderTender;
import dev.skerry.language.orders.ReceiptNumber;
import dev.skerry.store.orders.Basket.Draft;
import dev.skerry.store.orders.Basket.Status;
import dev.skerry.store.orders.BasketEvent.BasketChanged;
import dev.skerry.store.orders.BasketEvent.BasketClosed;
import dev.skerry.store.orders.BasketEvent.OrderRehearsed;
import dev.skerry.store.orders.BasketEvent.RehearsalForgotten;
import dev.skerry.store.orders.BasketEvent.VoidBegun;
import dev.skerry.store.orders.BasketEvent.VoidEnded;
import dev.skerry.store.orders.BasketResult.Refusal;
import dev.skerry.store.orders.Pricer.Priced;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Baskets and orders of a store: commands and queries. Any thread.
public final class Orders {

    private static final Logger LOG = System.getLogger(Orders.class.getName());

    /// What its database is to be opened with.
    public static Migrations[] tables() {
        return new Migrations[] {Book.TABLES, OrdersTables.MIGRATIONS};
    }

    /// How many baskets are shown at once.
    public static final int BASKETS_MAX = 200;

    /// How many orders of training are kept, so that their receipts can be looked at.
    public static final int REHEARSED_MAX = 200;

    /// Baskets of telephones that are given up at once.
    private static final int PHONES_FORGOTTEN_MAX = 50;

    public static final StreamName BASKETS = StreamName.of("local/baskets");

    private static final String VOID = "void-";

    /// Where this store is.
    ///
    /// @param id such as `0042`
    public record Site(String id, ZoneId zone, Currency currency) {}

    /// Who holds a basket.
    ///
    /// @param person empty where nobody is signed on
    public record Holder(String device, String person) {}

    /// All that is to be paid has been paid, or paid back.
    public record Settled(
            String order,
            LocalDate businessDay,
            String till,
            String cashier,
            Instant at,
            List<OrderTender> tenders,
            Money rounding,
            Money change) {}

    private final Book<Object> book;
    private final Site site;
    private final Pricer pricer;
    private final BasketRules rules;
    private final OrderPolicy policy;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    /// @param database with [#tables]
    public Orders(
            SqliteDatabase database,
            Site site,
            Goods goods,
            Pricer pricer,
            Coupons coupons,
            OrderPolicy policy,
            InstantSource clock,
            TimeOrderedIds ids) {
        this.site = requireNonNull(site, "site");
        this.pricer = requireNonNull(pricer, "pricer");
        this.clock = requireNonNull(clock, "clock");
        this.ids = requireNonNull(ids, "ids");
        this.policy = requireNonNull(policy, "policy");
        this.book =
                new Book<>(
                        database,
                        List.of(
                                new Publication<>(stream(site.id()), OrderEvent.FORM, false),
                                new Publication<>(
                                        BASKETS,
                                        new EventForm<>(
                                                "dev.skerry.orders.local.", BasketEvent.class),
                                        true)),
                        new OrdersTables(),
                        clock,
                        ids);
        this.rules =
                new BasketRules(
                        goods,
                        new BasketRules.Bought() {
                            @Override
                            public Optional<PaidOrder> order(String id) {
                                return Orders.this.order(id);
                            }

                            @Override
                            public Quantity returned(String order, String line) {
                                return book.query(
                                        tables -> OrdersTables.returned(order, line, tables));
                            }
                        },
                        coupons,
                        policy);
    }

    /// Where a store's orders are published.
    public static StreamName stream(String store) {
        return StreamName.of("store-" + store + "/orders");
    }

    /// Which streams the database of this context holds.
    public static List<StreamPattern> streams(String store) {
        return List.of(StreamPattern.of(stream(store).value()), StreamPattern.of(BASKETS.value()));
    }

    // ---- commands

    /// Begins a basket. One that is there already stays as it is.
    public BasketResult open(
            Command command, String id, OrderSource source, Holder holder, boolean training) {
        return open(command, id, source, holder, training, null, null);
    }

    /// The same, for guests at a table.
    ///
    /// @param table null if at none
    /// @param guests how many; null if nobody said
    public BasketResult open(
            Command command,
            String id,
            OrderSource source,
            Holder holder,
            boolean training,
            @Nullable String table,
            @Nullable Integer guests) {
        if (id.isBlank() || id.length() > 64) {
            return new BasketResult.Refused(
                    Refusal.NOT_NOW, "a basket needs an id of 1 to 64 characters");
        }
        if (id.startsWith(VOID)) {
            // Its money would be taken for that of an order that is taken back.
            return new BasketResult.Refused(
                    Refusal.NOT_NOW,
                    "the id of a basket does not begin with \"%s\"".formatted(VOID));
        }
        Basket basket = empty(id, source, holder, training);
        try {
            Draft draft = basket.draft();
            BasketRules.seat(draft, table, guests);
            basket = draft.first();
        } catch (BasketRules.No e) {
            return e.result();
        }
        Basket opened = basket;
        book.once(
                command,
                (tables, publish) -> {
                    if (OrdersTables.basket(id, tables).isEmpty()
                            && OrdersTables.outcome(id, tables).isEmpty()) {
                        publish.accept(new BasketChanged(opened, "opened"));
                    }
                    return true;
                });
        return found(id);
    }

    private Basket empty(String id, OrderSource source, Holder holder, boolean training) {
        Instant now = clock.instant();
        Basket basket =
                new Basket(
                        id,
                        source,
                        Status.OPEN,
                        holder.device(),
                        holder.person(),
                        null,
                        "",
                        null,
                        training,
                        now,
                        now,
                        1,
                        List.of(),
                        List.of(),
                        null,
                        0,
                        null,
                        Priced.nothing(site.currency()),
                        null,
                        null,
                        null);
        return basket.priced(pricer.price(basket, now.atZone(site.zone())));
    }

    /// Changes a basket that this device holds.
    public BasketResult change(Command command, String id, Holder holder, BasketCommand what) {
        return changing(
                command,
                id,
                (basket, draft, at) -> {
                    if (!basket.device().equals(holder.device())) {
                        throw new BasketRules.No(
                                Refusal.HELD_ELSEWHERE,
                                "%s holds this basket: recall it to go on here"
                                        .formatted(basket.device()));
                    }
                    draft.cashier = holder.person();
                    return rules.decide(basket, draft, what, at);
                });
    }

    /// Takes a basket over, wherever it is.
    ///
    /// @param force also from a device that holds it open, because that device is gone, or stands idle
    public BasketResult recall(Command command, String id, Holder holder, boolean force) {
        return changing(
                command,
                id,
                (basket, draft, _) -> {
                    if (basket.status() == Status.PAYING) {
                        throw new BasketRules.No(
                                Refusal.NOT_NOW,
                                "%s is taking money for this basket".formatted(basket.device()));
                    }
                    boolean elsewhere = !basket.device().equals(holder.device());
                    if (basket.status() == Status.OPEN && elsewhere && !force) {
                        throw new BasketRules.No(
                                Refusal.HELD_ELSEWHERE,
                                "%s holds this basket open: suspend it there, or take it over"
                                        .formatted(basket.device()));
                    }
                    draft.status = Status.OPEN;
                    draft.device = holder.device();
                    draft.cashier = holder.person();
                    return "recalled";
                });
    }

    /// Takes an order that will be paid later: it gets a number, and any till can recall it. The kitchen begins, but for what is ordered
    /// at a kiosk where one pays first.
    ///
    /// @param name of the guest or the table; may be empty
    public BasketResult place(Command command, String id, Holder holder, String name) {
        LocalDate day = local(clock.instant()).toLocalDate();
        return changing(
                command,
                id,
                (basket, draft, at) -> {
                    if (!basket.device().equals(holder.device())
                            || basket.status() != Status.OPEN) {
                        throw new BasketRules.No(
                                Refusal.NOT_NOW, "this basket is not open at this device");
                    }
                    if (basket.live().isEmpty()) {
                        throw new BasketRules.No(Refusal.NOTHING_TO_PAY, "the basket is empty");
                    }
                    rules.requireAvailable(draft, at);
                    draft.status = Status.PLACED;
                    draft.name = name;
                    if (!policy.paysFirst(basket.source())) {
                        draft.send();
                    }
                    return "placed";
                },
                (basket, tables) ->
                        basket.number() != null
                                ? null
                                : new OrderPlaced(
                                        basket.id(),
                                        basket.source(),
                                        basket.device(),
                                        guestNumber(OrdersTables.nextGuestNumber(day, tables)),
                                        day,
                                        basket.name(),
                                        OrderMaking.lines(basket),
                                        basket.priced().total(),
                                        policy.paysFirst(basket.source()) ? true : null));
    }

    private static String guestNumber(int number) {
        return String.valueOf(number);
    }

    /// Splits checks off: what all cost together is what the check cost.
    CheckResult split(Command command, String id, Holder holder, List<Splitting.Part> parts) {
        List<String> ids = new ArrayList<>(List.of(id));
        parts.forEach(it -> ids.add(it.id()));
        while (true) {
            BasketResult there = found(id);
            if (book.isDone(command)) {
                return standing(ids);
            }
            if (!(there instanceof BasketResult.Changed(Basket before))) {
                return new CheckResult.NotDone(there);
            }
            List<Basket> after = new ArrayList<>();
            Instant now = clock.instant();
            try {
                BasketRules.requireHeld(before, holder);
                BasketRules.requireSplittable(before, parts);
                Splitting splitting = new Splitting(before);
                List<List<Basket.Line>> off = splitting.off(parts);
                Draft draft = before.draft();
                draft.lines.removeIf(it -> !it.voided());
                draft.lines.addAll(splitting.rest());
                draft.discount = null;
                after.add(repriced(draft.done(now)));
                for (int i = 0; i < parts.size(); i++) {
                    after.add(repriced(splitOff(before, parts.get(i).id(), off.get(i), now)));
                }
            } catch (BasketRules.No e) {
                return new CheckResult.NotDone(e.result());
            }
            Optional<CheckResult> written =
                    book.once(
                            command,
                            (tables, publish) ->
                                    written(List.of(before), after, null, tables, publish));
            if (written.isPresent()) {
                return written.get();
            }
        }
    }

    private Basket splitOff(Basket from, String id, List<Basket.Line> lines, Instant now) {
        return new Basket(
                id,
                from.source(),
                Status.OPEN,
                from.device(),
                from.cashier(),
                null,
                from.name(),
                null,
                from.training(),
                now,
                now,
                1,
                lines,
                List.of(),
                null,
                from.ageChecked(),
                from.approvedBy(),
                Priced.nothing(site.currency()),
                from.table(),
                null,
                null);
    }

    private Basket repriced(Basket basket) {
        return basket.priced(pricer.price(basket, basket.changedAt().atZone(site.zone())));
    }

    private CheckResult standing(List<String> ids) {
        List<Basket> all = new ArrayList<>();
        for (String id : ids) {
            if (found(id) instanceof BasketResult.Changed(Basket basket)) {
                all.add(basket);
            }
        }
        return new CheckResult.Done(all);
    }

    /// @param more a check of which lines were taken over; null for none
    /// @return null if somebody else has changed one of them meanwhile
    private @Nullable CheckResult written(
            List<Basket> before,
            List<Basket> checks,
            @Nullable Basket more,
            Handle tables,
            Consumer<Object> publish) {
        List<Basket> after = new ArrayList<>(checks);
        if (more != null) {
            after.addFirst(more);
        }
        for (Basket basket : before) {
            if (OrdersTables.version(basket.id(), tables) != basket.version()) {
                return null;
            }
        }
        for (Basket basket : after) {
            boolean known = before.stream().anyMatch(it -> it.id().equals(basket.id()));
            if (!known
                    && (OrdersTables.basket(basket.id(), tables).isPresent()
                            || OrdersTables.outcome(basket.id(), tables).isPresent())) {
                return new CheckResult.NotDone(
                        new BasketResult.Refused(
                                Refusal.NOT_NOW,
                                "there is a basket \"%s\" already: give the new check another id"
                                        .formatted(basket.id())));
            }
        }
        tellKitchen(lines(before), lines(after), before.getFirst(), tables, publish);
        after.forEach(it ->
                publish.accept(new BasketChanged(it, more == null ? "split" : "transferred")));
        return new CheckResult.Done(after);
    }

    private static List<OrderLine> lines(List<Basket> baskets) {
        return baskets.stream().flatMap(it -> OrderMaking.lines(it).stream()).toList();
    }

    /// Takes lines over to another check, where they are priced with what is there.
    ///
    /// @param lines null for all: then both are one check from now on
    public CheckResult transfer(
            Command command, String id, Holder holder, String to, @Nullable List<String> lines) {
        while (true) {
            BasketResult there = found(id);
            BasketResult target = found(to);
            if (book.isDone(command)) {
                return standing(List.of(id, to));
            }
            if (!(there instanceof BasketResult.Changed(Basket from))) {
                return new CheckResult.NotDone(there);
            }
            if (!(target instanceof BasketResult.Changed(Basket into))) {
                return new CheckResult.NotDone(target);
            }
            Instant now = clock.instant();
            Basket left;
            Basket joined;
            try {
                BasketRules.requireHeld(from, holder);
                BasketRules.requireHeld(into, holder);
                Draft source = from.draft();
                Draft draft = into.draft();
                BasketRules.move(from, source, into, draft, lines);
                left = priced(from, source.done(now));
                joined = priced(into, draft.done(now));
            } catch (BasketRules.No e) {
                return new CheckResult.NotDone(e.result());
            }
            List<Basket> before = List.of(from, into);
            boolean whole = lines == null;
            Optional<CheckResult> written =
                    book.once(
                            command,
                            (tables, publish) -> {
                                CheckResult result =
                                        written(before, List.of(joined), left, tables, publish);
                                if (whole && result instanceof CheckResult.Done) {
                                    join(left, to, holder, tables, publish);
                                }
                                return result;
                            });
            if (written.isPresent()) {
                return whole && written.get() instanceof CheckResult.Done
                        ? new CheckResult.Done(List.of(joined))
                        : written.get();
            }
        }
    }

    /// All that was in a check is in another: it is one no more.
    private static void join(
            Basket left, String into, Holder holder, Handle tables, Consumer<Object> publish) {
        if (left.number() != null || wasSent(left, tables)) {
            publish.accept(
                    new OrderCancelled(left.id(), holder.person(), "joined with " + into, true));
        }
        publish.accept(new BasketClosed(left.id(), "joined"));
    }

    /// Gives a basket up.
    public BasketResult abandon(
            Command command, String id, Holder holder, LocalDate businessDay, String reason) {
        book.once(
                command,
                (tables, publish) -> {
                    Optional<Basket> there =
                            OrdersTables.basket(id, tables)
                                    .filter(it -> it.status() != Status.PAYING);
                    there.ifPresent(basket ->
                            abandon(basket, holder, businessDay, reason, tables, publish));
                    return true;
                });
        return switch (found(id)) {
            case BasketResult.Changed(Basket basket) when basket.status() == Status.PAYING ->
                    new BasketResult.Refused(
                            Refusal.NOT_NOW, "money is being taken: stop the payment first");
            case BasketResult result -> result;
        };
    }

    private void abandon(
            Basket basket,
            Holder holder,
            LocalDate businessDay,
            String reason,
            Handle tables,
            Consumer<Object> publish) {
        boolean sent = wasSent(basket, tables);
        if (sent) {
            tellKitchen(OrderMaking.lines(basket), List.of(), basket, tables, publish);
        }
        if (basket.number() != null || sent) {
            publish.accept(
                    new OrderCancelled(basket.id(), holder.person(), reason, sent ? true : null));
        } else if (!basket.lines().isEmpty() && !basket.training()) {
            publish.accept(
                    new BasketAbandoned(
                            basket.id(),
                            holder.device(),
                            holder.person(),
                            businessDay,
                            basket.lines().size(),
                            basket.priced().total(),
                            reason.isEmpty() ? null : reason));
        }
        publish.accept(new BasketClosed(basket.id(), "abandoned"));
    }

    // ---- how a command is carried out

    private interface Change {
        /// @return what was done, in a word
        String decide(Basket basket, Draft draft, LocalDateTime at);
    }

    private interface Publishing {
        @Nullable OrderEvent decide(Basket basket, Handle tables);
    }

    private BasketResult changing(Command command, String id, Change change) {
        return changing(command, id, change, (_, _) -> null);
    }

    /// Prices in the caller's thread, and asks the writer only whether the basket is still the one that was priced.
    private BasketResult changing(
            Command command, String id, Change change, Publishing publishing) {
        while (true) {
            BasketResult there = found(id);
            if (!(there instanceof BasketResult.Changed(Basket before)) || book.isDone(command)) {
                return there;
            }
            Instant now = clock.instant();
            Draft draft = before.draft();
            String done;
            Basket after;
            try {
                done = change.decide(before, draft, local(now));
                after = priced(before, draft.done(now));
            } catch (BasketRules.No e) {
                return e.result();
            }
            Optional<Basket> written =
                    book.once(
                            command,
                            (tables, publish) ->
                                    write(before, after, done, publishing, tables, publish));
            if (written.isPresent()) {
                return new BasketResult.Changed(written.get());
            }
        }
    }

    /// @return null if somebody else has changed the basket meanwhile
    private @Nullable Basket write(
            Basket before,
            Basket after,
            String done,
            Publishing publishing,
            Handle tables,
            Consumer<Object> publish) {
        if (OrdersTables.version(after.id(), tables) != after.version() - 1) {
            return null;
        }
        Basket written = after;
        OrderEvent event = publishing.decide(after, tables);
        if (event != null) {
            publish.accept(event);
            if (event instanceof OrderPlaced placed) {
                Draft draft = after.draft();
                draft.number = placed.number();
                written = draft.done(after.changedAt());
            }
        }
        tellKitchen(
                OrderMaking.lines(before), OrderMaking.lines(written), written, tables, publish);
        publish.accept(new BasketChanged(written, done));
        return written;
    }

    /// What has changed of lines that were sent to the kitchen.
    ///
    /// @param check that may have been sent for the first time
    private void tellKitchen(
            List<OrderLine> before,
            List<OrderLine> after,
            Basket check,
            Handle tables,
            Consumer<Object> publish) {
        LocalDate day = local(clock.instant()).toLocalDate();
        if (!check.training()) {
            Sending.changes(
                            before,
                            after,
                            order -> OrdersTables.sent(order, tables),
                            order ->
                                    order.equals(check.id())
                                            ? new OrderSent(
                                                    order,
                                                    check.source(),
                                                    check.device(),
                                                    day,
                                                    check.number(),
                                                    check.name(),
                                                    check.table(),
                                                    check.guests(),
                                                    List.of())
                                            : null)
                    .forEach(publish);
        }
    }

    private static boolean wasSent(Basket basket, Handle tables) {
        return basket.lines().stream().anyMatch(it -> it.sent() != null)
                || OrdersTables.sent(basket.id(), tables).isPresent();
    }

    /// A total that is fixed stays as it is.
    private Basket priced(Basket before, Basket after) {
        if (after.status() == Status.PAYING && before.status() == Status.PAYING) {
            return after;
        }
        Basket priced = after.priced(pricer.price(after, after.changedAt().atZone(site.zone())));
        for (Basket.Line line : priced.live()) {
            if (!priced.priced().lines().containsKey(line.id())) {
                throw new BasketRules.No(
                        Refusal.NO_PRICE,
                        line.item().name() + " has no price: ask a manager for one");
            }
        }
        return priced;
    }

    private BasketResult found(String id) {
        return book.query(tables ->
                OrdersTables.basket(id, tables)
                        .<BasketResult>map(BasketResult.Changed::new)
                        .or(() -> OrdersTables.paid(id, tables).map(BasketResult.Paid::new))
                        .or(() ->
                                OrdersTables.outcome(id, tables)
                                        .map(_ -> new BasketResult.Abandoned(id)))
                        .orElseGet(() ->
                                new BasketResult.Refused(
                                        Refusal.NO_SUCH_BASKET,
                                        "there is no basket \"%s\": open it first".formatted(id))));
    }

    // ---- payment

    /// Follows the store's payments: what they say is settled becomes an order, in the transaction that moves the cursor.
    ///
    /// @param settled what an event of theirs says; empty if it settles nothing
    public Follower<SqliteTransaction> payments(
            EventSource source, Function<Event, Optional<Settled>> settled) {
        return book.follower(
                "payments",
                source,
                FollowerSettings.byKey(),
                (event, tables, publish) ->
                        settled.apply(event).ifPresent(it -> settle(it, tables, publish)));
    }

    private void settle(Settled settled, Handle tables, Consumer<Object> publish) {
        String id = settled.order();
        if (id.startsWith(VOID)) {
            settleVoid(settled, id.substring(VOID.length()), tables, publish);
            return;
        }
        Optional<Basket> there = OrdersTables.basket(id, tables);
        if (there.filter(Basket::training).isPresent()) {
            lost(settled, id, publish);
            return;
        }
        if (there.isPresent()) {
            Basket basket = there.get();
            boolean sent = wasSent(basket, tables);
            if (sent) {
                Draft draft = basket.draft();
                draft.send();
                Basket whole = draft.done(settled.at());
                tellKitchen(
                        OrderMaking.lines(basket),
                        OrderMaking.lines(whole),
                        whole,
                        tables,
                        publish);
                basket = whole;
            }
            Order order =
                    OrderMaking.order(
                            basket,
                            settled,
                            nextReceipt(settled, tables),
                            local(settled.at()),
                            sent,
                            numbered(basket, settled, tables));
            publish.accept(new OrderPaid(order));
            publish.accept(new BasketClosed(id, "paid"));
        } else if (OrdersTables.paid(id, tables).isEmpty()
                && OrdersTables.outcome(id, tables).isEmpty()) {
            lost(settled, id, publish);
        }
    }

    /// Who waits for what is made hears a number. At a table it is brought.
    private OrderMaking.@Nullable Numbered numbered(Basket basket, Settled settled, Handle tables) {
        boolean made =
                basket.live().stream()
                        .anyMatch(it -> it.item().station() != null && !it.isReturn());
        if (basket.number() != null || basket.table() != null || basket.training() || !made) {
            return null;
        }
        LocalDate day = local(settled.at()).toLocalDate();
        return new OrderMaking.Numbered(
                guestNumber(OrdersTables.nextGuestNumber(day, tables)), day);
    }

    /// Ends a basket of training as if it had been paid: nothing is sold, no number is used, and nobody but this store hears of it.
    ///
    /// @return the order that it would be; empty if no such basket is being paid
    public Optional<Order> rehearse(Settled settled) {
        String id = settled.order();
        return book.write((tables, publish) -> {
            Optional<Basket> there =
                    OrdersTables.basket(id, tables)
                            .filter(it -> it.training() && it.status() == Status.PAYING);
            if (there.isEmpty()) {
                return OrdersTables.rehearsed(id, tables);
            }
            Order order =
                    OrderMaking.order(
                            there.get(),
                            settled,
                            new ReceiptNumber(site.id(), settled.till(), settled.businessDay(), 0),
                            local(settled.at()),
                            false,
                            null);
            OrdersTables.rehearsedBefore(REHEARSED_MAX - 1, tables)
                    .forEach(it -> publish.accept(new RehearsalForgotten(it)));
            publish.accept(new OrderRehearsed(order));
            publish.accept(new BasketClosed(id, "rehearsed"));
            return Optional.of(order);
        });
    }

    /// What was rehearsed lately; its number is 0.
    public Optional<Order> rehearsed(String id) {
        return book.query(tables -> OrdersTables.rehearsed(id, tables));
    }

    /// The basket was lost with its machine, or was training. The money is not: it is told, and nothing else waits for it.
    private static void lost(Settled settled, String id, Consumer<Object> publish) {
        LOG.log(
                Level.ERROR,
                "order=lost id=%s till=%s remedy=\"money was taken for a basket that a former machine had, or for training: ask the till, and enter the sale by hand\""
                        .formatted(id, settled.till()));
        publish.accept(new OrderLost(id, settled.till(), settled.businessDay(), settled.tenders()));
        publish.accept(new BasketClosed(id, "lost"));
    }

    private ReceiptNumber nextReceipt(Settled settled, Handle tables) {
        return new ReceiptNumber(
                site.id(),
                settled.till(),
                settled.businessDay(),
                OrdersTables.nextReceipt(settled.till(), settled.businessDay(), tables));
    }

    // ---- taking back

    /// Begins to take a paid order back whole. It is taken back when the payment [#voidPayment] is completed.
    ///
    /// @param id of the order, or the number of its receipt
    /// @param today the business day that is open: what was sold on another comes back as a return
    /// @param approvedBy who has the right to
    public BasketResult beginVoid(
            Command command,
            String id,
            Holder holder,
            LocalDate today,
            String approvedBy,
            String reason) {
        return book.once(
                        command,
                        (tables, publish) -> {
                            Optional<PaidOrder> paid = OrdersTables.paid(id, tables);
                            BasketResult result = voidable(id, paid, today, tables);
                            if (result instanceof BasketResult.Paid(PaidOrder order)) {
                                publish.accept(
                                        new VoidBegun(
                                                order.order().id(),
                                                holder.device(),
                                                holder.person(),
                                                approvedBy,
                                                reason));
                            }
                            return result;
                        })
                .orElseGet(() -> found(id));
    }

    private static BasketResult voidable(
            String id, Optional<PaidOrder> paid, LocalDate today, Handle tables) {
        if (paid.isEmpty()) {
            return new BasketResult.Refused(
                    Refusal.NO_SUCH_ORDER, "no order \"%s\" has been paid here".formatted(id));
        }
        PaidOrder order = paid.get();
        if (order.voided() != null) {
            return new BasketResult.Refused(Refusal.NOT_NOW, "it has been voided already");
        }
        if (!order.order().businessDay().equals(today)) {
            return new BasketResult.Refused(
                    Refusal.NOT_NOW,
                    "it was sold on %s: take its articles back as a return"
                            .formatted(order.order().businessDay()));
        }
        if (OrdersTables.anyReturned(order.order().id(), tables)) {
            return new BasketResult.Refused(
                    Refusal.ALREADY_RETURNED, "a part of it has come back: return the rest, too");
        }
        return new BasketResult.Paid(order);
    }

    /// Under which id the money of an order that is taken back goes back.
    public static String voidPayment(String order) {
        return VOID + order;
    }

    /// Which order a payment is about: its own id, or that of [#voidPayment].
    public static String paidBy(String payment) {
        return payment.startsWith(VOID) ? payment.substring(VOID.length()) : payment;
    }

    private void settleVoid(Settled settled, String id, Handle tables, Consumer<Object> publish) {
        Optional<VoidBegun> begun = OrdersTables.voiding(id, tables);
        if (begun.isEmpty()) {
            if (OrdersTables.paid(id, tables).filter(it -> it.voided() != null).isEmpty()) {
                throw new IllegalStateException(
                        "money went back for %s, which nobody takes back".formatted(id));
            }
            return;
        }
        Optional<Order> paid = OrdersTables.paid(id, tables).map(PaidOrder::order);
        boolean sent = paid.filter(Order::wasSent).isPresent();
        if (sent) {
            Sending.changes(
                            paid.orElseThrow().lines(),
                            List.of(),
                            order -> OrdersTables.sent(order, tables),
                            _ -> null)
                    .forEach(publish);
        }
        publish.accept(
                new OrderVoided(
                        id,
                        nextReceipt(settled, tables),
                        settled.cashier(),
                        begun.get().approvedBy(),
                        begun.get().reason(),
                        settled.tenders(),
                        sent ? true : null));
        publish.accept(new VoidEnded(id));
    }

    // ---- leaving the store

    /// What came of showing an exit code.
    public sealed interface Leaving {
        /// Let out, now or when this was asked for before.
        record Now(OrderLeft left) implements Leaving {}

        /// Somebody has left with it already.
        record Before(OrderLeft left) implements Leaving {}
    }

    /// Lets a paid order out of the store, once.
    ///
    /// @param checked somebody has compared the bag with the receipt
    public Leaving leave(Command command, String order, Holder holder, boolean checked) {
        OrderLeft wanted = new OrderLeft(order, holder.device(), holder.person(), checked);
        Optional<OrderLeft> now =
                book.once(
                        command,
                        (tables, publish) -> {
                            if (OrdersTables.left(order, tables).isPresent()) {
                                return null;
                            }
                            publish.accept(wanted);
                            return wanted;
                        });
        OrderLeft there = now.or(() -> left(order)).orElseThrow();
        return now.isPresent() || book.isDone(command)
                ? new Leaving.Now(there)
                : new Leaving.Before(there);
    }

    /// How an order has left the store; empty if it has not, or nobody asked.
    public Optional<OrderLeft> left(String order) {
        return book.query(tables -> OrdersTables.left(order, tables));
    }

    /// The ids of orders paid with a telephone on the day in the store at a moment, and on the day before.
    public List<String> paidByPhone(Instant at) {
        LocalDate day = day(at);
        return book.query(tables -> OrdersTables.paidByPhone(day, day.minusDays(1), tables));
    }

    /// Gives up what shoppers with telephones left behind.
    ///
    /// @param before the last change was
    /// @return whether there may be more
    public boolean forgetPhones(Instant before) {
        List<String> old =
                book.query(tables ->
                        OrdersTables.phoneBasketsUnchangedSince(
                                before, PHONES_FORGOTTEN_MAX, tables));
        old.forEach(id ->
                abandon(
                        new Command("forget " + id, "forget"),
                        id,
                        new Holder(id, ""),
                        day(clock.instant()),
                        "left behind"));
        return old.size() == PHONES_FORGOTTEN_MAX;
    }

    /// For a command that need not be told from a repetition of itself.
    String newId() {
        return ids.next().toString();
    }

    // ---- questions

    public BasketResult basket(String id) {
        return found(id);
    }

    /// The one changed last comes first; at most [#BASKETS_MAX].
    public List<Basket> baskets() {
        return book.query(tables -> OrdersTables.baskets(BASKETS_MAX, tables));
    }

    /// @param id of the order, or the number of its receipt
    public Optional<PaidOrder> order(String id) {
        return book.query(tables -> OrdersTables.paid(id, tables));
    }

    /// Paid orders, the last first.
    public List<PaidOrder> journal(JournalSearch search) {
        return book.query(tables -> OrdersTables.journal(search, tables));
    }

    /// What the store sells in.
    Currency currency() {
        return site.currency();
    }

    /// The day in the store at a moment.
    public LocalDate day(Instant at) {
        return local(at).toLocalDate();
    }

    private LocalDateTime local(Instant at) {
        return LocalDateTime.ofInstant(at, site.zone());
    }

    /// For tests and repairs: makes all tables anew from the streams. Nobody else may use this meanwhile.
    void rebuild() {
        book.rebuild();
    }
}
