package dev.skerry.app.line;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// One connection through the line: two sockets, and a pipe each way. A thread reads and a thread writes for each, so that
/// delay limits no throughput.
final class Connection {

    private static final int CONNECT_MILLIS_MAX = 10_000;

    private final Socket near;
    private final Socket far = new Socket();
    private final InetSocketAddress target;
    private final Pipe up;
    private final Pipe down;
    private final Consumer<Connection> whenOver;
    private final AtomicInteger endsReached = new AtomicInteger();
    private final AtomicInteger endsSent = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private boolean over;
    private volatile boolean dead;

    /// @param near whoever connected
    /// @param flows whether the line carries anything now
    Connection(
            Socket near,
            InetSocketAddress target,
            Way up,
            Way down,
            BooleanSupplier flows,
            Consumer<Connection> whenOver) {
        this.near = near;
        this.target = target;
        this.up = new Pipe(up, () -> flows.getAsBoolean() && !dead);
        this.down = new Pipe(down, () -> flows.getAsBoolean() && !dead);
        this.whenOver = whenOver;
    }

    /// The far end is asked once the request has come and gone: as with a real line, data follow after a round trip.
    void start() {
        long roundTrip = up.way().shape().delay().plus(down.way().shape().delay()).toNanos();
        up.put(new Pipe.Opening(System.nanoTime() + roundTrip));
        run(() -> write(up, far));
    }

    /// Nothing passes any more, and neither end is told.
    void die() {
        dead = true;
    }

    void wake() {
        up.wake();
        down.wake();
    }

    /// Both ends learn at once that it is gone.
    void reset() {
        close(true);
    }

    private synchronized void run(Work work) {
        if (!over) {
            threads.add(Thread.ofVirtual().name("line").start(() -> work(work)));
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void work(Work work) {
        try {
            work.run();
        } catch (IOException | InterruptedException e) {
            // The receiver has gone, or the connection was reset: one is the other's reason.
            reset();
        }
    }

    /// A refusal, too, takes its time on the line.
    private void open() throws IOException {
        near.setTcpNoDelay(true);
        run(() -> write(down, near));
        try {
            far.setTcpNoDelay(true);
            far.setReceiveBufferSize(BadLine.SOCKET_BYTES);
            far.connect(target, CONNECT_MILLIS_MAX);
        } catch (IOException e) {
            down.put(new Pipe.Reset(down.way().send(0)));
            return;
        }
        run(() -> read(near, up));
        run(() -> read(far, down));
    }

    private void read(Socket from, Pipe pipe) throws InterruptedException {
        byte[] buffer = new byte[0];
        try {
            InputStream in = from.getInputStream();
            while (true) {
                pipe.awaitRoom();
                int most = pipe.way().shape().pieceBytes();
                buffer = buffer.length == most ? buffer : new byte[most];
                int length = in.read(buffer);
                if (length < 0) {
                    pipe.put(new Pipe.End(pipe.way().send(0)));
                    break;
                }
                ByteBuffer piece = ByteBuffer.wrap(Arrays.copyOf(buffer, length));
                pipe.put(new Pipe.Data(piece, pipe.way().send(length)));
            }
        } catch (IOException e) {
            pipe.put(new Pipe.Reset(pipe.way().send(0)));
        }
        if (endsSent.incrementAndGet() == 2 && dead) {
            close(true);
        }
    }

    private void write(Pipe pipe, Socket to) throws IOException, InterruptedException {
        while (true) {
            switch (pipe.take()) {
                case Pipe.Opening _ -> open();
                case Pipe.Data data -> to.getOutputStream().write(data.bytes().array());
                case Pipe.Reset _ -> {
                    reset();
                    return;
                }
                case Pipe.End _ -> {
                    to.shutdownOutput();
                    if (endsReached.incrementAndGet() == 2) {
                        close(false);
                    }
                    return;
                }
            }
        }
    }

    private synchronized void close(boolean abruptly) {
        if (over) {
            return;
        }
        over = true;
        close(near, abruptly);
        close(far, abruptly);
        threads.forEach(Thread::interrupt);
        whenOver.accept(this);
    }

    static void close(Socket socket, boolean abruptly) {
        try (socket) {
            if (abruptly) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
