package dev.skerry.trials.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Follower;
import dev.skerry.stream.memory.MemoryTransaction;
import java.security.SecureRandom;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final int SEEDS = 100;
    private static final int SEEDS_WITH_EVERY_CASE = 400;
    private static final int SEEDS_OF_LONG_RUN = 5_000;

    /// Within so many seeds a planted bug is found.
    private static final int SEEDS_TO_FIND_A_BUG = 20;

    private final Quiet quiet = new Quiet();

    @AfterEach
    void logAgain() {
        quiet.close();
    }

    @Test
    void the_same_hundred_seeds_hold() {
        for (long seed = 0; seed < SEEDS; seed++) {
            new Simulation(seed, Variation.sound()).run();
        }
    }

    @Test
    @Tag("slow")
    void thousands_of_fresh_seeds_hold() {
        long first = new SecureRandom().nextLong(1_000_000_000_000L);
        for (long seed = first; seed < first + SEEDS_OF_LONG_RUN; seed++) {
            new Simulation(seed, Variation.sound()).run();
        }
    }

    @Test
    @Tag("slow")
    void the_chaos_leaves_no_case_out() {
        Set<String> missing =
                new TreeSet<>(
                        Set.of(
                                "crash of ",
                                "crashes between",
                                "DISK_FULL",
                                "answer lost",
                                "out of reach",
                                "refused",
                                "no answer",
                                "Stopped",
                                "skips: Moved",
                                "was skipped before",
                                "skipped ",
                                "Retried[applied=0",
                                "Retried[applied=2",
                                "upkeep: more=true",
                                "Moved[cursor=0, events=0]"));
        for (long seed = 0; seed < SEEDS_WITH_EVERY_CASE && !missing.isEmpty(); seed++) {
            new Simulation(seed, Variation.sound(), line -> missing.removeIf(line::contains)).run();
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void a_seed_does_the_same_again() {
        for (long seed = 1; seed <= 5; seed++) {
            assertEquals(
                    new Simulation(seed, Variation.sound()).run(),
                    new Simulation(seed, Variation.sound()).run());
        }
    }

    @Test
    void a_cursor_that_is_committed_apart_from_the_effects_is_found() {
        String found = firstViolation(new Variation(CursorApart::new, true));
        assertTrue(found.contains("./dev sim"), found);
    }

    @Test
    void clients_that_are_not_recognised_when_they_repeat_themselves_are_found() {
        String found = firstViolation(new Variation(Follower<MemoryTransaction>::new, false));
        assertTrue(found.contains("is twice in"), found);
    }

    private static String firstViolation(Variation faulty) {
        for (long seed = 0; seed < SEEDS_TO_FIND_A_BUG; seed++) {
            try {
                new Simulation(seed, faulty).run();
            } catch (AssertionError e) {
                return String.valueOf(e.getMessage());
            }
        }
        throw new AssertionError("no seed has found the planted bug");
    }
}
