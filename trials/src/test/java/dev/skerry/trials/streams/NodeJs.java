package dev.skerry.trials.streams;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// The public JavaScript programs that speak the protocol: its conformance suite and its client, from npm.
final class NodeJs {

    /// Where they run.
    static final Path WORK = Path.of("target/conformance");

    private static final Path SOURCE = Path.of("src/test/conformance");
    private static final int NODE_VERSION_MIN = 20;

    private NodeJs() {}

    /// What a program answered.
    record Run(int exitCode, String output) {
        boolean ok() {
            return exitCode == 0;
        }
    }

    /// Installs what package-lock.json says, if it is not there yet. Where this machine has no Node.js, the test is left out,
    /// and says so.
    static void install() throws IOException {
        Run node = run(Map.of(), List.of("node", "--version"));
        Run npm = run(Map.of(), List.of("npm", "--version"));
        if (!node.ok() || !npm.ok() || version(node) < NODE_VERSION_MIN) {
            String message =
                    "LEFT OUT: the public Durable Streams programs, because Node.js %d or newer with npm is not on this machine"
                            .formatted(NODE_VERSION_MIN);
            System.out.println(message);
            Assumptions.abort(message);
        }
        Files.createDirectories(WORK);
        boolean same = true;
        try (var files = Files.list(SOURCE)) {
            for (Path from : files.toList()) {
                Path to = WORK.resolve(from.getFileName());
                same &= Files.exists(to) && Files.mismatch(from, to) < 0;
                Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!same || !Files.exists(WORK.resolve("node_modules/.package-lock.json"))) {
            Run ci = run(Map.of(), List.of("npm", "ci", "--no-audit", "--no-fund"));
            assertTrue(ci.ok(), () -> "npm ci failed; is the registry out of reach?\n" + ci.output);
        }
    }

    private static int version(Run node) {
        String text = node.output.strip();
        int dot = text.indexOf('.');
        return text.startsWith("v") && dot > 0 ? Integer.parseInt(text, 1, dot, 10) : 0;
    }

    static Process start(Map<String, String> variables, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (Files.isDirectory(WORK)) {
            builder.directory(WORK.toFile());
        }
        builder.environment().putAll(variables);
        return builder.start();
    }

    static Run run(Map<String, String> variables, List<String> command) {
        try {
            return outcome(start(variables, command));
        } catch (IOException e) {
            return new Run(-1, String.valueOf(e.getMessage()));
        }
    }

    /// Waits for the end of a program.
    static Run outcome(Process process) throws IOException {
        try {
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
