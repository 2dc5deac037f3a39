package dev.skerry.trials.impact;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/// Runs those tests that are not slow, classes side by side, and keeps which of them passed.
final class QuickTests {

    private static final String SLOW = "slow";
    private static final int STACK_LINES_MAX = 25;

    /// Twice as many as there are processors: most wait for a disk or a socket now and then.
    private static final Map<String, String> SIDE_BY_SIDE =
            Map.of(
                    "junit.jupiter.execution.parallel.enabled", "true",
                    "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
                    "junit.jupiter.execution.parallel.config.executor-service",
                            "WORKER_THREAD_POOL",
                    "junit.jupiter.execution.parallel.config.dynamic.factor", "2");

    private final SequencedMap<String, String> fingerprints;
    private final Path file;
    private final ClassLoader loader;

    /// Which classes of tests are run.
    sealed interface Choice {
        record All() implements Choice {}

        /// Those that a change can affect since they passed.
        record Affected() implements Choice {}

        /// Those whose full name has this regular expression in it.
        record Named(String expression) implements Choice {}
    }

    /// What became of it.
    ///
    /// @param ran the classes of which tests were run
    /// @param unchanged the classes with tests that were left alone, since nothing changed that they reach
    /// @param wanted some were asked for by name
    record Report(
            List<String> ran,
            List<String> unchanged,
            TestExecutionSummary summary,
            boolean wanted) {

        /// Who asks for a test and gets none has mistyped its name.
        boolean passed() {
            return summary.getTotalFailureCount() == 0 && !(wanted && ran.isEmpty());
        }

        String line() {
            return "%s: %d tests of %d classes, %d failed; %d classes unchanged since they passed"
                    .formatted(
                            passed() ? "PASSED" : "FAILED",
                            summary.getTestsStartedCount(),
                            ran.size(),
                            summary.getTestsFailedCount(),
                            unchanged.size());
        }
    }

    /// @param file keeps from one time to the next what passed
    /// @param loader knows the classes
    QuickTests(Reach reach, Path file, ClassLoader loader) {
        this.fingerprints = reach.fingerprints();
        this.file = file;
        this.loader = loader;
    }

    /// @param out is told of failures, and of what was left out
    Report run(Choice choice, PrintWriter out) {
        Passed passed = new Passed(file);
        List<String> chosen = new ArrayList<>();
        List<String> unchanged = new ArrayList<>();
        fingerprints.forEach((test, fingerprint) -> {
            boolean runs =
                    switch (choice) {
                        case Choice.All _ -> true;
                        case Choice.Affected _ -> !passed.passed(test, fingerprint);
                        case Choice.Named(String expression) ->
                                test.matches(".*(" + expression + ").*");
                    };
            if (runs) {
                chosen.add(test);
            } else if (passed.passed(test, fingerprint) && passed.hadTests(test)) {
                unchanged.add(test);
            }
        });
        // Forgotten until they have passed again, whatever ends this program meanwhile.
        chosen.forEach(passed::forget);
        passed.save();
        Outcome outcome = new Outcome();
        TestExecutionSummary summary = execute(chosen, outcome);
        chosen.stream()
                .filter(outcome::passed)
                .forEach(it ->
                        passed.pass(it, fingerprints.getOrDefault(it, ""), outcome.tests(it)));
        passed.save();
        outcome.leftOut().forEach(out::println);
        summary.printFailuresTo(out, STACK_LINES_MAX);
        out.flush();
        return new Report(
                chosen.stream().filter(outcome.classes()::contains).toList(),
                unchanged,
                summary,
                choice instanceof Choice.Named);
    }

    private TestExecutionSummary execute(List<String> tests, Outcome outcome) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(
                                        tests.stream()
                                                .map(it ->
                                                        DiscoverySelectors.selectClass(loader, it))
                                                .toList())
                                .filters(TagFilter.excludeTags(SLOW))
                                .configurationParameters(SIDE_BY_SIDE)
                                .build(),
                        outcome,
                        summary);
        return summary.getSummary();
    }
}
