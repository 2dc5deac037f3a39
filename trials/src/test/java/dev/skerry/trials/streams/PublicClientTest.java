package dev.skerry.trials.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.OffsetToken;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody else's client, from npm, against the real server.
@Tag("slow")
class PublicClientTest {

    private static final int EVENTS = 600;

    @TempDir Path data;

    @Test
    void the_public_client_writes_and_follows_across_kills_with_nothing_lost_or_doubled()
            throws Exception {
        NodeJs.install();
        ServerProcess server = new ServerProcess(data, 0);
        String url = server.url() + "till/1";
        int port = server.port();
        Process writer = client("write", url);
        Process follower = null;
        try {
            for (int kill = 0; kill < 2; kill++) {
                awaitEvents(url, (kill + 1) * EVENTS / 4);
                if (follower == null) {
                    follower = client("follow", url);
                }
                server.kill();
                server = new ServerProcess(data, port);
            }
            assertEquals("written", last(NodeJs.outcome(writer)));
            assertEquals(
                    IntStream.range(0, EVENTS).mapToObj(Integer::toString).toList(),
                    NodeJs.outcome(Objects.requireNonNull(follower)).output().lines().toList());
        } finally {
            writer.destroyForcibly();
            if (follower != null) {
                follower.destroyForcibly();
            }
            server.close();
        }
    }

    private static Process client(String what, String url) throws Exception {
        return NodeJs.start(
                Map.of(), List.of("node", "client.mjs", what, url, Integer.toString(EVENTS)));
    }

    /// Waits until so many events are there.
    private static void awaitEvents(String url, int count) throws Exception {
        HttpRequest head = HttpRequest.newBuilder(URI.create(url)).HEAD().build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            long tail = 0;
            for (int tries = 0; tail < count; tries++) {
                assertTrue(tries < 3000, "the writer does not get on");
                HttpResponse<Void> answer = http.send(head, BodyHandlers.discarding());
                tail =
                        answer.headers()
                                .firstValue("Stream-Next-Offset")
                                .map(token -> OffsetToken.parse(token).orElseThrow())
                                .orElse(0L);
                Thread.sleep(10);
            }
        }
    }

    private static String last(NodeJs.Run run) {
        assertTrue(run.ok(), run.output());
        return run.output().lines().toList().getLast();
    }
}
