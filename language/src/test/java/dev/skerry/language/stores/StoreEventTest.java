package dev.skerry.language.stores;

import dev.skerry.language.catalog.Golden;
import dev.skerry.language.stores.StoreEvent.LineChanged;
import dev.skerry.language.stores.StoreEvent.StoreDescribed;
import dev.skerry.language.stores.StoreProfile.Format;
import dev.skerry.language.stores.StoreProfile.Hours;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreEventTest {

    private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");

    @Test
    void every_event_is_read_and_written_as_it_was_first_published() {
        new Golden<>(StoreEvent.Profile.FORM, StoreEventTest.class)
                .check(
                        Map.of(
                                "StoreDescribed",
                                new StoreDescribed(
                                        "0042",
                                        new StoreProfile(
                                                "Europe/Berlin",
                                                "EUR",
                                                Format.MARKET,
                                                "Main Street 1",
                                                "10115",
                                                "Berlin",
                                                "DE",
                                                52.53,
                                                13.38,
                                                List.of(
                                                        new Hours(
                                                                DayOfWeek.MONDAY,
                                                                LocalTime.of(7, 0),
                                                                LocalTime.of(22, 0)))),
                                        "anna")));
        new Golden<>(StoreEvent.Line.FORM, StoreEventTest.class)
                .check(
                        Map.of(
                                "LineChanged-1",
                                new LineChanged("0042", false, AT, AT, "skerry 0.1.0"),
                                "LineChanged-2",
                                new LineChanged("0042", false, AT, null, null)));
    }
}
