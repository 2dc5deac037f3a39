package dev.skerry.trials.impact;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.trials.impact.QuickTests.Choice;
import dev.skerry.trials.impact.QuickTests.Report;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a small project of its own, which is compiled and tested for real.
class QuickTestsTest {

    private static final String TILL = "demo.TillTest";
    private static final String STOVE = "demo.StoveTest";

    private static final String JUNIT =
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .filter(it -> it.matches(".*/(junit|opentest4j|apiguardian)[^/]*[.]jar"))
                    .collect(joining(File.pathSeparator));

    @TempDir private Path repository;
    private final StringWriter said = new StringWriter();
    private String libraries = "1.0";
    private boolean mainChanged;
    private boolean testsChanged;

    @BeforeEach
    void project() throws IOException {
        main("Till", "class Till { int open() { return new Drawer().coins(); } }");
        main("Drawer", "class Drawer { int coins() { return 1; } }");
        main("Stove", "class Stove { int heat() { return 1; } }");
        test("TillTest", "new Till().open();");
        test("StoveTest", "if (new Stove().heat() == 0) throw new AssertionError(\"it is cold\");");
        assertEquals(List.of(STOVE, TILL), affected());
    }

    private void main(String name, String source) throws IOException {
        write("shop/src/main/demo/" + name + ".java", "package demo; " + source);
        mainChanged = true;
    }

    private void test(String name, String body) throws IOException {
        write(
                "shop/src/test/demo/" + name + ".java",
                "package demo; import org.junit.jupiter.api.*; class %s { @Test void holds() throws Exception { %s } }"
                        .formatted(name, body));
        testsChanged = true;
    }

    private void write(String file, String content) throws IOException {
        Path path = repository.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private Path shop(String folder) {
        return repository.resolve("shop").resolve(folder);
    }

    private void compileWhatChanged() throws IOException {
        if (mainChanged) {
            compile("main", "built/classes");
        }
        if (mainChanged || testsChanged) {
            compile("test", "built/test-classes");
        }
        mainChanged = false;
        testsChanged = false;
    }

    private void compile(String what, String to) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        Files.createDirectories(shop(to));
        try (Stream<Path> files = Files.walk(shop("src/" + what));
                StandardJavaFileManager manager =
                        compiler.getStandardFileManager(null, null, null)) {
            boolean compiled =
                    compiler.getTask(
                                    new PrintWriter(said, true),
                                    manager,
                                    null,
                                    List.of(
                                            "-proc:none",
                                            "-d",
                                            shop(to).toString(),
                                            "-cp",
                                            shop("built/classes") + File.pathSeparator + JUNIT),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(
                                            files.filter(Files::isRegularFile).toList()))
                            .call();
            assertTrue(compiled, said::toString);
        }
    }

    private Report run(Choice choice) throws IOException {
        compileWhatChanged();
        Path main = shop("built/classes");
        Path tests = shop("built/test-classes");
        Reach reach =
                new Reach(
                        repository,
                        List.of(
                                new ClassFolder(main, shop(""), false),
                                new ClassFolder(tests, shop(""), true)),
                        libraries);
        URL[] urls = {main.toUri().toURL(), tests.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            QuickTests quick = new QuickTests(reach, repository.resolve("passed"), loader);
            // Its workers are not those that run this test: JUnit tells them by their threads.
            return CompletableFuture.supplyAsync(
                            () -> quick.run(choice, new PrintWriter(said, true)),
                            it -> new Thread(it).start())
                    .join();
        }
    }

    private List<String> affected() throws IOException {
        return run(new Choice.Affected()).ran();
    }

    @Test
    void what_passed_and_has_not_changed_is_not_run_again() throws IOException {
        Report report = run(new Choice.Affected());
        assertEquals(List.of(), report.ran());
        assertEquals(List.of(STOVE, TILL), report.unchanged());
        assertEquals(
                "PASSED: 0 tests of 0 classes, 0 failed; 2 classes unchanged since they passed",
                report.line());
    }

    @Test
    void a_change_in_what_a_test_reaches_runs_it_and_no_other() throws IOException {
        main("Drawer", "class Drawer { int coins() { return 2; } }");
        Report report = run(new Choice.Affected());
        assertEquals(List.of(TILL), report.ran());
        assertEquals(List.of(STOVE), report.unchanged());
        assertEquals(List.of(), affected());
    }

    @Test
    void a_change_in_the_test_itself_runs_it() throws IOException {
        test("TillTest", "new Till().open(); new Till().open();");
        assertEquals(List.of(TILL), affected());
    }

