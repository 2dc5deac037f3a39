package dev.skerry.node.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.skerry.node.link.Acceptor.Guest;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns a connection that asks for it into a wire, or refuses, as RFC 6455 section 4.2 has it.
final class WireUpgrader implements Http1Upgrader {

    private static final String VERSION = "13";
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    private final List<WireMount> mounts;

    private final Strangers strangers;

    WireUpgrader(List<WireMount> mounts, Strangers strangers) {
        this.mounts = List.copyOf(mounts);
        this.strangers = strangers;
    }

    Optional<WireMount> at(String path) {
        return mounts.stream().filter(mount -> mount.path().equals(path)).findFirst();
    }

    @Override
    public String supportedProtocol() {
        return "websocket";
    }

    @Override
    public @Nullable ServerConnection upgrade(
            ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
        WireMount mount = at(prologue.uriPath().rawPath()).orElse(null);
        if (mount == null || !prologue.method().text().equals("GET")) {
            return null;
        }
        if (!(context instanceof Line line)) {
            throw new IllegalStateException("a connection that is no line");
        }
        if (!VERSION.equals(value(headers, "Sec-WebSocket-Version"))) {
            throw refusal(
                    Status.UPGRADE_REQUIRED_426,
                    "this is WebSocket " + VERSION,
                    HeaderValues.create("Sec-WebSocket-Version", VERSION));
        }
        String answer = answerTo(value(headers, "Sec-WebSocket-Key"));
        if (value(headers, "Origin") != null) {
            throw refusal(Status.FORBIDDEN_403, "no web page may open a wire", null);
        }
        Guest guest = guest(line, mount, value(headers, "Skerry-Guest"));
        mount.busy()
                .get()
                .ifPresent(pause -> {
                    throw refusal(
                            Status.SERVICE_UNAVAILABLE_503,
                            "too many wires open at once: come back later",
                            HeaderValues.create("Retry-After", seconds(pause)));
                });
        return new ServerWire(line, guest, mount.acceptor(), answer);
    }

    private Guest guest(Line line, WireMount mount, @Nullable String name) {
        if (!line.isSecure() && name != null && mount.unproven().test(name)) {
            return Guests.unproven(name, line.remotePeer());
        }
        return Guests.of(line.remotePeer())
                .orElseThrow(() -> {
                    strangers.refused(
                            line.remotePeer().host(), "no certificate was shown for a wire");
                    return refusal(
                            Status.FORBIDDEN_403,
                            "a wire needs a client certificate with a common name: enrol first",
                            null);
                });
    }

    private static String seconds(Duration pause) {
        return String.valueOf(Math.max(1, pause.plusMillis(999).toSeconds()));
    }

    private static @Nullable String value(WritableHeaders<?> headers, String name) {
        return headers.first(HeaderNames.create(name)).orElse(null);
    }

    private static String answerTo(@Nullable String key) {
        if (key == null || !isKey(key)) {
            throw refusal(Status.BAD_REQUEST_400, "Sec-WebSocket-Key is no key", null);
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + KEY_SUFFIX).getBytes(US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static RequestException refusal(Status status, String detail, @Nullable Header header) {
        RequestException.Builder refusal =
                RequestException.builder()
                        .type(EventType.OTHER)
                        .status(status)
                        .message(detail)
                        .safeMessage(true)
                        .setKeepAlive(false);
        return (header == null ? refusal : refusal.header(header)).build();
    }
}
