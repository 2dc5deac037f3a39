package dev.skerry.benchmarks.link;

import dev.skerry.language.JsonObject;
import dev.skerry.node.identity.Tls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A store that follows one stream of HQ's and keeps nothing but its place in it: as much of the link as that needs. It has
/// one thread, on which [#run] does everything; any thread may ask and tell it.
final class LightStore implements Runnable {

    /// `docs/protocol.md`, "Silence".
    private static final Duration PING_AFTER = Duration.ofSeconds(15);

    private static final Duration PROBE_EVERY = Duration.ofMillis(300);
    private static final Duration BACK_OFF_MIN = Duration.ofMillis(500);
    private static final Duration BACK_OFF_MAX = Duration.ofSeconds(60);
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final int WINDOW_BYTES = 2 * 1024 * 1024;

    /// What all stores together have seen.
    ///
    /// @param bytes of messages that came in
    /// @param runs that came in
    /// @param busy how often HQ said 503
    /// @param failures how often a line broke, or a try failed, that HQ was reached with
    record Seen(LongAdder bytes, LongAdder runs, LongAdder busy, LongAdder failures) {
        Seen() {
            this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
        }
    }

    private final String id;
    private final long epoch;
    private final Tls tls;
    private final InetSocketAddress hq;
    private final String streamName;
    private final Proof proof;
    private final Seen seen;
    private final String boot = HexFormat.of().formatHex(random(16));
    private String known = "";

    private final Semaphore told = new Semaphore(0);
    private volatile boolean away = true;
    private volatile @Nullable WebSocket wire;

    private volatile long reachedNanos;
    private volatile long followsNanos;
    private volatile long next;
    private volatile long nextNanos;

    // Of the wire.
    private long stream;
    private Proof.@Nullable Head head;
    private @Nullable ByteArrayOutputStream parts;

