package dev.skerry.node.http;

import dev.skerry.stream.Bytes;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// TLS over a socket, for the server's side; where it asks for a client certificate, it lives without one. Keeps no buffer while
/// nothing is under way. One thread reads; any may write.
// The library's own TLS takes 66 kB of buffers a connection or never asks for certificates, and its
// close can wait for ever.
final class Secured implements HelidonSocket {

    /// What one record of the JDK's holds: it pads each with 16 zeros.
    static final int CONTENT_BYTES_MAX = (1 << 14) - 1 - 16;

    private static final String HTTP = "http/1.1";

    // RFC 8446, section 5: a record is a type, two bytes of version, two of length, and so many
    // bytes; in TLS 1.2 (RFC 5246, section 6.2.3) some more than in 1.3.
    private static final int HEADER_BYTES = 5;
    private static final int RECORD_BYTES_MAX = HEADER_BYTES + (1 << 14) + 2048;
    private static final int TYPE_MIN = 20;
    private static final int TYPE_MAX = 23;

    /// Lets handshakes of one host begin in turn, as many at a time as there are cores. So of a crowd that comes at once the
    /// first are through while the last still wait; else all would be served at the same pace, and so late that they give up.
    static final class Turns {
        /// Whoever has waited so long is to dial again. A store that dials waits longer than that, so nobody's handshake is
        /// begun who has given up already.
        private static final int SECONDS_MAX = 10;

        private final Semaphore free =
                new Semaphore(Runtime.getRuntime().availableProcessors(), true);

        void await() {
            try {
                if (!free.tryAcquire(SECONDS_MAX, TimeUnit.SECONDS)) {
                    throw new CloseConnectionException("too many come at once");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CloseConnectionException("the host stops", e);
            }
        }
    }

    private final HelidonSocket socket;
    private final Turns turns;
    private final SSLEngine engine;
    private final boolean mutual;
    private final Strangers strangers;
    private final Object sealing = new Object();
    private @Nullable PeerInfo remotePeer;

    // What has come and was not opened yet.
    private byte[] come = Bytes.EMPTY.array();
    private int from;

    private boolean begun;

    Secured(HelidonSocket socket, Encryption encryption, Turns turns, Strangers strangers) {
        this.socket = socket;
        this.turns = turns;
        this.mutual = encryption.mutual();
        this.strangers = strangers;
        this.engine = encryption.engine();
        engine.setHandshakeApplicationProtocolSelector(
                (_, offered) -> offered.contains(HTTP) ? HTTP : null);
    }

    /// @throws CloseConnectionException if the client does not speak it, or shows a certificate that is not good
    void handshake() {
        try {
            engine.beginHandshake();
            boolean goesOn = true;
            while (goesOn && settle() == HandshakeStatus.NEED_UNWRAP) {
                goesOn = open() != null;
            }
            if (!goesOn) {
                throw new CloseConnectionException("the client left during the handshake");
            }
        } catch (SSLException e) {
            sayWhy();
            refusedCertificate(e).ifPresent(why -> strangers.refused(remotePeer().host(), why));
            throw new CloseConnectionException("no TLS: " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new CloseConnectionException("the client left during the handshake", e);
        }
    }

    /// Empty if it was for something else that this end refused, or if the other end did.
    private static Optional<String> refusedCertificate(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> Optional.empty();
            case CertificateException why -> Optional.of(String.valueOf(why.getMessage()));
            default -> refusedCertificate(failure.getCause());
        };
    }

    /// An alert, which tells the client what was wrong.
    private void sayWhy() {
        try {
            settle();
        } catch (IOException | UncheckedIOException e) {
            // It has gone, or there is nothing to say.
        }
    }

    /// Tells the client that this is the end, not a cut.
    void farewell() {
        if (!begun) {
            return;
        }
        synchronized (sealing) {
            engine.closeOutbound();
            sayWhy();
        }
    }

