package dev.skerry.node.http;

import dev.skerry.node.link.Acceptor.Guest;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A request for a route, over Helidon's.
final class RoutedRequest implements Request {

    /// Also by name: else a name of somebody else's that leads to loopback would do.
    private static final Pattern LOOPBACK =
            Pattern.compile("https?://(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(:\\d+)?/");

    private static final List<String> PROXIED =
            List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

    private static final List<String> OWN_PAGES = List.of("none", "same-origin");

    private final HelidonExchange exchange;
    private final Map<String, String> parameters;

    RoutedRequest(HelidonExchange exchange, Map<String, String> parameters) {
        this.exchange = exchange;
        this.parameters = parameters;
    }

    @Override
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }

    @Override
    public Optional<X509Certificate> certificate() {
        return Guests.certificate(exchange.peer());
    }

    @Override
    public Optional<Guest> guest() {
        return Guests.of(exchange.peer());
    }

    @Override
    public boolean fromThisMachine() {
        return exchange.peer().address() instanceof InetSocketAddress from
                && from.getAddress() != null
                && from.getAddress().isLoopbackAddress()
                && LOOPBACK.matcher(url()).lookingAt()
                && PROXIED.stream().allMatch(it -> header(it) == null)
                && OWN_PAGES.contains(Objects.requireNonNullElse(header("Sec-Fetch-Site"), "none"));
    }

    @Override
    public Bytes body(int bytesMax) throws IOException {
        String length = header("Content-Length");
        // Longer than any number is too long as well.
        if (length != null && (length.length() > 18 || Long.parseLong(length) > bytesMax)) {
            throw tooLarge(bytesMax);
        }
        byte[] body = body().readNBytes(bytesMax);
        if (body.length == bytesMax && body().read() >= 0) {
            throw tooLarge(bytesMax);
        }
        return Bytes.of(body);
    }

    private static HttpProblem tooLarge(int bytesMax) {
        return new HttpProblem(
                413,
                "body-too-large",
                "The body is too large",
                "it may have " + bytesMax + " bytes");
    }

    @Override
    public void answer(int status, Map<String, String> headers, Bytes body) throws IOException {
        exchange.answer(status, withNoSniff(headers), method().equals("HEAD") ? Bytes.EMPTY : body);
    }

    @Override
    public OutputStream startStreaming(int status, Map<String, String> headers) throws IOException {
        return exchange.startStreaming(status, withNoSniff(headers));
    }

    private static Map<String, String> withNoSniff(Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("X-Content-Type-Options", "nosniff");
        return all;
    }

    // ---- as before

    @Override
    public String method() {
        return exchange.method();
    }

    /// The whole path: a route is mounted at the root.
    @Override
    public String path() {
        return exchange.rawPath().substring(1);
    }

    @Override
    public String query() {
        return exchange.query();
    }

    @Override
    public @Nullable String header(String name) {
        return exchange.header(name);
    }

    @Override
    public String url() {
        return exchange.url();
    }

    @Override
    public InputStream body() {
        return exchange.body();
    }
}
