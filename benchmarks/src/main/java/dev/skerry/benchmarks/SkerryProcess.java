package dev.skerry.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `./skerry` command in a process of its own, from the class path of this one.
final class SkerryProcess implements AutoCloseable {

    private static final Duration SAID_WITHIN = Duration.ofMinutes(2);
    private static final Duration STOP_MAX = Duration.ofSeconds(30);

    /// What `./skerry` gives every JVM.
    private static final List<String> JAVA =
            List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Djdk.virtualThreadScheduler.parallelism="
                            + Math.max(8, Runtime.getRuntime().availableProcessors()),
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:+ExitOnOutOfMemoryError");

    /// And what it gives a store.
    static final List<String> STORE = List.of("-XX:+UseSerialGC", "-Xms16m", "-Xmx512m");

    static final List<String> LARGE = List.of("-XX:+UseG1GC", "-Xmx6g");

    private final Path log;
    private final Process process;

    /// @param log what it says
    /// @param options of the JVM
    /// @param arguments what follows `./skerry`
    SkerryProcess(Path log, List<String> options, String... arguments) throws IOException {
        this.log = log;
        List<String> command = new ArrayList<>(JAVA);
        command.addAll(options);
        String more = System.getenv("SKERRY_JAVA_OPTS");
        if (more != null && !more.isBlank()) {
            command.addAll(List.of(more.split(" ")));
        }
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), "dev.skerry.app.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.to(log.toFile()));
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        process = builder.start();
        // Also when this process is told to stop.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
    }

    /// Runs a command to its end.
    ///
    /// @return what it said
    /// @throws IllegalStateException if it failed
    static String run(Path log, String... arguments) throws Exception {
        try (SkerryProcess command = new SkerryProcess(log, LARGE, arguments)) {
            int status = command.process.waitFor();
            String said = Files.readString(log);
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", arguments) + ":\n" + said);
            }
            return said;
        }
    }

    /// Waits until it says something.
    ///
    /// @return the first group of the pattern
    String await(Pattern pattern) throws Exception {
        long end = System.nanoTime() + SAID_WITHIN.toNanos();
        while (true) {
            String said = Files.readString(log);
            Matcher found = pattern.matcher(said);
            if (found.find()) {
                return found.group(1);
            }
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("did not say " + pattern + ":\n" + said);
            }
            Thread.sleep(5);
        }
    }

    double cpuSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    /// 0 where the system does not say.
    double residentMegabytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                        .findFirst()
                        .orElse(0)
                / 1e6;
    }

    /// Asks it to stop, and waits until it has.
    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, STOP_MAX.toSeconds(), TimeUnit.SECONDS).join();
        process.destroyForcibly().onExit().join();
    }
}
