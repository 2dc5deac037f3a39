package dev.skerry.app.screens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.http.HttpHost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Over real HTTP, and over the files as they lie there.
class ScreensTest {

    private static final Pattern IMPORT =
            Pattern.compile("(?:from|import)\\s*\\(?['\"]([^'\"$]+)['\"]");
    private static final Pattern WORD =
            Pattern.compile("'((?:[a-z-]+)\\.[A-Za-z0-9._-]+)'\\s*:\\s*['\"`]");
    private static final Pattern SAID =
            Pattern.compile("\\bt\\((?:[^()'`]*\\? )?'([a-z-]+\\.[A-Za-z0-9._-]+)'");

    private final HttpClient client = HttpClient.newHttpClient();
    private HttpHost host;

    @BeforeEach
    void open() {
        host = Screens.store().addTo(HttpHost.at("127.0.0.1", 0)).start();
    }

    @AfterEach
    void close() {
        client.close();
        host.close();
    }

    private HttpResponse<byte[]> get(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(it -> it.group(1)).toList();
    }

    private static Map<String, String> modules() {
        Map<String, String> all = new TreeMap<>();
        Resources.own()
                .forEach((path, content) -> {
                    if (path.endsWith(".js")) {
                        all.put(path, new String(content, UTF_8));
                    }
                });
        return all;
    }

    @Test
    void a_page_names_only_files_that_are_there_and_all_their_imports_are_too() {
        String page = new String(get("/till").body(), UTF_8);
        Set<String> seen =
                new LinkedHashSet<>(found(Pattern.compile("(?:href|src)=\"([^\"]+)\""), page));
        seen.remove("/pages/skerry.svg");
        assertTrue(seen.stream().anyMatch(it -> it.endsWith("/till/till.js")), page);
        Map<String, String> names =
                Pattern.compile("\"([^\"]+)\":\"(/[^\"]+)\"")
                        .matcher(page)
                        .results()
                        .collect(Collectors.toMap(it -> it.group(1), it -> it.group(2)));
        List<String> open = new ArrayList<>(seen);
        while (!open.isEmpty()) {
            String path = open.removeLast();
            HttpResponse<byte[]> file = get(path);
            assertEquals(200, file.statusCode(), path);
            assertEquals(
                    "public, max-age=31536000, immutable", header(file, "Cache-Control"), path);
            if (path.endsWith(".js")) {
                for (String name : found(IMPORT, new String(file.body(), UTF_8))) {
                    String target = resolved(path, name, names);
                    if (seen.add(target)) {
                        open.add(target);
                    }
                }
            }
        }
        assertTrue(
                seen.stream().anyMatch(it -> it.endsWith("/lit-html/lit-html.js")), seen::toString);
    }

    private static String resolved(String from, String name, Map<String, String> names) {
        if (name.startsWith(".")) {
            return URI.create(from).resolve(name).toString();
        }
        String exact = names.get(name);
        if (exact != null) {
            return exact;
        }
        return names.entrySet().stream()
                .filter(it -> it.getKey().endsWith("/") && name.startsWith(it.getKey()))
                .map(it -> it.getValue() + name.substring(it.getKey().length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(from + " imports " + name));
    }

    @Test
    void no_script_runs_but_the_files_of_this_node_and_the_map_of_their_names()
            throws NoSuchAlgorithmException {
        HttpResponse<byte[]> answer = get("/till");
        String page = new String(answer.body(), UTF_8);
        List<String> inline =
                found(Pattern.compile("<script type=\"importmap\">(.*?)</script>"), page);
        assertEquals(1, inline.size(), page);
        String digest =
                Base64.getEncoder()
                        .encodeToString(
                                MessageDigest.getInstance("SHA-256")
                                        .digest(inline.getFirst().getBytes(UTF_8)));
        String policy = header(answer, "Content-Security-Policy");
        assertTrue(policy.contains("script-src 'self' 'sha256-" + digest + "';"), policy);
        assertFalse(policy.contains("unsafe"), policy);
    }

    @Test
    void a_page_that_has_not_changed_is_not_sent_again() {
        HttpResponse<byte[]> first = get("/till");
        assertEquals("no-cache", header(first, "Cache-Control"));
        HttpResponse<byte[]> again = get("/till", "If-None-Match", header(first, "ETag"));
        assertEquals(304, again.statusCode());
        assertEquals(0, again.body().length);
    }

    @Test
    void what_shrinks_is_sent_compressed_to_who_can_read_that() throws IOException {
        String version = header(get("/till"), "ETag").replace("\"", "");
        String path = "/screens/" + version + "/kit/kit.css";
        HttpResponse<byte[]> plain = get(path);
        HttpResponse<byte[]> zipped = get(path, "Accept-Encoding", "br, gzip");
        assertEquals("gzip", header(zipped, "Content-Encoding"));
        assertTrue(zipped.body().length < plain.body().length);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
            assertEquals(new String(plain.body(), UTF_8), new String(in.readAllBytes(), UTF_8));
        }
        String font = "/screens/" + version + "/kit/inter-latin.woff2";
        assertEquals("", header(get(font, "Accept-Encoding", "gzip"), "Content-Encoding"));
    }

