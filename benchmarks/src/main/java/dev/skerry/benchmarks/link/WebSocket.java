package dev.skerry.benchmarks.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The client's end of a WebSocket (RFC 6455), as much of it as binary messages in one frame each need. For one thread.
final class WebSocket implements AutoCloseable {

    private static final int LAST = 0x80;
    private static final int MASKED = 0x80;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int TWO_BYTES_OF_LENGTH = 126;
    private static final int EIGHT_BYTES_OF_LENGTH = 127;
    private static final int MESSAGE_BYTES_MAX = 1 << 24;
    private static final int BUFFER_BYTES = 2048;
    private static final int HEAD_BYTES_MAX = 8192;
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// The server asks to be left alone for a while.
    static final class Busy extends IOException {
        private static final long serialVersionUID = 1;
        private final Duration retryAfter;

        Busy(Duration retryAfter) {
            super("503, again after " + retryAfter);
            this.retryAfter = retryAfter;
        }

        Duration retryAfter() {
            return retryAfter;
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private long received;

    /// Opens one over a connection.
    ///
    /// @throws Busy if the server says 503
    WebSocket(Socket socket, String host, String path) throws IOException {
        this.socket = socket;
        this.in =
                new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
        this.out = socket.getOutputStream();
        byte[] nonce = new byte[16];
        ThreadLocalRandom.current().nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        String request =
                """
                GET %s HTTP/1.1\r
                Host: %s\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: %s\r
                \r
                """
                        .formatted(path, host, key);
        out.write(request.getBytes(US_ASCII));
        String head = head();
        if (head.startsWith("HTTP/1.1 503 ")) {
            throw new Busy(Duration.ofSeconds(Long.parseLong(header(head, "Retry-After"))));
        }
        if (!head.startsWith("HTTP/1.1 101 ")
                || !header(head, "Sec-WebSocket-Accept").equals(answerTo(key))) {
            throw new IOException("no WebSocket: " + head.lines().findFirst().orElse(""));
        }
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            if (head.length() == HEAD_BYTES_MAX) {
                throw new IOException("an answer without end");
            }
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    private static String header(String head, String name) throws IOException {
        String prefix = name + ":";
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, prefix, 0, prefix.length()))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst()
                .orElseThrow(() -> new IOException("an answer without " + name));
    }

    private static String answerTo(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + KEY_SUFFIX).getBytes(US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    void send(byte[] message) throws IOException {
        send(BINARY, message);
    }

    private void send(int opcode, byte[] payload) throws IOException {
        int length = payload.length;
        ByteBuffer frame = ByteBuffer.allocate(length + 8);
        frame.put((byte) (LAST | opcode));
        if (length < TWO_BYTES_OF_LENGTH) {
            frame.put((byte) (MASKED | length));
        } else if (length < 1 << 16) {
            frame.put((byte) (MASKED | TWO_BYTES_OF_LENGTH)).putShort((short) length);
        } else {
            throw new IllegalArgumentException("nothing of " + length + " bytes is sent here");
        }
        int key = ThreadLocalRandom.current().nextInt();
        frame.putInt(key);
        for (int i = 0; i < length; i++) {
            frame.put((byte) (payload[i] ^ (key >>> (24 - 8 * (i & 3)))));
        }
        out.write(frame.array(), 0, frame.position());
    }

    /// The next message.
    ///
    /// @return null if none has begun to come within the socket's timeout
    /// @throws IOException once it is over; says what the server gave as its reason
    byte @Nullable [] receive() throws IOException {
        while (true) {
            int first;
            try {
                first = in.read();
            } catch (SocketTimeoutException e) {
                return null;
            }
            if (first < 0) {
                throw new EOFException("the server has gone");
            }
            byte[] payload = payload();
            switch (first) {
                case LAST | BINARY -> {
                    return payload;
                }
                case LAST | PING -> send(PONG, payload);
                case LAST | PONG -> {}
                case LAST | CLOSE ->
                        throw new EOFException(
                                "the server said: "
                                        + new String(
                                                payload,
                                                Math.min(2, payload.length),
                                                Math.max(0, payload.length - 2),
                                                UTF_8));
                default -> throw new IOException("a frame that is not understood here: " + first);
            }
        }
    }

    private byte[] payload() throws IOException {
        int said = in.readUnsignedByte();
        long length =
                switch (said) {
                    case TWO_BYTES_OF_LENGTH -> in.readUnsignedShort();
                    case EIGHT_BYTES_OF_LENGTH -> in.readLong();
                    default -> said;
                };
        if ((said & MASKED) != 0 || length < 0 || length > MESSAGE_BYTES_MAX) {
            throw new IOException("a server does not mask, nor say so much: " + length);
        }
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        received += length + 2;
        return payload;
    }

    /// The bytes of all messages so far, with the shortest framing.
    long received() {
        return received;
    }

    /// Any thread: what reads or writes then fails.
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
