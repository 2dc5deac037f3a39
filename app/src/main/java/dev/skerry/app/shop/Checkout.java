package dev.skerry.app.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.context.Approvals;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.Money;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderTender;
import dev.skerry.language.payments.PaidTender;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.PaymentCompleted;
import dev.skerry.language.payments.Place;
import dev.skerry.language.payments.RefundOf;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.store.loyalty.Loyalty;
import dev.skerry.store.loyalty.Reserving;
import dev.skerry.store.orders.Basket;
import dev.skerry.store.orders.BasketCommand;
import dev.skerry.store.orders.BasketResult;
import dev.skerry.store.orders.Orders;
import dev.skerry.store.orders.Orders.Holder;
import dev.skerry.store.orders.Orders.Settled;
import dev.skerry.store.orders.OrdersRoutes;
import dev.skerry.store.orders.PaidOrder;
import dev.skerry.store.payments.GivingBack;
import dev.skerry.store.payments.Offer;
import dev.skerry.store.payments.Opening;
import dev.skerry.store.payments.Payment;
import dev.skerry.store.payments.PaymentResult;
import dev.skerry.store.payments.Payments;
import dev.skerry.store.payments.RefundPart;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.Steps;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where baskets of `orders` meet money of `payments`: fixes a total, takes tenders, and has the order made. Any thread.
///
/// `payments` alone says that an order is paid, durably; `orders` makes it an order by following that, and whoever waits for it
/// takes part in the following. So there is exactly one sale or none, whatever breaks in between.
final class Checkout {

    private final Orders orders;
    private final Payments payments;
    private final Loyalty loyalty;
    private final Callers callers;
    private final Approvals approvals;
    private final Supplier<LocalDate> businessDay;
    private final InstantSource clock;
    private final Steps settling;

    /// @param settling makes orders of what has been paid; any thread may step it
    Checkout(
            Orders orders,
            Payments payments,
            Loyalty loyalty,
            Callers callers,
            Approvals approvals,
            Supplier<LocalDate> businessDay,
            InstantSource clock,
            Steps settling) {
        this.orders = orders;
        this.payments = payments;
        this.loyalty = loyalty;
        this.callers = callers;
        this.approvals = approvals;
        this.businessDay = businessDay;
        this.clock = clock;
        this.settling = settling;
    }

    /// What is handed over; see [Offer].
    record Tendered(String id, TenderKind kind, @Nullable Money amount, @Nullable String account) {}

    /// @param tenders to be taken at once, one after the other; none if they come one by one
    /// @param day on which it was sold, for a sale that comes late: it counts there, though that day is closed. Now if left out, or if
    ///     its payment has begun
    record Paying(@Nullable List<Tendered> tenders, @Nullable LocalDate day) {}

    /// @param till out of whose drawer cash goes back, and whose receipt it is; for a manager who is not there. The one that asks if left
    ///     out
    record Voiding(String reason, Approval approval, @Nullable String till) {}

    record Approval(String person, String pin) {}

    /// How a basket is being paid.
    ///
    /// @param order null until everything is paid
    /// @param training nothing was sold, and no money moved; null stands for false
    record Paid(Payment payment, @Nullable PaidOrder order, @Nullable Boolean training) {}

    List<Operation> operations() {
        return List.of(
                Operation.of(
                                "POST",
                                "/api/baskets/{id}/pay",
                                "Fixes the total, and takes tenders; the answer has the order once all is paid",
                                Requests.taking(this::pay))
                        .taking(Paying.class)
                        .answering(Paid.class)
                        .only(Role.GUEST, Role.CASHIER, Role.MANAGER, Role.INTEGRATION),
                Operation.of(
                                "DELETE",
                                "/api/baskets/{id}/pay",
                                "Hands back what was taken, and opens the basket again",
                                Requests.taking(this::stop))
                        .answering(Basket.class)
                        .only(Role.GUEST, Role.CASHIER, Role.MANAGER, Role.INTEGRATION),
                Operation.of(
                                "POST",
                                "/api/orders/{id}/void",
                                "Takes a paid order back whole, on its own day",
                                Requests.taking(this::takeBack))
                        .taking(Voiding.class)
                        .answering(Paid.class)
                        .only(Role.CASHIER, Role.MANAGER));
    }

    // ---- paying

