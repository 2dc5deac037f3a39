package dev.skerry.stream.server;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.server.Problem.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts a JSON body into its messages, one after the other, also while it is still coming in: the elements of an array, or the
/// one value that it is. Each message keeps the bytes that it came with; every byte of the body is held to RFC 8259. For one
/// thread.
///
/// By hand, since it is on the way of every append and nothing but the places of the messages is wanted: twice as fast as
/// a parser that makes tokens.
final class JsonMessages {

    static final int NESTING_MAX = 500;

    /// The most messages of one body: each takes some hundred bytes of memory, however small it is.
    static final int MESSAGES_MAX = 100_000;

    /// The longest number, in characters: what readers of the stream can be expected to take.
    static final int NUMBER_LENGTH_MAX = 1000;

    /// Where a body has ended; no byte outside a string.
    private static final int NOTHING = 0;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    // A byte, eight times over.
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;
    private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;

    // A quote is 0x22, the control characters are below 0x20: with this bit flipped all of them are
    // below 0x21.
    private static final long QUOTE_TO_CONTROLS = 0x0202020202020202L;
    private static final long CONTROLS_END = 0x2121212121212121L;

    /// A body of which there may be more to come.
    interface Coming {
        /// Waits for more.
        ///
        /// @param messages how many have been made of what has come
        /// @return all that has come, from the beginning, in this array or another; null once there is no more
        @Nullable Bytes more(int messages);
    }

    private final Coming body;
    private final int from;

    // What has come.
    private byte[] bytes;
    private int end;
    private boolean whole;

    /// Which of the open brackets, the outermost first, are those of objects.
    private final boolean[] objects = new boolean[NESTING_MAX + 1];

    /// 1 inside the array whose elements are the messages.
    private int outside;

    private int at;
    private int count;
    private boolean ended;

    /// @param come what has come so far
    /// @param body where there is more
    JsonMessages(Bytes come, Coming body) {
        this.body = body;
        bytes = come.array();
        from = come.from();
        end = from + come.length();
        at = from;
    }

    /// All messages of a whole body.
    ///
    /// @return none for an empty array
    /// @throws Refused if the body is not exactly one JSON value in UTF-8
    static List<Bytes> split(Bytes body) {
        JsonMessages cut = new JsonMessages(body, _ -> null);
        List<Bytes> messages = new ArrayList<>();
        for (Bytes message = cut.next(); message != null; message = cut.next()) {
            messages.add(message);
        }
        return messages;
    }

    /// @return a slice of the body; null after the last one, once the whole body has been found to be right
    /// @throws Refused if the body is not exactly one JSON value in UTF-8
    @Nullable Bytes next() {
        if (ended || (count == 0 ? !begin() : !goOn())) {
            ended = true;
            return null;
        }
        if (count == MESSAGES_MAX) {
            throw new Refused(
                    Kind.BODY_TOO_LARGE,
                    "a body has at most "
                            + MESSAGES_MAX
                            + " messages; send them in several requests");
        }
        count++;
        int start = at;
        at = value(start);
        return new Bytes(bytes, start, at - start);
    }

    /// @return whether there is a first message
    private boolean begin() {
        if (byteAt(from) == (byte) 0xEF
                && byteAt(from + 1) == (byte) 0xBB
                && byteAt(from + 2) == (byte) 0xBF) {
            throw new Refused(
                    Kind.BAD_JSON, "the body begins with a byte order mark; leave it out");
        }
        at = skipSpace(at);
        if (at == end) {
            throw new Refused(Kind.BAD_JSON, "the body holds nothing but white space");
        }
        if (byteAt(at) != '[') {
            return true;
        }
        outside = 1;
        at = skipSpace(at + 1);
        return byteAt(at) != ']' || over(at + 1);
    }

    /// @return whether there is another message
    private boolean goOn() {
        int next = skipSpace(at);
        if (outside == 0) {
            return over(next);
        }
        return switch (byteAt(next)) {
            case ',' -> {
                at = skipSpace(next + 1);
                yield true;
            }
            case ']' -> over(next + 1);
            default -> throw bad(next, "',' or ']' is missing");
        };
    }

    /// @return false: nothing follows
    private boolean over(int next) {
        int rest = skipSpace(next);
        if (rest < end) {
            throw bad(rest, "the body goes on after its one JSON value");
        }
        return false;
    }

    /// @return where the value that begins here ends
    private int value(int start) {
        int next = start;
        int depth = outside;
        while (true) {
            switch (byteAt(next)) {
                case '"' -> next = string(next + 1);
                case '{' -> {
                    depth = deeper(depth, next);
                    objects[depth] = true;
                    next = skipSpace(next + 1);
                    if (byteAt(next) != '}') {
                        next = name(next);
                        continue;
                    }
                    next++;
                    depth--;
                }
                case '[' -> {
                    depth = deeper(depth, next);
                    objects[depth] = false;
                    next = skipSpace(next + 1);
                    if (byteAt(next) != ']') {
                        continue;
                    }
                    next++;
                    depth--;
                }
                case 't' -> next = word(next, "true");
                case 'f' -> next = word(next, "false");
                case 'n' -> next = word(next, "null");
                default -> next = number(next);
            }
            // A value has ended; so may have those that it is in.
            while (true) {
                if (depth == outside) {
                    return next;
                }
                next = skipSpace(next);
                boolean object = objects[depth];
                int b = byteAt(next);
                if (b == ',') {
                    next = skipSpace(next + 1);
                    if (object) {
                        next = name(next);
                    }
                    break;
                }
                if (b != (object ? '}' : ']')) {
                    throw bad(next, object ? "',' or '}' is missing" : "',' or ']' is missing");
                }
                next++;
                depth--;
            }
        }
    }

