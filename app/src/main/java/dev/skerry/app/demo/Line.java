package dev.skerry.app.demo;

import dev.skerry.app.line.BadLine;
import dev.skerry.app.line.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A store's line to HQ, and the switch on it. Any thread.
final class Line implements AutoCloseable {

    /// As fast as a bad mobile connection: 16 kbit/s, and half a second there and back.
    private static final Shape SLOW = new Shape(2_000, Duration.ofMillis(250));

    /// What the switch can be set to.
    enum State {
        UP,
        /// Carries, at [Line#SLOW].
        SLOW,
        /// Connections stay, and nothing arrives.
        STALLED,
        /// Connections end, and none can be made.
        CUT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<State> of(String word) {
            return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
        }
    }

    private final BadLine line;
    private volatile State state = State.UP;

    /// @param hq where it leads, on loopback
    Line(int hq) {
        try {
            line = new BadLine(0, new InetSocketAddress(InetAddress.getLoopbackAddress(), hq));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return line.port();
    }

    State state() {
        return state;
    }

    void set(State wanted) {
        Shape shape = wanted == State.SLOW ? SLOW : Shape.NONE;
        line.shape(shape, shape);
        switch (wanted) {
            case UP, SLOW -> line.up();
            case STALLED -> line.stall();
            case CUT -> line.cut();
        }
        state = wanted;
    }

    @Override
    public void close() {
        line.close();
    }
}
