package dev.skerry.stream.columns;

import static dev.skerry.stream.columns.ColumnsFormat.COLUMNS_MAX;
import static dev.skerry.stream.columns.ColumnsFormat.KEY;
import static dev.skerry.stream.columns.ColumnsFormat.KNOWN_BYTES_MAX;
import static dev.skerry.stream.columns.ColumnsFormat.KNOWN_TEXTS_MAX;
import static dev.skerry.stream.columns.ColumnsFormat.REST;
import static dev.skerry.stream.columns.ColumnsFormat.START;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.ChunkBuilder;
import dev.skerry.stream.columns.TornPlace.Form;
import java.util.Arrays;

/// Tears entries into places, where the text between values is the same again and again, and columns of what differs.
/// First it learns from some of the events, then it tears all of them. [Mending] puts them together again. Can be used
/// again; for one thread at a time.
final class Tearing {

    private static final int LEARNT_EVENTS_MIN = 8;
    private static final int LEARNT_EVENTS_MAX = 32;

    /// Shorter strings are not looked for at other places.
    private static final int COPY_BYTES_MIN = 6;

    private static final int NONE = TornPlace.NONE;

    private final ColumnWriter.Stock stock = new ColumnWriter.Stock();
    private final ColumnWriter.Desk desk = new ColumnWriter.Desk();
    private final TornPlaces places = new TornPlaces(stock);
    private final KnownTexts known = new KnownTexts();
    private final ByteSink texts = new ByteSink();
    private final long[] fields = new long[Shape.LENGTH_MAX];

    /// The columns in the order in which a reader needs their numbers.
    private ColumnWriter[] order = new ColumnWriter[1024];

    private int steps;

    private byte[] bytes = new byte[0];
    private boolean learning;
    private int entries;
    private int parts;

    /// Where keys and payloads stand: the key, the payload, its end.
    private int[] events = new int[3 * 128];

    private int eventCount;

    private ColumnWriter kinds = new ColumnWriter();
    private ColumnWriter tags = kinds;
    private ColumnWriter keyTags = kinds;
    private ColumnWriter gaps = kinds;
    private ColumnWriter rests = kinds;

    /// @return false if there is nothing to be gained, or it is not what a chunk builder writes
    boolean tear(Bytes chunk) {
        begin(chunk.array());
        return walk(chunk, false) && learn() && walk(chunk, true);
    }

    private void begin(byte[] array) {
        bytes = array;
        stock.begin();
        places.begin(array);
        known.clear();
        texts.clear();
        steps = 0;
        parts = 0;
        kinds = stock.names();
        tags = stock.names();
        keyTags = stock.names();
        gaps = stock.numbers();
        rests = stock.numbers();
    }

    /// Lets go of the entries.
    void forget() {
        bytes = new byte[0];
        places.forget();
    }

    private void add(ColumnWriter column, long number) {
        column.add(number);
        if (steps == order.length) {
            order = Arrays.copyOf(order, 2 * steps);
        }
        order[steps++] = column;
    }

    // Entries

    /// Finds the events, or tears all entries.
    private boolean walk(Bytes chunk, boolean tears) {
        int at = chunk.from();
        int end = at + chunk.length();
        entries = 0;
        eventCount = 0;
        while (at < end) {
            long tag = varint(at, end);
            if (tag < 0) {
                return false;
            }
            int kind = (int) (tag & 3);
            int tagBytes = ColumnsFormat.varintBytes(tag);
            at += tagBytes;
            entries++;
            if (kind == ChunkBuilder.GAP) {
                if (end - at < Checksum.BYTES) {
                    return false;
                }
                if (tears) {
                    gap(tag >>> 2, at);
                }
                at += Checksum.BYTES;
                continue;
            }
            long keyLength = kind == ChunkBuilder.PLAIN ? 0 : varint(at, end);
            if (keyLength < 0) {
                return false;
            }
            int keyTagBytes = kind == ChunkBuilder.PLAIN ? 0 : ColumnsFormat.varintBytes(keyLength);
            int key = at + keyTagBytes;
            if (keyLength > end - key || tag >>> 2 > end - key - keyLength) {
                return false;
            }
            int payload = key + (int) keyLength;
            at = payload + (int) (tag >>> 2);
            if (!tears) {
                found(keyTagBytes > 0 ? key : NONE, payload, at);
                continue;
            }
            add(kinds, kind);
            add(tags, tagBytes);
            if (keyTagBytes > 0) {
                add(keyTags, keyTagBytes);
                key(key, payload);
            }
            payload(payload, at);
        }
        return true;
    }

    private void gap(long offsets, int checksum) {
        add(kinds, ChunkBuilder.GAP);
        add(gaps, offsets);
        texts.put(bytes, checksum, Checksum.BYTES);
    }

