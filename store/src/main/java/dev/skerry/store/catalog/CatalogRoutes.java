package dev.skerry.store.catalog;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Operation;
import dev.skerry.language.Json;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The catalog over HTTP. Reads only.
///
/// | | |
/// |---|---|
/// | `GET /api/articles?q=WORDS` | what fits, the best first |
/// | `GET /api/articles?department=Food&department=Dairy` | what stands in a department, `offset` on |
/// | `GET /api/articles/{sku}` | one article |
/// | `GET /api/departments` | where articles stand |
/// | `GET /api/identify?code=CODE` | [Identified]: whatever came of it, the answer is 200, and `kind` says which |
///
/// `max` says how many articles are wanted.
public final class CatalogRoutes {

    private static final int ARTICLES = 50;

    private final Catalog catalog;

    public CatalogRoutes(Catalog catalog) {
        this.catalog = requireNonNull(catalog, "catalog");
    }

    /// @param more there may be more of them
    private record Articles(List<Article> articles, boolean more) {}

    private record Departments(List<Department> departments) {}

    /// What is served.
    public List<Operation> operations() {
        return List.of(
                Operation.of(
                                "GET",
                                "/api/articles",
                                "Finds articles, the best first, or lists those of a department",
                                this::articles)
                        .asking("q", "words as typed")
                        .asking(
                                "department",
                                "a department, from the largest to the smallest; may come several times")
                        .asking("max", "how many are wanted")
                        .asking("offset", "how many of a department to leave out")
                        .answering(Articles.class),
                Operation.of("GET", "/api/articles/{sku}", "Shows an article", this::article)
                        .answering(Article.class),
                Operation.of(
                                "GET",
                                "/api/departments",
                                "Lists where articles stand",
                                this::departments)
                        .answering(Departments.class),
                Operation.of(
                                "GET",
                                "/api/identify",
                                "Says what a scanned or typed code stands for; its kind says what came of it",
                                this::identify)
                        .asking("code", "as the scanner sends it")
                        .answering(Identified.class));
    }

    private void articles(Request request) throws IOException {
        List<String> words = all(request, "q");
        List<String> department = all(request, "department");
        int max = number(request, "max", ARTICLES, 1, Catalog.RESULTS_MAX - 1);
        int offset = number(request, "offset", 0, 0, Integer.MAX_VALUE);
        if (words.size() + (department.isEmpty() ? 0 : 1) != 1) {
            throw bad("say either q, once, or department");
        }
        List<Article> found =
                department.isEmpty()
                        ? catalog.search(words.getFirst(), catalog.now(), max + 1)
                        : catalog.department(department, offset, max + 1);
        boolean more = found.size() > max;
        request.answerJson(
                200, Json.write(new Articles(more ? found.subList(0, max) : found, more)));
    }

    private void article(Request request) throws IOException {
        Sku sku;
        try {
            sku = new Sku(request.parameter("sku"));
        } catch (IllegalArgumentException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
        Article article =
                catalog.article(sku)
                        .orElseThrow(() ->
                                new HttpProblem(
                                        404,
                                        "no-such-article",
                                        "There is no such article",
                                        "HQ has told this store of no article with the SKU "
                                                + sku));
        request.answerJson(200, Json.write(article));
    }

    private void departments(Request request) throws IOException {
        request.answerJson(200, Json.write(new Departments(catalog.departments())));
    }

    private void identify(Request request) throws IOException {
        List<String> codes = all(request, "code");
        if (codes.size() != 1) {
            throw bad("say code, once");
        }
        request.answerJson(200, Json.write(catalog.identify(codes.getFirst(), catalog.now())));
    }

    private static int number(Request request, String name, int otherwise, int min, int max) {
        List<String> given = all(request, name);
        if (given.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(given.getLast());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // As below.
        }
        throw bad(name + " is a number from " + min + " to " + max);
    }

    private static List<String> all(Request request, String name) {
        List<String> values = new ArrayList<>();
        for (String pair : request.query().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).equals(name)) {
                values.add(decoded(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw bad("a % is followed by two hexadecimal digits");
        }
    }

    private static HttpProblem bad(String detail) {
        return new HttpProblem(400, "bad-query", "The query is malformed", detail);
    }
}
