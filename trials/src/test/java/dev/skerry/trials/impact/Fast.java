package dev.skerry.trials.impact;

import dev.skerry.trials.impact.QuickTests.Choice;
import dev.skerry.trials.impact.QuickTests.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// `./dev fast`, once all is compiled: `Fast FOLDER [--all | NAME]`, where FOLDER is where a module's classes are, seen from its own folder.
/// Started in the module of trials. Ends with one line that says how many were run and how many need not be.
public final class Fast {

    private static final String USAGE = "usage: ./dev fast [--all | NAME]";

    private Fast() {}

    public static void main(String[] arguments) throws IOException {
        long startNs = System.nanoTime();
        Choice choice = null;
        if (arguments.length == 1) {
            choice = new Choice.Affected();
        } else if (arguments.length == 2 && arguments[1].equals("--all")) {
            choice = new Choice.All();
        } else if (arguments.length == 2 && !arguments[1].startsWith("-")) {
            choice = new Choice.Named(arguments[1]);
        }
        if (choice == null) {
            System.err.println(USAGE);
            System.exit(2);
            return;
        }
        Path trials = Path.of("").toAbsolutePath();
        Path built = trials.resolve(arguments[0]);
        Path repository = Objects.requireNonNull(trials.getParent());
        Reach reach = new Reach(repository, folders(repository, arguments[0]), how(repository));
        QuickTests tests =
                new QuickTests(reach, built.resolve("passed"), Fast.class.getClassLoader());
        PrintStream terminal = System.out;
        // What tests and what they test say is kept apart from what is said of them.
        try (PrintStream log =
                new PrintStream(
                        Files.newOutputStream(trials.resolve("target/fast.log")),
                        true,
                        StandardCharsets.UTF_8)) {
            System.setOut(log);
            System.setErr(log);
            Report report =
                    tests.run(choice, new PrintWriter(terminal, true, StandardCharsets.UTF_8));
            Duration took = Duration.ofNanos(System.nanoTime() - startNs);
            terminal.println(report.line() + "; " + took.toSeconds() + " s");
            // Some tests leave threads behind.
            System.exit(report.passed() ? 0 : 1);
        }
    }

    /// Those on the class path that this repository's modules were compiled into.
    private static List<ClassFolder> folders(Path repository, String built) throws IOException {
        List<ClassFolder> all = new ArrayList<>();
        try (var modules = Files.list(repository)) {
            for (Path module : modules.sorted().toList()) {
                for (boolean tests : new boolean[] {false, true}) {
                    Path folder = module.resolve(built).resolve(tests ? "test-classes" : "classes");
                    if (Files.isDirectory(folder) && !module.endsWith("benchmarks")) {
                        all.add(new ClassFolder(folder, module, tests));
                    }
                }
            }
        }
        return all;
    }

    /// What counts for every test, wherever it is: libraries with their versions, the JVM, and the scripts that start it.
    private static String how(Path repository) throws IOException {
        return new Fingerprint()
                .add(System.getProperty("java.runtime.version"))
                .add(String.join(" ", libraries()))
                .add(repository.resolve("dev"))
                .add(repository.resolve(".mvn"))
                .toString();
    }

    private static List<String> libraries() {
        return Pattern.compile(Pattern.quote(System.getProperty("path.separator")))
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(it -> it.endsWith(".jar"))
                .toList();
    }
}