    @Test
    void a_reader_of_barcodes_comes_with_the_program_and_is_loaded_with_no_page() {
        HttpResponse<byte[]> page = get("/go");
        String version = header(page, "ETag").replace("\"", "");
        assertFalse(new String(page.body(), UTF_8).contains("zxing"));
        String below = "/screens/" + version + "/zxing/";
        assertEquals(200, get(below + "third_party/zxing-js.umd.min.js").statusCode());
        assertEquals(404, get(below + "html5-qrcode.min.js.map").statusCode());
    }

    @Test
    void charts_come_with_the_program_and_with_no_page_that_has_none() {
        HttpResponse<byte[]> page = get("/office");
        String version = header(page, "ETag").replace("\"", "");
        assertFalse(new String(page.body(), UTF_8).contains("chart.umd"));
        assertFalse(new String(page.body(), UTF_8).contains("page-reports"));
        assertEquals(200, get("/screens/" + version + "/chart/dist/chart.umd.js").statusCode());
        assertEquals(404, get("/screens/" + version + "/chart/dist/chart.umd.js.map").statusCode());
    }

    @Test
    void nothing_else_is_served() {
        String version = header(get("/till"), "ETag").replace("\"", "");
        for (String path :
                List.of(
                        "/screens/0123456789ab/kit/kit.css",
                        "/screens/" + version + "/kit/none.js",
                        "/screens/" + version + "/lit-html/package.json",
                        "/screens/" + version + "/lit-html/%2e%2e/lit-html.js",
                        "/screens/" + version + "/hq/till.js",
                        "/kit")) {
            assertEquals(404, get(path).statusCode(), path);
        }
    }

    @Test
    void every_language_has_all_words_and_every_word_that_is_said_is_there() {
        Map<String, String> modules = modules();
        Map<String, Set<String>> byLanguage = new TreeMap<>();
        modules.forEach((path, text) -> {
            if (path.contains("/words/")) {
                int name = path.indexOf("/words/") + "/words/".length();
                String language = path.substring(name, name + 2);
                String folder =
                        path.substring(0, path.indexOf("/words/")) + path.substring(name + 2);
                byLanguage
                        .computeIfAbsent(language, _ -> new TreeSet<>())
                        .addAll(found(WORD, text).stream().map(it -> folder + ": " + it).toList());
            }
        });
        assertTrue(byLanguage.size() > 1);
        Set<String> english = byLanguage.getOrDefault("en", Set.of());
        byLanguage.forEach((language, words) -> assertEquals(english, words, language));
        Set<String> known =
                english.stream()
                        .map(it -> it.substring(it.indexOf(": ") + 2))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> missing = new TreeSet<>();
        modules.forEach((path, text) ->
                found(SAID, text).stream()
                        .filter(it -> !known.contains(it) && !it.endsWith("."))
                        .forEach(it -> missing.add(path + " says " + it)));
        assertEquals(Set.of(), missing);
    }

    @Test
    void headquarters_have_their_own_pages_and_a_store_has_none_of_them() throws IOException {
        assertEquals(404, get("/hq").statusCode());
        try (HttpHost hq = Screens.hq().addTo(HttpHost.at("127.0.0.1", 0)).start()) {
            String there = "http://127.0.0.1:" + hq.port();
            String page = send(there + "/hq");
            assertTrue(page.contains("<sk-hq></sk-hq>"), page);
            String version =
                    found(Pattern.compile("skerry-version\" content=\"(\\w+)\""), page).getFirst();
            String pages = send(there + "/screens/" + version + "/hq/pages.js");
            List<String> ids = found(Pattern.compile("\\{ id: '(\\w+)'"), pages);
            assertTrue(ids.contains("stores"), pages);
            for (String id : ids) {
                String module = send(there + "/screens/" + version + "/" + id + "/page.js");
                assertTrue(module.contains("customElements.define('hq-" + id + "'"), id);
            }
        }
    }

    private String send(String url) throws IOException {
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create(url)).build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void no_page_has_more_than_half_a_megabyte_to_load() {
        String page = new String(get("/till").body(), UTF_8);
        long bytes =
                found(Pattern.compile("(?:href|src)=\"([^\"]+)\""), page).stream()
                        .filter(it -> it.startsWith("/screens/"))
                        .mapToLong(it -> get(it, "Accept-Encoding", "gzip").body().length)
                        .sum();
        assertTrue(bytes < 500_000, bytes + " bytes");
    }
}
