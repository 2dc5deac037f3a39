package dev.skerry.app.screens;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.Request;
import dev.skerry.stream.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/// A page for each folder of screens, at the folder's name: `/till`; and what it is made of below `/screens/VERSION/`. Any thread.
///
/// A folder `NAME` has a module `NAME.js` that defines the element `sk-NAME`; a folder without one is a part of others. The version stands for the content of all files, so that
/// browsers keep them for ever and never mix two versions. Nothing but this node is asked, and no script runs that is not in a file.
public final class Screens {

    private static final String MOUNT = "/screens/";

    private static final Map<String, String> TYPES =
            Map.of(
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "svg", "image/svg+xml",
                    "txt", "text/plain; charset=utf-8",
                    "woff2", "font/woff2");

    /// By what they are called in addresses; each with the WebJar that has it.
    private static final Map<String, String> LIBRARIES =
            Map.of(
                    "chart", "chart.js",
                    "lit", "lit",
                    "lit-element", "lit-element",
                    "lit-html", "lit-html",
                    "reactive-element", "lit__reactive-element",
                    "zxing", "html5-qrcode");

    /// What of a WebJar is served: modules, and what comes as one script.
    private static final Pattern LIBRARY_FILE =
            Pattern.compile(
                    "(directives/)?[a-z-]+\\.js|dist/[a-z]+\\.umd\\.js|third_party/zxing-js\\.umd\\.min\\.js");

    /// What Lit itself is made of: asked for at once, and not one after the other.
    private static final List<String> LIT =
            List.of(
                    "lit/index.js",
                    "lit-element/lit-element.js",
                    "lit-html/lit-html.js",
                    "lit-html/is-server.js",
                    "reactive-element/reactive-element.js",
                    "reactive-element/css-tag.js");

    /// Modules that a page asks for when it needs them: words of one language, and parts that somebody goes to.
    private static final Pattern LATER =
            Pattern.compile(".*/words/[a-z]{2}(-[a-z-]+)?\\.js|.*/page-[a-z-]+\\.js");

    private static final String FOREVER = "public, max-age=31536000, immutable";

    /// A file as it is sent.
    ///
    /// @param zipped empty where that makes it no smaller
    private record Sent(String type, Bytes plain, Optional<Bytes> zipped) {}

    private final Map<String, byte[]> own = new TreeMap<>();
    private final String version;
    private final String policy;
    private final Map<String, Bytes> pages = new TreeMap<>();
    private final Map<String, Sent> ready = new ConcurrentHashMap<>();

    /// Those of a store.
    public static Screens store() {
        return new Screens("store/");
    }

    /// That of headquarters: `/hq`, its console.
    public static Screens hq() {
        return new Screens("hq/");
    }

