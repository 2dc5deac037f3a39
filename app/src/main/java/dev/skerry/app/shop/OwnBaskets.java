package dev.skerry.app.shop;

import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import dev.skerry.store.orders.BasketResult;
import dev.skerry.store.orders.BasketResult.Refusal;
import dev.skerry.store.orders.Orders;
import java.util.Set;

/// What guests may not do, though others may: see and change baskets that another device holds, and say that they have paid in a way that
/// nobody has seen. Any thread.
final class OwnBaskets {

    private static final String BASKET = "/api/baskets/{id}";

    /// By which a guest pays without anybody of the store: a terminal says whether it was paid.
    private static final Set<TenderKind> TENDERS = Set.of(TenderKind.CARD);

    private final Orders orders;
    private final Callers callers;

    OwnBaskets(Orders orders, Callers callers) {
        this.orders = orders;
        this.callers = callers;
    }

    /// @return the same operation; where it is about one basket, a guest is told that another's does not exist
    Operation guarded(Operation operation) {
        return operation.path().startsWith(BASKET) ? operation.behind(this::requireOwn) : operation;
    }

    private void requireOwn(Request request) {
        Caller caller = callers.of(request);
        String id = request.parameter("id");
        if (isGuest(caller) && !isOf(caller.device(), orders.basket(id))) {
            throw new HttpProblem(
                    404,
                    Requests.kind(Refusal.NO_SUCH_BASKET),
                    "The basket stays as it was",
                    "there is no basket \"%s\" at %s: open it first"
                            .formatted(id, caller.device()));
        }
    }

    /// One that is not there is nobody's, and may be opened.
    private static boolean isOf(String device, BasketResult basket) {
        return switch (basket) {
            case BasketResult.Changed(var open) -> open.device().equals(device);
            case BasketResult.Paid(var paid) -> paid.order().device().equals(device);
            case BasketResult.Abandoned _, BasketResult.Refused _ -> true;
        };
    }

    static boolean isGuest(Caller caller) {
        return caller.is(Role.GUEST)
                && !caller.is(Role.CASHIER)
                && !caller.is(Role.MANAGER)
                && !caller.is(Role.INTEGRATION);
    }

    /// @throws HttpProblem 403, if a guest says on which day it was sold
    static void requireDay(Caller caller) {
        if (isGuest(caller)) {
            throw new HttpProblem(
                    403, "role-needed", "This is for others to do", "a guest pays for now");
        }
    }

    /// @throws HttpProblem 403, if a guest names a tender that somebody of the store has to take
    static void requireTender(Caller caller, TenderKind kind) {
        if (isGuest(caller) && !TENDERS.contains(kind)) {
            throw new HttpProblem(
                    403,
                    "role-needed",
                    "This is for others to do",
                    "a guest pays by card; %s is taken by a cashier at a till"
                            .formatted(Requests.kind(kind)));
        }
    }
}
