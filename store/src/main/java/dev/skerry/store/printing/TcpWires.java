package dev.skerry.store.printing;

import dev.skerry.language.printing.Printer;
import dev.skerry.store.printing.Printing.Answer;
import dev.skerry.store.printing.Printing.Connection;
import dev.skerry.store.printing.Printing.Patience;
import dev.skerry.store.printing.Printing.Sent;
import dev.skerry.store.printing.Printing.Trouble;
import dev.skerry.store.printing.Printing.Wires;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/// Printers over TCP, usually at port 9100: one connection a document. Questions and answers are those of Epson's ESC/POS command
/// reference: DLE EOT n is answered at once, also while the printer cannot print; GS r 1 is answered in its turn, when all that was
/// sent before it is printed. Any thread.
final class TcpWires implements Wires {

    private static final int DLE = 0x10;
    private static final int EOT = 0x04;
    private static final int GS = 0x1D;

    /// DLE EOT n answers with bits 0 and 7 off and bits 1 and 4 on; GS r with bits 4 and 7 off.
    private static final int STATUS_MASK = 0x93;

    private static final int STATUS_FIXED = 0x12;
    private static final int PAPER_MASK = 0x90;

    private static final int PRINTER = 1;
    private static final int OFFLINE_CAUSE = 2;
    private static final int ROLL = 4;

    private static final int IS_OFFLINE = 0x08;
    private static final int COVER_OPEN = 0x04;
    private static final int PAPER_END_STOP = 0x20;
    private static final int FAULT = 0x40;
    private static final int PAPER_END = 0x60;

    /// Holds any document whole, so that writing never waits for a printer that does not read: that could not be timed out.
    private static final int BUFFER_BYTES = 512 * 1024;

    /// Of an answer that are none of ours, before it is given up.
    private static final int STRAY_BYTES_MAX = 64;

    private final Patience patience;

    TcpWires(Patience patience) {
        this.patience = patience;
    }

    @Override
    public Answer call(Printer printer) {
        Socket socket = new Socket();
        boolean ready = false;
        try {
            socket.setSendBufferSize(BUFFER_BYTES);
            socket.setTcpNoDelay(true);
            socket.connect(
                    new InetSocketAddress(printer.host(), printer.port()),
                    (int) patience.connect().toMillis());
            Wire wire = new Wire(socket, printer, patience);
            Answer answer = printer.reports() ? wire.ask() : new Answer.Ready(wire);
            ready = answer instanceof Answer.Ready;
            return answer;
        } catch (IOException e) {
            return new Answer.NotReady(
                    Trouble.SILENT,
                    "%s does not answer at %s:%d: %s; is it switched on, and in the network?"
                            .formatted(printer.name(), printer.host(), printer.port(), reason(e)));
        } finally {
            if (!ready) {
                abort(socket);
            }
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /// What has not left yet is thrown away, and not printed an hour later.
    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is gone anyway.
            return;
        }
    }

    private static final class Wire implements Connection {
        private final Socket socket;
        private final Printer printer;
        private final Patience patience;
        private boolean orderly = true;

        Wire(Socket socket, Printer printer, Patience patience) {
            this.socket = socket;
            this.printer = printer;
            this.patience = patience;
        }

        /// Paper and cover first: they are why it is offline, then.
        Answer ask() throws IOException {
            OptionalInt roll = status(ROLL);
            if (roll.isEmpty()) {
                return new Answer.NotReady(
                        Trouble.SILENT,
                        "%s is there and does not tell its state; if it never does, set reports to false"
                                .formatted(printer.name()));
            }
            int cause = status(OFFLINE_CAUSE).orElse(0);
            int state = status(PRINTER).orElse(0);
            if ((roll.getAsInt() & PAPER_END) != 0 || (cause & PAPER_END_STOP) != 0) {
                return notReady(Trouble.NO_PAPER, "has no paper");
            }
            if ((cause & COVER_OPEN) != 0) {
                return notReady(Trouble.COVER_OPEN, "has its cover open");
            }
            if ((cause & FAULT) != 0) {
                return notReady(Trouble.FAULT, "reports a fault; switch it off and on");
            }
            if ((state & IS_OFFLINE) != 0) {
                return notReady(Trouble.OFFLINE, "is offline");
            }
            return new Answer.Ready(this);
        }

        private Answer notReady(Trouble trouble, String what) {
            return new Answer.NotReady(trouble, printer.name() + " " + what);
        }

        private OptionalInt status(int which) throws IOException {
            socket.getOutputStream().write(new byte[] {DLE, EOT, (byte) which});
            return answer(patience.answer(), it -> (it & STATUS_MASK) == STATUS_FIXED);
        }

        /// The first byte that can be the answer; empty if none comes in time.
        private OptionalInt answer(Duration within, IntPredicate fits) throws IOException {
            socket.setSoTimeout((int) within.toMillis());
            InputStream in = socket.getInputStream();
            try {
                for (int i = 0; i < STRAY_BYTES_MAX; i++) {
                    int next = in.read();
                    if (next < 0) {
                        throw new IOException("it closed the connection");
                    }
                    if (fits.test(next)) {
                        return OptionalInt.of(next);
                    }
                }
                return OptionalInt.empty();
            } catch (SocketTimeoutException e) {
                return OptionalInt.empty();
            }
        }

        @Override
        public Sent send(byte[] document) {
            orderly = false;
            try {
                socket.getOutputStream().write(document);
                if (!printer.reports()) {
                    orderly = true;
                    return new Sent.Printed();
                }
                socket.getOutputStream().write(new byte[] {GS, 'r', 1});
                if (answer(patience.print(), it -> (it & PAPER_MASK) == 0).isPresent()) {
                    orderly = true;
                    return new Sent.Printed();
                }
                return new Sent.Unknown(why());
            } catch (IOException e) {
                return new Sent.Unknown(
                        "%s was lost while it printed: %s".formatted(printer.name(), reason(e)));
            }
        }

        private String why() throws IOException {
            return ask() instanceof Answer.NotReady(_, String why)
                    ? why
                    : printer.name() + " did not say that it printed";
        }

        @Override
        public void close() {
            if (!orderly) {
                abort(socket);
                return;
            }
            try {
                socket.close();
            } catch (IOException e) {
                // All has been said.
                return;
            }
        }
    }
}
