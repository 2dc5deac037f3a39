package dev.skerry.node.http;

import dev.skerry.node.link.Dialer.Caller;
import dev.skerry.node.link.Wire;
import dev.skerry.stream.Bytes;
import java.io.ByteArrayOutputStream;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A wire over a WebSocket of the JDK, at the side that opened it.
final class ClientWire implements Wire, WebSocket.Listener {

    private static final System.Logger LOG = System.getLogger(ClientWire.class.getName());

    /// So often, a second apart, a part of a message may be found not to be taken.
    static final int UNTAKEN_LOOKS_MAX = 30;

    /// So often the wire may be found open after it was told to end.
    static final int ENDING_LOOKS_MAX = 3;

    /// Together with the eight bytes before them, one record of TLS as the JDK makes it.
    private static final int PART_BYTES_MAX = Secured.CONTENT_BYTES_MAX - 8;

    private static final int NORMAL = 1000;
    private static final int NOT_BINARY = 1003;
    private static final int TOO_LARGE = 1009;
    private static final int REASON_CHARACTERS_MAX = 100;

    private final Caller caller;
    private final HttpClient client;
    private final Set<ClientWire> open;
    private final Object sending = new Object();
    private final Object hearing = new Object();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private @Nullable ByteArrayOutputStream parts;
    private volatile @Nullable WebSocket socket;
    private @Nullable Ears ears;
    private volatile String why = "the line broke";
    private final AtomicLong sends = new AtomicLong();
    private volatile CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    // What the one who looks remembers.
    private long sendsSeen;
    private int looks;
    private int endingLooks;

    /// @param open this, for as long as it is open
    ClientWire(Caller caller, HttpClient client, Set<ClientWire> open) {
        this.caller = caller;
        this.client = client;
        this.open = open;
    }

    /// To be called about once a second, by one thread at a time.
    void look() {
        long now = sends.get();
        looks = !sent.isDone() && now == sendsSeen ? looks + 1 : 0;
        sendsSeen = now;
        endingLooks = ending.get() ? endingLooks + 1 : 0;
        if (looks >= UNTAKEN_LOOKS_MAX) {
            abort("HQ takes nothing");
        } else if (endingLooks >= ENDING_LOOKS_MAX) {
            abort(why);
        }
    }

    // ---- hearing

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        synchronized (hearing) {
            open.add(this);
            try {
                ears = caller.opened(this);
            } catch (RuntimeException e) {
                fail(e);
            }
        }
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        ByteArrayOutputStream all = parts;
        if ((all == null ? 0 : all.size()) + part.length > MESSAGE_BYTES_MAX) {
            refuse(TOO_LARGE, "a message has at most " + MESSAGE_BYTES_MAX + " bytes");
        } else if (all == null && last) {
            hear(Bytes.of(part));
        } else {
            all = all == null ? new ByteArrayOutputStream() : all;
            all.writeBytes(part);
            parts = last ? null : all;
            if (last) {
                hear(Bytes.of(all.toByteArray()));
            }
        }
        from.request(1);
        return null;
    }

    private void hear(Bytes message) {
        synchronized (hearing) {
            Ears listener = ears;
            if (listener == null || ending.get()) {
                return;
            }
            try {
                listener.received(message);
            } catch (RuntimeException e) {
                fail(e);
            }
        }
    }

    private void fail(RuntimeException mistake) {
        LOG.log(Level.ERROR, "wire=failed remedy=report this, with what follows", mistake);
        abort("failed");
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        refuse(NOT_BINARY, "only binary messages are understood");
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end(reason.isEmpty() ? "the other side ended it, code " + code : reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end(String.valueOf(error));
    }

    // ---- sending

    /// Waits until the message before has gone out.
    @Override
    public void send(Bytes message) {
        if (message.length() > MESSAGE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a message of " + message.length() + " bytes; " + MESSAGE_BYTES_MAX + " fit");
        }
        synchronized (sending) {
            int at = 0;
            do {
                int length = Math.min(PART_BYTES_MAX, message.length() - at);
                sendPart(message.slice(at, length), at + length == message.length());
                at += length;
            } while (at < message.length());
        }
    }

    private void sendPart(Bytes part, boolean last) {
        WebSocket to = socket;
        try {
            sent.join();
            if (to != null && !ending.get()) {
                sends.incrementAndGet();
                sent =
                        to.sendBinary(
                                ByteBuffer.wrap(part.array(), part.from(), part.length()), last);
            }
        } catch (CompletionException e) {
            abort(String.valueOf(e.getCause()));
        }
    }

    @Override
    public void close(String reason) {
        refuse(NORMAL, reason);
    }

    private void refuse(int code, String reason) {
        WebSocket to = socket;
        if (to != null && !ending.getAndSet(true)) {
            why = reason;
            String said =
                    reason.substring(0, Math.min(reason.length(), REASON_CHARACTERS_MAX))
                            .replaceAll("[^\\x20-\\x7E]", "?");
            // The line says by itself when it is broken.
            var _ = to.sendClose(code, said);
        }
    }

    /// Ends it without a word to the other side.
    void abort(String reason) {
        // Before the socket ends: whoever is sending hears of that, and would give it as the
        // reason.
        if (!ending.getAndSet(true)) {
            why = reason;
        }
        WebSocket to = socket;
        if (to != null) {
            to.abort();
        }
        end(reason);
    }

    /// Tells the ears, once, and never in the middle of a message, which may take its time.
    private void end(String reason) {
        String first = ending.getAndSet(true) ? why : reason;
        if (!over.getAndSet(true)) {
            open.remove(this);
            client.shutdown();
            Thread.startVirtualThread(() -> tell(first));
        }
    }

    private void tell(String reason) {
        synchronized (hearing) {
            Ears listener = ears;
            if (listener != null) {
                listener.ended(reason);
            }
        }
    }
}
