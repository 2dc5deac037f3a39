package dev.skerry.store.printing;

import dev.skerry.language.printing.Code128;
import dev.skerry.language.printing.QrCode;
import dev.skerry.store.printing.Document.Block;
import dev.skerry.store.printing.Document.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// Breaks a document into lines of a width. Nothing is left out: what is too long goes on in the next line, and an amount stands at
/// the right, whole.
final class Layout {

    /// Of the normal font of a receipt printer; a line of 80 mm paper has 48 characters, so 576 dots.
    static final int DOTS_A_COLUMN = 12;

    /// Of one module of a bar code. One dot is too thin for most scanners.
    static final int DOTS_A_MODULE = 2;

    /// So much of a name, at least, is left of its amount; else the amount gets its own line.
    private static final int NAME_MIN = 8;

    private static final int GRID_SPACE = 1;

    /// What is on paper.
    sealed interface Piece {

        /// Stands as it is, from the left, or in the middle where `centred`. A BIG character is two columns wide.
        record Line(String text, boolean centred, Style style) implements Piece {}

        record Bars(String text) implements Piece {}

        record Matrix(String text) implements Piece {}
    }

    private final int columns;
    private final UnaryOperator<String> letters;
    private final List<Piece> pieces = new ArrayList<>();

    private Layout(int columns, UnaryOperator<String> letters) {
        this.columns = columns;
        this.letters = letters;
    }

    /// @param columns characters in a line
    /// @param letters makes a text one that can be printed; may make it longer
    static List<Piece> of(Document document, int columns, UnaryOperator<String> letters) {
        Layout layout = new Layout(columns, letters);
        document.blocks().forEach(layout::block);
        return List.copyOf(layout.pieces);
    }

    private void block(Block block) {
        switch (block) {
            case Block.Centred(String text, Style style) ->
                    wrap(letters.apply(text), style == Style.BIG ? columns / 2 : columns)
                            .forEach(line -> add(line.strip(), true, style));
            case Block.Left(String text, Style style) ->
                    wrap(letters.apply(text), columns).forEach(line -> add(line, false, style));
            case Block.Row(String left, String right, int indent, Style style) ->
                    row(letters.apply(left), letters.apply(right), indent, style);
            case Block.Grid(List<String> head, List<List<String>> rows) -> grid(head, rows);
            case Block.Ruler() -> add("-".repeat(columns), false, Style.NORMAL);
            case Block.Gap() -> add("", false, Style.NORMAL);
            case Block.Scan(String text) -> scan(text);
            case Block.Qr(String text) -> {
                if (QrCode.fits(text)) {
                    pieces.add(new Piece.Matrix(text));
                }
            }
        }
    }

    private void add(String text, boolean centred, Style style) {
        pieces.add(new Piece.Line(text.stripTrailing(), centred, style));
    }

    private void row(String left, String right, int indent, Style style) {
        String margin = " ".repeat(indent);
        if (right.isBlank()) {
            wrap(left, columns - indent).forEach(line -> add(margin + line, false, style));
            return;
        }
        int room = columns - indent - right.length() - 1;
        if (room < Math.min(NAME_MIN, left.length())) {
            wrap(left, columns - indent).forEach(line -> add(margin + line, false, style));
            wrap(right, columns).forEach(line -> add(pad(line, columns), false, style));
            return;
        }
        List<String> names = wrap(left, room);
        add(
                margin
                        + names.getFirst()
                        + pad(right, room - names.getFirst().length() + 1 + right.length()),
                false,
                style);
        names.stream().skip(1).forEach(line -> add(margin + line, false, style));
    }

    /// At the right end of so many columns.
    private static String pad(String text, int width) {
        return " ".repeat(Math.max(width - text.length(), 0)) + text;
    }

    private void grid(List<String> head, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(head.stream().map(letters).toList());
        rows.forEach(row -> all.add(row.stream().map(letters).toList()));
        int[] widths = new int[head.size()];
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        int needed = Arrays.stream(widths).sum() + GRID_SPACE * (widths.length - 1);
        if (needed <= columns) {
            all.forEach(row -> add(gridLine(row, widths, columns - needed), false, Style.NORMAL));
            return;
        }
        // Too wide: each row becomes a few lines, each cell beside its head.
        for (List<String> row : all.subList(1, all.size())) {
            add(row.getFirst(), false, Style.NORMAL);
            for (int i = 1; i < row.size(); i++) {
                row(all.getFirst().get(i), row.get(i), 2, Style.NORMAL);
            }
        }
    }

    private static String gridLine(List<String> cells, int[] widths, int spare) {
        // What is left over goes between the columns, the rest of it after the first.
        int each = cells.size() < 2 ? 0 : spare / (cells.size() - 1);
        StringBuilder line = new StringBuilder(cells.getFirst());
        int end = widths[0] + spare - each * (cells.size() - 1);
        for (int i = 1; i < cells.size(); i++) {
            end += GRID_SPACE + each + widths[i];
            line.append(pad(cells.get(i), end - line.length()));
        }
        return line.toString();
    }

    private void scan(String text) {
        if (Code128.fits(text)
                && (Code128.of(text).modules() + 2 * Code128.QUIET_MODULES) * DOTS_A_MODULE
                        <= columns * DOTS_A_COLUMN) {
            pieces.add(new Piece.Bars(text));
        } else if (QrCode.fits(text)) {
            pieces.add(new Piece.Matrix(text));
        }
    }

    /// Breaks at spaces, and within words only where one is longer than a line.
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split(" +", -1)) {
            String rest = word;
            if (!line.isEmpty() && line.length() + 1 + rest.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (!line.isEmpty()) {
                line.append(' ');
            }
            while (rest.length() > width) {
                // Both halves of a character outside the basic plane stay together.
                int cut = Character.isHighSurrogate(rest.charAt(width - 1)) ? width - 1 : width;
                lines.add(rest.substring(0, cut));
                rest = rest.substring(cut);
            }
            line.append(rest);
        }
        lines.add(line.toString());
        return lines;
    }
}
