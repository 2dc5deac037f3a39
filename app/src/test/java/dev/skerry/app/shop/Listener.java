package dev.skerry.app.shop;

import dev.skerry.language.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A screen that listens to a feed: reads server-sent events off a real connection.
public final class Listener implements AutoCloseable {

    /// What came of one event; null is the end of the feed.
    public record Told(String event, JsonNode data) {
        public boolean is(String topic, String key) {
            return data.path("topic").asString("").equals(topic)
                    && data.path("key").asString("").equals(key);
        }
    }

    private final HttpResponse<InputStream> answer;
    private final BufferedReader lines;

    Listener(HttpClient client, URI at) {
        this(client, HttpRequest.newBuilder(at).build());
    }

    public Listener(HttpClient client, HttpRequest request) {
        try {
            answer = client.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new AssertionError(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    HttpResponse<InputStream> answer() {
        return answer;
    }

    /// Waits for it.
    public @Nullable Told next() {
        String event = "";
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    event = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    return new Told(event, Json.tree(line.substring("data: ".length())));
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    /// Passes over what comes before.
    public Told await(Predicate<Told> wanted) {
        for (Told told = next(); told != null; told = next()) {
            if (wanted.test(told)) {
                return told;
            }
        }
        throw new AssertionError("the feed has ended");
    }

    public Told await(String topic, String key) {
        return await(it -> it.is(topic, key));
    }

    @Override
    public void close() {
        try {
            answer.body().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