    private void found(int key, int payload, int end) {
        if (3 * eventCount == events.length) {
            events = Arrays.copyOf(events, 2 * events.length);
        }
        events[3 * eventCount] = key;
        events[3 * eventCount + 1] = payload;
        events[3 * eventCount++ + 2] = end;
    }

    /// @return -1 if there is none, or one that is longer than need be or too large
    private long varint(int from, int end) {
        long value = 0;
        for (int i = 0; i < 8 && from + i < end; i++) {
            byte b = bytes[from + i];
            value |= (long) (b & 0x7F) << (7 * i);
            if (b >= 0) {
                boolean tooLong = b == 0 && i > 0;
                return tooLong || value >= ColumnsFormat.NUMBER_MAX ? -1 : value;
            }
        }
        return -1;
    }

    // Learning

    /// @return false if the payloads have too little in common
    private boolean learn() {
        int learnt = Math.clamp(eventCount / 4, LEARNT_EVENTS_MIN, LEARNT_EVENTS_MAX);
        int stride = Math.max(1, eventCount / learnt);
        long learntBytes = 0;
        learning = true;
        for (int i = 0; i < eventCount; i += stride) {
            known.clear();
            if (events[3 * i] != NONE) {
                key(events[3 * i], events[3 * i + 1]);
            }
            payload(events[3 * i + 1], events[3 * i + 2]);
            learntBytes += events[3 * i + 2] - events[3 * i + 1];
            if (i >= stride * (LEARNT_EVENTS_MIN - 1) && 2 * places.newBytes() > learntBytes) {
                return false;
            }
        }
        learning = false;
        known.clear();
        for (TornPlace place : places.all()) {
            parts += place.settle();
        }
        return true;
    }

    /// While learning, it is the places of this event that are known by their values.
    private void learn(TornPlace place, int from, int end) {
        int length = end - from;
        boolean repeated =
                place.valueLength == length
                        && Arrays.equals(
                                bytes, from, end, bytes, place.valueFrom, place.valueFrom + length);
        int source = NONE;
        if (length >= COPY_BYTES_MIN) {
            int hash = KnownTexts.hash(bytes, from, length);
            source = known.number(bytes, from, length, hash);
            known.add(from, length, hash, place.id);
        }
        place.learn(bytes, from, length, repeated, source == place.id ? NONE : source);
        value(place, from, end);
    }

    // Payloads

    private void payload(int from, int end) {
        TornPlace place = places.place(START);
        int at = from;
        while (true) {
            TornPlace next = places.after(place, at, end);
            if (!learning) {
                add(place.next, next.id);
            }
            if (next.id == REST) {
                rest(at, end);
                return;
            }
            at += next.text.length;
            if (next.last) {
                return;
            }
            at = bytes[at] == '"' ? string(next, at + 1, end) : bare(next, at, end);
            place = next;
        }
    }

    private void rest(int from, int end) {
        if (!learning) {
            add(rests, end - from);
            texts.put(bytes, from, end - from);
        }
    }

    /// @param from after the opening quote
    /// @return after the closing one
    private int string(TornPlace place, int from, int end) {
        int known = learning ? NONE : known(place, from, end, true);
        if (known != NONE) {
            return known + 1;
        }
        int close = TornPlaces.close(bytes, from, end);
        boolean open = close == end;
        if (learning) {
            learn(place, from, close);
        } else {
            text(place, !open, open ? from - 1 : from, close);
        }
        return open ? end : close + 1;
    }

    private void key(int from, int end) {
        if (learning) {
            learn(places.place(KEY), from, end);
        } else if (known(places.place(KEY), from, end, false) == NONE) {
            text(places.place(KEY), false, from, end);
        }
    }

    /// Tears a string that is a copy or has a shape.
    ///
    /// @param quoted whether a quote ends it, and not the end
    /// @return where it ends, or -1
    private int known(TornPlace place, int from, int end, boolean quoted) {
        Form copy = place.copy();
        if (copy != null) {
            int after = copied(places.place(copy.detail()), from, end);
            if (ends(after, end, quoted)) {
                add(place.form, copy.number());
                value(place, from, after);
                return after;
            }
        }
        for (Form form : place.shaped()) {
            int after = matched(form.parts(), from, end);
            if (ends(after, end, quoted)) {
                add(place.form, form.number());
                for (int i = 0; i < form.columns().length; i++) {
                    add(form.columns()[i], fields[i]);
                }
                value(place, from, after);
                return after;
            }
        }
        return NONE;
    }

    private boolean ends(int at, int end, boolean quoted) {
        return at != NONE && (quoted ? at < end && bytes[at] == '"' : at == end);
    }

