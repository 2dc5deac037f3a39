package dev.skerry.node.link;

import dev.skerry.node.link.Acceptor.Guest;
import dev.skerry.node.link.Message.Coding;
import dev.skerry.node.link.Message.Data;
import dev.skerry.stream.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A line between stores and HQ, in one thread: messages lie on it until they are carried.
final class MemoryLine {

    private final Acceptor hq;
    private final List<Pipe> pipes = new ArrayList<>();
    private boolean up = true;
    int dialled;
    long messages;
    long bytes;

    /// How runs were coded.
    final Set<Coding> codings = EnumSet.noneOf(Coding.class);

    MemoryLine(Acceptor hq) {
        this.hq = hq;
    }

    Dialer dialer(String store, String fingerprint) {
        return new Dialer() {
            @Override
            public void dial(Caller caller) {
                dialled++;
                if (!up) {
                    caller.failed(new Failure("the line is cut", false, null));
                    return;
                }
                Pipe up = new Pipe();
                Pipe down = new Pipe();
                up.back = down;
                down.back = up;
                pipes.add(up);
                pipes.add(down);
                up.ears = hq.accept(new Guest("store-" + store, fingerprint, "memory"), down);
                down.ears = caller.opened(up);
            }

            @Override
            public void probe(Runnable reached) {
                if (up) {
                    reached.run();
                }
            }
        };
    }

    void cut() {
        up = false;
        List.copyOf(pipes).forEach(pipe -> pipe.end("the line was cut"));
    }

    /// What is connected is no more, and nobody is told.
    void forget() {
        pipes.forEach(pipe -> pipe.over = true);
        pipes.clear();
    }

    void mend() {
        up = true;
    }

    /// Carries what lies on it.
    ///
    /// @return whether there was anything
    boolean carry() {
        boolean any = false;
        for (Pipe pipe : List.copyOf(pipes)) {
            any |= pipe.carry();
        }
        return any;
    }

    /// One direction of a wire: what is sent into it comes out at the ears on the other side.
    private final class Pipe implements Wire {

        private final Deque<Bytes> onTheWay = new ArrayDeque<>();
        private Ears ears =
                new Ears() {
                    @Override
                    public void received(Bytes message) {
                        throw new AssertionError("nobody listens");
                    }

                    @Override
                    public void ended(String why) {}
                };
        private Pipe back = this;
        private boolean over;

        @Override
        public void send(Bytes message) {
            if (message.length() > MESSAGE_BYTES_MAX) {
                throw new AssertionError("a message of " + message.length() + " bytes");
            }
            if (!over) {
                messages++;
                if (Messages.read(message) instanceof Data data) {
                    codings.add(data.coding());
                }
                bytes += message.length();
                onTheWay.addLast(Bytes.of(message.copy()));
            }
        }

        @Override
        public void close(String why) {
            carry();
            end(why);
            back.end(why);
        }

        boolean carry() {
            boolean any = !onTheWay.isEmpty();
            long carried = 0;
            // An inbox that is full would wait for this very thread.
            while (!onTheWay.isEmpty() && carried < Inbox.BYTES_MAX / 2) {
                carried += onTheWay.getFirst().length();
                ears.received(onTheWay.removeFirst());
            }
            return any;
        }

        void end(String why) {
            if (!over) {
                over = true;
                pipes.remove(this);
                onTheWay.clear();
                ears.ended(why);
            }
        }
    }
}
