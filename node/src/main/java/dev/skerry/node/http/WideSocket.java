package dev.skerry.node.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A connection's socket, read in larger and larger pieces while much comes in: a large body takes a tenth of the calls. A connection
/// that is quiet holds no more memory for that, and one that stops in the middle no more than it has just sent. For the thread
/// that reads; [#write] for any that the one above lets.
final class WideSocket implements HelidonSocket {

    /// What the library reads at once, in bytes.
    static final int LEAST_BYTES = 8 * 1024;

    /// The most that is read at once.
    static final int MOST_BYTES = 64 * 1024;

    private final HelidonSocket socket;
    private int nextBytes = LEAST_BYTES;

    WideSocket(HelidonSocket socket) {
        this.socket = socket;
    }

    @Override
    public byte @Nullable [] get() {
        byte[] bytes = nextBytes == LEAST_BYTES ? socket.get() : wide(nextBytes);
        boolean more = bytes != null && bytes.length >= nextBytes;
        nextBytes = more ? Math.min(nextBytes * 2, MOST_BYTES) : LEAST_BYTES;
        return bytes;
    }

    /// Once the library no longer has this call, what is left is to read as it does.
    @SuppressWarnings("removal")
    private byte @Nullable [] wide(int most) {
        byte[] bytes = new byte[most];
        int count = socket.read(BufferData.create(bytes).reset());
        if (count < 0) {
            return null;
        }
        return count == most ? bytes : Arrays.copyOf(bytes, count);
    }

    // ---- as before

    @Override
    public void write(BufferData buffer) {
        socket.write(buffer);
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
