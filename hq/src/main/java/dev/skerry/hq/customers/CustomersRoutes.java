package dev.skerry.hq.customers;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Change;
import dev.skerry.context.ChangeRoutes;
import dev.skerry.context.Changes.Proposal;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.language.Money;
import dev.skerry.language.customers.CustomerEvent.CustomerChanged;
import dev.skerry.language.customers.CustomerEvent.CustomerRemoved;
import dev.skerry.language.customers.CustomerEvent.PointsRemoved;
import dev.skerry.language.loyalty.OfferEvent.OfferMade;
import dev.skerry.language.loyalty.OfferEvent.OfferWithdrawn;
import dev.skerry.language.payments.GiftCardEvent.GiftCardBlocked;
import dev.skerry.language.payments.GiftCardEvent.GiftCardUnblocked;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Customers, offers and gift cards over HTTP.
public final class CustomersRoutes {

    private static final int RESULTS = 50;

    private final Customers customers;
    private final ChangeRoutes changes;

    public CustomersRoutes(Customers customers, Callers callers) {
        this.customers = requireNonNull(customers, "customers");
        this.changes = new ChangeRoutes(customers.changes(), callers, "/api/customers");
    }

    record Members(List<CustomerChanged> customers, boolean more) {}

    /// @param points as far as HQ has heard
    /// @param bookings of stores, the newest first
    /// @param history of what people at HQ did, the newest first
    record Known(
            CustomerChanged customer,
            long points,
            List<Booking> bookings,
            List<Change.Step> history) {}

    record Blocked(String card, String reason) {}

    /// @param id of the change; the caller's choice
    /// @param customers as they are to be, all of each
    /// @param removed ids of customers to be forgotten
    /// @param withdrawn ids of offers
    /// @param blockedCards gift cards that stores are not to take
    record Wanted(
            String id,
            String title,
            @Nullable Boolean draft,
            @Nullable List<CustomerChanged> customers,
            @Nullable List<String> removed,
            @Nullable List<OfferMade> offers,
            @Nullable List<String> withdrawn,
            @Nullable List<Blocked> blockedCards,
            @Nullable List<String> unblockedCards) {

        List<Object> events() {
            List<Object> all = new ArrayList<>(none(customers));
            none(removed)
                    .forEach(it -> {
                        all.add(new CustomerRemoved(it));
                        all.add(new PointsRemoved(it));
                    });
            all.addAll(none(offers));
            none(withdrawn).forEach(it -> all.add(new OfferWithdrawn(it)));
            none(blockedCards).forEach(it -> all.add(new GiftCardBlocked(it.card(), it.reason())));
            none(unblockedCards).forEach(it -> all.add(new GiftCardUnblocked(it)));
            return all;
        }

        private static <T> List<T> none(@Nullable List<T> list) {
            return list == null ? List.of() : list;
        }
    }

    record Loading(Money amount) {}

