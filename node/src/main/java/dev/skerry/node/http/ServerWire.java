package dev.skerry.node.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.node.link.Acceptor;
import dev.skerry.node.link.Acceptor.Guest;
import dev.skerry.node.link.Wire;
import dev.skerry.stream.Bytes;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A wire over a WebSocket, at the side that took it. Messages are heard on the connection's thread.
final class ServerWire implements Wire, ServerConnection {

    private static final System.Logger LOG = System.getLogger(ServerWire.class.getName());

    // RFC 6455, section 5.2.
    private static final int LAST = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0F;
    private static final int MASKED = 0x80;
    private static final int MORE = 0x0;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int CONTROL_BYTES_MAX = 125;
    private static final int TWO_BYTES_OF_LENGTH = 126;
    private static final int EIGHT_BYTES_OF_LENGTH = 127;

    // Section 7.4.1.
    private static final int GOES_AWAY = 1001;
    private static final int NORMAL = 1000;
    private static final int BAD_PROTOCOL = 1002;
    private static final int NOT_BINARY = 1003;
    private static final int TOO_LARGE = 1009;
    private static final int FAILED = 1011;

    private final Line line;
    private final DataReader reader;
    private final Guest guest;
    private final Acceptor acceptor;
    private final String answer;
    private final Object sending = new Object();
    private final AtomicBoolean ending = new AtomicBoolean();
    private volatile String why = "the line broke";
    private @Nullable ByteArrayOutputStream parts;

    /// @param answer to the key that the other side sent
    ServerWire(Line line, Guest guest, Acceptor acceptor, String answer) {
        this.line = line;
        this.reader = line.dataReader();
        this.guest = guest;
        this.acceptor = acceptor;
        this.answer = answer;
    }

    @Override
    public void handle(Limit limit) {
        line.becomeWire();
        Ears ears = null;
        try {
            accept();
            ears = acceptor.accept(guest, this);
            while (hear(ears)) {}
        } catch (CloseConnectionException e) {
            // It has gone; why, if anybody said so, is known.
        } catch (RuntimeException e) {
            LOG.log(
                    Level.ERROR,
                    "wire=failed guest=%s remedy=report this, with what follows"
                            .formatted(guest.name()),
                    e);
            end(FAILED, "failed");
            drain();
        } finally {
            ending.set(true);
            if (ears != null) {
                ears.ended(why);
            }
        }
    }

    private void accept() {
        String head =
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Accept: "
                        + answer
                        + "\r\n\r\n";
        try {
            line.write(BufferData.create(head.getBytes(US_ASCII)));
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("the client has gone", e);
        }
    }

    // ---- hearing

    /// Takes in one frame.
    ///
    /// @return whether there may be another
    private boolean hear(Ears ears) {
        int first = reader.read();
        line.begun(true);
        int second = reader.read();
        boolean last = (first & LAST) != 0;
        int opcode = first & OPCODE;
        long length = length(second & ~MASKED & 0xFF);
        boolean control = (opcode & CLOSE) != 0;
        if ((first & RESERVED) != 0
                || (second & MASKED) == 0
                || (control && (!last || length > CONTROL_BYTES_MAX))) {
            return refuse(BAD_PROTOCOL, "this is no WebSocket");
        }
        long whole = parts == null || control ? length : parts.size() + length;
        if (length < 0 || whole > MESSAGE_BYTES_MAX) {
            return refuse(TOO_LARGE, "a message has at most " + MESSAGE_BYTES_MAX + " bytes");
        }
        byte[] payload = payload((int) length);
        line.begun(false);
        return switch (opcode) {
            case BINARY, MORE ->
                    (opcode == MORE) == (parts != null)
                            ? take(payload, last, ears)
                            : refuse(BAD_PROTOCOL, "parts of messages are mixed up");
            case CLOSE -> agree(payload);
            case PING -> {
                send(PONG, Bytes.of(payload));
                yield true;
            }
            case PONG -> true;
            default -> refuse(NOT_BINARY, "only binary messages are understood");
        };
    }

