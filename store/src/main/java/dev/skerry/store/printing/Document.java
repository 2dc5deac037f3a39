package dev.skerry.store.printing;

import java.util.ArrayList;
import java.util.List;

/// What is on a piece of paper, in words and in order, without saying how wide the paper is: each renderer makes its form of it.
///
/// @param language BCP 47, of its words
/// @param drawer the cash drawer opens
record Document(String language, List<Block> blocks, boolean drawer) {

    Document {
        blocks = List.copyOf(blocks);
    }

    enum Style {
        NORMAL,
        STRONG,
        /// What the eye has to find: the total.
        TALL,
        /// As large as it gets.
        BIG
    }

    /// A part, below the one before.
    sealed interface Block {

        /// Across the middle.
        record Centred(String text, Style style) implements Block {}

        /// From the left.
        record Left(String text, Style style) implements Block {}

        /// What it is at the left, how much at the right. What is at the right is never broken, if that can be helped.
        ///
        /// @param indent in characters
        record Row(String left, String right, int indent, Style style) implements Block {}

        /// All rows have as many cells as the head. All but the first are numbers.
        record Grid(List<String> head, List<List<String>> rows) implements Block {
            public Grid {
                head = List.copyOf(head);
                rows = List.copyOf(rows);
            }
        }

        record Ruler() implements Block {}

        record Gap() implements Block {}

        /// To be scanned at a till: a bar code, or a QR code where the paper is too narrow.
        record Scan(String text) implements Block {}

        /// To be scanned with a telephone.
        record Qr(String text) implements Block {}
    }

    /// Collects blocks. For one thread.
    static final class Sheet {
        private final List<Block> blocks = new ArrayList<>();

        Sheet centred(String text, Style style) {
            blocks.add(new Block.Centred(text, style));
            return this;
        }

        Sheet left(String text, Style style) {
            blocks.add(new Block.Left(text, style));
            return this;
        }

        Sheet row(String left, String right) {
            return row(left, right, 0, Style.NORMAL);
        }

        Sheet row(String left, String right, int indent, Style style) {
            blocks.add(new Block.Row(left, right, indent, style));
            return this;
        }

        Sheet add(Block block) {
            blocks.add(block);
            return this;
        }

        /// No two of them below each other, and none at the top.
        Sheet ruler() {
            if (!blocks.isEmpty() && !(blocks.getLast() instanceof Block.Ruler)) {
                blocks.add(new Block.Ruler());
            }
            return this;
        }

        Sheet gap() {
            blocks.add(new Block.Gap());
            return this;
        }

        Document done(String language, boolean drawer) {
            return new Document(language, blocks, drawer);
        }
    }
}
