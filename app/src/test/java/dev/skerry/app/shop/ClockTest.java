package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.shop.TestShop.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the time of day, a change of the clocks and weeks without a line do to what a till asks for. The clock is moved, not waited for.
class ClockTest {

    private static final String MILK = "4006381333931";
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @TempDir private Path folder;
    private TestShop shop;
    private int baskets;

    @BeforeEach
    void open() {
        shop = new TestShop(folder);
        shop.tax();
        shop.article("milk", "Whole milk 1 l", MILK, "Dairy", 119);
        shop.await(MILK);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Answer done(Answer answer) {
        assertTrue(answer.status() < 300, answer::toString);
        return answer;
    }

    /// What a till asks for one.
    private long costs() {
        String basket = "clock-" + ++baskets;
        done(shop.ask("PUT", "/api/baskets/" + basket, "{}"));
        return done(shop.ask(
                        "POST",
                        "/api/baskets/" + basket + "/lines",
                        "{\"id\":\"1\",\"code\":\"" + MILK + "\"}"))
                .number("/priced/total/amount");
    }

    private void itIs(String local) {
        shop.now.set(LocalDateTime.parse(local).atZone(BERLIN).toInstant());
    }

    private void itIs(Instant moment) {
        shop.now.set(moment);
    }

    /// Until the store has read what HQ sent.
    private void awaitPrice(String local, long cents) {
        itIs(local);
        int tries = 0;
        while (costs() != cents) {
            assertTrue(++tries < 10_000, "the price was never read");
        }
    }

    @Test
    void a_price_changes_at_midnight_with_the_line_cut() {
        shop.price("milk", 129, LocalDateTime.parse("2026-03-10T00:00"));
        awaitPrice("2026-03-10T00:00", 129);
        itIs("2026-03-09T23:59:59.999");
        assertEquals(119, costs());
        itIs("2026-03-10T00:00");
        assertEquals(129, costs());
    }

    @Test
    void the_hour_that_comes_twice_in_autumn_takes_no_price_back() {
        shop.price("milk", 129, LocalDateTime.parse("2026-10-25T02:30"));
        awaitPrice("2026-10-26T12:00", 129);
        Instant midnight = LocalDateTime.parse("2026-10-25T00:00").atZone(BERLIN).toInstant();
        Instant change = Instant.parse("2026-10-25T00:30:00Z");
        for (int minute = 0; minute < 300; minute += 5) {
            Instant moment = midnight.plus(Duration.ofMinutes(minute));
            itIs(moment);
            assertEquals(moment.isBefore(change) ? 119 : 129, costs(), moment.toString());
        }
    }

    @Test
    void a_campaign_of_the_store_ends_once_in_autumn() {
        done(
                shop.change(
                        "PUT",
                        "/api/campaigns/night",
                        """
                        {"name":"Night","reason":"x","percent":50,"skus":["milk"],
                         "from":"2026-10-24T22:00","to":"2026-10-25T02:30"}\
                        """));
        Instant end = Instant.parse("2026-10-25T00:30:00Z");
        for (int minute = -60; minute < 120; minute += 5) {
            Instant moment = end.plus(Duration.ofMinutes(minute));
            itIs(moment);
            assertEquals(moment.isBefore(end) ? 59 : 119, costs(), moment.toString());
        }
    }

    @Test
    void the_hour_that_is_left_out_in_spring_leaves_no_price_out() {
        shop.price("milk", 129, LocalDateTime.parse("2026-03-29T02:30"));
        awaitPrice("2026-03-30T12:00", 129);
        Instant change = Instant.parse("2026-03-29T01:00:00Z");
        itIs(change.minusMillis(1));
        assertEquals(119, costs());
        itIs(change);
        assertEquals(129, costs());
    }

    @Test
    void a_night_long_happy_hour_goes_on_after_midnight() {
        shop.promotion(
                "happy",
                """
                {"id":"happy","when":{"windows":[{"days":["friday"],"from":"22:00","to":"02:00"}]},
                 "effect":{"type":"line-discount","articles":{"skus":["milk"]},"off":{"toPrice":1.00}}}\
                """);
        awaitPrice("2026-03-06T22:00", 100);
        itIs("2026-03-06T21:59");
        assertEquals(119, costs());
        itIs("2026-03-07T01:59");
        assertEquals(100, costs());
        itIs("2026-03-07T02:00");
        assertEquals(119, costs());
        itIs("2026-03-07T23:00");
        assertEquals(119, costs());
    }
}
