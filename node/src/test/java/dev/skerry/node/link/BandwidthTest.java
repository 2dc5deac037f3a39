package dev.skerry.node.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/// How much of its line a store gives, by time of day.
class BandwidthTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void a_rate_holds_at_its_time_of_day_in_the_stores_own_time() {
        Bandwidth day =
                Bandwidth.parse("08:00-20:00=2mbit,20:00-08:00=10mbit", ZoneId.of("Europe/Berlin"));
        assertEquals(250_000, day.bytesPerSecond(NOON));
        assertEquals(1_250_000, day.bytesPerSecond(NOON.plusSeconds(6 * 3600)));
        assertEquals(250_000, day.bytesPerSecond(NOON.plusSeconds(18 * 3600)));
    }

    @Test
    void where_no_rate_holds_there_is_no_limit() {
        Bandwidth day = Bandwidth.parse("08:00-09:00=2mbit", ZoneOffset.UTC);
        assertEquals(Long.MAX_VALUE, day.bytesPerSecond(NOON));
        day.took(1 << 30, NOON);
        assertTrue(day.free(NOON));
    }

    @Test
    void what_is_sent_over_an_hour_keeps_to_the_rate() {
        Bandwidth slow = Bandwidth.parse("00:00-24:00=80kbit", ZoneOffset.UTC);
        long sent = 0;
        for (Instant now = NOON; now.isBefore(NOON.plusSeconds(3600)); now = now.plusMillis(50)) {
            if (slow.free(now)) {
                slow.took(5_000, now);
                sent += 5_000;
            }
        }
        assertTrue(Math.abs(sent - 36_000_000) < 50_000, sent + " bytes");
    }

    @Test
    void a_clock_that_was_set_back_does_not_close_it_for_ever() {
        Bandwidth slow = Bandwidth.parse("00:00-24:00=80kbit", ZoneOffset.UTC);
        slow.took(20_000, NOON);
        assertFalse(slow.free(NOON));
        assertTrue(slow.free(NOON.minusSeconds(3600)));
    }

    @Test
    void what_is_no_rate_is_said_to_be_none() {
        for (String wrong :
                new String[] {
                    "fast", "08:00-20:00", "08:00-20:00=2", "08:00-20:00=1kbit", "8-20=2mbit"
                }) {
            String said =
                    String.valueOf(
                            assertThrows(
                                            IllegalArgumentException.class,
                                            () -> Bandwidth.parse(wrong, ZoneOffset.UTC))
                                    .getMessage());
            assertTrue(said.contains("\""), said);
        }
    }
}