    /// What is served.
    public List<Operation> operations() {
        List<Operation> all =
                new ArrayList<>(
                        List.of(
                                Operation.of(
                                                "GET",
                                                "/api/customers/members",
                                                "Finds customers, by name",
                                                this::members)
                                        .asking("q", "parts of a name, id or card; two at most")
                                        .asking("max", "how many are wanted")
                                        .asking("offset", "how many to leave out")
                                        .answering(Members.class)
                                        .only(Role.MERCHANT, Role.ADMIN),
                                Operation.of(
                                                "GET",
                                                "/api/customers/members/{id}",
                                                "Shows a customer, the points, and where they came from",
                                                this::member)
                                        .answering(Known.class)
                                        .only(Role.MERCHANT, Role.ADMIN),
                                Operation.of(
                                                "GET",
                                                "/api/customers/offers",
                                                "Lists offers and vouchers",
                                                this::offers)
                                        .listing("offers", OfferMade.class)
                                        .only(Role.MERCHANT, Role.ADMIN),
                                Operation.of(
                                                "GET",
                                                "/api/customers/findings",
                                                "Lists codes used twice, gift cards overdrawn and cards taken, the newest first",
                                                this::findings)
                                        .asking("max", "how many are wanted")
                                        .asking("offset", "how many to leave out")
                                        .listing("findings", Finding.class)
                                        .only(Role.MERCHANT, Role.ACCOUNTANT, Role.ADMIN),
                                Operation.of(
                                                "POST",
                                                "/api/customers/changes",
                                                "Proposes a change; where nobody else has to look at it, it is published at once",
                                                Requests.taking(this::change))
                                        .taking(Wanted.class)
                                        .answering(Change.class)
                                        .only(Role.MERCHANT, Role.ADMIN),
                                Operation.of(
                                                "GET",
                                                "/api/customers/gift-cards/{card}",
                                                "Shows what is on a gift card",
                                                this::giftCard)
                                        .answering(GiftCard.class)
                                        .only(Role.ACCOUNTANT, Role.ADMIN),
                                Operation.of(
                                                "POST",
                                                "/api/customers/gift-cards/{card}/loads",
                                                "Puts money on a gift card",
                                                Requests.taking(this::load))
                                        .taking(Loading.class)
                                        .answering(GiftCard.class)
                                        .only(Role.ACCOUNTANT, Role.ADMIN)));
        all.addAll(changes.operations());
        return all;
    }

    private void members(Request request) throws IOException {
        int max = Requests.number(request, "max", RESULTS, 1, Customers.RESULTS_MAX - 1);
        int offset = Requests.number(request, "offset", 0, 0, Integer.MAX_VALUE);
        List<CustomerChanged> found =
                customers.search(Requests.parameter(request, "q").orElse(""), offset, max + 1);
        boolean more = found.size() > max;
        Requests.answer(request, 200, new Members(more ? found.subList(0, max) : found, more));
    }

    private void member(Request request) throws IOException {
        String id = request.parameter("id");
        CustomerChanged customer =
                customers
                        .customer(id)
                        .orElseThrow(() ->
                                new HttpProblem(
                                        404,
                                        "no-such-customer",
                                        "There is no such customer",
                                        "no customer has the id " + id));
        Requests.answer(
                request,
                200,
                new Known(
                        customer,
                        customers.points(id),
                        customers.bookings(id, RESULTS),
                        customers.history(id, RESULTS)));
    }

    private void offers(Request request) throws IOException {
        Requests.answer(request, "offers", customers.offers());
    }

    private void findings(Request request) throws IOException {
        Requests.answer(
                request,
                "findings",
                customers.findings(
                        Requests.number(request, "offset", 0, 0, Integer.MAX_VALUE),
                        Requests.number(request, "max", RESULTS, 1, Customers.RESULTS_MAX)));
    }

    private void change(Asked asked) throws IOException {
        Wanted wanted = asked.as(Wanted.class);
        ChangeRoutes.answer(
                asked.request(),
                customers
                        .changes()
                        .propose(
                                asked.command("propose " + wanted.id()),
                                new Proposal(
                                        wanted.id(),
                                        wanted.title(),
                                        null,
                                        Boolean.TRUE.equals(wanted.draft()),
                                        wanted.events()),
                                changes.person(asked.request())));
    }

    private void giftCard(Request request) throws IOException {
        String card = request.parameter("card");
        Requests.answer(
                request,
                200,
                customers
                        .giftCard(card)
                        .orElseThrow(() ->
                                new HttpProblem(
                                        404,
                                        "no-such-gift-card",
                                        "There is no such gift card",
                                        "headquarters have put nothing on " + card)));
    }

    private void load(Asked asked) throws IOException {
        Money amount = asked.as(Loading.class).amount();
        try {
            Requests.answer(
                    asked.request(),
                    200,
                    customers.load(
                            asked.command(""),
                            asked.request().parameter("card"),
                            amount,
                            changes.person(asked.request())));
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(
                    400, "bad-amount", "That cannot be put on it", String.valueOf(e.getMessage()));
        }
    }
}
