package dev.skerry.stream.columns;

import static dev.skerry.stream.columns.ColumnsFormat.FRAGMENT_BYTES_MAX;
import static dev.skerry.stream.columns.ColumnsFormat.PLACES_MAX;
import static dev.skerry.stream.columns.ColumnsFormat.REST;
import static dev.skerry.stream.columns.ColumnsFormat.START;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The places of payloads, and which one comes where: the text up to the next value belongs to one. For one thread at a
/// time.
final class TornPlaces {

    /// Words are values only after these.
    private static final String WORDS_FOLLOW = ":[,";

    private final ColumnWriter.Stock stock;
    private final List<TornPlace> places = new ArrayList<>();
    private final KnownTexts texts = new KnownTexts();
    private byte[] bytes = new byte[0];
    private long newBytes;

    TornPlaces(ColumnWriter.Stock stock) {
        this.stock = stock;
    }

    /// @param payloads where all payloads stand
    void begin(byte[] payloads) {
        forget();
        bytes = payloads;
        texts.clear();
        newBytes = 0;
        add(0, new byte[0], false, false);
        add(0, new byte[0], false, true);
        add(0, new byte[0], true, false);
    }

    void forget() {
        bytes = new byte[0];
        places.clear();
    }

    List<TornPlace> all() {
        return places;
    }

    TornPlace place(int id) {
        return places.get(id);
    }

    /// How many bytes of text had not been there before.
    long newBytes() {
        return newBytes;
    }

    private TornPlace add(int parent, byte[] text, boolean last, boolean named) {
        TornPlace place = new TornPlace(places.size(), parent, text, last, named, stock);
        places.add(place);
        return place;
    }

    /// The place that comes after another one.
    TornPlace after(TornPlace place, int from, int end) {
        TornPlace next = place.follower;
        if (next != null && fits(next, from, end)) {
            return next;
        }
        next = place.otherFollower;
        if (next == null || !fits(next, from, end)) {
            next = find(place, from, end);
        }
        place.otherFollower = place.follower;
        place.follower = next;
        return next;
    }

    private boolean fits(TornPlace place, int from, int end) {
        byte[] text = place.text;
        int after = from + text.length;
        boolean reaches =
                place.last ? after == end && place.id != REST : after < end && begins(bytes[after]);
        return reaches && Arrays.equals(text, 0, text.length, bytes, from, after);
    }

    /// Whether a value can begin so.
    private static boolean begins(byte b) {
        return b == '"' || b == '-' || Shape.decimal(b) || Shape.letter(b);
    }

    /// The place whose text reaches to where a value begins, or to the end.
    private TornPlace find(TornPlace before, int from, int end) {
        boolean named = false;
        byte previous = before.id == START ? (byte) ',' : 0;
        int at = from;
        while (at < end) {
            byte b = bytes[at];
            if (b == '"') {
                int after = afterName(at, end);
                if (after < 0) {
                    return close(bytes, at + 1, end) == end
                            ? rest(from, end)
                            : place(before, from, at, false, named);
                }
                named = true;
                previous = ':';
                at = after;
                continue;
            }
            boolean negative = b == '-' && at + 1 < end && Shape.decimal(bytes[at + 1]);
            if (Shape.decimal(b)
                    || (negative && !Shape.letter(previous))
                    || (Shape.letter(b) && WORDS_FOLLOW.indexOf(previous) >= 0)) {
                return place(before, from, at, false, named);
            }
            previous = space(b) ? previous : b;
            at++;
        }
        return place(before, from, end, true, named);
    }

    /// @return where the text after a name and its colon begins; -1 if it is no name
    private int afterName(int from, int end) {
        int at = close(bytes, from + 1, end) + 1;
        while (at < end && space(bytes[at])) {
            at++;
        }
        return at < end && bytes[at] == ':' ? at + 1 : -1;
    }

    private static boolean space(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /// @return where the quote is that ends a string, or the end
    static int close(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return Math.min(at, end);
    }

    private TornPlace rest(int from, int end) {
        newBytes += end - from;
        return places.get(REST);
    }

    private TornPlace place(TornPlace before, int from, int end, boolean last, boolean named) {
        int length = end - from;
        if (length > FRAGMENT_BYTES_MAX) {
            return rest(from, end);
        }
        int parent = named ? 0 : before.name();
        int hash = (KnownTexts.hash(bytes, from, length) * 31 + parent) * 2 + (last ? 1 : 0);
        // Different places with the same text have different hashes.
        int id = texts.number(bytes, from, length, hash);
        if (id >= 0) {
            return places.get(id);
        }
        if (places.size() == PLACES_MAX) {
            return rest(from, end);
        }
        newBytes += length;
        texts.add(from, length, hash, places.size());
        return add(parent, Arrays.copyOfRange(bytes, from, end), last, named);
    }
}
