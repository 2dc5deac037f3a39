package dev.skerry.store.kitchen;

import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.language.kitchen.Ticket;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import dev.skerry.store.kitchen.Kitchen.AllDay;
import dev.skerry.store.kitchen.Kitchen.Cook;
import dev.skerry.store.kitchen.Kitchen.Passing;
import dev.skerry.store.kitchen.Kitchen.Pickup;
import dev.skerry.store.kitchen.Kitchen.Shown;
import dev.skerry.store.kitchen.Kitchen.Station;
import dev.skerry.store.kitchen.KitchenResult.Done;
import dev.skerry.store.kitchen.KitchenResult.Refused;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The kitchen over HTTP, below `/api/kitchen`, and below `/api/pickup` what any device may know. Each answer to a change is all tickets of the order, as they then stand.
public final class KitchenRoutes {

    private final Kitchen kitchen;
    private final Callers callers;

    public KitchenRoutes(Kitchen kitchen, Callers callers) {
        this.kitchen = kitchen;
        this.callers = callers;
    }

    /// @param course null for the next; the request then needs an Idempotency-Key, because twice the next is another
    record Firing(@Nullable Integer course) {}

    /// What is served.
    public List<Operation> operations() {
        return List.of(
                Operation.of(
                                "GET",
                                "/api/kitchen/stations",
                                "Lists the stations, and how much each has to do",
                                this::stations)
                        .listing("stations", Station.class)
                        .only(Role.COOK, Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/kitchen/tickets",
                                "Lists the tickets of a station, the oldest first",
                                this::tickets)
                        .asking("station", "its name; all if left out")
                        .asking("state", "bumped for those that the station bumped last")
                        .listing("tickets", Shown.class)
                        .only(Role.COOK, Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/kitchen/counts",
                                "Counts what is to be made, by station and article",
                                this::allDay)
                        .asking("station", "its name; all if left out")
                        .listing("counts", AllDay.class)
                        .only(Role.COOK, Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/kitchen/expo",
                                "Lists the orders that are made or wait to be handed over",
                                this::expo)
                        .listing("orders", Passing.class)
                        .only(Role.COOK, Role.CASHIER, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/pickup",
                                "Lists the numbers of orders that are made or wait to be collected",
                                this::pickups)
                        .listing("orders", Pickup.class),
                Operation.of(
                                "GET",
                                "/api/pickup/{order}",
                                "Tells a guest how far an order is",
                                this::pickup)
                        .answering(Pickup.class),
                changing("/tickets/{id}/bump", "Bumps a ticket", this::bump),
                changing("/tickets/{id}/recall", "Recalls a bumped ticket", this::recall),
                changing("/orders/{id}/fire", "Fires a course, or the next", this::fire)
                        .taking(Firing.class),
                changing("/orders/{id}/serve", "Hands an order over", this::serve),
                Operation.of(
                                "GET",
                                "/api/kitchen/orders/{id}",
                                "Lists the tickets of an order",
                                this::order)
                        .listing("tickets", Ticket.class)
                        .only(Role.COOK, Role.CASHIER, Role.MANAGER));
    }

    private static Operation changing(String below, String summary, Requests.Answering handler) {
        return Operation.of("POST", "/api/kitchen" + below, summary, Requests.taking(handler))
                .listing("tickets", Ticket.class)
                .only(Role.COOK, Role.CASHIER, Role.MANAGER);
    }

    // ---- questions

    private void stations(Request request) throws IOException {
        callers.of(request);
        Requests.answer(request, "stations", kitchen.stations());
    }

    private void tickets(Request request) throws IOException {
        callers.of(request);
        String station = Requests.parameter(request, "station").orElse("");
        boolean bumped = Requests.parameter(request, "state").orElse("open").equals("bumped");
        Requests.answer(
                request, "tickets", bumped ? kitchen.bumped(station) : kitchen.tickets(station));
    }

    private void allDay(Request request) throws IOException {
        callers.of(request);
        Requests.answer(
                request,
                "counts",
                kitchen.allDay(Requests.parameter(request, "station").orElse("")));
    }

    private void expo(Request request) throws IOException {
        callers.of(request);
        Requests.answer(request, "orders", kitchen.expo());
    }

    private void pickups(Request request) throws IOException {
        callers.of(request);
        Requests.answer(request, "orders", kitchen.pickups());
    }

    private void pickup(Request request) throws IOException {
        callers.of(request);
        String order = request.parameter("order");
        Requests.answer(
                request,
                200,
                kitchen.pickup(order)
                        .orElseThrow(() ->
                                new HttpProblem(
                                        404,
                                        "no-such-order",
                                        "The kitchen does not know this order",
                                        "nothing of order \"%s\" is made, or it was long ago"
                                                .formatted(order))));
    }

    private void order(Request request) throws IOException {
        callers.of(request);
        Requests.answer(request, "tickets", kitchen.order(request.parameter("id")));
    }

    // ---- commands

    private void bump(Asked asked) throws IOException {
        answer(
                asked.request(),
                kitchen.bump(asked.command(kitchen.newId()), id(asked), cook(asked)));
    }

    private void recall(Asked asked) throws IOException {
        answer(
                asked.request(),
                kitchen.recall(asked.command(kitchen.newId()), id(asked), cook(asked)));
    }

    private void fire(Asked asked) throws IOException {
        Integer course = asked.as(Firing.class).course();
        if (course != null && course < 1) {
            throw new HttpProblem(
                    400,
                    "malformed-request",
                    "The body is not what this request takes",
                    "courses count from 1");
        }
        answer(
                asked.request(),
                kitchen.fire(
                        asked.command(course == null ? "" : kitchen.newId()),
                        id(asked),
                        course,
                        cook(asked).person()));
    }

    private void serve(Asked asked) throws IOException {
        answer(
                asked.request(),
                kitchen.serve(asked.command(kitchen.newId()), id(asked), cook(asked).person()));
    }

    // ---- how all of them ask and answer

    private static String id(Asked asked) {
        return asked.request().parameter("id");
    }

    private Cook cook(Asked asked) {
        Caller caller = callers.of(asked.request());
        return new Cook(caller.person(), caller.device());
    }

    private static void answer(Request request, KitchenResult result) throws IOException {
        switch (result) {
            case Done done -> Requests.answer(request, "tickets", done.tickets());
            case Refused(KitchenResult.Refusal why, String detail) ->
                    throw new HttpProblem(
                            status(why), Requests.kind(why), "The kitchen stays as it was", detail);
        }
    }

    private static int status(KitchenResult.Refusal why) {
        return switch (why) {
            case NO_SUCH_TICKET, NO_SUCH_ORDER -> 404;
            case HELD, CANCELLED, NOTHING_TO_FIRE, NOT_READY -> 409;
        };
    }
}
