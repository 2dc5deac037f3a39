package dev.skerry.trials.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the documents tell people to do, works; where they point, there is something.
class DocumentsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern DEV = Pattern.compile("(?m)^\\s*\\./dev ([a-z0-9]+)");
    private static final Pattern SHELL_BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");

    @TempDir Path data;

    @Test
    void every_link_of_a_document_leads_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                if (!Files.exists(document.resolveSibling(link.group(1)))) {
                    broken.add(ROOT.relativize(document) + " -> " + link.group(1));
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void every_command_for_developers_is_one_that_dev_knows() throws Exception {
        String help = bash("./dev").output();
        int found = 0;
        for (Path document : documents()) {
            Matcher command = DEV.matcher(Files.readString(document));
            while (command.find()) {
                found++;
                assertTrue(
                        help.contains("\n  " + command.group(1) + " "),
                        document + " names ./dev " + command.group(1));
            }
        }
        assertTrue(found > 3, "the documents name commands");
    }

    @Test
    @Tag("slow")
    void the_first_minute_of_the_readme_works_word_for_word() throws Exception {
        try (ServerProcess server = new ServerProcess(data, 0)) {
            List<String> curls =
                    SHELL_BLOCK
                            .matcher(Files.readString(ROOT.resolve("README.md")))
                            .results()
                            .flatMap(block -> block.group(1).lines())
                            .filter(line -> line.startsWith("curl ") && line.contains(":4437"))
                            .toList();
            assertTrue(curls.size() >= 4, "the README has its first minute");
            for (String curl : curls) {
                boolean live = curl.contains("live=sse");
                Outcome outcome =
                        bash(
                                (live ? "timeout 2 " : "")
                                        + curl.replace("curl ", "curl -sS --fail-with-body ")
                                                .replace(":4437", ":" + server.port()));
                assertEquals(live ? 124 : 0, outcome.exitCode, curl + "\n" + outcome.output);
                if (curl.contains("offset=-1")) {
                    assertTrue(outcome.output.contains("\"total\":\"2.93\""), outcome.output);
                }
            }
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> root = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(root, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /// What a command line said.
    private record Outcome(int exitCode, String output) {}

    private static Outcome bash(String command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("bash", "-c", command)
                        .directory(ROOT.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
