package dev.skerry.benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One kept connection to a server: as much of HTTP/1.1 as measuring needs, at next to no cost to the machine that it shares
/// with the server. For one thread.
final class HttpConnection implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] skipped = new byte[BUFFER_BYTES];
    private final String authorization;
    private int status;

    HttpConnection(int port) throws IOException {
        this(port, "");
    }

    /// @param token by which the server knows who asks; empty for nobody
    HttpConnection(int port, String token) throws IOException {
        authorization = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
        out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
    }

    /// What was answered; the body was counted and thrown away.
    ///
    /// @param headers by lower-case name
    record Answer(int status, Map<String, String> headers, long bodyBytes) {

        String header(String name) {
            String value = headers.get(name);
            if (value == null) {
                throw new IllegalStateException("no " + name + " in " + this);
            }
            return value;
        }
    }

    /// @param target path and query
    Answer get(String target) throws IOException {
        send(head("GET", target, "Accept-Encoding: identity\r\n"), new byte[0]);
        return answer();
    }

    /// Sends JSON.
    Answer send(String method, String target, byte[] json) throws IOException {
        String headers =
                "Content-Type: application/json\r\nContent-Length: " + json.length + "\r\n";
        send(head(method, target, headers), json);
        return answer();
    }

    /// Sends JSON, or nothing.
    ///
    /// @return the body of the answer
    /// @throws IOException as well if it is an error
    byte[] ask(String method, String target, String json) throws IOException {
        byte[] body = tryToAsk(method, target, json);
        if (status >= 400) {
            throw new IOException(
                    "%s %s: %d %s"
                            .formatted(
                                    method,
                                    target,
                                    status,
                                    new String(body, StandardCharsets.UTF_8)));
        }
        return body;
    }

    /// As above, where an error is an answer too: [#status] says which.
    byte[] tryToAsk(String method, String target, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String headers =
                authorization
                        + "Content-Type: application/json\r\nContent-Length: "
                        + body.length
                        + "\r\n";
        send(head(method, target, headers), body);
        Head head = head();
        status = head.status;
        return status == 204 ? new byte[0] : body(head).readAllBytes();
    }

    /// Of the last answer to [#ask] and [#tryToAsk].
    int status() {
        return status;
    }

    /// Asks for an answer that does not end.
    ///
    /// @return its body, as it comes
    InputStream open(String target) throws IOException {
        send(head("GET", target, authorization + "Accept: text/event-stream\r\n"), new byte[0]);
        Head head = head();
        if (head.status != 200) {
            throw new IOException(head.toString());
        }
        return body(head);
    }

    static byte[] head(String method, String target, String headers) {
        return (method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private void send(byte[] head, byte[] body) throws IOException {
        out.write(head);
        out.write(body);
        out.flush();
    }

    private Answer answer() throws IOException {
        Head head = head();
        long bytes = 0;
        if (head.status != 204 && head.status != 304) {
            InputStream body = body(head);
            for (int count = 0; count >= 0; count = body.read(skipped)) {
                bytes += count;
            }
        }
        if (head.status >= 400) {
            throw new IOException(head.toString());
        }
        return new Answer(head.status, head.headers, bytes);
    }

    private record Head(int status, Map<String, String> headers) {}

    private Head head() throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        return new Head(status, headers);
    }

    private InputStream body(Head head) {
        String length = head.headers.get("content-length");
        return new Body(length == null ? -1 : Long.parseLong(length));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server has closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// A body of a stated length, or one in chunks.
    private final class Body extends InputStream {
        private final boolean chunked;
        private long left;
        private boolean first = true;

        /// @param length less than 0: in chunks
        Body(long length) {
            chunked = length < 0;
            left = Math.max(length, 0);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            if (left == 0 && chunked) {
                if (!first) {
                    line();
                }
                first = false;
                left = Long.parseLong(line(), 16);
                if (left == 0) {
                    line();
                }
            }
            if (left == 0) {
                return -1;
            }
            int count = in.read(into, at, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("the server has closed the connection");
            }
            left -= count;
            return count;
        }
    }
}
