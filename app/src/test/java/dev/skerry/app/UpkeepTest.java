package dev.skerry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.stream.Steps.Step;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class UpkeepTest {

    @Test
    void what_nobody_foresaw_hinders_upkeep_and_does_not_end_it() {
        Queue<BooleanSupplier> works =
                new ArrayDeque<>(
                        List.of(
                                () -> {
                                    throw new IllegalStateException("unforeseen");
                                },
                                () -> {
                                    throw new AssertionError("nor this");
                                },
                                () -> true,
                                () -> false));
        Upkeep upkeep = new Upkeep("expiry", () -> works.remove().getAsBoolean());
        assertEquals(
                new Step.Hindered("java.lang.IllegalStateException: unforeseen"), upkeep.step());
        assertEquals(new Step.Hindered("java.lang.AssertionError: nor this"), upkeep.step());
        assertEquals(new Step.Moved(0, 0), upkeep.step());
        assertEquals(new Step.CaughtUp(0), upkeep.step());
    }
}
