package dev.skerry.app.printer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.app.printer.Paper.Align;
import dev.skerry.app.printer.Paper.Letter;
import dev.skerry.app.printer.Paper.Look;
import dev.skerry.app.printer.Paper.Mark;
import dev.skerry.language.printing.CodePage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// Understands ESC/POS, after Epson's command reference: one command or letter a call. What it does not know it notes and passes over.
/// One thread.
final class EscPosReader {

    private static final int DLE = 0x10;
    private static final int FS = 0x1C;
    private static final int ESC = 0x1B;
    private static final int GS = 0x1D;
    private static final int TAB_COLUMNS = 8;
    private static final int BARS_HEIGHT_DOTS = 162;
    private static final int BARS_MODULE_DOTS = 3;
    private static final int MATRIX_MODULE_DOTS = 3;
    private static final int CODE_128 = 73;

    /// How a byte count is read.
    private static final int MORE_NEEDED = 0;

    private final int columns;
    private final Consumer<Paper> cut;
    private final IntConsumer answer;

    private final List<Mark> marks = new ArrayList<>();
    private final List<Letter> line = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private boolean drawer;

    private CodePage page = CodePage.PC437;
    private boolean knownPage = true;
    private Align align = Align.LEFT;
    private Look look = Look.PLAIN;
    private int barsHeight = BARS_HEIGHT_DOTS;
    private int barsModule = BARS_MODULE_DOTS;
    private boolean barsText;
    private int matrixModule = MATRIX_MODULE_DOTS;
    private String matrixText = "";

    /// @param cut gets each piece of paper that is cut off
    /// @param answer sends a byte back, in its turn
    EscPosReader(int columns, Consumer<Paper> cut, IntConsumer answer) {
        this.columns = columns;
        this.cut = cut;
        this.answer = answer;
        reset();
    }

    private void reset() {
        page = CodePage.PC437;
        knownPage = true;
        align = Align.LEFT;
        look = Look.PLAIN;
        barsHeight = BARS_HEIGHT_DOTS;
        barsModule = BARS_MODULE_DOTS;
        barsText = false;
        matrixModule = MATRIX_MODULE_DOTS;
        line.clear();
    }

    /// Whether what comes next ends a line of letters, or prints something else.
    static boolean feeds(int next) {
        return next == '\n';
    }

    /// Reads the next command or letter.
    ///
    /// @return how many bytes it had; 0 if it is not all there yet
    int read(byte[] bytes, int from, int to) {
        int first = bytes[from] & 0xFF;
        return switch (first) {
            case '\n' -> {
                endLine();
                yield 1;
            }
            case '\r', 0x18 -> 1;
            case '\t' -> {
                int spaces = TAB_COLUMNS - line.size() % TAB_COLUMNS;
                for (int i = 0; i < spaces; i++) {
                    letter(" ");
                }
                yield 1;
            }
            case ESC -> to - from < 2 ? MORE_NEEDED : escape(bytes, from, to);
            case GS -> to - from < 2 ? MORE_NEEDED : group(bytes, from, to);
            case FS -> to - from < 2 ? MORE_NEEDED : file(bytes, from, to);
            // DLE ENQ n and DLE DC4 …: nothing to recover from, and the drawer has its own command.
            case DLE ->
                    to - from < 2 ? MORE_NEEDED : whole(bytes[from + 1] == 0x14 ? 5 : 3, from, to);
            default -> {
                if (first < ' ') {
                    note(bytes, from, 1);
                } else {
                    letter(
                            first < 0x80
                                    ? String.valueOf((char) first)
                                    : knownPage
                                            ? new String(bytes, from, 1, page.charset())
                                            : "\uFFFD");
                }
                yield 1;
            }
        };
    }

    private static int whole(int length, int from, int to) {
        return to - from < length ? MORE_NEEDED : length;
    }

    private int note(byte[] bytes, int from, int length) {
        unknown.add(HexFormat.ofDelimiter(" ").formatHex(bytes, from, from + length));
        return length;
    }

    // ---- ESC

