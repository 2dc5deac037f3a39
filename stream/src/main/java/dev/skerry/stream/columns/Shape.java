package dev.skerry.stream.columns;

import dev.skerry.stream.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What strings of one place look like: literal text and runs of digits, as `2026-03-02T08:00:00Z` or a UUID. Learnt
/// from some strings by taking the narrowest shape that all of them have. For one thread at a time.
final class Shape {

    /// Parts, as they are written in a head.
    static final int LITERAL = 0;

    /// So many decimal digits.
    static final int DECIMAL = 1;

    /// So many hexadecimal digits, lower case.
    static final int LOWER = 2;

    /// So many hexadecimal digits, upper case.
    static final int UPPER = 3;

    /// Decimal digits without a leading zero, as many as there are.
    static final int VARIABLE = 4;

    /// The longest runs that are one number.
    static final int DECIMAL_DIGITS_MAX = 16;

    static final int HEX_DIGITS_MAX = 13;

    /// Longer strings have no shape.
    static final int LENGTH_MAX = 128;

    private static final int RUNS_MAX = 48;

    private static final Bytes DIGITS_OF_LOWER = digits('a');
    private static final Bytes DIGITS_OF_UPPER = digits('A');

    private final byte[] text;
    private final int[] starts;
    private final byte[] kinds;
    private final boolean[] canonical;
    private final int runs;
    int hits = 1;

    private Shape(byte[] text, int[] starts, byte[] kinds, int runs) {
        this.text = text;
        this.starts = starts;
        this.kinds = kinds;
        this.runs = runs;
        canonical = new boolean[runs];
        for (int i = 0; i < runs; i++) {
            canonical[i] = text[starts[i]] != '0' || length(i) == 1;
        }
    }

    /// The value of each byte as a digit, or -1.
    private static Bytes digits(char ten) {
        byte[] digits = new byte[256];
        Arrays.fill(digits, (byte) -1);
        for (int i = 0; i < 10; i++) {
            digits['0' + i] = (byte) i;
        }
        for (int i = 0; i < 6; i++) {
            digits[ten + i] = (byte) (10 + i);
        }
        return Bytes.of(digits);
    }

    private static int digit(Bytes digits, byte b) {
        return digits.array()[b & 0xFF];
    }

