package dev.skerry.node.http;

import dev.skerry.node.link.Dialer;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Opens wires to HQ as WebSockets. A wire costs one thread of the JDK's HTTP client while it is open.
public final class WireDialer implements Dialer, AutoCloseable {

    /// Where HQ takes wires.
    public static final String PATH = "/v1/link";

    private final HqRoute route;
    private final Set<ClientWire> open = ConcurrentHashMap.newKeySet();

    public WireDialer(HqRoute route) {
        this.route = route;
    }

    @Override
    public void dial(Caller caller) {
        // Even a name that is looked up may take its time.
        Thread.startVirtualThread(() -> {
            try {
                connect(caller);
            } catch (RuntimeException e) {
                caller.failed(new Failure(String.valueOf(e), false, null));
            }
        });
    }

    private void connect(Caller caller) {
        HttpClient client = route.client();
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(route.connectMax());
        route.unprovenName().ifPresent(it -> builder.header("Skerry-Guest", it));
        route.proxy()
                .flatMap(HttpProxy::authorization)
                .ifPresent(it -> builder.header("Proxy-Authorization", it));
        ClientWire wire = new ClientWire(caller, client, open);
        var _ =
                builder.buildAsync(route.webSocket(PATH), wire)
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                client.shutdownNow();
                                caller.failed(failed(failure));
                            }
                        });
    }

    private static Failure failed(Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null
                        ? thrown.getCause()
                        : thrown;
        return switch (failure) {
            case WebSocketHandshakeException refused -> refused(refused.getResponse());
            case HttpTimeoutException _ -> new Failure("no answer in time", false, null);
            case SSLException tls -> new Failure(String.valueOf(tls), answered(tls), null);
            default -> new Failure(String.valueOf(failure), false, null);
        };
    }

    /// Whether somebody at the other end did not like us, or we did not like it; everything else is nobody's answer.
    private static boolean answered(SSLException failure) {
        boolean alert = String.valueOf(failure.getMessage()).contains("fatal alert");
        for (Throwable it = failure; it != null && !alert; it = it.getCause()) {
            alert = it instanceof GeneralSecurityException;
        }
        return alert;
    }

    private static Failure refused(@Nullable HttpResponse<?> response) {
        if (response == null) {
            return new Failure("the answer is no WebSocket's", true, null);
        }
        if (response.body() == null) {
            // HQ's answers say what is wrong; only the JDK's account of a proxy's has no body at
            // all.
            return new Failure("the proxy refuses: HTTP " + response.statusCode(), false, null);
        }
        String detail = String.valueOf(response.body());
        return new Failure(
                "HTTP " + response.statusCode() + (detail.isEmpty() ? "" : ": " + detail),
                true,
                response.headers()
                        .firstValue("Retry-After")
                        .filter(it -> it.matches("\\d{1,9}"))
                        .map(it -> Duration.ofSeconds(Long.parseLong(it)))
                        .orElse(null));
    }

    @Override
    public void probe(Runnable reached) {
        Thread.startVirtualThread(() -> {
            if (answers(route.firstHop())) {
                reached.run();
            }
        });
    }

    private boolean answers(InetSocketAddress hop) {
        try (Socket socket = new Socket()) {
            InetAddress address = InetAddress.getByName(hop.getHostString());
            socket.connect(
                    new InetSocketAddress(address, hop.getPort()),
                    (int) route.connectMax().toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Ends wires that take nothing, or that do not end when they were told to; to be stepped about once a second.
    public Steps wires() {
        return new Steps() {
            @Override
            public String name() {
                return "wires";
            }

            @Override
            public Step step() {
                open.forEach(ClientWire::look);
                return new Step.CaughtUp(0);
            }

            @Override
            public Watch watch(Runnable onNews) {
                return () -> {};
            }
        };
    }

    /// Ends all wires at once.
    @Override
    public void close() {
        open.forEach(wire -> wire.abort("this node stops"));
    }
}
