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
/// or message that it has begun, takes nothing of what is sent, or does not end what is to end. For the connection's thread;
/// but [#look] and [#hurry] for any, and [#write] for whoever a [ServerWire] lets.
final class Line implements ConnectionContext, HelidonSocket {

    /// So often, a second apart, a request may be found not to go on.
    static final int SILENT_LOOKS_MAX = 30;

    /// So often a piece of an answer may be found not to be taken.
    static final int UNTAKEN_LOOKS_MAX = 60;

    /// The same for a piece of a message.
    static final int WIRE_UNTAKEN_LOOKS_MAX = 30;

    /// So often a wire that was told to end may be found open.
    static final int ENDING_LOOKS_MAX = 3;

    /// Answers are written in pieces, so that one who takes them slowly is told from one who does not take them.
    private static final int PIECE_BYTES_MAX = 64 * 1024;

    private final ConnectionContext context;
    private final HelidonSocket socket;
    private final ServerConnection http;
    private final DataReader reader = DataReader.create(this);
    private final DataWriter writer = SocketWriter.create(this);

    private final Waiting forMore = new Waiting();
    private final Waiting forReader = new Waiting();
    private volatile boolean begun;
    private volatile boolean wire;
    private volatile boolean ending;

    // What the one who looks remembers.
    private int endingLooks;

    Line(ConnectionContext context, HelidonSocket socket, ServerConnectionSelector protocol) {
        this.context = context;
        this.socket = socket;
        this.http = protocol.connection(this);
    }

    /// What speaks HTTP over it.
    ServerConnection http() {
        return http;
    }

    /// No request is being handled, though one may have begun to come. Never so once it is a wire.
    boolean betweenRequests() {
        return !wire && http instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    /// To be called about once a second, by one thread at a time.
    void look() {
        endingLooks = ending ? endingLooks + 1 : 0;
        int untakenMax = wire ? WIRE_UNTAKEN_LOOKS_MAX : UNTAKEN_LOOKS_MAX;
        // Each is looked at, whatever the other says.
        boolean silent = forMore.look() >= SILENT_LOOKS_MAX;
        boolean untaken = forReader.look() >= untakenMax;
        if (silent || untaken || endingLooks >= ENDING_LOOKS_MAX) {
            close();
        }
    }

    /// From now on it carries messages, not requests.
    void becomeWire() {
        wire = true;
        begun = false;
    }

    /// Whether a message has begun to come.
    void begun(boolean now) {
        begun = now;
    }

    /// It is to end now; the other side gets a moment to agree.
    void hurry() {
        ending = true;
    }

    /// Does what comes before the first request.
    ///
    /// @throws CloseConnectionException if there will be none
    void open() {
        if (socket instanceof Secured secured) {
            forMore.begin();
            try {
                secured.handshake();
            } finally {
                forMore.end();
            }
        }
    }

    /// Says farewell, where TLS asks for it. The socket is closed by who opened it.
    void leave() {
        if (socket instanceof Secured secured) {
            forReader.begin();
            try {
                secured.farewell();
            } finally {
                forReader.end();
            }
        }
    }

    /// @return what the client has sent, once there is something
    /// @throws CloseConnectionException once it has gone
    @Override
    public byte[] get() {
        boolean idle = (wire || betweenRequests()) && !begun;
        if (!idle) {
            forMore.begin();
        }
        try {
            byte[] bytes = socket.get();
            if (bytes == null) {
                throw new CloseConnectionException("the client has gone");
            }
            if (!wire) {
                begun = true;
            }
            return bytes;
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("the client has gone", e);
        } finally {
            forMore.end();
        }
    }

    @Override
    public void write(BufferData buffer) {
        if (buffer.available() <= PIECE_BYTES_MAX) {
            writePiece(buffer);
        } else {
            buffer.writeTo(new Pieces());
        }
        if (!wire) {
            begun = false;
        }
    }

    private void writePiece(BufferData piece) {
        forReader.begin();
        try {
            socket.write(piece);
        } finally {
            forReader.end();
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

    /// One thing that the connection waits for, and how often it was found to be still the same.
    private static final class Waiting {
        private final AtomicInteger changes = new AtomicInteger();
        private volatile boolean waits;
        private int changesSeen;
        private int looks;

        void begin() {
            changes.incrementAndGet();
            waits = true;
        }

        void end() {
            waits = false;
            changes.incrementAndGet();
        }

        int look() {
            int now = changes.get();
            looks = waits && now == changesSeen ? looks + 1 : 0;
            changesSeen = now;
            return looks;
        }
    }

    @Override
    public void close() {
        try {
            // The plain socket below TLS: a farewell would wait for the one who takes nothing.
            context.serverSocket().close();
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
