package dev.skerry.stream.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A server on loopback that answers requests as a script says, one after the other, and remembers them. When the script is
/// at its end it leaves requests unanswered.
final class Peer implements AutoCloseable {

    /// Long enough for sockets on a busy machine; no test waits so long unless it fails.
    static final long PATIENCE_SECONDS = 20;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Reply> script = new LinkedBlockingQueue<>();
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final MovedClock clock = new MovedClock();

    Peer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /// What to do with a request.
    @FunctionalInterface
    interface Reply {
        void to(HttpExchange exchange) throws IOException;
    }

    /// A request as it came.
    // Compared by nobody.
    @SuppressWarnings("ArrayRecordComponent")
    record Asked(String method, String uri, Map<String, List<String>> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        @Nullable String header(String name) {
            List<String> values = headers.get(name);
            return values == null ? null : values.getFirst();
        }
    }

    StreamClient client() {
        return client(ClientSettings.defaults());
    }

    StreamClient client(ClientSettings settings) {
        return new StreamClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/stream/"),
                http,
                clock,
                new SplittableRandom(1),
                settings);
    }

    Peer answers(Reply... replies) {
        script.addAll(List.of(replies));
        return this;
    }

    /// The next request that came in.
    Asked asked() throws InterruptedException {
        Asked next = asked.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no request came");
        }
        return next;
    }

    boolean askedNothingMore() {
        return asked.isEmpty();
    }

    static Reply status(int status, String... headersAndBody) {
        return exchange -> {
            int pairs = headersAndBody.length / 2;
            for (int i = 0; i < pairs; i++) {
                exchange.getResponseHeaders().set(headersAndBody[2 * i], headersAndBody[2 * i + 1]);
            }
            byte[] body =
                    headersAndBody.length % 2 == 1
                            ? headersAndBody[headersAndBody.length - 1].getBytes(
                                    StandardCharsets.UTF_8)
                            : new byte[0];
            send(exchange, status, body, body.length);
        };
    }

    /// A page of a JSON stream.
    static Reply page(String json, String next, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/json", "Stream-Next-Offset", next, json));
        return status(200, all.toArray(String[]::new));
    }

    /// As [#page], with all that there is.
    static Reply lastPage(String json, String next) {
        return page(json, next, "Stream-Up-To-Date", "true");
    }

    /// The same answer, but the line is cut after some bytes of its body.
    static Reply cutPage(String json, String next, int afterBytes) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Stream-Next-Offset", next);
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            byte[] part = java.util.Arrays.copyOf(body, afterBytes);
            send(exchange, 200, part, body.length);
        };
    }

    /// An event stream that says this and then ends.
    static Reply sse(String... events) {
        return exchange -> {
            startSse(exchange, null);
            write(exchange, events);
            exchange.close();
        };
    }

    /// An event stream that says this and then nothing.
    Reply openSse(String... events) {
        return exchange -> {
            startSse(exchange, null);
            write(exchange, events);
            hold();
        };
    }

    static Reply base64Sse(String... events) {
        return exchange -> {
            startSse(exchange, "base64");
            write(exchange, events);
            exchange.close();
        };
    }

    static String data(String... lines) {
        return "event: data\ndata: " + String.join("\ndata: ", lines) + "\n\n";
    }

    static String control(String json) {
        return "event: control\ndata: " + json + "\n\n";
    }

    /// The line is cut before the answer; whether the request took effect, the client cannot know.
    static Reply cut() {
        return HttpExchange::close;
    }

    @Override
    public void close() {
        closing.countDown();
        http.shutdownNow();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        // Taken before the request shows: what a test then scripts is for the next one.
        Reply reply = script.poll();
        asked.add(
                new Asked(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        Map.copyOf(exchange.getRequestHeaders()),
                        exchange.getRequestBody().readAllBytes()));
        if (reply == null) {
            hold();
        } else {
            reply.to(exchange);
        }
    }

    private void hold() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void startSse(HttpExchange exchange, @Nullable String encoding)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        if (encoding != null) {
            exchange.getResponseHeaders().set("Stream-SSE-Data-Encoding", encoding);
        }
        exchange.sendResponseHeaders(200, 0);
    }

    private static void write(HttpExchange exchange, String... events) throws IOException {
        for (String event : events) {
            exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body, int length)
            throws IOException {
        if (exchange.getRequestMethod().equals("HEAD") || status == 204 || length == 0) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, length);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
        }
        exchange.close();
    }
}
