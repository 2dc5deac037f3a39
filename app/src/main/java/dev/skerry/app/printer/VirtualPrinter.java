package dev.skerry.app.printer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A receipt printer on loopback. One connection at a time, as with most real ones. What was sent while it could not print it prints
/// when it can. Any thread may change what it is like.
public final class VirtualPrinter implements AutoCloseable {

    private static final int DLE = 0x10;
    private static final int EOT = 0x04;

    /// Bits that are always on in an answer to DLE EOT.
    private static final int FIXED = 0x12;

    private static final int OFFLINE = 0x08;
    private static final int COVER_OPEN = 0x04;
    private static final int PAPER_END_STOP = 0x20;
    private static final int PAPER_END = 0x60;

    /// What it takes while it cannot print.
    private static final int BUFFER_BYTES_MAX = 1024 * 1024;

    private static final int BACKLOG_CONNECTIONS = 16;
    private static final Duration ACCEPT_AGAIN = Duration.ofMillis(1);

    /// What it is like.
    ///
    /// @param linesLeft on the roll; 0: no paper
    /// @param silent it answers no question
    /// @param perLine how long a line takes
    public record State(
            long linesLeft, boolean offline, boolean coverOpen, boolean silent, Duration perLine) {

        /// A full roll that never ends, and nothing wrong.
        public static State fine() {
            return new State(Long.MAX_VALUE, false, false, false, Duration.ZERO);
        }

        public State withLines(long lines) {
            return new State(lines, offline, coverOpen, silent, perLine);
        }

        public State withOffline(boolean now) {
            return new State(linesLeft, now, coverOpen, silent, perLine);
        }

        public State withCoverOpen(boolean now) {
            return new State(linesLeft, offline, now, silent, perLine);
        }

        public State withSilent(boolean now) {
            return new State(linesLeft, offline, coverOpen, now, perLine);
        }

        public State withPerLine(Duration time) {
            return new State(linesLeft, offline, coverOpen, silent, time);
        }

        private State withLineUsed() {
            return linesLeft == Long.MAX_VALUE ? this : withLines(linesLeft - 1);
        }

        boolean canPrint() {
            return linesLeft > 0 && !offline && !coverOpen;
        }

        /// What it answers to DLE EOT n.
        int answer(int question) {
            return FIXED
                    | switch (question) {
                        case 1 -> canPrint() ? 0 : OFFLINE;
                        case 2 ->
                                (coverOpen ? COVER_OPEN : 0) | (linesLeft > 0 ? 0 : PAPER_END_STOP);
                        case 4 -> linesLeft > 0 ? 0 : PAPER_END;
                        default -> 0;
                    };
        }
    }

    private final ServerSocket listening;
    private final EscPosReader reader;
    private State state = State.fine();
    private byte[] buffer = new byte[4096];
    private int buffered;
    private @Nullable Socket open;

    /// Opens it, with a full roll.
    ///
    /// @param port on loopback; 0 for any free one
    /// @param columns characters in a line
    /// @param cut gets each piece of paper that is cut off; must not wait
    /// @throws IOException if the port is not free
    public VirtualPrinter(int port, int columns, Consumer<Paper> cut) throws IOException {
        this.reader = new EscPosReader(columns, cut, this::answer);
        this.listening = new ServerSocket();
        try {
            listening.setReuseAddress(true);
            listening.bind(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    BACKLOG_CONNECTIONS);
        } catch (IOException e) {
            listening.close();
            throw e;
        }
        Thread.ofVirtual().name("virtual printer").start(this::serve);
    }

    public int port() {
        return listening.getLocalPort();
    }

    public synchronized State state() {
        return state;
    }

    /// Changes what it is like. If it can print now, it prints what it has been sent.
    public void state(State now) {
        synchronized (this) {
            state = now;
        }
        print();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        Socket socket;
        synchronized (this) {
            socket = open;
        }
        if (socket != null) {
            socket.close();
        }
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                synchronized (this) {
                    open = socket;
                }
                talk(socket);
            } catch (IOException e) {
                // Closed; or whoever came has gone.
                LockSupport.parkNanos(ACCEPT_AGAIN.toNanos());
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] some = new byte[4096];
        // Of a question that is not all there yet.
        int asked = 0;
        for (int count = in.read(some); count >= 0; count = in.read(some)) {
            for (int i = 0; i < count; i++) {
                int next = some[i];
                if (asked == 2) {
                    asked = 0;
                    status(socket, next);
                } else if (asked == 1 && next == EOT) {
                    asked = 2;
                } else {
                    if (asked == 1) {
                        take((byte) DLE);
                    }
                    asked = next == DLE ? 1 : 0;
                    if (asked == 0) {
                        take((byte) next);
                    }
                }
            }
            print();
        }
    }

    /// At once, whatever is still to be printed.
    private void status(Socket socket, int question) throws IOException {
        State now = state();
        if (!now.silent()) {
            socket.getOutputStream().write(now.answer(question));
        }
    }

    private synchronized void take(byte next) {
        if (buffered == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffered * 2);
        }
        if (buffered < BUFFER_BYTES_MAX) {
            buffer[buffered++] = next;
        }
    }

    private void print() {
        Duration pause = printSome();
        while (pause != null) {
            LockSupport.parkNanos(pause.toNanos());
            pause = printSome();
        }
    }

    /// Prints to the end of a line.
    ///
    /// @return how long that takes; null if there is nothing more to print, or it cannot
    private synchronized @Nullable Duration printSome() {
        int done = 0;
        while (done < buffered && state.canPrint()) {
            boolean line = EscPosReader.feeds(buffer[done]);
            int length = reader.read(buffer, done, buffered);
            if (length == 0) {
                break;
            }
            done += length;
            if (line) {
                state = state.withLineUsed();
                drop(done);
                return state.perLine();
            }
        }
        drop(done);
        return null;
    }

    private void drop(int done) {
        System.arraycopy(buffer, done, buffer, 0, buffered - done);
        buffered -= done;
    }

    private void answer(int value) {
        Socket socket = open;
        if (socket == null || state.silent()) {
            return;
        }
        try {
            socket.getOutputStream().write(value);
        } catch (IOException e) {
            // Whoever asked has gone.
            return;
        }
    }
}
