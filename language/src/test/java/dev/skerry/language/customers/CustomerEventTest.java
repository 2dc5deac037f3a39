package dev.skerry.language.customers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.skerry.language.catalog.Golden;
import dev.skerry.language.customers.CustomerEvent.CustomerChanged;
import dev.skerry.language.customers.CustomerEvent.CustomerRemoved;
import dev.skerry.language.customers.CustomerEvent.PointsCounted;
import dev.skerry.language.customers.CustomerEvent.PointsRemoved;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CustomerEventTest {

    private static final CustomerChanged ANNA =
            new CustomerChanged(
                    "C000001",
                    List.of("9276400000017"),
                    "Anna Berg",
                    List.of("family"),
                    "anna.berg@example.com",
                    LocalDate.of(2019, 4, 1),
                    false);

    private static final PointsCounted POINTS =
            new PointsCounted("C000001", 420, Instant.parse("2026-03-01T04:00:00Z"));

    @Test
    void every_event_is_read_and_written_as_it_was_first_published() {
        new Golden<>(CustomerEvent.FORM, CustomerEventTest.class)
                .check(
                        Map.of(
                                "CustomerChanged-1",
                                ANNA,
                                "CustomerChanged-2",
                                new CustomerChanged(
                                        "C000002", List.of(), "B. Ohm", List.of(), null, null,
                                        true),
                                "CustomerRemoved",
                                new CustomerRemoved("C000001"),
                                "PointsCounted",
                                POINTS,
                                "PointsRemoved",
                                new PointsRemoved("C000001")));
    }

    @Test
    void points_and_customer_are_kept_apart_when_a_stream_is_compacted() {
        assertNotEquals(ANNA.key(), POINTS.key());
        assertEquals(ANNA.key(), new CustomerRemoved("C000001").key());
        assertEquals(POINTS.key(), new PointsRemoved("C000001").key());
    }
}
