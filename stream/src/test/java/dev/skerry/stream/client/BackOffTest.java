package dev.skerry.stream.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static final Duration MIN = Duration.ofMillis(100);
    private static final Duration MAX = Duration.ofSeconds(5);

    private final MovedClock clock = new MovedClock();
    private final BackOff backOff =
            new BackOff(
                    ClientSettings.defaults().withPauses(MIN, MAX), clock, new SplittableRandom(7));

    @Test
    void pauses_double_up_to_the_longest_and_are_never_shorter_than_half_of_it() {
        Duration ceiling = MIN;
        for (int failure = 0; failure < 40; failure++) {
            backOff.failed("cut", null);
            Duration pause = backOff.left();
            assertTrue(pause.compareTo(ceiling) <= 0, pause + " <= " + ceiling);
            assertTrue(pause.compareTo(ceiling.dividedBy(2)) >= 0, pause + " >= half " + ceiling);
            ceiling = ceiling.multipliedBy(2).compareTo(MAX) > 0 ? MAX : ceiling.multipliedBy(2);
        }
    }

    @Test
    void a_success_makes_pauses_short_again() {
        for (int i = 0; i < 10; i++) {
            backOff.failed("cut", null);
        }
        backOff.succeeded();
        backOff.failed("cut", null);
        assertTrue(backOff.left().compareTo(MIN) <= 0);
    }

    @Test
    void a_pause_ends_when_time_has_passed() {
        backOff.failed("cut", null);
        clock.move(MIN);
        assertEquals(Duration.ZERO, backOff.left());
    }

    @Test
    void the_server_is_not_asked_again_before_it_said() {
        backOff.failed("busy", Duration.ofSeconds(20));
        assertTrue(backOff.left().compareTo(Duration.ofSeconds(20)) >= 0);
    }

    @Test
    void a_server_that_asks_for_days_is_not_believed() {
        backOff.failed("busy", Duration.ofDays(3));
        assertTrue(backOff.left().compareTo(ClientSettings.RETRY_AFTER_MAX.plus(MAX)) <= 0);
    }
}
