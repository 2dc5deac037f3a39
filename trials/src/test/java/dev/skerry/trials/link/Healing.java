package dev.skerry.trials.link;

import dev.skerry.node.link.LinkStatus.Line;
import dev.skerry.node.link.LinkStatus.Standing;
import dev.skerry.trials.simulation.Violation;
import java.time.Duration;
import java.util.List;

/// All faults end. Within a bounded time each store then has one machine that is open, all others are fenced and have written out
/// what HQ never got, and every mirror is complete. People help only where they must: they switch off a machine while its copy is
/// turned away, and let a new one join where none is left.
final class Healing {

    /// So long everything may take to come to rest: a store that was turned away comes back after at most a minute and a bit,
    /// and HQ notices after 45 s that one is gone.
    private static final Duration REST_WITHIN = Duration.ofMinutes(5);

    /// After so long without any change it is at rest.
    private static final Duration REST = Duration.ofSeconds(90);

    /// The same where everybody has got an answer from HQ.
    private static final Duration CALM = Duration.ofSeconds(30);

    /// After so long without any change the end is looked at.
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final int ROUNDS_MAX = 10;

    /// Where nobody has anything to do, time passes in pieces of at most this.
    private static final long PASS_MS = 500;

    private final Chain chain;
    private final LinkSimulation simulation;

    Healing(Chain chain, LinkSimulation simulation) {
        this.chain = chain;
        this.simulation = simulation;
    }

    void run() {
        simulation.step(this::endAllFaults);
        for (int round = 0; round < ROUNDS_MAX; round++) {
            comeToRest();
            boolean helped = letCopiesIn();
            for (Store store : chain.stores) {
                helped |= replaceTheLast(store);
            }
            if (!helped) {
                upkeep();
                comeToRest();
                new Converged().check(chain);
                return;
            }
        }
        throw new Violation("there is always somebody to be helped");
    }

    private String endAllFaults() {
        chain.network.calmDown();
        for (Server server : chain.servers()) {
            server.diskFull = false;
            server.arm(Server.Doom.NONE, 0);
            if (!server.up()) {
                server.start();
            }
        }
        for (Machine machine : chain.machines()) {
            machine.line.state = Network.State.UP;
            machine.line.latencyMs = 20;
            machine.line.bytesPerSecond = 1_000_000;
        }
        return "healing";
    }

    private void comeToRest() {
        long begin = chain.time.nowMs();
        long lastChange = begin;
        int commits = chain.commits();
        while (true) {
            while (simulation.busy()) {
                simulation.step(simulation::work);
            }
            long now = chain.time.nowMs();
            lastChange = chain.commits() == commits ? lastChange : now;
            commits = chain.commits();
            long unchangedMs = now - lastChange;
            if (unchangedMs > REST.toMillis()
                    || (unchangedMs > CALM.toMillis()
                            && chain.machines().stream().allMatch(Healing::calm))
                    || (unchangedMs > SETTLED.toMillis() && settled())) {
                return;
            }
            Violation.unless(
                    now - begin < REST_WITHIN.toMillis(), "it does not come to rest: %s", unrest());
            simulation.step(() -> simulation.pass(PASS_MS));
        }
    }

    /// Nothing more is expected to happen.
    private boolean settled() {
        return chain.stores.stream().allMatch(this::settled) && new Converged().holds(chain);
    }

    private boolean settled(Store store) {
        return store.machines.stream().filter(Machine::open).count() == 1
                && store.machines.stream().allMatch(one -> one.open() || one.retired());
    }

    private List<String> unrest() {
        return chain.machines().stream()
                .filter(machine -> !machine.retired())
                .map(machine -> machine + ": " + machine.link().status())
                .toList();
    }

    /// Where a copy is turned away because the other one is connected, that one is switched off for a while.
    ///
    /// @return whether there was need
    private boolean letCopiesIn() {
        List<Machine> inTheWay =
                chain.machines().stream()
                        .filter(Machine::open)
                        .filter(open -> open.store.machines.stream().anyMatch(Healing::turnedAway))
                        .toList();
        for (Machine machine : inTheWay) {
            simulation.step(() -> {
                machine.crash();
                chain.network.died(machine);
                return machine + " is switched off for a while";
            });
        }
        if (!inTheWay.isEmpty()) {
            comeToRest();
        }
        for (Machine machine : inTheWay) {
            simulation.step(() -> {
                machine.start();
                return machine + " is switched on again";
            });
        }
        return !inTheWay.isEmpty();
    }

    /// Where every machine is fenced, a new one joins.
    ///
    /// @return whether there was need
    private boolean replaceTheLast(Store store) {
        if (!store.machines.stream().allMatch(Machine::retired)) {
            return false;
        }
        simulation.step(() -> {
            Machine machine = chain.join(store, false);
            machine.start();
            return machine + " joins, because none was left";
        });
        return true;
    }

    private static boolean turnedAway(Machine machine) {
        return machine.up() && machine.standing() instanceof Standing.TurnedAway;
    }

    /// HQ has told it how it stands.
    private static boolean calm(Machine machine) {
        return !machine.up()
                || machine.retired()
                || turnedAway(machine)
                || (machine.open() && machine.link().status().line() == Line.UP);
    }

    private void upkeep() {
        for (Server server : chain.servers()) {
            for (int i = 0; i < 1000 && server.mayTidy() && server.database().upkeep(); i++) {
                simulation.step(() -> server + ": upkeep");
            }
        }
    }
}
