package dev.skerry.trials.link;

import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamException;
import dev.skerry.trials.link.Network.State;
import dev.skerry.trials.simulation.Trace;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One seed: chaos first, then healing, then everything must have converged. Invariants are checked after every step.
public final class LinkSimulation {

    /// Steps of chaos, and so many more for each store.
    private static final int STEPS = 600;

    private static final int STEPS_OF_STORE = 200;

    /// A machine steps its link, and HQ its sessions, at least so often.
    private static final long LINK_EVERY_MS = 100;

    private static final long IDLE_MS_MAX = 1000;
    private static final long SESSION_EVERY_MS = 1000;

    /// What follows is looked after at least so often, in case news got lost.
    private static final long FOLLOWER_EVERY_MS = 500;

    private static final int MACHINES_MAX = 4;

    private final long seed;
    private final RandomGenerator random;
    private final Chain chain;
    private final Trace trace;

    /// How often something goes wrong, in thousandths of all steps.
    private final int trouble;

    private final List<Invariant> invariants =
            List.of(
                    new MirrorIsPrefix(),
                    new NothingAcknowledgedMissing(),
                    new OneWriter(),
                    new NoEffectTwice(),
                    new FollowersOnlyForward(),
                    new DownMirrorIsCopy(),
                    new OpensWithoutHq());

    LinkSimulation(long seed, Variation variation) {
        this(seed, variation, _ -> {});
    }

    /// @param listener is told what each step did
    LinkSimulation(long seed, Variation variation, Consumer<String> listener) {
        this.seed = seed;
        this.trace = new Trace(listener);
        this.random = new SplittableRandom(seed);
        this.chain = new Chain(random, variation);
        this.trouble = random.nextInt(2, 100);
    }

    /// One seed of what is shipped.
    ///
    /// @param listener is told what each step did
    /// @return a hash of all that happened: the same for the same seed
    /// @throws AssertionError with the seed, what was violated, and the last steps
    public static long run(long seed, Consumer<String> listener) {
        return new LinkSimulation(seed, Variation.sound(), listener).run();
    }

    long run() {
        try {
            for (Store store : chain.stores) {
                step(() -> enrol(store));
            }
            int steps = STEPS + STEPS_OF_STORE * chain.stores.size();
            for (int i = 0; i < steps; i++) {
                step(this::chaos);
            }
            new Healing(chain, this).run();
            return trace.hash();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(report(e), e);
        }
    }

    private String report(Throwable violation) {
        return """
        %s
        the last steps:
        %s
        seed %d: %s
        to replay it: ./dev sim link %d\
        """
                .formatted(violation, trace.lastLines(), seed, violation.getMessage(), seed);
    }

    void step(Supplier<String> act) {
        String what;
        try {
            what = act.get();
        } catch (Crashed crash) {
            what = "crash of " + crash(crash.server());
        }
        trace.add(chain.time.nowMs() + " " + what);
        chain.look();
        for (Invariant invariant : invariants) {
            invariant.check(chain);
        }
        chain.seen();
    }

    private Server crash(Server server) {
        server.crash();
        chain.network.died(server);
        return server;
    }

    private <E> E pick(List<E> list) {
        return list.get(random.nextInt(list.size()));
    }

    /// HQ as often as all stores together.
    private Server pickServer() {
        List<Machine> machines = chain.machines();
        return machines.isEmpty() || random.nextBoolean() ? chain.hq : pick(machines);
    }

    // ---- everybody works

    /// Whether somebody has something to do.
    boolean busy() {
        return !whatToDo().isEmpty();
    }

    /// One of those who have something to do does it; if nobody has, time passes.
    String work() {
        List<Supplier<String>> work = whatToDo();
        return work.isEmpty()
                ? pass(random.nextLong(LINK_EVERY_MS, IDLE_MS_MAX))
                : pick(work).get();
    }

    private List<Supplier<String>> whatToDo() {
        List<Supplier<String>> all = chain.network.due();
        Headquarters hq = chain.hq;
        if (hq.up()) {
            if (hq.linkAwake) {
                all.add(() -> "hq: link " + hq.stepLink());
            }
            if (hq.totalsAwake) {
                all.add(() -> "hq: totals " + hq.stepTotals());
            }
            for (Connection connection : hq.sessions()) {
                if (connection.awake) {
                    all.add(() -> step(connection));
                }
            }
        }
        for (Machine machine : chain.machines()) {
            if (machine.up() && machine.awake) {
                all.add(() -> machine + ": link " + machine.step());
            }
            if (machine.up() && machine.labelsAwake) {
                all.add(() -> machine + ": labels " + machine.stepLabels());
            }
        }
        return all;
    }

    private String step(Connection connection) {
        chain.acting = connection;
        Steps.Step step = chain.hq.step(connection);
        return "hq: %s #%d %s".formatted(connection.machine, connection.number, step);
    }

    /// Time passes, to when something happens, or as much as said.
    String pass(long atMostMs) {
        long next = chain.network.nextDueMs() - chain.time.nowMs();
        return passAll(Math.clamp(next, 1, atMostMs));
    }

    private String passAll(long ms) {
        chain.time.pass(ms);
        long now = chain.time.nowMs();
        for (Machine machine : chain.machines()) {
            machine.awake |= now - machine.steppedAtMs >= LINK_EVERY_MS;
            machine.labelsAwake |= now - machine.labelledAtMs >= FOLLOWER_EVERY_MS;
        }
        for (Connection connection : chain.hq.sessions()) {
            connection.awake |= now - connection.steppedAtMs >= SESSION_EVERY_MS;
        }
        chain.hq.linkAwake |= now - chain.hq.linkedAtMs >= FOLLOWER_EVERY_MS;
        chain.hq.totalsAwake |= now - chain.hq.totalledAtMs >= FOLLOWER_EVERY_MS;
        return "time passes: " + ms + " ms";
    }

