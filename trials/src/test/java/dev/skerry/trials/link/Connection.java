package dev.skerry.trials.link;

import static java.util.Objects.requireNonNull;

import dev.skerry.node.link.Wire;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Steps;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// A wire between a machine and HQ: two directions, each with a queue of what is on its way.
final class Connection {

    /// A side that has not looked at so much is given nothing more.
    private static final long UNREAD_BYTES_MAX = 256 * 1024;

    /// HQ has said nothing yet.
    static final long NO_EPOCH = -1;

    private final Network network;
    final Machine machine;
    final int number;
    final End store;
    final End hq;

    /// HQ's session.
    @Nullable Steps session;

    boolean awake = true;
    long steppedAtMs;

    /// The store's epoch at HQ when HQ first answered over this wire: as which epoch it was taken in, if it was.
    long epoch = NO_EPOCH;

    Connection(Network network, Machine machine, int number) {
        this.network = network;
        this.machine = machine;
        this.number = number;
        this.store = new End(machine, "up");
        this.hq = new End(network.chain.hq, "down");
    }

    /// Something on its way.
    ///
    /// @param message null: the other side has closed the wire
    private record Parcel(@Nullable Bytes message, String why, long dueMs) {}

    /// Nobody has anything of it any more.
    boolean over() {
        return store.over && hq.over;
    }

    /// One side of it. What it sends lies here until it is delivered to the other.
    final class End implements Wire {

        private final Server of;
        private final String direction;
        private final Deque<Parcel> sent = new ArrayDeque<>();
        private Wire.@Nullable Ears ears;
        private boolean over;
        private boolean severed;
        private long unread;
        private long lastDueMs;

        End(Server of, String direction) {
            this.of = of;
            this.direction = direction;
        }

        void listens(Wire.Ears by) {
            ears = by;
        }

        @Override
        public void send(Bytes message) {
            if (over) {
                return;
            }
            if (this == hq && epoch == NO_EPOCH) {
                epoch = network.chain.hq.epochOf(machine.store);
            }
            if (severed) {
                return;
            }
            Bytes unknown = network.unknownMessage();
            if (unknown != null) {
                put(unknown, "");
            }
            put(Bytes.of(message.copy()), "");
        }

        private void put(@Nullable Bytes message, String why) {
            int length = message == null ? 0 : message.length();
            lastDueMs = Math.max(lastDueMs, network.dueMs(machine, length));
            sent.addLast(new Parcel(message, why, lastDueMs));
        }

        @Override
        public void close(String why) {
            if (over) {
                return;
            }
            if (why.startsWith("failed here") || why.equals("HQ failed")) {
                throw new AssertionError("a mistake of the link's own: " + why);
            }
            if (!severed) {
                put(null, why);
            }
            ended(why);
        }

        /// Its ears are told that it is over.
        void ended(String why) {
            if (!over) {
                over = true;
                if (ears != null) {
                    ears.ended(why);
                }
            }
        }

        /// Its process has died: nobody is told here, and the other side perhaps.
        void died(boolean tellOther) {
            if (!over) {
                over = true;
                if (tellOther && !severed) {
                    put(null, "reset");
                }
            }
        }

        /// The line was cut: the last of what is on its way is lost, and so is everything that comes.
        void sever(int lost) {
            severed = true;
            for (int i = 0; i < lost && !sent.isEmpty(); i++) {
                sent.removeLast();
            }
        }

        int onTheWay() {
            return sent.size();
        }

        boolean isOver() {
            return over;
        }

        private End other() {
            return this == store ? hq : store;
        }

        /// When the next is to be delivered; [Long#MAX_VALUE] if there is none, or it cannot be taken.
        long nextDueMs() {
            Parcel next = sent.peekFirst();
            End to = other();
            if (next == null || (to.ears == null && !to.over) || to.unread > UNREAD_BYTES_MAX) {
                return Long.MAX_VALUE;
            }
            return next.dueMs;
        }

        String deliver() {
            Parcel parcel = sent.removeFirst();
            End to = other();
            String what = machine + " #" + number + " " + direction;
            if (to.over) {
                return what + ": nobody listens";
            }
            if (parcel.message == null) {
                to.ended(parcel.why);
                return what + ": ended, " + parcel.why;
            }
            to.unread += parcel.message.length();
            requireNonNull(to.ears).received(parcel.message);
            return what + ": " + parcel.message.length() + " bytes";
        }

        /// What came has been looked at.
        void read() {
            unread = 0;
        }

        Server of() {
            return of;
        }
    }
}
