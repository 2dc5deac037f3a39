package dev.skerry.node.http;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// The way to HQ.
///
/// @param hq such as `https://hq.example`; `http://store-0042@localhost:8080` goes without TLS, and says who calls without
///     proof: for tests and simulations
/// @param tls asked for each connection: a renewed certificate counts from the next one on
/// @param connectMax how long it may take until HQ has answered
public record HqRoute(
        URI hq, Supplier<SSLContext> tls, Optional<HttpProxy> proxy, Duration connectMax) {

    /// Three round trips, on a line that takes two seconds each way, and some more.
    private static final Duration CONNECT_MAX = Duration.ofSeconds(20);

    public HqRoute {
        boolean known = "https".equals(hq.getScheme()) || "http".equals(hq.getScheme());
        boolean bare = hq.getPath().isEmpty() || hq.getPath().equals("/");
        if (!known || !bare || hq.getHost() == null) {
            throw new IllegalArgumentException(
                    "the address of HQ is not one: write it as https://hq.example, not " + hq);
        }
    }

    public HqRoute(URI hq, Supplier<SSLContext> tls, Optional<HttpProxy> proxy) {
        this(hq, tls, proxy, CONNECT_MAX);
    }

    private boolean secure() {
        return "https".equals(hq.getScheme());
    }

    private int port() {
        int usual = secure() ? 443 : 80;
        return hq.getPort() < 0 ? usual : hq.getPort();
    }

    URI webSocket(String path) {
        return URI.create((secure() ? "wss" : "ws") + "://" + authority() + path);
    }

    URI http(String path) {
        return URI.create(hq.getScheme() + "://" + authority() + path);
    }

    private String authority() {
        return hq.getHost() + ":" + port();
    }

    /// Who calls, where nothing proves it.
    Optional<String> unprovenName() {
        return secure() ? Optional.empty() : Optional.ofNullable(hq.getUserInfo());
    }

    /// Where a connection goes first.
    InetSocketAddress firstHop() {
        return proxy.map(HttpProxy::address)
                .orElseGet(() -> InetSocketAddress.createUnresolved(hq.getHost(), port()));
    }

    /// A client for one connection or call, to be shut down after it. While in use it has one thread of its own.
    HttpClient client() {
        HttpClient.Builder client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(connectMax)
                        .executor(Thread::startVirtualThread);
        // Without one the JDK would ask its system properties.
        client.proxy(
                proxy.map(it -> ProxySelector.of(it.address()))
                        .orElse(HttpClient.Builder.NO_PROXY));
        if (secure()) {
            SSLParameters onlyNew = new SSLParameters();
            onlyNew.setProtocols(new String[] {"TLSv1.3"});
            client.sslContext(tls.get()).sslParameters(onlyNew);
        }
        return client.build();
    }
}
