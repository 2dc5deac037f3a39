package dev.skerry.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.CloudEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CloudEventsTest {

    private static final CloudEvent PRICE_CHANGED =
            CloudEvent.of(
                            "0199-1",
                            "hq/pricing",
                            "PriceChanged",
                            Instant.parse("2026-01-02T03:04:05Z"),
                            "{\"price\":199}")
                    .withSubject("04006381333931")
                    .withTraceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    @Test
    void an_event_comes_back_as_it_was_published_with_its_trace_context() {
        NewEvent published = CloudEvents.write(PRICE_CHANGED);
        Event stored = stored(published);
        assertEquals("04006381333931", published.key());
        assertFalse(published.deletion());
        assertEquals(PRICE_CHANGED, CloudEvents.read(stored));
    }

    @Test
    void a_deletion_can_be_told_from_its_json_alone() {
        NewEvent published = CloudEvents.write(CloudEvents.deletionOf(PRICE_CHANGED));
        assertTrue(published.deletion());
        assertEquals(published, CloudEvents.write(CloudEvents.read(stored(published))));
    }

    @Test
    void a_deletion_of_nothing_is_refused() {
        CloudEvent nothing = CloudEvents.deletionOf(PRICE_CHANGED.withSubject(null));
        assertThrows(IllegalArgumentException.class, () -> CloudEvents.write(nothing));
    }

    private static Event stored(NewEvent event) {
        StreamName stream = StreamName.of("hq/pricing");
        return new Event(stream, 7, event.key(), event.deletion(), event.payload());
    }
}