    // ---- chaos

    private String chaos() {
        if (random.nextInt(1000) < trouble) {
            return trouble();
        }
        int dice = random.nextInt(100);
        if (dice < 14) {
            return sell();
        } else if (dice < 17) {
            return attempt(chain.hq, chain::write);
        } else if (dice < 19) {
            return upkeep(pickServer());
        } else if (dice < 22) {
            return restart();
        } else if (dice < 23) {
            return passAll(random.nextLong(1, random.nextInt(10) == 0 ? 30_000 : 1_000));
        }
        return work();
    }

    /// What is down comes up, and what is full is made room on.
    private String restart() {
        List<Server> ailing =
                chain.servers().stream().filter(one -> !one.up() || one.diskFull).toList();
        if (ailing.isEmpty()) {
            return work();
        }
        Server server = pick(ailing);
        if (server.up()) {
            server.diskFull = false;
            return server + ": there is room on the disk";
        }
        return attempt(server, () -> "");
    }

    private String sell() {
        List<Machine> machines = chain.machines();
        if (machines.isEmpty()) {
            return "nobody to sell";
        }
        Machine machine = pick(machines);
        return attempt(machine, () -> machine.open() ? machine.sell(random) : "is closed");
    }

    private String upkeep(Server server) {
        return attempt(
                server,
                () ->
                        server.mayTidy()
                                ? "upkeep: more=" + server.database().upkeep()
                                : "has what HQ has not, and must not compact it");
    }

    /// Something a server does unless it is down, or its disk fails.
    private String attempt(Server server, Supplier<String> act) {
        try {
            if (!server.up()) {
                server.start();
                return server + " is up again";
            }
            return server + ": " + act.get();
        } catch (StreamException e) {
            return server + ": " + e.kind();
        }
    }

    private String trouble() {
        List<Machine> machines = chain.machines();
        @Nullable Machine machine = machines.isEmpty() ? null : pick(machines);
        int dice = random.nextInt(100);
        if (dice < 8 || machine == null) {
            return enrol(pick(chain.stores));
        } else if (dice < 32) {
            return changeLine(machine);
        } else if (dice < 38) {
            return breakOne();
        } else if (dice < 50) {
            return crash(pickServer()) + " crashes between two steps";
        } else if (dice < 70) {
            Server server = pickServer();
            Server.Doom doom = pick(List.of(Server.Doom.values()));
            int after = random.nextInt(5);
            server.arm(doom, after);
            return "%s: %s after %d commits"
                    .formatted(server, doom.name().toLowerCase(Locale.ROOT), after);
        } else if (dice < 77) {
            Server server = pickServer();
            server.diskFull = true;
            return server + ": the disk is full";
        } else if (dice < 83) {
            return setClock(pickServer());
        } else if (dice < 86) {
            long hours = random.nextLong(1, 72);
            return passAll(Duration.ofHours(hours).toMillis());
        } else if (dice < 89) {
            return renew(machine);
        } else if (dice < 94) {
            machine.store.images.add(machine.image());
            return machine + ": somebody takes an image";
        }
        return useImage(machine);
    }

    private String changeLine(Machine machine) {
        Network.Line line = machine.line;
        switch (random.nextInt(4)) {
            case 0 -> chain.network.cut(machine);
            case 1 -> line.state = State.BLACK_HOLE;
            default -> line.state = State.UP;
        }
        line.latencyMs = pick(List.of(1, 20, 100, 2_000));
        line.bytesPerSecond = pick(List.of(100, 10_000, 1_000_000, 1_000_000));
        return "%s: line %s, %d ms, %d bytes/s"
                .formatted(machine, line.state, line.latencyMs, line.bytesPerSecond);
    }

    private String breakOne() {
        List<Connection> connections = chain.network.connections();
        if (connections.isEmpty()) {
            return "no connection to break";
        }
        Connection connection = pick(connections);
        chain.network.breakOne(connection);
        return connection.machine + " #" + connection.number + " breaks";
    }

    private String setClock(Server server) {
        long most = random.nextBoolean() ? 5_000 : Duration.ofDays(3).toMillis();
        Duration by = Duration.ofMillis(random.nextLong(-most, most));
        server.clock.jump(by);
        return server + ": clock jumps by " + by;
    }

    private String enrol(Store store) {
        if (store.machines.size() >= MACHINES_MAX) {
            return store + " has enough machines";
        }
        return attempt(
                chain.hq,
                () -> {
                    Machine machine = chain.join(store, random.nextInt(4) == 0);
                    return machine + " joins; " + attempt(machine, () -> "");
                });
    }

    /// A machine gets a new certificate, unless the answer is lost.
    private String renew(Machine machine) {
        if (!machine.up() || machine.line.state != State.UP) {
            return machine + " cannot renew its certificate";
        }
        return attempt(chain.hq, () -> chain.renew(machine, random.nextInt(4) == 0));
    }

    private String useImage(Machine machine) {
        Store store = machine.store;
        if (store.images.isEmpty()) {
            return store + " has no image";
        }
        Machine.Image image = pick(store.images);
        boolean instead = random.nextBoolean();
        if (instead) {
            chain.destroy(machine);
        } else if (store.machines.size() >= MACHINES_MAX) {
            return store + " has enough machines";
        }
        Machine copy = chain.add(store, image);
        String what = machine + (instead ? " is set back, as " : " is copied, as ") + copy;
        return what + "; " + attempt(copy, () -> "");
    }
}
