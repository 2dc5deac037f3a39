package dev.skerry.trials.impact;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/// Listens to tests, from many threads: how each class of them ended.
final class Outcome implements TestExecutionListener {

    private final Map<String, LongAdder> tests = new ConcurrentHashMap<>();
    private final Set<String> unclean = ConcurrentHashMap.newKeySet();
    private final List<String> leftOut = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean failedApart;

    @Override
    public void executionFinished(TestIdentifier it, TestExecutionResult result) {
        Optional<String> of = testClass(it);
        of.filter(_ -> it.isTest())
                .ifPresent(type -> tests.computeIfAbsent(type, _ -> new LongAdder()).increment());
        if (result.getStatus() == Status.ABORTED) {
            leaveOut(it, result.getThrowable().map(Throwable::getMessage).orElse(""));
        } else if (result.getStatus() == Status.FAILED) {
            of.ifPresentOrElse(unclean::add, () -> failedApart = true);
        }
    }

    @Override
    public void executionSkipped(TestIdentifier it, String reason) {
        leaveOut(it, reason);
    }

    private void leaveOut(TestIdentifier it, String reason) {
        testClass(it).ifPresent(unclean::add);
        leftOut.add("left out: " + it.getDisplayName() + ": " + reason);
    }

    /// The class at the top of the file in which a test is.
    private static Optional<String> testClass(TestIdentifier it) {
        return it.getUniqueIdObject().getSegments().stream()
                .filter(segment -> segment.getType().equals("class"))
                .map(segment -> segment.getValue())
                .findFirst();
    }

    /// Whether all tests of a class passed; a class without any has.
    boolean passed(String test) {
        return !failedApart && !unclean.contains(test);
    }

    long tests(String test) {
        LongAdder count = tests.get(test);
        return count == null ? 0 : count.sum();
    }

    /// The classes of which tests were run.
    Set<String> classes() {
        return new HashSet<>(tests.keySet());
    }

    /// A line for each test that was left out, with the reason.
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }
}
