package dev.skerry.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LockOutTest {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    @Test
    void the_first_four_wrong_pins_cost_nothing() {
        for (int wrong = 0; wrong < 5; wrong++) {
            assertNull(LockOut.until(wrong, NOW));
        }
        assertEquals(1, LockOut.left(4));
    }

    @Test
    void it_never_takes_longer_than_the_longest_however_many_were_wrong() {
        assertEquals(NOW.plusSeconds(30), LockOut.until(5, NOW));
        assertEquals(NOW.plusSeconds(480), LockOut.until(9, NOW));
        assertEquals(NOW.plus(LockOut.LONGEST), LockOut.until(10, NOW));
        assertEquals(NOW.plus(LockOut.LONGEST), LockOut.until(Integer.MAX_VALUE, NOW));
        assertEquals(0, LockOut.left(Integer.MAX_VALUE));
    }

    @Test
    void it_holds_until_its_end_and_not_when_the_clock_was_wrong() {
        assertTrue(LockOut.holds(NOW.plusMillis(1), NOW));
        assertFalse(LockOut.holds(NOW, NOW));
        assertTrue(LockOut.holds(NOW.plus(LockOut.LONGEST), NOW));
        assertFalse(LockOut.holds(NOW.plus(Duration.ofDays(1)), NOW));
    }
}
