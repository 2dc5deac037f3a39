package dev.skerry.node.http;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.server.Exchange;
import io.helidon.common.buffers.DataReader.IncorrectNewLineException;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One HTTP request as Helidon has it.
final class HelidonExchange implements Exchange {

    /// What is left of a body that nobody wanted is read up to here, so that the client gets to read its answer.
    private static final long DRAINED_BYTES_MAX = 64L << 20;

    private static final long SMALL_BODY_BYTES_MAX = 64 * 1024;

    private final ServerRequest request;
    private final ServerResponse response;
    private final String mount;
    private final boolean expectsContinue;
    private @Nullable RequestBody body;
    private boolean begun;

    HelidonExchange(ServerRequest request, ServerResponse response, String mount) {
        this.request = request;
        this.response = response;
        this.mount = mount;
        this.expectsContinue = request.headers().containsToken(HeaderValues.EXPECT_100);
    }

    boolean begun() {
        return begun;
    }

    PeerInfo peer() {
        return request.remotePeer();
    }

    String rawPath() {
        return request.prologue().uriPath().rawPath();
    }

    @Override
    public String method() {
        return request.prologue().method().text();
    }

    @Override
    public String path() {
        return rawPath().substring(mount.length());
    }

    @Override
    public String query() {
        return request.prologue().query().rawValue();
    }

    @Override
    public @Nullable String header(String name) {
        var header = HeaderNames.create(name);
        if (!request.headers().contains(header)) {
            return null;
        }
        List<String> values = request.headers().get(header).allValues();
        return values.size() == 1 ? values.getFirst() : String.join(", ", values);
    }

    @Override
    public String url() {
        return (request.isSecure() ? "https://" : "http://") + request.authority() + rawPath();
    }

    @Override
    public InputStream body() {
        RequestBody known = body;
        if (known == null) {
            known = new RequestBody(() -> request.content().inputStream());
            body = known;
        }
        return known;
    }

    void answer(int status, String contentType, String text) throws IOException {
        answer(
                status,
                Map.of("Content-Type", contentType, "X-Content-Type-Options", "nosniff"),
                method().equals("HEAD") ? Bytes.EMPTY : Bytes.of(text));
    }

    @Override
    public void answer(int status, Map<String, String> headers, Bytes content) throws IOException {
        boolean bodyLeft = bodyLeft();
        begin(status, headers);
        if (bodyLeft) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        try {
            response.send(content.array(), content.from(), content.length());
        } catch (ServerConnectionException | UncheckedIOException e) {
            throw new IOException("the client has gone", e);
        }
        if (bodyLeft) {
            drain(neverSent() ? 0 : DRAINED_BYTES_MAX);
            throw new CloseConnectionException("a body was left unread");
        }
    }

    private void begin(int status, Map<String, String> headers) {
        begun = true;
        response.status(Status.create(status));
        headers.forEach((name, value) -> response.header(HeaderNames.create(name), value));
    }

    private boolean bodyLeft() throws IOException {
        if (request.content().consumed() || !request.content().hasEntity()) {
            return false;
        }
        if (neverSent()) {
            return true;
        }
        if (body == null || !body.begun()) {
            // The rest of a small body is quickly read, and the connection can go on.
            drain(SMALL_BODY_BYTES_MAX);
        }
        return body == null || !body.ended();
    }

    /// The client waits to be told to send the body, and was not.
    private boolean neverSent() {
        return expectsContinue && (body == null || !body.begun());
    }

    private void drain(long bytesMax) throws IOException {
        byte[] buffer = new byte[8192];
        long left = bytesMax;
        while (left > 0) {
            int count = body().read(buffer, 0, (int) Math.min(left, buffer.length));
            left = count < 0 ? 0 : left - count;
        }
    }

    /// The answer is complete.
    ///
    /// @throws CloseConnectionException if the client wants no other
    void end() {
        if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            if (response instanceof RoutingResponse routed) {
                routed.commit();
            }
            throw new CloseConnectionException("as the client wished");
        }
    }

    /// Answers, where that is still possible, and ends the connection.
    void fail(int status, String title, String detail) {
        if (begun) {
            throw new CloseConnectionException("failed in the middle of an answer");
        }
        byte[] text =
                HttpHost.problem("about:blank", status, title, detail)
                        .getBytes(StandardCharsets.UTF_8);
        response.status(Status.create(status))
                .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
                .header(HeaderNames.create("X-Content-Type-Options"), "nosniff")
                .header(HeaderValues.CONNECTION_CLOSE)
                .send(text);
        throw new CloseConnectionException("failed");
    }

    @Override
    public OutputStream startStreaming(int status, Map<String, String> headers) {
        begin(status, headers);
        return new ResponseBody(response.outputStream());
    }

    /// Says with an IOException that the client has gone, or sends what is no body.
    private static final class RequestBody extends InputStream {
        private final Supplier<InputStream> opened;
        private @Nullable InputStream in;
        private boolean ended;

        /// @param opened not asked before somebody reads: that is what tells a client that waits to send the body
        RequestBody(Supplier<InputStream> opened) {
            this.opened = opened;
        }

        boolean begun() {
            return in != null;
        }

        boolean ended() throws IOException {
            return ended || read() < 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            if (ended) {
                return -1;
            }
            try {
                if (in == null) {
                    in = opened.get();
                }
                int count = in.read(into, at, length);
                ended = count < 0;
                return count;
            } catch (CloseConnectionException | UncheckedIOException e) {
                throw new IOException("the client has gone", e);
            } catch (RequestException e) {
                throw new MalformedBodyException(e.status().code(), e);
            } catch (IllegalArgumentException | IncorrectNewLineException e) {
                throw new MalformedBodyException(Status.BAD_REQUEST_400.code(), e);
            }
        }
    }

    private static final class ResponseBody extends OutputStream {
        private final OutputStream out;

        ResponseBody(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (ServerConnectionException | UncheckedIOException e) {
                throw new IOException("the client has gone", e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (ServerConnectionException | UncheckedIOException e) {
                throw new IOException("the client has gone", e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } catch (ServerConnectionException | UncheckedIOException e) {
                throw new IOException("the client has gone", e);
            }
        }
    }
}
