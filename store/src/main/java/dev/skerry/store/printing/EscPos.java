package dev.skerry.store.printing;

import dev.skerry.language.printing.Code128;
import dev.skerry.language.printing.CodePage;
import dev.skerry.store.printing.Document.Style;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// A document as the bytes that a receipt printer takes: the commands of Epson's ESC/POS that nearly all of them know. Begins with a
/// reset, so that nothing of what came before matters, and ends with a cut. For one thread.
final class EscPos {

    private static final int ESC = 0x1B;
    private static final int GS = 0x1D;
    private static final int FS = 0x1C;
    private static final int LINE_FEED = 0x0A;

    private static final int BAR_HEIGHT_DOTS = 80;

    /// Of a QR code.
    private static final int MATRIX_MODULE_DOTS = 5;

    private final Letters letters;
    private byte[] bytes = new byte[1024];
    private int length;
    private CodePage page;
    private boolean centred;
    private Style style = Style.NORMAL;

    private EscPos(Letters letters) {
        this.letters = letters;
        this.page = letters.preferred();
    }

    static byte[] of(Document document, int columns, List<CodePage> pages) {
        Letters letters = new Letters(pages);
        EscPos escPos = new EscPos(letters);
        escPos.begin(document.drawer());
        Layout.of(document, columns, letters).forEach(escPos::piece);
        escPos.end();
        return Arrays.copyOf(escPos.bytes, escPos.length);
    }

    private void begin(boolean drawer) {
        put(ESC, '@');
        // Printers made for China take every second letter with an accent for half of a character
        // of theirs, unless told.
        put(FS, '.');
        put(ESC, 't', page.number());
        if (drawer) {
            // Pin 2, for 50 ms; the coil rests for 500 ms.
            put(ESC, 'p', 0, 25, 250);
        }
    }

    private void end() {
        style(Style.NORMAL);
        // Feeds until the last line is past the knife.
        put(GS, 'V', 66, 0);
    }

    private void piece(Layout.Piece piece) {
        switch (piece) {
            case Layout.Piece.Line(String text, boolean inTheMiddle, Style how) -> {
                align(inTheMiddle);
                style(how);
                text.codePoints().forEach(letter -> letter(Character.toString(letter)));
                put(LINE_FEED);
            }
            case Layout.Piece.Bars(String text) -> bars(text);
            case Layout.Piece.Matrix(String text) -> matrix(text);
        }
    }

    private void align(boolean toTheMiddle) {
        if (centred != toTheMiddle) {
            centred = toTheMiddle;
            put(ESC, 'a', centred ? 1 : 0);
        }
    }

    private void style(Style next) {
        if (style == next) {
            return;
        }
        style = next;
        put(ESC, 'E', next == Style.NORMAL ? 0 : 1);
        put(
                GS,
                '!',
                switch (next) {
                    case NORMAL, STRONG -> 0x00;
                    case TALL -> 0x01;
                    case BIG -> 0x11;
                });
    }

    private void letter(String letter) {
        CodePage its =
                letters.pageOf(letter)
                        .orElseThrow(() -> new IllegalStateException("no page has " + letter));
        if (its != page && letter.codePointAt(0) >= 0x80) {
            page = its;
            put(ESC, 't', page.number());
        }
        put(letter.codePointAt(0) < 0x80 ? letter.codePointAt(0) : Letters.code(letter, page));
    }

    private void bars(String text) {
        align(true);
        style(Style.NORMAL);
        put(GS, 'h', BAR_HEIGHT_DOTS);
        put(GS, 'w', Layout.DOTS_A_MODULE);
        // The number stands below as text, in our own letters.
        put(GS, 'H', 0);
        byte[] data = sets(Code128.of(text));
        put(GS, 'k', 73, data.length);
        put(data);
    }

    /// As GS k takes Code 128: the sets are named, and in set B a symbol is its character.
    static byte[] sets(Code128 code) {
        byte[] data = new byte[code.symbols().size() * 2 + 2];
        int at = 0;
        boolean inC = false;
        // Without the check symbol: the printer makes it.
        for (int symbol : code.symbols().subList(0, code.symbols().size() - 1)) {
            boolean start = at == 0;
            if (start || (inC ? symbol >= 100 : symbol == 99)) {
                inC = start ? symbol == 105 : !inC;
                data[at++] = '{';
                data[at++] = (byte) (inC ? 'C' : 'B');
            } else if (inC) {
                data[at++] = (byte) symbol;
            } else {
                data[at++] = (byte) (symbol + ' ');
                if (symbol + ' ' == '{') {
                    data[at++] = '{';
                }
            }
        }
        return Arrays.copyOf(data, at);
    }

    private void matrix(String text) {
        align(true);
        style(Style.NORMAL);
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        // Model 2, size of a module, error correction M, the data, print.
        put(GS, '(', 'k', 4, 0, 49, 65, 50, 0);
        put(GS, '(', 'k', 3, 0, 49, 67, MATRIX_MODULE_DOTS);
        put(GS, '(', 'k', 3, 0, 49, 69, 49);
        int count = data.length + 3;
        put(GS, '(', 'k', count & 0xFF, count >>> 8, 49, 80, 48);
        put(data);
        put(GS, '(', 'k', 3, 0, 49, 81, 48);
    }

    private void put(int... values) {
        for (int value : values) {
            room(1);
            bytes[length++] = (byte) value;
        }
    }

    private void put(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void room(int needed) {
        if (length + needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + needed));
        }
    }
}
