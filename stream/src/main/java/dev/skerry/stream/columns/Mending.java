package dev.skerry.stream.columns;

import static dev.skerry.stream.columns.ColumnsFormat.KEY;
import static dev.skerry.stream.columns.ColumnsFormat.LONGS;
import static dev.skerry.stream.columns.ColumnsFormat.REST;
import static dev.skerry.stream.columns.ColumnsFormat.START;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.ChunkBuilder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Puts together again what [Tearing] has torn. Trusts nothing that it reads, and writes no more than it is told. For
/// one use.
final class Mending {

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    /// Longer texts are copied as arrays are.
    private static final int SHORT_BYTES_MAX = 64;

    /// How a value is written, at one place.
    // Never compared.
    @SuppressWarnings("ArrayRecordComponent")
    private record Pattern(
            int kind, boolean quoted, int detail, Shape.Part[] parts, ColumnReader[] columns) {}

    /// A text and the value after it.
    private static final class Place {
        private final Bytes text;
        private final boolean last;
        private final ColumnReader next;
        private final ColumnReader form;
        private final Pattern[] patterns;

        /// Where the same place follows each time, and the same pattern: those. Else null.
        private @Nullable Place onlyNext;

        private final @Nullable Pattern onlyPattern;
        private int valueFrom;
        private int valueLength = -1;
        private int[] known = new int[0];
        private int knownCount;

        Place(Bytes text, boolean last, ColumnReader next, ColumnReader form, Pattern[] patterns) {
            this.text = text;
            this.last = last;
            this.next = next;
            this.form = form;
            this.patterns = patterns;
            long only = form.constant() ? form.first() : -1;
            this.onlyPattern = only >= 0 && only < patterns.length ? patterns[(int) only] : null;
        }

        /// Once all places are known.
        void settle(Place[] places) {
            long only = !last && next.constant() ? next.first() : REST;
            onlyNext =
                    only != REST && only >= 0 && only < places.length ? places[(int) only] : null;
        }

        void know(int from, int length) {
            if (length > ColumnsFormat.KNOWN_BYTES_MAX
                    || knownCount == ColumnsFormat.KNOWN_TEXTS_MAX) {
                return;
            }
            if (2 * knownCount == known.length) {
                known = Arrays.copyOf(known, Math.max(16, 2 * known.length));
            }
            known[2 * knownCount] = from;
            known[2 * knownCount++ + 1] = length;
        }
    }

    private final HeadReader head;
    private final CodeReader code;
    private final byte[] out;
    private int at;

    private final int entries;
    private final ColumnReader kinds;
    private final ColumnReader tags;
    private final ColumnReader keyTags;
    private final ColumnReader gaps;
    private final ColumnReader rests;
    private final Place[] places;

    /// @param length of what is put together
    Mending(HeadReader head, CodeReader code, int length) {
        this.head = head;
        this.code = code;
        out = new byte[length];
        entries = head.count(length);
        kinds = new ColumnReader(head, 0);
        tags = new ColumnReader(head, 0);
        keyTags = new ColumnReader(head, 0);
        gaps = new ColumnReader(head, 0);
        rests = new ColumnReader(head, 0);
        places = new Place[head.count(ColumnsFormat.PLACES_MAX)];
        for (int i = 0; i < places.length; i++) {
            places[i] = readPlace();
        }
        if (places.length <= REST) {
            throw Columns.faulty("it has no places");
        }
        for (Place place : places) {
            place.settle(places);
        }
    }

    private Place readPlace() {
        long about = head.varint();
        boolean last = (about & 1) != 0;
        long length = about >>> 1;
        if (length > ColumnsFormat.FRAGMENT_BYTES_MAX) {
            throw Columns.faulty("a text of %d bytes".formatted(length));
        }
        Bytes text = head.take((int) length);
        if (last) {
            return new Place(text, true, kinds, kinds, new Pattern[0]);
        }
        ColumnReader next = new ColumnReader(head, 0);
        int count = head.count(ColumnsFormat.FORMS_MAX);
        if (count == 0) {
            return new Place(text, false, next, kinds, new Pattern[0]);
        }
        ColumnReader form = new ColumnReader(head, 0);
        Pattern[] patterns = new Pattern[count];
        for (int i = 0; i < count; i++) {
            patterns[i] = readPattern();
        }
        return new Place(text, false, next, form, patterns);
    }

    private Pattern readPattern() {
        int about = head.count(ColumnsFormat.PLACES_MAX << 3);
        int kind = about & 3;
        boolean quoted = (about & 4) != 0;
        int detail = about >>> 3;
        Shape.Part[] parts = kind == ColumnsFormat.SHAPED ? readParts() : new Shape.Part[0];
        ColumnReader[] columns =
                switch (kind) {
                    case ColumnsFormat.TEXT -> columns(0, 0);
                    case ColumnsFormat.NUMBER -> columns(0);
                    case ColumnsFormat.COPY -> columns();
                    default -> columns(wraps(parts));
                };
        if (kind == ColumnsFormat.NUMBER && detail >= Shape.DECIMAL_DIGITS_MAX) {
            throw Columns.faulty("numbers with %d decimal places".formatted(detail));
        }
        return new Pattern(kind, quoted, detail, parts, columns);
    }

