package dev.skerry.app.printer;

import dev.skerry.language.printing.Code128;
import dev.skerry.language.printing.QrCode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A piece of paper that a printer has cut off.
///
/// @param columns characters of the normal font in a line
/// @param marks from the top down
/// @param drawer the cash drawer was opened while it was printed
/// @param unknown commands that this printer does not know, in hexadecimal
public record Paper(int columns, List<Mark> marks, boolean drawer, List<String> unknown) {

    static final int CELL_WIDTH_DOTS = 12;
    static final int CELL_HEIGHT_DOTS = 24;

    /// From one line to the next.
    static final int LINE_DOTS = 30;

    private static final int MARGIN_DOTS = 28;
    private static final int TOOTH_DOTS = 8;

    public Paper {
        marks = List.copyOf(marks);
        unknown = List.copyOf(unknown);
    }

    public enum Align {
        LEFT,
        CENTRE,
        RIGHT
    }

    /// How a letter looks.
    ///
    /// @param wide times as wide as normal, 1 to 8; so for high
    public record Look(boolean bold, boolean underlined, boolean inverse, int wide, int high) {
        static final Look PLAIN = new Look(false, false, false, 1, 1);
    }

    public record Letter(String text, Look look) {}

    /// Something on the paper.
    public sealed interface Mark {
        record Line(List<Letter> letters, Align align) implements Mark {
            public Line {
                letters = List.copyOf(letters);
            }

            String text() {
                StringBuilder all = new StringBuilder();
                letters.forEach(it -> all.append(it.text()));
                return all.toString();
            }
        }

        /// @param module width of the thinnest bar, in dots
        record Bars(String text, int module, int height, Align align) implements Mark {}

        record Matrix(String text, int module, Align align) implements Mark {}

        /// A picture, row by row.
        record Picture(int width, int height, BitSet dots, Align align) implements Mark {}

        record Feed(int dots) implements Mark {}
    }