    /// Does what TLS itself wants done, until it wants to hear from the client, or nothing.
    private HandshakeStatus settle() throws SSLException {
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            switch (status) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    synchronized (sealing) {
                        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                                && !seal(ByteBuffer.wrap(Bytes.EMPTY.array()))) {
                            return HandshakeStatus.NOT_HANDSHAKING;
                        }
                    }
                }
                default -> {
                    return status;
                }
            }
        }
    }

    /// The first of them waits for its turn, and whoever has begun does not: nobody's turn depends on what a client does.
    private void runTasks() {
        if (begun) {
            runAll();
            return;
        }
        turns.await();
        begun = true;
        try {
            runAll();
        } finally {
            turns.free.release();
        }
    }

    private void runAll() {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /// @return what one record holds; null at the end
    private byte @Nullable [] open() throws SSLException {
        int length = recordLength();
        while (come.length - from < Math.max(length, HEADER_BYTES)) {
            byte[] more = socket.get();
            if (more == null) {
                return null;
            }
            come = from == come.length ? more : joined(more);
            from = 0;
            length = recordLength();
        }
        ByteBuffer content = ByteBuffer.allocate(length);
        SSLEngineResult result = engine.unwrap(ByteBuffer.wrap(come, from, length), content);
        from += result.bytesConsumed();
        if (from == come.length) {
            come = Bytes.EMPTY.array();
            from = 0;
        }
        return switch (result.getStatus()) {
            case OK -> Arrays.copyOf(content.array(), content.position());
            case CLOSED -> null;
            case BUFFER_OVERFLOW, BUFFER_UNDERFLOW ->
                    throw new SSLException("a record is not as long as it says");
        };
    }

    /// 0 if not enough has come to tell.
    private int recordLength() throws SSLException {
        if (come.length - from < HEADER_BYTES) {
            return 0;
        }
        int length = HEADER_BYTES + ((come[from + 3] & 0xFF) << 8 | (come[from + 4] & 0xFF));
        if (come[from] < TYPE_MIN || come[from] > TYPE_MAX || length > RECORD_BYTES_MAX) {
            sayThatThisIsHttps();
            throw new SSLException("the client does not speak TLS");
        }
        return length;
    }

    /// Somebody has typed an address that begins with http:// and not with https://.
    private void sayThatThisIsHttps() {
        if (!mutual && !begun && Character.isUpperCase(come[from])) {
            String problem =
                    HttpHost.problem(
                            "about:blank",
                            400,
                            "This is HTTPS",
                            "let the address begin with https://");
            String answer =
                    "HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                            .formatted(problem.length(), problem);
            socket.write(BufferData.create(answer.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private byte[] joined(byte[] more) {
        int left = come.length - from;
        byte[] all = Arrays.copyOfRange(come, from, come.length + more.length);
        System.arraycopy(more, 0, all, left, more.length);
        return all;
    }

    /// Sends these bytes, or what TLS itself has to say, in as few records as possible.
    ///
    /// @return whether there may be more to say
    private boolean seal(ByteBuffer content) throws SSLException {
        int records = Math.max(1, Math.ceilDiv(content.remaining(), CONTENT_BYTES_MAX));
        int recordBytesMax = engine.getSession().getPacketBufferSize();
        ByteBuffer sealed = ByteBuffer.allocate(records * recordBytesMax);
        boolean goesOn = true;
        do {
            if (sealed.remaining() < recordBytesMax) {
                send(sealed);
            }
            SSLEngineResult result = engine.wrap(content, sealed);
            goesOn =
                    result.getStatus() == SSLEngineResult.Status.OK
                            && result.bytesConsumed() + result.bytesProduced() > 0;
        } while (goesOn && content.hasRemaining());
        send(sealed);
        return goesOn;
    }

    private void send(ByteBuffer sealed) {
        if (sealed.position() > 0) {
            socket.write(
                    BufferData.create(sealed.array(), sealed.arrayOffset(), sealed.position()));
            sealed.clear();
        }
    }

    @Override
    public byte @Nullable [] get() {
        try {
            while (true) {
                byte[] content = open();
                requireNoSecondHandshake();
                settle();
                if (content == null || content.length > 0) {
                    return content;
                }
            }
        } catch (SSLException e) {
            sayWhy();
            throw new UncheckedIOException(e);
        }
    }

    /// TLS 1.2 has it, nobody needs it, and it costs the server more than the client.
    private void requireNoSecondHandshake() throws SSLException {
        if (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
                && !engine.isInboundDone()
                && engine.getSession().getProtocol().equals("TLSv1.2")) {
            throw new SSLException("the client wants a second handshake");
        }
    }

    @Override
    public void write(BufferData buffer) {
        ByteBuffer content = ByteBuffer.allocate(buffer.available());
        buffer.writeTo(content, content.capacity());
        content.flip();
        synchronized (sealing) {
            try {
                if (!seal(content)) {
                    throw new SSLException("the connection has been ended");
                }
            } catch (SSLException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public PeerInfo remotePeer() {
        PeerInfo known = remotePeer;
        if (known == null) {
            known = new Peer(socket.remotePeer(), certificates());
            remotePeer = known;
        }
        return known;
    }

    private Optional<Certificate[]> certificates() {
        try {
            return Optional.of(engine.getSession().getPeerCertificates());
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private record Peer(PeerInfo plain, Optional<Certificate[]> tlsCertificates)
            implements PeerInfo {
        @Override
        public SocketAddress address() {
            return plain.address();
        }

        @Override
        public String host() {
            return plain.host();
        }

        @Override
        public int port() {
            return plain.port();
        }

        @Override
        public Optional<Principal> tlsPrincipal() {
            return Optional.empty();
        }
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    // ---- as before

    @Override
    public PeerInfo localPeer() {
        return socket.localPeer();
    }

    @Override
    public void close() {
        socket.close();
    }

    @Override
    public void idle() {
        socket.idle();
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public String socketId() {
        return socket.socketId();
    }

    @Override
    public String childSocketId() {
        return socket.childSocketId();
    }

    /// @throws UnsupportedOperationException always: nobody asks
    @Override
    @SuppressWarnings("removal") // It goes when the library's own does.
    public int read(BufferData buffer) {
        throw new UnsupportedOperationException("read by get()");
    }
}
