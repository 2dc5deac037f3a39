package dev.skerry.stream.sqlite;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Checksum;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.NaiveLog.NaiveStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a [SqliteModel] does to a database, it holds what a naive log holds.
class SqliteModelTest {

    /// Of the seed to replay.
    private static final String SEED = "model.seed";

    private static final StreamName SALES = StreamName.of("a/sales");
    private static final StreamName PRICES = StreamName.of("a/prices");

    private static final int SEEDS = 30;
    private static final int STEPS = 12;
    private static final Duration LONG_RUN = Duration.ofSeconds(20);

    @TempDir Path path;

    @Test
    @Tag("slow")
    void the_same_dozens_of_seeds_hold() throws Exception {
        Long one = Long.getLong(SEED);
        if (one != null) {
            run(one, what -> System.out.println("  " + what));
            return;
        }
        Set<String> missing =
                new TreeSet<>(
                        Set.of(
                                "append",
                                "copy a run",
                                "delete",
                                "open at an offset",
                                "change settings",
                                "a context's own SQL",
                                "move a cursor",
                                "nested work, 3 deep",
                                "nested work fails",
                                "work fails by itself",
                                "work was undone",
                                "a group fails",
                                "upkeep in a group",
                                "upkeep until nothing is left to do",
                                "stop and start",
                                "power cut",
                                "a follower reads",
                                "a follower is told to start over"));
        for (long seed = 0; seed < SEEDS; seed++) {
            run(seed, missing::remove);
        }
        assertEquals(Set.of(), missing, "no seed tried this");
    }

    @Test
    @Tag("slow")
    void fresh_seeds_hold() throws Exception {
        long first = new SecureRandom().nextLong(1_000_000_000_000L);
        long end = System.nanoTime() + LONG_RUN.toNanos();
        for (long seed = first; System.nanoTime() < end; seed++) {
            run(seed, what -> {});
        }
    }

    private void run(long seed, Consumer<String> trace) throws Exception {
        Path folder = Files.createTempDirectory(path, "seed");
        try (SqliteModel model = new SqliteModel(seed, folder, trace)) {
            model.run(STEPS);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    ("seed %d fails; again: ./dev fast -pl stream -am -Dtest=SqliteModelTest"
                                    + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=%d")
                            .formatted(seed, SEED, seed),
                    e);
        }
    }

    /// Each check is shown to see what it is there for: the same database, beside a log in which one thing is wrong.
    @Test
    void a_log_in_which_one_thing_is_wrong_is_told_from_the_database() throws Exception {
        Map<String, Consumer<NaiveLog>> wrong = new LinkedHashMap<>();
        wrong.put("an event is missing", log -> sales(log).events.removeLast());
        wrong.put("an event too many", log -> sales(log).append(List.of(NewEvent.of("x"))));
        wrong.put("the order", log -> Collections.reverse(sales(log).events));
        wrong.put("what was said", log -> sales(log).events.set(0, NewEvent.of("x")));
        wrong.put("the checksum", log -> sales(log).checksums.add(Checksum.START));
        wrong.put("settings", log -> sales(log).settings = StreamSettings.keepNewest(1));
        wrong.put("the start", log -> sales(log).start++);
        wrong.put("the newest of a key", log -> prices(log).events.removeLast());
        wrong.put("a stream too few", log -> log.streams.remove(PRICES));
        wrong.put("a stream too many", log -> log.streams.put(StreamName.of("a/x"), sales(log)));
        wrong.put("a row", log -> log.notes.add("x"));
        wrong.put("a cursor", log -> log.cursors.merge("f0", 1L, Long::sum));
        try (SqliteModel model = new SqliteModel(3, path, what -> {})) {
            do {
                model.run(1);
            } while (events(model, SALES) < 2 || events(model, PRICES) < 2);
            model.check(model.expected());
            wrong.forEach((what, spoil) -> {
                NaiveLog log = model.expected().copy();
                spoil.accept(log);
                assertThrows(AssertionError.class, () -> model.check(log), what);
            });
        }
    }

    private static int events(SqliteModel model, StreamName name) {
        NaiveStream stream = model.expected().streams.get(name);
        return stream == null ? 0 : stream.events.size();
    }

    private static NaiveStream sales(NaiveLog log) {
        return requireNonNull(log.streams.get(SALES));
    }

    private static NaiveStream prices(NaiveLog log) {
        return requireNonNull(log.streams.get(PRICES));
    }

    @Test
    void a_failing_seed_says_how_to_see_it_again() {
        AssertionError failure =
                assertThrows(
                        AssertionError.class,
                        () ->
                                run(
                                        42,
                                        what -> {
                                            throw new IllegalStateException(what);
                                        }));
        assertTrue(String.valueOf(failure.getMessage()).endsWith("-Dmodel.seed=42"));
    }
}