    private static long[] wraps(Shape.Part[] parts) {
        long[] wraps = new long[parts.length];
        int count = 0;
        for (Shape.Part part : parts) {
            if (part.kind() != Shape.LITERAL) {
                wraps[count++] = part.wrapsAt();
            }
        }
        return Arrays.copyOf(wraps, count);
    }

    private ColumnReader[] columns(long... wraps) {
        ColumnReader[] columns = new ColumnReader[wraps.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new ColumnReader(head, wraps[i]);
        }
        return columns;
    }

    private Shape.Part[] readParts() {
        Shape.Part[] parts = new Shape.Part[head.count(Shape.LENGTH_MAX)];
        for (int i = 0; i < parts.length; i++) {
            head.column();
            int about = head.count(Shape.LENGTH_MAX << 3 | 7);
            int kind = about & 7;
            int width = about >>> 3;
            int widthMax =
                    switch (kind) {
                        case Shape.LITERAL -> Shape.LENGTH_MAX;
                        case Shape.DECIMAL -> Shape.DECIMAL_DIGITS_MAX;
                        case Shape.LOWER, Shape.UPPER -> Shape.HEX_DIGITS_MAX;
                        case Shape.VARIABLE -> 1;
                        default -> 0;
                    };
            if (width == 0 || width > widthMax) {
                throw Columns.faulty("a part of a shape that there is not");
            }
            parts[i] =
                    kind == Shape.LITERAL
                            ? Shape.Part.literal(head.take(width))
                            : Shape.Part.number(kind, width);
        }
        return parts;
    }

    Bytes mend() {
        for (int i = 0; i < entries; i++) {
            entry();
        }
        if (at != out.length || head.rest().length() > 0 || !code.done()) {
            throw Columns.faulty("it holds something else than that many bytes");
        }
        return Bytes.of(out);
    }

    private void entry() {
        int kind = index(kinds.next(code), ChunkBuilder.GAP + 1);
        if (kind == ChunkBuilder.GAP) {
            long count = gaps.next(code);
            if (count < 0 || count >= ColumnsFormat.NUMBER_MAX) {
                throw Columns.faulty("a gap of %d offsets".formatted(count));
            }
            long tag = count << 2 | kind;
            int tagBytes = ColumnsFormat.varintBytes(tag);
            int from = reserve(tagBytes);
            varint(from, tagBytes, tag);
            put(head.take(Checksum.BYTES));
            return;
        }
        int tagBytes = size(tags.next(code), 8);
        int tagFrom = reserve(tagBytes);
        if (kind != ChunkBuilder.PLAIN) {
            int keyTagBytes = size(keyTags.next(code), 8);
            int keyTagFrom = reserve(keyTagBytes);
            int keyFrom = at;
            value(places[KEY]);
            varint(keyTagFrom, keyTagBytes, at - keyFrom);
        }
        int from = at;
        payload();
        varint(tagFrom, tagBytes, (long) (at - from) << 2 | kind);
    }

    private void payload() {
        Place place = places[START];
        while (true) {
            int from = at;
            Place next = place.onlyNext;
            if (next == null) {
                int id = index(place.next.next(code), places.length);
                if (id == REST) {
                    put(head.take(size(rests.next(code), out.length)));
                    return;
                }
                next = places[id];
            }
            place = next;
            put(place.text);
            if (place.last) {
                return;
            }
            value(place);
            if (at == from) {
                throw Columns.faulty("a value of nothing");
            }
        }
    }

    private void value(Place place) {
        Pattern pattern = place.onlyPattern;
        if (pattern == null) {
            pattern = place.patterns[index(place.form.next(code), place.patterns.length)];
        }
        if (pattern.quoted) {
            out[reserve(1)] = '"';
        }
        int from = at;
        switch (pattern.kind) {
            case ColumnsFormat.TEXT -> text(place, pattern);
            case ColumnsFormat.COPY -> copy(pattern);
            case ColumnsFormat.NUMBER -> number(pattern.columns[0].next(code), pattern.detail);
            default -> shaped(pattern);
        }
        place.valueFrom = from;
        place.valueLength = at - from;
        if (pattern.quoted) {
            out[reserve(1)] = '"';
        }
    }

    private void text(Place place, Pattern pattern) {
        long number = pattern.columns[0].next(code);
        if (number == 0) {
            int length = size(pattern.columns[1].next(code), out.length);
            place.know(at, length);
            put(head.take(length));
            return;
        }
        int index = 2 * index(number - 1, place.knownCount);
        copy(place.known[index], place.known[index + 1]);
    }

