package dev.skerry.language.catalog;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.catalog.MenuSection.Hours;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MenuSectionTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }

    private static MenuSection section(Hours... hours) {
        return new MenuSection("Breakfast", 1, List.of(hours));
    }

    private static Hours daily(String from, String to) {
        return Hours.daily(LocalTime.parse(from), LocalTime.parse(to));
    }

    @Test
    void breakfast_is_served_until_its_hour_and_not_at_it() {
        MenuSection breakfast = section(daily("06:30", "11:30"));
        assertFalse(breakfast.isServed(at("2026-03-02T06:29:59"), BERLIN));
        assertTrue(breakfast.isServed(at("2026-03-02T06:30:00"), BERLIN));
        assertTrue(breakfast.isServed(at("2026-03-02T11:29:59"), BERLIN));
        assertFalse(breakfast.isServed(at("2026-03-02T11:30:00"), BERLIN));
    }

    @Test
    void a_night_belongs_to_the_day_on_which_it_began() {
        MenuSection late =
                section(
                        new Hours(
                                Set.of(DayOfWeek.FRIDAY),
                                LocalTime.parse("22:00"),
                                LocalTime.parse("02:00")));
        assertTrue(late.isServed(at("2026-03-07T01:59:00"), BERLIN));
        assertFalse(late.isServed(at("2026-03-07T22:30:00"), BERLIN));
        assertFalse(late.isServed(at("2026-03-06T01:00:00"), BERLIN));
    }

    @Test
    void the_hour_that_comes_twice_serves_nothing_twice() {
        MenuSection night = section(daily("22:00", "02:30"));
        // 2026-10-25 03:00 summer time becomes 02:00: 02:15 in winter time is the second one.
        assertTrue(night.isServed(Instant.parse("2026-10-25T00:15:00Z"), BERLIN));
        assertFalse(night.isServed(Instant.parse("2026-10-25T01:15:00Z"), BERLIN));
    }

    @Test
    void without_hours_it_is_always_served() {
        assertTrue(section().isServed(at("2026-03-02T03:00:00"), BERLIN));
        assertTrue(MenuSection.unsaid("Soups").isServed(at("2026-03-02T03:00:00"), BERLIN));
    }

    @Test
    void nonsense_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Hours(Set.of(), LocalTime.NOON, LocalTime.MIDNIGHT));
        assertThrows(IllegalArgumentException.class, () -> new MenuSection(" ", 1, List.of()));
    }
}
