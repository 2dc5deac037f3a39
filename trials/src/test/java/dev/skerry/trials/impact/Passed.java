package dev.skerry.trials.impact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which classes of tests passed when they were last run, and what they could reach then. A file with a line for each: its fingerprint,
/// how many tests it has, its name.
final class Passed {

    private record Run(String fingerprint, long tests) {}

    private final Path file;
    private final Map<String, Run> runs = new TreeMap<>();

    /// Reads what is there. A line that is damaged is forgotten: its class is run again.
    Passed(Path file) {
        this.file = file;
        for (String line : lines()) {
            String[] words = line.split(" ", -1);
            if (words.length == 3 && words[1].matches("\\d{1,9}")) {
                runs.put(words[2], new Run(words[0], Long.parseLong(words[1])));
            }
        }
    }

    private List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean passed(String test, String fingerprint) {
        Run run = runs.get(test);
        return run != null && run.fingerprint.equals(fingerprint);
    }

    /// Whether it had any tests when it last passed. Classes have none that are all slow.
    boolean hadTests(String test) {
        Run run = runs.get(test);
        return run != null && run.tests > 0;
    }

    void pass(String test, String fingerprint, long tests) {
        runs.put(test, new Run(fingerprint, tests));
    }

    void forget(String test) {
        runs.remove(test);
    }

    /// Writes them down whole, or leaves the file as it was.
    void save() {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(
                    next,
                    runs.entrySet().stream()
                            .map(it ->
                                    it.getValue().fingerprint
                                            + " "
                                            + it.getValue().tests
                                            + " "
                                            + it.getKey())
                            .toList());
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
