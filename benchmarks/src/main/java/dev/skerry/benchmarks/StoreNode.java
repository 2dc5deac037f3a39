package dev.skerry.benchmarks;

import dev.skerry.language.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A store's server as `./skerry store` starts it, in a process of its own, without a line; and its tills.
final class StoreNode implements AutoCloseable {

    static final String STORE = "0001";

    private static final Pattern PORT = Pattern.compile("It is at +http://127\\.0\\.0\\.1:(\\d+)");
    private static final String MANAGER = "{\"person\":\"1001\",\"pin\":\"1001\"}";

    private final Path folder;
    private final SkerryProcess process;
    private final int port;

    /// Starts it, and waits until it listens.
    ///
    /// @param arguments more than the folder and the port
    StoreNode(Path folder, Path log, String... arguments) throws Exception {
        this.folder = folder;
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "store",
                                "--data",
                                folder.toString(),
                                "--port",
                                "0",
                                "--set",
                                "shop.terminal=simulator"));
        all.addAll(List.of(arguments));
        process = new SkerryProcess(log, SkerryProcess.STORE, all.toArray(String[]::new));
        try {
            port = Integer.parseInt(process.await(PORT));
        } catch (Exception e) {
            process.close();
            throw e;
        }
    }

    SkerryProcess process() {
        return process;
    }

    /// A connection of who may read the data folder.
    HttpConnection operator() throws IOException {
        return new HttpConnection(
                port,
                JsonObject.parse(Files.readString(folder.resolve("node.json"))).text("secret"));
    }

    /// Lets a device in; one of that name is replaced.
    HttpConnection device(String name, String kind) throws IOException {
        try (HttpConnection operator = operator()) {
            JsonObject added =
                    JsonObject.parse(
                            operator.ask(
                                    "POST",
                                    "/api/devices",
                                    "{\"name\":\"%s\",\"kind\":\"%s\",\"replace\":true}"
                                            .formatted(name, kind)));
            return new HttpConnection(port, added.text("token"));
        }
    }

    /// A till at which somebody is signed on, and whose drawer is open.
    HttpConnection till(String name, String day) throws IOException {
        HttpConnection till = device(name, "TILL");
        till.ask("POST", "/api/sign-on", MANAGER);
        till.tryToAsk("POST", "/api/business-day/open", "{\"day\":\"%s\"}".formatted(day));
        // One of an earlier run may be open.
        till.tryToAsk(
                "POST",
                "/api/shifts",
                "{\"shift\":\"%s-%d\",\"cashFloat\":{\"amount\":100,\"currency\":\"EUR\"}}"
                        .formatted(name, System.nanoTime()));
        return till;
    }

    /// What its databases have committed so far: with one fsync each.
    long commits() throws IOException {
        try (HttpConnection anybody = new HttpConnection(port)) {
            String metrics = new String(anybody.ask("GET", "/metrics", ""), StandardCharsets.UTF_8);
            Matcher found =
                    Pattern.compile(
                                    "^skerry_database_commits_total\\{[^}]*} ([0-9.E+]+)$",
                                    Pattern.MULTILINE)
                            .matcher(metrics);
            double all = 0;
            while (found.find()) {
                all += Double.parseDouble(found.group(1));
            }
            return (long) all;
        }
    }

    /// Until it has nothing to do any more: what HQ sent is applied, what was sold is in all books.
    void awaitRest() throws InterruptedException {
        double before = process.cpuSeconds();
        double used;
        do {
            Thread.sleep(3_000);
            double now = process.cpuSeconds();
            used = (now - before) / 3;
            before = now;
        } while (used > 0.08);
    }

    @Override
    public void close() {
        process.close();
    }
}
