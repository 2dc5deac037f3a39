package dev.skerry.pricing;

import static dev.skerry.pricing.Shop.ALL;
import static dev.skerry.pricing.Shop.BERLIN;
import static dev.skerry.pricing.Shop.NOON;
import static dev.skerry.pricing.Shop.basket;
import static dev.skerry.pricing.Shop.eur;
import static dev.skerry.pricing.Shop.line;
import static dev.skerry.pricing.Shop.off;
import static dev.skerry.pricing.Shop.pieces;
import static dev.skerry.pricing.Shop.price;
import static dev.skerry.pricing.Shop.promotion;
import static java.time.DayOfWeek.FRIDAY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PriceTimeTest {

    @Test
    void the_highest_source_wins_then_the_latest_then_priority_then_id() {
        List<PriceEntry> entries = new ArrayList<>();
        entries.add(entry("m", PriceSource.MANUAL, "2026-03-01T00:00", 0));
        entries.add(entry("s4", PriceSource.STORE, "2026-02-01T00:00", 1));
        entries.add(entry("s5", PriceSource.STORE, "2026-02-01T00:00", 1));
        entries.add(entry("s3", PriceSource.STORE, "2026-02-01T00:00", 0));
        entries.add(entry("s1", PriceSource.STORE, "2026-01-01T00:00", 9));
        entries.add(entry("b", PriceSource.BARCODE, "2026-01-01T00:00", 0));
        entries.add(entry("z", PriceSource.ZONE, "2026-03-03T00:00", 9));
        entries.add(entry("c", PriceSource.CHAIN, "2026-03-03T00:00", 9));
        entries.add(entry("k", PriceSource.CONTRACT, "2026-01-01T00:00", 0));
        Collections.shuffle(entries, new Random(1));
        List<String> order = new ArrayList<>();
        while (!entries.isEmpty()) {
            PriceEntry best = PriceChoice.choose(entries, NOON).orElseThrow();
            order.add(best.id());
            entries.remove(best);
        }
        assertEquals(List.of("m", "b", "k", "s4", "s5", "s3", "s1", "z", "c"), order);
    }

    @Test
    void a_price_begins_and_ends_in_store_local_time() {
        PriceEntry entry =
                new PriceEntry(
                        "a",
                        PriceSource.STORE,
                        eur("1.00"),
                        Optional.of(LocalDateTime.parse("2026-03-04T12:00")),
                        Optional.of(LocalDateTime.parse("2026-03-04T13:00")),
                        0);
        assertEquals(Optional.empty(), PriceChoice.choose(List.of(entry), NOON.minusNanos(1)));
        assertEquals(Optional.of(entry), PriceChoice.choose(List.of(entry), NOON));
        assertEquals(
                Optional.of(entry),
                PriceChoice.choose(List.of(entry), NOON.plusHours(1).minusNanos(1)));
        assertEquals(Optional.empty(), PriceChoice.choose(List.of(entry), NOON.plusHours(1)));
    }

    @Test
    void a_night_long_happy_hour_belongs_to_the_day_on_which_it_began() {
        assertEquals(eur("10.00"), at(happy("22:00", "02:00"), "2026-03-06T21:59"));
        assertEquals(eur("5.00"), at(happy("22:00", "02:00"), "2026-03-06T22:00"));
        assertEquals(eur("5.00"), at(happy("22:00", "02:00"), "2026-03-07T01:59"));
        assertEquals(eur("10.00"), at(happy("22:00", "02:00"), "2026-03-07T02:00"));
        assertEquals(eur("10.00"), at(happy("22:00", "02:00"), "2026-03-06T01:59"));
        assertEquals(eur("10.00"), at(happy("22:00", "02:00"), "2026-03-07T22:00"));
    }

    @Test
    void an_hour_that_comes_twice_ends_and_begins_nothing_twice() {
        TimeWindow window =
                new TimeWindow(
                        EnumSet.allOf(java.time.DayOfWeek.class),
                        LocalTime.of(1, 0),
                        LocalTime.of(2, 30));
        ZonedDateTime before = ZonedDateTime.of(2026, 10, 25, 0, 0, 0, 0, BERLIN);
        int changes = 0;
        for (int minute = 0; minute < 600; minute++) {
            boolean was = window.includes(before.plusMinutes(minute));
            boolean is = window.includes(before.plusMinutes(minute + 1));
            changes += was == is ? 0 : 1;
        }
        assertEquals(2, changes);
    }

    @Test
    void an_hour_that_is_left_out_is_no_time_for_a_daypart() {
        TimeWindow window =
                new TimeWindow(
                        EnumSet.allOf(java.time.DayOfWeek.class),
                        LocalTime.of(2, 0),
                        LocalTime.of(2, 30));
        ZonedDateTime midnight = ZonedDateTime.of(2026, 3, 29, 0, 0, 0, 0, BERLIN);
        for (int minute = 0; minute < 600; minute++) {
            assertEquals(false, window.includes(midnight.plusMinutes(minute)));
        }
    }

    @Test
    void a_limit_in_an_hour_that_is_left_out_is_the_moment_of_the_change() {
        assertEquals(
                LocalDateTime.parse("2026-03-29T01:00").toInstant(ZoneOffset.UTC),
                StoreTime.moment(LocalDateTime.parse("2026-03-29T02:30"), BERLIN));
        assertEquals(
                LocalDateTime.parse("2026-10-25T00:30").toInstant(ZoneOffset.UTC),
                StoreTime.moment(LocalDateTime.parse("2026-10-25T02:30"), BERLIN));
    }

    @Test
    void a_promotion_says_that_it_is_too_early_or_too_late() {
        Promotion march =
                promotion("P", line(ALL, off("50")))
                        .when(
                                Conditions.NONE.between(
                                        LocalDateTime.parse("2026-03-04T00:00"),
                                        LocalDateTime.parse("2026-03-05T00:00")));
        Basket ten = basket(pieces(1, "a", 1, "10.00"));
        assertEquals(eur("5.00"), price(ten, march).total());
        assertEquals(
                Optional.of(new WhyNot.NotYet(LocalDateTime.parse("2026-03-04T00:00"))),
                price(ten.at(NOON.minusDays(1)), march).whyNot("P"));
        assertEquals(
                Optional.of(new WhyNot.Over(LocalDateTime.parse("2026-03-05T00:00"))),
                price(ten.at(NOON.plusDays(1)), march).whyNot("P"));
        assertEquals(
                Optional.of(new WhyNot.NotNow()), price(ten, happy("22:00", "02:00")).whyNot("P"));
    }

    private static Promotion happy(String from, String to) {
        return promotion("P", line(ALL, off("50")))
                .when(
                        Conditions.NONE.during(
                                new TimeWindow(
                                        Set.of(FRIDAY),
                                        LocalTime.parse(from),
                                        LocalTime.parse(to))));
    }

    private static dev.skerry.language.Money at(Promotion promotion, String local) {
        return price(
                        basket(pieces(1, "a", 1, "10.00"))
                                .at(LocalDateTime.parse(local).atZone(BERLIN)),
                        promotion)
                .total();
    }

    private static PriceEntry entry(String id, PriceSource source, String from, int priority) {
        return new PriceEntry(
                id,
                source,
                eur("1.00"),
                Optional.of(LocalDateTime.parse(from)),
                Optional.empty(),
                priority);
    }
}