    private void pay(Asked asked) throws IOException {
        Paying paying = asked.as(Paying.class);
        List<Tendered> tenders = paying.tenders() == null ? List.of() : paying.tenders();
        Caller caller = callers.of(asked.request());
        tenders.forEach(it -> OwnBaskets.requireTender(caller, it.kind()));
        if (paying.day() != null) {
            OwnBaskets.requireDay(caller);
        }
        String id = asked.request().parameter("id");
        Optional<PaidOrder> order = orders.order(id);
        if (order.isPresent()) {
            // Asked for again: it is paid, and that is all there is to say.
            Requests.answer(
                    asked.request(),
                    200,
                    new Paid(payments.payment(id).orElseThrow(), order.get(), null));
            return;
        }
        Optional<Order> rehearsed = orders.rehearsed(id);
        if (rehearsed.isPresent()) {
            rehearsed(asked, rehearsed.get(), caller);
            return;
        }
        Basket basket = fixed(id, caller);
        if (basket.training()) {
            rehearse(asked, basket, tenders, caller);
            return;
        }
        reserve(basket, caller);
        Payment payment = opened(id, basket.priced().total(), paying.day(), caller);
        // What costs nothing is paid when its total is fixed: nothing is taken for it, whatever was
        // offered.
        for (Tendered tender : payment.due().isZero() ? List.<Tendered>of() : tenders) {
            payment = taken(payment, tender, caller, basket);
        }
        if (tenders.isEmpty() && payment.due().isNegative()) {
            payment = givenBack(payment, bought(basket), caller);
        }
        answer(asked, payment);
    }

    // ---- training

    /// What is handed over comes in one request; what does not suffice is shown, and not kept.
    private void rehearse(Asked asked, Basket basket, List<Tendered> tenders, Caller caller)
            throws IOException {
        Instant now = clock.instant();
        Place place = new Place(caller.device(), orders.day(now), null, false);
        List<Tendered> all =
                tenders.isEmpty() && !basket.priced().total().isPositive()
                        ? List.of(new Tendered("back", TenderKind.CASH, null, null))
                        : tenders;
        Payment payment =
                payments.rehearse(
                        basket.id(),
                        basket.priced().total(),
                        place,
                        all.stream()
                                .map(it ->
                                        new Offer(
                                                basket.id(),
                                                it.id(),
                                                it.kind(),
                                                it.amount(),
                                                it.account(),
                                                caller.device(),
                                                person(caller)))
                                .toList());
        if (payment.state() != Payment.State.COMPLETED) {
            Paid more = new Paid(payment, null, true);
            Requests.answer(asked.request(), status(more), more);
            return;
        }
        Order order =
                orders.rehearse(
                                new Settled(
                                        basket.id(),
                                        place.day(),
                                        place.till(),
                                        person(caller),
                                        now,
                                        payment.tenders().stream()
                                                .map(it ->
                                                        new OrderTender(
                                                                it.id(),
                                                                it.kind().name(),
                                                                it.refund()
                                                                        ? it.amount().negated()
                                                                        : it.amount(),
                                                                null))
                                                .toList(),
                                        payment.rounding(),
                                        payment.change()))
                        .orElseThrow(() ->
                                new HttpProblem(
                                        409,
                                        "not-now",
                                        "The basket is not being paid",
                                        "it was opened again meanwhile"));
        Requests.answer(asked.request(), 200, new Paid(payment, new PaidOrder(order, null), true));
    }

    /// Asked for again.
    private void rehearsed(Asked asked, Order order, Caller caller) throws IOException {
        Place place = new Place(order.receipt().till(), order.businessDay(), null, false);
        List<Offer> offers =
                order.tenders().stream()
                        .map(it ->
                                new Offer(
                                        order.id(),
                                        it.id(),
                                        TenderKind.valueOf(it.kind()),
                                        it.amount().abs(),
                                        null,
                                        order.receipt().till(),
                                        person(caller)))
                        .toList();
        Requests.answer(
                asked.request(),
                200,
                new Paid(
                        payments.rehearse(order.id(), order.total(), place, offers),
                        new PaidOrder(order, null),
                        true));
    }

    // ---- a basket that is paid

