package dev.skerry.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Durable Streams server in a process of its own, on loopback, with a fresh data folder.
final class StreamServer implements AutoCloseable {

    static final String OURS = "skerry";
    static final String REFERENCE = "reference";

    private static final String REFERENCE_PACKAGE = "@durable-streams/server@0.3.7";
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:([0-9]+)[/\\s]");
    private static final String MOUNT = "/v1/stream/";
    private static final Duration START_MAX = Duration.ofSeconds(30);
    private static final Duration STOP_MAX = Duration.ofSeconds(10);

    private final String name;
    private final int port;
    private final Process process;

    /// Starts this project's server, with the JVM options of this process.
    static StreamServer ours(Scratch scratch) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.skerry.app.Main",
                        "streams",
                        "--data",
                        scratch.fresh("skerry").toString(),
                        "--port",
                        "0"));
        return new StreamServer(OURS, command, scratch);
    }

    /// Starts the reference server, file-backed; installs it first if need be.
    ///
    /// @return empty, after saying so, if Node or npm is missing or the package cannot be had
    static Optional<StreamServer> reference(Scratch scratch) throws Exception {
        Path folder = Scratch.target().resolve("reference");
        if (!installed(folder)) {
            return Optional.empty();
        }
        Path script = folder.resolve("serve.mjs");
        try (InputStream source = StreamServer.class.getResourceAsStream("reference.mjs")) {
            Files.write(script, source == null ? new byte[0] : source.readAllBytes());
        }
        Path data = Files.createDirectories(scratch.fresh("reference"));
        List<String> command = List.of("node", script.toString(), data.toString());
        return Optional.of(new StreamServer(REFERENCE, command, scratch));
    }

    private static boolean installed(Path folder) throws Exception {
        if (Files.exists(folder.resolve("node_modules/@durable-streams/server/package.json"))) {
            return true;
        }
        Files.createDirectories(folder);
        Path log = folder.resolve("npm.log");
        try {
            int status =
                    new ProcessBuilder(
                                    "npm",
                                    "install",
                                    "--no-audit",
                                    "--no-fund",
                                    "--prefix",
                                    folder.toString(),
                                    REFERENCE_PACKAGE)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start()
                            .waitFor();
            if (status == 0) {
                return true;
            }
            System.out.println(
                    "The comparison with the reference server is left out: npm could not install "
                            + REFERENCE_PACKAGE
                            + "; see "
                            + log);
        } catch (IOException e) {
            System.out.println(
                    "The comparison with the reference server is left out: there is no npm here ("
                            + e.getMessage()
                            + ")");
        }
        return false;
    }

    private StreamServer(String name, List<String> command, Scratch scratch) throws Exception {
        this.name = name;
        Path log = scratch.fresh(name + "-log");
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        // Also when this process is told to stop.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
        try {
            port = awaitPort(log);
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /// The servers take any free port, and say which once they listen.
    private int awaitPort(Path log) throws Exception {
        long end = System.nanoTime() + START_MAX.toNanos();
        while (true) {
            String said = Files.readString(log);
            Matcher url = URL.matcher(said);
            if (url.find()) {
                return Integer.parseInt(url.group(1));
            }
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(name + " did not start:\n" + said);
            }
            Thread.sleep(20);
        }
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    HttpConnection connect() throws IOException {
        return new HttpConnection(port);
    }

    static String path(String stream) {
        return MOUNT + stream;
    }

    /// Memory that it holds; of the heap, also what is free but not given back.
    long residentBytes() {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, STOP_MAX.toSeconds(), TimeUnit.SECONDS).join();
        process.destroyForcibly().onExit().join();
    }
}
