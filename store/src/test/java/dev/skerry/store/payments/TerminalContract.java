package dev.skerry.store.payments;

import static dev.skerry.store.payments.Shop.money;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.skerry.store.payments.Authorization.Approved;
import dev.skerry.store.payments.Authorization.OutOfReach;
import dev.skerry.store.payments.Authorization.Stored;
import dev.skerry.store.payments.Authorization.Unknown;
import dev.skerry.store.payments.Terminal.Refund;
import dev.skerry.store.payments.Terminal.Request;
import org.junit.jupiter.api.Test;

/// What a store's payments rely on, whatever terminal is asked.
abstract class TerminalContract {

    /// A terminal whose acquirer approves everything.
    abstract Terminal terminal();

    /// Cuts the acquirer off, or brings it back.
    abstract void line(boolean up);

    /// What the customer is charged by a reference, in minor units.
    abstract long moved(String reference);

    private static Request request(String reference, boolean mayStore) {
        return new Request(reference, "till-1", money(1000), mayStore);
    }

    @Test
    void a_reference_moves_money_once_and_gets_the_same_answer() {
        Authorization first = terminal().authorise(request("a", false));
        assertEquals(money(1000), assertInstanceOf(Approved.class, first).amount());
        assertEquals(first, terminal().authorise(request("a", false)));
        assertEquals(first, terminal().outcome("till-1", "a"));
        assertEquals(1000, moved("a"));
    }

    @Test
    void what_is_not_known_is_unknown() {
        assertInstanceOf(Unknown.class, terminal().outcome("till-1", "never"));
    }

    @Test
    void what_is_reversed_stays_so() {
        terminal().authorise(request("a", false));
        assertInstanceOf(Reversal.Reversed.class, terminal().reverse("till-1", "a"));
        assertInstanceOf(Reversal.Reversed.class, terminal().reverse("till-1", "a"));
        assertEquals(0, moved("a"));
        terminal().authorise(request("a", false));
        assertEquals(0, moved("a"));
    }

    @Test
    void a_request_that_comes_after_its_reversal_moves_nothing() {
        assertInstanceOf(Reversal.Reversed.class, terminal().reverse("till-1", "late"));
        assertNotEquals(Approved.class, terminal().authorise(request("late", true)).getClass());
        assertEquals(0, moved("late"));
    }

    @Test
    void without_the_acquirer_it_stores_only_what_it_may() {
        line(false);
        assertInstanceOf(OutOfReach.class, terminal().authorise(request("a", false)));
        Authorization stored = terminal().authorise(request("b", true));
        assertInstanceOf(Stored.class, stored);
        assertEquals(stored, terminal().outcome("till-1", "b"));
        assertEquals(stored, terminal().forward("till-1", "b", money(1000)));
        line(true);
        assertInstanceOf(Authorization.Declined.class, terminal().outcome("till-1", "a"));
        assertEquals(0, moved("a"));
        assertInstanceOf(Approved.class, terminal().forward("till-1", "b", money(1000)));
        assertInstanceOf(Approved.class, terminal().forward("till-1", "b", money(1000)));
        assertEquals(1000, moved("b"));
    }

    @Test
    void what_is_reversed_before_it_went_up_never_goes_up() {
        line(false);
        terminal().authorise(request("a", true));
        assertInstanceOf(Reversal.Reversed.class, terminal().reverse("till-1", "a"));
        line(true);
        assertNotEquals(Approved.class, terminal().forward("till-1", "a", money(1000)).getClass());
        assertEquals(0, moved("a"));
    }

    @Test
    void a_reversal_without_the_acquirer_is_not_certain() {
        terminal().authorise(request("a", false));
        line(false);
        assertInstanceOf(Reversal.Unknown.class, terminal().reverse("till-1", "a"));
        line(true);
        assertInstanceOf(Reversal.Reversed.class, terminal().reverse("till-1", "a"));
    }

    @Test
    void a_refund_gives_back_once_and_is_never_stored() {
        terminal().authorise(request("a", false));
        Refund refund = new Refund("r", "a", "till-1", money(400));
        line(false);
        assertInstanceOf(OutOfReach.class, terminal().refund(refund));
        line(true);
        assertInstanceOf(Approved.class, terminal().refund(refund));
        assertInstanceOf(Approved.class, terminal().refund(refund));
        assertEquals(-400, moved("r"));
    }
}
