package dev.skerry.node.http;

import dev.skerry.stream.Limits;
import dev.skerry.stream.Steps;
import dev.skerry.stream.server.StreamsEndpoint;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/// Listens for HTTP/1.1, with TLS or without, and hands requests to what is mounted: routes, streams under their path, wires,
/// and `/health/live` if no route has it. Each connection has a virtual thread; ten thousand that wait cost some 20 kB each.
public final class HttpHost implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(HttpHost.class.getName());

    static final String LIVE = "/health/live";

    /// A stream's name may be long, and percent-encoding makes it longer.
    private static final int REQUEST_LINE_BYTES_MAX = 16 * 1024;

    private static final int HEADERS_BYTES_MAX = 32 * 1024;

    /// How many connections may wait to be accepted.
    private static final int BACKLOG = 4096;

    private static final int RECEIVE_BUFFER_BYTES = 256 * 1024;

    /// What a request that is not done with may take to end once the host stops.
    private static final Duration STOP_MAX = Duration.ofMillis(800);

    /// What the library takes in at most before anybody has asked for it: the largest chunk, or request.
    private static final long REQUEST_BYTES_MAX = Limits.EVENT_BYTES_MAX + (1L << 20);

    private final WebServer server;
    private final Lines lines;
    private final Routes routes;
    private final WireUpgrader wires;
    private final String mount;
    private final @Nullable StreamsEndpoint streams;
    private final List<Runnable> stopping;

    /// Where to listen; what is there, comes next.
    ///
    /// @param host the address to listen on; loopback unless others may come in
    /// @param port 0 for any free one
    public static HttpSetup at(String host, int port) {
        return new HttpSetup(host, port);
    }

    /// Starts to serve streams, and nothing else.
    ///
    /// @param mount the path of streams, with a slash at both ends
    /// @param quietMax how long an answer may go on, or a connection be idle, before it is taken for dead
    /// @throws HttpHostException if it cannot
    public static HttpHost start(
            String host, int port, String mount, StreamsEndpoint streams, Duration quietMax) {
        return at(host, port).streams(mount, streams).quietMax(quietMax).start();
    }

    HttpHost(HttpSetup setup) {
        this.mount = setup.mount;
        this.streams = setup.streams;
        this.stopping = List.copyOf(setup.stopping);
        this.routes = new Routes(setup.routes);
        this.wires = new WireUpgrader(setup.wires, setup.strangers);
        String host = setup.host;
        int port = setup.port;
        requireFree(host, port);
        this.lines =
                new Lines(
                        Http1Config.builder()
                                .name("http_1_1")
                                .maxPrologueLength(REQUEST_LINE_BYTES_MAX)
                                .maxHeadersSize(HEADERS_BYTES_MAX)
                                .sendKeepAliveHeader(false)
                                .build(),
                        wires,
                        setup.encryption,
                        setup.strangers);
        this.server =
                WebServer.builder()
                        .host(host)
                        .port(port)
                        .backlog(BACKLOG)
                        .shutdownHook(false)
                        .shutdownGracePeriod(STOP_MAX)
                        .idleConnectionTimeout(setup.quietMax)
                        // Writes large answers faster, and keeps one buffer a connection, not two.
                        .useNio(false)
                        // Answers and events are handed over whole: a buffer would only cost
                        // memory.
                        .writeBufferSize(0)
                        .connectionOptions(socket -> socket.tcpNoDelay(true))
                        .putListenerSocketOption(
                                StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
                        .putListenerSocketOption(StandardSocketOptions.SO_REUSEADDR, true)
                        .protocolsDiscoverServices(false)
                        .addConnectionSelector(lines)
                        .maxPayloadSize(REQUEST_BYTES_MAX)
                        .contentEncoding(new EncodedAsItComes())
                        .directHandlers(problems())
                        .routing(
                                HttpRouting.builder()
                                        .any((request, response) -> handle(request, response)))
                        .build()
                        .start();
        if (!server.isRunning()) {
            throw new HttpHostException(
                    "cannot listen on " + host + ":" + port, "see the log for the reason", null);
        }
    }

    /// The library only logs why it cannot listen: what can be known beforehand is found out here.
    private static void requireFree(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(address);
        } catch (IOException e) {
            throw explain(e, address);
        }
    }

    private static HttpHostException explain(IOException e, InetSocketAddress address) {
        String at = address.getHostString() + ":" + address.getPort();
        if (String.valueOf(e.getMessage()).contains("in use")) {
            return new HttpHostException(
                    at + " is in use by another program",
                    "stop it, or choose another port with --port",
                    e);
        }
        return new HttpHostException(
                "cannot listen on " + at + ": " + e.getMessage(),
                "choose an address of this machine with --host, and a port above 1023",
                e);
    }

    public int port() {
        return server.port();
    }

    /// Ends connections whose clients stand still in the middle of a request or an answer; to be stepped about once a second.
    public Steps connections() {
        return lines;
    }

    private void handle(ServerRequest request, ServerResponse response) {
        HelidonExchange exchange = new HelidonExchange(request, response, mount);
        try {
            route(exchange);
            exchange.end();
        } catch (MalformedBodyException e) {
            exchange.fail(
                    e.status(),
                    "The request is malformed",
                    "the body is not framed as HTTP/1.1 asks, or a part of it is too large");
        } catch (IOException e) {
            throw new CloseConnectionException("the client has gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the host stops", e);
        } catch (RequestException | CloseConnectionException e) {
            throw e;
        } catch (Exception e) {
            LOG.log(
                    Level.ERROR,
                    "request=failed method=%s path=%s remedy=report this, with what follows"
                            .formatted(exchange.method(), exchange.rawPath()),
                    e);
            exchange.fail(500, "The server failed", "see the server's log");
        }
    }

    private void route(HelidonExchange exchange) throws IOException, InterruptedException {
        try {
            String path = exchange.rawPath();
            Routes.Match match = routes.find(exchange.method(), path).orElse(null);
            if (match != null) {
                requireKnownOrigin(exchange);
                match.handler().handle(new RoutedRequest(exchange, match.parameters()));
            } else if (streams != null && path.startsWith(mount)) {
                streams.handle(exchange);
            } else if (path.equals(LIVE)) {
                exchange.answer(200, "application/json", "{\"status\":\"UP\"}");
            } else if (wires.at(path).isPresent()) {
                throw new HttpProblem(
                        426,
                        "upgrade-required",
                        "Wires come in here",
                        "open a WebSocket, with `Upgrade: websocket`",
                        Map.of("Upgrade", "websocket"));
            } else {
                exchange.answer(
                        404,
                        "application/problem+json",
                        problem(
                                "about:blank",
                                404,
                                "Nothing is here",
                                "what there is, is under another path"));
            }
        } catch (HttpProblem e) {
            if (exchange.begun()) {
                throw new CloseConnectionException("failed in the middle of an answer", e);
            }
            new RoutedRequest(exchange, Map.of()).answer(e.status(), e.headers(), e.body());
        }
    }

    /// A browser lets a page send some writes to any server that its user reaches, this one included.
    private static void requireKnownOrigin(HelidonExchange exchange) {
        String origin = exchange.header("Origin");
        String own = exchange.url().replaceFirst("^[a-z]+://", "").replaceFirst("/.*", "");
        boolean reads = exchange.method().equals("GET") || exchange.method().equals("HEAD");
        if (!reads && origin != null && !origin.replaceFirst("^[a-z]+://", "").equals(own)) {
            throw new HttpProblem(
                    403,
                    "foreign-origin",
                    "Web pages of this origin may not write here",
                    "open the page from this server");
        }
    }

    static String problem(String type, int status, String title, String detail) {
        return "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                .formatted(
                        type,
                        title,
                        status,
                        new String(JsonStringEncoder.getInstance().quoteAsCharArray(detail)));
    }

    /// What never reaches a handler, because it is not proper HTTP.
    private static DirectHandlers problems() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        DirectHandler handler =
                (_, _, status, headers, message) -> {
                    headers.set(HeaderNames.CONTENT_TYPE, "application/problem+json");
                    headers.set(HeaderNames.create("X-Content-Type-Options"), "nosniff");
                    String detail =
                            status.equals(Status.INTERNAL_SERVER_ERROR_500)
                                    ? "see the server's log"
                                    : Objects.requireNonNullElse(
                                            message, "the request is not proper HTTP/1.1");
                    String entity =
                            problem("about:blank", status.code(), status.reasonPhrase(), detail);
                    return TransportResponse.builder()
                            .status(status)
                            .headers(headers)
                            .entity(entity.getBytes(StandardCharsets.UTF_8))
                            .keepAlive(false)
                            .build();
                };
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, handler);
        }
        return handlers.build();
    }

    /// Ends live reads and wires, lets other requests finish for a moment, and stops listening; takes less than two seconds.
    @Override
    public void close() {
        if (streams != null) {
            streams.stopLive();
        }
        stopping.forEach(Runnable::run);
        server.stop();
    }
}
