package dev.skerry.stream.server;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes server-sent events, in small pieces however large they are. What a stream holds can never be taken for an event of
/// its own: every line of it, however it ends, becomes a `data:` line.
final class SseFrames {

    private final Pieces out;
    private boolean inLine;
    private boolean afterReturn;

    SseFrames(OutputStream out) {
        this.out = new Pieces(out);
    }

    /// To be called at the end of a frame.
    ///
    /// @throws IOException once the reader has gone, as any other method here
    void flush() throws IOException {
        out.flush();
    }

    /// One event with all of these, as text or as base64.
    void data(ContentType type, List<Event> events) throws IOException {
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
            for (Event event : events) {
                text(event.payload());
            }
            if (!inLine) {
                beginLine((byte) 0);
            }
            endLine();
        } else {
            out.write("data:");
            // Its end is the end of the base64 only.
            try (OutputStream encoded = Base64.getEncoder().wrap(out)) {
                for (Event event : events) {
                    Bytes payload = event.payload();
                    encoded.write(payload.array(), payload.from(), payload.length());
                }
            }
            out.write('\n');
        }
        out.write('\n');
    }

    /// Where the reader is now.
    ///
    /// @param cursor null once the stream is closed: there is no coming back
    void control(long next, @Nullable Long cursor, boolean upToDate, boolean closed)
            throws IOException {
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

    private void line(String ascii) throws IOException {
        out.write("data:");
        out.write(ascii);
        out.write('\n');
    }

    /// Goes on where the text before ended; CR, LF and CR LF end a line.
    private void text(Bytes bytes) throws IOException {
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
    private void beginLine(byte first) throws IOException {
        out.write(first == ' ' ? "data: " : "data:");
        inLine = true;
    }

    private void endLine() throws IOException {
        out.write('\n');
        inLine = false;
        afterReturn = false;
    }

    /// Hands on what is written in pieces of at most [#PIECE_BYTES_MAX]. Closing it closes nothing.
    private static final class Pieces extends OutputStream {

        static final int PIECE_BYTES_MAX = 64 * 1024;

        private final OutputStream out;
        private final GrowingBytes piece = new GrowingBytes(512);

        Pieces(OutputStream out) {
            this.out = out;
        }

        void write(String ascii) throws IOException {
            Bytes bytes = Bytes.of(ascii);
            write(bytes.array(), bytes.from(), bytes.length());
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int at, int count) throws IOException {
            int done = 0;
            while (done < count) {
                int part = Math.min(count - done, PIECE_BYTES_MAX - piece.length());
                piece.write(from, at + done, part);
                done += part;
                if (piece.length() == PIECE_BYTES_MAX) {
                    handOn();
                }
            }
        }

        private void handOn() throws IOException {
            Bytes bytes = piece.bytes();
            out.write(bytes.array(), bytes.from(), bytes.length());
            piece.clear();
        }

        @Override
        public void flush() throws IOException {
            // A piece of nothing would be the end of the answer.
            if (piece.length() > 0) {
                handOn();
            }
            out.flush();
        }
    }
}
