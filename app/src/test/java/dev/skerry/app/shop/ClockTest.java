package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.shop.TestShop.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the time of day, a change of the clocks and weeks without a line do to what a till asks for. The clock is moved, not waited for.
@Timeout(240)
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

    @Test
    void screens_are_told_when_a_price_a_promotion_or_a_campaign_begins_or_ends_by_the_clock() {
        shop.price("milk", 129, LocalDateTime.parse("2026-03-10T00:00"));
        shop.promotion(
                "happy",
                """
                {"id":"happy","when":{"windows":[{"days":["tuesday"],"from":"17:00","to":"18:00"}]},
                 "effect":{"type":"line-discount","articles":{"skus":["milk"]},"off":{"toPrice":1.00}}}\
                """);
        done(
                shop.change(
                        "PUT",
                        "/api/campaigns/late",
                        """
                        {"name":"Late","reason":"x","percent":50,"skus":["milk"],
                         "from":"2026-03-10T20:00","to":"2026-03-10T21:00"}\
                        """));
        awaitPrice("2026-03-10T17:30", 100);
        for (String begins :
                List.of(
                        "2026-03-10T00:00",
                        "2026-03-10T17:00",
                        "2026-03-10T18:00",
                        "2026-03-10T20:00",
                        "2026-03-10T21:00")) {
            itIs(LocalDateTime.parse(begins).minusSeconds(1).toString());
            try (Listener screen = shop.listen("?topics=prices")) {
                screen.next();
                itIs(begins);
                screen.await("prices", "");
            }
        }
    }

    /// Its browser says so with each request, and in what it writes down.
    @Test
    void a_till_whose_clock_is_a_day_off_trades_on_the_stores_day_and_at_its_times() {
        Instant now = Instant.parse("2026-03-02T23:30:00Z"); // The third of March in Berlin.
        itIs(now);
        Answer ahead = shop.ask("POST", "/api/business-day/open", "{\"day\":\"2026-03-05\"}");
        Answer day = done(shop.ask("POST", "/api/business-day/open", "{}"));
        assertEquals("urn:skerry:problem:business-day-ahead", ahead.text("/type"));
        assertEquals("2026-03-03", day.text("/day"));
        for (int hours : List.of(-24, 24)) {
            String till = "till" + hours;
            shop.clockOf(till, Duration.ofHours(hours));
            done(
                    shop.ask(
                            "POST",
                            "/api/shifts",
                            "{\"shift\":\"s%d\",\"cashFloat\":{\"amount\":0,\"currency\":\"EUR\"}}"
                                    .formatted(hours),
                            till));
            done(shop.ask("PUT", "/api/baskets/" + till, "{}", till));
            done(
                    shop.ask(
                            "POST",
                            "/api/baskets/" + till + "/lines",
                            "{\"id\":\"1\",\"code\":\"" + MILK + "\"}",
                            till));
            Answer paid =
                    done(
                            shop.ask(
                                    "POST",
                                    "/api/baskets/" + till + "/pay",
                                    "{\"tenders\":[{\"id\":\"t%d\",\"kind\":\"CASH\"}]}"
                                            .formatted(hours),
                                    till));
            assertEquals("2026-03-03T00:30:00", paid.text("/order/order/at"));
            assertEquals("2026-03-03", paid.text("/order/order/businessDay"));
            assertEquals("2026-03-03", paid.text("/order/order/receipt/businessDay"));
            assertEquals(
                    now.toString(),
                    done(shop.ask("GET", "/api/shifts/s" + hours, "")).text("/shift/openedAt"));
        }
        // When a shelf was looked at only who looked knows: noted, and not if it has not come yet.
        String count =
                "{\"id\":\"c%1$d\",\"at\":\"%2$s\",\"lines\":[{\"sku\":\"milk\",\"counted\":7}]}";
        Answer tomorrow =
                shop.ask(
                        "POST",
                        "/api/counts",
                        count.formatted(1, now.plus(Duration.ofHours(24))),
                        "till24");
        Answer yesterday =
                done(
                        shop.ask(
                                "POST",
                                "/api/counts",
                                count.formatted(2, now.minus(Duration.ofHours(24))),
                                "till-24"));
        assertEquals("urn:skerry:problem:in-the-future", tomorrow.text("/type"));
        assertEquals("2026-03-01T23:30:00Z", yesterday.text("/at"), yesterday::toString);
    }

    /// The clocks change on the way.
    @Test
    @Tag("slow") // Thirty days.
    void thirty_days_without_a_line_are_days_like_all_others_and_what_was_stored_goes_up_once() {
        shop.price("milk", 129, LocalDateTime.parse("2026-03-12T00:00"));
        awaitPrice("2026-03-12T12:00", 129);
        shop.price("milk", 109, LocalDateTime.parse("2026-03-22T00:00"));
        awaitPrice("2026-03-22T12:00", 109);
        LocalDate first = LocalDate.parse("2026-03-02");
        Map<LocalDate, Long> taken = new TreeMap<>();
        List<String> stored = new ArrayList<>();
        for (int day = 0; day < 30; day++) {
            LocalDate today = first.plusDays(day);
            itIs(today + "T10:00");
            taken.put(today, sellAllDay(today, stored));
        }
        assertTrue(!stored.isEmpty() && stored.size() < 30, stored.size() + " were stored");
        taken.forEach((day, amount) -> {
            boolean second = !day.isBefore(first.plusDays(10)) && day.isBefore(first.plusDays(20));
            long price = day.isBefore(first.plusDays(10)) ? 119 : second ? 129 : 109;
            assertEquals(2 * price, amount, day.toString());
            shop.awaitReport(day.toString(), 2);
            assertEquals(
                    2 * price,
                    done(shop.ask("GET", "/api/reports/" + day, "")).number("/total/amount"),
                    day.toString());
        });
        shop.lineUp.set(true);
        while (done(shop.ask("GET", "/api/payments/stored", "")).json().at("/tenders").size() > 0) {
            // What did not get on is tried again after a pause, by the store's clock.
            itIs(shop.now.get().plusSeconds(30));
        }
        for (String order : stored) {
            assertEquals(
                    "APPROVED_LATE",
                    done(shop.ask("GET", "/api/payments/" + order, "")).text("/tenders/0/state"));
        }
        assertEquals(
                0,
                done(shop.ask("GET", "/api/payments/attention", ""))
                        .json()
                        .at("/attention")
                        .size());
    }

    /// One in cash, and one by card; in cash too where no more cards are stored.
    ///
    /// @return what was taken
    private long sellAllDay(LocalDate today, List<String> stored) {
        String shift = "s-" + today;
        String day = "{\"day\":\"" + today + "\"}";
        done(shop.ask("POST", "/api/business-day/open", day));
        done(
                shop.ask(
                        "POST",
                        "/api/shifts",
                        "{\"shift\":\"%s\",\"cashFloat\":{\"amount\":0,\"currency\":\"EUR\"}}"
                                .formatted(shift)));
        long taken = 0;
        for (String kind : List.of("CASH", "CARD")) {
            String order = today + "-" + kind;
            done(shop.ask("PUT", "/api/baskets/" + order, "{}"));
            done(
                    shop.ask(
                            "POST",
                            "/api/baskets/" + order + "/lines",
                            "{\"id\":\"1\",\"code\":\"" + MILK + "\"}"));
            Answer paid = pay(order, "1", kind);
            if (paid.status() < 300 && kind.equals("CARD")) {
                stored.add(order);
            } else if (paid.status() >= 300) {
                assertEquals("CARD", kind, paid::toString);
                paid = done(pay(order, "2", "CASH"));
            }
            taken += paid.number("/order/order/total/amount");
        }
        long drawer =
                done(shop.ask("GET", "/api/shifts/" + shift, "")).number("/takings/drawer/amount");
        done(
                shop.ask(
                        "POST",
                        "/api/shifts/" + shift + "/counts",
                        "{\"id\":\"c-%s\",\"amount\":{\"amount\":%d,\"currency\":\"EUR\"}}"
                                .formatted(today, drawer)));
        done(shop.ask("POST", "/api/shifts/" + shift + "/close", "{}"));
        done(shop.ask("POST", "/api/business-day/close", day));
        return taken;
    }

    private Answer pay(String order, String tender, String kind) {
        return shop.ask(
                "POST",
                "/api/baskets/" + order + "/pay",
                "{\"tenders\":[{\"id\":\"%s-%s\",\"kind\":\"%s\"}]}"
                        .formatted(order, tender, kind));
    }
}