    private int escape(byte[] bytes, int from, int to) {
        int command = bytes[from + 1] & 0xFF;
        int length =
                switch (command) {
                    case '@', '2', 'i', 'm' -> 2;
                    case 'p' -> 5;
                    case '$', '\\' -> 4;
                    case '*' -> to - from < 5 ? Integer.MAX_VALUE : 5 + bitImage(bytes, from);
                    case 'D' -> tabs(bytes, from, to);
                    default -> 3;
                };
        if (to - from < length) {
            return MORE_NEEDED;
        }
        int n = length > 2 ? bytes[from + 2] & 0xFF : 0;
        switch (command) {
            case '@' -> reset();
            case 't' -> codePage(n);
            case 'a' ->
                    align =
                            switch (n % 48) {
                                case 1 -> Align.CENTRE;
                                case 2 -> Align.RIGHT;
                                default -> Align.LEFT;
                            };
            case 'E', 'G' -> look = with((n & 1) == 1, look.underlined(), look.inverse());
            case '-' -> look = with(look.bold(), n % 48 > 0, look.inverse());
            case '!' ->
                    look =
                            new Look(
                                    (n & 0x08) != 0,
                                    (n & 0x80) != 0,
                                    look.inverse(),
                                    (n & 0x20) != 0 ? 2 : 1,
                                    (n & 0x10) != 0 ? 2 : 1);
            case 'd' -> {
                for (int i = 0; i < n; i++) {
                    endLine();
                }
            }
            case 'J' -> {
                flush();
                marks.add(new Mark.Feed(n));
            }
            case 'p' -> drawer = true;
            case 'i', 'm' -> cutOff();
            case '*' -> picture(bytes, from);
            // Spacing, fonts, national letters, tabs, positions, panel buttons: nothing that is
            // read on a receipt.
            case '2', '3', ' ', 'M', 'R', 'D', '$', '\\', 'c', '{', 'V', 'U', 'r', '=' -> {
                return command == 'c' ? whole(4, from, to) : length;
            }
            default -> note(bytes, from, length);
        }
        return length;
    }

    private static int tabs(byte[] bytes, int from, int to) {
        for (int i = from + 2; i < to; i++) {
            if (bytes[i] == 0) {
                return i + 1 - from;
            }
        }
        return Integer.MAX_VALUE;
    }

    private Look with(boolean bold, boolean underlined, boolean inverse) {
        return new Look(bold, underlined, inverse, look.wide(), look.high());
    }

    private void codePage(int number) {
        List<CodePage> found =
                Arrays.stream(CodePage.values()).filter(it -> it.number() == number).toList();
        knownPage = !found.isEmpty();
        if (knownPage) {
            page = found.getFirst();
        } else {
            unknown.add("code page " + number);
        }
    }

    private static int bitImage(byte[] bytes, int from) {
        int columnsOfDots = (bytes[from + 3] & 0xFF) + 256 * (bytes[from + 4] & 0xFF);
        return columnsOfDots * (bytes[from + 2] >= 32 ? 3 : 1);
    }

    /// ESC *: columns of 8 or 24 dots.
    private void picture(byte[] bytes, int from) {
        flush();
        int width = (bytes[from + 3] & 0xFF) + 256 * (bytes[from + 4] & 0xFF);
        int bytesHigh = bytes[from + 2] >= 32 ? 3 : 1;
        BitSet dots = new BitSet();
        for (int x = 0; x < width; x++) {
            for (int row = 0; row < bytesHigh * 8; row++) {
                int one = bytes[from + 5 + x * bytesHigh + row / 8];
                dots.set(row * width + x, (one >>> (7 - row % 8) & 1) == 1);
            }
        }
        marks.add(new Mark.Picture(width, bytesHigh * 8, dots, align));
    }

    // ---- GS

    private int group(byte[] bytes, int from, int to) {
        int command = bytes[from + 1] & 0xFF;
        if (to - from < 3) {
            return MORE_NEEDED;
        }
        int n = bytes[from + 2] & 0xFF;
        return switch (command) {
            case '!' -> {
                look =
                        new Look(
                                look.bold(),
                                look.underlined(),
                                look.inverse(),
                                (n >>> 4 & 7) + 1,
                                (n & 7) + 1);
                yield 3;
            }
            case 'B' -> {
                look = with(look.bold(), look.underlined(), (n & 1) == 1);
                yield 3;
            }
            case 'V' -> {
                int length = n >= 65 ? 4 : 3;
                if (to - from >= length) {
                    cutOff();
                }
                yield whole(length, from, to);
            }
            case 'h' -> {
                barsHeight = n;
                yield 3;
            }
            case 'w' -> {
                barsModule = n;
                yield 3;
            }
            case 'H' -> {
                barsText = n % 48 > 0;
                yield 3;
            }
            case 'r' -> {
                flush();
                answer.accept(0);
                yield 3;
            }
            case 'I' -> {
                answer.accept('I');
                yield 3;
            }
            case 'a', 'f', 'b' -> 3;
            case 'L', 'W', 'P' -> whole(4, from, to);
            case 'k' -> bars(bytes, from, to);
            case '(' -> extended(bytes, from, to);
            case 'v' -> raster(bytes, from, to);
            default -> note(bytes, from, 3);
        };
    }

