package dev.skerry.trials.nodes;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.JsonObject;
import dev.skerry.stream.OffsetToken;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.client.ClientSettings;
import dev.skerry.stream.client.PageRead;
import dev.skerry.stream.client.StreamClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Headquarters or a store: a data folder, a port that stays, and the process that runs on it, if one does. For one thread, apart
/// from [#client] and [#status].
final class Node implements AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private final Path data;
    private final List<String> command;
    private final int port;
    private final int linkPort;
    private final HttpClient http;

    /// Of the processes before this one.
    private final List<String> saidBefore = new ArrayList<>();

    private @Nullable NodeProcess process;

    private Node(Path data, List<String> command, int port, int linkPort, HttpClient http) {
        this.data = data;
        this.command = command;
        this.port = port;
        this.linkPort = linkPort;
        this.http = http;
    }

    /// HQ, which nobody has started yet.
    static Node hq(Path data, int port, int linkPort, HttpClient http) {
        return new Node(
                data,
                List.of(
                        "hq",
                        "--data",
                        data.toString(),
                        "--port",
                        Integer.toString(port),
                        "--set",
                        "link.port=" + linkPort),
                port,
                linkPort,
                http);
    }

    /// A store, which nobody has started yet.
    static Node store(Path data, int port, HttpClient http) {
        return new Node(
                data,
                List.of("store", "--data", data.toString(), "--port", Integer.toString(port)),
                port,
                0,
                http);
    }

    Path data() {
        return data;
    }

    /// Where stores come in, at HQ.
    InetSocketAddress linkAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), linkPort);
    }

    // ---- its process

    /// Starts it, and does not wait.
    ///
    /// @param more of the command line, such as `--join` the first time
    void launch(String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(Arrays.asList(more));
        process = new NodeProcess(all);
    }

    /// Starts it, and waits until it serves.
    Node start(String... more) throws InterruptedException {
        launch(more);
        awaitReady();
        return this;
    }

    void awaitReady() throws InterruptedException {
        process().await("Ctrl-C stops it.");
    }

    boolean launched() {
        return process != null;
    }

    NodeProcess process() {
        return requireNonNull(process, "not started");
    }

    /// As a power cut would; nothing if it is down.
    void kill() throws InterruptedException {
        NodeProcess running = process;
        if (running != null) {
            running.kill();
            saidBefore.addAll(running.said());
            saidBefore.add("---- killed");
            process = null;
        }
    }

    /// @return how long that took
    Duration stop() throws InterruptedException {
        Duration took = process().stop();
        saidBefore.addAll(process().said());
        saidBefore.add("---- stopped");
        process = null;
        return took;
    }

    /// All it ever said.
    List<String> said() {
        List<String> all = new ArrayList<>(saidBefore);
        if (process != null) {
            all.addAll(process.said());
        }
        return all;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    // ---- what it serves

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /// Its streams, for a client that tries again soon.
    StreamClient client() {
        return new StreamClient(
                url("/v1/stream/"),
                http,
                InstantSource.system(),
                new SplittableRandom(),
                ClientSettings.defaults()
                        .withTimeouts(ANSWER_MAX, ANSWER_MAX.multipliedBy(2))
                        .withPauses(Duration.ofMillis(20), Duration.ofMillis(200)));
    }

    /// What it answered.
    record Answer(int status, String text) {}

    /// Creates a stream of JSON messages.
    Answer create(String stream) throws IOException, InterruptedException {
        return answer(request(stream).PUT(BodyPublishers.noBody()));
    }

    /// Appends once.
    Answer append(String stream, String json) throws IOException, InterruptedException {
        return answer(request(stream).POST(BodyPublishers.ofString(json)));
    }

    /// Reads the first page of a stream.
    Answer get(String stream) throws IOException, InterruptedException {
        return answer(request(stream + "?offset=-1").GET());
    }

    /// All messages of a stream; none if there is no such stream.
    List<String> messages(String stream) throws IOException {
        StreamClient client = client();
        StreamName name = StreamName.of(stream);
        List<String> all = new ArrayList<>();
        String next = OffsetToken.BEGINNING;
        try {
            while (client.read(name, next) instanceof PageRead.Page page) {
                page.messages().forEach(message -> all.add(message.text()));
                next = page.next();
                if (page.upToDate()) {
                    break;
                }
            }
        } catch (StreamException e) {
            throw new IOException(e);
        }
        return all;
    }

    /// Where a stream ends; 0 if there is none.
    long tail(String stream) throws IOException, InterruptedException {
        HttpResponse<Void> answer =
                http.send(
                        request(stream)
                                .method("HEAD", BodyPublishers.noBody())
                                .timeout(ANSWER_MAX)
                                .build(),
                        BodyHandlers.discarding());
        return answer.headers()
                .firstValue("Stream-Next-Offset")
                .map(offset -> Long.parseLong(offset.substring(offset.indexOf('_') + 1)))
                .orElse(0L);
    }

    /// The status of its health, as a load balancer sees it.
    int ready() throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(url("/health/ready"))).status();
    }

    private HttpRequest.Builder request(String stream) {
        return HttpRequest.newBuilder(url("/v1/stream/" + stream))
                .header("Content-Type", "application/json");
    }

    private Answer answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(request.timeout(ANSWER_MAX).build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    /// What `./skerry status --json` shows.
    JsonObject status() throws IOException, InterruptedException {
        URI url = url(linkPort == 0 ? "/api/status" : "/api/stores");
        Answer answer = answer(HttpRequest.newBuilder(url));
        if (answer.status() != 200) {
            throw new IOException(url + ": " + answer);
        }
        return JsonObject.parse(answer.text());
    }

    /// At HQ: lets a store join.
    ///
    /// @return its token
    String invite(String id, String name, String zone) throws InterruptedException {
        NodeProcess added =
                new NodeProcess(
                        List.of(
                                "hq",
                                "store",
                                "add",
                                id,
                                name,
                                "--zone",
                                zone,
                                "--data",
                                data.toString()));
        return added.await("  " + id + "-").transform(rest -> id + "-" + rest);
    }
}
