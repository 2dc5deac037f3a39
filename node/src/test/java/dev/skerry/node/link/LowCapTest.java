package dev.skerry.node.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.link.Chain.Machine;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Random;
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
    void a_cap_downwards_holds_from_the_first_byte_on() {
        Chain chain = new Chain();
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            byte[] noise = new byte[3_000];
            random.nextBytes(noise);
            Chain.append(chain.hqDatabase, "hq/tasks", HexFormat.of().formatHex(noise));
        }
        Machine store = chain.join("0042", "north", "a");
        store.down = Bandwidth.parse("00:00-12:00=80kbit,12:00-24:00=10mbit", ZoneOffset.UTC);
        store.restart();
        chain.run(Duration.ofSeconds(2));
        assertTrue(
                chain.line.bytes < 45_000, chain.line.bytes + " bytes in 2 s at 10,000 a second");
        chain.run(Duration.ofSeconds(40));
        assertEquals(
                Chain.events(chain.hqDatabase, "hq/tasks"),
                Chain.events(store.database, "hq/tasks"));
    }

    @Test
    void a_window_is_what_the_lowest_rate_carries_in_a_second() {
        Bandwidth day = Bandwidth.parse("08:00-20:00=2mbit,20:00-08:00=10mbit", ZoneOffset.UTC);
        assertEquals(250_000, day.windowBytes(2_000_000));
        assertEquals(100_000, day.windowBytes(100_000));
        assertEquals(100_000, Bandwidth.unlimited().windowBytes(100_000));
    }

    @Test
    void nobody_waits_until_a_clock_that_was_set_back_is_there_again() {
        Bandwidth slow = Bandwidth.parse("00:00-24:00=16kbit", ZoneOffset.UTC);
        slow.took(128 * 1024, BEGIN);
        assertFalse(slow.free(BEGIN.plusSeconds(1)));
        assertTrue(slow.free(BEGIN.minus(Duration.ofDays(1))));
    }
}
