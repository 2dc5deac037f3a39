package dev.skerry.trials.rooms;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.skerry.trials.rooms.Rule.Permit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// No rule can rot into always passing: each reports those who break it in the broken house, all of them and nobody else.
@Tag("slow")
class RoomsFailTest {

    private static final String ROOT = "dev.skerry.trials.rooms.broken";
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(ROOT);

    /// Who breaks a rule.
    private static final Map<String, Set<String>> BREAKERS =
            Stream.of(
                            by(
                                    "modules use only those below",
                                    "attic.StandsInNoModule",
                                    "language.UsesTheFloorAbove"),
                            by("packages go round in no circle", "node.config.GoesRound"),
                            by(
                                    "the core of stream knows none of its corners",
                                    "stream.UsesACorner"),
                            by(
                                    "the stream server and the stream client do not know each other",
                                    "stream.server.UsesTheClient"),
                            by(
                                    "SQL: in its one home only",
                                    "node.UsesSql",
                                    "store.orders.UsesSqlElsewhere"),
                            by(
                                    "SQL of contexts: in its one home only",
                                    "store.orders.AsksTheTables"),
                            by(
                                    "the JDK's HTTP client: in its one home only",
                                    "node.UsesTheHttpClient"),
                            by("Helidon: in its one home only", "node.UsesHelidon"),
                            by("Micrometer: in its one home only", "node.UsesMicrometer"),
                            by("picocli: in its one home only", "node.UsesPicocli"),
                            by("zstd: in its one home only", "node.UsesZstd"),
                            by("JSON: in its one home only", "node.UsesJson"),
                            by(
                                    "reflection on stored forms: in its one home only",
                                    "language.StoresByReflection"),
                            by(
                                    "contexts do not know each other",
                                    "store.orders.UsesAnotherContext"),
                            by("a context shows only its front", "store.orders.ShowsItself"),
                            by("a context speaks HTTP at one desk", "store.orders.SpeaksHttp"),
                            by("a context follows at one desk", "store.orders.Follows"),
                            by("decisions of a context do no I/O", "store.orders.DecidesFromAFile"),
                            by("the clock comes in through the door", "node.ReadsTheClock"),
                            by("only named places wait", "node.Waits", "node.WaitsForOthers"),
                            by("chance comes in through the door", "node.ThrowsDice"),
                            by(
                                    "the environment comes in through the door",
                                    "node.ReadsTheEnvironment"),
                            by(
                                    "threads and locks have named places",
                                    "node.Locks",
                                    "node.LocksABlock",
                                    "node.LocksAMethod",
                                    "node.StartsAThread",
                                    "node.WaitsForOthers"),
                            by(
                                    "only named places catch everything",
                                    "node.CatchesEverything",
                                    "node.CatchesMistakesToo"),
                            by(
                                    "nothing static changes",
                                    "node.CountsForAll",
                                    "node.KeepsForAll",
                                    "node.SharesAnArray",
                                    "node.SharesAnObject"),
                            by(
                                    "names say what a thing is",
                                    "node.IStock",
                                    "node.OneAndOnly",
                                    "node.StockManager"),
                            by("nothing is got", "node.Gets"),
                            by(
                                    "every package says what it promises, and is null-marked",
                                    "node.unmarked.ForgotToPromise"))
                    .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));

    private static Map.Entry<String, Set<String>> by(String rule, String... breakers) {
        return Map.entry(rule, Stream.of(breakers).map(it -> ROOT + "." + it).collect(toSet()));
    }

    static List<Rule> rules() {
        return new Rooms(ROOT).all();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_rule_reports_who_breaks_it_and_nobody_else(Rule rule) {
        Set<String> breakers =
                requireNonNull(BREAKERS.get(rule.name()), "plant a class that breaks it");
        assertEquals(new TreeSet<>(breakers), rule.breakers(BROKEN));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_broken_rule_says_why_it_is_there(Rule rule) {
        AssertionError red = assertThrows(AssertionError.class, () -> rule.check(BROKEN));
        assertTrue(String.valueOf(red.getMessage()).contains(", because "), red::getMessage);
    }

    static List<Rule> rulesWithManyWays() {
        Rooms rooms = new Rooms(ROOT);
        return List.of(
                rooms.clock(),
                rooms.waiting(),
                rooms.chance(),
                rooms.environment(),
                rooms.threads());
    }

    @ParameterizedTest
    @MethodSource("rulesWithManyWays")
    void every_way_to_break_a_rule_is_reported(Rule rule) {
        String report = String.join("\n", rule.violations(BROKEN));
        for (String breaker : rule.breakers(BROKEN)) {
            for (JavaMethod way : BROKEN.get(breaker).getMethods()) {
                assertTrue(report.contains(breaker + "." + way.getName() + "("), way::getFullName);
            }
        }
    }

    @Test
    void a_permit_lets_pass_and_one_that_nobody_needs_is_found() {
        Permit needed = new Permit(ROOT + ".node.ReadsTheClock", "is here to break the rule");
        Permit unneeded = new Permit(ROOT + ".node.Waits", "does not read the clock");
        Permit gone = new Permit(ROOT + ".node.NotThere", "has been renamed");
        Rule clock = new Rooms(ROOT).clock();

        Rule permitting = new Rule(clock.name(), List.of(needed, unneeded, gone), clock.about());

        permitting.check(BROKEN);
        assertEquals(List.of(unneeded, gone), permitting.unneeded(BROKEN));
    }
}
