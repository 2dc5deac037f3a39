package dev.skerry.trials.simulation;

import dev.skerry.stream.Event;
import dev.skerry.stream.Follower;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.Transaction.Parked;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// One seed: chaos first, then healing, then everything must have converged. Invariants are checked after every step.
final class Simulation {

    /// Steps of chaos.
    static final int STEPS = 500;

    private static final int HEALING_ROUNDS_MAX = 2_000;

    private final long seed;
    private final RandomGenerator random;
    private final Estate estate;
    private final Trace trace;
    private final List<Invariant> invariants =
            List.of(
                    new NothingAcknowledgedIsMissing(),
                    new NothingRefusedIsThere(),
                    new NoOrderTwice(),
                    new NoEffectTwice(),
                    new OrderIsKept(),
                    new NothingIsLeftOutUnsaid(),
                    new CursorNeverAhead(),
                    new ChecksumsAgree(),
                    new CompactedStateEqualsFullState());

    Simulation(long seed, Variation variation) {
        this(seed, variation, line -> {});
    }

    /// @param listener is told what each step did
    Simulation(long seed, Variation variation, Consumer<String> listener) {
        this.seed = seed;
        this.trace = new Trace(listener);
        this.random = new SplittableRandom(seed);
        this.estate = new Estate(random, variation);
    }

