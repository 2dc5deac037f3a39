package dev.skerry.trials.link;

import dev.skerry.trials.simulation.Violation;

/// A store that has started does not wait for HQ for long: it trades alone.
final class OpensWithoutHq implements Invariant {

    /// Many more than fit into its patience; some are stepped at once after another.
    private static final int STEPS_MAX = 100;

    @Override
    public void check(Chain chain) {
        for (Machine machine : chain.machines()) {
            Violation.unless(
                    !machine.up() || machine.asked <= STEPS_MAX,
                    "%s still asks whether it may write",
                    machine);
        }
    }
}