    /// The letters, in a font of equal widths; pictures and bar codes are left out.
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Mark mark : marks) {
            if (mark instanceof Mark.Line line) {
                String letters = line.text();
                int spare = Math.max(columns - letters.length(), 0);
                int margin =
                        switch (line.align()) {
                            case LEFT -> 0;
                            case CENTRE -> spare / 2;
                            case RIGHT -> spare;
                        };
                text.append((" ".repeat(margin) + letters).stripTrailing()).append('\n');
            }
        }
        return text.toString();
    }

    /// As it looks, as an SVG image: one unit is one dot.
    String svg() {
        return new Drawing(this).svg();
    }

    /// Draws from the top down.
    private static final class Drawing {
        private final Paper paper;
        private final StringBuilder svg = new StringBuilder();
        private final int inner;
        private int y = MARGIN_DOTS;

        Drawing(Paper paper) {
            this.paper = paper;
            this.inner = paper.columns * CELL_WIDTH_DOTS;
        }

        String svg() {
            paper.marks.forEach(this::draw);
            int width = inner + 2 * MARGIN_DOTS;
            int height = y + MARGIN_DOTS;
            return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"'DejaVu Sans Mono','Liberation Mono',monospace\" font-size=\"20\" fill=\"#1c1c1c\">\n<path d=\"%s\" fill=\"#fffefa\" stroke=\"#d8d4c8\"/>\n%s</svg>\n"
                    .formatted(width, height, width, height, outline(width, height), svg);
        }

        /// Cut at the top, torn at the bottom.
        private static String outline(int width, int height) {
            StringBuilder path =
                    new StringBuilder("M0.5 0.5H%d.5V%d".formatted(width - 1, height - TOOTH_DOTS));
            boolean down = true;
            for (int x = width - 1 - TOOTH_DOTS; x > 0; x -= TOOTH_DOTS) {
                path.append("L%d %d".formatted(x, down ? height - 1 : height - TOOTH_DOTS));
                down = !down;
            }
            return path.append("L0.5 %dZ".formatted(height - TOOTH_DOTS)).toString();
        }

        private void draw(Mark mark) {
            switch (mark) {
                case Mark.Line line -> line(line);
                case Mark.Bars bars -> bars(bars);
                case Mark.Matrix matrix -> matrix(matrix);
                case Mark.Picture picture -> picture(picture);
                case Mark.Feed(int dots) -> y += dots;
            }
        }

        private int left(int width, Align align) {
            int spare = Math.max(inner - width, 0);
            return MARGIN_DOTS
                    + switch (align) {
                        case LEFT -> 0;
                        case CENTRE -> spare / 2;
                        case RIGHT -> spare;
                    };
        }

        private void line(Mark.Line line) {
            int width =
                    line.letters().stream()
                            .mapToInt(it -> it.look().wide() * CELL_WIDTH_DOTS)
                            .sum();
            int high = line.letters().stream().mapToInt(it -> it.look().high()).max().orElse(1);
            int x = left(width, line.align());
            int base = y + high * CELL_HEIGHT_DOTS - 5 * high;
            for (List<Letter> run : runs(line.letters())) {
                x = run(run, x, base);
            }
            y += high * CELL_HEIGHT_DOTS + LINE_DOTS - CELL_HEIGHT_DOTS;
        }

        private static List<List<Letter>> runs(List<Letter> letters) {
            List<List<Letter>> runs = new ArrayList<>();
            for (Letter letter : letters) {
                if (runs.isEmpty() || !runs.getLast().getLast().look().equals(letter.look())) {
                    runs.add(new ArrayList<>());
                }
                runs.getLast().add(letter);
            }
            return runs;
        }

        private int run(List<Letter> run, int x, int base) {
            Look look = run.getFirst().look();
            int width = run.size() * CELL_WIDTH_DOTS;
            if (look.inverse()) {
                svg.append(
                        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n"
                                .formatted(
                                        x,
                                        base - 19 * look.high(),
                                        width * look.wide(),
                                        CELL_HEIGHT_DOTS * look.high()));
            }
            // Word by word: what draws an SVG makes one space of many.
            int from = 0;
            while (from < run.size()) {
                int end = from;
                StringBuilder word = new StringBuilder();
                while (end < run.size() && !run.get(end).text().isBlank()) {
                    word.append(run.get(end++).text());
                }
                if (!word.isEmpty()) {
                    word(
                            word.toString(),
                            end - from,
                            look,
                            x + from * CELL_WIDTH_DOTS * look.wide(),
                            base);
                }
                from = end + 1;
            }
            return x + width * look.wide();
        }

        private void word(String word, int letters, Look look, int x, int base) {
            svg.append(
                    "<text transform=\"translate(%d %d) scale(%d %d)\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\"%s%s%s>%s</text>\n"
                            .formatted(
                                    x,
                                    base,
                                    look.wide(),
                                    look.high(),
                                    letters * CELL_WIDTH_DOTS,
                                    look.bold() ? " font-weight=\"bold\"" : "",
                                    look.underlined() ? " text-decoration=\"underline\"" : "",
                                    look.inverse() ? " fill=\"#fffefa\"" : "",
                                    escaped(word)));
        }

        private void bars(Mark.Bars bars) {
            if (!Code128.fits(bars.text())) {
                return;
            }
            Code128 code = Code128.of(bars.text());
            int x = left(code.modules() * bars.module(), bars.align());
            StringBuilder path = new StringBuilder();
            boolean bar = true;
            for (int modules : code.widths()) {
                int width = modules * bars.module();
                if (bar) {
                    path.append("M%d %dh%dv%dh-%dz".formatted(x, y, width, bars.height(), width));
                }
                x += width;
                bar = !bar;
            }
            path(path);
            y += bars.height() + LINE_DOTS - CELL_HEIGHT_DOTS;
        }

        private void matrix(Mark.Matrix matrix) {
            if (!QrCode.fits(matrix.text())) {
                return;
            }
            QrCode code = QrCode.of(matrix.text());
            int module = matrix.module();
            int left = left(code.size() * module, matrix.align());
            StringBuilder path = new StringBuilder();
            for (int row = 0; row < code.size(); row++) {
                for (int column = 0; column < code.size(); column++) {
                    if (code.dark(column, row)) {
                        path.append(
                                "M%d %dh%dv%dh-%dz"
                                        .formatted(
                                                left + column * module,
                                                y + row * module,
                                                module,
                                                module,
                                                module));
                    }
                }
            }
            path(path);
            y += code.size() * module + LINE_DOTS - CELL_HEIGHT_DOTS;
        }

        private void picture(Mark.Picture picture) {
            int left = left(picture.width(), picture.align());
            StringBuilder path = new StringBuilder();
            for (int row = 0; row < picture.height(); row++) {
                int from = row * picture.width();
                int dot = picture.dots().nextSetBit(from);
                while (dot >= 0 && dot < from + picture.width()) {
                    int end = Math.min(picture.dots().nextClearBit(dot), from + picture.width());
                    path.append(
                            "M%d %dh%dv1h-%dz"
                                    .formatted(left + dot - from, y + row, end - dot, end - dot));
                    dot = picture.dots().nextSetBit(end);
                }
            }
            path(path);
            y += picture.height();
        }

        private void path(StringBuilder path) {
            svg.append("<path shape-rendering=\"crispEdges\" d=\"").append(path).append("\"/>\n");
        }

        private static String escaped(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
    }
}
