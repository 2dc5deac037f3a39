package dev.skerry.trials.link;

import dev.skerry.node.link.Acceptor.Guest;
import dev.skerry.node.link.Dialer;
import dev.skerry.node.link.Wire;
import dev.skerry.stream.Bytes;
import dev.skerry.trials.link.Connection.End;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The lines between machines and HQ, and what is on its way over them.
final class Network {

    /// How a machine's line is.
    enum State {
        UP,
        /// Nobody answers, and what was connected has ended, or seems not to have.
        CUT,
        /// Takes everything, and delivers nothing before it is over.
        BLACK_HOLE
    }

    /// A machine's line.
    static final class Line {
        State state = State.UP;
        int latencyMs = 20;
        int bytesPerSecond = 1_000_000;
    }

    /// Something that happens at its time.
    ///
    /// @param over the line that it needs; null if it needs none
    private record Timer(long dueMs, @Nullable Line over, Supplier<String> act) {

        boolean canBe() {
            return over == null || over.state == State.UP;
        }
    }

    final Chain chain;
    private final RandomGenerator random;
    private final List<Connection> connections = new ArrayList<>();
    private final List<Timer> timers = new ArrayList<>();
    private int lastConnection;

    /// Nothing strange happens any more.
    private boolean calm;

    Network(Chain chain, RandomGenerator random) {
        this.chain = chain;
        this.random = random;
    }

    void calmDown() {
        calm = true;
    }

    // ---- what the link sees

    /// A machine's way to HQ, for as long as its process lives.
    Dialer dialer(Machine machine) {
        int life = machine.life();
        return new Dialer() {
            @Override
            public void dial(Caller caller) {
                if (machine.line.state != State.UP && random.nextBoolean()) {
                    String why = "no route to HQ";
                    later(latency(machine), () -> fail(machine, life, caller, why, false));
                } else {
                    arriving(machine, () -> arrive(machine, life, caller));
                }
            }

            @Override
            public void probe(Runnable reached) {
                boolean lost = machine.line.state != State.UP || (!calm && random.nextInt(5) == 0);
                if (!lost) {
                    later(
                            2L * latency(machine),
                            () -> {
                                boolean answers = machine.lives(life) && chain.hq.up();
                                if (answers) {
                                    reached.run();
                                }
                                return machine
                                        + ": a probe "
                                        + (answers ? "came back" : "is not answered");
                            });
                }
            }
        };
    }

    private String arrive(Machine machine, int life, Dialer.Caller caller) {
        if (!machine.lives(life)) {
            return machine + ": who dialled is gone";
        }
        if (!chain.hq.up()) {
            return fail(machine, life, caller, "connection refused", true);
        }
        if (!calm && random.nextInt(20) == 0) {
            return fail(machine, life, caller, "503", true);
        }
        var busy = chain.hq.link().busy();
        if (busy.isPresent()) {
            caller.failed(new Dialer.Failure("busy", true, busy.get()));
            return machine + ": HQ is busy";
        }
        Connection connection = new Connection(this, machine, ++lastConnection);
        connections.add(connection);
        String address = "line of " + machine;
        Guest guest = new Guest("store-" + machine.store.id, machine.fingerprint, address);
        connection.hq.listens(chain.hq.accept(guest, connection));
        arriving(machine, () -> opened(machine, life, connection, caller));
        return machine + " #" + connection.number + " reaches HQ";
    }

    private static String opened(
            Machine machine, int life, Connection connection, Dialer.Caller caller) {
        if (!machine.lives(life)) {
            connection.store.died(true);
            return machine + ": who dialled is gone";
        }
        Wire.Ears ears = caller.opened(connection.store);
        connection.store.listens(ears);
        if (connection.store.isOver()) {
            ears.ended("closed at once");
        }
        return machine + " #" + connection.number + " is open";
    }

    private static String fail(
            Machine machine, int life, Dialer.Caller caller, String why, boolean reached) {
        if (machine.lives(life)) {
            caller.failed(new Dialer.Failure(why, reached, null));
        }
        return machine + ": " + why;
    }