    private int bars(byte[] bytes, int from, int to) {
        int kind = bytes[from + 2] & 0xFF;
        int start;
        int end;
        int length;
        if (kind >= 65) {
            if (to - from < 4) {
                return MORE_NEEDED;
            }
            start = from + 4;
            end = start + (bytes[from + 3] & 0xFF);
            length = end - from;
        } else {
            start = from + 3;
            end = start;
            while (end < to && bytes[end] != 0) {
                end++;
            }
            length = end + 1 - from;
        }
        if (to - from < length) {
            return MORE_NEEDED;
        }
        flush();
        String text =
                kind == CODE_128
                        ? code128(bytes, start, end)
                        : new String(bytes, start, end - start, ISO_8859_1);
        if (kind != CODE_128) {
            unknown.add("bar code of kind " + kind + ", drawn as Code 128");
        }
        marks.add(new Mark.Bars(text, barsModule, barsHeight, align));
        if (barsText) {
            List<Letter> below = new ArrayList<>();
            text.codePoints()
                    .forEach(it -> below.add(new Letter(Character.toString(it), Look.PLAIN)));
            marks.add(new Mark.Line(below, align));
        }
        return length;
    }

    /// In set B a byte is its letter, in set C it is two digits.
    private static String code128(byte[] bytes, int from, int end) {
        StringBuilder text = new StringBuilder();
        boolean pairs = false;
        for (int i = from; i < end; i++) {
            int one = bytes[i];
            if (one == '{' && i + 1 < end && bytes[i + 1] != '{') {
                i++;
                pairs = bytes[i] == 'C';
            } else if (pairs) {
                text.append((char) ('0' + one / 10)).append((char) ('0' + one % 10));
            } else {
                text.append((char) one);
                i += one == '{' ? 1 : 0;
            }
        }
        return text.toString();
    }

    /// GS ( …: a length, then the rest; of these only the QR code is drawn.
    private int extended(byte[] bytes, int from, int to) {
        if (to - from < 5) {
            return MORE_NEEDED;
        }
        int count = (bytes[from + 3] & 0xFF) + 256 * (bytes[from + 4] & 0xFF);
        int length = 5 + count;
        if (to - from < length) {
            return MORE_NEEDED;
        }
        if (bytes[from + 2] == 'k' && count >= 2 && bytes[from + 5] == 49) {
            switch (bytes[from + 6]) {
                case 67 -> matrixModule = bytes[from + 7] & 0xFF;
                case 80 -> matrixText = new String(bytes, from + 8, count - 3, UTF_8);
                case 81 -> {
                    flush();
                    marks.add(new Mark.Matrix(matrixText, matrixModule, align));
                }
                default -> {}
            }
        } else {
            note(bytes, from, 5);
        }
        return length;
    }

    /// GS v 0: rows of dots.
    private int raster(byte[] bytes, int from, int to) {
        if (to - from < 8) {
            return MORE_NEEDED;
        }
        int rowBytes = (bytes[from + 4] & 0xFF) + 256 * (bytes[from + 5] & 0xFF);
        int height = (bytes[from + 6] & 0xFF) + 256 * (bytes[from + 7] & 0xFF);
        int length = 8 + rowBytes * height;
        if (to - from < length) {
            return MORE_NEEDED;
        }
        flush();
        BitSet dots = new BitSet();
        for (int i = 0; i < rowBytes * height * 8; i++) {
            dots.set(i, (bytes[from + 8 + i / 8] >>> (7 - i % 8) & 1) == 1);
        }
        marks.add(new Mark.Picture(rowBytes * 8, height, dots, align));
        return length;
    }

    // ---- FS

    private int file(byte[] bytes, int from, int to) {
        return switch (bytes[from + 1]) {
            case '.', '&' -> 2;
            case 'p' -> whole(4, from, to);
            case '!', '-', 'C', 'W' -> whole(3, from, to);
            default -> note(bytes, from, 2);
        };
    }

    // ---- the paper

    private void letter(String text) {
        int used = line.stream().mapToInt(it -> it.look().wide()).sum();
        if (used + look.wide() > columns) {
            endLine();
        }
        line.add(new Letter(text, look));
    }

    private void endLine() {
        marks.add(new Mark.Line(line, align));
        line.clear();
    }

    private void flush() {
        if (!line.isEmpty()) {
            endLine();
        }
    }

    private void cutOff() {
        flush();
        cut.accept(new Paper(columns, marks, drawer, unknown));
        marks.clear();
        unknown.clear();
        drawer = false;
    }
}
