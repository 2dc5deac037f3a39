package dev.skerry.store.loyalty;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.language.loyalty.OfferEvent.OfferMade;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Customers, points, offers and coupons over HTTP, below `/api/customers` and `/api/coupons`.
public final class LoyaltyRoutes {

    private final Loyalty loyalty;
    private final Callers callers;
    private final InstantSource clock;

    public LoyaltyRoutes(Loyalty loyalty, Callers callers, InstantSource clock) {
        this.loyalty = requireNonNull(loyalty, "loyalty");
        this.callers = requireNonNull(callers, "callers");
        this.clock = requireNonNull(clock, "clock");
    }

    /// @param id made by the device, a UUID
    record SigningOn(
            String id, @Nullable List<String> cards, String name, @Nullable String email) {}

    /// All that a till shows of a customer.
    ///
    /// @param listAgeSeconds how old the list is from which this was read
    record Shown(Member customer, Balance points, List<OfferMade> offers, long listAgeSeconds) {}

    /// What is served.
    public List<Operation> operations() {
        return List.of(
                Operation.of(
                                "GET",
                                "/api/customers",
                                "Finds customers, by a card or by the beginnings of their names",
                                this::find)
                        .asking("card", "the number of a card, as scanned")
                        .asking("name", "beginnings of a name's words, two letters at least")
                        .listing("customers", Member.class)
                        .only(Role.GUEST, Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/customers/{id}",
                                "Shows a customer, with points and offers",
                                this::one)
                        .answering(Shown.class)
                        .only(Role.GUEST, Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/customers",
                                "Signs a customer up",
                                Requests.taking(this::signUp))
                        .taking(SigningOn.class)
                        .answering(Member.class)
                        .only(Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/coupons/{code}",
                                "Says whether a code may be used now",
                                this::coupon)
                        .asking("customer", "the id of the customer who shows it")
                        .answering(CouponState.class)
                        .only(Role.GUEST, Role.CASHIER, Role.MANAGER));
    }

    private void find(Request request) throws IOException {
        Caller caller = callers.of(request);
        Optional<String> card = Requests.parameter(request, "card");
        Optional<String> name = Requests.parameter(request, "name");
        if (card.isPresent() == name.isPresent()) {
            throw malformed("say either card or name");
        }
        if (name.isPresent() && !caller.is(Role.CASHIER) && !caller.is(Role.MANAGER)) {
            throw new HttpProblem(
                    403,
                    "role-needed",
                    "This is for others to do",
                    "customers are found by their names by cashiers and managers alone; others need the card");
        }
        Requests.answer(
                request,
                "customers",
                card.map(it -> loyalty.byCard(it).stream().toList())
                        .orElseGet(() -> loyalty.named(name.orElseThrow())));
    }

    private void one(Request request) throws IOException {
        callers.of(request);
        String id = request.parameter("id");
        Instant now = clock.instant();
        Member member =
                loyalty.byId(id)
                        .orElseThrow(() ->
                                new HttpProblem(
                                        404,
                                        "no-such-customer",
                                        "The store does not know this customer",
                                        "nobody was signed up here as \"%s\", and HQ has told of no such customer"
                                                .formatted(id)));
        Requests.answer(
                request,
                200,
                new Shown(
                        member,
                        loyalty.balance(id, now),
                        loyalty.offers(id, now),
                        loyalty.listAge(now).toSeconds()));
    }

    private void signUp(Asked asked) throws IOException {
        SigningOn wanted = asked.as(SigningOn.class);
        Caller caller = callers.of(asked.request());
        SigningUp result =
                loyalty.signUp(
                        asked.command("sign up " + wanted.id()),
                        newcomer(wanted),
                        caller.device(),
                        caller.person());
        switch (result) {
            case SigningUp.Done(Member member) -> Requests.answer(asked.request(), 200, member);
            case SigningUp.CardTaken(String card, _) ->
                    throw new HttpProblem(
                            409,
                            "card-taken",
                            "The card is somebody's already",
                            "%s belongs to another customer: take a new one".formatted(card));
            case SigningUp.IdTaken(String id) ->
                    throw new HttpProblem(
                            409,
                            "customer-exists",
                            "There is such a customer already",
                            "\"%s\" is another customer's id: make a new one".formatted(id));
        }
    }

    private static Newcomer newcomer(SigningOn wanted) {
        try {
            return new Newcomer(
                    wanted.id(),
                    wanted.cards() == null ? List.of() : wanted.cards(),
                    wanted.name(),
                    wanted.email());
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private void coupon(Request request) throws IOException {
        callers.of(request);
        Requests.answer(
                request,
                200,
                loyalty.coupon(
                        request.parameter("code"),
                        Requests.parameter(request, "customer").orElse(null),
                        clock.instant()));
    }

    private static HttpProblem malformed(String detail) {
        return new HttpProblem(
                400, "malformed-request", "This request cannot be carried out", detail);
    }
}
