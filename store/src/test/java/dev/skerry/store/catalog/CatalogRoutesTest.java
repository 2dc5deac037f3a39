package dev.skerry.store.catalog;

import static dev.skerry.store.catalog.Hq.article;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.language.Gtin;
import dev.skerry.language.Json;
import dev.skerry.node.http.HttpHost;
import dev.skerry.node.http.HttpSetup;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CatalogRoutesTest {

    @TempDir private Path folder;
    private Hq hq;
    private HttpHost host;

    @BeforeEach
    void open() {
        hq = new Hq(folder);
        hq.sell(
                article("1 A", "Käse").gtin(Gtin.parse("4012345678901")).ageMin(18),
                article("2", "Käsekuchen"),
                article("3", "Brot"));
        HttpSetup setup = HttpHost.at("127.0.0.1", 0);
        new CatalogRoutes(hq.catalog)
                .operations()
                .forEach(it -> setup.route(it.method(), it.path(), it.handler()));
        host = setup.start();
    }

    @AfterEach
    void close() {
        host.close();
        hq.close();
    }

    private record Answer(int status, JsonNode json) {}

    private Answer get(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection)
                        URI.create("http://127.0.0.1:" + host.port() + path)
                                .toURL()
                                .openConnection();
        int status = connection.getResponseCode();
        try (InputStream in =
                status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, Json.tree(new String(in.readAllBytes(), UTF_8)));
        } finally {
            connection.disconnect();
        }
    }

    @Test
    void articles_are_found_by_words() throws IOException {
        Answer answer = get("/api/articles?q=k%C3%A4se");
        assertEquals(200, answer.status());
        assertEquals("1 A", answer.json().at("/articles/0/sku").asString());
        assertEquals(2, answer.json().at("/articles").size());
        assertEquals(false, answer.json().at("/more").asBoolean());
        Answer first = get("/api/articles?max=1&q=kase");
        assertEquals(1, first.json().at("/articles").size());
        assertEquals(true, first.json().at("/more").asBoolean());
    }

    @Test
    void articles_are_listed_by_department() throws IOException {
        assertEquals(3, get("/api/articles?department=Food").json().at("/articles").size());
        assertEquals(
                2, get("/api/articles?department=Food&offset=1").json().at("/articles").size());
        assertEquals("Food", get("/api/departments").json().at("/departments/0/path/0").asString());
    }

    @Test
    void one_article_is_told_by_its_sku() throws IOException {
        assertEquals("Käse", get("/api/articles/1%20A").json().at("/name").asString());
        Answer none = get("/api/articles/4");
        assertEquals(404, none.status());
        assertEquals("urn:skerry:problem:no-such-article", none.json().at("/type").asString());
    }

    @Test
    void whatever_comes_of_a_code_is_an_answer() throws IOException {
        Answer found = get("/api/identify?code=4012345678901");
        assertEquals(200, found.status());
        assertEquals("Found", found.json().at("/kind").asString());
        assertEquals("1 A", found.json().at("/article/sku").asString());
        assertEquals("2008-03-01", found.json().at("/bornBy").asString());
        String scanned = "]d20104012345678901" + "10A&B" + (char) 29 + "17260228";
        Answer expired = get("/api/identify?code=" + URLEncoder.encode(scanned, UTF_8));
        assertEquals("Expired", expired.json().at("/kind").asString());
        assertEquals("A&B", expired.json().at("/label/lot").asString());
        assertEquals("Unknown", get("/api/identify?code=99").json().at("/kind").asString());
    }

    @Test
    void a_question_that_is_none_is_told_so() throws IOException {
        for (String path :
                new String[] {
                    "/api/articles",
                    "/api/articles?q=a&q=b",
                    "/api/articles?q=a&department=b",
                    "/api/articles?q=a&max=0",
                    "/api/articles?q=a&max=many",
                    "/api/identify",
                    "/api/articles/" + "x".repeat(65)
                }) {
            Answer answer = get(path);
            assertEquals(400, answer.status(), path);
            assertEquals("urn:skerry:problem:bad-query", answer.json().at("/type").asString());
        }
    }
}
