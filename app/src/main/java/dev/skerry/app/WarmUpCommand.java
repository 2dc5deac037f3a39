package dev.skerry.app;

import dev.skerry.language.JsonObject;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import dev.skerry.node.config.Source;
import dev.skerry.node.identity.JoinToken;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/// `skerry warm-up`: lets an HQ and a store meet once in a folder that is thrown away. It does nothing for anybody, but a JVM that was told to
/// remember what classes it loaded (see ./skerry) starts the real ones with a quarter less to do.
@Command(name = "warm-up", hidden = true, description = "For the build.")
final class WarmUpCommand implements Callable<Integer> {

    private static final StreamName STREAM = StreamName.of("store-0001/warm-up");
    private static final List<String> LOOKS =
            List.of("/", "/api/status", "/health/live", "/health/ready", "/metrics");

    private static final int TRIES_MAX = 200;
    private static final int PAUSE_MS = 50;

    WarmUpCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("skerry-warm-up");
        try {
            return meet(folder) ? ExitCode.OK : ExitCode.SOFTWARE;
        } finally {
            delete(folder);
        }
    }

    private static boolean meet(Path folder) throws IOException, InterruptedException {
        try (HqServer hq = HqServer.start(folder.resolve("hq"), configuration());
                StoreServer store =
                        StoreServer.start(
                                folder.resolve("store"),
                                configuration(),
                                invitation(folder.resolve("hq"), hq.linkPort()),
                                Map.of())) {
            store.streams()
                    .write(tx -> {
                        tx.open(STREAM, StreamSettings.keepAll());
                        return tx.append(STREAM, NewEvent.of(Bytes.of("{}")));
                    });
            for (int i = 0; i < TRIES_MAX; i++) {
                for (String path : LOOKS) {
                    look(hq.port(), path);
                    look(store.port(), path);
                }
                look(store.port(), ClientStreams.MOUNT + STREAM.value() + "?offset=-1");
                if (hq.mirrors().find(STREAM).map(mirror -> mirror.tail() > 0).orElse(false)) {
                    return true;
                }
                Thread.sleep(PAUSE_MS);
            }
            return false;
        }
    }

    private static Configuration configuration() {
        return Configuration.load(
                NodeSettings.SCHEMA,
                List.of(Source.options(Map.of("http.port", "0", "link.port", "0"))));
    }

    private static StoreServer.Invitation invitation(Path hq, int linkPort) {
        JsonObject store = JsonObject.empty().with("id", "0001").with("name", "Warm-up");
        String token =
                new NodeCalls(RunningNode.find(hq).orElseThrow())
                        .post("/api/stores", store)
                        .text("token");
        return new StoreServer.Invitation(
                URI.create("https://127.0.0.1:" + linkPort), JoinToken.parse(token));
    }

    private static void look(int port, String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        if (connection.getResponseCode() < 400) {
            try (var in = connection.getInputStream()) {
                in.readAllBytes();
            }
        }
        connection.disconnect();
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path dir, IOException failed)
                            throws IOException {
                        Files.delete(dir);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
