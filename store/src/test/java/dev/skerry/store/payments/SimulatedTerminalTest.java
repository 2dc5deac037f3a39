package dev.skerry.store.payments;

import static dev.skerry.store.payments.Shop.money;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.store.payments.Terminal.Request;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedTerminalTest extends TerminalContract {

    private boolean up = true;
    private final SimulatedTerminal terminal = new SimulatedTerminal(() -> up);

    @Override
    Terminal terminal() {
        return terminal;
    }

    @Override
    void line(boolean isUp) {
        up = isUp;
    }

    @Override
    long moved(String reference) {
        return terminal.moved(reference);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, Approved, Approved, 1000",
        "1041, Declined, Declined, 0",
        "1042, Unknown, Unknown, 0",
        "1043, Unknown, Approved, 1043",
        "1044, Unknown, Unknown, 1044",
        "1045, Stored, Stored, 0",
        "1046, Approved, Approved, 523",
        "1047, Stored, Stored, 0"
    })
    void the_amount_says_what_it_does(long amount, String answer, String outcome, long moved) {
        assertEquals(
                answer,
                terminal.authorise(new Request("a", "till-1", money(amount), true))
                        .getClass()
                        .getSimpleName());
        assertEquals(outcome, terminal.outcome("till-1", "a").getClass().getSimpleName());
        assertEquals(moved, terminal.moved("a"));
    }
}
