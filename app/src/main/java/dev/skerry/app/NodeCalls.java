package dev.skerry.app;

import dev.skerry.language.JsonObject;
import dev.skerry.language.MalformedJsonException;
import dev.skerry.node.identity.Certificates;
import dev.skerry.node.identity.Pinned;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;

/// Asks the node that runs on a data folder of this machine. Waits for the answer.
final class NodeCalls {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private final RunningNode node;

    NodeCalls(RunningNode node) {
        this.node = node;
    }

    /// Whether it runs indeed.
    static boolean answers(RunningNode node) {
        try {
            return connection(node, "/health/live").getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /// @throws CannotStart with what the node said, if it did not do it
    JsonObject post(String path, JsonObject body) {
        return send("POST", path, body);
    }

    /// @throws CannotStart as above
    JsonObject put(String path, JsonObject body) {
        return send("PUT", path, body);
    }

    private JsonObject send(String method, String path, JsonObject body) {
        try {
            HttpURLConnection connection = authorized(path);
            connection.setRequestMethod(method);
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(body.write().getBytes(StandardCharsets.UTF_8));
            return answer(connection);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /// @throws CannotStart as above
    JsonObject get(String path) {
        try {
            return answer(authorized(path));
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /// @throws CannotStart as above
    void delete(String path) {
        try {
            HttpURLConnection connection = authorized(path);
            connection.setRequestMethod("DELETE");
            answer(connection);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /// Who may read the data folder has the secret of the node that runs on it.
    private HttpURLConnection authorized(String path) throws IOException {
        HttpURLConnection connection = connection(node, path);
        connection.setRequestProperty("Authorization", "Bearer " + node.secret());
        return connection;
    }

    private JsonObject answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        boolean done = status < 400;
        // Null where there is no body.
        try (InputStream in = done ? connection.getInputStream() : connection.getErrorStream()) {
            byte[] body = in == null ? new byte[0] : in.readAllBytes();
            JsonObject answer =
                    body.length == 0 && (!done || status == 204)
                            ? JsonObject.empty()
                            : JsonObject.parse(body);
            if (!done) {
                throw new CannotStart(
                        answer.optionalText("title").orElse("HTTP " + status),
                        answer.optionalText("detail").orElse("see the node's log"));
            }
            return answer;
        } catch (MalformedJsonException e) {
            throw new CannotStart(
                    node.url() + " does not answer like a node: " + e.getMessage(),
                    "is another program on its port?");
        }
    }

    private CannotStart unreachable(IOException e) {
        return new CannotStart(
                "the node at " + node.url() + " does not answer: " + e.getMessage(), "start it");
    }

    private static HttpURLConnection connection(RunningNode node, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(node.url() + path).toURL().openConnection();
        if (connection instanceof HttpsURLConnection secured) {
            secured.setSSLSocketFactory(
                    Pinned.context(Certificates.fromPem(node.certificate()).getFirst())
                            .getSocketFactory());
            // It is known by its certificate, which was read in its own folder.
            secured.setHostnameVerifier((_, _) -> true);
        }
        connection.setConnectTimeout((int) ANSWER_MAX.toMillis());
        connection.setReadTimeout((int) ANSWER_MAX.toMillis());
        return connection;
    }
}
