package dev.skerry.trials.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The public suite of the protocol, whole, against the real server; and again after the server was killed.
@Tag("slow")
class ConformanceTest {

    private static final int PASSED_MIN = 300;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir Path data;

    @Test
    void the_public_suite_passes_whole_also_after_the_server_was_killed() throws Exception {
        NodeJs.install();
        Map<String, String> before;
        int port;
        try (ServerProcess server = new ServerProcess(data, 0)) {
            port = server.port();
            writeWitnesses(server.url());
            before = witnesses(server.url());
            runSuite(server.url(), "fresh");
            server.kill();
        }
        try (ServerProcess server = new ServerProcess(data, port)) {
            assertEquals(before, witnesses(server.url()));
            runSuite(server.url(), "killed");
            assertEquals(before, witnesses(server.url()));
            long stopMs = server.stop();
            assertTrue(stopMs < 2000, "stopping took " + stopMs + " ms");
        }
    }

    // ---- what must not change

    private void writeWitnesses(String url) throws IOException, InterruptedException {
        send(put(url + "witness/json", "application/json"));
        send(post(url + "witness/json", "application/json", "[{\"n\" : 1},2,[3]]"));
        send(put(url + "witness/text", "text/plain"));
        for (int i = 0; i < 20; i++) {
            send(post(url + "witness/text", "text/plain", "line " + i + "\n"));
        }
        send(
                post(url + "witness/text", "text/plain", "the end")
                        .header("Stream-Closed", "true")
                        .header("Producer-Id", "witness")
                        .header("Producer-Epoch", "0")
                        .header("Producer-Seq", "0"));
        send(
                put(url + "witness/fork", "text/plain")
                        .header("Stream-Forked-From", "/v1/stream/witness/text")
                        .header("Stream-Fork-Offset", "0000000000000000_0000000000000007")
                        .header("Stream-Fork-Sub-Offset", "3"));
        send(post(url + "witness/fork", "text/plain", " of the fork"));
    }

    private Map<String, String> witnesses(String url) throws IOException, InterruptedException {
        Map<String, String> seen = new TreeMap<>();
        for (String name : List.of("json", "text", "fork")) {
            HttpResponse<String> read =
                    http.send(
                            HttpRequest.newBuilder(URI.create(url + "witness/" + name)).build(),
                            BodyHandlers.ofString());
            seen.put(
                    name,
                    read.statusCode()
                            + " "
                            + read.headers().firstValue("Stream-Next-Offset")
                            + read.headers().firstValue("Stream-Closed")
                            + read.headers().firstValue("ETag")
                            + read.body());
        }
        return seen;
    }

    private static HttpRequest.Builder put(String url, String type) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", type)
                .PUT(BodyPublishers.noBody());
    }

    private static HttpRequest.Builder post(String url, String type, String body) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        int status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
        assertTrue(status / 100 == 2, "status " + status);
    }

    // ---- the suite

    private static void runSuite(String url, String name) throws IOException {
        Path report = NodeJs.WORK.resolve(name + ".json").toAbsolutePath();
        Files.deleteIfExists(report);
        URI server = URI.create(url);
        NodeJs.Run suite =
                NodeJs.run(
                        Map.of(
                                "CONFORMANCE_TEST_URL",
                                "http://" + server.getHost() + ":" + server.getPort()),
                        List.of(
                                "node",
                                "node_modules/vitest/vitest.mjs",
                                "run",
                                "suite.test.mjs",
                                "--reporter=default",
                                "--reporter=json",
                                "--outputFile=" + report));
        assertTrue(Files.exists(report), () -> "the suite did not run:\n" + suite.output());
        String json = Files.readString(report);
        int passed = number(json, "numPassedTests");
        int failed = number(json, "numFailedTests");
        System.out.printf(
                "conformance server=%s passed=%d failed=%d left-out=%d%n",
                name, passed, failed, number(json, "numPendingTests"));
        assertEquals(0, failed, suite.output());
        assertTrue(passed > PASSED_MIN, () -> "only " + passed + " passed:\n" + suite.output());
        assertTrue(suite.ok(), suite.output());
    }

    private static int number(String json, String key) {
        Matcher matcher = Pattern.compile("\"" + key + "\":(\\d+)").matcher(json);
        assertTrue(matcher.find(), () -> "no " + key + " in the report");
        return Integer.parseInt(matcher.group(1));
    }
}
