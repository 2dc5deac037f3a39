package dev.skerry.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {
    private static final Instant OPENING = Instant.parse("2026-01-02T07:00:00.250Z");

    private Instant now = OPENING;
    private final TimeOrderedIds ids = new TimeOrderedIds(() -> now, new SplittableRandom(1));

    @Test
    void an_id_is_a_uuid_of_version_7_that_carries_the_time_in_its_first_48_bits() {
        UUID id = ids.next();

        assertEquals(7, id.version());
        assertEquals(2, id.variant());
        assertEquals(OPENING, time(id));
    }

    @Test
    void its_text_is_36_lower_case_characters() {
        String text = ids.next().toString();

        assertTrue(
                text.matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
                text);
    }

    @Test
    void ids_and_their_texts_rise_while_the_clock_stands_still_jumps_back_or_runs() {
        var chance = new SplittableRandom(2);
        UUID before = ids.next();
        for (int i = 0; i < 100_000; i++) {
            switch (chance.nextInt(100)) {
                case 0 -> now = now.minusMillis(chance.nextInt(10_000));
                case 1 -> now = now.plusMillis(chance.nextInt(10_000));
                default -> {}
            }
            UUID id = ids.next();
            assertTrue(id.compareTo(before) > 0, "%s after %s".formatted(id, before));
            assertTrue(id.toString().compareTo(before.toString()) > 0);
            before = id;
        }
    }

    @Test
    void more_ids_than_a_millisecond_has_room_for_borrow_from_the_next() {
        UUID last = ids.next();
        for (int i = 0; i < 3 * 4096; i++) {
            last = ids.next();
        }

        assertTrue(time(last).isAfter(OPENING));
        assertTrue(time(last).isBefore(OPENING.plusMillis(5)));
    }

    @Test
    void ids_return_to_the_clock_once_it_has_passed_them() {
        ids.next();
        now = OPENING.minusSeconds(3600);
        assertEquals(OPENING, time(ids.next()));

        now = OPENING.plusSeconds(1);

        assertEquals(now, time(ids.next()));
    }

    @Test
    void the_same_seed_and_clock_make_the_same_ids() {
        var again = new TimeOrderedIds(() -> now, new SplittableRandom(1));

        for (int i = 0; i < 100; i++) {
            assertEquals(ids.next(), again.next());
        }
    }

    @Test
    void threads_never_get_the_same_place_in_the_order() throws InterruptedException {
        // No randomness: only the counter keeps the ids apart.
        RandomGenerator none = () -> 0;
        var shared = new TimeOrderedIds(() -> OPENING, none);
        Set<UUID> seen = ConcurrentHashMap.newKeySet();
        var threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            threads[t] =
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int i = 0; i < 10_000; i++) {
                                    seen.add(shared.next());
                                }
                            });
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertEquals(40_000, seen.size());
    }

    private static Instant time(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }
}
