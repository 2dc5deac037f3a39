package dev.skerry.store.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.language.Quantity;
import dev.skerry.language.inventory.InventoryEvent.Cause;
import dev.skerry.store.inventory.RunningOut.Item;
import dev.skerry.store.inventory.RunningOut.Turn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunningOutTest {

    private static final Optional<Turn> NONE = Optional.empty();

    private static Optional<Turn> after(
            long stock, @Nullable Long threshold, @Nullable Cause out, boolean seen) {
        return RunningOut.after(
                new Item(
                        Quantity.of(stock),
                        threshold == null ? null : Quantity.of(threshold),
                        out,
                        false),
                seen);
    }

    @Test
    void without_a_threshold_the_stock_decides_nothing() {
        assertEquals(NONE, after(-5, null, null, false));
        assertEquals(NONE, after(0, null, null, true));
    }

    @Test
    void at_the_threshold_it_ran_out_and_above_it_it_is_back() {
        assertEquals(Optional.of(new Turn(true, Cause.THRESHOLD)), after(3, 3L, null, false));
        assertEquals(NONE, after(4, 3L, null, false));
        assertEquals(NONE, after(3, 3L, Cause.THRESHOLD, true));
        assertEquals(
                Optional.of(new Turn(false, Cause.THRESHOLD)),
                after(4, 3L, Cause.THRESHOLD, false));
    }

    @Test
    void what_a_hand_took_away_comes_back_only_when_goods_are_seen() {
        assertEquals(NONE, after(4, 3L, Cause.HAND, false));
        assertEquals(NONE, after(3, 3L, Cause.HAND, true));
        assertEquals(NONE, after(0, null, Cause.HAND, true));
        assertEquals(
                Optional.of(new Turn(false, Cause.GOODS_SEEN)), after(4, 3L, Cause.HAND, true));
    }

    @Test
    void what_a_person_says_is_there_is_not_taken_away_by_its_stock() {
        assertEquals(
                NONE, RunningOut.after(new Item(Quantity.ZERO, Quantity.of(3), null, true), false));
    }
}
