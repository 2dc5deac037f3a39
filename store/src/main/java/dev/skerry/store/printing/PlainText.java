package dev.skerry.store.printing;

import java.util.function.UnaryOperator;

/// A document as text, for a screen or a mail in a font of equal widths. What only a machine can read is left out.
final class PlainText {

    private PlainText() {}

    static String of(Document document, int columns) {
        return of(document, columns, Letters.clean());
    }

    /// As it would be on the paper of a printer that has these letters.
    static String of(Document document, int columns, UnaryOperator<String> letters) {
        StringBuilder text = new StringBuilder();
        for (Layout.Piece piece : Layout.of(document, columns, letters)) {
            if (piece instanceof Layout.Piece.Line(String line, boolean centred, _)) {
                String margin =
                        centred ? " ".repeat(Math.max((columns - line.length()) / 2, 0)) : "";
                text.append((margin + line).stripTrailing()).append('\n');
            }
        }
        return text.toString();
    }
}