    /// The basket with its total fixed.
    private Basket fixed(String id, Caller caller) {
        BasketResult there = orders.basket(id);
        if (there instanceof BasketResult.Changed(Basket basket)
                && basket.status() == Basket.Status.PAYING) {
            return basket;
        }
        BasketResult result =
                orders.change(
                        new Command("pay " + clock.instant() + " " + id, "pay"),
                        id,
                        holder(caller),
                        new BasketCommand.Pay());
        return switch (result) {
            case BasketResult.Changed(Basket basket) -> basket;
            case BasketResult.Paid _, BasketResult.Abandoned _ ->
                    throw new HttpProblem(
                            410,
                            "basket-gone",
                            "The basket is no more",
                            "it was given up, or paid");
            case BasketResult.Refused refused ->
                    throw OrdersRoutes.problem(409, "The basket cannot be paid", refused);
        };
    }

    /// Points and codes are this basket's from the moment that its total is fixed, so that no other till spends them. Once there is
    /// a payment they are, and money may have been taken.
    private void reserve(Basket basket, Caller caller) {
        boolean paying =
                payments.payment(basket.id())
                        .filter(it -> it.state() != Payment.State.CANCELLED)
                        .isPresent();
        if (basket.training() || paying) {
            return;
        }
        Long points = basket.priced().pointsSpent();
        Reserving result =
                loyalty.reserve(
                        basket.id(),
                        basket.customer(),
                        points == null ? 0 : points,
                        basket.priced().couponsUsed());
        String why =
                switch (result) {
                    case Reserving.Reserved _, Reserving.Finished _ -> null;
                    case Reserving.NotEnough(long free) ->
                            "the customer has %d points to spend by now".formatted(free);
                    case Reserving.AboveOfflineCap(long free) ->
                            "the line is down, and then at most %d points may be spent"
                                    .formatted(free);
                    case Reserving.Blocked _ -> "the customer's cards are not taken";
                    case Reserving.CodeRefused(String code, var status) ->
                            "coupon %s: %s".formatted(code, LoyaltyCoupons.why(status).orElse(""));
                };
        if (why != null) {
            reopen(basket.id(), caller);
            throw new HttpProblem(
                    409,
                    "reward-gone",
                    "Points or a coupon of this basket were spent elsewhere",
                    why + "; take it out of the basket, and pay again");
        }
    }

    /// What was reserved is given back once the basket is open: never is it paid with what somebody else may spend.
    private BasketResult reopen(String id, Caller caller) {
        BasketResult result =
                orders.change(
                        new Command("stop " + clock.instant() + " " + id, "stop"),
                        id,
                        holder(caller),
                        new BasketCommand.StopPaying());
        if (result instanceof BasketResult.Changed(Basket basket)
                && basket.status() == Basket.Status.OPEN) {
            loyalty.release(id);
        }
        return result;
    }

    private Payment opened(String id, Money due, @Nullable LocalDate day, Caller caller) {
        PaymentResult result =
                payments.open(new Opening(id, due, caller.device(), person(caller), day, null));
        if (result instanceof PaymentResult.Refused refused) {
            reopen(id, caller);
            throw problem(refused);
        }
        return payment(result);
    }

    private Payment taken(Payment payment, Tendered tender, Caller caller, Basket basket) {
        PaymentResult result =
                payment.due().isNegative()
                        ? payments.giveBack(
                                new GivingBack(
                                        payment.order(),
                                        tender.id(),
                                        tender.kind(),
                                        tender.amount() == null
                                                ? payment.left().abs()
                                                : tender.amount(),
                                        bought(basket).keySet().stream()
                                                .findFirst()
                                                .map(it -> new RefundOf(it, null))
                                                .orElse(null),
                                        basket.approvedBy() != null,
                                        tender.account(),
                                        caller.device(),
                                        person(caller)))
                        : payments.take(
                                new Offer(
                                        payment.order(),
                                        tender.id(),
                                        tender.kind(),
                                        tender.amount(),
                                        tender.account(),
                                        caller.device(),
                                        person(caller)));
        return payment(result);
    }

    /// What comes back in a basket, by the order in which it was bought.
    private static Map<String, Money> bought(Basket basket) {
        Map<String, Money> all = new LinkedHashMap<>();
        for (Basket.Line line : basket.lines()) {
            Money refund = line.refund();
            var of = line.returnOf();
            if (!line.voided() && refund != null && of != null) {
                all.merge(of.order(), refund, Money::plus);
            }
        }
        return all;
    }