    private long length(int said) {
        return switch (said) {
            case TWO_BYTES_OF_LENGTH -> number(2);
            case EIGHT_BYTES_OF_LENGTH -> number(8);
            default -> said;
        };
    }

    private long number(int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | (reader.read() & 0xFF);
        }
        return number;
    }

    private byte[] payload(int length) {
        byte[] key = reader.readBytes(4);
        byte[] payload = length == 0 ? new byte[0] : reader.readBytes(length);
        ByteBuffer masked = ByteBuffer.wrap(payload);
        int word = ByteBuffer.wrap(key).getInt();
        long words = (long) word << 32 | (word & 0xFFFFFFFFL);
        int at = 0;
        for (; at <= length - Long.BYTES; at += Long.BYTES) {
            masked.putLong(at, masked.getLong(at) ^ words);
        }
        for (; at < length; at++) {
            payload[at] ^= key[at & 3];
        }
        return payload;
    }

    private boolean take(byte[] payload, boolean last, Ears ears) {
        byte[] message = payload;
        if (parts != null || !last) {
            ByteArrayOutputStream all = parts == null ? new ByteArrayOutputStream() : parts;
            all.writeBytes(payload);
            parts = last ? null : all;
            message = last ? all.toByteArray() : payload;
        }
        // What comes after we said goodbye, nobody wants to hear.
        if (last && !ending.get()) {
            ears.received(Bytes.of(message));
        }
        return true;
    }

    /// The other side ends it.
    private boolean agree(byte[] farewell) {
        if (!ending.getAndSet(true)) {
            why =
                    farewell.length > 2
                            ? new String(farewell, 2, farewell.length - 2, UTF_8)
                            : "the other side ended it";
            send(CLOSE, Bytes.of(farewell));
        }
        return false;
    }

    private boolean refuse(int code, String reason) {
        end(code, reason);
        drain();
        return false;
    }

    /// Lets the other side read our farewell: a socket that is closed on bytes unread takes it away again.
    private void drain() {
        try {
            while (true) {
                reader.readBuffer();
            }
        } catch (CloseConnectionException e) {
            // That is the end, or [Line#hurry] made it.
        }
    }

    // ---- sending

    @Override
    public void send(Bytes message) {
        if (message.length() > MESSAGE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a message of " + message.length() + " bytes; " + MESSAGE_BYTES_MAX + " fit");
        }
        if (!ending.get()) {
            send(BINARY, message);
        }
    }

    /// In one piece, so that TLS makes one record of a small message.
    private void send(int opcode, Bytes payload) {
        int length = payload.length();
        ByteBuffer frame = ByteBuffer.allocate(length + 10);
        frame.put((byte) (LAST | opcode));
        if (length < TWO_BYTES_OF_LENGTH) {
            frame.put((byte) length);
        } else if (length < 1 << 16) {
            frame.put((byte) TWO_BYTES_OF_LENGTH).putShort((short) length);
        } else {
            frame.put((byte) EIGHT_BYTES_OF_LENGTH).putLong(length);
        }
        frame.put(payload.array(), payload.from(), length);
        synchronized (sending) {
            try {
                line.write(BufferData.create(frame.array(), 0, frame.position()));
            } catch (UncheckedIOException e) {
                // Its own thread finds out, and tells.
                line.close();
            }
        }
    }

    @Override
    public void close(String reason) {
        end(NORMAL, reason);
    }

    /// From any thread, and without waiting: another may wait in the middle of a message.
    private void end(int code, String reason) {
        if (!ending.getAndSet(true)) {
            why = reason;
            line.hurry();
            Thread.startVirtualThread(() -> send(CLOSE, farewell(code, reason)));
        }
    }

    private static Bytes farewell(int code, String reason) {
        ByteBuffer farewell = ByteBuffer.allocate(CONTROL_BYTES_MAX).putShort((short) code);
        // Stops before a character that does not fit.
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(reason), farewell, true);
        return new Bytes(farewell.array(), 0, farewell.position());
    }

    // ---- what the server asks

    /// Never: who listens decides whether a wire is dead.
    @Override
    public Duration idleTime() {
        return Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
        end(GOES_AWAY, "the server stops");
        if (interrupt) {
            line.close();
        }
    }
}