    /// @return the end of a copy that begins here, or -1
    private int copied(TornPlace source, int from, int end) {
        int length = source.valueLength;
        int other = source.valueFrom;
        return length >= 0
                        && length <= end - from
                        && Arrays.equals(bytes, from, from + length, bytes, other, other + length)
                ? from + length
                : NONE;
    }

    /// @return the end of a string with those parts that begins here, its numbers in `fields`; or -1
    private int matched(Shape.Part[] parts, int from, int end) {
        int at = from;
        int field = 0;
        for (Shape.Part part : parts) {
            int width =
                    part.kind() == Shape.VARIABLE
                            ? Shape.variableDigits(bytes, at, end)
                            : part.width();
            if (width == 0 || width > end - at) {
                return NONE;
            }
            if (part.kind() == Shape.LITERAL) {
                if (!starts(part.text(), at)) {
                    return NONE;
                }
            } else {
                long number = Shape.number(part.kind(), bytes, at, width);
                if (number < 0) {
                    return NONE;
                }
                fields[field++] = number;
            }
            at += width;
        }
        return at;
    }

    private boolean starts(Bytes literal, int at) {
        byte[] text = literal.array();
        int from = literal.from();
        for (int i = 0; i < literal.length(); i++) {
            if (bytes[at + i] != text[from + i]) {
                return false;
            }
        }
        return true;
    }

    /// Tears a value without quotes.
    ///
    /// @return where it ends
    private int bare(TornPlace place, int from, int end) {
        boolean negative = bytes[from] == '-';
        int first = negative ? from + 1 : from;
        int point = digitsEnd(first, end);
        if (point == first) {
            return word(place, from, first, end);
        }
        int at = point;
        if (point + 1 < end && bytes[point] == '.' && Shape.decimal(bytes[point + 1])) {
            at = digitsEnd(point + 1, end);
        }
        if (learning) {
            return at;
        }
        int scale = Math.max(0, at - point - 1);
        boolean padded = point - first > 1 && bytes[first] == '0';
        long number = 0;
        if (point - first + scale <= Shape.DECIMAL_DIGITS_MAX) {
            for (int i = first; i < at; i++) {
                number = i == point ? number : 10 * number + (bytes[i] - '0');
            }
        }
        if (padded
                || point - first + scale > Shape.DECIMAL_DIGITS_MAX
                || (negative && number == 0)) {
            text(place, false, from, at);
            return at;
        }
        Form form = place.number(scale);
        add(place.form, form.number());
        add(form.columns()[0], negative ? -number : number);
        value(place, from, at);
        return at;
    }

    private int digitsEnd(int from, int end) {
        int at = from;
        while (at < end && Shape.decimal(bytes[at])) {
            at++;
        }
        return at;
    }

    private int word(TornPlace place, int from, int letters, int end) {
        int at = letters;
        while (at < end && Shape.letter(bytes[at])) {
            at++;
        }
        if (!learning) {
            text(place, false, from, at);
        }
        return at;
    }

    private void text(TornPlace place, boolean quoted, int from, int end) {
        Form form = place.text(quoted);
        int length = end - from;
        add(place.form, form.number());
        value(place, from, end);
        if (length <= KNOWN_BYTES_MAX) {
            // The same text at another place has another hash.
            int hash = KnownTexts.hash(bytes, from, length) * 31 + place.id;
            int number = Math.max(0, known.number(bytes, from, length, hash));
            add(form.columns()[0], number);
            if (number > 0) {
                return;
            }
            if (place.known < KNOWN_TEXTS_MAX) {
                known.add(from, length, hash, ++place.known);
            }
        } else {
            add(form.columns()[0], 0);
        }
        add(form.columns()[1], length);
        texts.put(bytes, from, length);
    }

    private static void value(TornPlace place, int from, int end) {
        place.valueFrom = from;
        place.valueLength = end - from;
    }

    // What was made

    /// Writes how everything is coded, and all texts.
    ///
    /// @param slotsMax so many a reader takes
    /// @return false if a reader would refuse it
    boolean writeHead(ByteSink head, int slotsMax) {
        head.varint(entries);
        for (ColumnWriter column : new ColumnWriter[] {kinds, tags, keyTags, gaps, rests}) {
            column.plan(desk, head);
        }
        head.varint(places.all().size());
        for (TornPlace place : places.all()) {
            place.write(head, desk);
        }
        head.put(texts.bytes, 0, texts.length);
        return stock.slots() <= slotsMax && stock.taken() + parts <= COLUMNS_MAX;
    }

    /// Codes all numbers, the last first.
    void code(CodeWriter code) {
        for (int i = steps - 1; i >= 0; i--) {
            ColumnWriter column = order[i];
            if (!column.constant()) {
                column.codeLast(code);
            }
        }
    }
}
