package dev.skerry.trials.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.trials.simulation.CursorApart;
import dev.skerry.trials.simulation.Quiet;
import java.security.SecureRandom;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LinkSimulationTest {

    private static final int SEEDS = 20;
    private static final int SEEDS_WITH_EVERY_CASE = 300;
    private static final int SEEDS_OF_LONG_RUN = 200;

    /// Within so many seeds a planted bug is found.
    private static final int SEEDS_TO_FIND_A_BUG = 300;

    private static final Variation SMALL = Variation.sound().withStoresMax(2);

    private final Quiet quiet = new Quiet();

    @AfterEach
    void logAgain() {
        quiet.close();
    }

    @Test
    void the_same_few_seeds_hold() {
        for (long seed = 0; seed < SEEDS; seed++) {
            new LinkSimulation(seed, SMALL).run();
        }
    }

    @Test
    @Tag("slow")
    void hundreds_of_fresh_seeds_hold() {
        long first = new SecureRandom().nextLong(1_000_000_000_000L);
        for (long seed = first; seed < first + SEEDS_OF_LONG_RUN; seed++) {
            LinkSimulation.run(seed, _ -> {});
        }
    }

    @Test
    @Tag("slow")
    void the_chaos_leaves_no_case_out() {
        Set<String> missing =
                new TreeSet<>(
                        Set.of(
                                "crash of hq",
                                "crash of 0",
                                "crashes between",
                                "DISK_FULL",
                                ": IO",
                                "no route to HQ",
                                "connection refused",
                                "HQ is busy",
                                "is not answered",
                                "who dialled is gone",
                                "nobody listens",
                                "line BLACK_HOLE",
                                ": reset at",
                                "another one was faster",
                                "has come over another wire",
                                "HQ has not answered",
                                "clock was set back",
                                "another machine says that it is this store",
                                "ended, fenced",
                                "is set back, as",
                                "is copied, as",
                                "and does not know",
                                "gets no new certificate",
                                "clock jumps",
                                "upkeep: more=true"));
        for (long seed = 0; seed < SEEDS_WITH_EVERY_CASE && !missing.isEmpty(); seed++) {
            LinkSimulation.run(seed, line -> missing.removeIf(line::contains));
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void a_seed_does_the_same_again() {
        for (long seed = 1; seed <= 3; seed++) {
            assertEquals(
                    new LinkSimulation(seed, SMALL).run(), new LinkSimulation(seed, SMALL).run());
        }
    }

    @Test
    @Tag("slow")
    void a_cursor_that_is_committed_apart_from_the_effects_is_found() {
        requireFound(SMALL.withFollowers(CursorApart::new), "took effect twice at hq");
    }

    @Test
    @Tag("slow")
    void an_answer_before_the_commit_is_durable_is_found() {
        requireFound(SMALL.withForgetfulHq(), "know HQ to have");
    }

    @Test
    @Tag("slow")
    void an_epoch_that_is_not_checked_is_found() {
        requireFound(SMALL.withHqDatabase(EpochUnseen::of), "wrote to .* as epoch");
    }

    /// @param what a regular expression for what the violation says
    private static void requireFound(Variation faulty, String what) {
        Pattern wanted = Pattern.compile(what);
        for (long seed = 0; seed < SEEDS_TO_FIND_A_BUG; seed++) {
            try {
                new LinkSimulation(seed, faulty).run();
            } catch (AssertionError e) {
                String found = String.valueOf(e.getMessage());
                if (wanted.matcher(found).find()) {
                    assertTrue(found.contains("./dev sim link " + seed), found);
                    return;
                }
            }
        }
        throw new AssertionError("no seed has found the planted bug");
    }
}
