package dev.skerry.benchmarks.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A Java program in a process of its own. What it says goes into a log that outlives it; if it is one of ours, it can be asked.
final class PeerProcess implements AutoCloseable {

    private final String name;
    private final Path log;
    private final Process process;
    private final PrintWriter in;

    /// Empty once it says no more.
    private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

    /// @param folder gets the log, `NAME.log`, which is continued
    /// @param command what follows `java`
    PeerProcess(String name, Path folder, List<String> command) throws IOException {
        this.name = name;
        this.log = folder.resolve(name + ".log");
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        all.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
        all.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS");
        all.addAll(command);
        process = new ProcessBuilder(all).redirectErrorStream(true).start();
        in = new PrintWriter(process.outputWriter(UTF_8), true);
        // Also when this process is told to stop.
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        Thread.ofVirtual().start(this::listen);
    }

    /// Runs it to its end.
    ///
    /// @throws IOException if it failed
    static void run(String name, Path folder, List<String> command) throws Exception {
        try (PeerProcess process = new PeerProcess(name, folder, command)) {
            if (process.process.waitFor() != 0) {
                throw new IOException(process.gone());
            }
        }
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(UTF_8);
                Writer said =
                        Files.newBufferedWriter(
                                log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(EndProcess.ANSWER) || line.startsWith(EndProcess.FAILED)) {
                    answers.add(Optional.of(line));
                } else {
                    said.write(line + System.lineSeparator());
                    said.flush();
                }
            }
        } catch (IOException e) {
            // Killed in the middle of a word.
        } finally {
            answers.add(Optional.empty());
        }
    }

    /// One at a time.
    ///
    /// @throws IOException if it has gone, or could not do it
    synchronized String ask(String request) throws IOException {
        in.println(request);
        return answer();
    }

    /// The next thing it says unasked, such as that it is ready.
    String answer() throws IOException {
        try {
            Optional<String> answer = answers.take();
            if (answer.isEmpty()) {
                answers.add(answer);
                throw new IOException(gone());
            }
            if (answer.get().startsWith(EndProcess.FAILED)) {
                throw new IOException(name + " said: " + answer.get());
            }
            return answer.get().substring(EndProcess.ANSWER.length());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String gone() {
        try {
            List<String> said = Files.readAllLines(log);
            int last = Math.max(0, said.size() - 20);
            return name + " has gone; " + String.join("\n", said.subList(last, said.size()));
        } catch (IOException e) {
            return name + " has gone, and left no log";
        }
    }

    double cpuSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    /// 0 where the system does not say.
    long residentBytes() {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /// `kill -9`.
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
