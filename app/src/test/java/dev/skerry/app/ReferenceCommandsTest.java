package dev.skerry.app;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.chain.ReferenceStream;
import dev.skerry.app.headquarters.Masters;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import dev.skerry.node.config.Source;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `skerry import` and `skerry generate`, on an HQ that runs and on one that does not.
class ReferenceCommandsTest {

    private static final String HEADER = "sku,gtin,name,department,category,brand,size,price\n";

    @TempDir private Path folder;
    private Path data;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void files() throws IOException {
        data = folder.resolve("hq");
        Files.writeString(
                folder.resolve("products.csv"), HEADER + "1,,Milk,,,,,99\n2,,Butter,,,,,199\n");
        start().close();
    }

    private HqServer start() {
        return HqServer.start(
                data,
                Configuration.load(
                        NodeSettings.SCHEMA,
                        List.of(Source.options(Map.of("http.port", "0", "link.port", "0")))));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private int importFolder(String... more) {
        String[] arguments = new String[more.length + 5];
        System.arraycopy(
                new String[] {"import", "--data", data.toString(), "--from", folder.toString()},
                0,
                arguments,
                0,
                5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return run(arguments);
    }

    private static HttpURLConnection connection(HqServer hq, String path) throws IOException {
        return (HttpURLConnection)
                URI.create("http://127.0.0.1:" + hq.port() + path).toURL().openConnection();
    }

    private static long tail(HqServer hq, String file, ReferenceStream<?> stream) {
        return requireNonNull(hq.databases().get(file)).find(stream.name()).orElseThrow().tail();
    }

    @Test
    void a_folder_of_an_earlier_layout_is_refused_and_not_touched() {
        try (SqliteDatabase streams =
                SqliteDatabase.open(
                        data.resolve(ClientStreams.FILE),
                        SqliteSettings.defaults(),
                        InstantSource.system())) {
            streams.write(tx -> {
                tx.open(ReferenceStream.PRICES.name(), StreamSettings.compactedByKey());
                return true;
            });
        }
        CannotStart refused = assertThrows(CannotStart.class, this::start);
        assertTrue(
                String.valueOf(refused.getMessage()).contains("hq/prices is in streams.db"),
                refused.getMessage());
        assertEquals(1, importFolder("--currency", "EUR"));
        assertTrue(err.toString().contains("earlier version"), err.toString());
    }

    @Test
    void what_contexts_write_is_not_written_by_clients() throws IOException {
        try (HqServer hq = start()) {
            for (String stream : List.of("hq/catalog", "local/catalog")) {
                HttpURLConnection connection = connection(hq, "/v1/stream/" + stream);
                connection.setRequestMethod("PUT");
                assertEquals(405, connection.getResponseCode(), stream);
            }
            for (String stream :
                    List.of(
                            "hq/offers",
                            "hq/gift-cards",
                            "local/customers",
                            "local/reconciliation")) {
                assertEquals(
                        404,
                        connection(hq, "/v1/stream/" + stream + "?offset=-1").getResponseCode(),
                        stream);
            }
        }
    }

    @Test
    void an_hq_that_is_not_running_is_filled() throws IOException {
        assertEquals(0, importFolder("--currency", "EUR"));
        assertTrue(
                out.toString()
                        .contains(
                                "2 products: 2 articles published, 0 as before; 2 prices published, 0 as before"),
                out.toString());
        try (HqServer hq = start()) {
            assertEquals(2, tail(hq, Masters.CATALOG, ReferenceStream.CATALOG));
            assertEquals(200, connection(hq, "/v1/stream/hq/catalog?offset=-1").getResponseCode());
        }
    }

    @Test
    void an_hq_that_is_running_is_filled_and_only_with_what_has_changed() throws IOException {
        try (HqServer hq = start()) {
            assertEquals(0, importFolder("--currency", "EUR"));
            assertEquals(2, tail(hq, Masters.PRICES, ReferenceStream.PRICES));
            Files.writeString(
                    folder.resolve("products.csv"), HEADER + "1,,Milk,,,,,99\n2,,Butter,,,,,209\n");
            assertEquals(0, importFolder("--currency", "EUR"));
            assertTrue(
                    out.toString()
                            .contains(
                                    "0 articles published, 2 as before; 1 prices published, 1 as before"),
                    out.toString());
        }
    }

    @Test
    void faulty_lines_are_told_and_end_it_with_1() throws IOException {
        Files.writeString(folder.resolve("products.csv"), HEADER + "1,x,Milk,,,,,\n");
        assertEquals(1, importFolder());
        assertTrue(err.toString().contains("products.csv, line 2: no GTIN"), err.toString());
        assertTrue(err.toString().contains("--skip-faulty"), err.toString());
    }

    @Test
    void what_cannot_be_done_is_said_in_one_line() {
        assertEquals(1, importFolder());
        assertTrue(err.toString().contains("give --currency"), err.toString());
        assertEquals(2, importFolder("--currency", "XX"));
        assertEquals(1, run("generate", "--data", folder.resolve("nothing").toString()));
        assertTrue(err.toString().contains("is not the data folder of an HQ"), err.toString());
        assertEquals(2, run("generate", "--data", data.toString(), "--stores", "0"));
    }

    @Test
    @Tag("slow") // Tens of thousands of articles.
    void an_example_chain_is_generated_once() {
        String[] generate = {
            "generate",
            "--data",
            data.toString(),
            "--seed",
            "7",
            "--stores",
            "2",
            "--date",
            "2026-03-02"
        };
        assertEquals(0, run(generate), err.toString());
        assertTrue(
                out.toString().matches("(?s).*customers +40,000 published, +0 as before.*"),
                out.toString());
        assertEquals(0, run(generate), err.toString());
        assertTrue(
                out.toString().matches("(?s).*catalog +0 published, +5,\\d{3} as before.*"),
                out.toString());
        assertTrue(out.toString().matches("(?s).*customers +0 published, +40,000 as before.*"));
    }

    @Test
    void only_who_may_publishes() throws IOException {
        try (HqServer hq = start()) {
            for (String path : List.of("/api/reference/catalog", "/api/reference/orders")) {
                HttpURLConnection stranger = connection(hq, path);
                stranger.setRequestMethod("POST");
                stranger.setDoOutput(true);
                stranger.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
                assertEquals(401, stranger.getResponseCode());
            }
            assertEquals(404, connection(hq, "/api/reference/orders").getResponseCode());
            assertEquals(200, connection(hq, "/api/reference/catalog").getResponseCode());
            assertEquals(400, connection(hq, "/api/reference/catalog?offset=-1").getResponseCode());
            HttpURLConnection owner = connection(hq, "/api/reference/catalog");
            owner.setRequestMethod("POST");
            owner.setDoOutput(true);
            owner.setRequestProperty(
                    "Authorization", "Bearer " + RunningNode.find(data).orElseThrow().secret());
            owner.getOutputStream().write("{\"events\":[\"{}\"]}".getBytes(StandardCharsets.UTF_8));
            assertEquals(400, owner.getResponseCode());
        }
    }

    @Test
    @Tag("slow") // Thousands of people.
    void what_is_known_of_people_is_shown_and_written_by_who_may_alone() throws IOException {
        try (HqServer hq = start()) {
            assertEquals(0, run("generate", "--data", data.toString(), "--stores", "1"));
            for (String name : List.of("staff", "customers")) {
                String stream = "/v1/stream/hq/" + name;
                assertEquals(404, connection(hq, stream + "?offset=-1").getResponseCode());
                HttpURLConnection fork = connection(hq, "/v1/stream/local/copy");
                fork.setRequestMethod("PUT");
                fork.setRequestProperty("Stream-Forked-From", stream);
                assertEquals(404, fork.getResponseCode());
                HttpURLConnection append = connection(hq, stream);
                append.setRequestMethod("POST");
                append.setDoOutput(true);
                append.setRequestProperty("Content-Type", "application/json");
                append.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
                assertEquals(403, append.getResponseCode());
                String reference = "/api/reference/" + name;
                assertEquals(401, connection(hq, reference).getResponseCode());
                HttpURLConnection owner = connection(hq, reference);
                owner.setRequestProperty(
                        "Authorization", "Bearer " + RunningNode.find(data).orElseThrow().secret());
                assertEquals(200, owner.getResponseCode());
            }
            assertEquals(200, connection(hq, "/v1/stream/hq/catalog?offset=-1").getResponseCode());
        }
    }
}