    /// @return a hash of all that happened: the same for the same seed
    /// @throws AssertionError with the seed, what was violated, and the last steps
    long run() {
        try {
            for (int i = 0; i < STEPS; i++) {
                step(this::chaos);
            }
            heal();
            new Converged().check(estate);
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
        to replay it: ./dev sim %d\
        """
                .formatted(violation, trace.lastLines(), seed, violation.getMessage(), seed);
    }

    private void step(Supplier<String> act) {
        String what;
        try {
            what = act.get();
        } catch (Crash crash) {
            crash.node().crash();
            what = "crash of " + crash.node();
        }
        trace.add(what);
        for (Invariant invariant : invariants) {
            invariant.check(estate);
        }
        estate.nodes.forEach(node -> node.changed = false);
    }

    // ---- chaos

    private String chaos() {
        int dice = random.nextInt(100);
        if (dice < 16) {
            return sell(pick(estate.clients));
        } else if (dice < 50) {
            return stepOne(estate.hq);
        } else if (dice < 60) {
            return stepOne(pick(estate.stores));
        } else if (dice < 66) {
            return unlessTheMachineFails(estate.hq, estate::changeCatalog);
        } else if (dice < 73) {
            Node store = pick(estate.stores);
            return unlessTheMachineFails(store, () -> estate.measure(store));
        } else if (dice < 79) {
            Node node = pick(estate.nodes);
            return unlessTheMachineFails(node, () -> "upkeep: more=" + node.database().upkeep());
        } else if (dice < 86) {
            return operate();
        } else if (dice < 89) {
            return crash(pick(estate.nodes));
        } else if (dice < 94) {
            return arm(pick(estate.nodes));
        } else if (dice < 96) {
            Node node = pick(estate.nodes);
            node.diskFull = random.nextInt(3) == 0;
            return node + ": disk full is " + node.diskFull;
        } else if (dice < 98) {
            Node node = pick(estate.stores);
            node.cutOff = random.nextInt(3) == 0;
            return node + ": cut off is " + node.cutOff;
        } else {
            Duration pause = Duration.ofMinutes(random.nextLong(1, 24 * 60));
            estate.clock.move(pause);
            return "time passes: " + pause;
        }
    }

    private <E> E pick(List<E> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String sell(Client client) {
        return client.store.up() ? client.act() : start(client.store);
    }

    private String start(Node node) {
        node.start();
        return node + " is up again";
    }

    private String stepOne(Node node) {
        if (!node.up()) {
            return start(node);
        }
        Steps steps = pick(node.followers());
        return node + ": " + steps.name() + " " + stepSoundly(node, steps);
    }

    private static Steps.Step stepSoundly(Node node, Steps steps) {
        Steps.Step step = steps.step();
        if (step instanceof Steps.Step.Stopped stopped) {
            Violation.unless(
                    stopped.why().contains("poison"),
                    "%s of %s stopped: %s",
                    steps.name(),
                    node,
                    stopped.why());
        }
        return step;
    }

    private static String unlessTheMachineFails(Node node, Supplier<String> act) {
        if (!node.up()) {
            return node + " is down";
        }
        try {
            return node + ": " + act.get();
        } catch (StreamException e) {
            return node + ": " + e.kind();
        }
    }

    private static String crash(Node node) {
        node.crash();
        return node + " crashes between two steps";
    }

    private String arm(Node node) {
        node.doom = pick(List.of(Node.Doom.values()));
        return node + ": next " + node.doom.name().toLowerCase(Locale.ROOT);
    }

    /// An operator looks after one follower: mends or not, resumes, retries, skips.
    private String operate() {
        List<Follower<?>> operable = estate.operable();
        if (operable.isEmpty()) {
            return "nobody to look after";
        }
        // Most followers are never in trouble: look at a few, and stay with the first that is.
        Follower<?> follower = pick(operable);
        for (int i = 0; i < 8 && !inTrouble(follower); i++) {
            follower = pick(operable);
        }
        try {
            if (follower.status().state() == Follower.State.STOPPED) {
                return "operator: " + follower.name() + " " + lookAfterStopped(follower);
            }
            List<Parked> parked = follower.parked();
            return parked.isEmpty()
                    ? "operator: all is well with " + follower.name()
                    : "operator: " + lookAfterParked(follower, pick(parked));
        } catch (StreamException e) {
            return "operator: " + follower.name() + " " + e.kind();
        }
    }

    private static boolean inTrouble(Follower<?> follower) {
        return follower.status().state() == Follower.State.STOPPED || !follower.parked().isEmpty();
    }

    private String lookAfterStopped(Follower<?> follower) {
        if (random.nextInt(3) == 0 && follower.status().faulty() != null) {
            try {
                return "skips: " + follower.skipFaulty("operator", "simulated");
            } catch (IllegalStateException e) {
                follower.resume();
                return "resumes, because it was skipped before and the answer was lost";
            }
        }
        Event faulty = follower.status().faulty();
        if (faulty != null && random.nextBoolean()) {
            estate.mend(faulty);
        }
        follower.resume();
        return "resumes";
    }

    private String lookAfterParked(Follower<?> follower, Parked parked) {
        if (random.nextInt(4) == 0) {
            follower.skip(parked.id(), "operator", "simulated");
            return "skipped " + parked.event().offset();
        }
        if (random.nextBoolean()) {
            estate.mend(parked.event());
        }
        return "retried: " + follower.retry(String.valueOf(parked.event().key()), "operator");
    }

    // ---- healing

    private void heal() {
        step(this::endAllFaults);
        for (int round = 0; round < HEALING_ROUNDS_MAX; round++) {
            boolean quiet = true;
            for (Client client : estate.clients) {
                if (client.waits()) {
                    quiet = false;
                    step(client::act);
                }
            }
            for (Follower<?> follower : estate.operable()) {
                quiet &= lookAfter(follower);
            }
            for (Node node : estate.nodes) {
                for (Steps steps : node.followers()) {
                    quiet &= stepHealing(node, steps);
                }
                AtomicBoolean more = new AtomicBoolean();
                step(() -> {
                    more.set(node.database().upkeep());
                    return node + ": upkeep: more=" + more;
                });
                quiet &= !more.get();
            }
            if (quiet) {
                return;
            }
        }
        throw new Violation("it does not come to rest");
    }

    private String endAllFaults() {
        estate.mendAll();
        for (Node node : estate.nodes) {
            node.diskFull = false;
            node.cutOff = false;
            node.doom = Node.Doom.NONE;
            if (!node.up()) {
                node.start();
            }
        }
        return "healing";
    }

    /// @return whether there was nothing to do
    private boolean lookAfter(Follower<?> follower) {
        boolean stopped = follower.status().state() == Follower.State.STOPPED;
        List<Parked> parked = follower.parked();
        if (stopped) {
            step(() -> {
                follower.resume();
                return "operator: resumes " + follower.name();
            });
        }
        if (!parked.isEmpty()) {
            String key = String.valueOf(parked.getFirst().event().key());
            step(() -> "operator: retries " + key + " " + follower.retry(key, "operator"));
        }
        return !stopped && parked.isEmpty();
    }

    /// @return whether there was nothing to do
    private boolean stepHealing(Node node, Steps steps) {
        AtomicBoolean caughtUp = new AtomicBoolean();
        step(() -> {
            Steps.Step step = stepSoundly(node, steps);
            caughtUp.set(step instanceof Steps.Step.CaughtUp);
            return node + ": " + steps.name() + " " + step;
        });
        return caughtUp.get();
    }
}
