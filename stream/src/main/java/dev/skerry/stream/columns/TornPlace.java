package dev.skerry.stream.columns;

import static dev.skerry.stream.columns.ColumnsFormat.COPY;
import static dev.skerry.stream.columns.ColumnsFormat.KEY;
import static dev.skerry.stream.columns.ColumnsFormat.NUMBER;
import static dev.skerry.stream.columns.ColumnsFormat.SHAPED;
import static dev.skerry.stream.columns.ColumnsFormat.TEXT;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A text that comes again and again, the values after it, and what has been learnt about these. For one thread at a
/// time.
final class TornPlace {

    static final int NONE = -1;

    /// More strings are not looked at to learn what they look like.
    private static final int LEARNT_STRINGS_MAX = 256;

    /// So many different looks are learnt, of which those of an eighth of the strings are kept.
    private static final int SHAPES_MAX = 8;

    /// How a value can be written here.
    ///
    /// @param number its number among those of the place
    /// @param detail of a copy: from which place. Of a number: how many digits follow its point
    // Never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Form(
            int number,
            int kind,
            boolean quoted,
            int detail,
            Shape.Part[] parts,
            ColumnWriter[] columns) {}

    final int id;

    /// The last place before this one that has a name in it, if this one has none.
    final int parent;

    final byte[] text;

    /// Whether the payload ends after the text.
    final boolean last;

    /// Whether the text holds the name of a member.
    final boolean named;

    final ColumnWriter next;
    final ColumnWriter form;

    /// The places that came last after this one.
    @Nullable TornPlace follower;

    @Nullable TornPlace otherFollower;

    /// Where the last value stands.
    int valueFrom;

    int valueLength = NONE;

    /// How many texts are known again here.
    int known;

    private final ColumnWriter.Stock stock;
    private final List<Form> forms = new ArrayList<>();
    private @Nullable Form quotedText;
    private @Nullable Form bareText;
    private @Nullable Form copy;
    private @Nullable Form[] numbers = new Form[0];
    private Form[] shaped = new Form[0];

    private final List<Shape> shapes = new ArrayList<>();
    private int strings;
    private int repeats;
    private int copies;
    private int copyFrom = NONE;

    TornPlace(
            int id,
            int parent,
            byte[] text,
            boolean last,
            boolean named,
            ColumnWriter.Stock stock) {
        this.id = id;
        this.parent = parent;
        this.text = text;
        this.last = last;
        this.named = named;
        this.stock = stock;
        next = stock.names();
        form = stock.names();
    }

    /// The place from which this one names those that follow and have no name.
    int name() {
        return named ? id : parent;
    }

    // Learning

    /// Learns from a string what strings here look like.
    ///
    /// @param repeated whether the last one was equal
    /// @param source another place that has had an equal one in the same event, or -1
    void learn(byte[] bytes, int from, int length, boolean repeated, int source) {
        strings++;
        repeats += repeated ? 1 : 0;
        if (source != NONE) {
            copyFrom = copies == 0 ? source : copyFrom;
            copies += copyFrom == source ? 1 : 0;
        }
        if (strings <= LEARNT_STRINGS_MAX) {
            learnShape(Shape.of(bytes, from, length));
        }
    }

    private void learnShape(@Nullable Shape found) {
        if (found == null) {
            return;
        }
        for (Shape shape : shapes) {
            if (shape.widen(found)) {
                return;
            }
        }
        if (shapes.size() < SHAPES_MAX) {
            shapes.add(found);
        }
    }

    /// Ends learning.
    ///
    /// @return how many parts the shapes have that are worth it
    int settle() {
        follower = null;
        otherFollower = null;
        valueLength = NONE;
        boolean quoted = id != KEY;
        int source =
                8 * repeats >= 7 * (strings - 1) ? id : 2 * copies >= strings ? copyFrom : NONE;
        if (source != NONE && strings > 1) {
            copy = add(COPY, quoted, source);
        }
        int parts = 0;
        List<Form> made = new ArrayList<>();
        for (Shape shape : shapes) {
            if (shape.hits > 1 && 8 * shape.hits >= Math.min(strings, LEARNT_STRINGS_MAX)) {
                Form form = shaped(shape.parts(), quoted);
                parts += form.parts.length;
                made.add(form);
            }
        }
        shaped = made.toArray(new Form[0]);
        return parts;
    }

    private Form shaped(Shape.Part[] parts, boolean quoted) {
        List<ColumnWriter> fields = new ArrayList<>();
        for (Shape.Part part : parts) {
            if (part.kind() != Shape.LITERAL) {
                fields.add(stock.numbers(part.wrapsAt()));
            }
        }
        return add(SHAPED, quoted, 0, parts, fields.toArray(new ColumnWriter[0]));
    }

    private Form add(int kind, boolean quoted, int detail, ColumnWriter... columns) {
        return add(kind, quoted, detail, new Shape.Part[0], columns);
    }

    private Form add(
            int kind, boolean quoted, int detail, Shape.Part[] parts, ColumnWriter[] columns) {
        Form form = new Form(forms.size(), kind, quoted, detail, parts, columns);
        forms.add(form);
        return form;
    }

    // Forms

    @Nullable Form copy() {
        return copy;
    }

    Form[] shaped() {
        return shaped;
    }

    Form text(boolean quoted) {
        Form form = quoted ? quotedText : bareText;
        if (form == null) {
            form = add(TEXT, quoted, 0, stock.names(), stock.numbers());
            if (quoted) {
                quotedText = form;
            } else {
                bareText = form;
            }
        }
        return form;
    }

    Form number(int scale) {
        if (numbers.length == 0) {
            numbers = new Form[Shape.DECIMAL_DIGITS_MAX];
        }
        Form form = numbers[scale];
        if (form == null) {
            form = add(NUMBER, false, scale, stock.numbers());
            numbers[scale] = form;
        }
        return form;
    }

    /// Writes what a reader has to know about this place.
    void write(ByteSink head, ColumnWriter.Desk desk) {
        head.varint((long) text.length << 1 | (last ? 1 : 0));
        head.put(text, 0, text.length);
        if (last) {
            return;
        }
        next.plan(desk, head);
        head.varint(forms.size());
        if (forms.isEmpty()) {
            return;
        }
        form.plan(desk, head);
        for (Form form : forms) {
            head.varint((long) form.detail << 3 | (form.quoted ? 4 : 0) | form.kind);
            if (form.kind == SHAPED) {
                head.varint(form.parts.length);
                for (Shape.Part part : form.parts) {
                    head.varint((long) part.width() << 3 | part.kind());
                    head.put(part.text());
                }
            }
            for (ColumnWriter column : form.columns) {
                column.plan(desk, head);
            }
        }
    }
}