    /// @param side the folder in which the screens' folders lie, with a slash
    private Screens(String side) {
        Resources.own()
                .forEach((path, content) -> {
                    if (path.startsWith("kit/")) {
                        own.put(path, content);
                    } else if (path.startsWith(side)) {
                        own.put(path.substring(side.length()), content);
                    }
                });
        version = version();
        String imports = imports();
        policy =
                "default-src 'none'; script-src 'self' 'sha256-%s'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                        .formatted(
                                Base64.getEncoder()
                                        .encodeToString(sha256().digest(imports.getBytes(UTF_8))));
        for (String screen : names()) {
            pages.put(screen, Bytes.of(page(screen, imports)));
        }
    }

    /// Such as `till`.
    private List<String> names() {
        return own.keySet().stream()
                .map(it -> it.substring(0, it.indexOf('/')))
                .filter(it -> own.containsKey(it + "/" + it + ".js") && !it.equals("kit"))
                .distinct()
                .toList();
    }

    private String version() {
        MessageDigest digest = sha256();
        own.forEach((path, content) -> {
            digest.update(path.getBytes(UTF_8));
            digest.update(content);
        });
        LIBRARIES.values().stream()
                .sorted()
                .forEach(it -> digest.update(Resources.version(it).getBytes(UTF_8)));
        return HexFormat.of().formatHex(digest.digest(), 0, 6);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    // ---- pages

    /// Where modules find what they import by name.
    private String imports() {
        String base = MOUNT + version;
        return """
        {"imports":{"lit":"%1$s/lit/index.js","lit/":"%1$s/lit/","lit-html":"%1$s/lit-html/lit-html.js","lit-html/":"%1$s/lit-html/","lit-element/":"%1$s/lit-element/","@lit/reactive-element":"%1$s/reactive-element/reactive-element.js","@lit/reactive-element/":"%1$s/reactive-element/"}}\
        """
                .formatted(base);
    }

    private String page(String screen, String imports) {
        String base = MOUNT + version + "/";
        List<String> modules = new ArrayList<>(LIT);
        own.keySet().stream()
                .filter(it -> it.startsWith("kit/") || it.startsWith(screen + "/"))
                .filter(it -> it.endsWith(".js") && !LATER.matcher(it).matches())
                .forEach(modules::add);
        String preloads =
                modules.stream()
                        .map(it -> "<link rel=\"modulepreload\" href=\"" + base + it + "\">")
                        .collect(Collectors.joining("\n"));
        return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
        <meta name="color-scheme" content="light dark">
        <meta name="skerry-version" content="%2$s">
        <title>Skerry %1$s</title>
        <link rel="icon" href="/pages/skerry.svg" type="image/svg+xml">
        <link rel="stylesheet" href="%3$skit/kit.css">
        <link rel="preload" href="%3$skit/inter-latin.woff2" as="font" type="font/woff2" crossorigin>
        <script type="importmap">%4$s</script>
        %5$s
        <script type="module" src="%3$s%1$s/%1$s.js"></script>
        </head>
        <body>
        <sk-%1$s></sk-%1$s>
        </body>
        </html>
        """
                .formatted(screen, version, base, imports, preloads);
    }

    /// Adds them.
    ///
    /// @return the same set-up
    public HttpSetup addTo(HttpSetup setup) {
        pages.forEach((screen, page) ->
                setup.route("GET", "/" + screen, request -> answerPage(request, page)));
        return setup.route("GET", "/screens/version", this::answerVersion)
                .route("GET", MOUNT + "{version}/{folder}/{file}", this::answerFile)
                .route("GET", MOUNT + "{version}/{folder}/{below}/{file}", this::answerFile);
    }

    private void answerPage(Request request, Bytes page) throws IOException {
        String tag = "\"" + version + "\"";
        boolean known = tag.equals(request.header("If-None-Match"));
        request.answer(
                known ? 304 : 200,
                Map.of(
                        "Content-Type", "text/html; charset=utf-8",
                        "Content-Security-Policy", policy,
                        "Referrer-Policy", "no-referrer",
                        "Cache-Control", "no-cache",
                        "ETag", tag),
                known ? Bytes.EMPTY : page);
    }

    /// By which a page that stays open for weeks finds out that there is a newer one.
    private void answerVersion(Request request) throws IOException {
        request.answer(
                200,
                Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                Bytes.of("{\"version\":\"" + version + "\"}"));
    }

    // ---- files

    private void answerFile(Request request) throws IOException {
        String prefix = "screens/" + version + "/";
        Optional<Sent> found =
                request.path().startsWith(prefix)
                        ? sent(request.path().substring(prefix.length()))
                        : Optional.empty();
        Sent file =
                found.orElseThrow(() ->
                        new HttpProblem(
                                404,
                                "no-such-file",
                                "There is no such file",
                                "load the page again: the program may have been updated"));
        String accepted = request.header("Accept-Encoding");
        boolean zip = file.zipped().isPresent() && accepted != null && accepted.contains("gzip");
        request.answer(
                200,
                zip
                        ? Map.of(
                                "Content-Type",
                                file.type(),
                                "Cache-Control",
                                FOREVER,
                                "Vary",
                                "Accept-Encoding",
                                "Content-Encoding",
                                "gzip")
                        : Map.of(
                                "Content-Type",
                                file.type(),
                                "Cache-Control",
                                FOREVER,
                                "Vary",
                                "Accept-Encoding"),
                zip ? file.zipped().get() : file.plain());
    }

    private Optional<Sent> sent(String path) {
        Sent there = ready.get(path);
        if (there == null) {
            there = content(path).flatMap(it -> sent(path, it)).orElse(null);
            if (there != null) {
                ready.put(path, there);
            }
        }
        return Optional.ofNullable(there);
    }

    private Optional<byte[]> content(String path) {
        byte[] mine = own.get(path);
        if (mine != null) {
            return Optional.of(mine);
        }
        int slash = path.indexOf('/');
        String artifact = LIBRARIES.get(path.substring(0, slash));
        String file = path.substring(slash + 1);
        return artifact != null && LIBRARY_FILE.matcher(file).matches()
                ? Resources.library(artifact, file)
                : Optional.empty();
    }

    private static Optional<Sent> sent(String path, byte[] content) {
        return Optional.ofNullable(TYPES.get(path.substring(path.lastIndexOf('.') + 1)))
                .map(type -> {
                    byte[] zipped = zip(content);
                    return new Sent(
                            type,
                            Bytes.of(content),
                            zipped.length < content.length * 9 / 10
                                    ? Optional.of(Bytes.of(zipped))
                                    : Optional.empty());
                });
    }

    private static byte[] zip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
