package dev.skerry.benchmarks.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SizesTest {

    @Test
    void what_is_not_said_is_as_usual() {
        Sizes sizes = new Sizes(List.of("events=3000", "outages=5,600"));
        assertEquals(3000, sizes.number("events", 300_000));
        assertEquals(1, sizes.number("rounds", 1));
        assertEquals(List.of("5", "600"), sizes.list("outages", "5", "60"));
        assertEquals(List.of("artemis"), sizes.list("makes", "artemis"));
    }

    @Test
    void a_size_that_is_not_known_is_refused_with_those_that_are() {
        var refused =
                assertThrows(
                        IllegalArgumentException.class, () -> new Sizes(List.of("event=3000")));
        assertTrue(String.valueOf(refused.getMessage()).contains("events=…"));
    }
}