    @Test
    void what_failed_is_run_until_it_passes() throws IOException {
        main("Stove", "class Stove { int heat() { return 0; } }");
        for (int i = 0; i < 2; i++) {
            Report report = run(new Choice.Affected());
            assertEquals(List.of(STOVE), report.ran());
            assertFalse(report.passed());
            assertTrue(report.line().startsWith("FAILED: 1 tests of 1 classes, 1 failed"));
        }
        assertTrue(said.toString().contains("it is cold"), said::toString);
        main("Stove", "class Stove { int heat() { return 1; } }");
        assertEquals(List.of(STOVE), affected());
        assertEquals(List.of(), affected());
    }

    @Test
    void a_resource_counts_for_all_that_reach_its_module() throws IOException {
        write("shop/built/classes/demo/page.html", "<p>");
        assertEquals(List.of(STOVE, TILL), affected());
        write("shop/built/classes/demo/page.html", "<p>Till");
        assertEquals(List.of(STOVE, TILL), affected());
        assertEquals(List.of(), affected());
    }

    @Test
    void a_document_counts_for_the_test_that_names_it() throws IOException {
        write("docs/stove.md", "Hot.");
        test("StoveTest", "java.nio.file.Path.of(\"..\", \"docs\", \"stove.md\");");
        assertEquals(List.of(STOVE), affected());
        write("docs/stove.md", "Very hot.");
        assertEquals(List.of(STOVE), affected());
        assertEquals(List.of(), affected());
    }

    @Test
    void subtypes_that_are_permitted_are_reached() throws IOException {
        main("Tender", "sealed interface Tender { record Cash(int cents) implements Tender {} }");
        test("TillTest", "Tender.class.getName();");
        assertEquals(List.of(TILL), affected());
        main("Tender", "sealed interface Tender { record Cash(long cents) implements Tender {} }");
        assertEquals(List.of(TILL), affected());
    }

    @Test
    void who_looks_for_classes_by_name_reaches_them_all() throws IOException {
        test("TillTest", "Class.forName(\"demo.\" + \"Sto\".concat(\"ve\"));");
        assertEquals(List.of(TILL), affected());
        main("Stove", "class Stove { int heat() { return 2; } }");
        assertEquals(List.of(STOVE, TILL), affected());
    }

    @Test
    void who_reaches_a_service_reaches_who_provides_it() throws IOException {
        main("Bank", "public interface Bank { int rate(); }");
        main(
                "Provider",
                "public class Provider implements Bank { public int rate() { return 1; } }");
        write("shop/built/classes/META-INF/services/demo.Bank", "demo.Provider\n");
        test("TillTest", "Bank.class.getName();");
        assertEquals(List.of(STOVE, TILL), affected());
        main(
                "Provider",
                "public class Provider implements Bank { public int rate() { return 2; } }");
        assertEquals(List.of(TILL), affected());
    }

    @Test
    void what_counts_for_every_test_runs_them_all() throws IOException {
        libraries = "1.1";
        assertEquals(List.of(STOVE, TILL), affected());
    }

    @Test
    void those_that_are_named_and_all_are_run_whether_changed_or_not() throws IOException {
        assertEquals(List.of(TILL), run(new Choice.Named("Till")).ran());
        assertEquals(List.of(STOVE, TILL), run(new Choice.All()).ran());
        main("Stove", "class Stove { int heat() { return 3; } }");
        assertEquals(List.of(TILL), run(new Choice.Named("TillTest")).ran());
        assertEquals(List.of(STOVE), affected());
    }

    @Test
    void to_name_what_is_not_there_is_no_success() throws IOException {
        assertFalse(run(new Choice.Named("Tlil")).passed());
    }

    @Test
    void slow_tests_are_not_run_and_their_classes_not_counted() throws IOException {
        write(
                "shop/src/test/demo/SlowTest.java",
                "package demo; import org.junit.jupiter.api.*; class SlowTest { @Test @Tag(\"slow\") void holds() { throw new AssertionError(); } }");
        testsChanged = true;
        for (int i = 0; i < 2; i++) {
            Report report = run(new Choice.Affected());
            assertEquals(List.of(), report.ran());
            assertEquals(List.of(STOVE, TILL), report.unchanged());
        }
    }

    @Test
    void what_is_left_out_is_told_and_tried_again() throws IOException {
        test("StoveTest", "Assumptions.abort(\"no gas\");");
        for (int i = 0; i < 2; i++) {
            Report report = run(new Choice.Affected());
            assertEquals(List.of(STOVE), report.ran());
            assertTrue(report.passed());
        }
        assertTrue(said.toString().contains("left out: holds(): no gas"), said::toString);
    }

    @Test
    void a_record_that_is_damaged_runs_what_it_does_not_tell() throws IOException {
        Path record = repository.resolve("passed");
        Files.write(record, List.of(Files.readAllLines(record).getFirst(), "abc"));
        assertEquals(List.of(TILL), affected());
    }
}
