package dev.skerry.stream.server;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Event;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes server-sent events. What a stream holds can never be taken for an event of its own: every line of it, however it
/// ends, becomes a `data:` line.
final class SseFrames {

    private final GrowingBytes out = new GrowingBytes(512);
    private boolean inLine;
    private boolean afterReturn;

    Bytes bytes() {
        return out.bytes();
    }

    /// One event with all of these, as text or as base64.
    void data(ContentType type, List<Event> events) {
        out.write("event: data\n");
        if (type.json()) {
            line("[");
            Iterator<Event> rest = events.iterator();
            while (rest.hasNext()) {
                text(rest.next().payload());
                if (rest.hasNext()) {
                    out.write(',');
                }
                endLine();
            }
            line("]");
        } else if (type.text()) {
            events.forEach(event -> text(event.payload()));
            if (!inLine) {
                beginLine((byte) 0);
            }
            endLine();
        } else {
            Bytes all = new Shown.Page(events, 0, 0, false, false).body(type);
            out.write("data:");
            byte[] encoded = Base64.getEncoder().encode(all.copy());
            out.write(encoded, 0, encoded.length);
            out.write('\n');
        }
        out.write('\n');
    }

    /// Where the reader is now.
    ///
    /// @param cursor null once the stream is closed: there is no coming back
    void control(long next, @Nullable Long cursor, boolean upToDate, boolean closed) {
        out.write("event: control\ndata:{\"streamNextOffset\":\"");
        out.write(Offset.token(next));
        out.write('"');
        if (cursor != null) {
            out.write(",\"streamCursor\":\"" + cursor + "\"");
        }
        if (upToDate) {
            out.write(",\"upToDate\":true");
        }
        if (closed) {
            out.write(",\"streamClosed\":true");
        }
        out.write("}\n\n");
    }

    private void line(String ascii) {
        out.write("data:");
        out.write(ascii);
        out.write('\n');
    }

    /// Goes on where the text before ended; CR, LF and CR LF end a line.
    private void text(Bytes bytes) {
        int end = bytes.from() + bytes.length();
        int at = bytes.from();
        while (at < end) {
            byte b = bytes.array()[at];
            if (b == '\n' && afterReturn) {
                afterReturn = false;
                at++;
                continue;
            }
            afterReturn = b == '\r';
            if (!inLine) {
                beginLine(b);
            }
            if (b == '\n' || b == '\r') {
                out.write('\n');
                inLine = false;
                at++;
                continue;
            }
            int from = at;
            while (at < end && bytes.array()[at] != '\n' && bytes.array()[at] != '\r') {
                at++;
            }
            out.write(bytes.array(), from, at - from);
        }
    }

    /// A reader takes one space away after the colon: a line that begins with one gets one more.
    private void beginLine(byte first) {
        out.write(first == ' ' ? "data: " : "data:");
        inLine = true;
    }

    private void endLine() {
        out.write('\n');
        inLine = false;
        afterReturn = false;
    }
}
