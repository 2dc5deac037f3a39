package dev.skerry.trials.screens;

import dev.skerry.trials.nodes.NodeProcess;
import dev.skerry.trials.nodes.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A headquarters with the example chain, and a store of it, as a newcomer starts them. For one thread.
final class Shop implements AutoCloseable {

    private static final String ID = "0001";

    private final List<String> command;
    private final int port;
    private final int hqPort;
    private final String adminToken;
    private final NodeProcess hq;
    private NodeProcess store;

    /// Starts both, and waits until the store serves.
    ///
    /// @param settings of the store, each `KEY=VALUE`
    Shop(Path folder, String... settings) throws InterruptedException {
        SplittableRandom random = new SplittableRandom();
        String headquarters = folder.resolve("hq").toString();
        int linkPort = Ports.free(random);
        port = Ports.free(random);
        hqPort = Ports.free(random);
        hq =
                new NodeProcess(
                        List.of(
                                "hq",
                                "--data",
                                headquarters,
                                "--port",
                                Integer.toString(hqPort),
                                "--set",
                                "link.port=" + linkPort));
        hq.await("Ctrl-C stops it.");
        adminToken = hq.await("The admin token, shown this once: ");
        run("generate", "--data", headquarters, "--stores", "1", "--customers", "50");
        String token =
                ID
                        + "-"
                        + run(
                                        "hq",
                                        "store",
                                        "add",
                                        ID,
                                        "Harbour Market",
                                        "--zone",
                                        "north",
                                        "--data",
                                        headquarters)
                                .await("  " + ID + "-");
        command =
                new ArrayList<>(
                        List.of(
                                "store",
                                "--data",
                                folder.resolve("store").toString(),
                                "--port",
                                Integer.toString(port),
                                "--set",
                                "shop.terminal=simulator"));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        List<String> joining = new ArrayList<>(command);
        joining.addAll(List.of("--hq", "https://127.0.0.1:" + linkPort, "--join", token));
        store = new NodeProcess(joining);
        store.await("Ctrl-C stops it.");
    }

    private static NodeProcess run(String... arguments) throws InterruptedException {
        NodeProcess process = new NodeProcess(List.of(arguments));
        int code = process.ended();
        if (code != 0) {
            throw new IllegalStateException(String.join("\n", process.said()));
        }
        return process;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /// Of headquarters.
    String hqUrl(String path) {
        return "http://127.0.0.1:" + hqPort + path;
    }

    /// Which headquarters showed at their first start.
    String adminToken() {
        return adminToken;
    }

    /// As a power cut would.
    void kill() throws InterruptedException {
        store.kill();
    }

    void startAgain() throws InterruptedException {
        store = new NodeProcess(command);
        store.await("Ctrl-C stops it.");
    }

    @Override
    public void close() {
        store.close();
        hq.close();
    }
}