    static boolean decimal(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean letter(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    private int length(int run) {
        return starts[run + 1] - starts[run];
    }

    /// @return null if the string is too long or has no digit
    static @Nullable Shape of(byte[] bytes, int from, int length) {
        if (length > LENGTH_MAX) {
            return null;
        }
        byte[] text = Arrays.copyOfRange(bytes, from, from + length);
        int[] starts = new int[RUNS_MAX + 1];
        byte[] kinds = new byte[RUNS_MAX];
        int runs = 0;
        boolean digits = false;
        int at = 0;
        while (at < length) {
            int end = endOfRun(text, at, length);
            int kind = kind(text, at, end);
            if (kind < 0) {
                end = endOfHalf(text, at, end);
                kind = kind(text, at, end);
            }
            if (runs == RUNS_MAX) {
                return null;
            }
            digits |= kind != LITERAL;
            starts[runs] = at;
            kinds[runs++] = (byte) kind;
            at = end;
        }
        starts[runs] = length;
        return digits ? new Shape(text, starts, kinds, runs) : null;
    }

    private static boolean wordy(byte b) {
        return decimal(b) || letter(b);
    }

    private static int endOfRun(byte[] text, int from, int length) {
        boolean wordy = wordy(text[from]);
        int end = from + 1;
        while (end < length && wordy(text[end]) == wordy) {
            end++;
        }
        return end;
    }

    private static int endOfHalf(byte[] text, int from, int length) {
        boolean decimal = decimal(text[from]);
        int end = from + 1;
        while (end < length && decimal(text[end]) == decimal) {
            end++;
        }
        return end;
    }

    /// @return -1 for digits mixed with letters that are none
    private static int kind(byte[] text, int from, int end) {
        boolean lower = true;
        boolean upper = true;
        boolean decimals = false;
        boolean others = false;
        for (int i = from; i < end; i++) {
            boolean decimal = decimal(text[i]);
            decimals |= decimal;
            others |= !decimal;
            lower &= digit(DIGITS_OF_LOWER, text[i]) >= 0;
            upper &= digit(DIGITS_OF_UPPER, text[i]) >= 0;
        }
        if (!decimals) {
            return LITERAL;
        }
        if (!others) {
            return DECIMAL;
        }
        return lower ? LOWER : upper ? UPPER : -1;
    }

    /// Widens this shape so that it is also the other's.
    ///
    /// @return false if there is no such shape; then it is as before
    boolean widen(Shape other) {
        if (runs != other.runs) {
            return false;
        }
        byte[] wider = new byte[runs];
        for (int i = 0; i < runs; i++) {
            int kind = join(other, i);
            if (kind < 0) {
                return false;
            }
            wider[i] = (byte) kind;
        }
        for (int i = 0; i < runs; i++) {
            kinds[i] = wider[i];
            canonical[i] &= other.canonical[i];
        }
        hits++;
        return true;
    }

    private int join(Shape other, int run) {
        int mine = kinds[run];
        int its = other.kinds[run];
        boolean sameLength = length(run) == other.length(run);
        if (mine == LITERAL && its == LITERAL && sameLength && equal(other, run)) {
            return LITERAL;
        }
        if (mine == VARIABLE || (mine == DECIMAL && its == DECIMAL && !sameLength)) {
            return its == DECIMAL && canonical[run] && other.canonical[run] ? VARIABLE : -1;
        }
        if (!sameLength) {
            return -1;
        }
        if (mine == DECIMAL && its == DECIMAL) {
            return DECIMAL;
        }
        if (hex(run, LOWER, DIGITS_OF_LOWER) && other.hex(run, LOWER, DIGITS_OF_LOWER)) {
            return LOWER;
        }
        return hex(run, UPPER, DIGITS_OF_UPPER) && other.hex(run, UPPER, DIGITS_OF_UPPER)
                ? UPPER
                : -1;
    }

    private boolean equal(Shape other, int run) {
        return Arrays.equals(
                text,
                starts[run],
                starts[run + 1],
                other.text,
                other.starts[run],
                other.starts[run + 1]);
    }

    private boolean hex(int run, int kind, Bytes digits) {
        if (kinds[run] != LITERAL) {
            return kinds[run] == DECIMAL || kinds[run] == kind;
        }
        for (int i = starts[run]; i < starts[run + 1]; i++) {
            if (digit(digits, text[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    /// The parts of which strings of this shape consist.
    Part[] parts() {
        Part[] parts = new Part[LENGTH_MAX];
        int count = 0;
        for (int i = 0; i < runs; ) {
            if (kinds[i] == LITERAL) {
                int from = starts[i];
                while (i < runs && kinds[i] == LITERAL) {
                    i++;
                }
                parts[count++] = Part.literal(Bytes.of(text).slice(from, starts[i] - from));
                continue;
            }
            int left = kinds[i] == VARIABLE ? 1 : length(i);
            int pieces =
                    Math.ceilDiv(
                            left,
                            kinds[i] == LOWER || kinds[i] == UPPER
                                    ? HEX_DIGITS_MAX
                                    : DECIMAL_DIGITS_MAX);
            for (; pieces > 0; pieces--) {
                int width = Math.ceilDiv(left, pieces);
                parts[count++] = Part.number(kinds[i], width);
                left -= width;
            }
            i++;
        }
        return Arrays.copyOf(parts, count);
    }

    /// A part of a shape.
    ///
    /// @param width in bytes; of a variable one: 1
    /// @param text of a literal; empty for others
    /// @param numbersEnd its numbers are below this; 0: it has none
    record Part(int kind, int width, Bytes text, long numbersEnd) {

        static Part literal(Bytes text) {
            return new Part(LITERAL, text.length(), text, 0);
        }

        static Part number(int kind, int width) {
            long end =
                    switch (kind) {
                        case DECIMAL -> tenTo(width);
                        case VARIABLE -> tenTo(DECIMAL_DIGITS_MAX);
                        default -> 1L << (4 * width);
                    };
            return new Part(kind, width, Bytes.EMPTY, end);
        }

        /// Where differences of its numbers are to wrap around; 0: nowhere.
        long wrapsAt() {
            return kind == VARIABLE ? 0 : numbersEnd;
        }
    }

    static long tenTo(int power) {
        long tens = 1;
        for (int i = 0; i < power; i++) {
            tens *= 10;
        }
        return tens;
    }

    /// Reads digits of a kind.
    ///
    /// @return -1 if there are not so many
    static long number(int kind, byte[] bytes, int from, int count) {
        long number = 0;
        if (kind == DECIMAL || kind == VARIABLE) {
            for (int i = from; i < from + count; i++) {
                if (!decimal(bytes[i])) {
                    return -1;
                }
                number = number * 10 + (bytes[i] - '0');
            }
            return number;
        }
        byte[] digits = (kind == LOWER ? DIGITS_OF_LOWER : DIGITS_OF_UPPER).array();
        int wrong = 0;
        for (int i = from; i < from + count; i++) {
            int digit = digits[bytes[i] & 0xFF];
            wrong |= digit;
            number = number << 4 | digit;
        }
        return wrong < 0 ? -1 : number;
    }

    /// How many digits the number without leading zeros that begins here has.
    ///
    /// @return 0 if there is none, or if it has too many
    static int variableDigits(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && decimal(bytes[at])) {
            at++;
        }
        int digits = at - from;
        boolean padded = digits > 1 && bytes[from] == '0';
        return padded || digits > DECIMAL_DIGITS_MAX ? 0 : digits;
    }
}
