package dev.skerry.stream.server;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.server.Problem.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// Takes in request bodies, and keeps count of what all of them together hold in memory until they are written.
final class Bodies {

    /// What a body gets before any of it has come, whatever length it says.
    private static final int FIRST_BYTES = 8 * 1024;

    /// What a body gets then, as a multiple of what has come: less often a copy where it says how long it is.
    private static final long GROWTH_STATED = 16;

    private static final long GROWTH = 2;

    /// Compressed bytes beyond the limit on decoded ones, for a body that hardly shrinks.
    private static final int OVERHEAD_BYTES_MAX = 64 * 1024;

    private final int bodyBytesMax;
    private final long heldBytesMax;
    private final AtomicLong heldBytes = new AtomicLong();

    Bodies(long bodyBytesMax, long heldBytesMax) {
        this.bodyBytesMax = (int) Math.min(bodyBytesMax, Integer.MAX_VALUE - 64);
        this.heldBytesMax = heldBytesMax;
    }

    /// A body in memory, counted until it is closed.
    final class Body implements AutoCloseable {
        private byte[] array = new byte[0];
        private int length;
        private long held;

        Bytes bytes() {
            return new Bytes(array, 0, length);
        }

        private void grow(int to) {
            hold(to - array.length);
            array = Arrays.copyOf(array, to);
        }

        private void hold(long more) {
            if (heldBytes.addAndGet(more) > heldBytesMax) {
                heldBytes.addAndGet(-more);
                throw new Refused(
                        Kind.TOO_MANY_WRITES,
                        "%d bytes wait to be written; try again a little later"
                                .formatted(heldBytes.get()));
            }
            held += more;
        }

        @Override
        public void close() {
            heldBytes.addAndGet(-held);
            held = 0;
        }
    }

    /// Reads the whole body, decoded.
    ///
    /// @throws Refused if it is too large, badly encoded, or no more can be held now
    /// @throws IOException if the client has gone
    Body read(Exchange exchange) throws IOException {
        Coding coding = Coding.ofBody(exchange.header("Content-Encoding"));
        Body body = new Body();
        boolean whole = false;
        try {
            if (coding == Coding.IDENTITY) {
                fill(body, exchange.body(), statedLength(exchange));
            } else {
                decode(body, coding, exchange.body());
            }
            whole = true;
            return body;
        } finally {
            if (!whole) {
                body.close();
            }
        }
    }

    private void decode(Body body, Coding coding, InputStream raw) throws IOException {
        InputStream counted = new Counted(raw, (long) bodyBytesMax + OVERHEAD_BYTES_MAX);
        PushbackInputStream encoded = new PushbackInputStream(counted, 1);
        int first = encoded.read();
        if (first < 0) {
            // A body that is not there is not encoded either, whatever the header says.
            return;
        }
        encoded.unread(first);
        try (InputStream plain = coding.decoded(encoded)) {
            fill(body, plain, FIRST_BYTES);
        } catch (IOException e) {
            if (Coding.badlyEncoded(e)) {
                throw new Refused(
                        Kind.BAD_REQUEST,
                        "the body is not the " + coding.token() + " that Content-Encoding says");
            }
            throw e;
        }
    }

    private int statedLength(Exchange exchange) {
        String stated = exchange.header("Content-Length");
        if (stated == null || !stated.matches("[0-9]{1,18}")) {
            return FIRST_BYTES;
        }
        if (Long.parseLong(stated) > bodyBytesMax) {
            throw tooLarge();
        }
        return Integer.parseInt(stated);
    }

    private void fill(Body body, InputStream in, int expected) throws IOException {
        body.grow(Math.min(expected, FIRST_BYTES));
        while (true) {
            int count = in.readNBytes(body.array, body.length, body.array.length - body.length);
            body.length += count;
            if (body.length < body.array.length) {
                return;
            }
            int next = in.read();
            if (next < 0) {
                return;
            }
            if (body.length >= bodyBytesMax) {
                throw tooLarge();
            }
            long more =
                    expected > body.length
                            ? Math.min(expected, body.length * GROWTH_STATED)
                            : Math.max(FIRST_BYTES, body.length * GROWTH);
            body.grow((int) Math.min(more, bodyBytesMax));
            body.array[body.length++] = (byte) next;
        }
    }

    private Refused tooLarge() {
        return new Refused(
                Kind.BODY_TOO_LARGE,
                "a body has at most "
                        + bodyBytesMax
                        + " bytes once decoded; send it in several requests");
    }

    /// Ends a body that goes on without ever becoming anything.
    private final class Counted extends FilterInputStream {
        private long left;

        Counted(InputStream in, long bytesMax) {
            super(in);
            left = bytesMax;
        }

        @Override
        public int read() throws IOException {
            return count(super.read(), 1);
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            int read = super.read(into, at, length);
            return count(read, read);
        }

        private int count(int result, int bytes) {
            left -= result < 0 ? 0 : bytes;
            if (left < 0) {
                throw tooLarge();
            }
            return result;
        }
    }
}
