package dev.skerry.store.kitchen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skerry.store.kitchen.Timing.Colour;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimingTest {

    private static final Instant FIRED = TestKitchen.NOON;
    private static final Timing TIMING =
            new Timing(
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Map.of(
                            "bar",
                            new Timing(Duration.ofMinutes(1), Duration.ofMinutes(2), Map.of())));

    private static Colour after(String station, long seconds) {
        return TIMING.colour(station, FIRED, FIRED.plusSeconds(seconds));
    }

    @Test
    void a_ticket_changes_its_colour_at_its_times() {
        assertEquals(Colour.NORMAL, after("grill", 299));
        assertEquals(Colour.LATE, after("grill", 300));
        assertEquals(Colour.LATE, after("grill", 599));
        assertEquals(Colour.OVERDUE, after("grill", 600));
    }

    @Test
    void a_station_may_have_times_of_its_own() {
        assertEquals(Colour.LATE, after("bar", 60));
        assertEquals(Colour.OVERDUE, after("bar", 120));
    }

    @Test
    void times_that_make_no_sense_are_refused() {
        Duration minute = Duration.ofMinutes(1);
        assertThrows(IllegalArgumentException.class, () -> new Timing(minute, minute, Map.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Timing(minute.negated(), minute, Map.of()));
    }
}
