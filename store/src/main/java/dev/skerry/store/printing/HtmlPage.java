package dev.skerry.store.printing;

import dev.skerry.language.printing.Code128;
import dev.skerry.language.printing.QrCode;
import dev.skerry.store.printing.Document.Block;
import dev.skerry.store.printing.Document.Style;
import java.util.List;
import java.util.Locale;

/// A document as a page that needs nothing else: no script, no font, no picture from elsewhere. Made for eyes and for screen readers:
/// rows are tables, bar codes have a text.
final class HtmlPage {

    private static final String STYLE =
            """
            :root{color-scheme:light}
            body{margin:0;background:#e9e7e2;color:#111;font:15px/1.45 system-ui,sans-serif}
            main{box-sizing:border-box;max-width:26rem;margin:1.5rem auto;padding:1.75rem 1.5rem;background:#fff;box-shadow:0 1px 6px rgba(0,0,0,.18)}
            h1{margin:0 0 .25rem;font-size:1.35rem;line-height:1.2;text-align:center}
            p{margin:0;overflow-wrap:anywhere}
            p.c{text-align:center}
            p.strong,tr.strong{font-weight:600}
            p.big{margin:.4rem 0;font-size:1.5rem;font-weight:700;line-height:1.2;text-align:center}
            p.gap{height:.7rem}
            hr{margin:.7rem 0;border:0;border-top:1px dashed #777}
            table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
            th,td{padding:.06rem 0;vertical-align:top;text-align:left;font-weight:inherit;overflow-wrap:anywhere}
            td.n,th.n{padding-left:.9rem;text-align:right;white-space:pre;overflow-wrap:normal}
            td.n{font-family:ui-monospace,"Liberation Mono",monospace;font-size:.93em}
            tr.tall{font-size:1.3rem;font-weight:700}
            tr.i1 th,tr.i1 td:first-child{padding-left:1rem;color:#333}
            tr.i2 th,tr.i2 td:first-child{padding-left:2rem;color:#333}
            thead th{color:#333;font-size:.87rem}
            svg{display:block;max-width:100%;height:auto;margin:.6rem auto .2rem}
            @media print{body{background:#fff}main{margin:0;box-shadow:none}}
            """;

    private static final int MODULE_PIXELS = 3;
    private static final int BAR_HEIGHT_MODULES = 26;

    private final StringBuilder html = new StringBuilder();
    private boolean inTable;
    private boolean titled;

    private HtmlPage() {}

    static String of(Document document, String title) {
        HtmlPage page = new HtmlPage();
        page.html
                .append("<!DOCTYPE html>\n<html lang=\"")
                .append(escaped(document.language()))
                .append("\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append(
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"robots\" content=\"noindex\">\n<title>")
                .append(escaped(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n");
        document.blocks().forEach(page::block);
        page.endTable();
        return page.html.append("</main>\n</body>\n</html>\n").toString();
    }

    private void block(Block block) {
        if (!(block instanceof Block.Row)) {
            endTable();
        }
        switch (block) {
            case Block.Centred(String text, Style style) -> centred(text, style);
            case Block.Left(String text, Style style) ->
                    element("p", style == Style.NORMAL ? "" : "strong", text);
            case Block.Row row -> row(row);
            case Block.Grid grid -> grid(grid);
            case Block.Ruler() -> html.append("<hr>\n");
            case Block.Gap() -> html.append("<p class=\"gap\"></p>\n");
            case Block.Scan(String text) -> bars(text);
            case Block.Qr(String text) -> matrix(text);
        }
    }

    private void centred(String text, Style style) {
        if (style == Style.BIG && !titled) {
            titled = true;
            element("h1", "", text);
        } else {
            element(
                    "p",
                    switch (style) {
                        case NORMAL -> "c";
                        case STRONG -> "c strong";
                        case TALL, BIG -> "big";
                    },
                    text);
        }
    }

    private void element(String name, String style, String text) {
        html.append('<').append(name);
        if (!style.isEmpty()) {
            html.append(" class=\"").append(style).append('"');
        }
        html.append('>').append(escaped(text)).append("</").append(name).append(">\n");
    }

    private void row(Block.Row row) {
        if (!inTable) {
            html.append("<table>\n");
            inTable = true;
        }
        String style =
                row.style() == Style.NORMAL ? "" : row.style().name().toLowerCase(Locale.ROOT);
        String indent = row.indent() == 0 ? "" : row.indent() < 3 ? "i1" : "i2";
        String all = (style + " " + indent).strip();
        html.append(all.isEmpty() ? "<tr>" : "<tr class=\"" + all + "\">");
        if (row.right().isBlank()) {
            html.append("<td colspan=\"2\">").append(escaped(row.left())).append("</td>");
        } else {
            html.append("<th scope=\"row\">")
                    .append(escaped(row.left()))
                    .append("</th><td class=\"n\">")
                    .append(escaped(row.right()))
                    .append("</td>");
        }
        html.append("</tr>\n");
    }

    private void endTable() {
        if (inTable) {
            html.append("</table>\n");
            inTable = false;
        }
    }

    private void grid(Block.Grid grid) {
        html.append("<table>\n<thead><tr>");
        for (int i = 0; i < grid.head().size(); i++) {
            html.append(i == 0 ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"n\">")
                    .append(escaped(grid.head().get(i)))
                    .append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : grid.rows()) {
            html.append("<tr><th scope=\"row\">").append(escaped(row.getFirst())).append("</th>");
            row.stream()
                    .skip(1)
                    .forEach(cell ->
                            html.append("<td class=\"n\">").append(escaped(cell)).append("</td>"));
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table>\n");
    }

    private void bars(String text) {
        if (!Code128.fits(text)) {
            return;
        }
        Code128 code = Code128.of(text);
        StringBuilder path = new StringBuilder();
        int x = Code128.QUIET_MODULES;
        boolean bar = true;
        for (int width : code.widths()) {
            if (bar) {
                path.append("M%d 0h%dv%dh-%dz".formatted(x, width, BAR_HEIGHT_MODULES, width));
            }
            x += width;
            bar = !bar;
        }
        svg(text, code.modules() + 2 * Code128.QUIET_MODULES, BAR_HEIGHT_MODULES, path);
    }

    private void matrix(String text) {
        if (!QrCode.fits(text)) {
            return;
        }
        QrCode code = QrCode.of(text);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size(); y++) {
            for (int x = 0; x < code.size(); x++) {
                if (code.dark(x, y)) {
                    path.append(
                            "M%d %dh1v1h-1z"
                                    .formatted(x + QrCode.QUIET_MODULES, y + QrCode.QUIET_MODULES));
                }
            }
        }
        int side = code.size() + 2 * QrCode.QUIET_MODULES;
        svg(text, side, side, path);
    }

    private void svg(String text, int width, int height, StringBuilder path) {
        html.append(
                        "<svg role=\"img\" aria-label=\"%s\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\"><path d=\""
                                .formatted(
                                        escaped(text),
                                        width * MODULE_PIXELS,
                                        height * MODULE_PIXELS,
                                        width,
                                        height))
                .append(path)
                .append("\"/></svg>\n");
    }

    /// For text and for the values of attributes.
    static String escaped(String text) {
        StringBuilder all = new StringBuilder();
        Letters.clean()
                .apply(text)
                .codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '&' -> all.append("&amp;");
                        case '<' -> all.append("&lt;");
                        case '>' -> all.append("&gt;");
                        case '"' -> all.append("&quot;");
                        case '\'' -> all.append("&#39;");
                        default -> all.appendCodePoint(c);
                    }
                });
        return all.toString();
    }
}
