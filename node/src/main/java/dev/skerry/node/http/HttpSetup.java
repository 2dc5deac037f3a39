package dev.skerry.node.http;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.server.StreamsEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// What an [HttpHost] is to be. For one thread.
public final class HttpSetup {

    private static final Duration QUIET_MAX = Duration.ofMinutes(5);

    final String host;
    final int port;
    final List<Routes.Route> routes = new ArrayList<>();
    final List<WireMount> wires = new ArrayList<>();
    @Nullable Encryption encryption;
    Strangers strangers = (_, _) -> {};
    String mount = "";
    @Nullable StreamsEndpoint streams;
    Duration quietMax = QUIET_MAX;
    final List<Runnable> stopping = new ArrayList<>();

    HttpSetup(String host, int port) {
        this.host = requireNonNull(host, "host");
        this.port = port;
    }

    /// Speaks TLS 1.3, and asks clients for a certificate; who shows none is served as a stranger, who shows a bad one not at
    /// all.
    ///
    /// @param context asked at each new connection, by many threads: a renewed certificate counts from the next one on. Its
    ///     trust manager says whose certificates are good
    public HttpSetup tls(Supplier<SSLContext> context) {
        this.encryption = new Encryption(requireNonNull(context, "context"), true);
        return this;
    }

    /// Speaks TLS with devices, which show no certificate: 1.3, or 1.2 with those that are too old for it.
    ///
    /// @param context asked as above
    public HttpSetup tlsForDevices(Supplier<SSLContext> context) {
        this.encryption = new Encryption(requireNonNull(context, "context"), false);
        return this;
    }

    /// Is told of whom TLS or a wire keeps out.
    public HttpSetup strangers(Strangers told) {
        this.strangers = requireNonNull(told, "told");
        return this;
    }

    /// Serves Durable Streams.
    ///
    /// @param path with a slash at both ends
    public HttpSetup streams(String path, StreamsEndpoint endpoint) {
        this.mount = requireNonNull(path, "path");
        this.streams = requireNonNull(endpoint, "endpoint");
        return this;
    }

    /// Answers one method on one path; GET also answers HEAD. Routes go before streams.
    ///
    /// @param path such as `/api/stores/{id}`, where `{id}` stands for one segment
    public HttpSetup route(String method, String path, Request.Handler handler) {
        routes.add(new Routes.Route(method, path, handler));
        return this;
    }

    /// Takes wires.
    public HttpSetup wires(WireMount wireMount) {
        wires.add(requireNonNull(wireMount, "wireMount"));
        return this;
    }

    /// How long an answer may go on, or a connection be idle, before it is taken for dead; five minutes if not said. Wires
    /// may be idle for ever.
    public HttpSetup quietMax(Duration longest) {
        this.quietMax = requireNonNull(longest, "longest");
        return this;
    }

    /// Is told when the host stops, from any thread, so that routes end answers that go on for long.
    public HttpSetup stopping(Runnable told) {
        stopping.add(requireNonNull(told, "told"));
        return this;
    }

    /// Starts listening.
    ///
    /// @throws HttpHostException if it cannot
    /// @throws IllegalArgumentException if two handlers have the same method and path
    public HttpHost start() {
        return new HttpHost(this);
    }
}
