package dev.skerry.trials.masters;

import dev.skerry.node.link.Acceptor;
import dev.skerry.node.link.Acceptor.Guest;
import dev.skerry.node.link.Dialer;
import dev.skerry.node.link.Wire;
import dev.skerry.stream.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A line from one store to HQ that can be cut. What is sent lies on it until it is carried. For one thread.
final class ShortLine implements Dialer {

    private final Supplier<Acceptor> hq;
    private final Guest guest;
    private final List<Pipe> pipes = new ArrayList<>();
    private boolean cut;
    private long bytes;

    ShortLine(Supplier<Acceptor> hq, String store, String fingerprint) {
        this.hq = hq;
        this.guest = new Guest("store-" + store, fingerprint, "memory");
    }

    @Override
    public void dial(Caller caller) {
        if (cut) {
            caller.failed(new Failure("the line is cut", false, null));
            return;
        }
        Pipe up = new Pipe();
        Pipe down = new Pipe();
        up.other = down;
        down.other = up;
        pipes.add(up);
        pipes.add(down);
        up.ears = hq.get().accept(guest, down);
        down.ears = caller.opened(up);
    }

    @Override
    public void probe(Runnable reached) {
        if (!cut) {
            reached.run();
        }
    }

    void cut() {
        cut = true;
        List.copyOf(pipes).forEach(it -> it.end("the line was cut"));
    }

    void mend() {
        cut = false;
    }

    /// What has been sent over it, both ways.
    long bytes() {
        return bytes;
    }

    /// @return whether anything lay on it
    boolean carry() {
        boolean any = false;
        for (Pipe pipe : List.copyOf(pipes)) {
            any |= pipe.carry();
        }
        return any;
    }

    /// One direction: what is sent into it is heard on the other side.
    private final class Pipe implements Wire {

        private final Deque<Bytes> lying = new ArrayDeque<>();
        private @Nullable Ears ears;
        private @Nullable Pipe other;
        private boolean over;

        @Override
        public void send(Bytes message) {
            if (!over) {
                bytes += message.length();
                lying.addLast(Bytes.of(message.copy()));
            }
        }

        @Override
        public void close(String why) {
            carry();
            end(why);
            Pipe back = other;
            if (back != null) {
                back.end(why);
            }
        }

        /// One message at a time: an inbox that is full would wait for this very thread.
        boolean carry() {
            Bytes first = lying.pollFirst();
            Ears listening = ears;
            if (first == null || listening == null) {
                return false;
            }
            listening.received(first);
            return true;
        }

        void end(String why) {
            if (!over) {
                over = true;
                pipes.remove(this);
                lying.clear();
                Ears listening = ears;
                if (listening != null) {
                    listening.ended(why);
                }
            }
        }
    }
}
