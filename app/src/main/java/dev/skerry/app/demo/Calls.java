package dev.skerry.app.demo;

import dev.skerry.language.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Asks a server over HTTP, as any program outside of it would. Waits for the answer. Any thread.
///
/// @param base without a slash at the end
/// @param token of the device that asks; empty for none
public record Calls(String base, String token) {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);

    /// Above what a card terminal takes to make up its mind.
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private static final int FIRST_ERROR = 400;

    /// A server on this machine.
    public static Calls to(int port, String token) {
        return new Calls("http://127.0.0.1:" + port, token);
    }

    /// What was answered.
    ///
    /// @param next the header `Stream-Next-Offset`; empty if there is none
    public record Answer(int status, String body, String next) {

        public boolean done() {
            return status < FIRST_ERROR;
        }

        /// Of a problem, its kind; empty for what is none.
        public String kind() {
            return done()
                    ? ""
                    : json().optionalText("type").orElse("").replace("urn:skerry:problem:", "");
        }

        public JsonObject json() {
            return body.isBlank() ? JsonObject.empty() : JsonObject.parse(body);
        }
    }

    public Answer read(String path) throws IOException {
        return ask("GET", path, null, "");
    }

    /// @param key of the request, so that it can be repeated; empty for none
    /// @throws IOException if the server does not answer: whether it did what it was asked is not known
    public Answer ask(String method, String path, @Nullable JsonObject body, String key)
            throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(base + path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout((int) CONNECT_MAX.toMillis());
        connection.setReadTimeout((int) ANSWER_MAX.toMillis());
        if (!token.isEmpty()) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        if (!key.isEmpty()) {
            connection.setRequestProperty("Idempotency-Key", key);
        }
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(body.write().getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        if (status < 0) {
            throw new IOException("no HTTP from " + base);
        }
        // Null where there is no body.
        try (InputStream in =
                status < FIRST_ERROR ? connection.getInputStream() : connection.getErrorStream()) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String next = connection.getHeaderField("Stream-Next-Offset");
            return new Answer(status, text, next == null ? "" : next);
        }
    }
}