    // ---- how long it takes

    private long latency(Machine machine) {
        return random.nextLong(1, 2L * machine.line.latencyMs + 2);
    }

    /// When something that is sent now comes out. Now and then something is held up for long.
    long dueMs(Machine machine, int bytes) {
        long stall = !calm && random.nextInt(200) == 0 ? random.nextLong(60_000) : 0;
        return chain.time.nowMs()
                + latency(machine)
                + 1000L * bytes / machine.line.bytesPerSecond
                + stall;
    }

    /// Now and then a message of a kind that only a later version will know.
    @Nullable Bytes unknownMessage() {
        if (calm || random.nextInt(30) > 0) {
            return null;
        }
        byte[] bytes = new byte[random.nextInt(1, 20)];
        random.nextBytes(bytes);
        bytes[0] = (byte) random.nextInt(100, 256);
        return Bytes.of(bytes);
    }

    /// Something that needs no line.
    void later(long ms, Supplier<String> act) {
        timers.add(new Timer(chain.time.nowMs() + ms, null, act));
    }

    /// Something that comes over a machine's line, or waits until that is there again.
    private void arriving(Machine machine, Supplier<String> act) {
        timers.add(new Timer(chain.time.nowMs() + latency(machine), machine.line, act));
    }

    // ---- what happens

    /// Everything that can happen now, each at its time but in any order.
    List<Supplier<String>> due() {
        long now = chain.time.nowMs();
        List<Supplier<String>> all = new ArrayList<>();
        connections.removeIf(Connection::over);
        for (Connection connection : connections) {
            if (connection.machine.line.state == State.UP) {
                if (connection.store.nextDueMs() <= now) {
                    all.add(connection.store::deliver);
                }
                if (connection.hq.nextDueMs() <= now) {
                    all.add(connection.hq::deliver);
                }
            }
        }
        for (Timer timer : timers) {
            if (timer.dueMs <= now && timer.canBe()) {
                all.add(() -> {
                    timers.remove(timer);
                    return timer.act.get();
                });
            }
        }
        return all;
    }

    /// When something happens next; [Long#MAX_VALUE] if nothing does.
    long nextDueMs() {
        long next = Long.MAX_VALUE;
        for (Connection connection : connections) {
            if (connection.machine.line.state == State.UP) {
                next = Math.min(next, connection.store.nextDueMs());
                next = Math.min(next, connection.hq.nextDueMs());
            }
        }
        for (Timer timer : timers) {
            if (timer.canBe()) {
                next = Math.min(next, timer.dueMs);
            }
        }
        return next;
    }

    List<Connection> connections() {
        return connections;
    }

    // ---- what goes wrong

    /// The line is cut: what was on its way is lost in part, and each end learns of that at some time, or never.
    void cut(Machine machine) {
        machine.line.state = State.CUT;
        for (Connection connection : connections) {
            if (connection.machine == machine) {
                sever(connection, connection.store);
                sever(connection, connection.hq);
            }
        }
    }

    /// One connection breaks, and the line stays.
    void breakOne(Connection connection) {
        sever(connection, connection.store);
        sever(connection, connection.hq);
    }

    private void sever(Connection connection, End end) {
        end.sever(random.nextInt(end.onTheWay() + 1));
        if (random.nextInt(3) > 0) {
            long ms = random.nextInt(2) == 0 ? random.nextLong(100) : random.nextLong(60_000);
            later(
                    ms,
                    () -> {
                        end.ended("connection reset");
                        return connection.machine
                                + " #"
                                + connection.number
                                + ": reset at "
                                + end.of();
                    });
        }
    }

    /// A server's process has died: the other sides are told at once, later, or never.
    void died(Server server) {
        for (Connection connection : connections) {
            for (End end : List.of(connection.store, connection.hq)) {
                if (end.of().equals(server)) {
                    end.died(random.nextInt(3) > 0);
                }
            }
        }
    }
}
