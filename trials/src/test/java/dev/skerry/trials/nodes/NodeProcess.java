package dev.skerry.trials.nodes;

import dev.skerry.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A `skerry` command in a process of its own, as a newcomer would start it. For any number of threads.
public final class NodeProcess implements AutoCloseable {

    /// A start takes a second or two; more where many start at once.
    private static final Duration SAID_WITHIN = Duration.ofSeconds(60);

    private static final List<String> JAVA =
            List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Djdk.virtualThreadScheduler.parallelism=8",
                    // They live for seconds: half the start is spent in compilers otherwise.
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName());

    private final Process process;
    private final List<String> said = new ArrayList<>();
    private boolean silent;

    /// Starts it, and does not wait.
    ///
    /// @param arguments what follows `./skerry`
    public NodeProcess(List<String> arguments) {
        List<String> command = new ArrayList<>(JAVA);
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("listens").start(this::listen);
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(this::heard);
        } catch (IOException | UncheckedIOException e) {
            // Killed in the middle of a word.
        }
        synchronized (this) {
            silent = true;
            notifyAll();
        }
    }

    private synchronized void heard(String line) {
        said.add(line);
        notifyAll();
    }

    /// Waits for a line that begins so.
    ///
    /// @return the rest of it, without the spaces around
    /// @throws IllegalStateException if the process ends without it, or takes a minute
    public synchronized String await(String beginning) throws InterruptedException {
        long deadline = System.nanoTime() + SAID_WITHIN.toNanos();
        for (int line = 0; ; line++) {
            while (line == said.size()) {
                long leftMs = (deadline - System.nanoTime()) / 1_000_000;
                if (silent || leftMs <= 0) {
                    throw new IllegalStateException(
                            "did not say \"%s\":\n%s"
                                    .formatted(beginning, String.join("\n", said)));
                }
                wait(leftMs);
            }
            if (said.get(line).startsWith(beginning)) {
                return said.get(line).substring(beginning.length()).strip();
            }
        }
    }

    /// All lines so far, of both its outputs.
    public synchronized List<String> said() {
        return List.copyOf(said);
    }

    public boolean running() {
        return process.isAlive();
    }

    /// As a power cut would.
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        ended();
    }

    /// Asks it to stop, and waits until it has.
    public Duration stop() throws InterruptedException {
        long before = System.nanoTime();
        // Not by the process itself: that would close our ears.
        process.toHandle().destroy();
        ended();
        return Duration.ofNanos(System.nanoTime() - before);
    }

    /// Waits until it has ended, and all is heard that it said.
    ///
    /// @return its exit code
    public int ended() throws InterruptedException {
        int code = process.waitFor();
        synchronized (this) {
            while (!silent) {
                wait();
            }
        }
        return code;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
