package dev.skerry.stream.server;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.server.Problem.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Takes in request bodies, and keeps count of what all of them together hold in memory until they are written.
final class Bodies {

    /// What a body gets once its first byte has come, whatever length it says.
    private static final int FIRST_BYTES = 8 * 1024;

    /// What a body gets then, as a multiple of what has come: less often a copy where it says how long it is.
    private static final long GROWTH_STATED = 16;

    private static final long GROWTH = 2;

    /// Compressed bytes beyond the limit on decoded ones, for a body that hardly shrinks.
    private static final int OVERHEAD_BYTES_MAX = 64 * 1024;

    /// What is made of a byte before the whole body has come takes so many more: a copy in a chunk, and one in an array that the body
    /// has outgrown.
    private static final int MADE_PER_BYTE = 2;

    /// And so many for a message, however small it is.
    private static final int MESSAGE_BYTES = 128;

    private final int bodyBytesMax;
    private final long heldBytesMax;
    private final AtomicLong heldBytes = new AtomicLong();

    Bodies(long bodyBytesMax, long heldBytesMax) {
        this.bodyBytesMax = (int) Math.min(bodyBytesMax, Integer.MAX_VALUE - 64);
        this.heldBytesMax = heldBytesMax;
    }

    /// A body in memory, or on its way there; counted until it is closed. For one thread.
    final class Body implements JsonMessages.Coming, AutoCloseable {
        private final int expected;

        /// Where the rest comes from; null once there is none, or it cannot be had.
        private @Nullable InputStream rest;

        private byte[] array = new byte[0];
        private int length;
        private @Nullable Refused refused;

        /// What all this takes, in bytes, and what of it was made of a body that is still on its way.
        private long held;

        private long made;

        private Body(InputStream in, int expected) {
            this.rest = in;
            this.expected = expected;
        }

        /// Waits for its first byte.
        boolean empty() throws IOException {
            while (length == 0 && rest != null) {
                readOn(rest);
            }
            return length == 0;
        }

        /// Waits for the rest of it.
        ///
        /// @throws Refused if it is too large, or no more can be held now
        /// @throws IOException if the client has gone
        Bytes whole() throws IOException {
            while (rest != null) {
                readOn(rest);
            }
            if (refused != null) {
                throw refused;
            }
            return come();
        }

        /// What has come.
        Bytes come() {
            return new Bytes(array, 0, length);
        }

        /// As [JsonMessages.Coming] says. Where no more of what was made can be held, the whole body is awaited first: clients that
        /// stand still in the middle of theirs make nothing grow that is not counted.
        ///
        /// @throws UncheckedIOException if the client has gone
        @Override
        public @Nullable Bytes more(int messages) {
            InputStream in = rest;
            if (in == null) {
                return null;
            }
            long more = (long) length * MADE_PER_BYTE + (long) messages * MESSAGE_BYTES - made;
            try {
                if (tryHold(more)) {
                    made += more;
                    readOn(in);
                } else {
                    whole();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return come();
        }

        private void readOn(InputStream in) throws IOException {
            boolean goesOn = false;
            try {
                goesOn = length < array.length ? fill(in) : grow(in);
            } catch (Refused e) {
                refused = e;
                throw e;
            } finally {
                if (!goesOn) {
                    rest = null;
                    release(made);
                    made = 0;
                }
            }
        }

        private boolean fill(InputStream in) throws IOException {
            int count = in.read(array, length, array.length - length);
            length += Math.max(count, 0);
            return count >= 0;
        }

        private boolean grow(InputStream in) throws IOException {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            if (length >= bodyBytesMax) {
                throw tooLarge();
            }
            long to =
                    length == 0
                            ? Math.clamp(expected, 1, FIRST_BYTES)
                            : expected > length
                                    ? Math.min(expected, length * GROWTH_STATED)
                                    : Math.max(FIRST_BYTES, length * GROWTH);
            int capacity = (int) Math.min(to, bodyBytesMax);
            hold(capacity - length);
            array = Arrays.copyOf(array, capacity);
            array[length++] = (byte) next;
            return true;
        }

        private void hold(long more) {
            if (!tryHold(more)) {
                throw new Refused(
                        Kind.TOO_MANY_WRITES,
                        "%d bytes wait to be written; try again a little later"
                                .formatted(heldBytes.get()));
            }
        }

        private boolean tryHold(long more) {
            if (heldBytes.addAndGet(more) > heldBytesMax) {
                heldBytes.addAndGet(-more);
                return false;
            }
            held += more;
            return true;
        }

        private void release(long less) {
            heldBytes.addAndGet(-less);
            held -= less;
        }

        @Override
        public void close() {
            release(held);
        }
    }

    /// Begins to take in a body. One that comes encoded is read and decoded at once.
    ///
    /// @throws Refused if it is too large, badly encoded, or no more can be held now
    /// @throws IOException if the client has gone
    Body take(Exchange exchange) throws IOException {
        Coding coding = Coding.ofBody(exchange.header("Content-Encoding"));
        return coding == Coding.IDENTITY
                ? new Body(exchange.body(), statedLength(exchange))
                : decoded(coding, exchange.body());
    }

    private Body decoded(Coding coding, InputStream raw) throws IOException {
        InputStream counted = new Counted(raw, (long) bodyBytesMax + OVERHEAD_BYTES_MAX);
        PushbackInputStream encoded = new PushbackInputStream(counted, 1);
        int first = encoded.read();
        if (first < 0) {
            // A body that is not there is not encoded either, whatever the header says.
            return new Body(InputStream.nullInputStream(), 0);
        }
        encoded.unread(first);
        Body body = null;
        boolean whole = false;
        try (InputStream plain = coding.decoded(encoded)) {
            body = new Body(plain, FIRST_BYTES);
            body.whole();
            whole = true;
            return body;
        } catch (IOException e) {
            if (Coding.badlyEncoded(e)) {
                throw new Refused(
                        Kind.BAD_REQUEST,
                        "the body is not the " + coding.token() + " that Content-Encoding says");
            }
            throw e;
        } finally {
            if (body != null && !whole) {
                body.close();
            }
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