    private void copy(Pattern pattern) {
        Place source = places[index(pattern.detail, places.length)];
        if (source.valueLength < 0) {
            throw Columns.faulty("a copy of nothing");
        }
        copy(source.valueFrom, source.valueLength);
    }

    private void copy(int from, int length) {
        copy(out, from, length);
    }

    /// Most of what is copied is a few bytes: those go eight at a time, and up to seven more than asked for, over which goes
    /// what comes next.
    private void copy(byte[] source, int from, int length) {
        int to = reserve(length);
        if (length > SHORT_BYTES_MAX
                || from + length > source.length - Long.BYTES
                || to + length > out.length - Long.BYTES) {
            System.arraycopy(source, from, out, to, length);
            return;
        }
        for (int i = 0; i < length; i += Long.BYTES) {
            LONGS.set(out, to + i, (long) LONGS.get(source, from + i));
        }
    }

    private void shaped(Pattern pattern) {
        int field = 0;
        for (Shape.Part part : pattern.parts) {
            if (part.kind() == Shape.LITERAL) {
                put(part.text());
                continue;
            }
            long number = pattern.columns[field++].next(code);
            if (number < 0 || number >= part.numbersEnd()) {
                throw Columns.faulty("a number that is too large");
            }
            switch (part.kind()) {
                case Shape.DECIMAL -> decimal(number, part.width());
                case Shape.VARIABLE -> decimal(number, digits(number));
                case Shape.LOWER -> hex(number, part.width(), 'a' - ':');
                default -> hex(number, part.width(), 'A' - ':');
            }
        }
    }

    private void number(long number, int scale) {
        long left = Math.abs(number);
        if (left < 0 || left >= ColumnsFormat.NUMBER_MAX) {
            throw Columns.faulty("a number that is too large");
        }
        if (number < 0) {
            out[reserve(1)] = '-';
        }
        int digits = digits(left);
        if (scale == 0) {
            decimal(left, digits);
            return;
        }
        long tens = Shape.tenTo(scale);
        decimal(left / tens, Math.max(1, digits - scale));
        out[reserve(1)] = '.';
        decimal(left % tens, scale);
    }

    private static int digits(long number) {
        int digits = 1;
        for (long left = number; left > 9; left /= 10) {
            digits++;
        }
        return digits;
    }

    private void decimal(long number, int width) {
        int from = reserve(width);
        int to = from + width;
        long left = number;
        for (; to - from >= 2; to -= 2) {
            long rest = left / 100;
            SHORTS.set(out, to - 2, decimalPair((int) (left - 100 * rest)));
            left = rest;
        }
        if (to > from) {
            out[from] = (byte) ('0' + left % 10);
        }
    }

    /// Two digits as they stand in memory.
    private static short decimalPair(int number) {
        int tens = (number * 103) >>> 10;
        return (short) (0x3030 | tens | (number - 10 * tens) << 8);
    }

    /// @param letters what `a` is further on than the character after `9`
    private void hex(long number, int width, int letters) {
        int from = reserve(width);
        int to = from + width;
        long left = number;
        for (; to - from >= 2; to -= 2) {
            SHORTS.set(out, to - 2, hexPair((int) left & 0xFF, letters));
            left >>>= 8;
        }
        if (to > from) {
            out[from] = (byte) (hexPair((int) left & 0x0F, letters) >>> 8);
        }
    }

    private static short hexPair(int number, int letters) {
        int digits = number >>> 4 | (number & 0x0F) << 8;
        // A digit above 9, and 6, is 16 or more.
        int above = ((digits + 0x0606) >>> 4) & 0x0101;
        return (short) (digits + 0x3030 + above * letters);
    }

    private static int index(long number, int count) {
        if (number < 0 || number >= count) {
            throw Columns.faulty("number %d of %d".formatted(number, count));
        }
        return (int) number;
    }

    private static int size(long number, int max) {
        if (number < 0 || number > max) {
            throw Columns.faulty("%d bytes where at most %d can be".formatted(number, max));
        }
        return (int) number;
    }

    /// @return where the next bytes go
    private int reserve(int count) {
        int from = at;
        if (count > out.length - from) {
            throw Columns.faulty("it holds more than that");
        }
        at = from + count;
        return from;
    }

    private void put(Bytes bytes) {
        copy(bytes.array(), bytes.from(), bytes.length());
    }

    private void varint(int from, int size, long value) {
        if (ColumnsFormat.varintBytes(value) != size) {
            throw Columns.faulty("an entry of another length");
        }
        long rest = value;
        for (int i = 0; i < size; i++) {
            out[from + i] = (byte) ((rest & 0x7F) | (i < size - 1 ? 0x80 : 0));
            rest >>>= 7;
        }
    }
}
