package dev.skerry.app.line;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The line between a store and HQ, as bad as one likes: listens on loopback, forwards every connection, and can be changed
/// at any time by any thread. Bytes arrive in order and unchanged, or the connection ends. A change is over when its call
/// returns.
///
/// What it cannot do as a real line would: whoever connects while the far end is not there is accepted first and reset
/// then, and what an end has sent goes into the sockets' buffers on this machine first.
public final class BadLine implements AutoCloseable {

    /// Of each socket that it reads from; small, since it stands for the sender's own.
    static final int SOCKET_BYTES = 128 * 1024;

    private static final int BACKLOG_CONNECTIONS = 4096;
    private static final Duration ACCEPT_AGAIN = Duration.ofMillis(1);

    /// What the line does now. Any can follow any, but nothing follows the last.
    public enum State {
        /// Carries.
        UP,
        /// Refuses whoever comes.
        CUT,
        /// Accepts whoever comes, and carries nothing.
        STALLED,
        CLOSED
    }

    private final InetSocketAddress target;
    private final int port;
    private final Way up = new Way();
    private final Way down = new Way();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong connections = new AtomicLong();
    private volatile State state = State.UP;
    private ServerSocket listening;
    private Thread accepting;

    /// Keeps the port from others while nobody may connect to it: else whoever connects again and again to a free port of this
    /// machine is, now and then, given that port for its own end, and is connected to itself.
    private @Nullable Socket keepsPort;

    /// Opens it, up and unshaped.
    ///
    /// @param port where it listens on loopback; 0 for any free one
    /// @param target where it leads; is connected to once per connection, so need not be there yet
    /// @throws IOException if the port is not free; another one may be
    public BadLine(int port, InetSocketAddress target) throws IOException {
        this.target = target;
        this.listening = listen(port);
        this.port = listening.getLocalPort();
        this.accepting = accept(listening, this::admit);
    }

    public int port() {
        return port;
    }

    public InetSocketAddress target() {
        return target;
    }

    public State state() {
        return state;
    }

    public Traffic traffic() {
        return new Traffic(up.bytes(), down.bytes(), connections.get(), open.size());
    }

    /// What each direction is like, up and down.
    public List<Shape> shapes() {
        return List.of(up.shape(), down.shape());
    }

    /// Carries everything again, first what was stalled.
    public void up() {
        change(State.UP);
    }

    /// Resets all connections and refuses new ones.
    public void cut() {
        change(State.CUT);
    }

    /// A black hole: connections are accepted and last, but nothing arrives, not even that an end has gone.
    public void stall() {
        change(State.STALLED);
    }

    /// All connections that there are become black holes for ever; the line is up for new ones.
    public void strand() {
        open.forEach(Connection::die);
        change(State.UP);
    }

    /// A flap: resets all connections. New ones are as welcome as before.
    public void resetAll() {
        open.forEach(Connection::reset);
    }

    /// Holds for what is sent from now on, in both directions.
    ///
    /// @param bytesPerSecond each way, shared by all connections; [Shape#UNLIMITED] for as fast as it goes
    /// @param delay each way; half of a round trip
    public void shape(long bytesPerSecond, Duration delay) {
        shape(new Shape(bytesPerSecond, delay), new Shape(bytesPerSecond, delay));
    }

    /// @param upward from those who connect to the one they connect to
    public void shape(Shape upward, Shape downward) {
        up.shape(upward);
        down.shape(downward);
        open.forEach(Connection::wake);
    }

    /// Ends all connections, and frees the port.
    @Override
    public void close() {
        change(State.CLOSED);
    }

    private synchronized void change(State to) {
        if (state == State.CLOSED) {
            return;
        }
        state = to;
        try {
            if (refuses(to)) {
                listening.close();
                resetAll();
                await(accepting);
            }
            if (to == State.CUT && keepsPort == null) {
                keepsPort = new Socket();
                keepsPort.setReuseAddress(true);
                keepsPort.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } else if (to != State.CUT && keepsPort != null) {
                keepsPort.close();
                keepsPort = null;
            }
            if (!refuses(to) && listening.isClosed()) {
                listening = listen(port);
                accepting = accept(listening, this::admit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The line cannot be %s at port %d; close it and open another one."
                            .formatted(to, port),
                    e);
        }
        open.forEach(Connection::wake);
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.setReceiveBufferSize(SOCKET_BYTES);
            socket.bind(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    BACKLOG_CONNECTIONS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Thread accept(ServerSocket at, Consumer<Socket> admit) {
        return Thread.ofVirtual()
                .name("line-accept")
                .start(() -> {
                    while (!at.isClosed()) {
                        try {
                            admit.accept(at.accept());
                        } catch (IOException e) {
                            // Closed; or whoever came has gone again; or too many files are open,
                            // which may pass.
                            LockSupport.parkNanos(ACCEPT_AGAIN.toNanos());
                        }
                    }
                });
    }

    private void admit(Socket near) {
        connections.incrementAndGet();
        Connection connection =
                new Connection(near, target, up, down, () -> state == State.UP, open::remove);
        open.add(connection);
        connection.start();
        if (refuses(state)) {
            connection.reset();
        }
    }

    private static boolean refuses(State state) {
        return state == State.CUT || state == State.CLOSED;
    }

    /// Whoever accepts holds the port until it has seen that it is closed.
    private static void await(Thread accepting) {
        boolean interrupted = false;
        while (accepting.isAlive()) {
            try {
                accepting.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
