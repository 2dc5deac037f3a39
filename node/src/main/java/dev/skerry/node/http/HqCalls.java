package dev.skerry.node.http;

import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Asks HQ single questions, each over a connection of its own. Any thread may call, and waits for the answer.
public final class HqCalls {

    private static final int REPLY_BYTES_MAX = 1 << 20;

    private final HqRoute route;

    public HqCalls(HqRoute route) {
        this.route = route;
    }

    /// What HQ said, whatever it was.
    public record Reply(int status, Bytes body) {}

    /// Posts JSON.
    ///
    /// @param path with a leading slash
    /// @param timeout until the whole answer is here
    /// @throws IOException if there is no answer; nobody knows whether HQ has done what was asked
    public Reply post(String path, Bytes json, Duration timeout) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(route.http(path))
                        .timeout(timeout)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(json.array(), json.from(), json.length()));
        route.proxy()
                .flatMap(HttpProxy::authorization)
                .ifPresent(it -> request.header("Proxy-Authorization", it));
        HttpClient client = route.client();
        try {
            HttpResponse<byte[]> response =
                    client.send(
                            request.build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), REPLY_BYTES_MAX));
            byte @Nullable [] body = response.body();
            if (body == null) {
                // Only the JDK's account of a proxy's answer has no body at all.
                throw new IOException("the proxy refuses: HTTP " + response.statusCode());
            }
            return new Reply(response.statusCode(), Bytes.of(body));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while waiting for HQ");
        } finally {
            client.shutdownNow();
        }
    }
}