    /// Gives back what is due as it was paid; what was not paid here goes back in cash.
    private Payment givenBack(Payment opened, Map<String, Money> bought, Caller caller) {
        Payment payment = opened;
        List<GivingBack> parts = new ArrayList<>();
        Money left = payment.left().abs();
        for (Map.Entry<String, Money> one : bought.entrySet()) {
            for (RefundPart part : payments.refundPlan(one.getKey(), one.getValue().min(left))) {
                left = left.minus(part.amount());
                parts.add(back(payment, part.kind(), part.amount(), part.of(), caller));
            }
        }
        if (left.isPositive()) {
            parts.add(back(payment, TenderKind.CASH, left, null, caller));
        }
        for (GivingBack part : parts) {
            payment = payment(payments.giveBack(part));
        }
        return payment;
    }

    private static GivingBack back(
            Payment payment, TenderKind kind, Money amount, @Nullable RefundOf of, Caller caller) {
        // Of what it gives back, so that a refund that was half done is not begun anew under other
        // names.
        String part =
                payment.order()
                        + "\n"
                        + kind
                        + (of == null ? "" : "\n" + of.order() + "\n" + of.tender());
        return new GivingBack(
                payment.order(),
                "back-" + UUID.nameUUIDFromBytes(part.getBytes(UTF_8)),
                kind,
                amount,
                of,
                false,
                null,
                caller.device(),
                person(caller));
    }

    /// Takes all of a basket by card, from somebody who stands at a terminal without a cashier. The same tender again leads to the
    /// same.
    ///
    /// @param caller the terminal, which holds the basket
    Paid byCard(String id, String tender, Caller caller) {
        Optional<PaidOrder> order = orders.order(id);
        if (order.isPresent()) {
            return new Paid(payments.payment(id).orElseThrow(), order.get(), null);
        }
        Basket basket = fixed(id, caller);
        reserve(basket, caller);
        Payment payment = opened(id, basket.priced().total(), null, caller);
        return settled(
                payment.due().isZero()
                        ? payment
                        : taken(
                                payment,
                                new Tendered(tender, TenderKind.CARD, null, null),
                                caller,
                                basket));
    }

    private void stop(Asked asked) throws IOException {
        Caller caller = callers.of(asked.request());
        String id = asked.request().parameter("id");
        if (stopped(id, caller) instanceof BasketResult.Changed(Basket basket)) {
            Requests.answer(asked.request(), 200, basket);
        } else {
            throw new HttpProblem(
                    409,
                    "not-now",
                    "There is no payment to stop",
                    "the basket is not being paid, or has been paid");
        }
    }

    /// Hands back what was taken, and opens the basket again.
    ///
    /// @param caller who holds the basket
    BasketResult stopped(String id, Caller caller) {
        if (payments.payment(id).isPresent()) {
            payment(payments.cancel(id, "stopped at the till", caller.device(), person(caller)));
        }
        return reopen(id, caller);
    }

    // ---- taking back a whole order

    private void takeBack(Asked asked) throws IOException {
        Voiding voiding = asked.as(Voiding.class);
        Caller asking = callers.of(asked.request());
        String id = asked.request().parameter("id");
        Caller caller = atTill(voiding.till(), asking);
        requireDrawer(id, caller);
        String by =
                approvals.by(
                        asking,
                        "void of order " + id,
                        voiding.approval().person(),
                        voiding.approval().pin());
        BasketResult result =
                orders.beginVoid(
                        asked.command("void " + id),
                        id,
                        holder(caller),
                        businessDay.get(),
                        by,
                        voiding.reason());
        if (result instanceof BasketResult.Refused refused) {
            throw OrdersRoutes.problem(409, "The order cannot be voided", refused);
        }
        String order = orders.order(id).orElseThrow().order().id();
        String refund = Orders.voidPayment(order);
        Money total = orders.order(id).orElseThrow().order().total();
        Payment payment = opened(refund, total.negated(), null, caller);
        if (payment.state() == Payment.State.OPEN) {
            payment = givenBack(payment, Map.of(order, total), caller);
        }
        answer(asked, payment);
    }

