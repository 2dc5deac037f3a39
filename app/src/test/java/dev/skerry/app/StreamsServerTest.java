package dev.skerry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import dev.skerry.node.config.Source;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole server, in this process.
class StreamsServerTest {

    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    private StreamsServer start(Map<String, String> settings) {
        return StreamsServer.start(
                folder,
                Configuration.load(
                        NodeSettings.SCHEMA,
                        List.of(
                                Source.options(settings),
                                Source.option("--port", NodeSettings.HTTP_PORT, "0"))));
    }

    private static HttpRequest.Builder request(StreamsServer server, String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + StreamsServer.MOUNT + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void the_database_is_closed_even_if_the_last_reads_cannot_be_remembered() throws Exception {
        StreamsServer server = start(Map.of());
        send(request(server, "s").header("Stream-TTL", "3600").PUT(BodyPublishers.noBody()));
        assertEquals(200, send(request(server, "s")).statusCode());
        Path file = folder.resolve("streams.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE served");
        }
        assertThrows(StreamException.class, server::close);
        SqliteDatabase.open(file, SqliteSettings.defaults(), InstantSource.system()).close();
    }

    @Test
    void the_origins_of_web_pages_are_a_setting() throws Exception {
        String allowed = "https://pos.example,https://hq.example";
        try (StreamsServer server = start(Map.of("http.cors-origins", allowed))) {
            HttpRequest.Builder page = request(server, "s").header("Origin", "https://hq.example");
            assertEquals(201, send(page.PUT(BodyPublishers.noBody())).statusCode());
            HttpRequest.Builder other =
                    request(server, "s").header("Origin", "https://evil.example");
            assertEquals(403, send(other.DELETE()).statusCode());
        }
    }
}
