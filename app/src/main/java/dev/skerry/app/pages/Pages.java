package dev.skerry.app.pages;

import static java.util.Objects.requireNonNull;

import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.Request;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/// A node's page at `/`, and what it is made of under `/pages/`. Read once, at the start. Any thread.
///
/// The browser is told to run nothing and to ask nobody but this node, and to look here again after each start, so that a newer version of
/// the program is never shown by the older one's page.
public final class Pages {

    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "svg", "image/svg+xml");

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// One file, as it is sent.
    private record Page(Bytes content, String tag, Map<String, String> headers) {}

    private final Map<String, Page> pages = new LinkedHashMap<>();

    /// Those of a store; at `/api` its API can be tried.
    public static Pages store() {
        return new Pages("store");
    }

    /// Those of HQ, and the same.
    public static Pages hq() {
        return new Pages("hq");
    }

    /// Those of another server, which have the looks of a node's.
    ///
    /// @param beside the class beside which their files are
    /// @param paths of its pages, each with its file: `/journal`, `journal.html`
    /// @param files what they are made of, under `/pages/` beside what all servers have
    public static Pages of(Class<?> beside, Map<String, String> paths, List<String> files) {
        Pages all = new Pages();
        paths.forEach((path, file) -> all.pages.put(path, page(beside, file)));
        files.forEach(file -> all.pages.put("/pages/" + file, page(beside, file)));
        return all;
    }

    private Pages(String kind) {
        this();
        pages.put("/", page(Pages.class, kind + ".html"));
        pages.put("/pages/" + kind + ".js", page(Pages.class, kind + ".js"));
        pages.put("/api", page(Pages.class, "api.html"));
        for (String file : List.of("api.js", "api.css")) {
            pages.put("/pages/" + file, page(Pages.class, file));
        }
    }

    private Pages() {
        for (String file : List.of("live.js", "words.js", "page.css", "skerry.svg")) {
            pages.put("/pages/" + file, page(Pages.class, file));
        }
    }

    /// Adds them.
    ///
    /// @return the same set-up
    public HttpSetup addTo(HttpSetup setup) {
        pages.forEach((path, page) -> setup.route("GET", path, request -> answer(request, page)));
        return setup;
    }

    private static void answer(Request request, Page page) throws IOException {
        boolean known = page.tag.equals(request.header("If-None-Match"));
        request.answer(known ? 304 : 200, page.headers, known ? Bytes.EMPTY : page.content);
    }

    private static Page page(Class<?> beside, String file) {
        try (InputStream in = requireNonNull(beside.getResourceAsStream(file), file)) {
            byte[] content = in.readAllBytes();
            CRC32C sum = new CRC32C();
            sum.update(content);
            String type = requireNonNull(TYPES.get(file.substring(file.indexOf('.') + 1)), file);
            String tag = "\"" + HexFormat.of().toHexDigits(sum.getValue(), 8) + "\"";
            return new Page(
                    Bytes.of(content),
                    tag,
                    Map.of(
                            "Content-Type",
                            type,
                            "Content-Security-Policy",
                            POLICY,
                            "Referrer-Policy",
                            "no-referrer",
                            "Cache-Control",
                            "no-cache",
                            "ETag",
                            tag));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