    /// The same person, at a till where a shift is open.
    private Caller atTill(@Nullable String till, Caller caller) {
        if (till == null || till.equals(caller.device())) {
            return caller;
        }
        if (!caller.is(Role.MANAGER)) {
            throw new HttpProblem(
                    403,
                    "forbidden",
                    "Only a manager does that from elsewhere",
                    "void the order at " + till);
        }
        if (payments.cashOffice().openShift(till).isEmpty()) {
            throw noShift(till);
        }
        return new Caller(caller.person(), till, caller.roles());
    }

    /// Nothing is begun that needs a drawer where there is none.
    private void requireDrawer(String id, Caller caller) {
        orders.order(id)
                .filter(it -> it.voided() == null && it.order().total().isPositive())
                .map(PaidOrder::order)
                .filter(it ->
                        payments.refundPlan(it.id(), it.total()).stream()
                                .anyMatch(part -> part.kind() == TenderKind.CASH))
                .filter(_ -> payments.cashOffice().openShift(caller.device()).isEmpty())
                .ifPresent(_ -> {
                    throw noShift(caller.device());
                });
    }

    private static HttpProblem noShift(String till) {
        return new HttpProblem(
                409,
                "no-shift",
                "The order cannot be voided",
                "cash comes out of the drawer of a shift, and none is open at " + till);
    }

    // ---- what payments say

    private void answer(Asked asked, Payment payment) throws IOException {
        Paid paid = settled(payment);
        Requests.answer(asked.request(), status(paid), paid);
    }

    /// 202 is to be asked again: a terminal makes up its mind, or the order is being made. Where more is to be paid, that is the answer.
    private static int status(Paid paid) {
        Payment payment = paid.payment();
        boolean moreToPay = payment.state() != Payment.State.COMPLETED && payment.asking().isZero();
        return paid.order() == null && !moreToPay ? 202 : 200;
    }

    /// With the order, if all is paid.
    private Paid settled(Payment payment) {
        boolean more = payment.state() == Payment.State.COMPLETED;
        Optional<PaidOrder> made = made(payment);
        while (more && made.isEmpty()) {
            // The driver may have been faster: then nothing moves here, and it is made all the
            // same.
            more = settling.step() instanceof Steps.Step.Moved;
            made = made(payment);
        }
        return new Paid(payment, made.orElse(null), null);
    }

    /// What the payment has led to.
    private Optional<PaidOrder> made(Payment payment) {
        String id = Orders.paidBy(payment.order());
        return orders.order(id).filter(it -> id.equals(payment.order()) || it.voided() != null);
    }

    /// What an event of payments settles.
    static Optional<Settled> settled(Event event) {
        CloudEvent envelope = CloudEvents.read(event);
        return PaymentEvent.FORM
                .read(envelope)
                .filter(PaymentCompleted.class::isInstance)
                .map(PaymentCompleted.class::cast)
                .map(it ->
                        new Settled(
                                it.order(),
                                it.place().day(),
                                it.place().till(),
                                it.by(),
                                envelope.time(),
                                it.tenders().stream().map(Checkout::tender).toList(),
                                it.rounding(),
                                it.change()));
    }

    private static OrderTender tender(PaidTender it) {
        return new OrderTender(it.id(), it.kind().name(), it.amount(), it.detail());
    }

    private static Payment payment(PaymentResult result) {
        return switch (result) {
            case PaymentResult.Done(Payment payment) -> payment;
            case PaymentResult.Asking(Payment payment) -> payment;
            case PaymentResult.Lost _ ->
                    throw new HttpProblem(
                            409,
                            "answer-lost",
                            "Nobody knows whether the money moved",
                            "it counts as not paid and is being reversed; take another tender");
            case PaymentResult.Declined(_, String reason) ->
                    throw new HttpProblem(
                            409,
                            "declined",
                            "The tender was declined",
                            reason + "; take another tender");
            case PaymentResult.Refused refused -> throw problem(refused);
        };
    }

    private static HttpProblem problem(PaymentResult.Refused refused) {
        return new HttpProblem(
                409, Requests.kind(refused.why()), "The payment stays as it was", refused.detail());
    }

    private static Holder holder(Caller caller) {
        return new Holder(caller.device(), caller.person());
    }

    private static String person(Caller caller) {
        return caller.person().isEmpty() ? caller.device() : caller.person();
    }
}
