package dev.skerry.node.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.SocketWriter;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/// A connection's socket, which is closed when its client stands still in the middle of something: sends nothing of a request
/// that it has begun, or takes nothing of an answer. For the connection's thread, but for [#look].
final class Line implements ConnectionContext, HelidonSocket {

    /// So often, a second apart, a request may be found not to go on.
    static final int SILENT_LOOKS_MAX = 30;

    /// So often a piece of an answer may be found not to be taken.
    static final int UNTAKEN_LOOKS_MAX = 60;

    /// Answers are written in pieces, so that one who takes them slowly is told from one who does not take them.
    private static final int PIECE_BYTES_MAX = 64 * 1024;

    private enum Waits {
        FOR_NOBODY,
        FOR_REST_OF_REQUEST,
        FOR_READER
    }

    private final ConnectionContext context;
    private final HelidonSocket socket;
    private final ServerConnection http;
    private final DataReader reader = DataReader.create(this);
    private final DataWriter writer = SocketWriter.create(this);

    private volatile Waits waits = Waits.FOR_NOBODY;
    private final AtomicInteger waitings = new AtomicInteger();
    private boolean requestBegun;

    // What the one who looks remembers.
    private int waitingSeen;
    private int looks;

    Line(ConnectionContext context, ServerConnectionSelector protocol) {
        this.context = context;
        this.socket = context.serverSocket();
        this.http = protocol.connection(this);
    }

    /// What speaks HTTP over it.
    ServerConnection http() {
        return http;
    }

    /// No request is being handled, though one may have begun to come.
    boolean betweenRequests() {
        return http instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    /// To be called about once a second, by one thread at a time.
    void look() {
        int waiting = waitings.get();
        int looksMax =
                switch (waits) {
                    case FOR_NOBODY -> Integer.MAX_VALUE;
                    case FOR_REST_OF_REQUEST -> SILENT_LOOKS_MAX;
                    case FOR_READER -> UNTAKEN_LOOKS_MAX;
                };
        looks = waiting == waitingSeen ? looks + 1 : 0;
        waitingSeen = waiting;
        if (looks >= looksMax) {
            close();
        }
    }

    private void waits(Waits now) {
        waitings.incrementAndGet();
        waits = now;
    }

    /// @return what the client has sent, once there is something
    /// @throws CloseConnectionException once it has gone
    @Override
    public byte[] get() {
        boolean idle = betweenRequests() && !requestBegun;
        waits(idle ? Waits.FOR_NOBODY : Waits.FOR_REST_OF_REQUEST);
        try {
            byte[] bytes = socket.get();
            if (bytes == null) {
                throw new CloseConnectionException("the client has gone");
            }
            requestBegun = true;
            return bytes;
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("the client has gone", e);
        } finally {
            waits(Waits.FOR_NOBODY);
        }
    }

    @Override
    public void write(BufferData buffer) {
        if (buffer.available() <= PIECE_BYTES_MAX) {
            writePiece(buffer);
        } else {
            buffer.writeTo(new Pieces());
        }
        requestBegun = false;
    }

    private void writePiece(BufferData piece) {
        waits(Waits.FOR_READER);
        try {
            socket.write(piece);
        } finally {
            waits(Waits.FOR_NOBODY);
        }
    }

    private final class Pieces extends OutputStream {

        @Override
        public void write(int b) {
            writePiece(BufferData.create(new byte[] {(byte) b}));
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            int end = from + length;
            for (int at = from; at < end; at += PIECE_BYTES_MAX) {
                writePiece(BufferData.create(bytes, at, Math.min(PIECE_BYTES_MAX, end - at)));
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (UncheckedIOException e) {
            // The client was quicker.
        }
    }

    // ---- as before

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public HelidonSocket serverSocket() {
        return this;
    }

    @Override
    public ListenerContext listenerContext() {
        return context.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return context.executor();
    }

    @Override
    public Router router() {
        return context.router();
    }

    @Override
    public PeerInfo remotePeer() {
        return socket.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return socket.localPeer();
    }

    @Override
    public boolean isSecure() {
        return socket.isSecure();
    }

    @Override
    public String socketId() {
        return socket.socketId();
    }

    @Override
    public String childSocketId() {
        return socket.childSocketId();
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
    @SuppressWarnings("removal") // It goes when the library's own does.
    public int read(BufferData buffer) {
        return socket.read(buffer);
    }
}
