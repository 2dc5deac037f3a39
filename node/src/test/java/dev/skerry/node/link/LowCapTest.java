package dev.skerry.node.link;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/// A cap holds where one message takes minutes, and whatever clocks do.
class LowCapTest {

    private static final Instant BEGIN = Instant.parse("2026-06-01T08:00:00Z");

    @Test
    void a_low_cap_holds_also_where_one_message_takes_minutes() {
        Bandwidth slow = Bandwidth.parse("00:00-24:00=16kbit", ZoneOffset.UTC);
        long sent = 0;
        for (int second = 0; second < 600; second++) {
            Instant now = BEGIN.plusSeconds(second);
            if (slow.free(now)) {
                slow.took(128 * 1024, now);
                sent += 128 * 1024;
            }
        }
        assertTrue(sent <= 600 * 2000 + 128 * 1024, sent + " bytes in 600 s");
    }

    @Test
    void nobody_waits_until_a_clock_that_was_set_back_is_there_again() {
        Bandwidth slow = Bandwidth.parse("00:00-24:00=16kbit", ZoneOffset.UTC);
        slow.took(128 * 1024, BEGIN);
        assertFalse(slow.free(BEGIN.plusSeconds(1)));
        assertTrue(slow.free(BEGIN.minus(Duration.ofDays(1))));
    }
}
