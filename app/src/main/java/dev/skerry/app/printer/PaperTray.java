package dev.skerry.app.printer;

import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.Request;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where cut paper falls: each piece becomes two files, `0001.txt` and `0001.svg`, and a page shows the last ones. Any thread.
final class PaperTray {

    private static final int SHOWN_MAX = 12;
    private static final Pattern FILE = Pattern.compile("([0-9]{4,9})\\.svg");

    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'";

    /// @param svg as it is drawn
    private record Piece(int number, String svg, boolean drawer, List<String> unknown) {}

    private final Path folder;
    private final Deque<Piece> last = new ArrayDeque<>();
    private int number;

    /// @param folder is made if it is not there; numbers go on after the last one in it
    PaperTray(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            number =
                    files.map(it -> FILE.matcher(it.getFileName().toString()))
                            .filter(Matcher::matches)
                            .mapToInt(it -> Integer.parseInt(it.group(1)))
                            .max()
                            .orElse(0);
        }
    }

    synchronized void take(Paper paper) {
        number++;
        String name = "%04d".formatted(number);
        String svg = paper.svg();
        try {
            Files.writeString(folder.resolve(name + ".txt"), paper.text());
            Files.writeString(folder.resolve(name + ".svg"), svg);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        last.addFirst(new Piece(number, svg, paper.drawer(), paper.unknown()));
        if (last.size() > SHOWN_MAX) {
            last.removeLast();
        }
    }

    /// How many pieces there are, those of earlier runs among them.
    synchronized int count() {
        return number;
    }

    /// Adds the page.
    HttpSetup addTo(HttpSetup setup) {
        return setup.route("GET", "/", this::page).route("GET", "/paper/{number}", this::picture);
    }

    private void page(Request request) throws IOException {
        StringBuilder all =
                new StringBuilder(
                        """
                        <!DOCTYPE html>
                        <html lang="en">
                        <head>
                        <meta charset="utf-8">
                        <meta http-equiv="refresh" content="2">
                        <title>Skerry printer</title>
                        <style>
                        body{margin:0;padding:1.5rem;background:#3b4148;color:#eceae4;font:15px/1.4 system-ui,sans-serif}
                        main{display:flex;gap:1.5rem;align-items:flex-start;overflow-x:auto;padding-bottom:1rem}
                        h1{font-size:1.1rem}
                        figure{flex:none;margin:0;width:19rem}
                        figcaption{margin-bottom:.4rem}
                        img{width:100%;filter:drop-shadow(0 2px 8px rgba(0,0,0,.45))}
                        </style>
                        </head>
                        <body>
                        <h1>Printer: the last first</h1>
                        <main>
                        """);
        synchronized (this) {
            if (last.isEmpty()) {
                all.append("<p>Nothing has been printed yet.</p>\n");
            }
            for (Piece piece : last) {
                String name = "%04d".formatted(piece.number());
                all.append("<figure><figcaption>")
                        .append(name)
                        .append(piece.drawer() ? ", the drawer opened" : "")
                        .append(piece.unknown().isEmpty() ? "" : ", with unknown commands")
                        .append("</figcaption><img alt=\"Paper ")
                        .append(name)
                        .append("\" src=\"/paper/")
                        .append(piece.number())
                        .append("\"></figure>\n");
            }
        }
        all.append("</main>\n</body>\n</html>\n");
        answer(request, "text/html; charset=utf-8", all.toString());
    }

    private void picture(Request request) throws IOException {
        String wanted = request.parameter("number");
        Optional<String> svg;
        synchronized (this) {
            svg =
                    last.stream()
                            .filter(it -> String.valueOf(it.number()).equals(wanted))
                            .map(Piece::svg)
                            .findFirst();
        }
        if (svg.isEmpty()) {
            request.answer(
                    404,
                    Map.of("Content-Type", "text/plain"),
                    Bytes.of("It is not shown any more."));
        } else {
            answer(request, "image/svg+xml", svg.get());
        }
    }

    private static void answer(Request request, String type, String body) throws IOException {
        request.answer(
                200,
                Map.of(
                        "Content-Type",
                        type,
                        "Cache-Control",
                        "no-store",
                        "Content-Security-Policy",
                        POLICY),
                Bytes.of(body));
    }
}