    /// @param streamName what it follows
    LightStore(
            String id,
            long epoch,
            Tls tls,
            InetSocketAddress hq,
            String streamName,
            Proof proof,
            Seen seen) {
        this.id = id;
        this.epoch = epoch;
        this.tls = tls;
        this.hq = hq;
        this.streamName = streamName;
        this.proof = proof;
        this.seen = seen;
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    /// Cuts its line, and has it stay away.
    void goAway() throws IOException {
        away = true;
        WebSocket open = wire;
        if (open != null) {
            open.close();
        }
    }

    void comeBack() {
        away = false;
        told.release();
    }

    /// When HQ was reached first since the last wire broke, by `System.nanoTime()`; 0 if not.
    long reachedNanos() {
        return reachedNanos;
    }

    /// Since when it follows the stream; 0 if it does not.
    long followsNanos() {
        return followsNanos;
    }

    /// All before this offset is there.
    long next() {
        return next;
    }

    /// When the last of it came.
    long nextNanos() {
        return nextNanos;
    }

    @Override
    public void run() {
        try {
            Duration backOff = BACK_OFF_MIN;
            while (true) {
                if (away) {
                    reachedNanos = 0;
                    told.acquire();
                    backOff = BACK_OFF_MIN;
                } else if (!probe()) {
                    pause(PROBE_EVERY);
                } else {
                    backOff = connect(backOff);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether the way to HQ is open; asked by a packet or two.
    private boolean probe() {
        try (Socket socket = new Socket()) {
            socket.connect(hq, (int) CONNECT_MAX.toMillis());
            if (reachedNanos == 0) {
                reachedNanos = System.nanoTime();
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// @return how long to wait the next time that HQ is reached and will not talk
    private Duration connect(Duration backOff) throws InterruptedException {
        try (WebSocket open = dial()) {
            wire = open;
            talk(open);
        } catch (WebSocket.Busy e) {
            seen.busy.increment();
            pause(e.retryAfter());
        } catch (IOException | RuntimeException e) {
            if (!away) {
                seen.failures.increment();
                System.out.println("store=" + id + " failed: " + e);
            }
            if (followsNanos == 0 && !away) {
                pause(backOff);
                Duration twice = backOff.multipliedBy(2);
                return twice.compareTo(BACK_OFF_MAX) < 0 ? twice : BACK_OFF_MAX;
            }
        } finally {
            wire = null;
            if (followsNanos != 0) {
                reachedNanos = 0;
                followsNanos = 0;
            }
        }
        return BACK_OFF_MIN;
    }

    private static void pause(Duration about) throws InterruptedException {
        double jitter = ThreadLocalRandom.current().nextDouble(0.75, 1.25);
        Thread.sleep(Duration.ofNanos((long) (about.toNanos() * jitter)));
    }

    private WebSocket dial() throws IOException {
        SSLSocket socket = (SSLSocket) tls.context().getSocketFactory().createSocket();
        try {
            socket.setSSLParameters(tls.parameters());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PING_AFTER.toMillis());
            socket.connect(hq, (int) CONNECT_MAX.toMillis());
            return new WebSocket(socket, hq.getHostString() + ":" + hq.getPort(), "/v1/link");
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    // ---- the link

    private void talk(WebSocket open) throws IOException {
        head = null;
        parts = null;
        open.send(LinkBytes.json(LinkBytes.HELLO, hello()));
        long counted = 0;
        boolean asked = false;
        while (!away) {
            byte[] message = open.receive();
            if (message != null) {
                asked = false;
                hear(open, ByteBuffer.wrap(message));
            } else if (asked) {
                throw new IOException("HQ does not answer");
            } else {
                asked = true;
                open.send(LinkBytes.numbers(LinkBytes.PING, System.currentTimeMillis()));
            }
            seen.bytes.add(open.received() - counted);
            counted = open.received();
        }
    }

    private JsonObject hello() {
        return JsonObject.empty()
                .with("versions", List.of((long) LinkBytes.VERSION))
                .with("software", "benchmark")
                .with("store", id)
                .with("epoch", epoch)
                .with("boot", boot)
                .with("known", known)
                .with("clock", System.currentTimeMillis())
                .with("windowBytes", WINDOW_BYTES);
    }

    private void hear(WebSocket open, ByteBuffer in) throws IOException {
        switch (in.get()) {
            case LinkBytes.WELCOME -> {
                known = boot;
                open.send(LinkBytes.numbers(LinkBytes.READY));
            }
            case LinkBytes.REFUSED -> throw new IOException(LinkBytes.json(in).text("why"));
            case LinkBytes.ANNOUNCE -> {
                JsonObject announced = LinkBytes.json(in);
                if (announced.text("name").equals(streamName)) {
                    stream = announced.number("stream");
                    follow(open);
                }
            }
            case LinkBytes.START_OVER -> {
                if (LinkBytes.number(in) == stream) {
                    next = LinkBytes.number(in);
                    proof.begin(next, LinkBytes.bytes(in, LinkBytes.CHECKSUM_BYTES));
                    follow(open);
                }
            }
            case LinkBytes.DATA -> {
                LinkBytes.number(in);
                data(open, Proof.Head.read(in), in);
            }
            case LinkBytes.PART -> {
                LinkBytes.number(in);
                boolean more = in.get() != 0;
                take(open, in, more);
            }
            case LinkBytes.DROPPED -> open.send(LinkBytes.numbers(LinkBytes.HEARD, stream));
            case LinkBytes.PING ->
                    open.send(
                            LinkBytes.numbers(
                                    LinkBytes.PONG,
                                    LinkBytes.number(in),
                                    System.currentTimeMillis()));
            default -> {
                // Not for a store that only follows, or from a newer HQ.
            }
        }
    }

    private void follow(WebSocket open) throws IOException {
        open.send(
                new LinkBytes.Out(LinkBytes.FOLLOW)
                        .number(stream)
                        .number(next)
                        .bytes(proof.at(next))
                        .toBytes());
        followsNanos = System.nanoTime();
    }

    private void data(WebSocket open, Proof.Head begun, ByteBuffer in) throws IOException {
        if (begun.first() != next) {
            throw new IOException("a run at " + begun.first() + ", where " + next + " is next");
        }
        head = begun;
        // Of a run that is known already nothing needs to be kept.
        parts = proof.knows(begun.next()) ? null : new ByteArrayOutputStream();
        take(open, in, begun.more());
    }

    private void take(WebSocket open, ByteBuffer in, boolean more) throws IOException {
        Proof.Head run = head;
        if (run == null) {
            throw new IOException("a part of nothing");
        }
        if (parts != null) {
            parts.writeBytes(LinkBytes.rest(in));
        }
        if (more) {
            open.send(LinkBytes.numbers(LinkBytes.HEARD, stream));
            return;
        }
        proof.prove(run, parts == null ? null : parts.toByteArray());
        nextNanos = System.nanoTime();
        next = run.next();
        seen.runs.increment();
        open.send(LinkBytes.numbers(LinkBytes.ACK, stream, next));
        head = null;
        parts = null;
    }
}