    private int deeper(int depth, int at) {
        if (depth == NESTING_MAX) {
            throw bad(at, "the nesting depth is at most " + NESTING_MAX);
        }
        return depth + 1;
    }

    /// @return where the value of the member whose name begins here begins
    private int name(int start) {
        if (byteAt(start) != '"') {
            throw bad(start, "a name in quotes is missing");
        }
        int next = skipSpace(string(start + 1));
        if (byteAt(next) != ':') {
            throw bad(next, "':' is missing");
        }
        return skipSpace(next + 1);
    }

    /// @param start after the opening quote
    /// @return after the closing one
    private int string(int start) {
        int next = start;
        while (true) {
            next = plainText(next);
            int b = byteAt(next);
            if (b == '"') {
                return next + 1;
            } else if (b == '\\') {
                next = escape(next + 1);
            } else if (b < 0) {
                next = character(next);
            } else if (b < ' ') {
                throw bad(next, "a control character in a string is to be escaped");
            }
        }
    }

    /// @return the first place from here on where there is no plain ASCII character of a string, or nothing yet
    private int plainText(int start) {
        byte[] text = bytes;
        int next = start;
        while (next + 8 <= end) {
            long eight = (long) LONGS.get(text, next);
            // The highest bit of a byte gets set if it was (not ASCII), or if the subtraction goes
            // below zero. What that
            // borrows from the byte above spoils only what comes after the first that is found.
            long special =
                    HIGHEST_BITS
                            & (eight
                                    | ((eight ^ QUOTE_TO_CONTROLS) - CONTROLS_END)
                                    | ((eight ^ BACKSLASHES) - ONES));
            if (special != 0) {
                return next + (Long.numberOfTrailingZeros(special) >>> 3);
            }
            next += 8;
        }
        while (next < end && text[next] >= ' ' && text[next] != '"' && text[next] != '\\') {
            next++;
        }
        return next;
    }

    /// @param start after the backslash
    private int escape(int start) {
        return switch (byteAt(start)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> start + 1;
            case 'u' -> {
                for (int i = 1; i <= 4; i++) {
                    if (Character.digit(byteAt(start + i), 16) < 0) {
                        throw bad(start + i, "four hexadecimal digits follow \\u");
                    }
                }
                yield start + 5;
            }
            default -> throw bad(start, "an escape sequence that JSON does not have");
        };
    }

    /// Passes over a character of several bytes. Overlong forms, surrogates and what lies beyond U+10FFFF are no UTF-8.
    private int character(int start) {
        int first = byteAt(start) & 0xFF;
        int second = byteAt(start + 1) & 0xFF;
        int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        boolean good =
                first >= 0xC2
                        && first <= 0xF4
                        && second >= (first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80)
                        && second <= (first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF);
        for (int i = 2; i < length; i++) {
            good &= (byteAt(start + i) & 0xC0) == 0x80;
        }
        if (!good) {
            throw new Refused(
                    Kind.BAD_JSON, "the body is not UTF-8 (at byte " + (start - from) + ")");
        }
        return start + length;
    }

    private int word(int start, String word) {
        for (int i = 1; i < word.length(); i++) {
            if (byteAt(start + i) != word.charAt(i)) {
                throw bad(start, "no JSON value");
            }
        }
        return start + word.length();
    }

    private int number(int start) {
        int next = byteAt(start) == '-' ? start + 1 : start;
        if (byteAt(next) == '0') {
            next++;
        } else {
            next = digits(next, "no JSON value");
        }
        if (byteAt(next) == '.') {
            next = digits(next + 1, "a digit follows the point of a number");
        }
        if (byteAt(next) == 'e' || byteAt(next) == 'E') {
            next++;
            if (byteAt(next) == '+' || byteAt(next) == '-') {
                next++;
            }
            next = digits(next, "a digit is missing in the exponent of a number");
        }
        if (next - start > NUMBER_LENGTH_MAX) {
            throw bad(start, "a number has at most " + NUMBER_LENGTH_MAX + " characters");
        }
        return next;
    }

    /// Passes over one digit or more.
    private int digits(int start, String otherwise) {
        int next = start;
        while (byteAt(next) >= '0' && byteAt(next) <= '9') {
            next++;
        }
        if (next == start) {
            throw bad(start, otherwise);
        }
        return next;
    }

    private int skipSpace(int start) {
        int next = start;
        int b = byteAt(next);
        while (b <= ' ' && isSpace(b)) {
            next++;
            b = byteAt(next);
        }
        return next;
    }

    private static boolean isSpace(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private int byteAt(int place) {
        return place < end || come(place) ? bytes[place] : NOTHING;
    }

    /// Waits until there is something at a place.
    ///
    /// @return false: the body ends before
    private boolean come(int place) {
        while (!whole && place >= end) {
            Bytes more = body.more(count);
            if (more == null) {
                whole = true;
            } else {
                bytes = more.array();
                end = from + more.length();
            }
        }
        return place < end;
    }

    private Refused bad(int place, String what) {
        return new Refused(
                Kind.BAD_JSON,
                place < end
                        ? "at byte " + (place - from) + ": " + what
                        : "the body ends in the middle of its JSON");
    }
}
