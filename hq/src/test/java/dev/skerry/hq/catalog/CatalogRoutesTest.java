package dev.skerry.hq.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Api;
import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.language.JsonObject;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.node.http.HttpHost;
import dev.skerry.node.http.Request;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Over real HTTP; who asks says so in a header.
class CatalogRoutesTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));
    private static final String MILK =
            """
            {"sku":"1","name":"Milk","receiptName":"Milk","department":["Food"],"codes":[],"unit":"PIECE","weighed":false,\
            "taxCategory":"reduced","discountExempt":false,"returnable":true,"tags":[],"allergens":[],"recipe":[],"modifiers":[],"substitutes":[]}\
            """;

    @TempDir private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private SqliteDatabase database;
    private HttpHost host;

    @BeforeEach
    void open() {
        database =
                SqliteDatabase.open(
                        folder.resolve("catalog.db"),
                        SqliteSettings.defaults(),
                        CLOCK,
                        Catalog.tables());
        Catalog catalog = new Catalog(database, CLOCK, new TimeOrderedIds(CLOCK, new Random(1)));
        CatalogRoutes routes = new CatalogRoutes(catalog, CatalogRoutesTest::caller);
        host =
                new Api("Catalog", "test", routes.operations(), CatalogRoutesTest::caller)
                        .addTo(HttpHost.at("127.0.0.1", 0))
                        .start();
    }

    private static Caller caller(Request request) {
        String who = String.valueOf(request.header("Who"));
        return new Caller(
                who,
                "",
                Set.of(
                        switch (who) {
                            case "ada" -> Role.ADMIN;
                            case "ann" -> Role.ANALYST;
                            default -> Role.MERCHANT;
                        }));
    }

    @AfterEach
    void close() {
        client.close();
        host.close();
        database.close();
    }

    private HttpResponse<String> ask(String who, String method, String path, String body) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
                            .method(method, BodyPublishers.ofString(body))
                            .header("Who", who)
                            .header("Idempotency-Key", who + method + path + body.hashCode())
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonObject json(int status, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        return JsonObject.parse(answer.body());
    }

    private static String change(String id) {
        return "{\"id\":\"%s\",\"title\":\"Milk\",\"articles\":[%s]}".formatted(id, MILK);
    }

    @Test
    void an_article_is_proposed_by_one_and_published_by_another() {
        json(200, ask("ada", "PUT", "/api/catalog/rule", "{\"fourEyes\":true}"));
        assertEquals(
                "WAITING",
                json(200, ask("mia", "POST", "/api/catalog/changes", change("c1"))).text("state"));
        assertEquals(
                "WAITING",
                json(200, ask("mia", "POST", "/api/catalog/changes", change("c1"))).text("state"));
        assertEquals(
                "urn:skerry:problem:second-person-needed",
                json(403, ask("mia", "POST", "/api/catalog/changes/c1/approval", "")).text("type"));
        json(404, ask("mia", "GET", "/api/catalog/articles/1", ""));
        json(200, ask("ben", "POST", "/api/catalog/changes/c1/approval", ""));
        JsonObject known = json(200, ask("ann", "GET", "/api/catalog/articles/1", ""));
        assertEquals("Milk", known.object("article").text("name"));
        assertEquals("ben", known.objects("history").getFirst().object("change").text("decidedBy"));
        JsonObject details = json(200, ask("mia", "GET", "/api/catalog/changes/c1", ""));
        assertEquals("article/1", details.objects("differences").getFirst().text("key"));
        json(200, ask("mia", "POST", "/api/catalog/changes/c1/undoing", "{\"id\":\"c2\"}"));
        assertEquals(
                List.of("c2"),
                json(200, ask("mia", "GET", "/api/catalog/changes?state=waiting", ""))
                        .objects("changes")
                        .stream()
                        .map(it -> it.text("id"))
                        .toList());
        json(400, ask("mia", "GET", "/api/catalog/changes?state=lost", ""));
    }

    @Test
    void what_is_wrong_is_said_and_who_may_not_is_told() {
        JsonObject problem =
                json(
                        422,
                        ask(
                                "mia",
                                "POST",
                                "/api/catalog/changes",
                                change("c1")
                                        .replace("\"substitutes\":[]", "\"substitutes\":[\"9\"]")));
        assertEquals("article/1: it speaks of 9, which is not there", problem.text("detail"));
        json(400, ask("mia", "POST", "/api/catalog/changes", change("c1").replace("PIECE", "BOX")));
        json(403, ask("ann", "POST", "/api/catalog/changes", change("c1")));
        json(403, ask("mia", "PUT", "/api/catalog/rule", "{\"fourEyes\":false}"));
        json(404, ask("mia", "POST", "/api/catalog/changes/c9/approval", ""));
    }

    @Test
    void a_table_is_brought_and_written_again() {
        String csv =
                "sku,name,department,tax_category\n1,Milk,Food,reduced\n2,Beer,Food,standard\n";
        JsonObject state = json(200, ask("mia", "POST", "/api/catalog/imports/i1", csv));
        assertEquals(2, state.number("changed"));
        assertEquals(
                "DONE", json(200, ask("mia", "GET", "/api/catalog/imports/i1", "")).text("state"));
        JsonObject faulty =
                json(422, ask("mia", "POST", "/api/catalog/imports/i2", "sku,colour\n1,red\n"));
        assertTrue(faulty.text("problem").contains("no column colour"));
        assertEquals(
                3,
                json(
                                200,
                                ask(
                                        "mia",
                                        "POST",
                                        "/api/catalog/imports/i3?draft=true",
                                        csv + "3,Wine,Food,standard\n"))
                        .number("lines"));
        json(200, ask("mia", "POST", "/api/catalog/imports/i3/approval", ""));
        HttpResponse<String> export = ask("ann", "GET", "/api/catalog/export", "");
        assertEquals(4, export.body().lines().count(), export.body());
        assertEquals(
                2,
                json(200, ask("ann", "GET", "/api/catalog/articles?max=2", ""))
                        .objects("articles")
                        .size());
        json(404, ask("mia", "GET", "/api/catalog/imports/i9", ""));
        json(400, ask("mia", "POST", "/api/catalog/imports/%20", csv));
    }
}
